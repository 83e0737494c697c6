"""Pools in trouble: the pools do the same work, the relay counts, and figures are judged."""

from __future__ import annotations

import socket
from pathlib import Path
from typing import Any

import pytest

from benchmarks.document import write_document
from benchmarks.figures import quantile
from benchmarks.pool.actors import actors
from benchmarks.pool.figures import CHECKOUT, KINDS
from benchmarks.pool.measure import SCENES
from benchmarks.pool.musts import pool_verdicts
from benchmarks.pool.orders import Call
from benchmarks.pool.relay import relayed
from benchmarks.pool.scenes.outage import connects_per_second
from benchmarks.pool.server import served
from benchmarks.pool.stage import Findings, Scale, Stage, first_success
from benchmarks.pool.ways.catalogue import DBKIT, PLAIN, PRE_PING, kind_of, kinds_of
from benchmarks.results import ASYNC, SYNC, Observation, Results
from benchmarks.ways.opening import url_of
from benchmarks.world import World
from tests.benchmarks._async.pools import async_check_callers, async_check_pool, async_check_stopped
from tests.benchmarks._sync.pools import check_callers, check_pool, check_stopped

_PAGE = (
    "Prose.\n\n<!-- results: begin -->\nkept\n<!-- results: end -->\n<!-- pools: begin -->\nold\n<!-- pools: end -->\n"
)
_TINY = Scale(1, 1, 1, 0.2, 0.2, 0.2, 0.2, one_by_one=False)


def _kinds(colour: str) -> list[Any]:
    return [pytest.param(kind, id=label.replace(" ", "_")) for label, kind in kinds_of(colour).items()]


@pytest.fixture
def url(world: World) -> str:
    return url_of(world.conninfo)


@pytest.mark.parametrize("kind", _kinds(SYNC))
def test_a_pool_does_the_work(url: str, kind: Any) -> None:
    check_pool(kind, url)


@pytest.mark.parametrize("kind", _kinds(ASYNC))
async def test_an_async_pool_does_the_work(url: str, kind: Any) -> None:
    await async_check_pool(kind, url)


def test_callers_note_how_their_calls_ended(url: str) -> None:
    check_callers(kind_of(SYNC, PLAIN), url)
    check_stopped(kind_of(SYNC, PLAIN), url)


async def test_tasks_note_how_their_calls_ended(url: str) -> None:
    await async_check_callers(kind_of(ASYNC, PLAIN), url)
    await async_check_stopped(kind_of(ASYNC, PLAIN), url)


def test_a_relay_counts_by_port_and_resets_where_no_server_is() -> None:
    with socket.socket() as nobody:
        # Bound and not listening: nobody answers, and nobody else can take the port.
        nobody.bind(("127.0.0.1", 0))
        with (
            relayed(nobody.getsockname()[1], ports=2) as relay,
            socket.create_connection(("127.0.0.1", relay.ports[1])) as connection,
            pytest.raises(ConnectionResetError),
        ):
            connection.recv(1)
    assert [len(came) for came in relay.ended()] == [0, 1]


def test_the_scenes_find_all_figures() -> None:
    findings = Findings()
    # The pool that fails fastest and grows fastest.
    with served() as server, actors([(ASYNC, PRE_PING)]) as cast:
        for scene in SCENES.values():
            scene(Stage(server, cast, _TINY), findings)
    assert {name for name, _, _ in findings.figures} == KINDS.keys() - {CHECKOUT}


def _results(*figures: Observation) -> Results:
    results = Results(1, pools=list(figures))
    results.pool_verdicts += pool_verdicts(results)
    return results


def test_a_checkout_is_judged_as_a_part_of_the_plain_pools() -> None:
    ours, theirs = (
        Observation("checkout", SYNC, DBKIT, [2e-6, 4e-6]),
        Observation("checkout", SYNC, PLAIN, [2e-6, 2e-6]),
    )
    (verdict,) = _results(ours, theirs).pool_verdicts
    assert (verdict.measured, verdict.met) == ("1.50", False)


@pytest.mark.parametrize(
    ("name", "values", "met"),
    [
        ("restart_errors", [0, 0, 0], True),
        ("restart_errors", [0, 0, 1], False),
        ("restart_first", [0.01, 0.02, 9.0], True),
        ("overload_goodput", [0.95], True),
        ("overload_goodput", [0.85], False),
    ],
)
def test_dbkits_pool_is_judged_by_its_limits(name: str, values: list[float], met: bool) -> None:
    verdicts = _results(Observation(name, ASYNC, DBKIT, values), Observation(name, ASYNC, PLAIN, [99.0])).pool_verdicts
    assert [verdict.met for verdict in verdicts] == [met]


def test_what_was_not_seen_to_end_is_no_success() -> None:
    results = _results(Observation("outage_first", SYNC, DBKIT, [0.5], is_least=True))
    assert not results.is_met


def test_a_run_of_pools_replaces_its_own_tables_only(tmp_path: Path) -> None:
    page = tmp_path / "page.md"
    page.write_text(_PAGE)
    write_document(_results(Observation("outage_first", SYNC, DBKIT, [0.5, 0.25, 1.0])), page)
    assert "\nkept\n" in page.read_text()
    assert f"| {KINDS['outage_first'].title} | 500 ms |" in page.read_text()
    assert "\nold\n" not in page.read_text()
    assert (tmp_path / "page-pool.png").read_bytes().startswith(b"\x89PNG")


def test_the_first_success_is_one_that_ends_after_the_trouble() -> None:
    calls = [Call(1.0, 0.5, None), Call(1.9, 0.3, "Unavailable"), Call(1.8, 1.0, None), Call(2.5, 0.1, None)]
    assert first_success(calls, 2.0) == pytest.approx(2.6)
    assert first_success(calls, 3.0) is None


def test_connects_once_a_second_are_one_a_second() -> None:
    assert connects_per_second([0.5, 3.0, 4.0, 5.0, 6.0, 9.0], 3.0, 6.5) == pytest.approx(3 / 3.5)
    assert connects_per_second([], 3.0, 6.5) == 0


def test_a_quantile_is_a_value_that_so_many_do_not_exceed() -> None:
    assert quantile([5.0, 1.0, 4.0, 2.0, 3.0], 0.6) == 3.0
    assert quantile([1.0], 0.99) == 1.0
