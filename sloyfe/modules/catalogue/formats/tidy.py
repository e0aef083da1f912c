"""Takes away what cannot be seen from the words of one thing, and says once that it was done."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import replace
from typing import TypeVar

from sloyfe.modules.catalogue.formats import messages
from sloyfe.modules.catalogue.formats.draft import DraftArea, DraftCompetence, DraftProfile, Texts, Words
from sloyfe.modules.catalogue.formats.ledger import Ledger
from sloyfe.modules.catalogue.formats.texts import cleaned, has_invisible, one_line, prose

Node = TypeVar("Node", DraftArea, DraftCompetence, DraftProfile)


def tidied(node: Node, ledger: Ledger) -> Node:
    """The same thing with clean words; languages left without words have no key."""
    names = each(node.names, one_line)
    descriptions = each(node.descriptions, prose)
    if any(map(has_invisible, _all_words(node))):
        ledger.gather(node.place, messages.INVISIBLE_REMOVED)
    if isinstance(node, DraftArea):
        return replace(node, names=names, descriptions=descriptions)
    alt_labels = _several(node.alt_labels)
    if isinstance(node, DraftProfile):
        return replace(
            node,
            names=names,
            descriptions=descriptions,
            alt_labels=alt_labels,
            code=one_line(cleaned(node.code)),
            applies_to=one_line(cleaned(node.applies_to)),
        )
    wordings = {level: each(texts, prose) for level, texts in node.level_wordings.items()}
    return replace(node, names=names, descriptions=descriptions, alt_labels=alt_labels, level_wordings=wordings)


def each(texts: Texts, clean: Callable[[str], str]) -> Texts:
    """The texts, cleaned; a language left without words is left out."""
    told = {language: clean(cleaned(text)) for language, text in texts.items()}
    return {language: text for language, text in told.items() if text}


def _several(words: Words) -> Words:
    told = {
        language: tuple(filter(None, dict.fromkeys(one_line(cleaned(label)) for label in labels)))
        for language, labels in words.items()
    }
    return {language: labels for language, labels in told.items() if labels}


def _all_words(node: DraftArea | DraftCompetence | DraftProfile) -> Iterable[str]:
    yield from node.names.values()
    yield from node.descriptions.values()
    if isinstance(node, DraftArea):
        return
    for labels in node.alt_labels.values():
        yield from labels
    if isinstance(node, DraftCompetence):
        for texts in node.level_wordings.values():
            yield from texts.values()
