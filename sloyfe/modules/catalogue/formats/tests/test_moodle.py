"""Moodle's competency CSV: in, out, and out again as it came in."""

from __future__ import annotations

from dataclasses import replace

import pytest

from sloyfe.core.imports.places import FileRefused, Weight
from sloyfe.modules.catalogue.formats import moodle
from sloyfe.modules.catalogue.formats.bundle import from_bytes
from sloyfe.modules.catalogue.formats.draft import (
    Draft,
    DraftArea,
    DraftCompetence,
    DraftFramework,
    DraftScale,
    DraftStep,
    Kind,
    RelationKind,
)
from sloyfe.modules.catalogue.formats.tests.small_files import told

NOW = (
    '"Parent ID number","ID number","Short name",Description,"Description format","Scale values",'
    '"Scale configuration","Rule type (optional)","Rule outcome (optional)","Rule config (optional)",'
    '"Cross-referenced competency ID numbers","Exported ID (optional)","Is framework",Taxonomy\n'
)
IN_2016 = (
    '"Parent id number","Id number",Shortname,Description,"Description format","Scale values",'
    '"Scale configuration","Rule type (optional)","Rule outcome (optional)","Rule config (optional)",'
    '"Cross referenced competency id numbers","Exported id (optional)","Is framework",Taxonomy\n'
)
ROWS = (
    ',WORK,"Work skills","<p>What we need<br>\r\nat work.</p>",1,"Not yet,Almost,Good",'
    '"[{""scaleid"":""7""},{""id"":2,""scaledefault"":1,""proficient"":1},{""id"":3,""proficient"":1}]",'
    ',,,,,1,"domain,competency,competency,competency"\n'
    ",people,People,,1,,,,0,null,,1,,\n"
    'people,listen,"Listens to others ","<p>Hears ""what"" is said.</p>",1,,,,0,null,'
    '"people,with%2Ccomma",2,,\n'
    'people,"with,comma",Writes,<p>x</p>,1,,,core_competency\\rule,1,'
    '"{""base"":{""points"":2}}",,3,,\n'
)


def read(text: str) -> Draft:
    return moodle.read(from_bytes("framework.csv", text.encode()), language="en")


@pytest.mark.parametrize("headings", [NOW, IN_2016, NOW.replace("Taxonomy", "Taksonomi")])
def test_out_as_it_came_in(headings: str):
    text = headings + ROWS.replace("core_competency\\rule", '"core_competency\\rule"')
    draft = read(text)
    assert not draft.problems
    assert moodle.write(draft, language="en") == text.encode()


def test_what_is_in_the_file():
    draft = read(NOW + ROWS)
    assert draft.framework.code == "WORK"
    assert draft.framework.names == {"en": "Work skills"}
    assert draft.framework.descriptions == {"en": "What we need\n\nat work."}
    (scale,) = draft.scales
    assert [step.names["en"] for step in scale.steps] == ["Not yet", "Almost", "Good"]
    assert scale.proficient == 2
    people, listen, writes = draft.competences
    assert (listen.key, listen.parents) == ("listen", ("people",))
    assert listen.names == {"en": "Listens to others"}
    assert listen.descriptions == {"en": 'Hears "what" is said.'}
    assert (people.parents, writes.key) == ((), "with,comma")
    assert [(found.kind, found.start, found.end) for found in draft.relations] == [
        (RelationKind.CROSS_REFERENCE, "listen", "people"),
        (RelationKind.CROSS_REFERENCE, "listen", "with,comma"),
    ]


def test_only_what_was_changed_here_is_written_anew():
    draft = read(NOW + ROWS)
    people, listen, writes = draft.competences
    changed = replace(
        draft,
        competences=(
            replace(people, descriptions={"en": "About us."}),
            replace(listen, names={"en": "Listens & asks"}),
            replace(writes, descriptions={"en": "x < y"}),
        ),
        relations=draft.relations[:1],
    )
    before, after = (moodle.write(given, "en").decode().split("\n") for given in (draft, changed))
    assert [line for number, line in enumerate(after) if line != before[number]] == [
        ',people,People,"<p>About us.</p>",1,,,,0,null,,1,,',
        'people,listen,"Listens & asks","<p>Hears ""what"" is said.</p>",1,,,,0,null,people,2,,',
        'people,"with,comma",Writes,"<p>x &lt; y</p>",1,,,"core_competency\\rule",1,"{""base"":{""points"":2}}",,3,,',
    ]


def test_a_catalogue_of_our_own_goes_out_and_comes_in_again():
    steps = tuple(DraftStep(level, {"nb": name}) for level, name in ((1, "Med støtte"), (2, "Ja, alene")))
    long = "Kan " + "svært " * 20 + "mye"
    draft = Draft(
        framework=DraftFramework("nav", {"nb": "Navs rammeverk"}),
        scales=(DraftScale("nav", steps, proficient=2),),
        areas=(DraftArea("mote", {"nb": "Møtet med brukeren"}),),
        competences=(
            DraftCompetence("lytte", Kind.SKILL, {"nb": "Lytte <aktivt>"}, parents=("mote",)),
            DraftCompetence("lang", Kind.SKILL, {"nb": long}, descriptions={"nb": "Ett.\n\nTo,\ntre."}),
        ),
    )
    again = moodle.read(from_bytes("ut.csv", moodle.write(draft)), language="nb")
    assert not again.problems
    area, lytte, lang = again.competences
    assert (area.names, lytte.parents) == ({"nb": "Møtet med brukeren"}, ("mote",))
    assert lytte.names == {"nb": "Lytte <aktivt>"}
    assert len(lang.names["nb"]) == 100
    assert lang.descriptions["nb"].split("\n") == [long, "Ett.", "To,", "tre."]
    assert [step.names["nb"] for step in again.scales[0].steps] == ["Med støtte", "Ja / alene"]
    assert again.scales[0].proficient == 2


def test_rows_that_moodle_loses_in_silence_are_said():
    rows = ROWS + ",,Nameless,,1,,,,0,null,,4,,\n,noname,,,1,,,,0,null,,5,,\nlost,found,Found,,1,,,,0,null,no,6,,\n"
    draft = read(NOW + rows)
    assert told(draft, Weight.SKIPS) == [
        "The row has no key.",
        "The row has no name in any language.",
        "It lies under «lost», which is not in the file; it is kept without that place.",
        "It points at the competence «no», which is not in the file.",
    ]
    assert [row.values["exportid"] for row in draft.reported] == ["4", "5", "6", "6"]
    assert draft.competences[-1].parents == ()


def test_a_circle_and_two_rows_with_one_id_number_stop_the_file():
    circle = ",a,A,,1,,,,0,null,,,,\n".replace(",a", "b,a", 1) + "a,b,B,,1,,,,0,null,,,,\n"
    assert told(read(NOW + ROWS + circle), Weight.STOPS) == ["These lie under each other in a circle: A › B › A."]
    twice = read(NOW + ROWS + ",people,Again,,1,,,,0,null,,,,\n")
    assert told(twice, Weight.STOPS) == ["The key «people» is used twice (also in row 3)."]


@pytest.mark.parametrize("configuration", ["{", "[1,2]", '"x"', "7", '[{"scaleid":"1"},{"proficient":1}]'])
def test_a_scale_whose_configuration_is_broken_keeps_its_steps(configuration: str):
    quoted = '"' + configuration.replace('"', '""') + '"'
    draft = read(NOW + f',W,W,,1,"A,B",{quoted},,,,,,1,\n,a,A,,1,,,,0,null,,,,\n')
    assert len(draft.scales[0].steps) == 2
    assert draft.scales[0].proficient is None
    assert told(draft, Weight.NOTE) == ["The scale's configuration cannot be read; its steps are kept."]


def test_without_a_framework_row_or_with_two():
    with pytest.raises(FileRefused):
        read(NOW + ",people,People,,1,,,,0,null,,1,,\n")
    assert read(NOW + ROWS + ",OTHER,Other,,1,,,,,,,,1,\n").refused


@pytest.mark.parametrize("text", ["", "a,b\n", "not a table"])
def test_too_few_columns(text: str):
    with pytest.raises(FileRefused):
        read(text)
