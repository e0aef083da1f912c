"""Which file is which, by name: `skills_en.csv`, `skills_no_part2.csv`, `occupationSkillRelations.csv`.

The language-independent files have no language in their name in one edition and have it in the next; both are
known. The first file of a kind in the base language is the classification; files in other languages (and they
may come from an older edition) give names to what is in it.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, field

from sloyfe.core.imports.places import Place
from sloyfe.modules.catalogue.formats import messages
from sloyfe.modules.catalogue.formats.bundle import Member
from sloyfe.modules.catalogue.formats.ledger import Ledger

CONCEPTS = ("skills", "skillGroups", "occupations", "ISCOGroups")
TABLES = (
    "occupationSkillRelations",
    "skillSkillRelations",
    "broaderRelationsSkillPillar",
    "broaderRelationsOccPillar",
)
BASE = "en"
LANGUAGES = {"en": "en", "no": "nb", "nb": "nb", "nn": "nn"}
"""Languages as the files name them, to ours; the files' «no» is bokmål."""

_NAMED = re.compile(r"([a-z]+?)(?:[_-]([a-z]{2}))?(?:[_-][\w -]*)?\.csv", re.IGNORECASE)
_SPELLED = {name.casefold(): name for name in (*CONCEPTS, *TABLES, "skillsHierarchy", "conceptSchemes")}
_COLLECTION = "collection"


@dataclass(slots=True)
class Shelf:
    """`base`: kind of file to the file read; `translations`: kind to (language, file), in the order sent."""

    base: dict[str, Member] = field(default_factory=dict)
    translations: dict[str, list[tuple[str, Member]]] = field(default_factory=dict)
    collections: dict[str, Member] = field(default_factory=dict)


def sorted_files(members: Iterable[Member], ledger: Ledger) -> Shelf:
    """Every file in its place; those not read, and those that should be there and are not, are said."""
    shelf = Shelf()
    for member in members:
        if not _put(shelf, member):
            ledger.note(Place(member.name), messages.FILE_NOT_USED, file=member.name)
    for name in (*CONCEPTS, *TABLES):
        if name not in shelf.base:
            ledger.note(Place(f"{name}.csv"), messages.FILE_MISSING, file=f"{name}.csv")
    return shelf


def _put(shelf: Shelf, member: Member) -> bool:
    named = _NAMED.fullmatch(member.name)
    if named is None:
        return False
    kind = _SPELLED.get(named[1].casefold(), named[1])
    language = LANGUAGES.get((named[2] or BASE).lower(), "")
    if kind in CONCEPTS and language and language != BASE:
        shelf.translations.setdefault(kind, []).append((language, member))
        return True
    return language == BASE and _put_base(shelf, kind, member)


def _put_base(shelf: Shelf, kind: str, member: Member) -> bool:
    if kind.casefold().endswith(_COLLECTION):
        return shelf.collections.setdefault(kind, member) is member
    known = kind in CONCEPTS or kind in TABLES or kind == "skillsHierarchy"
    return known and shelf.base.setdefault(kind, member) is member
