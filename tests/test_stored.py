"""Whatever is stored about people is told to people, in three languages."""

from __future__ import annotations

import pytest
from django.utils import translation

from sloyfe.core.personal import personal_tables


@pytest.mark.parametrize("language", ["nb", "nn", "en"])
def test_every_table_about_people_says_what_it_holds(language):
    with translation.override(language):
        said = {model._meta.label: str(model.told) for model, _keys in personal_tables()}
    assert [label for label, words in said.items() if not words.endswith(".")] == []
    assert len(set(said.values())) == len(said)
