"""Changing the catalogue by hand: competences, local terms, profiles and what they ask."""

from __future__ import annotations

import pytest

from sloyfe.core.access import OutOfReach
from sloyfe.core.audit.models import Event
from sloyfe.modules.catalogue.actions import competences, requirements, terms
from sloyfe.modules.catalogue.models import AltLabel, Area, Competence, CoverAgreement, Framework, Profile, Requirement
from sloyfe.modules.catalogue.reads import competence_named, topics_like
from sloyfe.modules.catalogue.storing import store
from sloyfe.modules.catalogue.tests.small import framework

pytestmark = pytest.mark.django_db
NEW = {
    "label_nb": "Økonomisk rådgivning",
    "others_nb": "gjeld\nregninger\n\ngjeld",
    "kind": "skill",
    "status": "published",
}
ASKED = {"strength": "must", "source": "office", "level": "2", "at_least": "", "review_on": "2027-03-01"}
EVERYBODY = {
    "strength": "should",
    "level": None,
    "at_least": 1,
    "source": "office",
    "basis": "",
    "proof_asked": False,
    "review_on": None,
}


@pytest.fixture
def small(cast) -> Framework:
    store(cast.viewer("hr_admin"), framework(), rehearsal=False)
    return Framework.objects.get(code="small")


@pytest.fixture
def talk(small) -> Competence:
    return Competence.objects.get(key="talk")


@pytest.fixture
def fjord(small, cast) -> Profile:
    return Profile.objects.create(key="fjord", kind="unit", unit=cast.unit["fjord"], label_nb="Fjord")


def verbs() -> list[str]:
    return list(Event.objects.for_system("test").order_by("pk").values_list("verb", flat=True))


# --- competences -----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("role", "status"),
    [("hr_admin", 200), ("directorate_adviser", 200), ("leader", 403), ("county_adviser", 403), ("employee", 403)],
)
def test_who_may_edit(as_role, small, talk, role, status):
    client = as_role(role)
    for url in (
        f"/catalogue/frameworks/{small.pk}/new/",
        f"/catalogue/{talk.pk}/edit/",
        f"/catalogue/{talk.pk}/levels/",
    ):
        assert client.get(url).status_code == status, url
        if status == 403:
            assert client.post(url, NEW).status_code == 403


def test_a_new_competence_is_found_at_once_by_every_word(as_role, small):
    client = as_role("directorate_adviser")
    assert client.get("/catalogue/new/").status_code == 302  # one framework: no need to choose
    people = Area.objects.get(key="people")
    answer = client.post(f"/catalogue/frameworks/{small.pk}/new/", {**NEW, "areas": [people.pk]})
    row = Competence.objects.get(label_nb="Økonomisk rådgivning")
    assert answer.url == f"/catalogue/{row.pk}/" and row.key == "okonomisk-radgivning"
    assert set(row.alt_labels.values_list("text", "ours")) == {("gjeld", True), ("regninger", True)}
    for typed in ("økonomisk rådgivning", "ØKONOMISK RÅDGIVNING", "Gjeld"):
        assert competence_named(typed) == row.pk, typed
    assert "competence.made" in verbs()


def test_changing_keeps_local_terms_and_moves_between_areas(as_role, talk, cast):
    everything = Area.objects.get(key="all")
    fields = {
        "label_nb": "Samtale",
        "label_nn": "Samtale",
        "others_nb": "MI",
        "kind": "skill",
        "status": "published",
        "replaced_by": "",
        "areas": [everything.pk],
    }
    as_role("hr_admin").post(f"/catalogue/{talk.pk}/edit/", fields)
    talk.refresh_from_db()
    assert (talk.label_nb, talk.label_en) == ("Samtale", "")
    assert set(talk.alt_labels.values_list("text", flat=True)) == {"MI", "praten"}
    assert [place.area for place in talk.placements.all()] == [everything]
    assert topics_like("samtale", "nb")[0].pk == talk.pk and competence_named("Samtaleteknikk") is None


def test_taking_out_of_use_and_pointing_on(as_role, talk):
    law = Competence.objects.get(key="law")
    fields = {"label_nb": "Forvaltningsloven", "status": "outdated", "replaced_by": "samtaleteknikk"}
    assert as_role("hr_admin").post(f"/catalogue/{law.pk}/edit/", fields).status_code == 302
    law.refresh_from_db()
    assert law.replaced_by == talk and competence_named("Forvaltningsloven") is None


def test_nothing_is_replaced_by_itself(as_role, talk):
    law = Competence.objects.get(key="law")
    Competence.objects.filter(pk=law.pk).update(replaced_by=talk)
    fields = {"label_nb": "Samtaleteknikk", "status": "published", "replaced_by": "Forvaltningsloven"}
    answer = as_role("hr_admin").post(f"/catalogue/{talk.pk}/edit/", fields)
    assert answer.status_code == 422 and "i ring" in answer.content.decode()
    assert Competence.objects.get(pk=talk.pk).replaced_by is None


@pytest.mark.parametrize(
    "fields",
    [
        {},
        {"label_nb": ""},
        {**NEW, "label_nb": "x" * 501},
        {**NEW, "kind": "magic"},
        {**NEW, "status": "dead"},
        {**NEW, "others_nb": "x" * 501},
        {**NEW, "others_nb": "\n".join(map(str, range(99)))},
        {**NEW, "areas": ["999"]},
        {**NEW, "areas": ["x"]},
        {**NEW, "replaced_by": "finnes ikke"},
        {**NEW, "about_nb": "x" * 5001},
    ],
)
def test_what_cannot_be_saved_says_so_and_changes_nothing(as_role, small, talk, fields):
    before = list(Competence.objects.order_by("pk").values())
    client = as_role("hr_admin")
    assert client.post(f"/catalogue/frameworks/{small.pk}/new/", fields).status_code == 422
    assert client.post(f"/catalogue/{talk.pk}/edit/", fields).status_code == 422
    assert list(Competence.objects.order_by("pk").values()) == before


def test_levels_in_words_of_its_own(as_role, talk):
    fields = {"level_1_nb": "", "level_2_nb": "Klarer det meste", "level_3_nn": "Rettleier andre"}
    as_role("hr_admin").post(f"/catalogue/{talk.pk}/levels/", fields)
    told = dict(talk.wordings.values_list("level", "about_nb"))
    assert told == {2: "Klarer det meste", 3: ""}


# --- local terms -----------------------------------------------------------------------------------------


def test_a_leader_says_what_the_office_calls_it_and_it_is_found(as_role, talk, cast):
    client, url = as_role("leader"), f"/catalogue/{talk.pk}/words/"
    assert "Vi kaller det noe annet" in client.get(f"/catalogue/{talk.pk}/").content.decode()
    fields = {"text": "Kaffepraten", "language": "nb", "unit": cast.unit["fjord"].pk}
    assert client.post(url, fields).status_code == 302
    assert competence_named("kaffepraten") == talk.pk == competence_named("samtaleteknikk")
    assert client.post(url, fields).status_code == 422  # there already
    term = AltLabel.objects.get(text="Kaffepraten")
    assert as_role("neighbour_leader").post(f"/catalogue/words/{term.pk}/remove/").status_code == 403
    assert client.post(f"/catalogue/words/{term.pk}/remove/").status_code == 302
    assert competence_named("kaffepraten") is None
    assert verbs()[-2:] == ["term.added", "term.removed"]


@pytest.mark.parametrize("unit", ["vik", "county", "fjord"])
def test_nobody_speaks_for_another_office(cast, talk, unit):
    where = cast.unit[unit].pk
    for role in {"employee", "resource_person", "union_rep"} | ({"leader"} if unit != "fjord" else set()):
        with pytest.raises(OutOfReach):
            terms.add_term(cast.viewer(role), talk, text="ord", language="nb", unit_id=where)
    with pytest.raises(OutOfReach):
        terms.add_term(cast.viewer("leader"), talk, text="ord", language="nb", unit_id=None)


def test_a_framework_s_own_word_is_not_taken_away_as_a_term(as_role, talk):
    word = AltLabel.objects.get(text="MI")
    assert as_role("hr_admin").post(f"/catalogue/words/{word.pk}/remove/").status_code == 404


def test_a_word_for_an_office_out_of_reach_is_no_choice(as_role, talk, cast):
    fields = {"text": "ord", "language": "nb", "unit": cast.unit["vik"].pk}
    assert as_role("leader").post(f"/catalogue/{talk.pk}/words/", fields).status_code == 422
    assert as_role("employee").post(f"/catalogue/{talk.pk}/words/", fields).status_code == 422


# --- requirements ----------------------------------------------------------------------------------------


def test_a_leader_sets_requirements_for_her_office(as_role, talk, fjord):
    client = as_role("leader")
    answer = client.post(
        f"/catalogue/profiles/{fjord.pk}/ask/", {**ASKED, "competence": "samtaleteknikk", "reach": "each"}
    )
    assert answer.status_code == 302, answer.content.decode()
    row = fjord.requirements.get()
    assert (row.competence, row.level, row.strength, row.at_least) == (talk, 2, "must", 1)
    again = client.post(f"/catalogue/profiles/{fjord.pk}/ask/", {**ASKED, "competence": "MI", "reach": "each"})
    assert again.status_code == 422 and fjord.requirements.count() == 1
    assert client.post(f"/catalogue/requirements/{row.pk}/", {**ASKED, "strength": "may"}).status_code == 302
    assert client.post(f"/catalogue/requirements/{row.pk}/end/").status_code == 302
    row.refresh_from_db()
    assert row.strength == "may" and row.valid_to is not None
    assert verbs()[-3:] == ["requirement.set", "requirement.changed", "requirement.ended"]


@pytest.mark.parametrize(
    ("role", "own", "national"),
    [
        ("leader", True, False),
        ("state_leader", True, False),
        ("county_adviser", True, False),
        ("directorate_adviser", True, True),
        ("neighbour_leader", False, False),
    ],
)
def test_how_far_one_may_set_requirements(as_role, cast, small, talk, fjord, role, own, national):
    viewer = cast.viewer(role)
    adviser = Profile.objects.get(key="adviser")
    for profile, may in ((fjord, own), (adviser, national)):
        if may:
            requirements.ask_for(viewer, profile, talk, reach="unit", values=EVERYBODY)
        else:
            with pytest.raises(OutOfReach):
                requirements.ask_for(viewer, profile, talk, reach="unit", values=EVERYBODY)
        assert as_role(role).get(f"/catalogue/profiles/{profile.pk}/ask/").status_code == (200 if may else 403)
    asked = Requirement.objects.filter(profile=adviser).first()
    assert as_role(role).get(f"/catalogue/requirements/{asked.pk}/").status_code == (200 if national else 404)


@pytest.mark.parametrize("role", ["employee", "hr_admin", "union_rep", "resource_person"])
def test_others_set_no_requirements(as_role, cast, talk, fjord, role):
    for url in (
        "/catalogue/profiles/new/",
        f"/catalogue/profiles/{fjord.pk}/ask/",
        f"/catalogue/profiles/{fjord.pk}/edit/",
    ):
        assert as_role(role).get(url).status_code == 403, url
    with pytest.raises(OutOfReach):
        requirements.ask_for(cast.viewer(role), fjord, talk, reach="each", values=EVERYBODY)


def test_what_was_asked_is_kept_and_agreements_follow_what_is_asked_now(cast, talk, fjord):
    leader = cast.viewer("leader")
    row = requirements.ask_for(
        cast.viewer("leader", day=fjord.unit.valid_from), fjord, talk, reach="unit", values=EVERYBODY
    )
    agreed = CoverAgreement.objects.create(
        requirement=row, unit=cast.unit["fjord"], by_unit=cast.unit["vik"], valid_from=leader.day
    )
    requirements.change_requirement(leader, row, {**EVERYBODY, "at_least": 3})
    past = Requirement.objects.exclude(pk=row.pk).get(profile=fjord)
    assert (past.at_least, past.valid_to) == (1, leader.day)
    now = CoverAgreement.objects.for_system("test").get(pk=agreed.pk).requirement
    assert (now.at_least, now.valid_from, now.valid_to) == (3, leader.day, None)


def test_ended_and_asked_again_the_same_day(cast, talk, fjord):
    leader = cast.viewer("leader")
    row = requirements.ask_for(leader, fjord, talk, reach="each", values=EVERYBODY)
    requirements.end_requirement(leader, row)
    tomorrow = cast.viewer("leader", day=row.valid_to)
    again = requirements.ask_for(tomorrow, fjord, talk, reach="each", values=EVERYBODY)
    assert again.pk != row.pk and Requirement.objects.on(row.valid_to).filter(profile=fjord).get() == again


def test_profiles_are_made_within_reach(as_role, cast, small):
    client = as_role("leader")
    mine = {"label_nb": "Vi på Fjord", "kind": "unit", "unit": cast.unit["fjord"].pk}
    assert client.post("/catalogue/profiles/new/", mine).status_code == 302
    made = Profile.objects.get(label_nb="Vi på Fjord")
    assert made.unit == cast.unit["fjord"] and made.framework is None
    for wrong in (
        {**mine, "unit": cast.unit["vik"].pk},
        {**mine, "kind": "position", "position": "veileder"},
        {**mine, "label_nb": ""},
        {**mine, "unit": ""},
    ):
        assert client.post("/catalogue/profiles/new/", wrong).status_code == 422, wrong
    national = {"label_nb": "Alle kontor", "kind": "unit", "unit_kind": "office"}
    assert as_role("directorate_adviser").post("/catalogue/profiles/new/", national).status_code == 302
    with pytest.raises(OutOfReach):
        requirements.save_profile(
            cast.viewer("leader"),
            made,
            {name: "" for name in requirements.COLUMNS}
            | {"kind": "position", "unit": None, "role": None, "label_nb": "x"},
        )


@pytest.mark.parametrize(
    "fields",
    [
        {},
        {"strength": "shall"},
        {"at_least": "0"},
        {"at_least": "201"},
        {"level": "77"},
        {"source": "king"},
        {"review_on": "32.13.2026"},
        {"basis": "x" * 301},
    ],
)
def test_a_requirement_that_makes_no_sense_is_not_saved(as_role, talk, fjord, fields):
    url = f"/catalogue/profiles/{fjord.pk}/ask/"
    whole = {**ASKED, "competence": "samtaleteknikk", "reach": "unit", **fields} if fields else {}
    assert as_role("leader").post(url, whole).status_code == 422
    assert not fjord.requirements.exists()


def test_actions_ask_themselves_who_may(cast, small, talk):
    for role in ("employee", "leader", "county_adviser"):
        with pytest.raises(OutOfReach):
            competences.word_levels(cast.viewer(role), talk, {1: {"nb": "x"}})
        with pytest.raises(OutOfReach):
            competences.make(cast.viewer(role), small, values={}, areas=(), others={}, replaced_by=None)
