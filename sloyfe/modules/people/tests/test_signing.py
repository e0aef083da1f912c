"""Signing in and out, the pause after many wrong passwords, and a new password."""

from __future__ import annotations

import pytest
from django.conf import settings
from django.shortcuts import resolve_url
from django.test import Client

from sloyfe.core.policy import number
from sloyfe.modules.people.models import User
from tests.cast import DAY

PASSWORD = "en lang setning ingen gjetter"


@pytest.fixture
def mona(cast):
    user = cast.user("leader")
    user.set_password(PASSWORD)
    user.save()
    return user


def signed_in(client):
    return client.get("/me/looks/").status_code == 200


@pytest.mark.parametrize("name", ["leader", " Leader ", "LEADER"])
def test_signing_in_and_out(mona, name):
    client = Client()
    page = client.get("/me/looks/")
    assert page.status_code == 302 and page.url.startswith(resolve_url(settings.LOGIN_URL))
    answer = client.post("/sign-in/?next=/me/looks/", {"username": name, "password": PASSWORD})
    assert answer.status_code == 302 and answer.url == "/me/looks/"
    assert signed_in(client)
    assert client.get("/sign-in/").status_code == 302
    assert client.get("/sign-out/").status_code == 405
    assert client.post("/sign-out/").status_code == 302
    assert not signed_in(client)


@pytest.mark.parametrize(
    ("name", "word"),
    [
        ("leader", "feil"),
        ("ingen", PASSWORD),
        ("", ""),
        ("x" * 10_000, "y" * 10_000),
        ("\x00", "\x00"),
        ("<b>", "' OR 1=1"),
    ],
)
def test_a_wrong_sign_in_says_the_same_whichever_was_wrong(mona, name, word):
    client = Client()
    answer = client.post("/sign-in/", {"username": name, "password": word})
    body = answer.content.decode()
    assert answer.status_code == 200 and "ds-error-summary" in body and "<b>" not in body
    assert not signed_in(client)


def test_both_wrong_ways_are_told_in_the_same_words(mona):
    told = []
    for name, word in (("leader", "feil"), ("ingen", PASSWORD)):
        body = Client().post("/sign-in/", {"username": name, "password": word}).content.decode()
        told.append(body.split("ds-error-summary", 1)[1].split("</ds-error-summary>")[0])
    assert told[0] == told[1]


def test_nobody_is_sent_elsewhere_after_signing_in(mona):
    answer = Client().post("/sign-in/?next=https://elsewhere.example/", {"username": "leader", "password": PASSWORD})
    assert answer.url == "/"


def test_a_closed_user_does_not_come_in(mona):
    User.objects.filter(pk=mona.pk).update(is_active=False)
    client = Client()
    client.post("/sign-in/", {"username": "leader", "password": PASSWORD})
    assert not signed_in(client)


@pytest.mark.django_db(transaction=True)
def test_after_many_wrong_passwords_there_is_a_pause_and_the_right_one_waits_too(mona, settings):
    settings.AXES_ENABLED = True
    settings.AUTHENTICATION_BACKENDS = ["axes.backends.AxesStandaloneBackend", *settings.AUTHENTICATION_BACKENDS]
    client = Client()
    wrong = [client.post("/sign-in/", {"username": "leader", "password": f"feil {n}"}) for n in range(5)]
    assert [answer.status_code for answer in wrong[:4]] == [200] * 4
    held = client.post("/sign-in/", {"username": "leader", "password": PASSWORD})
    assert held.status_code == 429 and "/sign-in/" in held.content.decode()
    assert not signed_in(client)
    assert client.post("/sign-in/", {"username": "ingen", "password": "x"}).status_code == 200


def test_the_pause_is_the_one_in_the_policy_file():
    assert number("sign_in.attempts", DAY) == settings.AXES_FAILURE_LIMIT
    assert number("sign_in.pause_minutes", DAY) == settings.AXES_COOLOFF_TIME * 60


def test_a_new_password_holds_and_weak_ones_are_refused(mona):
    client = Client()
    client.force_login(mona, backend="django.contrib.auth.backends.ModelBackend")
    new = "en ny og lang setning som huskes"
    for weak in ("kort", "123456789012", "password1234"):
        sent = {"old_password": PASSWORD, "new_password1": weak, "new_password2": weak}
        assert "ds-error-summary" in client.post("/me/password/", sent).content.decode(), weak
    other = {"old_password": "feil", "new_password1": new, "new_password2": new}
    assert "ds-error-summary" in client.post("/me/password/", other).content.decode()
    mona.refresh_from_db()
    assert mona.check_password(PASSWORD)
    sent = {"old_password": PASSWORD, "new_password1": new, "new_password2": new}
    assert client.post("/me/password/", sent).status_code == 302
    mona.refresh_from_db()
    assert mona.check_password(new) and signed_in(client)
