"""The files somebody sends: one file, a folder, or a ZIP archive, read as a stream and never unpacked.

What an archive would unpack to is looked at before anything is read; a member cannot then give more than it
declared, since `zipfile` stops there.
"""

from __future__ import annotations

import struct
from collections.abc import Callable
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path, PurePosixPath
from typing import IO, BinaryIO
from zipfile import BadZipFile, ZipFile, ZipInfo

from sloyfe.core.imports.limits import LIMITS, shown_name
from sloyfe.core.imports.places import Place
from sloyfe.modules.catalogue.formats import messages
from sloyfe.modules.catalogue.formats.ledger import refuse

LARGEST_MB = LIMITS.unpacked_bytes // 1_000_000
MOST_FILES = 300
_ENCRYPTED = 0x1


@dataclass(frozen=True, slots=True)
class Member:
    """One file by its own name, fit to be shown and without folders; `open` gives a new stream each time."""

    name: str
    open: Callable[[], IO[bytes]]


def from_bytes(name: str, content: bytes) -> Member:
    return Member(shown_name(name), lambda: BytesIO(content))


def from_path(path: Path) -> tuple[Member, ...]:
    """A folder's files (not those in folders inside it), an archive's files, or the one file."""
    if path.is_dir():
        return tuple(_on_disk(inside) for inside in sorted(path.iterdir()) if inside.is_file())
    if path.suffix.lower() == ".zip":
        return from_zip(path.name, path.open("rb"))
    return (_on_disk(path),)


def from_zip(name: str, archive: BinaryIO) -> tuple[Member, ...]:
    """Raises `FileRefused` where it is no archive, is locked, or would unpack to too much."""
    try:
        opened = ZipFile(archive)
        inside = [info for info in opened.infolist() if not _is_clutter(info)]
    except (BadZipFile, OSError, ValueError, NotImplementedError, EOFError, struct.error) as error:
        raise refuse(Place(name), messages.NOT_ZIP) from error
    _check_size(name, inside)
    return tuple(_in_archive(opened, info) for info in inside)


def _check_size(name: str, inside: list[ZipInfo]) -> None:
    if len(inside) > MOST_FILES:
        raise refuse(Place(name), messages.ZIP_TOO_MANY, limit=str(MOST_FILES))
    if sum(info.file_size for info in inside) > LARGEST_MB * 1_000_000:
        raise refuse(Place(name), messages.ZIP_TOO_BIG, limit=str(LARGEST_MB))
    if any(info.flag_bits & _ENCRYPTED for info in inside):
        raise refuse(Place(name), messages.ZIP_LOCKED)


def _is_clutter(info: ZipInfo) -> bool:
    path = PurePosixPath(info.filename)
    return info.is_dir() or "__MACOSX" in path.parts or path.name.startswith(".")


def _on_disk(path: Path) -> Member:
    return Member(shown_name(path.name), lambda: path.open("rb"))


def _in_archive(archive: ZipFile, info: ZipInfo) -> Member:
    return Member(shown_name(PurePosixPath(info.filename).name), lambda: archive.open(info))
