"""What every page shows around its own content: the body's name, the places of this role, the demo banner."""

from __future__ import annotations

from django.conf import settings
from django.utils.module_loading import import_string

from sloyfe.core.access import ViewerRequest


def face(request: ViewerRequest) -> dict[str, object]:
    """Context processor. Which places a role has is project knowledge; settings say where to ask."""
    viewer = getattr(request, "viewer", None)
    return {
        "demo": settings.DEMO,
        "body_name": settings.SLOYFE_BODY_NAME,
        "places": import_string(settings.SLOYFE_PLACES)(viewer, request.path) if viewer is not None else [],
        "version": settings.SLOYFE_VERSION,
    }
