"""What nobody should be sent, by what the field asks for; and what is strange, but may well be meant."""

from __future__ import annotations

import io
import zipfile

from tests.bad_input.forms import Field, Form

PROBE = "<script>alert('sløyfe')</script>"
# Odd but real: mark-up, SQL, a formula, Sámi letters, right to left. It may be stored, and must come out escaped.
STRANGE = f"=1+1 '; DROP TABLE x;-- {PROBE} Áhččebeassi \u202eשלום\u202c \x07\x00"
LONG = "å" * 10_000
EVERYWHERE = ("", LONG, "\x00", "\udcff".encode("utf-8", "surrogateescape").decode("latin-1"), "../../etc", "None")
DATES = ("0000-00-00", "0001-01-01", "9999-12-31", "9999-99-99", "31.02.2026", "i morgen", "2026-01-01T00:00")
PAIRS = (("9999-12-30", "9999-12-31"), ("0001-01-01", "0001-01-02"), ("2027-02-01", "2027-01-01"))
NUMBERS = ("-1", "0", "99999999999999999999", "1e400", "nan", "1,5", "٣", "²", "inf")
CHOICES = ("999999999", "0", "-1", "x", "99999999999999999999999", "1 OR 1=1", "\x00")
TIMES = ("25:00", "00:00", "ti", "23:59:59.999999")


def hostile_to(field: Field) -> tuple[str, ...]:
    by_kind = {"date": DATES, "number": NUMBERS, "time": TIMES}
    if field.kind in ("select", "radio", "checkbox", "hidden"):
        return CHOICES
    return by_kind.get(field.kind, ()) + EVERYWHERE


# What somebody means by a field that must be filled in, by the end of its name.
MEANT = {
    "competence": "CV",
    "colleague": "Vera Vikse",
    "person": "Eli Elvestad",
    "under": "Nes kommune",
    "after_1": "Fjord",
    "share_1": "100",
    "words": "Noe nytt",
    "start": "08:00",
    "end": "10:00",
    "posts": "2",
    "first_day": "2027-02-01",
    "last_day": "2027-02-02",
    "held_on": "2027-02-01",
    "completed_on": "2026-02-01",
    "named": "yes",
    "label_nb": "Noe nytt",
    "taken_by": "Eli Elvestad",
    "what_0": "CV",
}
ANYHOW = {
    "words",
    "colleague",
    "after_1",
    "share_1",
    "label_nb",
    "taken_by",
    "posts",
    "what_0",
}


def meant(form: Form) -> dict[str, list[str]]:
    """The form filled in as somebody would: what stands there, and something sensible where something must."""
    sent = form.untouched()
    for each in form.fields.values():
        if each.name == "unit" and sent.get("unit_kind", [""])[0]:  # one of the two, not both
            continue
        known = MEANT.get(each.name.split("-")[-1])
        if each.kind == "file" or any(value.strip() for value in each.values):
            continue
        if known and (each.required or each.name in ANYHOW):
            sent[each.name] = [known]
        elif each.required or each.kind == "radio" or each.name in ("unit", "people"):
            sent[each.name] = [next(filter(None, each.options), "1" if each.kind == "number" else "Noe nytt")]
    return sent


def identity_number() -> str:
    """One that adds up, made here so that none stands in a file."""
    for serial in range(1000):
        digits = [int(sign) for sign in f"010190{serial:03}"]
        for weights in ((3, 7, 6, 1, 8, 9, 4, 5, 2), (5, 4, 3, 2, 7, 6, 5, 4, 3, 2)):
            digits.append(-sum(a * b for a, b in zip(weights, digits, strict=True)) % 11)
        if max(digits) < 10:
            return "".join(map(str, digits))
    raise AssertionError("no number adds up")


def files() -> dict[str, bytes]:
    bomb, unknown = io.BytesIO(), io.BytesIO()
    with zipfile.ZipFile(bomb, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("[Content_Types].xml", "<Types/>")
        archive.writestr("xl/workbook.xml", b" " * 8_000_000)
    with zipfile.ZipFile(unknown, "w") as archive:
        archive.writestr("hei.txt", "hei")
    return {
        "empty": b"",
        "garbage": bytes(range(256)) * 8,
        "bomb.xlsx": bomb.getvalue(),
        "sheet.xlsx": unknown.getvalue(),
        "utf16.csv": "Navn;Enhet\r\nKari;Fjord\r\n".encode("utf-16"),
        "picture.xlsx": b"\x89PNG\r\n\x1a\n" + b"\0" * 64,
    }
