"""What every page shows around its own content: the body's name, the places of this role, the demo banner."""

from __future__ import annotations

from django.conf import settings
from django.utils.module_loading import import_string

from sloyfe.core.access import ViewerRequest
from sloyfe.core.ui.parts import wants_part

# Each language in its own words, whatever the page is in: whoever needs the switch reads only her own.
LANGUAGES = (("nb", "Bokmål"), ("nn", "Nynorsk"), ("en", "English"))


def face(request: ViewerRequest) -> dict[str, object]:
    """Context processor. Which places a role has is project knowledge; settings say where to ask."""
    viewer = getattr(request, "viewer", None)
    return {
        "demo": settings.DEMO,
        "body_name": settings.SLOYFE_BODY_NAME,
        "places": import_string(settings.SLOYFE_PLACES)(viewer, request.path) if viewer is not None else [],
        "language_names": LANGUAGES,
        "version": settings.SLOYFE_VERSION,
        # What an error page stands in: a whole page, or an alert when htmx asked for a part.
        "frame": "ui/_trouble.html" if wants_part(request) else "base.html",
    }
