"""Opening a person is written down, she can read it, and nobody is held up by it."""

import sqlite3
from datetime import UTC, datetime, timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.db import OperationalError, connections, transaction
from django.http import Http404

from sloyfe.core.access import NoViewer
from sloyfe.core.audit import looks, waiting
from sloyfe.core.audit.counts import looks_by_month
from sloyfe.core.audit.looks import bring_in, looks_at, open_one, write_looks
from sloyfe.core.audit.models import Look
from sloyfe.core.sql import brief_wait
from tests.cast import DAY, Person, RoleHolding

pytestmark = pytest.mark.django_db


def _open(cast, role, whom, day=DAY):
    viewer = cast.viewer(role, day)
    rows = Person.objects.for_viewer(viewer, "person.view")
    return open_one(viewer, rows, cast.person[whom].pk, page="person", needs="person.view")


def _all():
    return Look.objects.for_system("the test counts")


def test_a_look_is_written_and_the_person_reads_it(cast):
    assert _open(cast, "leader", "employee") == cast.person["employee"]
    [line] = looks_at(cast.viewer("employee"))
    assert (line.looker, line.page) == ("Mona Myhre", "person")
    assert len(line.why) == 1
    assert "Fjord" in line.why[0]
    assert looks_at(cast.viewer("leader")) == []
    assert looks_at(cast.viewer("state_leader")) == []


def test_looking_at_oneself_is_not_a_look(cast):
    _open(cast, "employee", "employee")
    assert not _all().exists()


@pytest.mark.parametrize("whom", ["state_employee", "neighbour_employee"])
def test_whom_one_may_not_see_is_not_there_and_leaves_no_line(cast, whom):
    with pytest.raises(Http404):
        _open(cast, "leader", whom)
    with pytest.raises(Http404):
        viewer = cast.viewer("leader")
        open_one(viewer, Person.objects.for_viewer(viewer, "person.view"), 2**70, page="x", needs="person.view")
    assert not _all().exists()


def test_rows_must_be_opened_for_the_one_who_looks(cast):
    viewer = cast.viewer("leader")
    for rows in (
        Person.objects.for_system("a way around"),
        Person.objects.for_viewer(cast.viewer("hr_admin"), "person.view"),
        Person.objects.all(),
    ):
        with pytest.raises(NoViewer):
            open_one(viewer, rows, cast.person["employee"].pk, page="person", needs="person.view")


def test_a_look_needs_a_transaction_of_its_own(cast):
    with pytest.raises(RuntimeError, match="durable"), transaction.atomic():
        _open(cast, "leader", "employee")


def test_the_reason_is_the_role_that_opened_it_and_no_other(cast):
    RoleHolding.objects.create(
        person=cast.person["leader"],
        kind=cast.kind["leader"],
        unit=cast.unit["vik"],
        line="municipal",
        valid_from=DAY - timedelta(days=9),
    )
    _open(cast, "leader", "employee")
    [line] = looks_at(cast.viewer("employee"))
    assert len(line.why) == 1
    assert "Fjord" in line.why[0]


def test_a_deputy_looks_as_a_deputy(cast):
    _open(cast, "deputy", "employee")
    assert _all().get().grounds == [
        {"role": "deputy_leader", "unit": cast.unit["fjord"].pk, "since": "2024-01-01", "deputy": True}
    ]


def test_what_the_person_shared_herself_needs_no_role(cast):
    viewer = cast.viewer("leader")
    write_looks(viewer, [cast.person["employee"].pk], page="person", needs="person.view", grants=[])
    assert len(looks_at(cast.viewer("employee"))[0].why) == 1


def test_an_export_is_a_look_at_everyone_in_it(cast, django_assert_max_num_queries):
    everyone = [person.pk for person in cast.person.values()]
    viewer = cast.viewer("hr_admin")
    with django_assert_max_num_queries(8):
        write_looks(viewer, everyone, page="people-export", needs="person.view")
    assert _all().count() == len(everyone) - 1
    assert not _all().filter(subject_id=viewer.person_id).exists()


# --- while somebody else writes for long -------------------------------------------------------------


@pytest.fixture
def beside(tmp_path, monkeypatch):
    """A file beside the database; the database of the tests lies in memory and has none."""
    monkeypatch.setattr(waiting, "database_file", lambda: tmp_path / "body.sqlite3")
    return tmp_path / "body.sqlite3-looks"


@pytest.fixture
def locked(monkeypatch):
    def busy(lines):
        raise OperationalError("database is locked")

    with monkeypatch.context() as patched:
        patched.setattr(looks, "store", busy)
        yield patched


def test_a_look_waits_beside_a_busy_database_and_comes_in_later(cast, beside, locked):
    before = datetime.now(UTC)
    _open(cast, "leader", "employee")
    _open(cast, "state_leader", "state_employee")
    bring_in()
    assert beside.stat().st_mode & 0o077 == 0
    assert len(beside.read_text().splitlines()) == 2
    locked.undo()
    between = datetime.now(UTC)
    _open(cast, "deputy", "employee")  # the next that gets through brings the others along
    assert beside.read_text() == ""
    assert _all().count() == 3
    assert before < _all().get(looker_name="Mona Myhre").at < between
    bring_in()
    assert _all().count() == 3


def test_without_a_place_to_wait_an_unlogged_page_is_not_shown(cast, monkeypatch, locked):
    monkeypatch.setattr(waiting, "database_file", lambda: None)
    with pytest.raises(OperationalError):
        _open(cast, "leader", "employee")


@pytest.mark.django_db(transaction=True)
def test_a_reader_is_not_held_up_by_a_long_write_in_sqlite(tmp_path, settings):
    """The real thing: another process's write lock, a real file, and a page that answers meanwhile."""
    from django.db import connections

    old = connections["default"]
    if old.vendor != "sqlite":
        pytest.skip("PostgreSQL lets two write at once")
    from django.core.management import call_command

    file = tmp_path / "body.sqlite3"
    fresh = old.copy()
    fresh.settings_dict = {**old.settings_dict, "NAME": str(file)}
    connections["default"] = fresh
    try:
        call_command("migrate", "people", verbosity=0)
        call_command("migrate", "audit", verbosity=0)
        from tests.cast import build_cast

        cast = build_cast()
        writer = sqlite3.connect(file, isolation_level=None)
        writer.execute("BEGIN IMMEDIATE")
        _open(cast, "leader", "employee")
        assert not _all().exists()
        writer.execute("COMMIT")
        writer.close()
        bring_in()
        assert _all().get().looker_name == "Mona Myhre"
    finally:
        fresh.close()
        connections["default"] = old


# --- counts ------------------------------------------------------------------------------------------


@pytest.mark.parametrize("role", ["union_rep", "safety_rep"])
def test_the_parties_read_how_many_and_never_few(cast, role):
    for month, count in ((11, 4), (10, 5), (9, 12)):
        for _ in range(count):
            Look.objects.create(
                at=datetime(2026, month, 30, 22, 30, tzinfo=UTC) - timedelta(days=1),
                looker_name="x",
                subject_id=1,
                page="person",
                needs="person.view",
            )
    told = looks_by_month(cast.viewer(role), months=4)
    assert [(line.month.month, line.count) for line in told] == [(11, None), (10, 5), (9, 12), (8, None)]
    assert [line.words for line in told][1:3] == ["5", "12"]
    assert "5" in told[0].words != "5"


@pytest.mark.parametrize("role", ["leader", "hr_admin", "employee"])
def test_others_do_not_read_how_many(cast, role):
    with pytest.raises(PermissionDenied):
        looks_by_month(cast.viewer(role))


def test_a_brief_wait_is_brief_and_only_as_long_as_it_is_asked_for():
    if connections["default"].vendor != "sqlite":
        pytest.skip("servers do not wait for each other's writes")
    usual = _patience()
    assert usual >= 5000
    with pytest.raises(OperationalError), brief_wait(123):
        assert _patience() == 123
        raise OperationalError
    assert _patience() == usual


def _patience():
    return connections["default"].cursor().execute("PRAGMA busy_timeout").fetchone()[0]
