"""What `make` runs says in one sentence what is missing; a skipped part never looks like a success."""

from __future__ import annotations

import socket
import subprocess
from pathlib import Path

import pytest

from tools import assets, chromium, postgres, ready, run_tests, serve
from tools.ready import Missing
from tools.run_tests import Result

# --- environments -----------------------------------------------------------------------------------


@pytest.fixture
def project(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    for name in ("requirements.lock", "requirements-dev.lock"):
        (tmp_path / name).write_text(f"# {name}\n")
    monkeypatch.setattr(ready, "ROOT", tmp_path)
    monkeypatch.setattr(ready, "_runs", lambda home: home.exists())
    monkeypatch.setattr(ready, "_create", lambda home: home.mkdir())
    return tmp_path


@pytest.fixture
def installed(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    locks: list[str] = []
    monkeypatch.setattr(ready, "_install", lambda home, lock: locks.append(lock.name))
    return locks


def test_an_environment_is_installed_once(project: Path, installed: list[str]) -> None:
    assert ready.ensure("runtime") == ready.ensure("runtime") == project / ".venv/bin"
    assert installed == ["requirements.lock"]


def test_a_changed_lock_is_installed_again(project: Path, installed: list[str]) -> None:
    ready.ensure("runtime")
    (project / "requirements.lock").write_text("changed")
    ready.ensure("runtime")
    assert len(installed) == 2


def test_the_developers_environment_serves_the_demo_too(project: Path, installed: list[str]) -> None:
    ready.ensure("dev")
    ready.ensure("runtime")
    assert installed == ["requirements-dev.lock"]


def answer(monkeypatch: pytest.MonkeyPatch, stderr: str) -> None:
    done = subprocess.CompletedProcess([], 1, stdout="", stderr=stderr)
    monkeypatch.setattr(subprocess, "run", lambda *args, **kwargs: done)


def test_a_python_without_ensurepip_is_one_sentence(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    answer(monkeypatch, "Error: Command 'python3 -m ensurepip' returned non-zero")
    with pytest.raises(Missing, match="python3-venv"):
        ready._create(tmp_path)


def test_a_failed_install_says_the_last_line(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    answer(monkeypatch, "WARNING: something\nERROR: No matching distribution found for django\n")
    with pytest.raises(Missing, match="x.lock could not be installed: ERROR: No matching"):
        ready._install(tmp_path, tmp_path / "x.lock")


# --- what the machine may lack -----------------------------------------------------------------------


def test_no_browser_is_one_sentence(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("CHROMIUM", raising=False)
    monkeypatch.setenv("PATH", "")
    with pytest.raises(Missing, match="no Chromium"):
        chromium.executable()


def test_the_browser_can_be_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CHROMIUM", "/opt/chrome")
    assert chromium.executable() == "/opt/chrome"


def test_no_postgres_is_one_sentence(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", "")
    monkeypatch.setattr(Path, "glob", lambda *args: iter(()))
    with pytest.raises(Missing, match="PostgreSQL is not installed"):
        postgres.programs()


def test_served_scripts_name_no_source_map(tmp_path: Path) -> None:
    source = tmp_path / "a.js"
    source.write_bytes(b"go()\n//# sourceMappingURL=a.js.map\n")
    assets._copy(source, tmp_path / "static/b.js")
    assert (tmp_path / "static/b.js").read_bytes() == b"go()\n\n"


# --- serving ------------------------------------------------------------------------------------------


def test_a_taken_port_is_one_sentence() -> None:
    with socket.socket() as other:
        other.bind((serve.HOST, 0))
        other.listen()
        with pytest.raises(Missing, match="is taken; choose another: PORT="):
            serve.check_port(other.getsockname()[1])


@pytest.mark.parametrize("port", ["http", "-1", "0", "70000"])
def test_an_odd_port_is_one_sentence(port: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PORT", port)
    with pytest.raises(Missing, match="PORT must be a number"):
        serve.main()


def test_if_one_stops_the_other_is_taken_down(monkeypatch: pytest.MonkeyPatch) -> None:
    started: list[subprocess.Popen[bytes]] = []
    popen = subprocess.Popen

    def start(*args: object, **kwargs: object) -> object:
        started.append(popen(*args, **kwargs))  # type: ignore[call-overload]
        return started[-1]

    monkeypatch.setattr(serve, "check_port", lambda port: None)
    monkeypatch.setattr(serve, "commands", lambda port: {"server": ["sleep", "60"], "worker": ["false"]})
    monkeypatch.setattr(subprocess, "Popen", start)
    with pytest.raises(Missing, match="The worker stopped by itself"):
        serve.serve(1)
    assert [process.poll() is None for process in started] == [False, False]


# --- the parts of the tests ---------------------------------------------------------------------------


def no_machine() -> Result:
    raise Missing("There is none.")


def outcome(monkeypatch: pytest.MonkeyPatch, arguments: str, **parts: Result) -> int:
    ran = {name: (lambda result=result: result) for name, result in parts.items()}
    monkeypatch.setattr(run_tests, "PARTS", {**ran, "absent": no_machine})
    monkeypatch.setattr("sys.argv", ["run_tests", *arguments.split()])
    return run_tests.main()


GOOD = Result("good", 0, "== 200 passed in 2s ==")
SMALL = Result("small", 0, "== 3 passed in 1s ==")
BAD = Result("bad", 1, "== 1 failed, 2 passed in 1s ==")
EMPTY = Result("empty", run_tests.NOTHING_COLLECTED, "== no tests ran in 0s ==")


def test_a_skipped_part_is_named(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    assert outcome(monkeypatch, "", good=GOOD) == 0
    assert "SKIPPED: absent: There is none." in capsys.readouterr().out


@pytest.mark.parametrize("arguments", ["--strict", "--strict absent"])
def test_strict_lets_no_part_be_skipped(arguments: str, monkeypatch: pytest.MonkeyPatch) -> None:
    assert outcome(monkeypatch, arguments, good=GOOD) == 1


def test_a_part_without_tests_counts_as_skipped(monkeypatch: pytest.MonkeyPatch) -> None:
    assert outcome(monkeypatch, "empty", empty=EMPTY) == 0
    assert outcome(monkeypatch, "--strict empty", empty=EMPTY) == 1


def test_a_failing_part_fails_and_comes_last(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    assert outcome(monkeypatch, "bad good small", bad=BAD, good=GOOD, small=SMALL) == 1
    assert capsys.readouterr().out.splitlines()[-1] == BAD.closing


def test_the_largest_part_closes(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    assert outcome(monkeypatch, "--strict good small", good=GOOD, small=SMALL) == 0
    assert capsys.readouterr().out.splitlines()[-1] == GOOD.closing


def test_an_unknown_part_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    with pytest.raises(SystemExit):
        outcome(monkeypatch, "nowhere")
