"""A person is given a way in, chooses her own password with a link that works once, and can be shut out."""

from __future__ import annotations

import re

import pytest
from django.test import Client
from django.urls import reverse

from sloyfe.core.access import OutOfReach
from sloyfe.core.audit.models import Look
from sloyfe.modules.people import letting_in
from sloyfe.modules.people.models import User

PASSWORD = "en lang setning ingen gjetter"


@pytest.fixture
def newcomer(cast):
    User.objects.filter(person=cast.person["employee"]).delete()
    return cast.person["employee"]


def link_for(client, person, username="astrid@kontoret.example"):
    answer = client.post(reverse("let-in", args=[person.pk]), {"username": username})
    assert answer.status_code == 200 and answer["Cache-Control"] == "no-store"
    found = re.search(r'value="http://testserver(/welcome/[^"]+)"', answer.content.decode())
    assert found
    return found[1]


def choose(client, link):
    form = client.get(link, follow=True)
    where = form.redirect_chain[-1][0] if form.redirect_chain else link
    return client.post(where, {"new_password1": PASSWORD, "new_password2": PASSWORD})


def test_a_link_gives_a_password_of_her_own_and_works_once(cast, as_role, newcomer):
    link = link_for(as_role("hr_admin"), newcomer, " Astrid@Kontoret.example ")
    assert choose(Client(), link).url == reverse("sign-in")
    signed_in = Client()
    answer = signed_in.post("/sign-in/", {"username": "astrid@kontoret.example", "password": PASSWORD})
    assert answer.status_code == 302 and signed_in.get("/me/looks/").status_code == 200
    again = Client().get(link, follow=True)
    assert again.status_code == 200 and b"new_password1" not in again.content


def test_she_reads_who_made_the_link(cast, as_role, newcomer):
    link_for(as_role("hr_admin"), newcomer)
    looks = Look.objects.for_system("a test").filter(subject_id=newcomer.pk, page="sign-in-link")
    assert [look.looker_id for look in looks] == [cast.person["hr_admin"].pk]


def test_a_closed_sign_in_ends_what_is_open_and_a_new_link_opens_it(cast, as_role, newcomer):
    hr = as_role("hr_admin")
    choose(Client(), link_for(hr, newcomer))
    hers = Client()
    hers.post("/sign-in/", {"username": "astrid@kontoret.example", "password": PASSWORD})
    assert hr.post(reverse("shut-out", args=[newcomer.pk])).status_code == 302
    assert hers.get("/me/looks/").status_code == 302
    assert choose(Client(), link_for(hr, newcomer)).status_code == 302
    assert hers.post("/sign-in/", {"username": "astrid@kontoret.example", "password": PASSWORD}).status_code == 302


@pytest.mark.parametrize("role", ["leader", "county_adviser", "union_rep", "neighbour_employee"])
def test_only_those_who_keep_persons_may(cast, as_role, newcomer, role):
    for name in ("let-in", "shut-out"):
        assert as_role(role).post(reverse(name, args=[newcomer.pk]), {"username": "x"}).status_code == 403
    with pytest.raises(OutOfReach):
        letting_in.let_in(cast.viewer(role), newcomer, "x")
    assert not User.objects.filter(person=newcomer).exists()


@pytest.mark.parametrize("name", ["", "hr_admin", "HR_Admin", "x" * 10_000])
def test_a_user_name_that_cannot_be_is_refused(as_role, newcomer, name):
    answer = as_role("hr_admin").post(reverse("let-in", args=[newcomer.pk]), {"username": name})
    assert answer.status_code == 422
    assert not User.objects.filter(person=newcomer).exists()


@pytest.mark.parametrize("link", ["/welcome/x/y/", "/welcome/MQ/set-password/", "/welcome/%00/%00/"])
def test_a_link_that_is_none_says_so(client, db, link):
    answer = client.get(link)
    assert answer.status_code == 200 and b"new_password1" not in answer.content
