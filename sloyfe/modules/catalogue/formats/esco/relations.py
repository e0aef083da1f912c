"""How the concepts of ESCO hang together: what lies under what, and what an occupation asks for.

The official files name concepts that are in no list: those rows are kept whole in the report.
"""

from __future__ import annotations

from collections.abc import Iterator

from sloyfe.core.imports.places import Place
from sloyfe.modules.catalogue.formats import messages
from sloyfe.modules.catalogue.formats.draft import DraftRelation, DraftRequirement, RelationKind, Strength
from sloyfe.modules.catalogue.formats.esco.concepts import Concepts
from sloyfe.modules.catalogue.formats.esco.shelf import Shelf
from sloyfe.modules.catalogue.formats.ledger import Ledger
from sloyfe.modules.catalogue.formats.rows import Row, rows

_BROADER = ("broaderRelationsSkillPillar", "broaderRelationsOccPillar")
_STRENGTHS = {"essential": Strength.MUST, "optional": Strength.MAY}
_KINDS = {"essential": RelationKind.ESSENTIAL, "optional": RelationKind.OPTIONAL}

Parents = dict[str, tuple[str, ...]]


def read_broader(shelf: Shelf, concepts: Concepts, ledger: Ledger) -> Parents:
    """Each concept's parents in the order of the files."""
    there = {uri: uri for kind in concepts.by_kind.values() for uri in kind}
    parents: Parents = {}
    for kind in _BROADER:
        for place, row in _rows(kind, shelf, ledger, "conceptUri", "broaderUri"):
            child, parent = there.get(row["conceptUri"]), there.get(row["broaderUri"])
            if parent is None:
                ledger.counts[f"{kind} without parent"] += 1
            if child is None:
                ledger.counts[f"{kind} without child"] += 1
                name = concepts.called(row["conceptUri"])
                ledger.leave_out(place, row, messages.UNKNOWN_CHILD_OF, name)
            elif parent is None:
                name = concepts.called(row["broaderUri"])
                ledger.leave_out(place, row, messages.UNKNOWN_BROADER, name)
            else:
                parents[child] = (*parents.get(child, ()), parent)
    ledger.counts["several parents"] = sum(len(above) > 1 for above in parents.values())
    return parents


def read_requirements(shelf: Shelf, concepts: Concepts, ledger: Ledger) -> tuple[DraftRequirement, ...]:
    """What occupations ask for. Essential is a must, optional is a may; ESCO has no levels."""
    occupations = {uri: uri for uri in concepts.occupations()}
    skills = {uri: uri for uri in concepts.skills()}
    kind = "occupationSkillRelations"
    kept: list[DraftRequirement] = []
    for place, row in _rows(kind, shelf, ledger, "occupationUri", "relationType", "skillUri"):
        ledger.counts[row["relationType"]] += 1
        occupation, skill = occupations.get(row["occupationUri"]), skills.get(row["skillUri"])
        strength = _STRENGTHS.get(row["relationType"])
        if occupation is None:
            name = concepts.called(row["occupationUri"])
            ledger.leave_out(place, row, messages.UNKNOWN_OCCUPATION, name)
        elif skill is None:
            ledger.leave_out(place, row, messages.UNKNOWN_COMPETENCE, row["skillUri"])
        elif strength is None:
            ledger.leave_out(place, row, messages.UNKNOWN_RELATION, row["relationType"])
        else:
            kept.append(DraftRequirement(occupation, skill, None, strength, place=place))
    return tuple(kept)


def read_relations(shelf: Shelf, concepts: Concepts, ledger: Ledger) -> tuple[DraftRelation, ...]:
    """Skills that are essential or optional for other skills."""
    skills = {uri: uri for uri in concepts.skills()}
    columns = ("originalSkillUri", "relationType", "relatedSkillUri")
    kept: list[DraftRelation] = []
    for place, row in _rows("skillSkillRelations", shelf, ledger, *columns):
        original, related = skills.get(row["originalSkillUri"]), skills.get(row["relatedSkillUri"])
        relation = _KINDS.get(row["relationType"])
        if original is None or related is None:
            stranger = row["originalSkillUri"] if original is None else row["relatedSkillUri"]
            ledger.leave_out(place, row, messages.UNKNOWN_COMPETENCE, stranger)
        elif relation is None:
            ledger.leave_out(place, row, messages.UNKNOWN_RELATION, row["relationType"])
        elif original == related:
            ledger.leave_out(place, row, messages.RELATED_TO_ITSELF, original)
        else:
            kept.append(DraftRelation(relation, original, related, place))
    return tuple(kept)


def _rows(kind: str, shelf: Shelf, ledger: Ledger, *needed: str) -> Iterator[tuple[Place, Row]]:
    if kind not in shelf.base:
        return
    member = shelf.base[kind]
    for number, row in rows(member, *needed):
        ledger.counts[kind] += 1
        yield Place(member.name, row=number), row
