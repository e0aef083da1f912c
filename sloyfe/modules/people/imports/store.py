"""Where an upload lies while it is tried: under random names, outside what is served, and never for long."""

from __future__ import annotations

import secrets
import shutil
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.files.uploadedfile import UploadedFile

from sloyfe.core.imports.limits import Upload
from sloyfe.modules.people.formats.neutral import Delivery
from sloyfe.modules.people.imports import kept

DELIVERY = "delivery.json"


def _root() -> Path:
    return Path(settings.MEDIA_ROOT) / "imports"


def put(files: Iterable[UploadedFile[Any]]) -> str:
    """Write the files as they came; gives the name of their folder."""
    name = secrets.token_urlsafe(24)
    folder = _root() / name
    folder.mkdir(parents=True, mode=0o700)
    for number, file in enumerate(files):
        with (folder / str(number)).open("wb") as out:
            for chunk in file.chunks():
                out.write(chunk)
    return name


def files_in(name: str, called: Sequence[str]) -> list[Upload] | None:
    """The files, with the names they came with; None when they are gone."""
    paths = [_root() / name / str(number) for number in range(len(called))]
    if not name or not all(path.is_file() for path in paths):
        return None
    return [Upload(title, path.read_bytes()) for title, path in zip(called, paths, strict=True)]


def keep_delivery(name: str, delivery: Delivery) -> None:
    """What was read takes the place of the files it was read from."""
    folder = _root() / name
    (folder / DELIVERY).write_text(kept.to_json(delivery), encoding="utf-8")
    for path in folder.iterdir():
        if path.name != DELIVERY:
            path.unlink()


def delivery_in(name: str) -> Delivery | None:
    path = _root() / name / DELIVERY
    return kept.from_json(path.read_text(encoding="utf-8")) if name and path.is_file() else None


def drop(name: str) -> None:
    if name:
        shutil.rmtree(_root() / name, ignore_errors=True)
