"""The front-door contract, tried on a small house of two modules."""

from __future__ import annotations

from pathlib import Path

import grimp
import pytest
from importlinter import ContractCheck

from tools.front_door import FrontDoor


@pytest.fixture
def house(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    package = tmp_path / "small_house"
    for name in ("", "modules", "modules/people", "modules/plans"):
        (package / name).mkdir()
        (package / name / "__init__.py").touch()
    for name in ("people/public", "people/models", "plans/reads"):
        (package / f"modules/{name}.py").touch()
    monkeypatch.syspath_prepend(str(tmp_path))
    return package / "modules"


def check() -> ContractCheck:
    options = {"container": "small_house.modules", "door": "public"}
    contract = FrontDoor(name="front door", session_options={}, contract_options=options)
    return contract.check(grimp.build_graph("small_house", cache_dir=None), verbose=False)


def test_the_door_and_ones_own_rooms_are_open(house: Path) -> None:
    (house / "plans/reads.py").write_text("from small_house.modules.people import public\nfrom . import jobs")
    (house / "plans/jobs.py").touch()
    assert check().kept


@pytest.mark.parametrize(
    "climbing", ["from small_house.modules.people import models", "import small_house.modules.people"]
)
def test_the_windows_are_shut(house: Path, climbing: str) -> None:
    (house / "plans/reads.py").write_text(climbing)
    found = check()
    assert not found.kept
    assert [importer for importer, _ in found.metadata["windows"]] == ["small_house.modules.plans.reads"]
