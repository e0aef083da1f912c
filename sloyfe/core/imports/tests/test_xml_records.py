"""XML records come whole but for what is dropped, and nothing in the file is followed."""

import contextlib

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sloyfe.core.imports.limits import Limits, Upload
from sloyfe.core.imports.places import FileRefused, Place
from sloyfe.core.imports.tests.made_up import number
from sloyfe.core.imports.xml_records import read_records


def read(text, tags=("person",), dropped=("ssn",), **limits):
    data = text if isinstance(text, bytes) else text.encode()
    return read_records(Upload("p.xml", data), tags, dropped, Limits(**limits))


def refused(text, **limits):
    with pytest.raises(FileRefused) as caught:
        read(text, **limits)
    return caught.value.problem


def test_records_with_their_lines():
    found = read('<a xmlns:v="urn:v">\n<v:person id="1">\n <name> Kari </name><b><c v="2"/></b>></v:person>\n</a>')
    node = found.nodes[0]
    assert (found.root, node.tag, node.line, node.attributes) == ("a", "person", 2, {"id": "1"})
    assert (node.text_at("name"), node.attribute_at("b", "c", "v"), node.text) == ("Kari", "2", "")
    assert (node.text_at("b", "x"), node.attribute_at("x", "v"), node.find("b", "x")) == ("", "", None)
    assert [child.tag for child in node.all("name")] == ["name"]


def test_dropped_elements_are_counted_and_nowhere():
    made = number()
    found = read(f"<a><person><ssn kind='{made}'>{made}<x>{made}</x></ssn><n>Ola</n></person><ssn>{made}</ssn></a>")
    assert found.dropped == {"ssn": 2}
    assert made not in repr(found)
    assert found.nodes[0].text_at("n") == "Ola"


@pytest.mark.parametrize(
    "text",
    [
        "<a><person><n>{}</n></person></a>",
        "<a><person n='{}'/></a>",
        "<a><person><n>Ola {} og <b/></n></person></a>",
        "<a><x>{}</x></a>",
        "<a><!-- {} --></a>",
        "<a><person><![CDATA[{}]]></person></a>",
    ],
)
def test_an_identity_number_elsewhere_stops_the_file(text):
    made = number()
    problem = refused(text.format(made))
    assert "identity number" in problem.message
    assert made not in repr(problem)
    assert problem.place.row == 1


@pytest.mark.parametrize(
    "text",
    [
        '<!DOCTYPE a [<!ENTITY b "c">]><a>&b;</a>',
        '<!DOCTYPE a SYSTEM "file:///etc/passwd"><a/>',
        "<!DOCTYPE a><a/>",
    ],
)
def test_document_types_and_entities_are_refused(text):
    assert "document type" in refused(text).message


@pytest.mark.parametrize(
    "text",
    [
        "<a>",
        "<a></b>",
        "x",
        "<a>\x01</a>",
        b"<a>\xff</a>",
        "<a/><b/>",
        "<?xml version='1.0' encoding='x-y'?><a/>",
    ],
)
def test_broken_xml(text):
    assert "broken" in refused(text).message


def test_the_line_of_the_fault_is_named():
    assert refused("<a>\n<b>\n</c>\n</a>").place == Place("p.xml", "", 3)


def test_too_deep():
    assert "too deeply" in refused("<a>" * 100 + "</a>" * 100).message


def test_other_encodings():
    assert (
        read("<?xml version='1.0' encoding='iso-8859-1'?><a><person>Blåbær</person></a>".encode("latin-1"))
        .nodes[0]
        .text
        == "Blåbær"
    )
    assert read("<a><person>Čáhci</person></a>".encode("utf-16")).nodes[0].text == "Čáhci"


@given(st.binary(max_size=120))
@settings(max_examples=200, deadline=None)
def test_random_bytes_raise_nothing_but_a_refusal(data):
    for start in (b"", b"<a><person>", b"<?xml"):
        with contextlib.suppress(FileRefused):
            read(start + data)
