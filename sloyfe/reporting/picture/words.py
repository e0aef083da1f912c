"""Why a number is not told, in words that suspect nobody, and what the other marks mean."""

from __future__ import annotations

from collections.abc import Iterable

from django.utils.translation import gettext as _

from sloyfe.core.release import Reason
from sloyfe.reporting.picture.models import PublishedNode
from sloyfe.reporting.picture.reads import Cell

Kind = PublishedNode.Kind


def why_hidden(reason: int) -> str:
    """One sentence. «Too few on one side» and «hidden for a neighbour's sake» are one, on purpose."""
    return {
        Reason.NOBODY: _("Nobody here is asked for this."),
        Reason.FEW_PEOPLE: _("So few here are asked for this that a number would point at each of them."),
        Reason.PROTECTED: _("Alone or together with other numbers it could show what single persons have answered."),
        Reason.NOT_OFFERED: _("So fine a division is told of counties and areas only."),
    }.get(Reason(reason), "")


def hidden_reasons(cells: Iterable[Cell]) -> list[str]:
    """The reasons on a page, each once."""
    seen = {cell.why for cell in cells if not cell.shown and cell.why != Reason.NOBODY}
    return [words for reason in sorted(seen) if (words := why_hidden(reason))]


def short_name(node: PublishedNode) -> str:
    return _("The whole body") if node.kind == Kind.BODY else node.name
