"""A private PostgreSQL that listens on a Unix socket only: it cannot collide with anybody else's.

    python -m tools.postgres start     prints the address to use as SLOYFE_DATABASE_URL
    python -m tools.postgres stop

The tests use `cluster()`, which throws everything away afterwards. Not for production: nothing is synced to
disk, and whoever runs it is let in without a password.
"""

from __future__ import annotations

import os
import pwd
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from tools.ready import ROOT, Missing

OLDEST = 15  # the first that can sort by ICU in the whole cluster
LONGEST_SOCKET = 90  # Unix allows about 107 characters, and PostgreSQL adds its own file name
DATABASE = "sloyfe"
QUICK = "-c fsync=off -c synchronous_commit=off -c full_page_writes=off -c shared_buffers=256MB"
SORTED_AS = ["--encoding=UTF8", "--locale-provider=icu", "--icu-locale=nb-NO", "--locale=C.UTF-8"]


def programs() -> Path:
    """Where the newest PostgreSQL of the machine keeps its server programs."""
    on_path = shutil.which("initdb")
    found = sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"), key=lambda path: int(path.parts[-3]))
    if not found and on_path is None:
        raise Missing("PostgreSQL is not installed; on Debian: apt-get install postgresql.")
    folder = found[-1].parent if found else Path(str(on_path)).parent
    said = subprocess.run([folder / "postgres", "--version"], capture_output=True, text=True).stdout
    if int(said.split()[2].split(".")[0]) < OLDEST:
        raise Missing(f"PostgreSQL {OLDEST} or newer is needed; here is {said.split()[2]}.")
    return folder


def home() -> Path:
    """`.cache/pg`, or a folder in /tmp where that path is too long or closed to PostgreSQL's own user."""
    wanted = ROOT / ".cache/pg"
    closed = os.geteuid() == 0 and any(not parent.stat().st_mode & 0o001 for parent in ROOT.parents)
    if closed or len(str(wanted)) > LONGEST_SOCKET:
        return Path(tempfile.gettempdir()) / f"sloyfe-pg-{os.geteuid()}"
    return wanted


def start(folder: Path) -> str:
    """Start the cluster in `folder`, made first where it is new, and return its address."""
    binaries = programs()
    if not (folder / "PG_VERSION").exists():
        folder.mkdir(parents=True, exist_ok=True)
        if os.geteuid() == 0:
            shutil.chown(folder, "postgres", "postgres")
        _run(binaries / "initdb", "-D", folder, "-U", _me(), "--auth=trust", "--no-sync", *SORTED_AS)
    options = f"-k {folder} -c listen_addresses='' -c max_connections=100 {QUICK}"
    if not running(folder):
        _run(binaries / "pg_ctl", "-D", folder, "-l", folder / "log", "-o", options, "-w", "-s", "start")
    _create_database(folder)
    return f"postgres:///{folder}/{DATABASE}"


def stop(folder: Path) -> None:
    if running(folder):
        _run(programs() / "pg_ctl", "-D", folder, "-m", "immediate", "-w", "-s", "stop")


def running(folder: Path) -> bool:
    """Whether a server holds the folder; a process that was killed leaves its file behind."""
    try:
        pid = int((folder / "postmaster.pid").read_text().split()[0])
        return Path(f"/proc/{pid}").exists() or not Path("/proc").exists()
    except (OSError, ValueError, IndexError):
        return False


@contextmanager
def cluster() -> Iterator[str]:
    """A cluster of one's own for as long as the block lasts; gives its address."""
    folder = Path(tempfile.mkdtemp(prefix="sloyfe-pg-"))
    try:
        yield start(folder)
    finally:
        stop(folder)
        shutil.rmtree(folder, ignore_errors=True)


def _me() -> str:
    """Whom libpq signs in as when nobody is named."""
    return pwd.getpwuid(os.geteuid()).pw_name


def _create_database(folder: Path) -> None:
    asked = f"SELECT 1 FROM pg_database WHERE datname = '{DATABASE}'"
    psql: list[str | Path] = [programs() / "psql", "-h", folder, "-U", _me(), "-d", "postgres", "-qtA", "-c"]
    if not subprocess.run([*psql, asked], capture_output=True, text=True).stdout.strip():
        subprocess.run([*psql, f"CREATE DATABASE {DATABASE}"], check=True, capture_output=True)


def _run(*command: str | Path) -> None:
    """PostgreSQL refuses to run as root, so root steps down to `postgres` first."""
    user = "postgres" if os.geteuid() == 0 else None
    done = subprocess.run(
        command,
        cwd="/",
        user=user,
        group=user,
        extra_groups=[] if user else None,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
    )
    if done.returncode:
        reason = done.stderr.decode(errors="replace").strip().splitlines()
        raise Missing(f"PostgreSQL would not start: {(reason or ['no reason was given'])[-1]}")


def main(arguments: list[str]) -> None:
    if arguments == ["start"]:
        print(start(home()))
    elif arguments == ["stop"]:
        stop(home())
    else:
        sys.exit("python -m tools.postgres start | stop")


if __name__ == "__main__":
    try:
        main(sys.argv[1:])
    except Missing as missing:
        sys.exit(str(missing))
