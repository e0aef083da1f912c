"""Whatever two editions say: the rehearsal tells the truth, the second time changes nothing, nothing is lost."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest
from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from sloyfe.core.imports.log import Kind
from sloyfe.modules.catalogue.exporting import draft_of
from sloyfe.modules.catalogue.formats import draft as d
from sloyfe.modules.catalogue.formats.checks import checked
from sloyfe.modules.catalogue.models import Competence, Framework, Requirement
from sloyfe.modules.catalogue.storing import store
from sloyfe.modules.catalogue.tests.small import framework

pytestmark = pytest.mark.django_db

KEYS = st.sampled_from("abcdef")
WORDS = st.text(st.characters(codec="utf-8", exclude_categories=("Cs", "Cc")), min_size=1, max_size=12)
TEXTS = st.dictionaries(st.sampled_from(("nb", "nn", "en")), WORDS, min_size=1)
COMPETENCES = st.builds(
    d.DraftCompetence,
    KEYS,
    st.sampled_from(d.Kind),
    TEXTS,
    st.dictionaries(st.sampled_from(("nb", "nn", "en")), st.lists(WORDS, max_size=3).map(tuple)),
    TEXTS,
    st.lists(st.sampled_from(("all", "people", "a", "b")), max_size=2, unique=True).map(tuple),
    st.sampled_from(d.Status),
    st.sampled_from(("", "a", "f")),
    st.dictionaries(st.integers(1, 3), TEXTS, max_size=2),
)
REQUIREMENTS = st.builds(
    d.DraftRequirement,
    st.sampled_from(("group", "adviser")),
    KEYS,
    st.sampled_from((None, 1, 2, 3)),
    st.sampled_from(d.Strength),
    st.sampled_from(d.Source),
    reach=st.sampled_from(d.Reach),
    at_least=st.integers(1, 4),
)
EDITIONS = st.tuples(
    st.lists(COMPETENCES, max_size=6, unique_by=lambda each: each.key), st.lists(REQUIREMENTS, max_size=6)
)


def edition(told: tuple[list[d.DraftCompetence], list[d.DraftRequirement]]) -> d.Draft:
    competences, requirements = told
    draft = replace(framework(), competences=(), requirements=(), relations=(), terms=(), problems=(), reported=())
    return checked(replace(draft, competences=tuple(competences), requirements=tuple(requirements)))


class Undone(Exception):
    """Each example begins with an empty catalogue."""


@settings(max_examples=30, deadline=None, derandomize=True, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(first=EDITIONS, second=EDITIONS, whole=st.booleans())
def test_two_editions_one_after_the_other(cast, first, second, whole):
    editor = cast.viewer("hr_admin")
    with pytest.raises(Undone), transaction.atomic():
        store(editor, edition(first), rehearsal=False)
        keys = set(Competence.objects.values_list("key", flat=True))
        rehearsed = store(editor, edition(second), rehearsal=True, whole=whole)
        real = store(editor, edition(second), rehearsal=False, whole=whole)
        assert real.lines() == rehearsed.lines()
        again = store(editor, edition(second), rehearsal=False, whole=whole)
        if real.applied:
            assert {kind for kind, count in again.counts().items() if count} <= {Kind.UNCHANGED}
            assert keys <= set(Competence.objects.values_list("key", flat=True))
        _what_goes_out_comes_in(cast.viewer("hr_admin", day=editor.day + timedelta(days=2)))
        raise Undone


def _what_goes_out_comes_in(editor) -> None:
    """Two days later, when what ended has ended."""
    small = Framework.objects.filter(code="small").first()
    if small is None:
        return
    asked = Requirement.objects.on(editor.day).count()
    log = store(editor, checked(draft_of(small, editor.day)), rehearsal=False)
    assert {kind for kind, count in log.counts().items() if count} <= {Kind.UNCHANGED}, log.lines()
    assert Requirement.objects.on(editor.day).count() == asked
