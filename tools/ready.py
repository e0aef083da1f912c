"""Make a Python environment ready from its lock file, and nothing at all when it already is.

The first thing `make` runs, with whatever `python3` the machine has: hence the standard library only, and
one sentence instead of a traceback when something cannot be had.
"""

from __future__ import annotations

import hashlib
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
OLDEST = (3, 11)
ENVIRONMENTS = {
    "runtime": (".venv", "requirements.lock"),
    "dev": (".venv", "requirements-dev.lock"),
    "engines": (".cache/venv-engines", "tools/locks/engines.lock"),
    "node": (".cache/venv-node", "tools/locks/node.lock"),
}
CONTAINS = {"dev": {"dev"}, "runtime": {"runtime", "dev"}, "engines": {"engines"}, "node": {"node"}}


class Missing(Exception):
    """Something the machine does not have, said in one sentence that names the way on."""


def ensure(name: str) -> Path:
    """The environment `name`, installed as its lock says; returns the folder with its programs."""
    folder, lock = ENVIRONMENTS[name]
    home = ROOT / folder
    stamp = home / "installed.txt"
    if _runs(home) and stamp.exists() and stamp.read_text() in {fingerprint(each) for each in CONTAINS[name]}:
        return home / "bin"
    print(f"Installing the packages of {lock} into {folder} (about half a minute the first time) …", flush=True)
    if not _runs(home):
        _create(home)
    _install(home, ROOT / lock)
    stamp.write_text(fingerprint(name))
    return home / "bin"


def fingerprint(name: str) -> str:
    return hashlib.sha256((ROOT / ENVIRONMENTS[name][1]).read_bytes()).hexdigest()


def _runs(home: Path) -> bool:
    try:
        return subprocess.run([home / "bin/python", "-c", ""], capture_output=True).returncode == 0
    except OSError:
        return False


def _create(home: Path) -> None:
    made = subprocess.run([sys.executable, "-m", "venv", "--clear", home], capture_output=True, text=True)
    if made.returncode and "ensurepip" in made.stdout + made.stderr:
        raise Missing("This Python cannot make environments; on Debian: apt-get install python3-venv.")
    if made.returncode:
        raise Missing(f"The environment {home} could not be made: {_last_line(made.stderr)}")


def _install(home: Path, lock: Path) -> None:
    quiet = ["-qq", "--disable-pip-version-check", "--no-input"]
    exact = ["--require-hashes", "--only-binary", ":all:", "-r", str(lock)]
    done = subprocess.run([home / "bin/python", "-m", "pip", "install", *quiet, *exact], capture_output=True, text=True)
    if done.returncode:
        raise Missing(f"The packages of {lock.name} could not be installed: {_last_line(done.stderr)}")


def _last_line(text: str) -> str:
    return (text.strip().splitlines() or ["no reason was given"])[-1]


def main(names: list[str]) -> None:
    if sys.version_info < OLDEST:
        oldest = ".".join(map(str, OLDEST))
        raise Missing(f"Python {oldest} or newer is needed; try `make PY=python{oldest} …`.")
    for name in names:
        ensure(name)


if __name__ == "__main__":
    try:
        main(sys.argv[1:])
    except Missing as missing:
        sys.exit(str(missing))
