"""`dbkit pool bench`, `calibrate` and `simulate`."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.cli.run import Command
from tests.load.results import result

FLEET = """
environment = "dev"
[server]
cores = 2
[[service]]
name = "shop"
replicas_max = 2
load = { rate_per_second = 100, hold_seconds = 0.01 }
"""


@pytest.fixture
def kept(tmp_path: Path) -> Path:
    """A bench's result in a file."""
    path = tmp_path / "kept.json"
    path.write_text(result({1: 500, 2: 990, 4: 1500, 8: 1400, 16: 1000}).model_dump_json())
    return path


@pytest.fixture
def fleet(tmp_path: Path) -> Path:
    path = tmp_path / "fleet.toml"
    path.write_text(FLEET)
    return path


def test_from_a_bench_to_a_profile_and_a_simulation(dbkit: Command, url: str, fleet: Path, tmp_path: Path) -> None:
    plot, kept, profiles = tmp_path / "curve.png", tmp_path / "result.json", tmp_path / "profiles.toml"
    run = dbkit(f"pool bench --clients 1,2 --seconds 0.2 --rows 50 --plot {plot} --json {url}")
    assert (run.code, run.err) == (0, "")
    assert plot.read_bytes().startswith(b"\x89PNG")
    kept.write_text(run.out)
    run = dbkit(f"pool calibrate {kept} --env prod --service metrics --file {profiles}")
    assert (run.code, run.out) == (0, f"wrote {profiles}: use it by DBKIT_POOL_PROFILES={profiles}\n")
    run = dbkit(f"pool simulate --bench {kept} --file {fleet} --seconds 2 --load-percent 1 --json")
    assert json.loads(run.out)["scenario"] == "steady"


def test_production_is_not_loaded_by_accident(dbkit: Command, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DBKIT_ENV", "prod")
    run = dbkit("pool bench memory://")
    assert (run.code, run.out) == (2, "")
    assert "this is prod" in run.err
    assert "memory:// is no database" in dbkit("pool bench memory:// --production").err


def test_clients_are_numbers(dbkit: Command) -> None:
    run = dbkit("pool bench memory:// --clients 1,two")
    assert (run.code, "--clients 1,2,4,8" in run.err) == (2, True)


def test_calibrated_profiles_as_a_file(
    dbkit: Command, kept: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    run = dbkit(f"pool calibrate {kept} --env prod --service api --rate 800")
    assert run.code == 0
    path = tmp_path / "profiles.toml"
    path.write_text(run.out)
    monkeypatch.setenv("DBKIT_POOL_PROFILES", str(path))
    shown = dbkit("pool profile --env prod --service api").out
    assert "800 transactions/s at 2.00 ms each keep 1.60 of 4 busy" in shown
    assert "[profiles.toml: prod api, calibrated]" in shown


def test_calibrated_profiles_for_machines(dbkit: Command, kept: Path) -> None:
    (document,) = json.loads(dbkit(f"pool calibrate {kept} --env prod --service api --rate 100 --json").out)
    assert document["services"] == ["api"]
    assert document["figures"]["size_max"]["value"] == 2


def test_a_file_that_is_there_is_kept(dbkit: Command, kept: Path) -> None:
    before = kept.read_text()
    run = dbkit(f"pool calibrate {kept} --env prod --service api --file {kept}")
    assert (run.code, "is there already" in run.err) == (2, True)
    assert kept.read_text() == before


def test_a_fleet_that_stands_it(dbkit: Command, fleet: Path) -> None:
    run = dbkit(f"pool simulate --file {fleet} --seconds 5")
    assert (run.code, run.err) == (0, "")
    assert run.out.splitlines()[0].startswith("dev, steady: ")
    assert run.out == dbkit(f"pool simulate --file {fleet} --seconds 5").out
    assert run.out != dbkit(f"pool simulate --file {fleet} --seconds 5 --seed 1").out


def test_a_fleet_that_does_not_stand_it(dbkit: Command, fleet: Path, tmp_path: Path) -> None:
    plot = tmp_path / "waits.svg"
    run = dbkit(f"pool simulate --file {fleet} --seconds 6 --load-percent 900 --plot {plot}")
    assert run.code == 1
    assert "FOUND shop turned " in run.out
    assert plot.read_text().startswith("<?xml")


@pytest.mark.parametrize("scenario", ["rollout", "outage"])
def test_scenarios(dbkit: Command, fleet: Path, scenario: str) -> None:
    run = dbkit(f"pool simulate --file {fleet} --scenario {scenario} --outage-seconds 4 --json")
    document = json.loads(run.out)
    assert (run.code, document["scenario"], document["troubles"]) == (0, scenario, [])
    assert document["pods_left"] == {}


def test_a_fleet_without_a_load_is_refused(dbkit: Command, fleet: Path) -> None:
    fleet.write_text(FLEET.partition("load = ")[0])
    run = dbkit(f"pool simulate --file {fleet}")
    assert (run.code, run.out) == (2, "")
    assert "shop states no load" in run.err
