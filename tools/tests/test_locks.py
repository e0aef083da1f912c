"""The locks hold versions and hashes of what we asked for, and nothing about where it came from."""

from __future__ import annotations

import json
import re
import tomllib

import pytest

from tools.lock import LOCKS
from tools.ready import ENVIRONMENTS, ROOT

PINNED = re.compile(r"^([A-Za-z0-9_.-]+)(?:\[[^]]*\])?==([^\s;\\]+)", re.MULTILINE)
PLACES = re.compile(r"https?:|file:|git\+|index-url|find-links|trusted-host|^ *[./]", re.MULTILINE)
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text())


def locked(name: str) -> dict[str, str]:
    return {package.lower(): version for package, version in PINNED.findall((ROOT / name).read_text())}


def asked(requirements: list[object]) -> dict[str, str]:
    lines = "\n".join(line for line in requirements if isinstance(line, str))
    return {package.lower(): version for package, version in PINNED.findall(lines)}


@pytest.mark.parametrize("name", LOCKS)
def test_a_lock_names_no_place(name: str) -> None:
    assert PLACES.findall((ROOT / name).read_text()) == []


@pytest.mark.parametrize("name", LOCKS)
def test_every_locked_package_has_a_hash(name: str) -> None:
    text = (ROOT / name).read_text()
    entries = re.split(r"\n(?=\S)", text.strip())
    assert len(entries) == len(PINNED.findall(text))
    assert [entry.split()[0] for entry in entries if "--hash=sha256:" not in entry] == []


@pytest.mark.parametrize(
    ("name", "requirements"),
    [
        ("requirements.lock", PROJECT["project"]["dependencies"]),
        ("requirements-dev.lock", PROJECT["project"]["dependencies"]),
        ("requirements-dev.lock", PROJECT["dependency-groups"]["dev"]),
        ("tools/locks/engines.lock", PROJECT["dependency-groups"]["engines"]),
        ("tools/locks/node.lock", PROJECT["dependency-groups"]["node"]),
    ],
)
def test_a_lock_has_what_the_project_asks_for(name: str, requirements: list[object]) -> None:
    wanted = asked(requirements)
    assert wanted
    assert wanted.items() <= locked(name).items()


def test_the_locks_agree_with_each_other() -> None:
    everything = locked("requirements-dev.lock")
    for name in ("requirements.lock", "tools/locks/engines.lock"):
        assert locked(name).items() <= everything.items()


def test_engines_get_no_django() -> None:
    assert not [package for package in locked("tools/locks/engines.lock") if "django" in package]


def test_every_environment_has_its_lock() -> None:
    assert {lock for _, lock in ENVIRONMENTS.values()} == set(LOCKS)


def test_the_npm_lock_holds_exact_versions_with_hashes_and_no_addresses() -> None:
    packages = json.loads((ROOT / "package-lock.json").read_text())["packages"]
    wanted = json.loads((ROOT / "package.json").read_text())
    for package, version in {**wanted["dependencies"], **wanted["devDependencies"]}.items():
        assert packages[f"node_modules/{package}"]["version"] == version
    fetched = [facts for path, facts in packages.items() if path]
    assert all(facts["integrity"].startswith("sha512-") for facts in fetched)
    assert not [facts for facts in fetched if "resolved" in facts]


def test_npm_is_told_to_keep_addresses_out_and_run_nothing() -> None:
    told = (ROOT / ".npmrc").read_text().splitlines()
    assert {"omit-lockfile-registry-resolved=true", "ignore-scripts=true"} <= set(told)
