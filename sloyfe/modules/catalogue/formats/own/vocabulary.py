"""The headings and words of our own format, in bokmål, nynorsk and English.

A file is read in any of the three, also mixed, and written in the one asked for; that is why these words are
here and not in the message catalogues. The first spelling of each language is the one written.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sloyfe.modules.catalogue.formats.draft import (
    Kind,
    ProfileKind,
    Reach,
    RelationKind,
    Source,
    Status,
    Strength,
)

LANGUAGES = ("nb", "nn", "en")
LEVELS = range(1, 10)
"""Levels a column of wordings can be about."""

_NAMED = {
    "nb": ("bokmål", "bokmål", "bokmål"),
    "nn": ("nynorsk", "nynorsk", "nynorsk"),
    "en": ("engelsk", "engelsk", "English"),
}


@dataclass(frozen=True, slots=True)
class Column:
    """`name` is ours; `spelled` is how it is written in bokmål, nynorsk and English; `also` is read too."""

    name: str
    spelled: tuple[str, str, str]
    also: tuple[str, ...] = ()

    def heading(self, language: str) -> str:
        return self.spelled[LANGUAGES.index(language)]

    def accepted(self) -> tuple[str, ...]:
        return (*self.spelled, *self.also, self.name)


@dataclass(frozen=True, slots=True)
class Sheet:
    """A kind of table. It is told by the columns in `sign`, which no kind after it in `SHEETS` has."""

    name: str
    titles: tuple[str, str, str]
    sign: tuple[str, ...]
    columns: tuple[Column, ...]

    def title(self, language: str) -> str:
        return self.titles[LANGUAGES.index(language)]

    def accepted(self) -> Mapping[str, Sequence[str]]:
        return {column.name: column.accepted() for column in self.columns}


def _in_each(name: str, nb: str, nn: str, en: str, *also: str) -> tuple[Column, ...]:
    """One column for each language the text may be in."""
    return tuple(
        Column(
            f"{name}_{language}",
            (f"{nb} {named[0]}", f"{nn} {named[1]}", f"{en} {named[2]}"),
            tuple(f"{word} {code}" for word in (nb, nn, en, *also) for code in _codes(language)),
        )
        for language, named in _NAMED.items()
    )


def _codes(language: str) -> tuple[str, ...]:
    return (language, f"({language})", *_NAMED[language][::2])


_NAMES = _in_each("name", "Navn", "Namn", "Name", "tittel", "label")
_ALTS = _in_each("alt", "Andre navn", "Andre namn", "Other names", "synonymer", "alt labels")
_ABOUTS = _in_each("about", "Beskrivelse", "Skildring", "Description", "omtale")
_WORDINGS = tuple(
    column
    for level in LEVELS
    for column in _in_each(f"level_{level}", f"Nivå {level}", f"Nivå {level}", f"Level {level}")
)
_COMPETENCE = Column(
    "competence", ("Kompetansekode", "Kompetansekode", "Competence code"), ("kompetanse", "kompetansenøkkel")
)
_AREA = Column("area", ("Områdekode", "Områdekode", "Area code"), ("område", "fagområde", "fagområdekode"))
_PROFILE = Column("profile", ("Profilkode", "Profilkode", "Profile code"), ("profil", "kravprofil"))
_PARENTS = Column("parents", ("Ligger under", "Ligg under", "Lies under"), ("overordnet", "ligger i", "parent"))
_LEVEL = Column("level", ("Nivå", "Nivå", "Level"), ("trinn", "steg"))

SHEETS = (
    Sheet(
        "requirements",
        ("Krav", "Krav", "Requirements"),
        ("profile", "competence"),
        (
            _PROFILE,
            _COMPETENCE,
            _LEVEL,
            Column("strength", ("Styrke", "Styrke", "Strength")),
            Column("source", ("Kilde", "Kjelde", "Source"), ("avsender", "avsendar")),
            Column("basis", ("Hjemmel", "Heimel", "Basis"), ("grunnlag",)),
            Column("reach", ("Gjelder", "Gjeld", "Reach"), ("gjelder for",)),
            Column("at_least", ("Minst antall", "Minst talet på", "At least"), ("antall", "minst")),
            Column("proof", ("Krever bevis", "Krev prov", "Proof asked for"), ("bevis", "dokumentasjon")),
            Column("review", ("Gjennomgås", "Blir gått gjennom", "Review on"), ("gjennomgang", "revideres")),
        ),
    ),
    Sheet(
        "terms",
        ("Lokale ord", "Lokale ord", "Local terms"),
        ("term", "competence"),
        (
            Column("term", ("Ord", "Ord", "Term"), ("lokalt ord", "begrep")),
            _COMPETENCE,
            Column("language", ("Språk", "Språk", "Language")),
            Column("unit", ("Enhetsnummer", "Einingsnummer", "Unit number"), ("enhet", "eining", "kontor")),
        ),
    ),
    Sheet(
        "relations",
        ("Sammenhenger", "Samanhengar", "Relations"),
        ("start", "end"),
        (
            Column("start", ("Fra", "Frå", "From")),
            Column("end", ("Til", "Til", "To")),
            Column("kind", ("Slag", "Slag", "Kind"), ("type",)),
        ),
    ),
    Sheet(
        "competences",
        ("Kompetanser", "Kompetansar", "Competences"),
        ("competence",),
        (
            _COMPETENCE,
            Column("parents", _PARENTS.spelled, (*_PARENTS.also, *_AREA.accepted())),
            Column("kind", ("Slag", "Slag", "Kind"), ("type",)),
            *_NAMES,
            *_ALTS,
            *_ABOUTS,
            Column("status", ("Status", "Status", "Status")),
            Column("replaced_by", ("Erstattet av", "Erstatta av", "Replaced by")),
            *_WORDINGS,
        ),
    ),
    Sheet(
        "profiles",
        ("Kravprofiler", "Kravprofilar", "Profiles"),
        ("profile",),
        (
            _PROFILE,
            Column("kind", ("Slag", "Slag", "Kind"), ("type",)),
            _PARENTS,
            *_NAMES,
            *_ALTS,
            *_ABOUTS,
            Column("code", ("Yrkeskode", "Yrkeskode", "Occupation code"), ("stillingskode",)),
            Column("applies_to", ("Gjelder for", "Gjeld for", "Applies to")),
        ),
    ),
    Sheet("areas", ("Fagområder", "Fagområde", "Areas"), ("area",), (_AREA, _PARENTS, *_NAMES, *_ABOUTS)),
    Sheet(
        "framework",
        ("Rammeverk", "Rammeverk", "Framework"),
        ("framework",),
        (
            Column("framework", ("Rammeverkskode", "Rammeverkskode", "Framework code"), ("rammeverk",)),
            *_NAMES,
            *_ABOUTS,
            Column("publisher", ("Utgiver", "Utgivar", "Publisher")),
            Column("version", ("Versjon", "Versjon", "Version"), ("utgave",)),
            Column("licence", ("Lisens", "Lisens", "Licence")),
            Column("url", ("Nettadresse", "Nettadresse", "Web address"), ("lenke", "lenkje")),
        ),
    ),
    Sheet("scale", ("Nivåer", "Nivå", "Levels"), ("level",), (_LEVEL, *_NAMES, *_ABOUTS)),
)
"""In the order they are tried on a table."""

KINDS: Mapping[Kind, tuple[str, ...]] = {
    Kind.KNOWLEDGE: ("kunnskap", "kunnskap", "knowledge"),
    Kind.SKILL: ("ferdighet", "ferdigheit", "skill"),
    Kind.ATTITUDE: ("holdning", "haldning", "attitude"),
    Kind.COMPETENCE: ("kompetanse", "kompetanse", "competence"),
}
STATUSES: Mapping[Status, tuple[str, ...]] = {
    Status.DRAFT: ("utkast", "utkast", "draft"),
    Status.PUBLISHED: ("publisert", "publisert", "published"),
    Status.OUTDATED: ("utdatert", "utdatert", "outdated", "utgått"),
}
PROFILE_KINDS: Mapping[ProfileKind, tuple[str, ...]] = {
    ProfileKind.ROLE: ("rolle", "rolle", "role"),
    ProfileKind.POSITION: ("stilling", "stilling", "position"),
    ProfileKind.UNIT: ("enhet", "eining", "unit"),
    ProfileKind.OCCUPATION: ("yrke", "yrke", "occupation"),
    ProfileKind.ROLE_LEVEL: ("rollenivå", "rollenivå", "role level"),
    ProfileKind.GROUP: ("gruppe", "gruppe", "group"),
}
STRENGTHS: Mapping[Strength, tuple[str, ...]] = {
    Strength.MUST: ("skal", "skal", "must", "må"),
    Strength.SHOULD: ("bør", "bør", "should", "burde"),
    Strength.MAY: ("kan", "kan", "may"),
}
SOURCES: Mapping[Source, tuple[str, ...]] = {
    Source.LAW: ("lov", "lov", "law", "lovpålagt"),
    Source.DIRECTORATE: ("direktorat", "direktorat", "directorate", "direktoratet"),
    Source.COUNTY: ("fylke", "fylke", "county", "fylket"),
    Source.MUNICIPALITY: ("kommune", "kommune", "municipality", "kommunen"),
    Source.OFFICE: ("kontor", "kontor", "office", "kontoret"),
    Source.FRAMEWORK: ("rammeverk", "rammeverk", "framework"),
}
REACHES: Mapping[Reach, tuple[str, ...]] = {
    Reach.EACH: ("hver", "kvar", "each", "hver enkelt", "kvar einskild", "alle"),
    Reach.UNIT: ("enheten", "eininga", "unit", "enhet", "kontoret"),
    Reach.AREA: ("området", "området", "area", "område"),
}
RELATION_KINDS: Mapping[RelationKind, tuple[str, ...]] = {
    RelationKind.ESSENTIAL: ("nødvendig", "naudsynt", "essential"),
    RelationKind.OPTIONAL: ("valgfri", "valfri", "optional"),
    RelationKind.RELATED: ("beslektet", "i slekt", "related"),
    RelationKind.CROSS_REFERENCE: ("se også", "sjå òg", "cross reference"),
}
SPOKEN: Mapping[str, tuple[str, ...]] = {
    "nb": ("bokmål", "bokmål", "bokmål", "nb", "no"),
    "nn": ("nynorsk", "nynorsk", "nynorsk", "nn"),
    "en": ("engelsk", "engelsk", "english", "en"),
    "se": ("nordsamisk", "nordsamisk", "northern sami", "davvisámegiella", "samisk", "se"),
}
"""What somebody says at work may be in more languages than the catalogue itself."""

CHOICES: Mapping[tuple[str, str], Mapping[Any, tuple[str, ...]]] = {
    ("competences", "kind"): KINDS,
    ("competences", "status"): STATUSES,
    ("profiles", "kind"): PROFILE_KINDS,
    ("requirements", "strength"): STRENGTHS,
    ("requirements", "source"): SOURCES,
    ("requirements", "reach"): REACHES,
    ("relations", "kind"): RELATION_KINDS,
    ("terms", "language"): SPOKEN,
}
"""Cells in which one of a few words is written: sheet and column, to what each word means."""
