"""From a bench's result to profiles, which are valid or refused by name."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from dbkit.load.calibrate import Demand, calibrated, demands, overlay_lines
from dbkit.pool.fleet import shipped_fleet
from dbkit.pool.profiles import read_profiles
from dbkit.pool.queueing import share_waiting
from dbkit.types.errors import ConfigurationInvalid
from tests.load.results import point, result

PROFILES = read_profiles({})
FLEET = shipped_fleet(PROFILES)
CURVE = {1: 500, 2: 990, 4: 1900, 8: 3500, 16: 5600, 32: 5700, 64: 5200}
SERVER = result([point(clients, calls, mean_seconds=0.004) for clients, calls in CURVE.items()])


def test_a_size_lets_few_calls_wait() -> None:
    found = calibrated(SERVER, "prod", Demand("api", 180, calls=3), PROFILES)
    figures = found.profile.figures
    assert found.hold_seconds == pytest.approx(0.012)
    assert (figures.size_min, figures.size_max) == (6, 6)
    assert share_waiting(figures.size_max, 2.16) <= 0.03 < share_waiting(figures.size_max - 1, 2.16)
    # Half of the wait of a second, at 24 ms for each of six connections.
    assert figures.waiting_max == 125
    assert "2.16 of 6 busy: 2.5% of calls wait" in found.profile.stated["size_max"].reason


def test_a_pool_that_grows_keeps_what_it_kept() -> None:
    found = calibrated(SERVER, "prod", Demand("temporal", 100), PROFILES)
    assert found.profile.figures.size_min == min(3, found.profile.figures.size_max)


def test_no_pool_is_larger_than_the_knee() -> None:
    figures = calibrated(SERVER, "prod", Demand("api", 3500), PROFILES).profile
    assert figures.figures.size_max == SERVER.knee.clients == 16
    assert "more than the knee of 16 would make all of them slower" in figures.stated["size_max"].reason


def test_what_is_written_is_what_was_checked(tmp_path: Path) -> None:
    done = [calibrated(SERVER, "prod", each, PROFILES) for each in demands(FLEET, "prod", None, None, 2)]
    assert {each.demand.service for each in done} == {each.name for each in FLEET.services}
    path = tmp_path / "calibrated.toml"
    path.write_text("\n".join(overlay_lines(SERVER, "prod", done)))
    read = read_profiles({"DBKIT_POOL_PROFILES": str(path)})
    for each in done:
        assert read.profile("prod", [each.demand.service]).figures == each.profile.figures
        # Whatever share of the sizes a rule for smaller servers takes: these were measured.
        assert read.profile("prod", [each.demand.service], cores=4).figures.size_max == each.profile.figures.size_max


def test_comments_say_what_belongs_into_the_fleets_file() -> None:
    found = calibrated(SERVER, "prod", Demand("api", 180), PROFILES)
    lines = "\n".join(overlay_lines(SERVER, "prod", [found]))
    assert "#   [server] active_max = 16\n" in lines
    assert "load = { rate_per_second = 180, hold_seconds = 0.00400, hold_p95_seconds = 0.00800 }" in lines


def test_rates_are_those_given_or_those_of_the_fleets_file() -> None:
    assert demands(FLEET, "prod", "api", None, 1) == (Demand("api", 180),)
    assert demands(FLEET, "prod", "api", 7, 1) == (Demand("api", 7),)


@pytest.mark.parametrize("service", ["billing", None])
def test_a_rate_that_nobody_states_is_asked_for(service: str | None) -> None:
    silent = replace(FLEET, services=tuple(replace(each, load=None) for each in FLEET.services))
    with pytest.raises(ConfigurationInvalid, match="nobody says how many transactions a second"):
        demands(silent, "prod", service, None, 1)


def test_what_the_server_does_not_carry_is_refused() -> None:
    with pytest.raises(ConfigurationInvalid, match=r"keep 20\.0 connections of one process busy, .* knee is at 16"):
        calibrated(SERVER, "prod", Demand("api", 5000), PROFILES)


def test_calls_that_their_own_limit_ends_are_refused() -> None:
    slow = result([point(clients, calls, mean_seconds=1.5) for clients, calls in CURVE.items()])
    with pytest.raises(
        ConfigurationInvalid, match=r"1 % of calls take 6\.00 s or longer, and statement_timeout"
    ) as caught:
        calibrated(slow, "prod", Demand("api", 1), PROFILES)
    assert caught.value.fields == ("statement_timeout_seconds",)


@pytest.mark.parametrize(("environment", "service"), [("prod", "billing"), ("moon", "api")])
def test_an_unknown_service_is_refused_by_name(environment: str, service: str) -> None:
    with pytest.raises(ConfigurationInvalid, match=f"'{'billing' if environment == 'prod' else 'moon'}'"):
        calibrated(SERVER, environment, Demand(service, 10), PROFILES)
