"""A round: what it is for, who must be heard, when it may open, and what stands from then on."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from django.core.exceptions import ValidationError

from sloyfe.core.access import OutOfReach
from sloyfe.core.audit.models import Event
from sloyfe.modules.assessment import actions, reads
from sloyfe.modules.assessment.daily import new_day
from sloyfe.modules.assessment.models import Heard, Participation, Round
from sloyfe.modules.assessment.parties import parties
from sloyfe.modules.assessment.purposes import word_of_pay_or_selection
from sloyfe.modules.people.models import Affiliation, Employer, RoleHolding
from tests.assessment.rounds import draft, hear_all, opened_round
from tests.cast import DAY, START

pytestmark = pytest.mark.django_db


@pytest.fixture
def admin(cast):
    return cast.viewer("hr_admin")


@pytest.fixture
def opened(cast, admin):
    return opened_round(cast, admin)


def test_every_employer_and_the_safety_representative_must_be_heard(cast, admin):
    round_ = actions.write_round(admin, draft(cast))
    asked = parties(admin, round_)
    assert [party.party for party in asked] == ["union", "union", "safety"]
    assert {party.employer_id for party in asked[:2]} == {cast.employer["state"].pk, cast.employer["sund"].pk}
    assert len(actions.not_ready(admin, round_)) == 3
    with pytest.raises(ValidationError):
        actions.open_round(admin, round_)
    hear_all(admin, round_)
    assert actions.open_round(admin, round_).state == "open"
    assert (round_.k_min, round_.side_min) == (5, 3)


@pytest.mark.parametrize("left_out", [0, 1, 2])
def test_it_does_not_open_while_one_has_not_been_heard(cast, admin, left_out):
    round_ = actions.write_round(admin, draft(cast))
    hear_all(admin, round_)
    heard = parties(admin, round_)[left_out].heard
    heard.outcome = ""
    actions.hear(admin, heard)
    with pytest.raises(ValidationError):
        actions.open_round(admin, round_)
    assert reads.rounds(admin).get(pk=round_.pk).state == "draft"


def test_disagreement_waits_for_an_answer(cast, admin):
    round_ = actions.write_round(admin, draft(cast))
    hear_all(admin, round_, disagreement="For kort frist.")
    assert len(actions.not_ready(admin, round_)) == 3
    hear_all(admin, round_, disagreement="For kort frist.", answer="Vi gir en uke til.")
    assert not actions.not_ready(admin, round_)


def test_what_they_did_not_agree_on_is_not_struck_out(cast, admin):
    round_ = actions.write_round(admin, draft(cast))
    hear_all(admin, round_, disagreement="For kort frist.")
    with pytest.raises(ValidationError, match="blir stående"):
        hear_all(admin, round_, disagreement="")
    assert {party.heard.disagreement for party in parties(admin, round_)} == {"For kort frist."}
    assert len(actions.not_ready(admin, round_)) == 3


def test_nobody_has_met_about_a_change_before_it_was_made(cast):
    first, later = (cast.viewer("hr_admin", day=DAY + timedelta(days=days)) for days in (0, 3))
    round_ = actions.write_round(first, draft(cast))
    hear_all(first, round_, held_on=DAY - timedelta(days=5))  # they may well have met before it was written here
    round_.purpose = "Noe helt annet."
    actions.write_round(later, round_)
    with pytest.raises(ValidationError, match="ikke møttes om det før"):
        hear_all(later, round_, held_on=DAY + timedelta(days=2), outcome="Enige også i det nye.")
    hear_all(later, round_, outcome="Enige også i det nye.")
    assert not actions.not_ready(later, round_)


def test_a_meeting_that_has_not_been_held_has_no_outcome(cast, admin):
    round_ = actions.write_round(admin, draft(cast))
    with pytest.raises(ValidationError):
        hear_all(admin, round_, held_on=DAY + timedelta(days=2))
    hear_all(admin, round_, held_on=DAY + timedelta(days=2), outcome="")
    assert len(actions.not_ready(admin, round_)) == 3


def test_what_is_changed_after_the_meeting_is_heard_again(cast, admin):
    round_ = actions.write_round(admin, draft(cast))
    hear_all(admin, round_)
    round_.title = "Et bedre navn"
    actions.write_round(admin, round_)
    assert not actions.not_ready(admin, round_)
    round_.purpose = "Noe helt annet."
    actions.write_round(admin, round_)
    assert len(actions.not_ready(admin, round_)) == 3
    with pytest.raises(ValidationError):  # what they said of the old purpose is no answer to the new
        hear_all(admin, round_)
    hear_all(admin, round_, outcome="Enige også i det nye.")
    assert not actions.not_ready(admin, round_)


def test_a_round_for_one_line_asks_that_lines_employer(cast):
    leader = cast.viewer("state_leader")
    round_ = actions.write_round(leader, draft(cast, line="state"))
    assert [party.employer_id for party in parties(leader, round_)] == [cast.employer["state"].pk, None]


def test_a_leader_maps_her_own_line_in_her_own_unit_only(cast):
    leader = cast.viewer("state_leader")
    for wrong in (draft(cast), draft(cast, line="municipal"), draft(cast, unit="vik", line="state")):
        with pytest.raises(OutOfReach):
            actions.write_round(leader, wrong)
    for role in ("employee", "county_adviser", "union_rep", "deputy"):
        with pytest.raises(OutOfReach):
            actions.write_round(cast.viewer(role), draft(cast, line="municipal"))
    assert not Round.objects.for_system("a test looks").exists()


def test_what_people_were_told_stands_when_it_has_opened(cast, admin, opened):
    opened.purpose = "Noe annet"
    with pytest.raises(ValidationError):
        actions.write_round(admin, opened)
    for act in (actions.discard, actions.open_round):
        with pytest.raises(ValidationError):
            act(admin, opened)
    heard = Heard.objects.for_viewer(admin, "round.edit").filter(round=opened).first()
    with pytest.raises(ValidationError):
        actions.hear(admin, heard)


@pytest.mark.parametrize(
    "words",
    ["Grunnlag for lønnsoppgjøret", "Utvelgelseskrets ved nedbemanning", "Til bruk ved oppseiing", "Pay review",
     "Redundancy", "LØNN", "rangering av kontor", "Årslønn", "Individuell avlønning", "Lønsplassering", "Årsløn",
     "Bemanningsreduksjon", "Overtalige", "Utvelgelse av ansatte", "Hvem som må gå", "Kven som skal gå", "Sagt opp",
     "Seie  opp", "Sluttpakker", "Stillingskutt", "Færre tilsette", "Lokale forhandlinger", "Payroll", "Remuneration",
     "Severance", "Downsizing", "Laid\noff", "Dismiss", "Who must go", "l ø n n", "L.Ø.N.N", "l-ø-n-n", "lø\u00adnn",
     "lø\u2060nn", "l0nn", "loenn", "ｓａｌａｒｙ", "s\u0430lary", "Hvem som skal slutte",
     "Hvem som presterer dårligst", "Hvem vi kan klare oss uten", "Egnet til omplassering", "Karaktersette de ansatte"],
)  # fmt: skip
def test_pay_and_selection_are_no_purposes(cast, admin, words):
    assert word_of_pay_or_selection(words)
    with pytest.raises(ValidationError):
        actions.write_round(admin, draft(cast, purpose=words))


@pytest.mark.parametrize(
    "words",
    [
        "Vi vil bli bedre på å øve",
        "Belønne forsøk",
        "Repay trust",
        "Oppslag",
        "",
        "Lønnstilskudd og løna arbeid",
        "De som er i permisjon",
        "Utvelgelse av temaer",
        "0 til 5 år",
        "A, b, c og d",
    ],
)
def test_other_words_are_let_through(words):
    assert not word_of_pay_or_selection(words)


def test_answers_are_not_kept_longer_than_policy_says(cast, admin):
    days = {"closes_on": DAY + timedelta(days=10), "delete_on": DAY + timedelta(days=741)}
    with pytest.raises(ValidationError):
        actions.write_round(admin, draft(cast, **days))
    assert actions.write_round(admin, draft(cast, **days | {"delete_on": DAY + timedelta(days=740)})).pk


@pytest.mark.parametrize(
    ("role", "reached"),
    [("employee", True), ("state_employee", True), ("neighbour_employee", False), ("county_adviser", False)],
)
def test_it_reaches_those_who_work_there(cast, opened, role, reached):
    assert (opened in reads.open_to(cast.viewer(role))) is reached


def test_it_is_not_open_to_those_whose_union_was_not_heard(cast, opened):
    late = Employer.objects.create(name="Kom senere", line="municipal", unit=cast.unit["sund"])
    Affiliation.objects.for_system("a test").filter(person=cast.person["employee"]).update(employer=late)
    assert reads.open_to(cast.viewer("employee")) == []
    assert reads.open_to(cast.viewer("state_employee")) == [opened]


def test_a_role_speaks_where_it_is_held(cast, opened):
    """A union representative at Fjord who is safety representative at Vik does not speak for safety at Fjord."""
    kind, vik = cast.kind["safety_rep"], cast.unit["vik"]
    RoleHolding.objects.create(person=cast.person["union_rep"], kind=kind, unit=vik, valid_from=START)
    found = reads.own_words_open(cast.viewer("union_rep"), opened)
    assert [row.party for row in found] == ["union"]


def test_it_is_open_from_its_first_day_to_its_last(cast, opened):
    inside = (opened.opens_on, opened.closes_on)
    outside = (opened.opens_on - timedelta(days=1), opened.closes_on + timedelta(days=1))
    assert all(reads.open_to(cast.viewer("employee", day=day)) for day in inside)
    assert not any(reads.open_to(cast.viewer("employee", day=day)) for day in outside)


def test_beginning_is_hers_alone_and_done_once(cast, opened):
    me = cast.viewer("employee")
    actions.begin(me, opened)
    actions.begin(me, opened)
    assert reads.begun(me, opened)
    for role in cast.person:
        rows = Participation.objects.for_viewer(cast.viewer(role), "own.page").filter(person=me.person_id)
        assert rows.exists() is (role == "employee"), role
    with pytest.raises(OutOfReach):
        actions.begin(cast.viewer("neighbour_employee"), opened)


def test_the_parties_add_their_own_words_and_only_their_own(cast, opened):
    union, safety = cast.viewer("union_rep"), cast.viewer("safety_rep")
    rows = {row.party: row for row in reads.own_words_open(union, opened)}
    assert [(row.party, row.employer_id) for row in rows.values()] == [("union", cast.employer["sund"].pk)]
    assert [row.party for row in reads.own_words_open(safety, opened)] == ["safety"]
    actions.add_own_words(union, rows["union"], "Vi ble hørt sent.")
    with pytest.raises(OutOfReach):
        actions.add_own_words(safety, rows["union"], "Nei.")
    assert reads.own_words_open(cast.viewer("hr_admin"), opened) == []
    seen = Heard.objects.for_viewer(cast.viewer("employee"), "round.view").get(pk=rows["union"].pk)
    assert seen.own_words == "Vi ble hørt sent."


def test_the_day_closes_and_ends_rounds_by_itself(cast, opened):
    actions.begin(cast.viewer("employee"), opened)
    rows = Round.objects.for_system("a test looks")
    for day, state in (
        (opened.closes_on, "open"),
        (opened.closes_on + timedelta(days=1), "closed"),
        (opened.delete_on - timedelta(days=1), "closed"),
        (opened.delete_on, "deleted"),
        (opened.delete_on, "deleted"),
    ):
        new_day(day)
        assert rows.get(pk=opened.pk).state == state, day
    assert not Participation.objects.for_system("a test looks").exists()
    assert Event.objects.for_system("a test looks").filter(verb="round.deleted").count() == 1


def test_a_round_may_be_closed_early_and_then_nobody_begins(cast, admin, opened):
    actions.close_round(admin, opened)
    assert opened.closes_on == DAY
    assert reads.open_to(cast.viewer("employee")) == []
    with pytest.raises(ValidationError):
        actions.close_round(admin, opened)


def test_a_draft_can_be_discarded(cast, admin):
    round_ = actions.write_round(admin, draft(cast))
    hear_all(admin, round_)
    actions.discard(admin, round_)
    assert not Round.objects.for_system("a test looks").exists()
    assert not Heard.objects.for_system("a test looks").exists()


def test_days_that_have_passed_do_not_open(cast, admin):
    past = {"opens_on": date(2026, 1, 1), "closes_on": date(2026, 2, 1), "delete_on": date(2026, 12, 1)}
    round_ = actions.write_round(admin, draft(cast, **past))
    hear_all(admin, round_)
    with pytest.raises(ValidationError):
        actions.open_round(admin, round_)


def test_a_round_for_the_state_does_not_reach_those_the_municipality_employs(cast, admin):
    for unit in ("directorate", "county", "fjord"):
        round_ = opened_round(cast, admin, unit=unit, line="state")
        assert reads.open_to(cast.viewer("state_employee")) == [round_]
        assert reads.open_to(cast.viewer("employee")) == []
        actions.close_round(admin, round_)


def test_a_round_for_both_lines_hears_every_employer_it_reaches(cast, admin):
    round_ = actions.write_round(admin, draft(cast, unit="directorate"))
    heard = {party.employer_id for party in parties(admin, round_)}
    assert heard == {None, *(cast.employer[name].pk for name in ("state", "sund", "nes"))}
    hear_all(admin, round_)
    actions.open_round(admin, round_)
    for role in ("employee", "neighbour_employee", "state_employee", "county_adviser", "hr_admin"):
        assert reads.open_to(cast.viewer(role)) == [round_], role
    assert reads.open_to(cast.viewer("outsider")) == []


def test_the_leader_of_a_county_does_not_map_those_the_municipalities_employ(cast):
    kind = cast.kind["leader"]
    RoleHolding.objects.create(
        person=cast.person["county_adviser"], kind=kind, unit=cast.unit["county"], line="", valid_from=START
    )
    head = cast.viewer("county_adviser")
    with pytest.raises(OutOfReach):
        actions.write_round(head, draft(cast, unit="county"))
    assert actions.write_round(head, draft(cast, unit="county", line="state")).pk
    neighbour = cast.viewer("neighbour_leader")  # leads her office on both lines
    assert actions.write_round(neighbour, draft(cast, unit="vik")).pk


def test_a_party_sees_what_it_is_called_to_until_the_round_opens(cast, admin):
    round_ = actions.write_round(admin, draft(cast))
    hear_all(admin, round_, held_on=DAY + timedelta(days=3), outcome="")
    assert [row.round_id for row in reads.calling(cast.viewer("union_rep"))] == [round_.pk]
    assert [row.party for row in reads.calling(cast.viewer("safety_rep"))] == ["safety"]
    assert reads.calling(cast.viewer("leader")) == []
    hear_all(admin, round_)
    actions.open_round(admin, round_)
    assert reads.calling(cast.viewer("union_rep")) == []


def test_the_database_rules_are_asked_about_together_and_told_one_by_one(cast, django_assert_num_queries):
    row = draft(cast)
    with django_assert_num_queries(3):  # in a savepoint of its own
        row.validate_constraints()
    row.delete_on = row.opens_on
    with pytest.raises(ValidationError) as refused:
        row.validate_constraints()
    assert "assessment_round_days_in_order" in str(refused.value)
    assert "opens_with_its_limits" not in str(refused.value)
    row.validate_constraints(exclude={"delete_on"})
