"""How large an upload may be, and the sentence for one that is not what it should be.

The limits are generous for honest files (the largest known has 124,000 rows and 47 MB) and small enough
that a hostile one is refused before it fills the memory. They are an argument everywhere, so that policy
can set them.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from sloyfe.core.imports import identity_numbers
from sloyfe.core.imports.marking import gettext_noop as _
from sloyfe.core.imports.places import FileRefused, Place, Problem, Weight

NAME_AT_MOST = 150


@dataclass(frozen=True, slots=True)
class Limits:
    """`ratio` is unpacked to packed bytes, asked of files that unpack to more than `ratio_from_bytes`."""

    file_bytes: int = 100_000_000
    unpacked_bytes: int = 250_000_000
    ratio: int = 200
    ratio_from_bytes: int = 10_000_000
    sheets: int = 50
    rows: int = 250_000
    columns: int = 300
    cell_characters: int = 10_000
    cells_visited: int = 30_000_000
    depth: int = 40


LIMITS = Limits()


@dataclass(frozen=True, slots=True)
class Upload:
    """A file as it was sent: what it was called and its bytes."""

    name: str
    data: bytes


def refusal(place: Place, message: str, remedy: str, **params: object) -> FileRefused:
    """The error for a file that cannot be read; `message` and `remedy` are message ids."""
    told = {name: str(value) for name, value in params.items()}
    return FileRefused(Problem(place, Weight.STOPS, message, remedy, params=told))


def shown_name(name: str) -> str:
    """A file name fit to be shown and logged: no folders, no control characters, no identity number."""
    plain = re.sub(r"[\x00-\x1f\x7f]", "", re.split(r"[\\/]", name)[-1]).strip()[:NAME_AT_MOST]
    return "…" if not plain or identity_numbers.holds_one(plain) else plain


def checked(upload: Upload, limits: Limits = LIMITS) -> Place:
    """The place «this file»; raises FileRefused where it is empty, too large or named by such a number."""
    place = Place(shown_name(upload.name))
    if identity_numbers.holds_one(upload.name):
        raise identity_number_refusal(place)
    if not upload.data.strip(b"\xef\xbb\xbf\r\n\t \x00"):
        raise refusal(place, _("The file is empty."), _("Check that you chose the right file."))
    if len(upload.data) > limits.file_bytes:
        raise refusal(
            place,
            _("The file is {size} MB. The largest we can read is {limit} MB."),
            _("Split it into several files."),
            size=-(-len(upload.data) // 1_000_000),
            limit=limits.file_bytes // 1_000_000,
        )
    return place


def identity_number_refusal(place: Place) -> FileRefused:
    """The file holds what looks like a national identity number; the number itself is never repeated."""
    return refusal(
        place,
        _("This looks like a national identity number. We never take those in, so the whole file was stopped."),
        _("Remove the numbers, most often a whole column, and upload again. The employee number is the key."),
    )
