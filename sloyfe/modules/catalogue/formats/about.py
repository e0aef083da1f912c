"""What must hold of the framework's own row and of its scales."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import replace

from sloyfe.core.imports.places import Place
from sloyfe.modules.catalogue.formats import messages
from sloyfe.modules.catalogue.formats.draft import DraftFramework, DraftScale, DraftStep
from sloyfe.modules.catalogue.formats.ledger import Ledger
from sloyfe.modules.catalogue.formats.texts import cleaned, one_line, prose
from sloyfe.modules.catalogue.formats.tidy import each

LONGEST_CODE = 60
LONGEST_LABEL = 500
_LONGEST = {"publisher": 200, "version": 40, "licence_line": 300, "url": 300}
_CODE = re.compile(r"[A-Za-z0-9_-]+")


def framework(told: DraftFramework, ledger: Ledger) -> DraftFramework:
    """With clean words; a code of other signs than a–z, 0–9, - and _, or no name, stops the file.

    A draft that tells of no framework at all (no code and no name) is let through.
    """
    tidy = replace(
        told,
        names=each(told.names, one_line),
        descriptions=each(told.descriptions, prose),
        code=one_line(cleaned(told.code)),
        publisher=one_line(cleaned(told.publisher)),
        version=one_line(cleaned(told.version)),
        licence_line=one_line(cleaned(told.licence_line)),
        url=one_line(cleaned(told.url)),
    )
    if not tidy.code and not tidy.names:
        return tidy
    if not _CODE.fullmatch(tidy.code):
        ledger.stop(told.place, messages.CODE_STRANGE, tidy.code)
    if not tidy.names:
        ledger.stop(told.place, messages.NO_LABEL)
    _stop_if_longer([tidy.code], LONGEST_CODE, messages.KEY_TOO_LONG, told.place, ledger)
    _stop_if_longer(tidy.names.values(), LONGEST_LABEL, messages.LABEL_TOO_LONG, told.place, ledger)
    for name, limit in _LONGEST.items():
        _stop_if_longer([getattr(tidy, name)], limit, messages.TEXT_TOO_LONG, told.place, ledger)
    return tidy


def scales(told: Iterable[DraftScale], place: Place, ledger: Ledger) -> tuple[DraftScale, ...]:
    """With clean words, and without steps that have no name."""
    return tuple(replace(scale, steps=_steps(scale.steps, place, ledger)) for scale in told)


def _steps(told: Iterable[DraftStep], place: Place, ledger: Ledger) -> tuple[DraftStep, ...]:
    kept = []
    for step in told:
        tidy = replace(step, names=each(step.names, one_line), descriptions=each(step.descriptions, prose))
        _stop_if_longer(tidy.names.values(), LONGEST_LABEL, messages.LABEL_TOO_LONG, place, ledger)
        if tidy.names:
            kept.append(tidy)
        else:
            ledger.leave_out(place, {"level": str(step.level)}, messages.NO_LABEL)
    return tuple(kept)


def _stop_if_longer(texts: Iterable[str], limit: int, message: str, place: Place, ledger: Ledger) -> None:
    longest = max(map(len, texts), default=0)
    if longest > limit:
        ledger.stop(place, message, length=str(longest), limit=str(limit))
