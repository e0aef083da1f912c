"""JSON and YAML give the same plain trees, without what is dropped, and unfold into nothing larger."""

import contextlib
import json

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sloyfe.core.imports.limits import Upload
from sloyfe.core.imports.places import FileRefused, Place
from sloyfe.core.imports.tests.made_up import number
from sloyfe.core.imports.trees import read_json, read_yaml

READERS = [read_json, read_yaml]


def upload(text):
    return Upload("f", text if isinstance(text, bytes) else text.encode())


@pytest.mark.parametrize("read", READERS)
def test_leaves_stay_as_written(read):
    assert read(upload('{"a": [{"b": 1.50, "c": "x\\ny"}, null], "d": {}, "e": []}'), ()).root == {
        "a": [{"b": "1.50", "c": "x\ny"}, None],
        "d": {},
        "e": [],
    }


def test_yaml_as_people_write_it():
    text = "personar:\n  - id: a:b/ola\n    start: 2020-01-15\n    aktiv: true\n    tom:\n    navn: 'Ola'\n"
    assert read_yaml(upload(text), ()).root == {
        "personar": [{"id": "a:b/ola", "start": "2020-01-15", "aktiv": "true", "tom": None, "navn": "Ola"}]
    }


@pytest.mark.parametrize("read", READERS)
@pytest.mark.parametrize(
    "value",
    [
        '"{}"',
        "{}",
        '{{"identifikatorverdi": "{}"}}',
        '[["{}"], {{"a": {{"b": "{}"}}}}]',
        '"a\\"}},{{ {}"',
        "null",
        "[]",
        "{{}}",
    ],
)
def test_dropped_fields_are_skipped_whatever_they_hold(read, value):
    made = "9" + number()[1:]
    text = '{"p": [{"x": "1", "fodselsnummer": ' + value.format(made, made) + ', "y": "2"}], "z": "3"}'
    found = read(upload(text), ("fodselsnummer",))
    assert found.root == {"p": [{"x": "1", "y": "2"}], "z": "3"} or found.root == {
        "p": [{"x": "1", "fodselsnummer": None, "y": "2"}],
        "z": "3",
    }
    assert found.dropped == {"fodselsnummer": 1}
    assert made not in repr(found)


def test_a_key_inside_a_text_is_text_and_an_escaped_key_is_a_key():
    found = read_json(upload(r'{"a": "\"ssn\": 1", "s\u0073n": "2", "b": "ssn"}'), ("ssn",))
    assert found.root == {"a": '"ssn": 1', "ssn": None, "b": "ssn"}
    assert found.dropped == {"ssn": 1}


@pytest.mark.parametrize("read", READERS)
@pytest.mark.parametrize(
    "text", ['{"p": [{"id": "x/NUMBER"}]}', '{"p": [{"NUMBER": "1"}]}', '{"p": [{"a": {"b": ["NUMBER"]}}]}']
)
def test_an_identity_number_elsewhere_stops_the_file(read, text):
    made = number()
    with pytest.raises(FileRefused) as caught:
        read(upload(text.replace("NUMBER", made)), ("fodselsnummer",))
    problem = caught.value.problem
    assert "identity number" in problem.message
    assert (problem.place.sheet, problem.place.row) == ("p", 1)
    assert made not in repr(problem)


def test_an_identity_number_hidden_in_escapes():
    made = number()
    hidden = "".join(f"\\u{ord(sign):04x}" for sign in made)
    with pytest.raises(FileRefused, match="identity number"):
        read_json(upload(f'{{"a": "{hidden}"}}'), ())


def test_yaml_aliases_are_not_followed():
    with pytest.raises(FileRefused) as caught:
        read_yaml(upload("a: &x [1, 2]\nb: [*x, *x]\n"), ())
    assert caught.value.problem.place == Place("f", "", 2)


@pytest.mark.parametrize("read", READERS)
def test_too_deep(read):
    for opening in ("[", '{"a": ['):
        with pytest.raises(FileRefused, match="too deeply"):
            read(upload(opening * 100_000), ())
    assert read(upload("[" * 30 + "]" * 30), ()).root == json.loads("[" * 30 + "]" * 30)


@pytest.mark.parametrize("text", ["{", "nope", '{"a": NaN}', '{"a": Infinity}', "[1,]", '{"a": 1}}', b"\x81\xff"])
def test_broken_json(text):
    with pytest.raises(FileRefused):
        read_json(upload(text), ())


@pytest.mark.parametrize("text", ["a: [", "a: b: c", "\tx: 1", "a: !!python/object/apply:os.system [b, c"])
def test_broken_yaml(text):
    with pytest.raises(FileRefused):
        read_yaml(upload(text), ())


def test_yaml_tags_make_nothing():
    assert read_yaml(upload("a: !!python/object/apply:os.system ['ls']"), ()).root == {"a": ["ls"]}


TREES = st.recursive(
    st.text('abå"\\{}[],: \n', max_size=6) | st.booleans() | st.none(),
    lambda inner: (
        st.lists(inner, max_size=3) | st.dictionaries(st.sampled_from(["a", "ssn", "b\\", 'c"']), inner, max_size=3)
    ),
    max_leaves=12,
)


def without_ssn(tree):
    if isinstance(tree, dict):
        return {key: None if key == "ssn" else without_ssn(value) for key, value in tree.items()}
    return [without_ssn(item) for item in tree] if isinstance(tree, list) else tree


@given(TREES, st.sampled_from([None, 1]))
@settings(max_examples=200, deadline=None)
def test_cutting_out_leaves_all_else_as_it_was(tree, indent):
    text = json.dumps({"x": tree}, indent=indent, ensure_ascii=False)
    assert read_json(upload(text), ("ssn",)).root == without_ssn({"x": tree})


@given(st.binary(max_size=120))
@settings(max_examples=200, deadline=None)
def test_random_bytes_raise_nothing_but_a_refusal(data):
    for read in READERS:
        for start in (b"", b'{"ssn": ', b"a:\n - "):
            with contextlib.suppress(FileRefused):
                read(upload(start + data), ("ssn",))
