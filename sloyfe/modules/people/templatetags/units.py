"""`{% load units %}`: the tree of units as nested lists, and units counted in words.

The tree is put together here and not by templates that include themselves: a body has hundreds of units, and
the page is to be there at once.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import date
from functools import cache

from django import template
from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from sloyfe.core.ui.dates import number_in_words
from sloyfe.modules.people.history import Node
from sloyfe.modules.people.models import Kind

register = template.Library()
ALL_OPEN_UP_TO, ROOTS_OPEN_UP_TO = 40, 3


@register.filter
def kind_word(kind: str) -> str:
    return str(Kind(kind).label)


@register.filter
def counted(sums: Iterable[tuple[str, int]]) -> str:
    """«3 fylkeskontor, 48 lokalkontor»."""
    return ", ".join(_count(kind, n) for kind, n in sums)


def _count(kind: str, n: int) -> str:
    return _COUNTED[kind](n) % {"n": number_in_words(n)}


_COUNTED: dict[str, Callable[[int], str]] = {
    Kind.DIRECTORATE: lambda n: ngettext("%(n)s directorate", "%(n)s directorates", n),
    Kind.DEPARTMENT: lambda n: ngettext("%(n)s department", "%(n)s departments", n),
    Kind.SECTION: lambda n: ngettext("%(n)s section", "%(n)s sections", n),
    Kind.COUNTY: lambda n: ngettext("%(n)s county office", "%(n)s county offices", n),
    Kind.MUNICIPALITY: lambda n: ngettext("%(n)s municipality", "%(n)s municipalities", n),
    Kind.AREA: lambda n: ngettext("%(n)s area", "%(n)s areas", n),
    Kind.OFFICE: lambda n: ngettext("%(n)s local office", "%(n)s local offices", n),
    Kind.TEAM: lambda n: ngettext("%(n)s team", "%(n)s teams", n),
}


@register.simple_tag
def unit_tree(roots: list[Node], asked_day: str) -> SafeString:
    """Lists in lists that open and close by themselves; teams are only summed. Links carry the asked day on."""
    few = sum(sum(n for _kind, n in root.sums) for root in roots) <= ALL_OPEN_UP_TO
    query = f"?day={date.fromisoformat(asked_day)}" if asked_day else ""
    return _Drawn(query).nodes(roots, None, open_to=99 if few else int(len(roots) <= ROOTS_OPEN_UP_TO))


class _Drawn:
    """One tree being drawn. What is the same for hundreds of units is made once."""

    def __init__(self, query: str) -> None:
        self.before, self.after = reverse("unit", args=[0]).split("0")
        self.after += query
        self.about, self.also = _("About %(unit)s"), _("also under %(names)s")
        self.in_words = cache(counted)

    def nodes(self, nodes: Iterable[Node], parent: Node | None, open_to: int) -> SafeString:
        shown = [node for node in nodes if node.kind != Kind.TEAM]
        if not shown:
            return SafeString("")
        return format_html(
            '<ul class="tree">{}</ul>', SafeString("".join(self.node(n, parent, open_to) for n in shown))
        )

    def node(self, node: Node, parent: Node | None, open_to: int) -> SafeString:
        under = self.nodes(node.children, node, open_to - 1)
        address = f"{self.before}{node.pk}{self.after}"
        facts = self.facts(node, parent)
        if not under:
            return format_html(
                '<li><a class="ds-link" href="{}">{}</a> <span class="sees">{}</span></li>', address, node.name, facts
            )
        return format_html(
            '<li><details{}><summary>{} <span class="sees">{}</span></summary>'
            '<p><a class="ds-link small" href="{}">{}</a></p>{}</details></li>',
            SafeString(" open") if open_to > 0 else "",
            node.name,
            facts,
            address,
            self.about % {"unit": node.name},
            under,
        )

    def facts(self, node: Node, parent: Node | None) -> str:
        also = [name for name in node.also_under if parent is not None and name != parent.name]
        said = [self.in_words(node.sums)] if node.sums else []
        return ", ".join([*said, self.also % {"names": ", ".join(also)}] if also else said)
