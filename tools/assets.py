"""Fetch the front-end files by locked version and hash, and copy the few we serve into `static/vendor`.

Nothing is bundled or compiled. Run by the environment's own Python; done in milliseconds when up to date.
"""

from __future__ import annotations

import hashlib
import os
import re
import shutil
import subprocess
import sys
from importlib.util import find_spec
from pathlib import Path

from tools.ready import ROOT, Missing, ensure

NODE_MODULES = ROOT / "node_modules"
VENDOR = ROOT / "sloyfe/core/ui/static/vendor"
STAMP = VENDOR / "installed.txt"
FROM_NPM = {
    "ds/theme.css": "@digdir/designsystemet-css/dist/theme/designsystemet.css",
    "ds/ds.css": "@digdir/designsystemet-css/dist/src/index.css",
    "ds/ds-web.js": "@digdir/designsystemet-web/dist/umd/index.js",
    "fonts/inter-latin-wght-normal.woff2": ("@fontsource-variable/inter/files/inter-latin-wght-normal.woff2"),
    "fonts/inter-latin-ext-wght-normal.woff2": ("@fontsource-variable/inter/files/inter-latin-ext-wght-normal.woff2"),
}
AXE = NODE_MODULES / "axe-core/axe.min.js"
SOURCE_MAP = re.compile(rb"^//# sourceMappingURL=.*$", re.MULTILINE)


def sources() -> dict[str, Path]:
    """Each file we serve, and where it is found. htmx comes in a wheel."""
    spec = find_spec("django_htmx")
    if spec is None or spec.origin is None:
        raise Missing("django-htmx is not installed; run `make` rather than this file alone.")
    htmx = Path(spec.origin).parent / "static/django_htmx/htmx-2.min.js"
    return {name: NODE_MODULES / path for name, path in FROM_NPM.items()} | {"htmx.min.js": htmx}


def up_to_date(fingerprint: str) -> bool:
    return STAMP.exists() and STAMP.read_text() == fingerprint and AXE.exists()


def build() -> None:
    inputs = [ROOT / "package-lock.json", ROOT / "requirements.lock", Path(__file__)]
    fingerprint = hashlib.sha256(b"".join(path.read_bytes() for path in inputs)).hexdigest()
    if up_to_date(fingerprint):
        return
    print("Fetching the design system …", flush=True)
    npm("ci")
    shutil.rmtree(VENDOR, ignore_errors=True)
    for name, source in sources().items():
        _copy(source, VENDOR / name)
    STAMP.write_text(fingerprint)


def _copy(source: Path, target: Path) -> None:
    target.parent.mkdir(parents=True, exist_ok=True)
    content = source.read_bytes()
    if target.suffix == ".js":  # the maps are not served, and hashed static files refuse a dangling name
        content = SOURCE_MAP.sub(b"", content)
    target.write_bytes(content)


def npm(*arguments: str) -> None:
    """Run npm in the project, the machine's own or the one that comes as a Python package."""
    path = os.environ.get("PATH", "")
    if shutil.which("npm") is None:
        path = f"{ensure('node')}{os.pathsep}{path}"
    done = subprocess.run(
        [shutil.which("npm", path=path) or "npm", *arguments, "--loglevel=error"],
        cwd=ROOT,
        env={**os.environ, "PATH": path},
        capture_output=True,
        text=True,
    )
    if done.returncode:
        raise Missing(f"npm could not fetch the design system: {_reason(done.stderr + done.stdout)}")


def _reason(text: str) -> str:
    """npm's line about what failed; around it stand codes, stack traces and where the log lies."""
    lines = text.strip().splitlines() or ["no reason was given"]
    return next((line for line in lines if "Error:" in line or "failed" in line), lines[0])


if __name__ == "__main__":
    try:
        build()
    except Missing as missing:
        sys.exit(str(missing))
