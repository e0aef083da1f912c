"""The words: what is found in the sources, what is built, and what the check refuses."""

from __future__ import annotations

import gettext
from pathlib import Path

import pytest

from tools import messages
from tools.extract import Key, NotATextError, python_uses, template_uses, uses_in

SOURCE = """
from django.utils.translation import gettext as _, ngettext, gettext_lazy as _lazy, pgettext

title = _("Who can I ask?")
label = _lazy("a long text "
              "in two pieces")
days = ngettext("%(n)s day", "%(n)s days", n)
may = pgettext("month", "May")
named = _(title)
gone = Problem(place, Weight.STOPS, "The row is empty", remedy="Fill it in")
helped = refuse(message="The file is empty")
plain = "not for translation"
"""
TEMPLATE = """{% load i18n %}
<h1 title="{% translate 'Close' %}">{{ _("Hello")|upper }}</h1>
{% blocktranslate trimmed count n=n with who=user.name %}
  {{ who }} has one day
{% plural %}
  {{ who }} has {{ n }} days
{% endblocktranslate %}
{% translate "May" context "month" %}
{% include "x.html" with title=_("Inside") %}
"""


def parts(tmp_path: Path, text: str) -> Path:
    folder = tmp_path / "sloyfe/locale/parts"
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "one.yaml").write_text(text, "utf-8")
    return tmp_path / "sloyfe"


def check(tmp_path: Path, source: str, text: str) -> list[str]:
    package = parts(tmp_path, text)
    (package / "words.py").write_text("from django.utils.translation import gettext as _\n" + source, "utf-8")
    return messages.check(package)


# --- extraction ------------------------------------------------------------------------------------


def test_python_texts_are_found_with_plural_and_context() -> None:
    found = {(use.key, use.plural) for use in python_uses(SOURCE, "words.py")}
    assert found == {
        (Key("Who can I ask?"), ""),
        (Key("a long text in two pieces"), ""),
        (Key("%(n)s day"), "%(n)s days"),
        (Key("May", "month"), ""),
        (Key("The row is empty"), ""),
        (Key("Fill it in"), ""),
        (Key("The file is empty"), ""),
    }


def test_template_texts_are_found_as_django_looks_them_up() -> None:
    found = {(use.key, use.plural) for use in template_uses(TEMPLATE, "page.html")}
    assert found == {
        (Key("Close"), ""),
        (Key("Hello"), ""),
        (Key("%(who)s has one day"), "%(who)s has %(n)s days"),
        (Key("May", "month"), ""),
        (Key("Inside"), ""),
    }


@pytest.mark.parametrize("argument", ["f'{name} is here'", "'a' + name", "'%s' % name"])
def test_a_text_put_together_is_refused(argument: str) -> None:
    with pytest.raises(NotATextError, match="words.py:1: .*one constant"):
        list(python_uses(f"_({argument})", "words.py"))


def test_tests_and_migrations_ask_for_no_translation(tmp_path: Path) -> None:
    for folder in ("tests", "migrations", "pages"):
        (tmp_path / folder).mkdir()
        (tmp_path / folder / "one.py").write_text(f"_('in {folder}')")
    assert [use.key.id for use in uses_in(tmp_path)] == ["in pages"]


def test_the_sentences_of_the_data_files_are_found(tmp_path: Path) -> None:
    (tmp_path / "core/access").mkdir(parents=True)
    (tmp_path / "core/policy").mkdir()
    (tmp_path / "core/access/access.yaml").write_text("capabilities: {own.page: See your page}\nroles: {}", "utf-8")
    number = "{about: How long, unit: days, values: {2026-01-01: {value: 3, source: The law}}}"
    (tmp_path / "core/policy/parameters.yaml").write_text(f"wait: {number}", "utf-8")
    assert [use.key.id for use in uses_in(tmp_path)] == ["See your page", "How long", "days", "The law"]


# --- the check --------------------------------------------------------------------------------------


def test_complete_parts_have_no_faults(tmp_path: Path) -> None:
    text = """
    - {id: "Who?", nb: "Hvem?", nn: "Kven?"}
    - {id: "Plan", nb: "Plan", nn: "Plan", same: true}
    """
    assert check(tmp_path, "_('Who?'); _('Plan')", text) == []


@pytest.mark.parametrize(
    ("source", "text", "fault"),
    [
        ("_('Who?')", "[]", "not translated: «Who?» (sloyfe/words.py:2)"),
        ("", '[{id: "Who?", nb: "Hvem?", nn: "Kven?"}]', "nobody uses it"),
        ("_('Office')", "[{id: Office, nb: Kontor, nn: Kontor}]", "nynorsk copies bokmål"),
        ("_('Who?')", '[{id: "Who?", nb: "Hvem?", nn: "Kven?", same: true}]', "nynorsk differs"),
        (
            "_('%(n)s people')",
            '[{id: "%(n)s people", nb: "%(n)s folk", nn: "%(m)s folk"}]',
            "placeholders differ in nn",
        ),
        (
            "_('{n} people')",
            '[{id: "{n} people", nb: "folk", nn: "{n} menneske"}]',
            "placeholders differ in nb",
        ),
        (
            "_('Who?')",
            '[{id: "Who?", nb: "Hvem?", nn: "Kven?"}, {id: "Who?", nb: "Hvem da?", nn: "Kven då?"}]',
            "said in two ways",
        ),
        (
            "ngettext('one', '%(n)s', n)",
            '[{id: "one", plural: "%(m)s", nb: ["én", "%(m)s"], nn: ["éin", "%(m)s"]}]',
            "another plural in sloyfe/words.py:2",
        ),
        (
            "ngettext('one', '%(n)s', n)",
            '[{id: "one", plural: "%(n)s", nb: ["én", "mange"], nn: ["éin", "%(n)s"]}]',
            "placeholders differ in nb",
        ),
    ],
)
def test_each_fault_is_said(tmp_path: Path, source: str, text: str, fault: str) -> None:
    found = check(tmp_path, source, text)
    assert len(found) == 1
    assert fault in found[0]


def test_words_django_has_are_not_said_otherwise(tmp_path: Path) -> None:
    source = '_("Monday")\n'
    theirs = '- {id: "Monday", nb: "mandag", nn: "måndag"}\n'
    assert check(tmp_path, source, theirs) == []
    found = check(tmp_path, source, theirs.replace("mandag", "Mandag"))
    assert len(found) == 1 and found[0].startswith("Django says «mandag» in nb")


def test_the_same_text_twice_is_no_fault(tmp_path: Path) -> None:
    twice = '- {id: "Who?", nb: "Hvem?", nn: "Kven?"}\n' * 2
    assert check(tmp_path, "_('Who?')", twice) == []


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("{id: x}", "must be a list"),
        ("[{nb: ja}", "not readable YAML"),
        ("[{id: No, nb: Nei, nn: Nei}]", "needs an `id` that is a text; quote it"),
        ("[{id: Answer, nb: No, nn: Nei}]", "«Answer»: nb needs a text; quote it"),
        ("[{id: Answer, nb: Svar}]", "«Answer»: nn needs a text"),
        ("[{id: Answer, nb: Svar, nn: Svar, sv: Svar}]", "does not know sv"),
        ("[{id: day, plural: days, nb: dag, nn: [dag, dagar]}]", "nb needs two forms"),
    ],
)
def test_a_part_that_cannot_be_read_says_where(tmp_path: Path, text: str, reason: str) -> None:
    with pytest.raises(messages.PartsError, match="one.yaml.*") as refused:
        messages.check(parts(tmp_path, text))
    assert reason in str(refused.value)


# --- the catalogues ---------------------------------------------------------------------------------

TWO = """
- {id: "Who?", nb: "Hvem?", nn: "Kven?"}
- {id: "one day", plural: "%(n)s days", nb: ["én dag", "%(n)s dager"], nn: ["éin dag", "%(n)s dagar"]}
- {id: "May", context: "month", nb: "mai", nn: "mai", same: true}
"""


def test_built_catalogues_speak_both_languages(tmp_path: Path) -> None:
    locale = parts(tmp_path, TWO) / "locale"
    messages.compile_catalogues(locale)
    nynorsk = gettext.translation("django", locale, ["nn"])
    assert nynorsk.gettext("Who?") == "Kven?"
    assert nynorsk.ngettext("one day", "%(n)s days", 1) == "éin dag"
    assert nynorsk.ngettext("one day", "%(n)s days", 0) == "%(n)s dagar"
    assert nynorsk.pgettext("month", "May") == "mai"
    assert gettext.translation("django", locale, ["nb"]).gettext("Who?") == "Hvem?"


def test_the_same_parts_give_the_same_bytes_in_any_order(tmp_path: Path) -> None:
    built = []
    for name, text in (("a", TWO), ("b", "\n".join(reversed(TWO.strip().splitlines())))):
        locale = parts(tmp_path / name, text) / "locale"
        messages.compile_catalogues(locale)
        built.append([path.read_bytes() for path in sorted(locale.glob("*/LC_MESSAGES/*"))])
    assert len(built[0]) == 4
    assert built[0] == built[1]


def test_building_again_waits_for_a_change(tmp_path: Path) -> None:
    locale = parts(tmp_path, TWO) / "locale"
    messages.compile_catalogues(locale)
    target = locale / "nb/LC_MESSAGES/django.mo"
    target.write_bytes(b"untouched")
    messages.compile_catalogues(locale)
    assert target.read_bytes() == b"untouched"
    parts(tmp_path, TWO.replace("Hvem", "Kem"))
    messages.compile_catalogues(locale)
    assert gettext.translation("django", locale, ["nb"]).gettext("Who?") == "Kem?"
