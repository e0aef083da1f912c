"""Accounts are read to find out who is looking, and no query on persons or by way of them goes further."""

from __future__ import annotations

import pytest

from sloyfe.core.access import NoViewer
from sloyfe.modules.people.models import Person, User

ROUND_ABOUT = {
    "the password from the person": lambda v: list(Person.objects.for_viewer(v).values_list("user__password")),
    "accounts as an oracle": lambda v: Person.objects.for_viewer(v).filter(user__is_active=True).exists(),
    "statements by way of the account": lambda v: list(User.objects.values_list("person__statements__words")),
    "the address of a calendar": lambda v: Person.objects.for_viewer(v).first().feed,
    "what a helper has said": lambda v: list(Person.objects.for_viewer(v).prefetch_related("helper")),
}


@pytest.mark.parametrize("name", ROUND_ABOUT)
def test_no_way_round_by_the_account_or_from_the_other_end(cast, name):
    cast.user("leader")
    with pytest.raises(NoViewer):
        ROUND_ABOUT[name](cast.viewer("employee"))


def test_the_account_itself_and_the_name_beside_it_can_be_read(cast):
    cast.user("leader")
    assert User.objects.select_related("person").get(username="leader").person == cast.person["leader"]
