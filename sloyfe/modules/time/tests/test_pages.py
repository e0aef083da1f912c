"""The pages of hours: who gets in, what is refused with a sentence, and that a file read twice is read once."""

from datetime import UTC, date, datetime, time, timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils import timezone

from sloyfe.modules.time.away import Rule, calendars
from sloyfe.modules.time.models import (
    Absence,
    Busy,
    CalendarSource,
    FacilitatorHours,
    FixedDuty,
    LearningTime,
    MinimumStaffing,
    RosterShift,
    WorkingPattern,
)

WHY = "look at everything in a test"


def rows(model, **where):
    return model.objects.for_system(WHY).filter(**where)


def today():
    return timezone.localdate()


def week(prefix, valid_from, **days):
    sent = {f"{prefix}-valid_from": valid_from.isoformat()}
    for key, (start, end) in days.items():
        sent |= {f"{prefix}-from_{key[1:]}": start, f"{prefix}-to_{key[1:]}": end}
    return sent


def ics(*events):
    body = "".join(
        f"BEGIN:VEVENT\r\nUID:{n}\r\nSUMMARY:Legen\r\n{event}\r\nEND:VEVENT\r\n" for n, event in enumerate(events)
    )
    text = f"BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:-//x//x//\r\n{body}END:VCALENDAR\r\n"
    return SimpleUploadedFile("kalender.ics", text.encode())


# --- my own hours ------------------------------------------------------------------------------------------


def test_my_week_takes_the_place_of_what_held_before(cast, as_role):
    me = cast.person["employee"]
    earlier = WorkingPattern.objects.create(
        person=me, weekday=0, start=time(8), end=time(16), weeks=2, week=1, valid_from=date(2024, 1, 1)
    )
    client, first = as_role("employee"), today() + timedelta(days=3)
    for _twice in range(2):
        answer = client.post(
            reverse("my-hours-week"), week("hours", first, d0=("09:00", "14:30"), d4=("10.00", "12.00"))
        )
        assert answer.status_code == 302
    earlier = rows(WorkingPattern, pk=earlier.pk).get()
    assert earlier.valid_to == first
    new = rows(WorkingPattern, person=me, valid_from=first).order_by("weekday")
    assert list(new.values_list("weekday", "start", "end")) == [(0, time(9), time(14, 30)), (4, time(10), time(12))]
    assert client.get(reverse("my-hours")).status_code == 200


@pytest.mark.parametrize(
    "sent",
    [
        {"d0": ("12:00", "09:00")},
        {"d0": ("12:00", "12:00")},
        {"d0": ("12:00", "")},
        {"d0": ("", "12:00")},
        {"d0": ("25:00", "26:00")},
        {"d0": ("<b>", "\x00")},
        {},
    ],
)
def test_a_week_that_cannot_be_is_refused_and_nothing_changes(as_role, sent):
    answer = as_role("employee").post(reverse("my-hours-week"), week("hours", today(), **sent))
    assert answer.status_code == 422
    assert answer.context["hours"].errors
    assert not rows(WorkingPattern).exists()


def test_hours_for_leading_can_be_emptied(cast, as_role):
    client = as_role("employee")
    client.post(reverse("my-hours-leading"), week("leading", today(), d1=("09:00", "11:00")))
    assert rows(FacilitatorHours).get().person == cast.person["employee"]
    client.post(reverse("my-hours-leading"), week("leading", today()))
    assert not rows(FacilitatorHours).exists()


def away(first, last):
    return {"absence-first_day": str(first), "absence-last_day": str(last)}


def test_absence_is_added_once_and_taken_out_only_by_whoever_owns_it(cast, as_role):
    client, first = as_role("employee"), today() + timedelta(days=10)
    assert client.post(reverse("my-hours-away"), away(first, first + timedelta(4))).status_code == 302
    again = client.post(reverse("my-hours-away"), away(first + timedelta(4), first + timedelta(9)))
    assert again.status_code == 422
    row = rows(Absence).get()
    where = reverse("my-hours-away-remove", args=[row.pk])
    for role in ("state_employee", "leader", "neighbour_leader", "hr_admin"):
        assert as_role(role).post(where).status_code == 404
    assert client.get(where).status_code == 405
    assert client.post(where).status_code == 302
    assert not rows(Absence).exists()


@pytest.mark.parametrize(
    ("first", "last"),
    [
        ("2026-12-02", "2026-12-01"),
        ("2026-12-02", ""),
        ("i morgen", "2026-12-02"),
        ("2026-01-01", "2199-01-01"),
        ("0001-01-01", "0001-01-02"),
    ],
)
def test_an_absence_that_cannot_be_is_refused(as_role, first, last):
    answer = as_role("employee").post(reverse("my-hours-away"), away(first, last))
    assert answer.status_code == 422
    assert not rows(Absence).exists()


def test_the_page_never_asks_why_and_shows_no_one_elses_hours(cast, as_role):
    day = today() + timedelta(days=40)
    Absence.objects.create(person=cast.person["employee"], first_day=day, last_day=day)
    mine = as_role("employee").get(reverse("my-hours"))
    others = as_role("state_employee").get(reverse("my-hours"))
    assert len(mine.context["mine"].absences) == 1
    assert others.context["mine"].absences == []
    assert set(mine.context["absence"].fields) == {"first_day", "last_day"}


def test_a_calendar_is_kept_as_from_to_and_read_twice_is_the_same(cast, as_role):
    client, day = as_role("employee"), today() + timedelta(days=1)
    stamp = f"{day:%Y%m%d}"
    events = (
        f"DTSTART;TZID=Europe/Oslo:{stamp}T090000\r\nDTEND;TZID=Europe/Oslo:{stamp}T100000\r\nRRULE:FREQ=WEEKLY;COUNT=100",
        f"DTSTART;TZID=Europe/Oslo:{stamp}T093000\r\nDTEND;TZID=Europe/Oslo:{stamp}T110000",
        f"DTSTART;VALUE=DATE:{stamp}\r\nTRANSP:TRANSPARENT",
        f"DTSTART:{stamp}T150000\r\nDTEND:{stamp}T160000\r\nSTATUS:CANCELLED",
    )
    office = CalendarSource.objects.create(unit=cast.unit["fjord"], name="Felles", kind="free_busy")
    begin = timezone.now()
    Busy.objects.create(person=cast.person["employee"], source=office, starts_at=begin, ends_at=begin + timedelta(1))
    for _twice in range(2):
        assert client.post(reverse("my-hours-calendar"), {"calendar-calendar": ics(*events)}).status_code == 302
        own = rows(Busy, source=None).order_by("starts_at")
        assert own.count() == 26
    first = own[0]
    assert [timezone.localtime(at).time() for at in (first.starts_at, first.ends_at)] == [time(9), time(11)]
    assert {timezone.localtime(row.starts_at).time() for row in own} == {time(9)}
    assert client.post(reverse("my-hours-calendar-forget")).status_code == 302
    assert rows(Busy).get().source == office


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"hei",
        b"\x00\xff" * 50,
        b"BEGIN:VCALENDAR\r\nEND:VCALENDAR\r\n",
        b"BEGIN:VCALENDAR\r\nBEGIN:VEVENT\r\nDTSTART:20261301T000000\r\nEND:VEVENT\r\nEND:VCALENDAR\r\n",
        b"BEGIN:VCALENDAR\r\nBEGIN:VEVENT\r\nUID:1\r\nDTSTART:20200101T000000Z\r\nDURATION:PT1S\r\n"
        b"RRULE:FREQ=SECONDLY\r\nEND:VEVENT\r\nEND:VCALENDAR\r\n",
        b"BEGIN:VCALENDAR\r\nBEGIN:VEVENT\r\nUID:1\r\nDTSTART:20261101T000000Z\r\nDURATION:PT1S\r\n"
        b"RRULE:FREQ=HOURLY;BYMINUTE=1,2,3,4;BYSECOND=1,2,3,4,5,6,7\r\nEND:VEVENT\r\nEND:VCALENDAR\r\n",
        b"BEGIN:VCALENDAR\r\nBEGIN:VEVENT\r\nDTSTART;TZID=Europe:20261201T000000\r\nEND:VEVENT\r\nEND:VCALENDAR\r\n",
        b"x" * 5_000_001,
    ],
)
def test_a_calendar_that_cannot_be_read_changes_nothing(cast, as_role, data):
    now = timezone.now()
    before = Busy.objects.create(person=cast.person["employee"], starts_at=now, ends_at=now + timedelta(hours=1))
    answer = as_role("employee").post(
        reverse("my-hours-calendar"), {"calendar-calendar": SimpleUploadedFile("a.ics", data)}
    )
    assert answer.status_code == 422
    assert answer.context["calendar"].errors["calendar"]
    assert rows(Busy).get() == before


# --- an office ---------------------------------------------------------------------------------------------


def hours(cast, unit="fjord"):
    return reverse("office-hours", args=[cast.unit[unit].pk])


@pytest.mark.parametrize(
    ("role", "unit", "status"),
    [
        ("leader", "fjord", 200), ("state_leader", "fjord", 200), ("deputy", "fjord", 200), ("hr_admin", "vik", 200),
        ("leader", "vik", 404), ("leader", "county", 404), ("neighbour_leader", "fjord", 404),
        ("employee", "fjord", 403), ("county_adviser", "fjord", 403), ("anonymous", "fjord", 302),
    ],
)  # fmt: skip
def test_who_keeps_the_hours_of_an_office(cast, as_role, role, unit, status):
    assert as_role(role).get(hours(cast, unit)).status_code == status
    assert as_role("leader").get(reverse("office-hours", args=[10**9])).status_code == 404


WHEN = {"weekday": "1", "start": "09:00", "end": "11:00", "valid_from": "2026-01-05"}
GOOD = {
    "staffing": (MinimumStaffing, {"what": "Mottak", "at_least": "2", **WHEN}),
    "duty": (FixedDuty, {"what": "Kontormøte", **WHEN}),
    "learning": (LearningTime, {"minutes_week": "60", "valid_from": "2026-01-05"}),
    "source": (CalendarSource, {"name": "Outlook", "kind": "free_busy"}),
}


def add(client, cast, kind, sent, unit="fjord"):
    where = reverse("office-hours-add", args=[cast.unit[unit].pk, kind])
    return client.post(where, {f"{kind}-{name}": value for name, value in sent.items()})


@pytest.mark.parametrize("kind", GOOD)
def test_each_kind_is_added_once_shown_and_taken_out(cast, as_role, kind):
    model, sent = GOOD[kind]
    client = as_role("leader")
    assert add(as_role("neighbour_leader"), cast, kind, sent).status_code == 404
    assert add(as_role("employee"), cast, kind, sent).status_code == 403
    assert add(client, cast, kind, sent).status_code == 302
    assert add(client, cast, kind, sent).status_code == (302 if kind == "learning" else 422)
    row = rows(model).get()
    assert client.get(hours(cast)).status_code == 200
    where = reverse("office-hours-remove", args=[cast.unit["fjord"].pk, kind, row.pk])
    assert as_role("neighbour_leader").post(where).status_code == 404
    assert (
        client.post(reverse("office-hours-remove", args=[cast.unit["fjord_team"].pk, kind, row.pk])).status_code == 404
    )
    assert client.get(where).status_code == 405
    assert client.post(where).status_code == 302
    left = rows(model).first()
    assert left is None or left.valid_to == today()


@pytest.mark.parametrize(
    ("kind", "wrong"),
    [
        ("staffing", {"end": "09:00"}), ("staffing", {"at_least": "0"}), ("staffing", {"weekday": "9"}),
        ("duty", {"end": "08:00"}), ("duty", {"what": " \u200b "}), ("duty", {"what": "x" * 121}),
        ("learning", {"minutes_week": "-1"}), ("learning", {"valid_from": "32.13.2026"}),
        ("source", {"kind": "fax"}), ("source", {"name": ""}),
    ],
)  # fmt: skip
def test_what_cannot_be_is_refused_with_a_sentence(cast, as_role, kind, wrong):
    model, sent = GOOD[kind]
    answer = add(as_role("leader"), cast, kind, {**sent, **wrong})
    assert answer.status_code == 422
    assert answer.context[f"{kind}_form"].errors
    assert not rows(model).exists()


def test_there_is_no_other_kind(cast, as_role):
    assert add(as_role("leader"), cast, "absence", {}).status_code == 404


# --- rosters -----------------------------------------------------------------------------------------------


@pytest.fixture
def source(cast):
    return CalendarSource.objects.create(unit=cast.unit["fjord"], name="Turnus", kind="roster")


def rehearse(client, cast, source, text):
    where = reverse("office-roster", args=[cast.unit["fjord"].pk])
    file = SimpleUploadedFile("turnus.csv", text.encode())
    return client.post(where, {"roster-source": source.pk, "roster-roster": file})


def keep(client, cast, source, seal):
    return client.post(reverse("office-roster-keep", args=[cast.unit["fjord"].pk, source.pk]), {"seal": seal})


ROSTER = """ansattnummer;dato;fra;til
n-employee;23.11.2026;22:00;06:00
n-employee;25.11.2026;;
n-union_rep;2026-11-23;8;15.45
"""


def test_a_roster_is_looked_at_first_and_kept_twice_is_the_same(cast, as_role, source):
    client = as_role("leader")
    shown = rehearse(client, cast, source, ROSTER)
    assert shown.status_code == 200
    assert shown.context["found"].people == ("Eli Elvestad", "Unni Ulven")
    assert not rows(RosterShift).exists()
    for _twice in range(2):
        assert keep(client, cast, source, shown.context["seal"]).status_code == 302
    kept = rows(RosterShift).order_by("person__name", "day", "start")
    assert list(kept.values_list("person", "day", "start", "end")) == [
        (cast.person["employee"].pk, date(2026, 11, 23), 1320, 1440),
        (cast.person["employee"].pk, date(2026, 11, 24), 0, 360),
        (cast.person["employee"].pk, date(2026, 11, 25), 0, 0),
        (cast.person["union_rep"].pk, date(2026, 11, 23), 480, 945),
    ]
    source = rows(CalendarSource).get()
    assert source.covers_to == date(2026, 11, 25)
    off = calendars([cast.person["union_rep"].pk], date(2026, 11, 23), date(2026, 11, 23)).away
    assert [(b.start, b.end, b.rule) for b in off[cast.person["union_rep"].pk]] == [
        (0, 480, Rule.SHIFT),
        (945, 1440, Rule.SHIFT),
    ]
    client.post(reverse("office-hours-remove", args=[cast.unit["fjord"].pk, "source", source.pk]))
    assert not rows(RosterShift).exists() and not rows(CalendarSource).exists()


def test_a_calendar_taken_out_on_one_line_stands_for_the_other(cast, as_role, source):
    """Each line takes out what the roster says of its own; the roster itself goes with the last of it."""
    for role, line in (("leader", "n-employee"), ("state_leader", "n-state_employee")):
        shown = rehearse(as_role(role), cast, source, f"ansattnummer;dato;fra;til\n{line};23.11.2026;8;15\n")
        assert keep(as_role(role), cast, source, shown.context["seal"]).status_code == 302
    begin = datetime(2026, 11, 23, 8, tzinfo=UTC)
    for role in ("employee", "state_employee"):
        end = begin + timedelta(1)
        Busy.objects.create(person=cast.person[role], source=source, starts_at=begin, ends_at=end)
    where = reverse("office-hours-remove", args=[cast.unit["fjord"].pk, "source", source.pk])
    answer = as_role("leader").post(where, follow=True)
    assert "For de andre som bruker den, står den." in answer.content.decode()
    left = {"person": cast.person["state_employee"].pk}
    assert rows(RosterShift).get().person_id == left["person"] == rows(Busy).get().person_id
    as_role("state_leader").post(where)
    assert not rows(RosterShift).exists() and not rows(Busy).exists() and not rows(CalendarSource).exists()


@pytest.mark.parametrize(
    "line",
    [
        "n-state_employee;23.11.2026;08:00;15:00",  # the other line's
        "n-neighbour_employee;23.11.2026;08:00;15:00",
        "ukjent;23.11.2026;08:00;15:00",
        "n-employee;23.11.26;08:00;15:00",
        "n-employee;31.02.2026;08:00;15:00",
        "n-employee;23.11.2026;08:00;",
        "n-employee;23.11.2026;08:00;08:00",
        "n-employee;23.11.2026;24:00;08:00",
        "n-employee;23.11.2026;åtte;15:00",
        "n-employee;23.11.2026;-1;15:00",
        "n-union_rep;23.11.2026;15:00;16:00",
        "n-union_rep;23.11.2026;;",
    ],
)
def test_one_wrong_row_stops_the_roster_and_says_where(cast, as_role, source, line):
    answer = rehearse(as_role("leader"), cast, source, ROSTER + line + "\n")
    assert answer.status_code == 422
    assert answer.context["seal"] == ""
    assert [problem.weight for problem in answer.context["problems"]] == ["stops"]
    assert answer.context["problems"][0].place
    assert not rows(RosterShift).exists()


@pytest.mark.parametrize("text", ["", "hei", "a;b\n1;2\n", "ansattnummer;dato;fra;til\n", "%PDF-1.4", "{}"])
def test_a_file_that_is_no_roster_is_refused(cast, as_role, source, text):
    answer = rehearse(as_role("leader"), cast, source, text)
    assert answer.status_code == 422
    assert answer.context["roster_form"].errors["roster"]


def test_a_seal_is_for_one_viewer_and_one_roster(cast, as_role, source):
    seal = rehearse(as_role("leader"), cast, source, ROSTER).context["seal"]
    other = CalendarSource.objects.create(unit=cast.unit["fjord"], name="Vakter", kind="roster")
    keep(as_role("leader"), cast, other, seal)
    keep(as_role("state_leader"), cast, source, seal)
    keep(as_role("leader"), cast, source, seal + "x")
    keep(as_role("leader"), cast, source, "")
    assert not rows(RosterShift).exists()
    assert keep(as_role("neighbour_leader"), cast, source, seal).status_code == 404


def test_a_page_of_many_rows_asks_little(cast, as_role, django_assert_max_num_queries):
    for n in range(60):
        MinimumStaffing.objects.create(
            unit=cast.unit["fjord"],
            what=f"Skranke {n}",
            at_least=2,
            weekday=n % 7,
            start=time(8),
            end=time(9),
            valid_from=today(),
        )
    client = as_role("leader")
    with django_assert_max_num_queries(25):
        client.get(hours(cast))
