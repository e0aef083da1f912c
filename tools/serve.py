"""Serve the pages and run the worker, side by side, until told to stop.

    python -m tools.serve          PORT chooses the port, 8000 by default

Both are stopped together, and if one stops by itself the other is taken down too: half a system that
looks whole is worse than none.
"""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request

from tools.ready import ROOT, Missing

HOST = "127.0.0.1"
LONGEST_START = 60  # seconds
LONGEST_STOP = 15  # seconds

Process = subprocess.Popen[bytes]


def commands(port: int) -> dict[str, list[str]]:
    python = sys.executable
    gunicorn = ["--worker-class", "gthread", "--workers", "2", "--threads", "4", "--log-level", "warning"]
    return {
        "server": [python, "-m", "gunicorn", "sloyfe.project.wsgi", "--bind", f"{HOST}:{port}", *gunicorn],
        "worker": [python, "manage.py", "work"],
    }


def check_port(port: int) -> None:
    with socket.socket() as trial:
        trial.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            trial.bind((HOST, port))
        except OSError:
            raise Missing(f"Port {port} is taken; choose another: PORT={port + 1000} make demo") from None


def wait_until_ready(port: int, processes: dict[str, Process]) -> None:
    deadline = time.monotonic() + LONGEST_START
    while time.monotonic() < deadline:
        check_alive(processes)
        try:
            with urllib.request.urlopen(f"http://{HOST}:{port}/health/", timeout=5) as answer:
                if answer.status == 200:
                    return
        except (urllib.error.URLError, OSError):
            time.sleep(0.1)
    raise Missing(f"The server did not answer on /health/ within {LONGEST_START} seconds.")


def check_alive(processes: dict[str, Process]) -> None:
    for name, process in processes.items():
        if process.poll() is not None:
            raise Missing(f"The {name} stopped by itself (code {process.returncode}); what it said is above.")


def stop(processes: dict[str, Process]) -> None:
    for process in processes.values():
        if process.poll() is None:
            process.terminate()
    for process in processes.values():
        try:
            process.wait(LONGEST_STOP)
        except subprocess.TimeoutExpired:
            process.kill()


def serve(port: int) -> None:
    check_port(port)
    processes: dict[str, Process] = {}
    try:
        for name, command in commands(port).items():
            # a session of their own: Ctrl-C reaches us alone, and we stop them in order
            processes[name] = subprocess.Popen(command, cwd=ROOT, start_new_session=True)
        wait_until_ready(port, processes)
        print(f"\nSløyfe is ready: http://localhost:{port}/   (Ctrl-C stops it)\n", flush=True)
        while True:
            time.sleep(0.5)
            check_alive(processes)
    finally:
        stop(processes)


def interrupt(*_: object) -> None:
    raise KeyboardInterrupt


def main() -> None:
    for each in (signal.SIGTERM, signal.SIGHUP):
        signal.signal(each, interrupt)
    port = os.environ.get("PORT") or "8000"
    if not port.isdigit() or not 0 < int(port) < 65536:
        raise Missing(f"PORT must be a number up to 65535, not «{port}».")
    try:
        serve(int(port))
    except KeyboardInterrupt:
        print("\nStopped.")


if __name__ == "__main__":
    try:
        main()
    except Missing as missing:
        sys.exit(str(missing))
