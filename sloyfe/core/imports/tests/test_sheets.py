"""What is written is what is read, whatever the text; and no spreadsheet runs any of it."""

import csv
import io
import zipfile
from datetime import date, datetime, time
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sloyfe.core.imports.places import FileRefused
from sloyfe.core.imports.sheets import Sheet, csv_chunks, write_xlsx
from sloyfe.core.imports.tables import Upload, read_tables

NASTY = [
    "Čáhcesuolu ŋŧđ",
    "نص عربي من اليمين",
    "\u202eomvendt",
    "<script>alert(1)</script>",
    "'; DROP TABLE people; --",
    '"anførsel" og ;semikolon; og,komma',
    "=1+1",
    "+47",
    "-1",
    "@SUM(A1)",
    "\ttabulator",
    "\rretur",
    "\nlinje",
    "'=1",
    "''=1",
    "'vanlig",
    "\uff1d1+1",
    "en\r\nto\nsju",
    "x" * 10_000,
    " luft ",
    "_x000D_",
    "_x005F_",
    "#REF!",
    "'#NUM!",
    "https://example.org",
    "1e5",
    "007",
    "👩🏽‍💻",
]
SIGNS = st.characters(exclude_categories=("Cs", "Cc"), exclude_characters="\ufffe\uffff") | st.sampled_from(
    "\t\r\n=+-@'\";,_x"
)
WORDS = st.text(SIGNS, max_size=30).filter(lambda text: not any(sign.isdigit() for sign in text))


def as_csv(sheet):
    return b"".join(csv_chunks(sheet))


def as_xlsx(*sheets):
    out = io.BytesIO()
    write_xlsx(sheets, out)
    return out.getvalue()


def cells(name, data):
    return [[list(row.cells) for row in table.rows] for table in read_tables(Upload(name, data))]


@pytest.mark.parametrize("text", NASTY, ids=lambda text: ascii(text[:20]))
def test_nasty_text_comes_back(text):
    sheet = Sheet("Ark", ["Nøkkel", "Tekst"], [["a", text]])
    assert cells("x.csv", as_csv(sheet)) == [[["a", text]]]
    assert cells("x.xlsx", as_xlsx(sheet)) == [[["a", text]]]


@given(st.lists(st.tuples(WORDS, WORDS), min_size=1, max_size=8))
@settings(max_examples=120, deadline=None)
def test_every_text_comes_back_through_csv(rows):
    expected = [["a", *row] for row in rows]
    assert cells("x.csv", as_csv(Sheet("Ark", ["k", "en", "to"], expected))) == [expected]


@given(st.lists(st.tuples(WORDS, WORDS), min_size=1, max_size=5))
@settings(max_examples=40, deadline=None)
def test_every_text_comes_back_through_xlsx(rows):
    expected = [["a", *row] for row in rows]
    assert cells("x.xlsx", as_xlsx(Sheet("Ark", ["k", "en", "to"], expected))) == [expected]


@given(st.text(SIGNS, max_size=40))
@settings(max_examples=150, deadline=None)
def test_no_csv_cell_begins_like_a_formula(text):
    data = as_csv(Sheet("Ark", [text], [[text]])).decode("utf-8-sig")
    for row in csv.reader(io.StringIO(data, newline=""), delimiter=";"):
        for cell in row:
            assert not cell.startswith(("=", "+", "-", "@", "\t", "\r", "\n", "\uff1d", "\uff0b", "\uff0d", "\uff20"))


def test_no_workbook_cell_is_a_formula_or_a_link():
    data = as_xlsx(Sheet("Ark", ["=1+1"], [[text] for text in NASTY]))
    raw = read_parts(data)
    assert b"<f>" not in raw and b"hyperlink" not in raw


def read_parts(data):
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return b"".join(archive.read(name) for name in archive.namelist())


VALUES = [-5, Decimal("62.50"), 1.5, True, False, None, date(2025, 12, 31), "t", 0]


def test_values_in_csv_are_norwegian():
    data = as_csv(Sheet("Ark", list("abcdefghi"), [VALUES])).decode("utf-8-sig")
    assert data == "a;b;c;d;e;f;g;h;i\r\n-5;62,50;1,5;ja;nei;;31.12.2025;t;0\r\n"


def test_values_in_a_workbook_keep_their_kind():
    assert cells("x.xlsx", as_xlsx(Sheet("Ark", list("abcdefghi"), [VALUES]))) == [
        [["-5", "62,5", "1,5", "ja", "nei", "", "2025-12-31", "t", "0"]]
    ]


def test_moments():
    sheet = Sheet("Ark", ["a"], [[datetime.combine(date(2025, 12, 31), time(8, 30))]])
    assert cells("x.csv", as_csv(sheet)) == cells("x.xlsx", as_xlsx(sheet)) == [[["2025-12-31 08:30:00"]]]


def test_several_sheets_with_names_a_workbook_cannot_have():
    data = as_xlsx(Sheet("A/B:[C]*?" + "x" * 40, ["k"], [["1"]]), Sheet("", ["k"], [["2"]]))
    assert [table.sheet for table in read_tables(Upload("x.xlsx", data))] == ["A B  C   " + "x" * 22, "Ark"]


def test_signs_no_file_can_hold_are_left_out_and_too_long_text_says_so():
    sheet = Sheet("Ark", ["k"], [["a\x00b\ud800c"], ["y" * 40_000]])
    assert b"abc" in as_csv(sheet)
    raw = read_parts(as_xlsx(sheet))
    assert b"abc" in raw and "yy…".encode() in raw


def test_csv_is_written_in_pieces():
    pieces = list(csv_chunks(Sheet("Ark", ["k"], ([str(number)] for number in range(1200)))))
    assert len(pieces) == 4
    assert len(cells("x.csv", b"".join(pieces))[0]) == 1200


@given(st.binary(max_size=300))
@settings(max_examples=300, deadline=None)
def test_random_bytes_raise_nothing_but_a_refusal(data):
    refused_or_read(data)


@given(
    st.sampled_from([b"PK\x03\x04", b"\xff\xfe", b"\xfe\xff", b"\xef\xbb\xbf", b"a;b\n", b'"', b"sep=;\n", b"<?xml"]),
    st.binary(max_size=200),
)
@settings(max_examples=300, deadline=None)
def test_random_bytes_after_a_known_beginning(start, data):
    refused_or_read(start + data)


@given(st.data())
@settings(max_examples=150, deadline=None)
def test_a_workbook_with_bytes_changed(data):
    whole = bytearray(SMALL_BOOK)
    for _ in range(data.draw(st.integers(1, 6))):
        whole[data.draw(st.integers(0, len(whole) - 1))] = data.draw(st.integers(0, 255))
    refused_or_read(bytes(whole))


def refused_or_read(data):
    try:
        tables = read_tables(Upload("x", data))
    except FileRefused as refusal:
        refusal.problem.message.format(**refusal.problem.params)
    else:
        assert all(len(row.cells) == len(table.header) for table in tables for row in table.rows)


SMALL_BOOK = as_xlsx(Sheet("Ark", ["k", "tekst"], [["1", "å"], ["2", "b"]]))
