"""The concepts of ESCO (skills, skill groups, occupations, ISCO groups) with the names they have elsewhere.

A concept is kept as the row it came from until everything that points at it has been looked up; then it
becomes a part of the draft and its row is let go.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from sloyfe.core.imports.places import Place
from sloyfe.modules.catalogue.formats import messages
from sloyfe.modules.catalogue.formats.bundle import Member
from sloyfe.modules.catalogue.formats.draft import Texts, Words
from sloyfe.modules.catalogue.formats.esco.shelf import BASE, CONCEPTS, Shelf
from sloyfe.modules.catalogue.formats.ledger import Ledger
from sloyfe.modules.catalogue.formats.rows import Row, records, rows
from sloyfe.modules.catalogue.formats.texts import one_line, several, without_tags

SKILL_URI = "http://data.europa.eu/esco/skill/"
_PROSE = ("description", "scopeNote", "definition")
_SKILL = "KnowledgeSkillCompetence"


@dataclass(slots=True)
class Concept:
    """A row of the base file and, by language, the rows that translate it."""

    place: Place
    row: Row
    translated: dict[str, Row] = field(default_factory=dict)

    def names(self) -> Texts:
        told = {language: one_line(row.get("preferredLabel", "")) for language, row in self._rows()}
        return {language: name for language, name in told.items() if name}

    def alt_labels(self) -> Words:
        """Other names and the hidden ones (which are there to be searched for), without the name itself."""
        told = {
            language: several(
                f"{row.get('altLabels', '')}\n{row.get('hiddenLabels', '')}",
                besides=one_line(row.get("preferredLabel", "")),
            )
            for language, row in self._rows()
        }
        return {language: names for language, names in told.items() if names}

    def descriptions(self) -> Texts:
        told = {
            language: "\n\n".join(filter(None, (without_tags(row.get(column, "")) for column in _PROSE)))
            for language, row in self._rows()
        }
        return {language: text for language, text in told.items() if text}

    def repeats_its_name(self) -> bool:
        return self.row["preferredLabel"].strip() in self.row.get("altLabels", "").split("\n")

    def _rows(self) -> list[tuple[str, Row]]:
        return [(BASE, self.row), *self.translated.items()]


@dataclass(slots=True)
class Concepts:
    """All concepts by kind of file, then by URI. `elsewhere` names what only other files know."""

    by_kind: dict[str, dict[str, Concept]] = field(default_factory=dict)
    elsewhere: dict[str, str] = field(default_factory=dict)

    def skills(self) -> Mapping[str, Concept]:
        return self.by_kind["skills"]

    def occupations(self) -> Mapping[str, Concept]:
        return self.by_kind["occupations"]

    def called(self, uri: str) -> str:
        """A name for something that may not be in the classification itself, else its URI."""
        return self.elsewhere.get(uri, uri)


def read_concepts(shelf: Shelf, ledger: Ledger) -> Concepts:
    concepts = Concepts({kind: _base(kind, shelf, ledger) for kind in CONCEPTS})
    for kind, member in shelf.collections.items():
        _read_collection(kind, member, concepts, ledger)
    for kind in CONCEPTS:
        _join_translations(kind, shelf, concepts, ledger)
    _read_hierarchy(shelf, concepts, ledger)
    return concepts


def _base(kind: str, shelf: Shelf, ledger: Ledger) -> dict[str, Concept]:
    found: dict[str, Concept] = {}
    if kind not in shelf.base:
        return found
    member = shelf.base[kind]
    for number, row in rows(member, "conceptUri", "preferredLabel"):
        ledger.counts[kind] += 1
        place = Place(member.name, row=number)
        uri = row["conceptUri"].strip()
        wrong = _wrong(uri, row, found)
        if wrong:
            ledger.leave_out(place, row, wrong, uri)
        else:
            found[uri] = Concept(place, row)
    return found


def _wrong(uri: str, row: Row, found: Mapping[str, Concept]) -> str:
    if not uri:
        return messages.NO_KEY
    if not one_line(row["preferredLabel"]):
        return messages.NO_LABEL
    return messages.SAME_ROW_TWICE if uri in found else ""


def _join_translations(kind: str, shelf: Shelf, concepts: Concepts, ledger: Ledger) -> None:
    for language, member in shelf.translations.get(kind, ()):
        for number, row in rows(member):
            row = _with_usual_columns(row)
            ledger.counts[f"{kind} {language}"] += 1
            uri = row.get("conceptUri", "").strip()
            place, label = Place(member.name, row=number), one_line(row.get("preferredLabel", ""))
            concept = concepts.by_kind[kind].get(uri)
            if concept is None:
                concepts.elsewhere.setdefault(uri, label)
                ledger.leave_out(place, row, messages.UNMATCHED_TRANSLATION, label or uri)
            elif label:
                concept.translated.setdefault(language, row)
            else:
                ledger.gather(place, messages.TRANSLATION_WITHOUT_NAME)


def _with_usual_columns(row: Row) -> Row:
    """Bare lists of skill id and label say the same under other headings."""
    if "skill_id" in row:
        uri = SKILL_URI + row["skill_id"].strip()
        return {"conceptUri": uri, "preferredLabel": row.get("skill_label", "")}
    return row


def _read_collection(kind: str, member: Member, concepts: Concepts, ledger: Ledger) -> None:
    """A collection repeats what the list of skills has; a skill that only stands here is taken from here."""
    for number, row in rows(member, "conceptType", "conceptUri", "preferredLabel"):
        ledger.counts[kind] += 1
        uri = row["conceptUri"].strip()
        target = concepts.by_kind["skills" if row["conceptType"] == _SKILL else "occupations"]
        if uri in target:
            continue
        place = Place(member.name, row=number)
        wrong = _wrong(uri, row, target)
        if wrong:
            ledger.leave_out(place, row, wrong, uri)
        else:
            target[uri] = Concept(place, row)
            ledger.gather(place, messages.FROM_COLLECTION)


def _read_hierarchy(shelf: Shelf, concepts: Concepts, ledger: Ledger) -> None:
    """The hierarchy says again what the broader relations say; it alone names some groups."""
    if "skillsHierarchy" not in shelf.base:
        return
    member = shelf.base["skillsHierarchy"]
    told = records(member)
    _, columns = next(told, (0, []))
    for number, cells in told:
        ledger.counts["skillsHierarchy"] += 1
        if len(cells) < len(columns):
            ledger.gather(Place(member.name, row=number), messages.SHORT_ROWS)
        row = dict(zip(columns, cells, strict=False))
        for level in range(4):
            uri, name = row.get(f"Level {level} URI", ""), row.get(f"Level {level} preferred term", "")
            if uri and uri not in concepts.by_kind["skillGroups"]:
                concepts.elsewhere.setdefault(uri, one_line(name))
