"""What docs/sizing.md shows of simulations is what the command says, and its files can be read."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path

import pytest

from dbkit.pool.fleet_file import ServicePlan
from dbkit.pool.profiles import read_profiles
from tests.architecture.sources import PROJECT
from tests.cli.run import Command

PAGE = (PROJECT / "docs" / "sizing.md").read_text()
SHOWN = re.findall(r"^```\n\$ dbkit (pool simulate [^\n]+)\n(.*?)^```", PAGE, re.MULTILINE | re.DOTALL)
FILES = re.findall(r"^```toml\n(.*?)^```", PAGE, re.MULTILINE | re.DOTALL)


def test_the_page_shows_runs() -> None:
    assert [command.split("--")[1].strip() for command, _ in SHOWN] == ["seconds 10", "scenario outage", "seconds 10"]


@pytest.mark.parametrize(("command", "shown"), SHOWN, ids=[command for command, _ in SHOWN])
def test_what_the_page_shows_is_what_the_command_says(dbkit: Command, command: str, shown: str) -> None:
    assert dbkit(command).out == shown


def test_the_calibrated_profile_is_one(tmp_path: Path) -> None:
    path = tmp_path / "calibrated.toml"
    path.write_text(FILES[0])
    profile = read_profiles({"DBKIT_POOL_PROFILES": str(path)}).profile("prod", ["api"])
    assert profile.stated["size_max"].source == "calibrated.toml: prod api, calibrated"


def test_the_service_has_a_load() -> None:
    (service,) = tomllib.loads(FILES[1])["service"]
    assert ServicePlan.model_validate(service).load is not None
