"""What stands in the log, in words for whom it is about. The log keeps the codes."""

from __future__ import annotations

from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

PAGES = {
    "person": gettext_noop("Opened your page"),
    "people-file": gettext_noop("Took out a file of people where you stand"),
    "team": gettext_noop("Read what you have shared with her"),
    "confirmation": gettext_noop("Read what you asked her to confirm"),
    "sign-in-link": gettext_noop("Made a link you can sign in with"),
}
VERBS = {
    "absence.added": gettext_noop("absence was added"),
    "absence.removed": gettext_noop("absence was removed"),
    "affiliation.ended": gettext_noop("work here was ended"),
    "calendar.read": gettext_noop("a calendar was read in"),
    "counting.chosen": gettext_noop("being counted was chosen"),
    "handover.listed": gettext_noop("something was listed to hand over"),
    "handover.settled": gettext_noop("something was handed over"),
    "person.created": gettext_noop("the person was registered"),
    "person.erased": gettext_noop("the person was erased"),
    "role.changed": gettext_noop("a role was changed"),
    "role.ended": gettext_noop("a role was ended"),
    "role.given": gettext_noop("a role was given"),
    "sign_in.given": gettext_noop("a way in was given"),
    "sign_in.taken": gettext_noop("a way in was taken into use"),
    "statement.confirmed": gettext_noop("something was confirmed"),
    "statement.contested": gettext_noop("a remark was made on something confirmed"),
    "statement.taken_away": gettext_noop("a confirmation was taken away"),
}


def page_words(code: str) -> str:
    return _(PAGES[code]) if code in PAGES else code


def verb_words(code: str) -> str:
    return _(VERBS[code]) if code in VERBS else code
