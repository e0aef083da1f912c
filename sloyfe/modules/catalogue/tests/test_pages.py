"""The pages that show the catalogue: who sees what, how many questions they ask, and what they say."""

from __future__ import annotations

import pytest

from sloyfe.modules.catalogue.formats import draft as d
from sloyfe.modules.catalogue.models import Area, Competence, Framework, Profile, ReportedRow, Requirement
from sloyfe.modules.catalogue.storing import store
from sloyfe.modules.catalogue.tests.small import APPEAL, LAW, TALK, framework

pytestmark = pytest.mark.django_db


@pytest.fixture
def small(cast) -> Framework:
    old = d.DraftCompetence("old", d.Kind.SKILL, {"nb": "Stenografi"}, status=d.Status.OUTDATED, replaced_by="talk")
    unripe = d.DraftCompetence("unripe", d.Kind.SKILL, {"nb": "Telepati"}, parents=("people",), status=d.Status.DRAFT)
    store(cast.viewer("hr_admin"), framework(TALK, LAW, APPEAL, old, unripe), rehearsal=False)
    return Framework.objects.get(code="small")


def pages(small: Framework) -> dict[str, str]:
    """Every page that looks at one thing."""
    talk, profile = Competence.objects.get(key="talk"), Profile.objects.get(key="adviser")
    return {
        "catalogue": "/catalogue/",
        "search": "/catalogue/?q=samtale",
        "topics": "/catalogue/topics/?topic=samtale",
        "framework": f"/catalogue/frameworks/{small.pk}/",
        "area": f"/catalogue/areas/{Area.objects.get(key='people').pk}/",
        "competence": f"/catalogue/{talk.pk}/",
        "profiles": "/catalogue/profiles/",
        "profile": f"/catalogue/profiles/{profile.pk}/",
        "mine": "/me/requirements/",
    }


@pytest.mark.parametrize(
    "role", ["employee", "leader", "county_adviser", "directorate_adviser", "hr_admin", "union_rep"]
)
def test_everybody_who_works_here_may_look(as_role, small, role, django_assert_max_num_queries):
    client = as_role(role)
    for name, url in pages(small).items():
        with django_assert_max_num_queries(25):
            answer = client.get(url)
        assert answer.status_code == 200, name
        assert "UNDEFINED" not in answer.content.decode(), name


@pytest.mark.parametrize(("role", "status"), [("outsider", 403), ("anonymous", 302)])
def test_nobody_else_may(as_role, small, role, status):
    for name, url in pages(small).items():
        if name != "mine" or role == "anonymous":
            assert as_role(role).get(url).status_code == status, name


def test_what_is_not_there_and_wrong_methods(as_role, small):
    client = as_role("hr_admin")
    for url in (
        "/catalogue/999999/",
        "/catalogue/areas/999999/",
        "/catalogue/frameworks/999999/",
        "/catalogue/profiles/999999/",
        "/catalogue/999999/edit/",
        "/catalogue/exports/999999/",
        "/catalogue/frameworks/999999/reported/",
    ):
        assert client.get(url).status_code == 404, url
    for url in pages(small).values():
        assert client.post(url).status_code == 405, url
    assert client.post(f"/catalogue/frameworks/{small.pk}/export.exe").status_code == 404
    assert client.get(f"/catalogue/frameworks/{small.pk}/export.xlsx").status_code == 405


def test_a_competence_says_all_there_is_to_say(as_role, small):
    words = as_role("employee").get(f"/catalogue/{Competence.objects.get(key='talk').pk}/").content.decode()
    for told in (
        "Samtaleteknikk",
        "Conversation",
        "motiverende intervju",
        "praten",
        "Fjord",
        "motprat",
        "Å møte folk",
        "Øver med støtte",
        "Trinn 3",
        "Veileder",
        "Forvaltningsloven",
    ):
        assert told in words, told


def test_an_outdated_one_says_what_replaces_it_and_a_draft_is_for_editors(as_role, small):
    old, unripe = Competence.objects.get(key="old"), Competence.objects.get(key="unripe")
    assert "erstattet av" in as_role("employee").get(f"/catalogue/{old.pk}/").content.decode()
    assert as_role("employee").get(f"/catalogue/{unripe.pk}/").status_code == 404
    assert as_role("hr_admin").get(f"/catalogue/{unripe.pk}/").status_code == 200
    area = f"/catalogue/areas/{Area.objects.get(key='people').pk}/"
    assert "Telepati" not in as_role("employee").get(area).content.decode()
    assert "Telepati" in as_role("hr_admin").get(area).content.decode()


@pytest.mark.parametrize("typed", ["samtaleteknik", "Motprat", "praten", "conversation", "samtale teknikk"])
def test_searching_with_everyday_words(as_role, small, typed):
    client = as_role("employee")
    assert "Samtaleteknikk" in client.get("/catalogue/", {"q": typed}).content.decode()
    assert '<option value="Samtaleteknikk">' in client.get("/catalogue/topics/", {"topic": typed}).content.decode()


@pytest.mark.parametrize("typed", ["xyzzy", "%", "' OR 1=1 --", "<script>", "  ", "\x00", "å" * 5000, "ŧđŋ", "\u202e"])
def test_whatever_is_typed_is_a_search(as_role, small, typed):
    client = as_role("employee")
    for url in ("/catalogue/", "/catalogue/profiles/"):
        answer = client.get(url, {"q": typed, "page": typed})
        assert answer.status_code == 200 and "<script>" not in answer.content.decode().split("<body")[1]
    assert client.get("/catalogue/topics/", {"topic": typed}).status_code == 200


def test_htmx_is_given_the_list_alone(as_role, small):
    answer = as_role("employee").get("/catalogue/?q=samtale", headers={"HX-Request": "true"})
    assert "<html" not in answer.content.decode() and "Samtaleteknikk" in answer.content.decode()


def test_many_competences_come_a_page_at_a_time(as_role, small, django_assert_max_num_queries):
    area = Area.objects.get(key="people")
    rows = Competence.objects.bulk_create(
        Competence(framework=small, key=f"c{n}", label_nb=f"Emne {n:04}") for n in range(500)
    )
    area.placements.model.objects.bulk_create(area.placements.model(competence=row, area=area) for row in rows)
    client = as_role("employee")
    with django_assert_max_num_queries(25):
        page = client.get(f"/catalogue/areas/{area.pk}/?page=3").content.decode()
    assert "Emne 0100" in page and "Emne 0001" not in page


def test_my_requirements_are_the_union_each_with_where_it_comes_from(as_role, cast, small):
    unit = Profile.objects.create(key="fjord", kind="unit", unit=cast.unit["fjord"], label_nb="Fjord krever")
    every = Profile.objects.create(key="offices", kind="unit", unit_kind="office", label_nb="Alle kontor krever")
    talk, law = (Competence.objects.get(key=key) for key in ("talk", "law"))
    for profile, competence, strength in ((unit, talk, "should"), (every, law, "must")):
        Requirement.objects.create(
            profile=profile,
            competence=competence,
            strength=strength,
            source="office",
            valid_from=cast.unit["fjord"].valid_from,
        )
    words = as_role("employee").get("/me/requirements/").content.decode()
    assert words.count(">Samtaleteknikk</a>") == 1  # asked twice, said once
    for told in ("Veileder", "Fjord krever", "Alle kontor krever", "Virksomhetsplanen", "Trinn 2"):
        assert told in words, told
    assert "Klagebehandling" not in words  # asked of two in the office, not of each
    elsewhere = as_role("neighbour_employee").get("/me/requirements/").content.decode()
    assert "Fjord krever" not in elsewhere and "Alle kontor krever" in elsewhere
    adviser = as_role("county_adviser").get("/me/requirements/").content.decode()
    assert "Alle kontor krever" not in adviser


def test_reported_rows_are_shown_to_who_keeps_the_catalogue(as_role, small):
    ReportedRow.objects.create(
        framework=small,
        file="krav.csv",
        row=7,
        message="Level {value} is not on the scale.",
        params={"value": "9"},
        values={"Nivå": "9", "<b>": "x"},
    )
    url = f"/catalogue/frameworks/{small.pk}/reported/"
    words = as_role("hr_admin").get(url).content.decode()
    assert "Nivå 9 finnes ikke på skalaen" in words and "krav.csv, rad 7" in words and "<b>" not in words
    assert as_role("employee").get(url).status_code == 403


def test_a_draft_is_not_suggested(as_role, small):
    assert "Telepati" not in as_role("employee").get("/catalogue/topics/?topic=telepati").content.decode()
