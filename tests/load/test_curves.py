"""What is made of measured points: latencies, the knee, the law's fit, files."""

from __future__ import annotations

from pathlib import Path
from random import Random

import pytest

from dbkit.load.latencies import Latencies
from dbkit.load.mix import MIX, mix_of
from dbkit.load.report import report_lines
from dbkit.load.result import BenchResult, Fit, Knee, read_result
from dbkit.load.usl import fitted
from dbkit.pool.simulation.ledger import percentile
from dbkit.types.errors import ConfigurationInvalid
from tests.load.results import point, result

CLIENTS = (1, 2, 4, 8, 16, 32, 64)
LAW = Fit(alone_per_second=1000, contention=0.05, coherence=0.002, r_squared=1)


def test_latencies_are_at_most_a_percent_off() -> None:
    random, latencies = Random(1), Latencies()
    drawn = sorted(random.lognormvariate(-6, 1.2) for _ in range(20_000))
    for seconds in drawn:
        latencies.note(seconds)
    for percent in (1, 50, 95, 99, 99.9):
        assert latencies.seconds(percent) == pytest.approx(percentile(drawn, percent), rel=0.011)
    assert latencies.mean_seconds == pytest.approx(sum(drawn) / len(drawn))


def test_latencies_of_several_processes_are_one() -> None:
    several = [Latencies() for _ in range(3)]
    together = Latencies()
    for number in range(1, 301):
        several[number % 3].note(number / 1000)
        together.note(number / 1000)
    carried = Latencies.together(Latencies.from_json(each.to_json()) for each in several)
    assert (carried.count, carried.counts) == (300, together.counts)
    assert carried.mean_seconds == pytest.approx(together.mean_seconds)


def test_the_latencies_of_nothing_and_of_no_time() -> None:
    latencies = Latencies()
    assert (latencies.seconds(99), latencies.mean_seconds) == (0, 0)
    latencies.note(0.0)
    assert latencies.seconds(50) == pytest.approx(1e-6, rel=0.02)


def test_the_knee_is_the_fewest_clients_with_95_percent_of_the_peak() -> None:
    points = [point(1, 500), point(2, 940), point(4, 960), point(8, 1000), point(16, 990)]
    assert Knee.of(points) == Knee(clients=4, calls_per_second=960, peak_clients=8, peak_calls_per_second=1000)


def test_the_law_is_found_again_in_points_that_follow_it() -> None:
    fit = fitted([point(clients, LAW.calls_per_second(clients)) for clients in CLIENTS])
    assert isinstance(fit, Fit)
    assert (fit.alone_per_second, fit.contention) == (pytest.approx(1000), pytest.approx(0.05))
    assert (fit.coherence, fit.r_squared) == (pytest.approx(0.002), pytest.approx(1))
    assert fit.is_good
    assert fit.clients_best == pytest.approx((0.95 / 0.002) ** 0.5)


def test_the_law_is_found_through_noise() -> None:
    random = Random(3)
    fit = fitted([point(each, LAW.calls_per_second(each) * random.uniform(0.97, 1.03)) for each in CLIENTS])
    assert isinstance(fit, Fit)
    assert fit.is_good
    assert fit.clients_best == pytest.approx(LAW.clients_best, rel=0.15)


def test_a_step_is_no_curve_of_the_law() -> None:
    # A small server as it was measured: twice as much with two clients, and then ever less.
    measured = dict(zip(CLIENTS, (32_800, 70_800, 65_300, 50_800, 54_500, 52_300, 45_000), strict=True))
    found = result(measured)
    assert found.fit is None or not found.fit.is_good
    assert "USL     describes" not in "\n".join(report_lines(found))
    assert found.knee.clients == 2


def test_a_fit_that_is_not_good_is_told_as_that() -> None:
    found = result({1: 1000, 2: 1500, 4: 2500, 8: 1800, 16: 3000, 32: 2000})
    assert found.fit is not None
    assert "does not describe this server: R² is 0." in "\n".join(report_lines(found))


def test_growth_beyond_proportion_is_not_fitted() -> None:
    found = result({clients: 100 * clients**1.3 for clients in CLIENTS})
    assert found.fit is None
    assert "USL     is not fitted: its parameters would be negative" in "\n".join(report_lines(found))


def test_few_points_are_not_fitted() -> None:
    assert "takes 5 points" in result({1: 100, 2: 190, 4: 300}).unfitted


def test_a_law_without_a_maximum_has_none() -> None:
    law = LAW.model_copy(update={"coherence": 0.0})
    assert law.clients_best is None
    found = result({clients: law.calls_per_second(clients) for clients in CLIENTS}, fit=law)
    assert "more clients are always better" in "\n".join(report_lines(found))


def test_a_result_is_read_as_it_was_written(tmp_path: Path) -> None:
    found = result({clients: LAW.calls_per_second(clients) for clients in CLIENTS}, notes=["nobody else was there"])
    path = tmp_path / "result.json"
    path.write_text(found.model_dump_json())
    assert read_result(path) == found
    assert found.mix_text == "get=7,page"
    assert found.at_knee.clients == found.knee.clients


def test_a_result_is_a_servers_curve_for_simulations() -> None:
    found = result({2: 1000, 4: 1800, 8: 1200})
    assert [found.curve.speed(clients) for clients in (1, 2, 4, 8)] == pytest.approx([1, 1, 0.9, 0.3])


def test_what_is_no_result_is_refused(tmp_path: Path) -> None:
    with pytest.raises(ConfigurationInvalid, match="cannot be read"):
        read_result(tmp_path / "none.json")
    for number, text in enumerate(("", "[]", '{"format": 2}', _disordered().model_dump_json())):
        path = tmp_path / f"{number}.json"
        path.write_text(text)
        with pytest.raises(ConfigurationInvalid, match=r"\.json does not fit"):
            read_result(path)


def _disordered() -> BenchResult:
    found = result({1: 100, 2: 200})
    return found.model_copy(update={"points": found.points[::-1]})


def test_a_mix_has_weights() -> None:
    assert mix_of("get=7, page,transaction=2") == {"get": 7, "page": 1, "transaction": 2}
    assert mix_of(MIX).keys() == {"get", "page", "create", "transaction"}


@pytest.mark.parametrize("text", ["", "get,get", "get=0", "get=1001", "get=", "get=x", "drop", "get=-1"])
def test_what_is_no_mix_is_refused(text: str) -> None:
    with pytest.raises(ConfigurationInvalid, match="is no call of a mix"):
        mix_of(text)
