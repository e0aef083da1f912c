"""Calendars as they come: the samples of two libraries, files broken on purpose, and plain ones by oracle."""

from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from sloyfe.modules.time.ics import Unreadable, read_busy

DATA = Path(__file__).resolve().parents[4] / ".." / "shared" / "data" / "ical_samples"
SAMPLES = sorted(DATA.rglob("*.ics")) if DATA.is_dir() else []
FIRST = date(2026, 10, 19)
LAST = FIRST + timedelta(weeks=26)
OSLO = ZoneInfo("Europe/Oslo")
BEGIN = datetime(2026, 10, 19, tzinfo=OSLO).astimezone(UTC)
END = datetime(2027, 4, 20, tzinfo=OSLO).astimezone(UTC)

quick = settings(max_examples=60, deadline=None, derandomize=True)


def calendar(*parts):
    return ("BEGIN:VCALENDAR\r\nVERSION:2.0\r\n" + "".join(parts) + "END:VCALENDAR\r\n").encode()


def event(*lines, uid=1):
    return "\r\n".join(("BEGIN:VEVENT", f"UID:{uid}", *lines, "END:VEVENT", ""))


def local(*clock):
    return datetime(*clock, tzinfo=OSLO)


@pytest.mark.realdata
@pytest.mark.skipif(not SAMPLES, reason="the real files (../shared/data) are not here")
@pytest.mark.parametrize("first", [FIRST, date(2019, 3, 1)])
def test_every_sample_is_read_or_refused_with_a_sentence(first):
    assert len(SAMPLES) == 161
    read = 0
    for sample in SAMPLES:
        try:
            spans = read_busy(sample.read_bytes(), first, first + timedelta(weeks=26))
        except Unreadable as refusal:
            assert str(refusal).endswith(".")
            continue
        read += 1
        assert all(start < end for start, end in spans)
        assert all(before[1] < after[0] for before, after in zip(spans, spans[1:], strict=False))
    assert read >= 60


SPAN = st.tuples(st.integers(-3000, 300_000), st.integers(1, 4000), st.booleans(), st.integers(1, 4))


@quick
@given(rows=st.lists(SPAN, min_size=1, max_size=8))
def test_the_time_taken_is_what_the_events_say_minute_by_minute(rows):
    parts, taken = [], set()
    for uid, (start, length, free, times) in enumerate(rows):
        at = BEGIN + timedelta(minutes=start)
        parts.append(
            event(
                f"DTSTART:{at:%Y%m%dT%H%M%SZ}",
                f"DURATION:PT{length}M",
                f"RRULE:FREQ=DAILY;COUNT={times}",
                f"TRANSP:{'TRANSPARENT' if free else 'OPAQUE'}",
                uid=uid,
            )
        )
        if not free:
            minutes = (start + day * 1440 + minute for day in range(times) for minute in range(length))
            taken.update(minute for minute in minutes if 0 <= minute < (END - BEGIN) // timedelta(minutes=1))
    found = set()
    for start, end in read_busy(calendar(*parts), FIRST, LAST):
        first, stop = ((at - BEGIN) // timedelta(minutes=1) for at in (start, end))
        assert found.isdisjoint(range(first, stop))
        found.update(range(first, stop))
    assert found == taken


def test_local_time_stays_local_across_the_change_of_clocks_and_whole_days_are_whole():
    weekly = event("DTSTART:20261020T090000", "DTEND:20261020T100000", "RRULE:FREQ=WEEKLY;COUNT=2")
    whole = event("DTSTART;VALUE=DATE:20261025", uid=2)
    assert read_busy(calendar(weekly, whole), FIRST, LAST) == [
        (local(2026, 10, 20, 9), local(2026, 10, 20, 10)),
        (local(2026, 10, 25), local(2026, 10, 26)),
        (local(2026, 10, 27, 9), local(2026, 10, 27, 10)),
    ]


def test_one_time_moved_and_one_left_out():
    rule = ("DTSTART:20261020T090000", "DTEND:20261020T100000", "RRULE:FREQ=WEEKLY;COUNT=3", "EXDATE:20261103T090000")
    moved = event("RECURRENCE-ID:20261027T090000", "DTSTART:20261028T120000", "DTEND:20261028T130000")
    assert read_busy(calendar(event(*rule), moved), FIRST, LAST) == [
        (local(2026, 10, 20, 9), local(2026, 10, 20, 10)),
        (local(2026, 10, 28, 12), local(2026, 10, 28, 13)),
    ]


def test_free_busy_lists_are_read_too():
    part = (
        "BEGIN:VFREEBUSY\r\nFREEBUSY:20261020T080000Z/PT1H,20261020T083000Z/20261020T100000Z\r\n"
        "FREEBUSY;FBTYPE=FREE:20261021T080000Z/PT1H\r\nEND:VFREEBUSY\r\n"
    )
    assert read_busy(calendar(part), FIRST, LAST) == [(local(2026, 10, 20, 10), local(2026, 10, 20, 12))]


@pytest.mark.parametrize(
    "rule",
    [
        "FREQ=SECONDLY",
        "FREQ=MINUTELY",
        "FREQ=DAILY;BYHOUR=1,2,3;BYMINUTE=1,2,3,4,5,6,7,8,9",
        "FREQ=HOURLY;BYMINUTE=1,2",
    ],
)
def test_what_would_be_too_much_is_refused_at_once(rule):
    began = "00010101T000000" if "HOURLY" in rule else "20261020T090000"
    with pytest.raises(Unreadable, match="more appointments|flere"):
        read_busy(calendar(event(f"DTSTART:{began}", "DURATION:PT1M", f"RRULE:{rule}")), FIRST, LAST)


WHOLE = calendar(
    event(
        "DTSTART;TZID=Europe/Oslo:20261020T090000", "DTEND:20261020T100000", "RRULE:FREQ=WEEKLY;BYDAY=MO;UNTIL=20270101"
    ),
    "BEGIN:VFREEBUSY\r\nFREEBUSY:20261020T080000Z/PT1H\r\nEND:VFREEBUSY\r\n",
)


@settings(max_examples=250, deadline=None, derandomize=True)
@given(
    cut=st.lists(st.tuples(st.integers(0, len(WHOLE) - 1), st.integers(0, 12), st.binary(max_size=6)), max_size=4),
)
@example(cut=[(0, 12, b"")])
def test_a_damaged_file_is_read_or_refused_and_nothing_else(cut):
    data = WHOLE
    for at, length, put in cut:
        data = data[:at] + put + data[at + length :]
    try:
        read_busy(data, FIRST, LAST)
    except Unreadable as refusal:
        assert str(refusal)
