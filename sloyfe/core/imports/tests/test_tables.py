"""Files as they come: encodings, separators, sheets, and a clear sentence for each that cannot be read."""

import io
import zipfile
from datetime import date, datetime, time

import openpyxl
import pytest

from sloyfe.core.imports.places import FileRefused, Weight
from sloyfe.core.imports.tables import FileKind, Limits, Upload, kind_of, read_tables
from sloyfe.core.imports.tests.made_up import number


def csv(text, name="fil.csv", encoding="utf-8"):
    return read_tables(Upload(name, text.encode(encoding)))[0]


def book(*sheets, name="bok.xlsx"):
    return read_tables(Upload(name, packed(*sheets)))


def packed(*sheets):
    made = openpyxl.Workbook()
    made.remove(made.active)
    for title, rows in sheets:
        sheet = made.create_sheet(title)
        for row in rows:
            sheet.append(row)
    out = io.BytesIO()
    made.save(out)
    return out.getvalue()


def refused(data, name="fil.csv", **limits):
    with pytest.raises(FileRefused) as caught:
        read_tables(Upload(name, data), Limits(**limits))
    problem = caught.value.problem
    assert problem.weight is Weight.STOPS
    assert problem.remedy
    return problem.message.format(**problem.params), problem


# --- CSV ---------------------------------------------------------------------------------------------


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1252", "utf-16"])
@pytest.mark.parametrize("separator", [";", ",", "\t"])
@pytest.mark.parametrize("ending", ["\n", "\r\n", "\r"])
def test_encodings_separators_and_line_endings(encoding, separator, ending):
    lines = [separator.join(["Nummer", "Navn på enhet"]), separator.join(["0101", "Blåbærøya"]), ""]
    table = csv(ending.join(lines), encoding=encoding)
    assert table.header == ("Nummer", "Navn på enhet")
    assert [row.values() for row in table.rows] == [{"Nummer": "0101", "Navn på enhet": "Blåbærøya"}]
    assert table.problems == ()


def test_sami_letters_in_utf8():
    assert csv("Navn\nČáhcesuolu ŋ\n").rows[0]["navn"] == "Čáhcesuolu ŋ"


def test_the_header_decides_the_separator():
    table = csv("Navn;Om, kort\nKari;en, to, tre, fire\n")
    assert table.rows[0].cells == ("Kari", "en, to, tre, fire")
    assert csv("sep=,\nA;B,C\n1;2,3\n").header == ("A;B", "C")


def test_line_breaks_and_quotes_in_cells_count_as_one_row():
    table = csv('A;B\r\n"en\r\nto";"si ""hei"""\r\n3;4\r\n')
    assert [(row.number, row.cells) for row in table.rows] == [(2, ("en\r\nto", 'si "hei"')), (3, ("3", "4"))]


def test_columns_are_found_however_they_are_spelled():
    row = csv("Gyldig_fra *; GYLDIG  Til:\n1;2\n").rows[0]
    assert (row["gyldig fra"], row["gyldig til"], row["finnes ikke"]) == ("1", "2", "")
    assert row.place("gyldig til").column == "GYLDIG Til:"
    assert not row.has("finnes ikke")


def test_empty_rows_are_left_out_and_still_counted():
    table = csv("\n;\nA;B\n\n;;\n1;2\n")
    assert (table.head.row, [row.number for row in table.rows]) == (3, [6])


def test_short_rows_are_filled_and_said_once():
    table = csv("A;B;C\n1\n1;2\n1;2;3\n")
    assert [row.cells for row in table.rows] == [("1", "", ""), ("1", "2", ""), ("1", "2", "3")]
    assert [(p.weight, p.params) for p in table.problems] == [(Weight.NOTE, {"count": "2"})]


def test_long_rows_are_left_out_unless_the_rest_is_empty():
    table = csv("A;B\n1;2;;\n1;2;3\n4;5\n")
    assert [row.number for row in table.rows] == [2, 4]
    assert [(p.weight, p.place.row) for p in table.problems] == [(Weight.SKIPS, 3)]


def test_a_cell_of_10000_characters_is_read_and_a_longer_one_is_a_problem():
    table = csv("A;B\n1;" + "x" * 10_000 + "\n2;" + "x" * 10_001 + "\n")
    assert [len(row["b"]) for row in table.rows] == [10_000]
    assert [(p.place.row, p.place.column, len(p.value)) for p in table.problems] == [(3, "B", 80)]


def test_nul_and_control_signs_are_a_problem_of_their_row():
    table = csv("A;B\n1;a\x00b\n2;c\n3;" + "d" * 2000 + "\n")
    assert [row["a"] for row in table.rows] == ["2", "3"]
    assert [(p.place.row, p.value) for p in table.problems] == [(2, "a\ufffdb")]


def test_formulas_are_text_and_noted():
    table = csv("A;B\n=1+1;-5\n@SUM(A1);+47 97 01 23 45\n-cmd|' /C calc'!A0;- et punkt\n")
    assert [row.cells for row in table.rows][0] == ("=1+1", "-5")
    assert [(p.weight, p.place.row, p.place.column) for p in table.problems] == [
        (Weight.NOTE, row, "A") for row in (2, 3, 4)
    ]


def test_many_formulas_are_counted_not_listed():
    table = csv("A\n" + "=1\n" * 100)
    assert len(table.problems) == 21
    assert table.problems[-1].params == {"count": "80"}


def test_unpaired_quotes_name_the_row():
    message, problem = refused(b'A;B\n1;2\n"3;4\n5;6\n')
    assert "quotation marks" in message
    assert problem.place.row >= 3


# --- workbooks ---------------------------------------------------------------------------------------


def test_every_sheet_is_a_table():
    tables = book(("Enheter", [["Nummer"], [101]]), ("Tom", []), ("Personer", [["Navn"], ["Kari"]]))
    assert [(table.sheet, table.rows[0].cells) for table in tables] == [
        ("Enheter", ("101",)),
        ("Personer", ("Kari",)),
    ]


def test_values_of_a_workbook_are_text_that_values_can_read():
    when = datetime.combine(date(2025, 12, 31), time(8, 30))
    row = book(("A", [list("abcdefgh"), [1.0, 62.5, True, date(2025, 12, 31), when, None, "tekst", 1e-7]]))[0].rows[0]
    assert row.cells == ("1", "62,5", "ja", "2025-12-31", "2025-12-31 08:30:00", "", "tekst", "0,0000001")


def test_percent_cells_are_read_as_shown():
    made = openpyxl.Workbook()
    made.active.append(["Andel"])
    made.active.append([0.625])
    made.active["A2"].number_format = "0.0%"
    out = io.BytesIO()
    made.save(out)
    assert read_tables(Upload("b.xlsx", out.getvalue()))[0].rows[0]["andel"] == "62,5 %"


def test_rows_and_columns_that_are_not_there():
    made = openpyxl.Workbook()
    made.active["B3"], made.active["C3"], made.active["C6"] = "Navn", "Alder", 5
    out = io.BytesIO()
    made.save(out)
    table = read_tables(Upload("b.xlsx", out.getvalue()))[0]
    assert (table.head.row, table.rows[0].number, table.rows[0]["alder"]) == (3, 6, "5")


def test_formulas_without_results_are_not_read_as_empty():
    message, _ = refused(packed(("A", [["x"], ["=1+1"]])), "b.xlsx")
    assert "results were not saved" in message


def test_an_error_cell_is_a_problem():
    table = book(("A", [["x", "y"], ["#REF!", 1], ["ok", 2]]))[0]
    assert [row["x"] for row in table.rows] == ["ok"]
    assert [(p.place.row, p.place.column, p.value) for p in table.problems] == [(2, "x", "#REF!")]


def test_text_that_looks_like_an_escape_is_unescaped_once():
    assert book(("A", [["x"], ["a_x000D_b"]]))[0].rows[0]["x"] == "a\rb"


# --- refused -----------------------------------------------------------------------------------------


@pytest.mark.parametrize("data", [b"", b"   \r\n", b"\xef\xbb\xbf", b";;;\n;;\n", b"\x00\x00"])
def test_empty(data):
    assert "empty" in refused(data)[0]


def test_header_only():
    assert "no rows under it" in refused(b"A;B;C\r\n")[0]
    assert "no rows under it" in refused(packed(("A", [["x", "y"]])), "b.xlsx")[0]


@pytest.mark.parametrize(
    ("data", "kind"),
    [
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600, FileKind.OLD_OFFICE),
        (b"%PDF-1.7\n%\xe2\xe3", FileKind.PDF),
        (b"<!DOCTYPE html><html><table><tr><td>A</td></tr></table>", FileKind.HTML),
        (b"  <table><tr><td>1</td></tr></table>", FileKind.HTML),
        (b'<?xml version="1.0"?><a/>', FileKind.XML),
        (b'[{"a": 1}]', FileKind.JSON),
        (b'{"a": 1}', FileKind.JSON),
        (b"\x1f\x8b\x08\x00", FileKind.ZIP),
        (b"\x89PNG\r\n\x1a\n" + bytes(range(32)) * 20, FileKind.BINARY),
    ],
    ids=lambda value: value.name if isinstance(value, FileKind) else "",
)
def test_wrong_kinds_of_file(data, kind):
    assert kind_of(data) is kind
    refused(data, "liste.xlsx")


def test_plain_text_called_a_workbook_is_said_to_be_so_and_a_table_is_read_all_the_same():
    assert "holds plain text and no table" in refused(b"Hei hei\nDette er et notat.\n", "ansatte.xlsx")[0]
    assert "holds plain text and no table" in refused(b"Hei\n1\n", "ANSATTE.XLS")[0]
    assert read_tables(Upload("ansatte.xlsx", b"Navn;Alder\nKari;4\n"))[0].rows[0]["navn"] == "Kari"


@pytest.mark.parametrize("data", [b"[Enhet];[Navn]\n1;2\n", b"<10 %;Navn\n1;2\n", b"{x};y\n1;2\n"])
def test_odd_headers_are_still_tables(data):
    assert kind_of(data) is FileKind.TEXT


def zipped(*parts, method=zipfile.ZIP_DEFLATED):
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", method) as archive:
        for name, data in parts:
            archive.writestr(name, data)
    return out.getvalue()


def test_a_packed_file_is_not_unpacked():
    assert "packed" in refused(zipped(("liste.csv", "A;B\n1;2\n")), "liste.zip")[0]


def test_zip_bombs():
    bomb = zipped(("xl/workbook.xml", b"<a/>"), ("xl/worksheets/sheet1.xml", b"0" * 30_000_000))
    assert len(bomb) < 100_000
    assert "unpacks to far more" in refused(bomb, "b.xlsx")[0]
    assert "unpacks to far more" in refused(bomb, "b.xlsx", ratio=10**9, unpacked_bytes=1_000_000)[0]


def test_a_bomb_inside_a_workbook_is_never_unpacked():
    inner = zipped(("a", b"0" * 20_000_000))
    outer = zipped(("xl/workbook.xml", b"<a/>"), ("xl/embeddings/b.zip", inner))
    assert "damaged" in refused(outer, "b.xlsx")[0]


def test_billion_laughs_in_a_workbook():
    entities = '<!DOCTYPE a [<!ENTITY b "' + "lol" * 100 + '"><!ENTITY c "&b;&b;&b;&b;">]><a>&c;</a>'
    assert "damaged" in refused(zipped(("xl/workbook.xml", entities), ("[Content_Types].xml", entities)), "b.xlsx")[0]


def test_a_workbook_that_asks_for_millions_of_cells():
    data = packed(("A", [["x"], [1]]))
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        parts = [(name, archive.read(name)) for name in archive.namelist()]
    far = b'<row r="1"><c r="A1"><v>1</v></c></row><row r="999999999"><c r="XFD999999999"><v>1</v></c></row>'
    swollen = [
        (
            name,
            b'<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>'
            + far
            + b"</sheetData></worksheet>"
            if name.endswith("sheet1.xml")
            else part,
        )
        for name, part in parts
    ]
    assert "stretches over more cells" in refused(zipped(*swollen), "b.xlsx", cells_visited=100_000)[0]


def test_a_damaged_workbook():
    whole = packed(("A", [["x"], [1]]))
    for data in (whole[:-200], whole[:300] + b"?" * 300 + whole[600:], zipped(("xl/workbook.xml", b"<"))):
        assert refused(data, "b.xlsx")


@pytest.mark.parametrize(
    ("limits", "words"),
    [
        ({"file_bytes": 10}, "The largest we can read"),
        ({"rows": 2}, "more than 2 rows"),
        ({"columns": 1}, "At most 1"),
    ],
)
def test_limits(limits, words):
    assert words in refused(b"A;B\n1;2\n3;4\n5;6\n", **limits)[0]


def test_too_many_sheets():
    data = packed(*((f"s{i}", [["x"], [1]]) for i in range(4)))
    assert "There are 4 sheets" in refused(data, "b.xlsx", sheets=3)[0]


def test_same_name_twice():
    message, problem = refused(b"Navn;navn ;B\n1;2;3\n")
    assert message == "Several columns have the same name: navn."
    assert problem.place.row == 1


def test_required_columns_say_what_was_found_and_where():
    table = book(("Ark1", [["Navn", "By"], ["Kari", "Moss"]]))[0]
    with pytest.raises(FileRefused) as caught:
        table.with_columns({"number": ("Enhetsnummer", "number"), "name": ("Navn",)}, {"number", "name"})
    problem = caught.value.problem
    assert problem.place.sheet == "Ark1"
    assert problem.params == {"missing": "Enhetsnummer", "found": "Navn, By"}


def test_our_names_for_their_columns_keep_the_place():
    table = csv("Unit number;Navn\n7;Kari\n").with_columns(
        {"number": ("Enhetsnummer", "Unit number"), "name": ("Navn",), "more": ("Mer",)}, {"number"}
    )
    row = table.rows[0]
    assert (row["number"], row["name"], row["more"]) == ("7", "Kari", "")
    assert row.place("number").column == "Unit number"


# --- identity numbers --------------------------------------------------------------------------------


def everything_about(problem):
    return repr(problem) + problem.message.format(**problem.params)


@pytest.mark.parametrize("where", ["header", "cell", "long cell", "name", "ragged"])
def test_an_identity_number_anywhere_stops_the_file_and_is_never_repeated(where):
    made = number()
    texts = {
        "header": f"A;{made}\n1;2\n",
        "cell": f"A;B\n1;{made[:6]} {made[6:]}\n",
        "long cell": f"A;B\n1;{'x' * 20_000} {made}\n",
        "name": "A;B\n1;2\n",
        "ragged": f"A;B\n1;2;{made}\n",
    }
    message, problem = refused(texts[where].encode(), f"C:\\{made}.csv" if where == "name" else "fil.csv")
    assert "identity number" in message
    assert problem.place.row == {"name": 0, "header": 1}.get(where, 2)
    assert made[6:] not in everything_about(problem) and made[:6] not in everything_about(problem)


def test_an_identity_number_as_a_figure_in_a_workbook():
    made = number(day=3)
    for cell in (int(made), float(made), made):
        message, problem = refused(packed(("A", [["x", "y"], [1, cell]])), "b.xlsx")
        assert "identity number" in message
        assert (problem.place.row, problem.place.column) == (2, "y")
        assert made[1:] not in everything_about(problem)


def test_an_identity_number_as_the_name_of_a_sheet():
    made = number()
    _, problem = refused(packed((made, [["x"], [1]])), "b.xlsx")
    assert made not in everything_about(problem)
