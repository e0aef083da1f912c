"""What points from one thing to another in a draft: terms, requirements and relations, each end looked up."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable, Mapping
from dataclasses import dataclass, replace
from typing import TypeVar

from sloyfe.core.imports.places import Place
from sloyfe.modules.catalogue.formats import messages
from sloyfe.modules.catalogue.formats.draft import DraftRelation, DraftRequirement, DraftTerm
from sloyfe.modules.catalogue.formats.ledger import Ledger
from sloyfe.modules.catalogue.formats.texts import cleaned, one_line

LONGEST_TERM = 500
LONGEST_BASIS = 300

Link = TypeVar("Link", DraftTerm, DraftRequirement, DraftRelation)


@dataclass(slots=True)
class Report:
    """The ledger, and the rows of the source by place, so that what is left out is kept whole."""

    rows: Mapping[Place, Mapping[str, str]]
    ledger: Ledger

    def leave_out(self, place: Place, fallback: Mapping[str, str], message: str, value: str = "") -> None:
        self.ledger.leave_out(place, self.rows.get(place, fallback), message, value)


@dataclass(frozen=True, slots=True)
class Ends:
    """What may be pointed at. `levels` is None where any level will do."""

    profiles: frozenset[str]
    competences: frozenset[str]
    levels: frozenset[int] | None


def terms(links: Iterable[DraftTerm], ends: Ends, report: Report) -> tuple[DraftTerm, ...]:
    def wrong(link: DraftTerm) -> tuple[str, str]:
        if not link.term:
            return messages.EMPTY_TERM, ""
        if len(link.term) > LONGEST_TERM:
            report.ledger.stop(link.place, messages.LABEL_TOO_LONG, length=str(len(link.term)), limit=str(LONGEST_TERM))
        return _unknown(link.competence, ends)

    clean = (replace(link, term=one_line(cleaned(link.term))) for link in links)
    return _kept(clean, wrong, lambda link: (link.term, link.language, link.unit, link.competence), report)


def requirements(links: Iterable[DraftRequirement], ends: Ends, report: Report) -> tuple[DraftRequirement, ...]:
    """A profile asks once for a competence with the same reach; later rows saying so again are left out."""

    def wrong(link: DraftRequirement) -> tuple[str, str]:
        if link.profile not in ends.profiles:
            return messages.UNKNOWN_PROFILE, link.profile
        if link.level is not None and ends.levels is not None and link.level not in ends.levels:
            return messages.LEVEL_OUTSIDE, str(link.level)
        if len(link.basis) > LONGEST_BASIS:
            length = str(len(link.basis))
            report.ledger.stop(link.place, messages.TEXT_TOO_LONG, length=length, limit=str(LONGEST_BASIS))
        return _unknown(link.competence, ends)

    return _kept(
        links,
        wrong,
        lambda link: (link.profile, link.competence, link.reach),
        report,
        again=messages.ASKED_TWICE,
    )


def relations(links: Iterable[DraftRelation], ends: Ends, report: Report) -> tuple[DraftRelation, ...]:
    def wrong(link: DraftRelation) -> tuple[str, str]:
        if link.start == link.end:
            return messages.RELATED_TO_ITSELF, link.start
        start = _unknown(link.start, ends)
        return start if start[0] else _unknown(link.end, ends)

    return _kept(links, wrong, lambda link: (link.kind, link.start, link.end), report)


def _unknown(competence: str, ends: Ends) -> tuple[str, str]:
    return ("", "") if competence in ends.competences else (messages.UNKNOWN_COMPETENCE, competence)


def _kept(
    links: Iterable[Link],
    wrong: Callable[[Link], tuple[str, str]],
    identity: Callable[[Link], Hashable],
    report: Report,
    again: str = messages.SAME_ROW_TWICE,
) -> tuple[Link, ...]:
    kept: dict[Hashable, Link] = {}
    for link in links:
        message, value = wrong(link)
        same = identity(link)
        if not message and same in kept:
            message = again
        if message:
            report.leave_out(link.place, _as_row(link), message, value)
        else:
            kept[same] = link
    return tuple(kept.values())


def _as_row(link: DraftTerm | DraftRequirement | DraftRelation) -> Mapping[str, str]:
    """What the link says, for a source that keeps no rows."""
    told = {name: getattr(link, name) for name in link.__slots__ if name != "place"}
    return {name: str(value) for name, value in told.items() if value not in (None, "")}
