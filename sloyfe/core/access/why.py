"""«Hvorfor ser jeg dette?»: the sentences every page can answer with."""

from __future__ import annotations

from django.utils.translation import gettext as _

from sloyfe.core.access.door import PUBLIC, Open, ViewerRequest
from sloyfe.core.access.roles import known_capabilities
from sloyfe.core.access.viewer import Viewer, organisation


def why(viewer: Viewer, needs: str | Open) -> list[str]:
    """One sentence for the need, and one for each grant that meets it."""
    if needs is PUBLIC:
        return [_("This page is open to everybody.")]
    if isinstance(needs, Open):
        return [_("This page is open to everybody who has signed in.")]
    purpose = _(known_capabilities()[needs])
    grants = {organisation().explain(grant) for grant in viewer.grants_for(needs)}
    return [_("The page is for those who may: %(purpose)s.") % {"purpose": purpose}, *sorted(grants)]


def why_context(request: ViewerRequest) -> dict[str, object]:
    """Context processor: the viewer, and why she sees the page."""
    viewer = getattr(request, "viewer", None)
    if viewer is None:  # an error before the viewer was known
        return {}
    return {"viewer": viewer, "why": why(viewer, request.needs)}
