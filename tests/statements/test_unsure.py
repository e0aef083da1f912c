"""«Usikker på»: nobody but the owner, and whoever she names herself, however the rows came to stand."""

from __future__ import annotations

import json

import pytest
from django.core.exceptions import ValidationError
from django.urls import reverse

from sloyfe.core.access import save_as
from sloyfe.core.audit.models import Event, Look
from sloyfe.core.jobs.models import Job
from sloyfe.core.search.ask import search
from sloyfe.core.search.models import Document
from sloyfe.modules.statements import actions
from sloyfe.modules.statements.index import KIND, index_everything, keep_findable
from sloyfe.modules.statements.models import Share, Statement

WORDS = "Tvangsmulkt ved gjeldsordning"
CIRCLES = ("leader", "office", "area", "county", "everyone")
PAGES = ("my-page", "ask", "people", "need-list", "organisation", "today", "my-requirements", "roles", "setup")


@pytest.fixture
def unsure(cast) -> Statement:
    return actions.say(cast.viewer("employee"), kind="unsure", words=WORDS)


@pytest.mark.parametrize("audience", CIRCLES)
def test_it_cannot_be_shared_with_a_circle_by_any_path(cast, unsure, audience):
    owner = cast.viewer("employee")
    with pytest.raises(ValidationError):
        actions.share(owner, unsure, audience=audience)
    with pytest.raises(ValidationError):
        save_as(owner, Share(statement=unsure, owner_id=owner.me, audience=audience), "own.page")
    with pytest.raises(ValidationError):
        actions.say(owner, kind="unsure", words="Mer", audiences=[audience])


@pytest.mark.parametrize("audience", CIRCLES)
def test_a_share_that_stands_all_the_same_opens_nothing(cast, unsure, audience):
    """A row written past the gates, or a statement that was something else when it was shared."""
    Share.objects.create(statement=unsure, owner=cast.person["employee"], audience=audience)
    for role in cast.person:
        mine = role == "employee"
        assert Statement.objects.for_viewer(cast.viewer(role)).filter(pk=unsure.pk).exists() == mine


def test_no_page_search_log_or_job_knows_it(cast, as_role, unsure):
    keep_findable(unsure)
    index_everything()
    assert not Document.objects.for_system("test").filter(kind__name=KIND).exists()
    assert search(WORDS, kinds=(KIND,), limit=10) == []
    for role in cast.person:
        if role == "employee":
            continue
        client = as_role(role)
        for name in PAGES:
            assert WORDS not in client.get(reverse(name)).content.decode()
        assert WORDS not in client.get(reverse("ask"), {"q": "tvang"}).content.decode()
        assert client.post(reverse("ask-turn-to", args=[unsure.pk])).status_code in (403, 404)
        assert client.get(reverse("my-share", args=[unsure.pk])).status_code in (403, 404)
    for model in (Event, Look, Job):
        assert WORDS not in json.dumps(list(model.objects.for_system("test").values()), default=str)


def test_the_one_she_names_sees_it_until_she_closes_it_or_leaves(cast, unsure):
    owner, named = cast.viewer("employee"), cast.viewer("deputy")
    share = actions.share(owner, unsure, audience="person", to_person=named.me)
    assert Statement.objects.for_viewer(named).filter(pk=unsure.pk).exists()
    actions.revoke(owner, share)
    assert not Statement.objects.for_viewer(named).filter(pk=unsure.pk).exists()
