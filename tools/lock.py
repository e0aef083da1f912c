"""Write the lock files: every package with its version and hashes, and nothing about where it came from.

uv's own lock records download addresses, so it is made, exported and thrown away. The exported files
install with plain pip on any mirror. Only `pyproject.toml` and `package.json` are edited by hand.
"""

from __future__ import annotations

import subprocess
import sys

from tools import assets
from tools.ready import ROOT

LOCKS = {
    "requirements.lock": ["--no-dev"],
    "requirements-dev.lock": [],
    "tools/locks/engines.lock": ["--only-group", "engines"],
    "tools/locks/node.lock": ["--only-group", "node"],
}


def uv(*arguments: str) -> None:
    subprocess.run([sys.executable, "-m", "uv", "--quiet", *arguments], cwd=ROOT, check=True)


def main() -> None:
    (ROOT / "uv.lock").unlink(missing_ok=True)
    uv("lock")
    for name, choice in LOCKS.items():
        uv("export", "--frozen", "--no-emit-project", "--no-header", "--no-annotate", *choice, "-o", name)
    (ROOT / "uv.lock").unlink()
    assets.npm("install", "--package-lock-only")


if __name__ == "__main__":
    main()
