"""Reads the whole of ESCO into a draft."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from sloyfe.core.imports.places import Place
from sloyfe.modules.catalogue.formats import messages
from sloyfe.modules.catalogue.formats.bundle import Member
from sloyfe.modules.catalogue.formats.checks import checked
from sloyfe.modules.catalogue.formats.draft import (
    Draft,
    DraftArea,
    DraftCompetence,
    DraftFramework,
    DraftProfile,
    Kind,
    ProfileKind,
    Status,
)
from sloyfe.modules.catalogue.formats.esco.concepts import Concept, Concepts, read_concepts
from sloyfe.modules.catalogue.formats.esco.relations import (
    Parents,
    read_broader,
    read_relations,
    read_requirements,
)
from sloyfe.modules.catalogue.formats.esco.shelf import sorted_files
from sloyfe.modules.catalogue.formats.ledger import Ledger, refuse

_KINDS = {"knowledge": Kind.KNOWLEDGE, "skill/competence": Kind.SKILL}
_STATUSES = {"released": Status.PUBLISHED, "obsolete": Status.OUTDATED, "deprecated": Status.OUTDATED}
_ABOUT = DraftFramework(
    code="esco",
    names={
        "nb": "ESCO – europeiske ferdigheter, kompetanser, kvalifikasjoner og yrker",
        "nn": "ESCO – europeiske ferdigheiter, kompetansar, kvalifikasjonar og yrke",
        "en": "ESCO – European Skills, Competences, Qualifications and Occupations",
    },
    publisher="European Commission",
    licence_line="This service uses the ESCO classification of the European Commission.",
    url="https://esco.ec.europa.eu/",
)


def read(members: Iterable[Member], version: str = "") -> Draft:
    """All that the files hold. Send the edition to be stored first, then others for their translations.

    Skill groups become areas; occupations and ISCO groups become profiles. Raises `FileRefused` where there
    is no list of skills, or a file cannot be read at all.
    """
    ledger = Ledger()
    shelf = sorted_files(members, ledger)
    concepts = read_concepts(shelf, ledger)
    if not concepts.skills():
        raise refuse(Place("skills_en.csv"), messages.NO_FILE)
    parents = read_broader(shelf, concepts, ledger)
    requirements = read_requirements(shelf, concepts, ledger)
    relations = read_relations(shelf, concepts, ledger)
    draft = Draft(
        framework=replace(_ABOUT, version=version),
        areas=_areas(concepts, parents),
        competences=_competences(concepts, parents, ledger),
        profiles=_profiles(concepts, parents, ledger),
        requirements=requirements,
        relations=relations,
        reported=tuple(ledger.reported),
        problems=ledger.gathered(),
        counts=ledger.counts,
    )
    return checked(draft)


def _areas(concepts: Concepts, parents: Parents) -> tuple[DraftArea, ...]:
    return tuple(
        DraftArea(uri, concept.names(), parents.get(uri, ()), concept.descriptions(), concept.place)
        for uri, concept in concepts.by_kind["skillGroups"].items()
    )


def _competences(concepts: Concepts, parents: Parents, ledger: Ledger) -> tuple[DraftCompetence, ...]:
    return tuple(
        DraftCompetence(
            uri,
            _kind(concept, ledger),
            concept.names(),
            concept.alt_labels(),
            concept.descriptions(),
            parents.get(uri, ()),
            _status(concept, ledger),
            place=concept.place,
        )
        for uri, concept in concepts.skills().items()
    )


def _kind(concept: Concept, ledger: Ledger) -> Kind:
    _say_if_repeated(concept, ledger)
    if not concept.row.get("reuseLevel"):
        ledger.gather(concept.place, messages.NO_REUSE_LEVEL)
    kind = _KINDS.get(concept.row.get("skillType", ""), Kind.UNSAID)
    if kind is Kind.UNSAID:
        ledger.gather(concept.place, messages.NO_SKILL_TYPE)
    return kind


def _status(concept: Concept, ledger: Ledger) -> Status:
    status = _STATUSES.get(concept.row.get("status", ""))
    if status is None:
        ledger.gather(concept.place, messages.UNKNOWN_STATUS)
        return Status.DRAFT
    return status


def _profiles(concepts: Concepts, parents: Parents, ledger: Ledger) -> tuple[DraftProfile, ...]:
    for concept in concepts.occupations().values():
        _say_if_repeated(concept, ledger)
    return tuple(
        DraftProfile(
            uri,
            concept.names(),
            kind,
            parents.get(uri, ()),
            concept.alt_labels(),
            concept.descriptions(),
            concept.row.get("code", ""),
            place=concept.place,
        )
        for part, kind in (("ISCOGroups", ProfileKind.GROUP), ("occupations", ProfileKind.OCCUPATION))
        for uri, concept in concepts.by_kind[part].items()
    )


def _say_if_repeated(concept: Concept, ledger: Ledger) -> None:
    if concept.repeats_its_name():
        ledger.gather(concept.place, messages.REPEATED_LABEL)
