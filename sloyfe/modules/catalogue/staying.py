"""What the catalogue has for a unit, and does not move when the unit is no more."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from django.utils.translation import ngettext

from sloyfe.modules.catalogue.models import AltLabel, Cause, Requirement
from sloyfe.modules.people.public import tells_of_unit


@tells_of_unit
def requirements_and_words(unit_id: int, name: str, day: date) -> Iterable[str]:
    asked = Requirement.objects.for_system("what stays when a unit goes").on(day).filter(profile__unit=unit_id).count()
    if asked:
        told = ngettext(
            "%(n)s requirement is set for %(unit)s itself, and does not move along. Set it again where it is to hold.",
            "%(n)s requirements are set for %(unit)s itself, and do not move along. Set them again where they are to "
            "hold.",
            asked,
        )
        yield told % {"n": asked, "unit": name}
    told_of = Cause.objects.on(day).filter(unit=unit_id).count()
    if told_of:
        told = ngettext(
            "%(n)s thing from outside is told of for %(unit)s itself, and does not move along.",
            "%(n)s things from outside are told of for %(unit)s itself, and do not move along.",
            told_of,
        )
        yield told % {"n": told_of, "unit": name}
    words = AltLabel.objects.filter(unit=unit_id).count()
    if words:
        told = ngettext(
            "%(n)s word that %(unit)s uses is still found in searches.",
            "%(n)s words that %(unit)s uses are still found in searches.",
            words,
        )
        yield told % {"n": words, "unit": name}
