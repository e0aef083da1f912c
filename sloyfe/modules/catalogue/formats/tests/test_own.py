"""Our own CSV and XLSX: every sheet in, every sheet out, and the same again."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from io import BytesIO

import openpyxl
import pytest

from sloyfe.core.imports.places import FileRefused, Weight
from sloyfe.core.imports.tables import Upload
from sloyfe.modules.catalogue.formats import own
from sloyfe.modules.catalogue.formats.draft import (
    NOWHERE,
    Draft,
    DraftArea,
    DraftCompetence,
    DraftFramework,
    DraftProfile,
    DraftRelation,
    DraftRequirement,
    DraftScale,
    DraftStep,
    DraftTerm,
    Kind,
    ProfileKind,
    Reach,
    RelationKind,
    Source,
    Status,
    Strength,
)
from sloyfe.modules.catalogue.formats.own import vocabulary
from sloyfe.modules.catalogue.formats.tests.small_files import told


def upload(text: str, name: str = "fil.csv") -> Upload:
    return Upload(name, text.encode())


def read(*texts: str, **more: object) -> Draft:
    return own.read([upload(text, f"fil{number}.csv") for number, text in enumerate(texts)], **more)


WHOLE = Draft(
    framework=DraftFramework(
        "vart",
        {"nb": "Vårt rammeverk", "nn": "Rammeverket vårt", "en": "Our framework"},
        publisher="Direktoratet",
        version="2",
        licence_line="Fri bruk",
        url="https://example.org/",
        descriptions={"nb": "Om det."},
    ),
    scales=(
        DraftScale(
            "vart",
            (
                DraftStep(1, {"nb": "Med støtte", "nn": "Med støtte", "en": "With support"}),
                DraftStep(2, {"nb": "Selvstendig", "nn": "Sjølvstendig"}, {"nb": "Greier det alene."}),
            ),
        ),
    ),
    areas=(
        DraftArea("mote", {"nb": "Møtet", "nn": "Møtet", "en": "The meeting"}),
        DraftArea("samtale", {"nb": "Samtalen"}, ("mote",), {"nn": "Om samtalen.\nTo linjer."}),
    ),
    competences=(
        DraftCompetence(
            "lytte",
            Kind.SKILL,
            {"nb": "Lytte aktivt", "nn": "Lytte aktivt", "en": "Listen actively"},
            alt_labels={"nb": ("høre etter", "være | stille"), "en": ("hear | out",), "nn": ("høyre etter",)},
            descriptions={"nb": "Å høre det som sies;\nog det som ikke sies."},
            parents=("samtale", "mote"),
            status=Status.DRAFT,
            level_wordings={1: {"nb": "med noen ved siden av"}, 2: {"nb": "alene", "nn": "åleine"}},
        ),
        DraftCompetence("=SUM(A1)", Kind.UNSAID, {"nb": "@formel", "se": "bortkommen"}),
        DraftCompetence("gammel", Kind.ATTITUDE, {"nb": "Gammelt"}, status=Status.OUTDATED, replaced_by="lytte"),
    ),
    terms=(DraftTerm("øret", "lytte", "nn", "1201"), DraftTerm("lyttinga", "lytte")),
    profiles=(
        DraftProfile("alle", {"nb": "Alle"}, ProfileKind.GROUP),
        DraftProfile(
            "veileder",
            {"nb": "Veileder", "nn": "Rettleiar"},
            ProfileKind.ROLE,
            ("alle",),
            alt_labels={"nb": ("saksbehandler",)},
            descriptions={"nb": "Møter brukere."},
            code="3333",
        ),
    ),
    requirements=(
        DraftRequirement(
            "veileder",
            "lytte",
            2,
            Strength.MUST,
            Source.LAW,
            basis="sotjl § 6",
            proof_asked=True,
            review_on=date(2027, 1, 31),
        ),
        DraftRequirement("veileder", "lytte", None, Strength.SHOULD, Source.COUNTY, reach=Reach.AREA, at_least=3),
        DraftRequirement("alle", "gammel", 1, Strength.MAY),
    ),
    relations=(DraftRelation(RelationKind.RELATED, "lytte", "gammel"),),
)


def as_read(draft: Draft) -> dict[str, object]:
    """What a draft says, without where it stood and without the languages we do not write."""
    known = vocabulary.LANGUAGES
    competences = tuple(
        replace(one, names={language: name for language, name in one.names.items() if language in known})
        for one in draft.competences
    )
    draft = replace(draft, competences=competences)
    parts = ("areas", "competences", "terms", "profiles", "requirements", "relations")
    said: dict[str, object] = {
        part: tuple(replace(thing, place=NOWHERE) for thing in getattr(draft, part)) for part in parts
    }
    return said | {"framework": replace(draft.framework, place=NOWHERE), "scales": draft.scales}


@pytest.mark.parametrize("language", vocabulary.LANGUAGES)
def test_a_workbook_read_again_is_the_same(language: str):
    content = own.workbook(WHOLE, language)
    again = own.read([Upload("katalog.xlsx", content)])
    assert not [problem for problem in again.problems if problem.weight is not Weight.NOTE]
    assert as_read(again) == as_read(WHOLE)


@pytest.mark.parametrize("language", vocabulary.LANGUAGES)
def test_csv_files_read_again_are_the_same_in_any_order(language: str):
    files = own.csv_files(WHOLE, language)
    assert len(files) == 8
    again = own.read([Upload(name, content) for name, content in reversed(files.items())])
    assert as_read(again) == as_read(WHOLE)


@pytest.mark.parametrize("language", vocabulary.LANGUAGES)
def test_the_template_can_be_filled_in_and_sent(language: str):
    content = own.template(language)
    empty = own.read([Upload("mal.xlsx", content)])
    assert not empty.competences
    assert not empty.refused
    book = openpyxl.load_workbook(BytesIO(content))
    sheet = next(sheet for sheet in vocabulary.SHEETS if sheet.name == "competences")
    cells = book[sheet.title(language)]
    headings = {cell.value: number for number, cell in enumerate(cells[1], start=1)}
    by_name = {column.name: column.heading(language) for column in sheet.columns}
    for name, value in (("competence", "a"), ("name_nb", "Å spørre"), ("kind", "ferdighet")):
        cells.cell(row=2, column=headings[by_name[name]], value=value)
    out = BytesIO()
    book.save(out)
    (asked,) = own.read([Upload("mal.xlsx", out.getvalue())]).competences
    assert (asked.key, asked.kind, asked.names) == ("a", Kind.SKILL, {"nb": "Å spørre"})


def test_a_simple_list_in_windows_1252_is_enough():
    text = "Kompetansekode;Navn bokmål;Fagområde\r\nsamtale;Føre en samtale;\r\nøve;Øve;samtale\r\n"
    draft = own.read([Upload("liste.csv", text.encode("cp1252"))])
    assert [(one.names["nb"], one.parents) for one in draft.competences] == [
        ("Føre en samtale", ()),
        ("Øve", ("samtale",)),
    ]
    assert draft.framework.code == ""
    assert not draft.problems


def test_local_terms_and_requirements_alone_point_at_what_is_known():
    terms = "Lokalt ord;Kompetanse;Språk;Kontor\nKAB;ks-1;nynorsk;1201\nXYZ;gone;;\n"
    draft = read(terms, known=("ks-1",))
    assert draft.terms == (DraftTerm("KAB", "ks-1", "nn", "1201", draft.terms[0].place),)
    assert told(draft, Weight.SKIPS) == ["It points at the competence «gone», which is not in the file."]
    asked = "Profil;Kompetanse;Nivå;Styrke;Minst\np;ks-1;3;må;2\np;ks-1;7;må;\n"
    draft = read(asked, known=("ks-1", "p"), levels=range(1, 6))
    (requirement,) = draft.requirements
    assert (requirement.reach, requirement.at_least, requirement.level) == (Reach.UNIT, 2, 3)


HEAD = "Profilkode;Kompetansekode;Nivå;Styrke;Kilde;Gjelder;Minst antall;Krever bevis;Gjennomgås\n"


@pytest.mark.parametrize(
    ("row", "column"),
    [
        ("p;x;to;skal;;;;;", "Nivå"),
        ("p;x;1,5;skal;;;;;", "Nivå"),
        ("p;x;0;skal;;;;;", "Nivå"),
        ("p;x;1;;;;;;", "Styrke"),
        ("p;x;1;kanskje;;;;;", "Styrke"),
        ("p;x;1;skal;kongen;;;;", "Kilde"),
        ("p;x;1;skal;;månen;;;", "Gjelder"),
        ("p;x;1;skal;;;-3;;", "Minst antall"),
        ("p;x;1;skal;;;;tja;", "Krever bevis"),
        ("p;x;1;skal;;;;;31.02.2027", "Gjennomgås"),
    ],
)
def test_a_cell_that_cannot_be_understood_leaves_the_row_out_whole(row: str, column: str):
    draft = read(HEAD + row + "\np;y;1;skal;;;;;\n", known=("p", "x", "y"))
    assert [asked.competence for asked in draft.requirements] == ["y"]
    (problem,) = (problem for problem in draft.problems if problem.weight is Weight.SKIPS)
    assert (problem.place.row, problem.place.column) == (2, column)
    assert problem.remedy
    assert list(draft.reported[0].values.values()) == row.split(";")


def test_a_circle_stops_the_file_with_a_sentence():
    areas = "Områdekode;Navn bokmål;Ligger under\na;Møtet;b\nb;Samtalen;a\n"
    draft = read(areas)
    assert draft.refused
    assert told(draft, Weight.STOPS) == ["These lie under each other in a circle: Møtet › Samtalen › Møtet."]


def test_a_name_of_ten_thousand_characters_stops_the_file():
    draft = read(f"Kompetansekode;Navn bokmål\na;{'x' * 9_999}\n")
    assert told(draft, Weight.STOPS) == ["The name has 9999 characters; at most 500 fit."]


def test_hostile_cells_are_only_words():
    name = "<script>alert(1)</script>'; DROP TABLE x; --"
    draft = read(f"Kompetansekode;Navn bokmål;Andre navn bokmål\na;{name.replace(';', ',')};=HYPERLINK(A1)\n")
    assert draft.competences[0].names["nb"] == name.replace(";", ",")
    assert draft.competences[0].alt_labels["nb"] == ("=HYPERLINK(A1)",)


def test_scale_rows_without_level_or_name_or_twice():
    draft = read("Nivå;Navn bokmål\n1;Litt\n1;Igjen\n2;\n;Tom\n")
    assert draft.scales[0].levels() == {1}
    assert [row.place.row for row in draft.reported] == [3, 4, 5]


def test_two_frameworks_in_one_file_stop_it():
    assert read("Rammeverkskode;Navn bokmål\na;A\nb;B\n").refused


def test_columns_and_sheets_that_are_not_known_are_said():
    draft = read("Kompetansekode;Navn bokmål;Favorittfarge\na;A;blå\n", "Hest;Hov\n1;2\n")
    assert told(draft, Weight.NOTE) == [
        "Columns that are not known here were left aside: Favorittfarge.",
        "The sheet fil1.csv has no headings known here, and was left aside.",
    ]


@pytest.mark.parametrize("text", ["", "Hest;Hov\n1;2\n", "Kompetansekode;Nivå 1 bokmål\na;b\n", "<html>"])
def test_nothing_known_is_refused(text: str):
    with pytest.raises(FileRefused):
        read(text)


def test_every_heading_is_read_as_the_sheet_it_was_written_for():
    """No heading of one column is also a heading of another in the same sheet."""
    for sheet in vocabulary.SHEETS:
        for language in vocabulary.LANGUAGES:
            headings = [column.heading(language) for column in sheet.columns]
            assert len(set(headings)) == len(headings), (sheet.name, language)
        accepted = [name for column in sheet.columns for name in {*column.accepted()}]
        assert len(set(accepted)) == len(accepted), sheet.name
