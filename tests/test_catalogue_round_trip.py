"""What we write of a framework and read again changes nothing: whatever the framework, format and language."""

from __future__ import annotations

from collections import defaultdict

import pytest
from django.core.files.base import ContentFile
from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from sloyfe.core.imports.log import Kind
from sloyfe.modules.catalogue import models
from sloyfe.modules.catalogue.actions import exporting, importing
from sloyfe.modules.catalogue.exporting import draft_of
from sloyfe.modules.catalogue.models import Export, Framework, Import, ImportFile
from sloyfe.modules.catalogue.storing import store
from sloyfe.modules.people.models import RoleKind, Unit
from sloyfe.project.demo.catalogue import store_catalogue

pytestmark = pytest.mark.django_db
FORMATS = {
    Export.Format.XLSX: (Import.Format.OWN, "katalog.xlsx"),
    Export.Format.CSV: (Import.Format.OWN, "katalog.zip"),
    Export.Format.MOODLE: (Import.Format.MOODLE, "katalog.csv"),
}


@pytest.fixture(autouse=True)
def uploads(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path


@pytest.fixture
def editor(cast):
    return cast.viewer("hr_admin")


def round_trip(editor, framework: Framework, format_code: str, language: str = "nb", reader: str = "nb", **how):
    """What would be new, changed or ended, and what would stop it; the framework is as it was."""
    before = draft_of(framework, editor.day)
    sent = exporting.written(framework, format_code, language, editor.day)
    into, name = FORMATS[format_code]
    row = Import.objects.create(format=into, into=framework, whole=True)
    ImportFile.objects.create(of_import=row, name=name, content=ContentFile(sent, name))
    log = store(editor, importing.read(row, reader), rehearsal=False, **how)
    framework.refresh_from_db()
    after = draft_of(framework, editor.day)
    for part in ("framework", "scales", "areas", "competences", "terms", "profiles", "requirements", "relations"):
        assert getattr(before, part) == getattr(after, part), part
    return [line for line in log.lines() if " unchanged" not in line and " problem " not in line], log.stopped


@pytest.fixture
def demo(editor) -> Framework:
    def unit() -> Unit:
        kind = "office"
        return Unit.objects.create(number=f"n{Unit.objects.count()}", kind=kind, name="X", valid_from=editor.day)

    def role() -> RoleKind:
        code = f"r{RoleKind.objects.count()}"
        return RoleKind.objects.create(code=code, name_nb=code, name_nn=code, name_en=code)

    class Made(defaultdict):
        def get(self, key, default=None):
            return self[key] if key else default

    store_catalogue(editor.day, Made(unit), Made(role))
    return Framework.objects.get(code="office-trade")


@pytest.mark.parametrize("language", ["nb", "nn", "en"])
@pytest.mark.parametrize("format_code", FORMATS)
def test_the_demo_catalogue(editor, demo, format_code, language):
    assert round_trip(editor, demo, format_code, language, "nb") == ([], False)


def test_what_is_changed_in_moodle_is_the_only_change(editor, demo):
    """A new name, a new place instead of the one that was written, and nothing of what the format cannot say."""
    sent = exporting.written(demo, Export.Format.MOODLE, "nb", editor.day).decode()
    sent = sent.replace("Gjeldsrådgivning", "Råd om gjeld", 1).replace("finance,housing-economy", "law,housing-economy")
    row = Import.objects.create(format=Import.Format.MOODLE, whole=True)
    ImportFile.objects.create(of_import=row, name="m.csv", content=ContentFile(sent, "m.csv"))
    log = store(editor, importing.read(row, "nn"), rehearsal=False)
    assert {str(kind): count for kind, count in log.counts().items() if count and kind is not Kind.UNCHANGED} == {
        "change": 2
    }
    named = demo.competences.get(key="debt-counselling")
    assert (named.label_nb, named.placements.count()) == ("Råd om gjeld", 2)
    assert named.label_nn
    moved = demo.competences.get(key="housing-economy")
    assert set(moved.placements.values_list("area__key", flat=True)) == {"law", "social"}


KEYS = "abcdefg"
AREAS = "pqrs"
WORDS = st.text(st.characters(codec="utf-8", exclude_categories=("Cs", "Cc", "Co", "Cn")), min_size=1, max_size=12)
NAMES = st.tuples(WORDS, st.just("") | WORDS, st.just("") | WORDS | st.just("x" * 140)).flatmap(st.permutations)
PROSE = st.sampled_from(("", "Ett.", "Ett.\n\nTo,\ntre.", "<b>Å & æ</b>", "a\nb"))


@st.composite
def catalogues(draw):
    def rows(keys):
        chosen = draw(st.lists(st.sampled_from(keys), unique=True, min_size=1))
        return {key: (draw(NAMES), draw(PROSE), draw(PROSE)) for key in sorted(chosen)}

    areas, competences = rows(AREAS), rows(KEYS)
    pairs = st.tuples(st.sampled_from(sorted(competences)), st.sampled_from(sorted(competences)))
    return {
        "areas": areas,
        "competences": competences,
        "kinds": [draw(st.sampled_from(models.Competence.Kind.values)) for _ in competences],
        "statuses": [draw(st.sampled_from(models.Status.values)) for _ in competences],
        "places": draw(st.sets(st.tuples(st.sampled_from(sorted(competences)), st.sampled_from(sorted(areas))))),
        "broader": {pair for pair in draw(st.sets(pairs, max_size=4)) if pair[0] > pair[1]},
        "related": draw(
            st.sets(st.tuples(pairs, st.sampled_from(("essential", "related", "cross_reference"))), max_size=5)
        ),
        "terms": draw(
            st.sets(st.tuples(st.sampled_from(sorted(competences)), WORDS, st.sampled_from(("nb", "nn", "en", "se"))))
        ),
        "steps": draw(st.lists(NAMES, max_size=3)),
        "proficient": draw(st.none() | st.integers(1, 3)),
    }


def _words(told) -> dict[str, str]:
    (nb, nn, en), about, other = told
    labels = {"label_nb": _clean(nb), "label_nn": _clean(nn), "label_en": _clean(en)}
    if not any(labels.values()):
        labels["label_nb"] = "N"
    return {**labels, "about_nb": about, "about_en": other}


def _clean(text: str) -> str:
    from sloyfe.modules.catalogue.formats.texts import cleaned, one_line

    return one_line(cleaned(text))


def stored(told) -> Framework:
    scale = models.Scale.objects.create(code="any", label_nb="Trinn", proficient=told["proficient"])
    for level, names in enumerate(told["steps"], start=1):
        models.Step.objects.create(scale=scale, level=level, **_words((names, "", "")))
    framework = Framework.objects.create(code="any", label_en="Any", scale=scale if told["steps"] else None)
    area = {
        key: models.Area.objects.create(framework=framework, key=key, **_words(words))
        for key, words in told["areas"].items()
    }
    one = {
        key: models.Competence.objects.create(framework=framework, key=key, kind=kind, status=status, **_words(words))
        for (key, words), kind, status in zip(told["competences"].items(), told["kinds"], told["statuses"], strict=True)
    }
    for key, place in sorted(told["places"]):
        models.Placement.objects.create(competence=one[key], area=area[place])
    for key, broader in sorted(told["broader"]):
        models.Placement.objects.create(competence=one[key], broader=one[broader])
    for (start, end), kind in sorted(told["related"]):
        if start != end:
            models.Relation.objects.create(source=one[start], target=one[end], kind=kind)
    for key, text, language in sorted(told["terms"]):
        if _clean(text):
            models.AltLabel.objects.get_or_create(
                competence=one[key], text=_clean(text), language=language, unit=None, defaults={"ours": True}
            )
    return framework


class Undone(Exception):
    """Each example begins with an empty catalogue."""


@pytest.mark.parametrize("format_code", FORMATS)
@settings(max_examples=20, deadline=None, derandomize=True, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(told=catalogues(), language=st.sampled_from(("nb", "nn", "en")), whole=st.booleans())
def test_any_catalogue(editor, format_code, told, language, whole):
    with pytest.raises(Undone), transaction.atomic():
        framework = stored(told)
        assert round_trip(editor, framework, format_code, language, language, whole=whole) == ([], False)
        raise Undone
