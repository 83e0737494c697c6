"""Fleets in virtual time: what is shipped stands it, what cannot be is refused, and the proof's bound holds."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from random import Random

import pytest

from dbkit.pool.fleet import Fleet, read_fleet, shipped_fleet
from dbkit.pool.profiles import read_profiles
from dbkit.pool.simulation.course import Course
from dbkit.pool.simulation.fleet_run import FleetRun, RunPlan, simulate
from dbkit.pool.simulation.report import as_json, report_lines, troubles
from dbkit.pool.simulation.server import Curve
from dbkit.types.errors import ConfigurationInvalid

PROFILES = read_profiles({})

SMALL = """
environment = "dev"
[server]
cores = 4
max_connections = 60
[rollout]
ready_seconds = 2
[[service]]
name = "shop"
replicas_max = 3
load = { rate_per_second = 60, hold_seconds = 0.02 }
[[service]]
name = "orders"
replicas_max = 2
load = { rate_per_second = 20, hold_seconds = 0.02, hold_p95_seconds = 0.04, server_percent = 50 }
"""


def written(path: Path, text: str) -> Fleet:
    path.write_text(text)
    return read_fleet(path, PROFILES)


@pytest.fixture
def small(tmp_path: Path) -> Fleet:
    return written(tmp_path / "fleet.toml", SMALL)


def shown(run: FleetRun) -> str:
    return "\n".join(report_lines(run))


@pytest.mark.parametrize("course", Course)
def test_productions_fleet_stands_it(course: Course) -> None:
    run = simulate(shipped_fleet(PROFILES), PROFILES, RunPlan(course, seconds=12, outage_seconds=4))
    assert troubles(run) == ()
    assert run.connections_peak <= run.connections_bound
    assert run.total.calls == pytest.approx(12 * 5472, rel=0.02)


def test_the_same_seed_gives_the_same_run_and_another_one_another(small: Fleet) -> None:
    one, same, other = (as_json(simulate(small, PROFILES, RunPlan(seed=seed, seconds=5))) for seed in (1, 1, 2))
    assert one == same
    assert one["total"] != other["total"]


def test_another_service_changes_nothing_of_the_calls_of_the_others(small: Fleet, tmp_path: Path) -> None:
    more = written(
        tmp_path / "more.toml",
        SMALL + '[[service]]\nname = "more"\nreplicas_max = 1\nload = { rate_per_second = 9, hold_seconds = 0.01 }',
    )
    # Few enough calls that the server is never the limit: then what each waits for is its own pool.
    before, after = (simulate(fleet, PROFILES, RunPlan(seconds=5, load_percent=40)) for fleet in (small, more))
    assert list(before.ledgers["shop"].waits) == list(after.ledgers["shop"].waits)


def test_a_rollout_replaces_every_pod_and_turns_nobody_away(small: Fleet) -> None:
    run = simulate(small, PROFILES, RunPlan(Course.ROLLOUT))
    assert run.pods_left == {}
    assert run.total.rejected_share == 0
    at_rest = run.samples[0].connections
    assert at_rest < run.connections_peak <= run.connections_bound


def test_a_rollout_that_the_run_is_too_short_for_says_so(small: Fleet) -> None:
    run = simulate(small, PROFILES, RunPlan(Course.ROLLOUT, seconds=4))
    assert run.pods_left == {"shop": 2, "orders": 1}
    assert "3 pods left" in shown(run)


def test_a_single_pod_without_a_surge_is_away_for_a_while(tmp_path: Path) -> None:
    text = SMALL.replace("ready_seconds = 2", "ready_seconds = 2\nsurge_percent = 0").replace("= 3", "= 1", 1)
    run = simulate(written(tmp_path / "fleet.toml", text), PROFILES, RunPlan(Course.ROLLOUT, seconds=16))
    assert run.pods_left == {}
    assert run.ledgers["shop"].rejected_share == pytest.approx(2 / 16, abs=0.03)


@pytest.mark.parametrize("seed", range(25))
def test_no_rollout_opens_more_than_the_proof_counts(tmp_path: Path, seed: int) -> None:
    random = Random(seed)
    lines = ['environment = "dev"', "[server]", "cores = 4", "max_connections = 1000", "[rollout]", "ready_seconds = 1"]
    lines += [f"surge_percent = {random.choice((0, 25, 50, 100))}", f"unavailable_percent = {random.choice((0, 25))}"]
    for number in range(random.randint(1, 3)):
        lines += ["[[service]]", f'name = "s{number}"', f"replicas_max = {random.randint(1, 6)}"]
        lines += [
            f"size_max = {random.randint(1, 5)}",
            f"processes = {random.randint(1, 2)}",
            f"deployments = {random.randint(1, 2)}",
        ]
        lines += [f"load = {{ rate_per_second = {random.randint(10, 120)}, hold_seconds = 0.03 }}"]
    run = simulate(written(tmp_path / "f.toml", "\n".join(lines)), PROFILES, RunPlan(Course.ROLLOUT, seed, seconds=9))
    assert run.connections_peak <= run.connections_bound


def test_an_outage_fails_calls_at_once_and_every_process_comes_back(small: Fleet) -> None:
    run = simulate(small, PROFILES, RunPlan(Course.OUTAGE, outage_seconds=20))
    assert run.trouble == (10, 30)
    assert len(run.back_seconds) == 5
    assert max(run.back_seconds) <= 1.05
    assert troubles(run) == ()
    # Quick for three seconds, then once a second.
    assert run.attempts < 3 / 0.015 + 18
    assert run.ledgers["shop"].rejected_share == pytest.approx(20 / 40, abs=0.05)
    assert "the server away from 10 to 30 s" in shown(run)


def test_too_many_calls_are_found_with_what_would_help(small: Fleet) -> None:
    slow = replace(small, server=replace(small.server, active_max=2))
    overloaded = simulate(slow, PROFILES, RunPlan(seconds=10, load_percent=200))
    assert "are more than the 2 that the server serves best: send it less" in troubles(overloaded)[0]
    waiting = simulate(
        replace(small, server=replace(small.server, active_max=64)), PROFILES, RunPlan(seconds=20, load_percent=500)
    )
    (found,) = troubles(waiting)
    assert found.startswith("shop turned ")
    assert found.endswith("give it a larger pool, or more pods")
    assert f"FOUND {found}" in shown(waiting)


def test_connections_that_are_not_there_are_found(small: Fleet) -> None:
    crowded = replace(small, server=replace(small.server, max_connections=10))
    (found,) = troubles(simulate(crowded, PROFILES, RunPlan(seconds=5)))
    assert "and 7 for the fleet" in found


def test_a_measured_curve_takes_the_place_of_the_knee(small: Fleet) -> None:
    slow = Curve.of([(1, 100.0), (2, 110.0), (64, 60.0)])
    usual, slowed = (simulate(small, PROFILES, RunPlan(seconds=5, curve=curve)) for curve in (None, slow))
    assert max(sample.active for sample in slowed.samples) > 2 * max(sample.active for sample in usual.samples)


def test_a_service_without_a_load_is_refused_by_name(tmp_path: Path) -> None:
    fleet = written(tmp_path / "fleet.toml", SMALL + '[[service]]\nname = "quiet"\nreplicas_max = 1')
    with pytest.raises(ConfigurationInvalid, match="quiet states no load") as caught:
        simulate(fleet, PROFILES)
    assert "rate_per_second" in caught.value.to_do


@pytest.mark.parametrize("wrong", [{"seconds": 0}, {"outage_seconds": -1}, {"load_percent": float("inf")}])
def test_times_that_are_no_times_are_refused(small: Fleet, wrong: dict[str, float]) -> None:
    with pytest.raises(ConfigurationInvalid, match=next(iter(wrong))):
        simulate(small, PROFILES, RunPlan(**wrong))


@pytest.mark.parametrize("p95", ["0.001", "1.0"])
def test_a_percentile_that_no_such_load_has_is_refused(tmp_path: Path, p95: str) -> None:
    with pytest.raises(ConfigurationInvalid, match=r"hold_p95_seconds is from 1 to 3\.9 times hold_seconds"):
        written(tmp_path / "fleet.toml", SMALL.replace("hold_p95_seconds = 0.04", f"hold_p95_seconds = {p95}"))
