"""Everything that every role can fetch, as numbers an attacker can work with.

An answer is one person's, to one competence, until she says something else. Who was counted where is taken as known
to all; what they said is not.
"""

from __future__ import annotations

import csv
import io
import json
import re
from collections.abc import Callable
from dataclasses import dataclass, field

import openpyxl
from django.test import Client

from sloyfe.engines.disclosure.differencing import Answers, Finding, Number, compare
from sloyfe.engines.disclosure.policy import Policy
from sloyfe.reporting.picture.gather import gather
from sloyfe.reporting.picture.models import NodeOffice, Publication

ROLES = ("employee", "leader", "neighbour_leader", "county_adviser", "directorate_adviser", "hr_admin", "union_rep")
MEETS = "som sier de kan det som kreves"
NUMBER = re.compile(r"(\d+) av (\d+)")

Told = dict[tuple[int, int, int], int]
"""(publication, node, competence) → how many meet it."""


@dataclass
class Life:
    """What the attacker lays up. `told` by competence and publication; `having` is the truth, for judging only."""

    told: list[dict[int, list[Number]]] = field(default_factory=list)
    having: dict[int, set[int]] = field(default_factory=dict)
    offices: dict[int, dict[int, set[int]]] = field(default_factory=dict)
    ids: dict[tuple[int, int, int, int], int] = field(default_factory=dict)

    def remember(self, publication: Publication, told: Told) -> None:
        """Lay up one publication, as it was fetched, with who was counted in it."""
        gathered = gather(publication.day)
        where = list(
            NodeOffice.objects.for_system("test")
            .filter(node__publication=publication)
            .values_list("node__key", "office")
        )
        answers: dict[tuple[int, int], set[int]] = {}
        for row, (person, office) in enumerate(zip(gathered.people.tolist(), gathered.office.tolist(), strict=True)):
            for place, competence in enumerate(gathered.competences):
                if not gathered.said.asked[row, place]:
                    continue
                said = person, competence, int(gathered.said.level[row, place]), int(gathered.said.required[row, place])
                answer = self.ids.setdefault(said, len(self.ids))
                answers.setdefault((office, competence), set()).add(answer)
                self.offices.setdefault(competence, {}).setdefault(office, set()).add(answer)
                if gathered.said.meets[row, place]:
                    self.having.setdefault(competence, set()).add(answer)
        groups: dict[tuple[int, int], set[int]] = {}
        for node, office in where:
            for competence in gathered.competences:
                groups.setdefault((node, competence), set()).update(answers.get((office, competence), ()))
        found: dict[int, list[Number]] = {}
        for (_publication, node, competence), n in told.items():
            found.setdefault(competence, []).append(Number(frozenset(groups[node, competence]), n))
        self.told.append(found)

    def findings(self, policy: Policy) -> list[Finding]:
        """What an outsider, and each office's leader, learns by each publication about people within an office."""
        found: list[Finding] = []
        for competence, offices in self.offices.items():
            having = self.having.get(competence, set())
            everybody = set().union(*offices.values())
            truth = Answers(dict.fromkeys(everybody, 1), {answer: int(answer in having) for answer in everybody})
            before: list[Number] = []
            for told in self.told:
                new = told.get(competence, [])
                for known in (set(), *offices.values()):
                    found += compare(before, new, truth, policy, known)
                before += new
        return found


def fetch_everything(as_role: Callable[[str], Client], publication: Publication) -> Told:
    """As every role, every node, page and file; numbers that are told as of an earlier day are that day's, and left."""
    found: Told = {}
    for role in ROLES:
        client = as_role(role)
        on = f"?on={publication.pk}"
        for start in sorted(set(_starts(client, on))):
            told = json.loads(client.get(f"/picture/{start}/picture.json{on}").content)
            pairs = set()
            for node in told["nodes"]:
                for topic in told["competences"]:
                    entry, place = node["figures"]["meets"], topic["place"]
                    n = entry["n"][place]
                    if n is not None:
                        pairs.add((n, entry["of"][place]))
                    if n is not None and entry["as_of"][place] is None:
                        found[publication.pk, node["key"], topic["id"]] = n
            _the_rest_says_no_more(client, start, on, told, pairs)
    return found


def _starts(client: Client, on: str) -> list[int]:
    """Where a role comes in, and everything it finds a way to from there."""
    page = client.get("/picture/", follow=True)
    first = int(page.request["PATH_INFO"].strip("/").split("/")[1])
    seen, waiting = set(), [first]
    while waiting:
        key = waiting.pop()
        if key in seen:
            continue
        page = client.get(f"/picture/{key}/{on}")
        if page.status_code == 200:
            seen.add(key)
            waiting += [int(one) for one in re.findall(r"/picture/(\d+)/", page.content.decode())]
    return list(seen)


def _the_rest_says_no_more(client: Client, key: int, on: str, told: dict, pairs: set[tuple[int, int]]) -> None:
    """Tables and pages hold the numbers of the JSON and no others."""
    text = b"".join(client.get(f"/picture/{key}/picture.csv{on}")).decode("utf-8-sig")
    rows = [row for row in csv.reader(io.StringIO(text), delimiter=";") if row[3] == MEETS and row[4]]
    assert {(int(row[4]), int(row[5])) for row in rows} == pairs
    book = openpyxl.load_workbook(io.BytesIO(b"".join(client.get(f"/picture/{key}/picture.xlsx{on}"))))
    sheet = [row for row in book.active.iter_rows(values_only=True) if row[3] == MEETS and row[4] is not None]
    assert {(row[4], row[5]) for row in sheet} == pairs
    grid = client.get(f"/picture/{key}/offices/{on}").content.decode()
    assert {(int(n), int(of)) for n, of in NUMBER.findall(grid)} <= pairs
