"""Find the browser the journeys drive. We use the machine's own, never a downloaded one."""

from __future__ import annotations

import os
import shutil

from tools.ready import Missing

NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome")


def executable() -> str:
    """The path of a Chromium; `CHROMIUM` in the environment decides where it is set."""
    found = os.environ.get("CHROMIUM") or next(filter(None, map(shutil.which, NAMES)), None)
    if found is None:
        raise Missing("There is no Chromium on this machine; on Debian: apt-get install chromium.")
    return found


def arguments() -> list[str]:
    """What it must be started with in a container and as root."""
    return ["--disable-gpu", "--disable-dev-shm-usage", *(["--no-sandbox"] if os.geteuid() == 0 else [])]
