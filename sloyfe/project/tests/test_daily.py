"""A new day is taken once, by an idle worker or by hand, and taking it twice changes nothing."""

from __future__ import annotations

import os
from datetime import timedelta

import pytest
from django.core.management import call_command
from django.db import connections
from django.utils import timezone

from sloyfe.core.jobs import daily, worker
from sloyfe.core.jobs.models import Job
from sloyfe.modules.catalogue.models import Import as CatalogueImport
from sloyfe.modules.people.imports.models import Import as PeopleImport
from sloyfe.modules.people.models import Affiliation, Handover
from tests.cast import START


def everything() -> dict[str, list[str]]:
    with connections["default"].cursor() as cursor:
        tables = connections["default"].introspection.table_names(cursor)
        found = {}
        for table in tables:
            cursor.execute(f'SELECT * FROM "{table}"')
            rows = [row for row in cursor.fetchall()]
            # the closure is written anew each day, under new numbers
            found[table] = sorted(repr(row[1:] if table == "people_closure" else row) for row in rows)
    return found


@pytest.fixture
def late(cast, settings, tmp_path):
    """Somebody left yesterday, and uploads and a file have lain too long."""
    settings.MEDIA_ROOT = tmp_path
    day, old = timezone.localdate(), timezone.now() - timedelta(days=60)
    leader = Affiliation.objects.for_system("test").filter(person=cast.person["leader"])
    leader.update(valid_from=START, valid_to=day)
    PeopleImport.objects.create(by_name="Hanna", created_at=old, summary={"rows": 1}, state="rehearsed")
    CatalogueImport.objects.create(format="own", created_at=old)
    made = tmp_path / "made" / "people.xlsx"
    made.parent.mkdir()
    made.write_bytes(b"x")
    os.utime(made, (old.timestamp(), old.timestamp()))
    return made


def test_twice_a_day_changes_nothing(late):
    call_command("daily")
    assert Handover.objects.for_system("test").exists()
    assert PeopleImport.objects.for_system("test").get().state == PeopleImport.State.DROPPED
    assert not CatalogueImport.objects.for_system("test").exists()
    assert not late.exists()
    before = everything()
    assert not daily.do_once(timezone.localdate())
    assert everything() == before
    call_command("daily")
    after = everything()
    assert len(after.pop("jobs_job")) == len(before.pop("jobs_job")) == 1
    assert after == before


def test_an_idle_worker_takes_the_day_once(late, monkeypatch):
    rounds = []

    def nap(_seconds):
        rounds.append(Job.objects.for_system("test").filter(kind=daily.KIND).count())
        if len(rounds) == 3:
            raise worker.Leaving

    monkeypatch.setattr(worker.time, "sleep", nap)
    monkeypatch.setattr(worker, "close_old_connections", lambda: None)
    with pytest.raises(worker.Leaving):
        worker.loop()
    assert rounds == [1, 1, 1]
    assert Handover.objects.for_system("test").exists() and not late.exists()


def test_what_fails_is_left_to_a_person_and_takes_nothing_else_with_it(late, monkeypatch):
    def break_down(_day):
        raise RuntimeError("no")

    day = timezone.localdate()
    monkeypatch.setattr(daily, "_works", [*daily._works, break_down])
    assert daily.do_once(day)
    assert Job.objects.for_system("test").get().state == Job.State.FAILED
    assert Handover.objects.for_system("test").exists(), "each part of the day is whole by itself"
    assert not daily.do_once(day)
    assert daily.do_once(day + timedelta(days=1))
    monkeypatch.setattr(daily, "_works", daily._works[:-1])
    call_command("daily")
    assert Job.objects.for_system("test").get(input_hash=day.isoformat()).state == Job.State.DONE
