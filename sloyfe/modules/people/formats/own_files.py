"""Writes our own files: what is known about an organisation, empty templates, and questions to be answered.

What `sheets_of` writes and `own.read` reads is the same delivery. Headers and the guide are in the
language asked for; `translate` turns a message id into it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from sloyfe.core.imports.marking import gettext_noop as _
from sloyfe.core.imports.sheets import Cell, Sheet
from sloyfe.modules.people.formats.neutral import Delivery, Question
from sloyfe.modules.people.formats.own_columns import (
    LANGUAGE_FORMS,
    LANGUAGES,
    LINES,
    SHAPES,
    UNIT_KINDS,
    Column,
    Kind,
    Shape,
)

Translate = Callable[[str], str]

_NOT_WRITTEN = {Kind.PEOPLE: ("first_name", "last_name")}
_GUIDE_HEADER = (_("Sheet"), _("Column"), _("Must be there"), _("What to write"), _("Example"))
_GUIDE = {"nb": "Les meg", "nn": "Les meg", "en": "Read me"}


def sheets_of(delivery: Delivery, language: str = "nb") -> tuple[Sheet, ...]:
    """A sheet for each kind there are rows of; read back they give the same rows."""
    return tuple(
        Sheet(_name(shape, language), _header(kind, language), _cells(kind, rows))
        for kind, shape in SHAPES.items()
        if (rows := getattr(delivery, kind.value))
    )


def template(language: str, translate: Translate) -> tuple[Sheet, ...]:
    """A guide and an empty sheet for each kind, to be filled in and uploaded."""
    empty = (Sheet(_name(shape, language), _header(kind, language), ()) for kind, shape in SHAPES.items())
    return (_guide(language, translate), *empty)


def question_sheet(questions: Iterable[Question], language: str = "nb") -> Sheet:
    """The closed units too little is said about: fill in when and into which, and upload with the list."""
    shape = SHAPES[Kind.SUCCESSIONS]
    name_column = SHAPES[Kind.UNITS].columns["name"].names[LANGUAGES.index(language)]
    before, *rest = _header(Kind.SUCCESSIONS, language)
    rows = ([question.unit_number, question.name, *("" for _ in rest)] for question in questions)
    return Sheet(_name(shape, language), [before, name_column, *rest], rows)


def _guide(language: str, translate: Translate) -> Sheet:
    header = [translate(name) for name in _GUIDE_HEADER]
    rows: list[Sequence[Cell]] = [
        [
            _name(shape, language),
            _title(column, language),
            column.required,
            translate(column.about),
            column.example,
        ]
        for kind, shape in SHAPES.items()
        for column in _columns(kind).values()
    ]
    return Sheet(_GUIDE[language], header, rows)


def _columns(kind: Kind) -> dict[str, Column]:
    left_out = _NOT_WRITTEN.get(kind, ())
    return {ours: column for ours, column in SHAPES[kind].columns.items() if ours not in left_out}


def _header(kind: Kind, language: str) -> list[str]:
    return [_title(column, language) for column in _columns(kind).values()]


def _title(column: Column, language: str) -> str:
    return column.names[LANGUAGES.index(language)]


def _name(shape: Shape, language: str) -> str:
    return shape.names[LANGUAGES.index(language)]


def _cells(kind: Kind, rows: Iterable[Any]) -> Iterator[Sequence[Cell]]:
    return ([_cell(ours, getattr(row, ours)) for ours in _columns(kind)] for row in rows)


def _cell(ours: str, value: Any) -> Cell:
    if ours in _WORDS and value:
        return _WORDS[ours][value]
    if ours == "valid_to" and isinstance(value, date):
        return value - timedelta(days=1)
    if ours == "weight":
        return _per_cent(value * 100)
    if ours == "percentage" and value is not None and value <= 1:
        return _per_cent(value)  # without the sign it could be read as a fraction
    return value  # type: ignore[no-any-return]  # text, day or number, as the row has it


def _per_cent(value: Decimal) -> str:
    return f"{value.normalize():f} %".replace(".", ",")


def _first_word(words: dict[str, Any]) -> dict[Any, str]:
    """The word to write for each value: the first that means it."""
    return {value: word for word, value in reversed(words.items())}


_WORDS = {
    "kind": _first_word(UNIT_KINDS),
    "line": _first_word(LINES),
    "language": _first_word(LANGUAGE_FORMS),
}
