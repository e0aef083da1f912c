"""The one path that may change the logs: it works, it is all or nothing, and it is the only one."""

import ast
from pathlib import Path

import pytest
from django.db import connections, transaction

from sloyfe.core.audit import erasure, waiting
from sloyfe.core.audit.actions import record
from sloyfe.core.audit.erasure import CannotErase, blacken, erase_person
from sloyfe.core.audit.models import ErasurePermit, Event, Look
from tests.cast import Person

pytestmark = pytest.mark.django_db
SOURCES = Path(erasure.__file__).resolve().parents[2]


def _log(person, other):
    with transaction.atomic():
        record("the import", "person.created", person, subject_id=person.pk, name=person.name)
        record("the import", "person.created", other, subject_id=other.pk, name=other.name)
    Event.objects.create(actor_id=person.pk, verb="role.given", subject_id=other.pk, details={"hours": 2})
    seen = {"page": "person", "needs": "person.view", "grounds": [{"role": "leader"}]}
    Look.objects.create(looker_id=person.pk, looker_name=person.name, subject_id=other.pk, **seen)
    Look.objects.create(looker_id=other.pk, looker_name=other.name, subject_id=person.pk, **seen)


def _texts():
    return " ".join(str(list(model.objects.for_system("the test reads").values())) for model in (Event, Look))


def test_blackening_takes_the_name_and_leaves_the_others(cast):
    person, other = cast.person["employee"], cast.person["leader"]
    _log(person, other)
    with transaction.atomic():
        blacken(person.pk, "she asked")
    said = _texts()
    assert person.name not in said
    assert other.name in said
    events = Event.objects.for_system("the test reads")
    assert not events.filter(actor_id=person.pk).exists()
    assert events.get(verb="role.given").details == {"hours": 2}
    assert Look.objects.for_system("the test reads").count() == 2
    assert not ErasurePermit.objects.for_system("the test reads").exists()


def test_after_the_erasure_the_log_is_closed_again(cast):
    _log(cast.person["employee"], cast.person["leader"])
    with transaction.atomic():
        blacken(cast.person["employee"].pk, "she asked")
    with pytest.raises(Exception, match="append-only"), transaction.atomic():
        Event.objects.for_system("the test tries").update(verb="x")


def test_a_look_that_waits_is_blackened_too(cast, tmp_path, monkeypatch):
    monkeypatch.setattr(waiting, "database_file", lambda: tmp_path / "body.sqlite3")
    person = cast.person["outsider"]
    line = {"at": "2026-11-18T12:00:00+00:00", "looker_id": person.pk, "looker_name": person.name}
    waiting.put(line | {"page": "person", "needs": "person.view", "grounds": [], "subjects": [1]})
    erase_person(person.pk, "the time is up", by="the clock")
    assert not waiting.any_waiting()
    assert Look.objects.for_system("the test reads").get().looker_name == ""


def test_one_refusal_undoes_everything(cast, monkeypatch):
    person = cast.person["outsider"]
    _log(person, cast.person["leader"])
    before = _texts()

    def refuse(person_id):
        raise CannotErase("somebody must take over first")

    # comes last in the order: after the person herself is gone
    monkeypatch.setitem(erasure._shredders, "access.nothing.person", refuse)
    monkeypatch.setattr(erasure, "_in_order", lambda: list(erasure._shredders.items()))
    with pytest.raises(CannotErase):
        erase_person(person.pk, "she asked", by="the clock")
    assert _texts() == before
    assert Person.objects.for_system("the test reads").filter(pk=person.pk).exists()


def test_a_field_is_decided_once():
    with pytest.raises(ValueError, match="twice"):
        erasure.kept(Event, "row_id", because="again")


def test_no_other_code_writes_permits_or_mends_the_triggers():
    """Only these files may so much as name the permit; and only one line of them makes one."""
    naming = {
        path.relative_to(SOURCES).as_posix()
        for path in SOURCES.rglob("*.py")
        if "tests" not in path.parts and "permit" in path.read_text("utf-8").casefold()
    }
    assert naming == {
        "core/audit/erasure.py",
        "core/audit/models.py",
        "core/audit/triggers.py",
        "core/audit/migrations/0001_initial.py",
    }
    tree = ast.parse((SOURCES / "core/audit/erasure.py").read_text("utf-8"))
    uses = [node for node in ast.walk(tree) if isinstance(node, ast.Name) and node.id == "ErasurePermit"]
    assert len(uses) == 1
    callers = [
        node.name
        for node in tree.body
        if isinstance(node, ast.FunctionDef)
        for call in ast.walk(node)
        if isinstance(call, ast.Call) and isinstance(call.func, ast.Name) and call.func.id == "_permit"
    ]
    assert callers == ["blacken"]


def test_the_database_knows_the_triggers():
    """A migration that remakes a log table in SQLite loses them: it must install them again."""
    catalogue = (
        "pg_trigger WHERE NOT tgisinternal"
        if connections["default"].vendor == "postgresql"
        else "sqlite_master WHERE type = 'trigger'"
    )
    column = "tgname" if connections["default"].vendor == "postgresql" else "name"
    with connections["default"].cursor() as cursor:
        cursor.execute(f"SELECT {column} FROM {catalogue}")
        found = {name for (name,) in cursor.fetchall() if name.startswith("audit_")}
    kinds = (
        ("kept", "kept_whole")
        if connections["default"].vendor == "postgresql"
        else ("no_update", "no_delete", "no_replace")
    )
    assert found == {f"{table}_{kind}" for table in ("audit_event", "audit_look") for kind in kinds}
