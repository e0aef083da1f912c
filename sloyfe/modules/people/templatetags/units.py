"""`{% load units %}`: the tree of units as nested lists, and units counted in words.

The tree is put together here and not by templates that include themselves: a body has hundreds of units, and
the page is to be there at once.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from django import template
from django.urls import reverse
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString, mark_safe
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
    words = {
        Kind.DIRECTORATE: ngettext("%(n)s directorate", "%(n)s directorates", n),
        Kind.DEPARTMENT: ngettext("%(n)s department", "%(n)s departments", n),
        Kind.SECTION: ngettext("%(n)s section", "%(n)s sections", n),
        Kind.COUNTY: ngettext("%(n)s county office", "%(n)s county offices", n),
        Kind.MUNICIPALITY: ngettext("%(n)s municipality", "%(n)s municipalities", n),
        Kind.AREA: ngettext("%(n)s area", "%(n)s areas", n),
        Kind.OFFICE: ngettext("%(n)s local office", "%(n)s local offices", n),
        Kind.TEAM: ngettext("%(n)s team", "%(n)s teams", n),
    }
    return words[Kind(kind)] % {"n": number_in_words(n)}


@register.simple_tag
def unit_tree(roots: list[Node], asked_day: str) -> SafeString:
    """Lists in lists that open and close by themselves; teams are only summed. Links carry the asked day on."""
    few = sum(sum(n for _kind, n in root.sums) for root in roots) <= ALL_OPEN_UP_TO
    query = f"?day={date.fromisoformat(asked_day)}" if asked_day else ""
    return _list(roots, None, query, open_to=99 if few else int(len(roots) <= ROOTS_OPEN_UP_TO))


def _list(nodes: Iterable[Node], parent: Node | None, query: str, open_to: int) -> SafeString:
    shown = [node for node in nodes if node.kind != Kind.TEAM]
    if not shown:
        return mark_safe("")
    return format_html(
        '<ul class="tree">{}</ul>',
        format_html_join("", "{}", ((_item(n, parent, query, open_to),) for n in shown)),
    )


def _item(node: Node, parent: Node | None, query: str, open_to: int) -> SafeString:
    under = _list(node.children, node, query, open_to - 1)
    address = reverse("unit", args=[node.pk]) + query
    also = [name for name in node.also_under if parent is None or name != parent.name]
    said = [_("also under %(names)s") % {"names": ", ".join(also)}] if also and parent is not None else []
    facts = ", ".join([counted(node.sums), *said] if node.sums else said)
    if not under:
        return format_html(
            '<li><a class="ds-link" href="{}">{}</a> <span class="sees">{}</span></li>', address, node.name, facts
        )
    return format_html(
        '<li><details{}><summary>{} <span class="sees">{}</span></summary>'
        '<p><a class="ds-link small" href="{}">{}</a></p>{}</details></li>',
        mark_safe(" open") if open_to > 0 else "",
        node.name,
        facts,
        address,
        _("About %(unit)s") % {"unit": node.name},
        under,
    )
