"""The archive holds what is open to all, and nothing that is shared with fewer."""

from __future__ import annotations

import csv
import io

from django.db import connections
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from sloyfe.modules.statements.actions import revoke, say
from sloyfe.modules.statements.levels import say_level
from sloyfe.modules.statements.models import Share
from tests.statements.test_levels import KEPT, asked  # noqa: F401


def rows(client) -> list[dict[str, str]]:
    answer = client.get(reverse("shared-archive"))
    assert answer.status_code == 200
    return list(csv.DictReader(io.StringIO(answer.getvalue().decode("utf-8-sig")), delimiter=";"))


def test_only_what_is_shared_with_everyone(cast, asked, as_role):  # noqa: F811
    eli, debt, talk = cast.viewer("employee"), asked["debt"].pk, asked["talk"].pk
    say(eli, kind="offers", competence_id=debt, audiences=["everyone"])
    say(eli, kind="teaches", words="Åpen dør", audiences=["everyone"])
    say(eli, kind="wants", competence_id=debt, audiences=["office"])
    say(eli, kind="offers", competence_id=talk, audiences=["county"])
    say_level(eli, debt, level=3, leader=True, kept_until=KEPT)
    found = rows(as_role("hr_admin"))
    assert [(row["Navn"], row["Kontor"], row["Slag"], row["Kompetanse"], row["Med egne ord"]) for row in found] == [
        ("Eli Elvestad", "Fjord", "kan spørres om", "Gjeldsrådgivning", ""),
        ("Eli Elvestad", "Fjord", "kan lære bort", "", "Åpen dør"),
    ]
    for share in Share.objects.for_system("test").filter(audience="everyone"):
        revoke(eli, share)
    assert rows(as_role("hr_admin")) == []


def test_who_may_and_who_may_not(cast, as_role):
    for role in ("employee", "leader", "county_adviser", "union_rep", "directorate_adviser"):
        assert as_role(role).get(reverse("shared-archive")).status_code == 403, role
    assert reverse("shared-archive") in as_role("hr_admin").get("/setup/").content.decode()
    assert reverse("shared-archive") not in as_role("union_rep").get("/setup/").content.decode()


def test_a_longer_archive_asks_no_more_questions(cast, asked, as_role):  # noqa: F811
    eli, client = cast.viewer("employee"), as_role("hr_admin")
    counts = []
    for many in (3, 30):
        for n in range(many):
            say(eli, kind="offers", words=f"Noe nyttig {many} {n}", audiences=["everyone"])
        with CaptureQueriesContext(connections["default"]) as asked_of_it:
            rows(client)
        counts.append(len(asked_of_it))
    assert counts[0] == counts[1]
