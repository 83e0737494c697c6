"""What the wheel brings along."""

from __future__ import annotations

from pathlib import Path
from zipfile import ZipFile

import pytest
from hatchling.builders.wheel import WheelBuilder

from tests.architecture.sources import PROJECT


@pytest.fixture(scope="module")
def names(tmp_path_factory: pytest.TempPathFactory) -> set[str]:
    (wheel,) = WheelBuilder(str(PROJECT)).build(directory=str(tmp_path_factory.mktemp("dist")), versions=["standard"])
    with ZipFile(wheel) as archive:
        return set(archive.namelist())


def test_the_line_is_inside_the_package(names: set[str]) -> None:
    versions = {path.name for path in (PROJECT / "migrations" / "versions").glob("*.py")}
    assert {f"dbkit/migrations/versions/{name}" for name in versions} <= names
    assert {f"dbkit/migrations/{name}" for name in ("dbkit.line", "dbkit.sum", "env.py")} <= names


def test_profiles_and_the_fleet_are_inside(names: set[str]) -> None:
    assert {"dbkit/pool/profiles.toml", "dbkit/pool/fleet.toml"} <= names


def test_nothing_else_is_at_the_top(names: set[str]) -> None:
    tops = {Path(name).parts[0] for name in names}
    assert {top for top in tops if not top.endswith(".dist-info")} == {"dbkit"}


def test_the_types_are_inside_and_nothing_compiled(names: set[str]) -> None:
    assert "dbkit/py.typed" in names
    assert not [name for name in names if name.endswith(".pyc")]
