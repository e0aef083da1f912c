"""A picture's digest, written in the log when it is made and whenever something behind it is forgotten.

The same each time, it proves that what was published stands as it was, though those it was counted from are gone.
"""

from __future__ import annotations

import hashlib
import json

from sloyfe.reporting.picture.models import Publication, PublishedNode


def digest(publication: Publication) -> str:
    """SHA-256, as hex, of everything that is told of every node; names of units are not part of it."""
    rows = PublishedNode.objects.for_system("prove that a picture stands as it was made")
    told = hashlib.sha256()
    found = rows.filter(publication=publication).order_by("key")
    for one in found.values_list("key", "people", "figures").iterator():
        told.update(json.dumps(one, sort_keys=True).encode())
    return told.hexdigest()
