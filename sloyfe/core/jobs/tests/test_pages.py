"""The page of a job: whose it is, what it says, how it moves and how it is stopped, with htmx and without."""

import pytest
from django.db import transaction
from django.test import Client
from django.urls import reverse

from sloyfe.core.jobs import claims
from sloyfe.core.jobs.actions import order
from sloyfe.core.jobs.models import Job
from sloyfe.core.jobs.refusal import Refused
from sloyfe.core.jobs.worker import do_waiting

pytestmark = pytest.mark.django_db
HTMX = {"HX-Request": "true"}


@pytest.fixture
def job(cast, kind):
    @kind
    def finish(context):
        with transaction.atomic():
            context.finish(context.payload)

    return order(cast.viewer("leader"), "test", {"url": "/the/answer/"})


@pytest.fixture
def address(job):
    return reverse("job", args=[job.pk])


def test_only_the_owner_finds_it(as_role, address, job):
    assert as_role("leader").get(address).status_code == 200
    for role in ("deputy", "hr_admin", "union_rep", "employee"):
        assert as_role(role).get(address).status_code == 404
        assert as_role(role).post(reverse("job-stop", args=[job.pk])).status_code == 404
    assert as_role("anonymous").get(address).status_code == 302
    assert as_role("leader").get(reverse("job", args=[10**30])).status_code == 404


def test_it_moves_by_htmx_and_by_a_link(as_role, address, job):
    leader = as_role("leader")
    whole = leader.get(address)
    assert "<html" in whole.text
    assert f'href="{address}"' in whole.text
    assert "HX-Request" in whole["Vary"]
    assert "no-store" in whole["Cache-Control"]
    claimed = claims.claim("one")
    claims.beat(claimed, 40, "Reading row {row}", {"row": "<b>7</b>"})
    assert leader.get(address + "?seen=waiting", headers=HTMX).headers["HX-Refresh"] == "true"
    part = leader.get(address + "?seen=running", headers=HTMX)
    assert "<html" not in part.text
    assert "<button" not in part.text, "a button that is swapped every second loses its focus"
    assert 'data-hx-trigger="every 1s"' in part.text
    assert 'value="40"' in part.text
    assert "Reading row &lt;b&gt;7&lt;/b&gt;" in part.text


def test_a_screen_reader_hears_new_words_once(as_role, address, job):
    leader = as_role("leader")
    claims.claim("one")
    first = leader.get(address + "?seen=running&said=0", headers=HTMX).text
    assert 'id="live" data-hx-swap-oob' in first
    following = first.split('data-hx-get="')[1].split('"')[0].replace("&amp;", "&")
    assert 'id="live"' not in leader.get(following, headers=HTMX).text


def test_when_it_is_done_one_stands_at_the_answer(as_role, address, job):
    do_waiting()
    leader = as_role("leader")
    assert leader.get(address).headers["Location"] == "/the/answer/"
    assert leader.get(address, headers=HTMX).headers["HX-Redirect"] == "/the/answer/"


@pytest.mark.parametrize(
    "url",
    ["https://elsewhere.example/", "//elsewhere.example/", "/\\elsewhere.example", "javascript:alert(1)"],
)
def test_an_answer_never_stands_elsewhere(cast, as_role, job, url):
    other = order(cast.viewer("leader"), "test", {"url": url})
    do_waiting()
    page = as_role("leader").get(reverse("job", args=[other.pk]))
    assert page.status_code == 200
    assert "data-hx-trigger" not in page.text
    assert "elsewhere" not in page.text


def test_what_went_wrong_is_said_and_the_page_stands_still(cast, as_role, kind, job):
    def fall(context):
        raise Refused("The file {name} is empty.", name="<script>")

    kind(fall)
    do_waiting()
    leader, address = as_role("leader"), reverse("job", args=[job.pk])
    page = leader.get(address)
    assert "The file &lt;script&gt; is empty." in page.text
    assert "data-hx-trigger" not in page.text
    assert leader.get(address, headers=HTMX).headers["HX-Refresh"] == "true"


def test_stopping_is_a_form_that_needs_its_token(cast, as_role, address, job):
    leader = as_role("leader")
    assert leader.get(reverse("job-stop", args=[job.pk])).status_code == 405
    strict = Client(enforce_csrf_checks=True)
    strict.cookies = leader.cookies
    assert strict.post(reverse("job-stop", args=[job.pk])).status_code == 403
    claims.claim("one")
    answer = leader.post(reverse("job-stop", args=[job.pk]))
    assert answer.headers["Location"] == address
    assert Job.objects.for_system("the test looks").get().state == Job.State.STOPPING
    page = leader.get(address).text
    assert reverse("job-stop", args=[job.pk]) not in page


def test_a_job_stopped_before_it_began_says_so(as_role, address, job):
    leader = as_role("leader")
    leader.post(reverse("job-stop", args=[job.pk]))
    page = leader.get(address)
    assert page.status_code == 200
    assert "data-hx-trigger" not in page.text
