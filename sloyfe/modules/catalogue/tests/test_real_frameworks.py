"""The real UK framework, stored whole and once more. Skipped where the real files are not."""

from __future__ import annotations

from pathlib import Path

import pytest

from sloyfe.core.imports.log import Kind
from sloyfe.modules.catalogue.formats import ddat
from sloyfe.modules.catalogue.formats.bundle import from_path
from sloyfe.modules.catalogue.models import Competence, LevelWording, Profile, ReportedRow, Requirement
from sloyfe.modules.catalogue.reads import topics_like
from sloyfe.modules.catalogue.storing import store

FILES = Path(__file__).resolve().parents[5] / "shared" / "data" / "uk_ddat"

pytestmark = [pytest.mark.realdata, pytest.mark.django_db]


@pytest.mark.skipif(not FILES.is_dir(), reason="the real files are not here: ../shared/data/uk_ddat")
def test_the_british_framework_is_stored_whole_and_once_more_changes_nothing(cast):
    files = [member for member in from_path(FILES) if member.name in ("role__roles.csv", "skill__skills.csv")]
    draft = ddat.read(files)
    editor = cast.viewer("hr_admin")
    log = store(editor, draft, rehearsal=False)
    assert log.applied
    assert Competence.objects.count() == len(draft.competences) == 188
    assert Profile.objects.filter(kind="role").count() == draft.counts["profiles role"]
    assert Requirement.objects.count() == len(draft.requirements)
    assert LevelWording.objects.count() == sum(len(each.level_wordings) for each in draft.competences)
    assert ReportedRow.objects.count() == len(draft.reported)
    assert topics_like("methods of user research", "en")[0].label == "User research methods"
    again = store(editor, draft, rehearsal=False)
    assert {kind for kind, count in again.counts().items() if count} == {Kind.UNCHANGED}
