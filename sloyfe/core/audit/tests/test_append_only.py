"""The logs cannot be changed: not by a row, not by a queryset, not by SQL, on either database."""

import pytest
from django.db import IntegrityError, connections, transaction

from sloyfe.core.audit.actions import OutsideTransaction, record
from sloyfe.core.audit.models import ErasurePermit, Event, Look

pytestmark = pytest.mark.django_db


@pytest.fixture
def event():
    with transaction.atomic():
        return record("the test writes", "made", None, subject_id=7, what="a thing")


@pytest.fixture
def look():
    return Look.objects.create(looker_id=1, looker_name="Mona Myhre", subject_id=7, page="person", needs="person.view")


def _all(model):
    return model.objects.for_system("the test looks")


def _refused(change):
    with pytest.raises(IntegrityError, match="append-only"), transaction.atomic():
        change()


@pytest.mark.parametrize("name", ["event", "look"])
def test_a_row_cannot_be_saved_again_or_deleted(name, request):
    row = request.getfixturevalue(name)
    before = type(row)._meta.default_manager.for_system("the test").values().get(pk=row.pk)
    row.subject_id = 8
    _refused(row.save)
    _refused(row.delete)
    assert _all(type(row)).values().get() == before


@pytest.mark.parametrize("name", ["event", "look"])
def test_a_queryset_cannot_change_or_delete(name, request):
    model = type(request.getfixturevalue(name))
    _refused(lambda: _all(model).update(subject_id=8))
    _refused(lambda: _all(model).delete())
    _refused(lambda: _all(model)._raw_delete("default"))
    _refused(lambda: _all(model).bulk_update([model(pk=_all(model).get().pk, subject_id=8)], ["subject_id"]))
    assert _all(model).get().subject_id == 7


@pytest.mark.parametrize("name", ["event", "look"])
def test_an_upsert_cannot_overwrite(name, request):
    row = request.getfixturevalue(name)
    row.subject_id = 8
    rows = _all(type(row))
    _refused(lambda: rows.bulk_create([row], update_conflicts=True, unique_fields=["id"], update_fields=["subject_id"]))
    assert _all(type(row)).get().subject_id == 7


@pytest.mark.parametrize("table", ["audit_event", "audit_look"])
def test_sql_cannot_change_or_delete(table, event, look):
    def run(statement):
        with connections["default"].cursor() as cursor:
            cursor.execute(statement)

    _refused(lambda: run(f"UPDATE {table} SET subject_id = 8"))
    _refused(lambda: run(f"DELETE FROM {table}"))
    if connections["default"].vendor == "postgresql":
        _refused(lambda: run(f"TRUNCATE {table}"))
    else:
        names = [
            column.name
            for column in connections["default"].introspection.get_table_description(
                connections["default"].cursor(), table
            )
        ]
        copied = ", ".join("8" if name == "subject_id" else f'"{name}"' for name in names)
        _refused(lambda: run(f"INSERT OR REPLACE INTO {table} SELECT {copied} FROM {table}"))
    assert _all(Event).get().subject_id == _all(Look).get().subject_id == 7


def test_an_empty_update_of_an_empty_log_is_no_error():
    assert _all(Event).update(verb="x") == 0


@pytest.mark.django_db(transaction=True)
def test_a_permit_cannot_be_committed():
    with pytest.raises(IntegrityError), transaction.atomic():
        ErasurePermit.objects.create(reason="to stay")
    assert not _all(ErasurePermit).exists()


@pytest.mark.django_db(transaction=True)
def test_an_event_is_written_with_its_change_or_not_at_all():
    with pytest.raises(OutsideTransaction):
        record("the test writes", "made", None)
    with pytest.raises(RuntimeError, match="changed its mind"), transaction.atomic():
        record("the test writes", "made", None)
        raise RuntimeError("changed its mind")
    assert not _all(Event).exists()


def test_an_event_says_who(cast):
    leader = cast.viewer("leader")
    with transaction.atomic():
        event = record(leader, "role.given", cast.person["employee"], subject_id=cast.person["employee"].pk, hours=2)
        with pytest.raises(ValueError, match="reason"):
            record("  ", "made", None)
    assert (event.actor_id, event.table, event.row_id) == (
        leader.person_id,
        "people.person",
        event.subject_id,
    )
    readers = {role for role in ("leader", "employee", "state_leader", "hr_admin", "union_rep") if _reads(cast, role)}
    assert readers == {"leader", "employee"}


def _reads(cast, role):
    return Event.objects.for_viewer(cast.viewer(role), "own.log").exists()
