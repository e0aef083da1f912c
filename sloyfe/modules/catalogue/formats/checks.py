"""What must hold of every draft, whatever format it came in.

A circle in the tree, a key used twice and a name too long stop the file, since nobody can guess what was
meant. A row without key or name, a place under something unknown and a requirement for something unknown are
left out and kept whole in the report. Characters that cannot be seen are taken away and said.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field, replace
from typing import TypeVar

from sloyfe.core.imports.places import Place
from sloyfe.modules.catalogue.formats import about, links, messages
from sloyfe.modules.catalogue.formats.draft import Draft, DraftArea, DraftCompetence, DraftProfile, DraftScale, Texts
from sloyfe.modules.catalogue.formats.ledger import Ledger
from sloyfe.modules.catalogue.formats.texts import has_invisible
from sloyfe.modules.catalogue.formats.tidy import tidied
from sloyfe.modules.catalogue.formats.trees import circles

LONGEST_KEY = 200
LONGEST_CODE = 60
LONGEST_APPLIES_TO = 200
NAMES_SHOWN = 12
"""Names of a circle said in full; a longer circle is shortened in the middle."""

Node = TypeVar("Node", DraftArea, DraftCompetence, DraftProfile)
AnyNode = DraftArea | DraftCompetence | DraftProfile
Rows = Mapping[Place, Mapping[str, str]]


def checked(
    draft: Draft,
    rows: Rows | None = None,
    known: Collection[str] = (),
    levels: Collection[int] | None = None,
) -> Draft:
    """The draft with only what can be stored, and everything wrong with the rest said in it.

    `rows` gives the whole row of the source by place, for the report. `known` are keys that are in the
    catalogue already and may be pointed at. `levels` are the levels that may be used; left out, they are
    those of the draft's first scale, and where it has none any level is let through.
    """
    check = _Check(links.Report(rows or {}, Ledger()), frozenset(known))
    framework = about.framework(draft.framework, check.report.ledger)
    scales = about.scales(draft.scales, framework.place, check.report.ledger)
    allowed = frozenset(levels) if levels is not None else _levels(scales)
    areas = check.placed(check.usable(draft.areas))
    competences = check.placed(check.usable(draft.competences), among=areas)
    competences = check.worded(check.replaced(competences), allowed)
    profiles = check.placed(check.usable(draft.profiles))
    check.no_circles((*areas, *competences))
    check.no_circles(profiles)
    ends = links.Ends(_keys(profiles) | check.known, _keys(competences) | check.known, allowed)
    report = check.report
    return replace(
        draft,
        framework=framework,
        scales=scales,
        areas=areas,
        competences=competences,
        profiles=profiles,
        terms=links.terms(draft.terms, ends, report),
        requirements=links.requirements(draft.requirements, ends, report),
        relations=links.relations(draft.relations, ends, report),
        reported=(*draft.reported, *report.ledger.reported),
        problems=(*draft.problems, *report.ledger.gathered()),
    )


@dataclass(slots=True)
class _Check:
    report: links.Report
    known: frozenset[str]
    seen: dict[str, Place] = field(default_factory=dict)

    def usable(self, nodes: Iterable[Node]) -> tuple[Node, ...]:
        """Those with a key and a name, tidied; a key seen before, or either too long, stops the file."""
        return tuple(node for node in map(self._tidied, nodes) if node.names)

    def _tidied(self, node: Node) -> Node:
        tidy = tidied(node, self.report.ledger)
        wrong = _wrong(tidy)
        if wrong:
            self.report.leave_out(node.place, {"key": node.key}, wrong)
            return replace(tidy, names={})
        self._lengths(tidy)
        self._once(tidy)
        return tidy

    def _lengths(self, node: AnyNode) -> None:
        longest = max(map(len, _labels(node)))
        told = [
            (messages.LABEL_TOO_LONG, longest, about.LONGEST_LABEL),
            (messages.KEY_TOO_LONG, len(node.key), LONGEST_KEY),
        ]
        if isinstance(node, DraftProfile):
            told.append((messages.KEY_TOO_LONG, len(node.code), LONGEST_CODE))
            told.append((messages.TEXT_TOO_LONG, len(node.applies_to), LONGEST_APPLIES_TO))
        for message, length, limit in told:
            if length > limit:
                self.report.ledger.stop(node.place, message, length=str(length), limit=str(limit))

    def _once(self, node: AnyNode) -> None:
        if node.key in self.seen:
            first = self.seen[node.key]
            self.report.ledger.stop(node.place, messages.KEY_TWICE, node.key, row=str(first.row))
        else:
            self.seen[node.key] = node.place

    def placed(self, nodes: tuple[Node, ...], among: tuple[DraftArea, ...] = ()) -> tuple[Node, ...]:
        """Each under its parents, as far as these are in the file or known."""
        there = _keys(nodes) | _keys(among) | self.known
        return tuple(node if there.issuperset(node.parents) else self._without_strangers(node, there) for node in nodes)

    def _without_strangers(self, node: Node, there: Collection[str]) -> Node:
        for stranger in (parent for parent in node.parents if parent not in there):
            row = {"key": node.key, "parent": stranger}
            self.report.leave_out(node.place, row, messages.UNKNOWN_PARENT, stranger)
        return replace(node, parents=tuple(parent for parent in node.parents if parent in there))

    def replaced(self, nodes: tuple[DraftCompetence, ...]) -> tuple[DraftCompetence, ...]:
        there = _keys(nodes) | self.known
        told = tuple(self._with_known_replacement(node, there) for node in nodes)
        after = {node.key: (node.replaced_by,) for node in told if node.replaced_by}
        self._stop_at_circles(after, told, messages.REPLACED_IN_CIRCLE)
        return told

    def _with_known_replacement(self, node: DraftCompetence, there: Collection[str]) -> DraftCompetence:
        if not node.replaced_by or node.replaced_by in there:
            return node
        row = {"key": node.key, "replaced by": node.replaced_by}
        self.report.leave_out(node.place, row, messages.UNKNOWN_REPLACEMENT, node.replaced_by)
        return replace(node, replaced_by="")

    def worded(self, nodes: tuple[DraftCompetence, ...], allowed: frozenset[int] | None) -> tuple[DraftCompetence, ...]:
        """Only wordings for levels that are on the scale."""
        if allowed is None:
            return nodes
        return tuple(
            node if allowed.issuperset(node.level_wordings) else self._on_scale(node, allowed) for node in nodes
        )

    def _on_scale(self, node: DraftCompetence, allowed: frozenset[int]) -> DraftCompetence:
        for level in (level for level in node.level_wordings if level not in allowed):
            row = {"key": node.key, "level": str(level), **node.level_wordings[level]}
            self.report.leave_out(node.place, row, messages.LEVEL_OUTSIDE, str(level))
        wordings = {level: texts for level, texts in node.level_wordings.items() if level in allowed}
        return replace(node, level_wordings=wordings)

    def no_circles(self, nodes: Collection[AnyNode]) -> None:
        parents = {node.key: node.parents for node in nodes if node.parents}
        self._stop_at_circles(parents, nodes, messages.CYCLE)

    def _stop_at_circles(self, parents: Mapping[str, Iterable[str]], nodes: Iterable[AnyNode], message: str) -> None:
        found = circles(parents)
        by_key = {node.key: node for node in nodes} if found else {}
        for circle in found:
            names = [name_of(by_key[key]) for key in circle]
            if len(names) > NAMES_SHOWN:
                names[NAMES_SHOWN - 2 : -2] = ["…"]
            self.report.ledger.stop(by_key[circle[0]].place, message, names=" › ".join(names))


def name_of(node: AnyNode) -> str:
    """What to call it: the bokmål name, else whichever there is."""
    texts: Texts = node.names
    return texts.get("nb") or next(iter(texts.values()), node.key)


def _levels(scales: tuple[DraftScale, ...]) -> frozenset[int] | None:
    return scales[0].levels() if scales else None


def _keys(nodes: Iterable[AnyNode]) -> frozenset[str]:
    return frozenset(node.key for node in nodes)


def _wrong(node: AnyNode) -> str:
    if not node.key.strip():
        return messages.NO_KEY
    if has_invisible(node.key):
        return messages.KEY_STRANGE
    return "" if node.names else messages.NO_LABEL


def _labels(node: AnyNode) -> Iterable[str]:
    yield from node.names.values()
    if not isinstance(node, DraftArea):
        for labels in node.alt_labels.values():
            yield from labels
