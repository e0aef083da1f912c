"""`make bench`: each benchmark in a process of its own, one after the other; each writes into bench/out/."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

HERE = Path(__file__).parent


def main() -> int:
    """Every file here that says how it is run; `python -m bench pages guard` takes only some."""
    wanted = sys.argv[1:] or sorted(
        path.stem for path in HERE.glob("*.py") if "\nif __name__" in path.read_text("utf-8")
    )
    (HERE / "out").mkdir(exist_ok=True)
    worst = 0
    for name in wanted:
        if name == "__main__":
            continue
        print(f"\n── {name} ──", flush=True)
        worst = max(worst, subprocess.run([sys.executable, "-m", f"bench.{name}"], check=False).returncode)
    return worst


if __name__ == "__main__":
    sys.exit(main())
