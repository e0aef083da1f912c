"""Files one at a time, in folders and in archives, honest and hostile."""

from __future__ import annotations

import io
import zipfile
from pathlib import Path

import pytest

from sloyfe.core.imports.places import FileRefused
from sloyfe.modules.catalogue.formats import bundle
from sloyfe.modules.catalogue.formats.bundle import from_bytes, from_path, from_zip
from sloyfe.modules.catalogue.formats.rows import rows
from sloyfe.modules.catalogue.formats.tests.small_files import as_zip


def test_an_archive_gives_its_files_by_their_own_names():
    archive = as_zip({"deep/er/a.csv": b"x\r\n1\r\n", "__MACOSX/a.csv": b"", ".hidden": b""})
    (member,) = from_zip("a.zip", archive)
    assert member.name == "a.csv"
    assert list(rows(member)) == [(2, {"x": "1"})]
    assert list(rows(member)) == [(2, {"x": "1"})]


def test_a_folder_an_archive_and_one_file(tmp_path: Path):
    (tmp_path / "b.csv").write_bytes(b"x\n1\n")
    (tmp_path / "a.csv").write_bytes(b"\xef\xbb\xbfx\n2\n")
    (tmp_path / "inside").mkdir()
    assert [member.name for member in from_path(tmp_path)] == ["a.csv", "b.csv"]
    assert list(rows(from_path(tmp_path / "a.csv")[0], "x")) == [(2, {"x": "2"})]
    (tmp_path / "c.zip").write_bytes(as_zip({"d.csv": b"x\n3\n"}).getvalue())
    assert [member.name for member in from_path(tmp_path / "c.zip")] == ["d.csv"]


def test_rows_of_any_length():
    member = from_bytes("a.csv", b'x,y\n1\n\n1,2,3\n"1\n1",2\n')
    assert list(rows(member)) == [
        (2, {"x": "1", "y": ""}),
        (4, {"x": "1", "y": "2", "3": "3"}),
        (5, {"x": "1\n1", "y": "2"}),
    ]


def test_an_archive_that_would_unpack_to_too_much_is_not_opened(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(bundle, "LARGEST_MB", 1)
    big = as_zip({"a.csv": b"0" * 1_500_000})
    assert len(big.getvalue()) < 10_000
    with pytest.raises(FileRefused) as refusal:
        from_zip("a.zip", big)
    problem = refusal.value.problem
    assert problem.message.format(**problem.params) == "The archive a.zip unpacks to more than 1 MB."


def test_an_archive_with_too_many_files(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(bundle, "MOST_FILES", 2)
    with pytest.raises(FileRefused):
        from_zip("a.zip", as_zip({"a": b"", "b": b"", "c": b""}))


def test_a_locked_archive():
    raw = bytearray(as_zip({"a.csv": b"x"}).getvalue())
    for mark, offset in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        raw[raw.index(mark) + offset] |= 1
    with pytest.raises(FileRefused) as refusal:
        from_zip("a.zip", io.BytesIO(bytes(raw)))
    assert "password" in refusal.value.problem.message


def test_damage_in_the_middle_of_an_archive_is_a_refusal():
    content = bytes(range(256)) * 40
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_STORED) as archive:
        archive.writestr("a.csv", b"x\n" + b"1\n" * 2000)
    raw = bytearray(out.getvalue())
    raw[200] ^= 1
    (member,) = from_zip("a.zip", io.BytesIO(bytes(raw)))
    with pytest.raises(FileRefused):
        list(rows(member))
    with pytest.raises(FileRefused):
        from_zip("a.zip", io.BytesIO(content))
