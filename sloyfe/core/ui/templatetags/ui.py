"""`{% load ui %}`: what the small parts in `templates/ui/` need and a template cannot say itself."""

from __future__ import annotations

from collections.abc import Iterator

from django import template
from django.core.paginator import Page
from django.forms import BoundField

register = template.Library()


@register.filter
def dressed(field: BoundField) -> BoundField:
    """The field, with Designsystemet's class on its widget."""
    attrs = field.field.widget.attrs
    if "ds-input" not in attrs.get("class", ""):
        attrs["class"] = f"ds-input {attrs.get('class', '')}".strip()
    return field


@register.filter
def nearby_pages(page: Page) -> Iterator[str | int]:
    """Page numbers around this one, with «…» where some are left out."""
    return page.paginator.get_elided_page_range(page.number, on_each_side=1, on_ends=1)
