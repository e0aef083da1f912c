"""What a Moodle file says anew of a framework that is here already.

Moodle has one tree, one parent to each and no word for areas, status or a second language; our own framework
written in its format says less than it knows. So what reads just as we would write it today is an echo and
is taken as it stands here; only what differs is news.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from typing import TypeVar

from sloyfe.modules.catalogue.formats.bundle import from_bytes
from sloyfe.modules.catalogue.formats.draft import (
    Draft,
    DraftArea,
    DraftCompetence,
    DraftFramework,
    DraftRelation,
    DraftScale,
    Texts,
)
from sloyfe.modules.catalogue.formats.moodle.reader import read
from sloyfe.modules.catalogue.formats.moodle.writer import SEE_ALSO, said, write

LANGUAGES = ("nb", "nn", "en")
Named = TypeVar("Named", DraftFramework, DraftArea, DraftCompetence)


def language_of(told: Draft, here: Draft, language: str) -> str:
    """The language the file's names are in, as far as names known here tell; else the `language` it was read in."""
    names = {each.key: each.names.get(language, "") for each in told.competences}
    nodes: tuple[DraftArea | DraftCompetence, ...] = (*here.areas, *here.competences)

    def known(code: str) -> int:
        return sum(said(node.names, code) == names.get(node.key) for node in nodes)

    return max((language, *LANGUAGES), key=known)  # the first of equals


def completed(told: Draft, here: Draft, language: str) -> Draft:
    """The file, with what its format could not say as it is `here`. Both are the same framework."""
    echo = read(from_bytes("", write(here, language)), language)
    echoed = {each.key: each for each in echo.competences}
    areas = {each.key: each for each in here.areas}
    known = areas | {each.key: each for each in here.competences}
    nodes = [_node(each, echoed.get(each.key), known.get(each.key)) for each in told.competences]
    return replace(
        told,
        framework=_named(told.framework, echo.framework, here.framework),
        scales=here.scales if _steps(told.scales) == _steps(echo.scales) else told.scales,
        areas=tuple(_area(each) for each in nodes if each.key in areas),
        competences=tuple(each for each in nodes if each.key not in areas),
        relations=_relations(told, echo, here),
    )


def _node(
    told: DraftCompetence, echo: DraftCompetence | None, here: DraftArea | DraftCompetence | None
) -> DraftCompetence:
    if echo is None or here is None:
        return told
    named = _named(told, echo, here)
    parents = here.parents
    if told.parents != echo.parents:  # moved in Moodle: away from the one place that was written
        parents = (*told.parents, *(key for key in parents if key not in (*echo.parents, *told.parents)))
    status = here.status if isinstance(here, DraftCompetence) else told.status
    return replace(named, parents=parents, status=status)


def _named(told: Named, echo: Named, here: DraftFramework | DraftArea | DraftCompetence) -> Named:
    return replace(
        told,
        names=_texts(told.names, echo.names, here.names),
        descriptions=_texts(told.descriptions, echo.descriptions, here.descriptions),
    )


def _texts(told: Texts, echo: Texts, here: Texts) -> Texts:
    return here if told == echo else told


def _area(node: DraftCompetence) -> DraftArea:
    return DraftArea(node.key, node.names, node.parents, node.descriptions, node.place)


def _steps(scales: Iterable[DraftScale]) -> list[tuple[object, int | None]]:
    return [(scale.steps, scale.proficient) for scale in scales]


def _relations(told: Draft, echo: Draft, here: Draft) -> tuple[DraftRelation, ...]:
    """Those told, by the kind they have here; and those the format has no place for."""
    said, written = ({(each.start, each.end): each for each in draft.relations} for draft in (told, echo))
    besides = [each for each in here.relations if each.kind not in SEE_ALSO]
    ours = [each for each in here.relations if each.kind in SEE_ALSO]
    taken_away = written.keys() - said.keys()
    kept = {(each.start, each.end) for each in ours} - taken_away
    new = [each for pair, each in said.items() if pair not in kept]
    return (*besides, *(each for each in ours if (each.start, each.end) in kept), *new)
