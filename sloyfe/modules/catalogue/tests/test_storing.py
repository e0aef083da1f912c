"""Storing a framework: the rehearsal is the performance, twice changes nothing, nothing is lost."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest
from django.apps import apps

from sloyfe.core.access import OutOfReach
from sloyfe.core.audit.models import Event
from sloyfe.core.imports.log import Kind
from sloyfe.modules.catalogue.formats import draft as d
from sloyfe.modules.catalogue.formats import messages
from sloyfe.modules.catalogue.models import AltLabel, Competence, Framework, Profile, ReportedRow, Requirement
from sloyfe.modules.catalogue.reads import topics_like
from sloyfe.modules.catalogue.storing import requirements, store
from sloyfe.modules.catalogue.tests.small import APPEAL, LAW, TALK, framework

pytestmark = pytest.mark.django_db


@pytest.fixture
def editor(cast):
    return cast.viewer("directorate_adviser")


def rows() -> dict[str, list[dict[str, object]]]:
    """Every row of the catalogue, without the ids, which a rollback may use up."""
    return {
        model._meta.label: list(model.objects.for_system("test").order_by("pk").values())
        for model in apps.get_app_config("catalogue").get_models()
    }


def counts(log) -> tuple[int, int, int, int]:
    return tuple(log.counts()[kind] for kind in Kind)


def test_the_rehearsal_changes_nothing_and_tells_line_for_line_what_the_real_run_does(editor):
    before = rows()
    rehearsed = store(editor, framework(), rehearsal=True)
    assert rows() == before and not rehearsed.applied
    real = store(editor, framework(), rehearsal=False)
    assert real.applied and real.lines() == rehearsed.lines()
    assert counts(real) == (1 + 3 + 2 + 3 + 2 + 2 + 3 + 1, 0, 0, 0)


def test_storing_twice_changes_nothing(editor):
    store(editor, framework(), rehearsal=False)
    before = rows()
    again = store(editor, framework(), rehearsal=False)
    assert counts(again)[:3] == (0, 0, 0)
    assert rows() == before


def test_everything_lands_where_it_belongs(editor, cast):
    store(editor, framework(), rehearsal=False)
    small = Framework.objects.get(code="small")
    assert (small.version, small.licence, small.scale.steps.count()) == ("1", "CC BY 4.0", 3)
    talk = Competence.objects.get(key="talk")
    assert [place.area.key for place in talk.placements.all()] == ["people"]
    assert Competence.objects.get(key="appeal").placements.get().broader.key == "law"
    words = set(talk.alt_labels.values_list("text", "unit", "ours"))
    fjord = cast.unit["fjord"].pk
    assert words == {
        ("MI", None, False),
        ("motiverende intervju", None, False),
        ("motprat", None, True),
        ("praten", fjord, False),
    }
    profile = Profile.objects.get(key="adviser")
    assert (profile.position, profile.others) == ("veileder", {"nb": ["rådgiver"]})
    law = Requirement.objects.get(competence__key="appeal")
    assert (law.reach, law.at_least, law.proof_asked, law.valid_from) == ("unit", 2, True, editor.day)


def test_who_may(cast):
    for role in ("employee", "leader", "county_adviser", "union_rep", "outsider"):
        with pytest.raises(OutOfReach):
            store(cast.viewer(role), framework(), rehearsal=True)
    assert store(cast.viewer("hr_admin"), framework(), rehearsal=True).entries


def test_a_changed_label_is_updated_and_what_the_file_does_not_say_is_left(editor):
    store(editor, framework(), rehearsal=False)
    Competence.objects.filter(key="law").update(label_nn="Forvaltningslova", about_nb="Skrevet her")
    store(editor, framework(TALK, replace(LAW, names={"nb": "Forvaltningsrett"}), APPEAL), rehearsal=False)
    law = Competence.objects.get(key="law")
    assert (law.label_nb, law.label_nn, law.about_nb) == ("Forvaltningsrett", "Forvaltningslova", "Skrevet her")
    assert law.key in {Competence.objects.get(pk=found.pk).key for found in topics_like("forvaltningsrett", "nb")}


def test_a_competence_a_new_edition_lacks_becomes_outdated_and_stays(editor):
    store(editor, framework(), rehearsal=False)
    Competence.objects.filter(key="law").update(replaced_by=Competence.objects.get(key="talk"))
    asked = Requirement.objects.get(competence__key="law")
    log = store(editor, framework(TALK), rehearsal=False)
    law = Competence.objects.get(key="law")
    assert (law.status, law.replaced_by.key) == ("outdated", "talk")
    assert {entry.key for entry in log.entries if entry.kind is Kind.END and entry.object_type == "Competence"} == {
        "law",
        "appeal",
    }
    assert Requirement.objects.get(pk=asked.pk).valid_to == editor.day + timedelta(days=1)
    assert not topics_like("forvaltningsloven", "nb")
    again = store(editor, framework(TALK), rehearsal=False)
    assert counts(again)[:3] == (0, 0, 0)


def test_additions_only_end_nothing(editor):
    store(editor, framework(), rehearsal=False)
    store(editor, framework(TALK), rehearsal=False, whole=False)
    assert set(Competence.objects.values_list("status", flat=True)) == {"published"}
    assert not Requirement.objects.exclude(valid_to=None)


def test_a_requirement_that_changes_keeps_its_row_and_its_past(editor, cast):
    store(editor, framework(), rehearsal=False)
    row = Requirement.objects.get(competence__key="talk")
    later = cast.viewer("directorate_adviser", day=editor.day + timedelta(days=30))
    draft = framework()
    harder = tuple(replace(each, level=3) if each.competence == "talk" else each for each in draft.requirements)
    log = store(later, replace(draft, requirements=harder), rehearsal=False)
    assert counts(log)[:3] == (0, 1, 0)
    now = Requirement.objects.get(pk=row.pk)
    past = Requirement.objects.exclude(pk=row.pk).get(competence__key="talk")
    assert (now.level, now.valid_from, now.valid_to) == (3, later.day, None)
    assert (past.level, past.valid_from, past.valid_to) == (2, editor.day, later.day)


def test_words_said_here_survive_a_new_edition(editor, cast):
    store(editor, framework(), rehearsal=False)
    talk = Competence.objects.get(key="talk")
    AltLabel.objects.create(competence=talk, language="nb", text="kaffeprat", ours=True)
    store(editor, framework(replace(TALK, alt_labels={"nb": ("MI",)}), LAW, APPEAL), rehearsal=False)
    assert set(talk.alt_labels.values_list("text", flat=True)) == {"MI", "motprat", "praten", "kaffeprat"}


def test_a_failure_on_the_way_leaves_nothing(editor, monkeypatch):
    before = rows()
    events = Event.objects.for_system("test").count()

    def fail(*args: object) -> None:
        raise RuntimeError("the disk is full")

    monkeypatch.setattr("sloyfe.modules.catalogue.storing.store_relations", fail)
    with pytest.raises(RuntimeError):
        store(editor, framework(), rehearsal=False)
    assert rows() == before and Event.objects.for_system("test").count() == events


def test_a_file_of_additions_cannot_close_a_circle_with_what_is_here(editor):
    store(editor, framework(), rehearsal=False)
    before = rows()
    under_its_child = replace(LAW, parents=("appeal",))
    draft = framework(under_its_child, APPEAL)
    additions = replace(draft, competences=(under_its_child,), problems=(), reported=())
    log = store(editor, additions, rehearsal=False, whole=False)
    assert log.stopped and not log.applied
    assert [problem.message for problem in log.problems] == [messages.CYCLE]
    assert rows() == before


def test_what_could_not_be_used_is_kept_whole_and_replaced_by_the_next_edition(editor):
    strange = d.DraftRequirement("adviser", "nowhere", 1, d.Strength.MUST, place=d.Place("krav.csv", row=7))
    draft = framework()
    store(editor, framework(requirements=(*draft.requirements, strange)), rehearsal=False)
    kept = ReportedRow.objects.get()
    assert (kept.file, kept.row, kept.values["competence"]) == ("krav.csv", 7, "nowhere")
    store(editor, framework(), rehearsal=False)
    assert not ReportedRow.objects.exists()


def test_a_unit_or_role_nobody_knows_is_said_and_the_rest_stored(editor):
    profile = d.DraftProfile("p", {"nb": "P"}, d.ProfileKind.ROLE, applies_to="kaptein")
    term = d.DraftTerm("ord", "talk", "nb", "u-atlantis")
    log = store(editor, framework(terms=(term,), profiles=(*framework().profiles, profile)), rehearsal=False)
    assert {problem.message for problem in log.problems} == {messages.UNKNOWN_UNIT, messages.UNKNOWN_APPLIES_TO}
    assert log.applied and Profile.objects.get(key="p").role is None


def test_a_file_without_framework_goes_where_it_is_told_or_nowhere(editor):
    store(editor, framework(), rehearsal=False)
    alone = replace(framework(TALK), framework=d.DraftFramework("", {}), scales=(), requirements=(), relations=())
    assert [each.message for each in store(editor, alone, rehearsal=False).problems] == [messages.WHICH_FRAMEWORK]
    into = Framework.objects.get()
    log = store(editor, replace(alone, competences=(replace(TALK, key="fresh"),), terms=()), into=into, rehearsal=False)
    assert log.applied and Competence.objects.get(key="fresh").framework == into
    assert Competence.objects.get(key="law").status == "published"


def test_a_local_term_is_found_under_both_names(editor):
    store(editor, framework(), rehearsal=False)
    talk = Competence.objects.get(key="talk").pk
    for typed in ("praten", "samtaleteknikk", "motiverende intervju", "samtaleteknikk"):
        assert topics_like(typed, "nb")[0].pk == talk, typed


def test_the_day_a_requirement_ends_is_after_it_began(editor):
    row = Requirement(valid_from=editor.day)
    assert requirements.last_day_after(row, editor.day) > row.valid_from
