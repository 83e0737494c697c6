"""From what was measured to a profile: sizes by the load and the knee, waiting by the times of holding a connection."""

from __future__ import annotations

import json
import tomllib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from dbkit.load.result import BenchResult
from dbkit.pool.fleet import Fleet
from dbkit.pool.holds import P95_MAX
from dbkit.pool.profile import PoolProfile
from dbkit.pool.profiles import Profiles
from dbkit.pool.queueing import share_waiting, size_for
from dbkit.pool.rules import SIZE_PERCENT, file_of_profiles
from dbkit.pool.stated import Stated
from dbkit.types.errors import ConfigurationInvalid

__all__ = ["Calibration", "Demand", "calibrated", "demands", "overlay_lines"]

WAITING_SHARE_MAX = 0.03
"""The share of calls that may have to wait for a connection: pools so sized are 30 to 40 % busy."""

_SIZE_MIN = 2
_WAITING_MAX = 100_000


@dataclass(frozen=True, slots=True)
class Demand:
    """What a process of a service does when it is busiest: transactions, and calls in each of them."""

    service: str
    rate_per_second: float
    calls: int = 1


@dataclass(frozen=True, slots=True)
class Calibration:
    """A service's figures by what was measured, each with its reason, and the profile that comes of them."""

    demand: Demand
    hold_seconds: float
    hold_p95_seconds: float
    layer: Mapping[str, Stated]
    profile: PoolProfile


def demands(fleet: Fleet, environment: str, service: str | None, rate: float | None, calls: int) -> tuple[Demand, ...]:
    """Return what services do: as given, or as the fleet's file states their load.

    Raises `ConfigurationInvalid` for a service whose rate nobody states.
    """
    if service is not None and rate is not None:
        return (Demand(service, rate, calls),)
    stated = {each.name: each.load for each in fleet.services if each.environment == environment}
    wanted = [name for name, load in stated.items() if load is not None] if service is None else [service]
    found = tuple(Demand(name, load.rate_per_second, calls) for name in wanted if (load := stated.get(name)))
    if len(found) < max(len(wanted), 1):
        raise ConfigurationInvalid(
            f"nobody says how many transactions a second {service or f'services of {environment}'} makes",
            fields=("rate",),
            advice="Give --service and --rate, or a --fleet whose file states the load of its services.",
        )
    return found


def calibrated(result: BenchResult, environment: str, demand: Demand, profiles: Profiles) -> Calibration:
    """Return a service's figures by what was measured on its server.

    Raises `ConfigurationInvalid` for a service or an environment that there is not, for a load that
    the server does not carry, and where the figures do not fit the others of the profile.
    """
    before = profiles.profile(environment, [demand.service])
    hold = demand.calls * result.at_knee.mean_seconds
    p95 = demand.calls * result.at_knee.p95_seconds
    _require_carried(result, demand, hold)
    _require_in_time(result, demand, before)
    size, why_size = _size(result, demand, hold)
    layer = {
        SIZE_PERCENT: _stated(100, "the sizes below were measured on this server"),
        "size_min": _size_min(before, size),
        "size_max": _stated(size, why_size),
        "waiting_max": _waiting_max(size, before.figures.timeout_seconds, p95),
    }
    lines = "\n".join(_rule_lines(environment, demand.service, layer))
    # Read back, so that what is written is what was checked.
    rules = file_of_profiles(tomllib.loads(lines), "the calibrated profile").rules
    profile = replace(profiles, rules=(*profiles.rules, *rules)).profile(environment, [demand.service])
    return Calibration(demand, hold, p95, layer, profile)


def overlay_lines(result: BenchResult, environment: str, found: Sequence[Calibration]) -> Iterator[str]:
    """Yield a file for DBKIT_POOL_PROFILES, and as comments what belongs into the fleet's file."""
    knee = result.knee
    yield f"# Calibrated by `dbkit pool bench` on {result.where}: {result.mix_text}, {result.seconds:g} s a point."
    peak = f"the peak of {knee.peak_calls_per_second:.0f} calls/s"
    yield f"# Knee: {knee.clients} clients, the fewest with 95 % of {peak}."
    yield from (f"# Note: {note}." for note in result.notes)
    yield "# Into the fleet's file, for `dbkit pool fleet` and `dbkit pool simulate`:"
    yield f"#   [server] active_max = {knee.clients}"
    yield from (f"#   {each.demand.service}: {_load(each)}" for each in found)
    for each in found:
        yield ""
        yield from _rule_lines(environment, each.demand.service, each.layer)


def _size(result: BenchResult, demand: Demand, hold: float) -> tuple[int, str]:
    offered = demand.rate_per_second * hold
    wanted = max(_SIZE_MIN, size_for(demand.rate_per_second, hold, WAITING_SHARE_MAX))
    size = min(wanted, max(_SIZE_MIN, result.knee.clients))
    waiting = share_waiting(size, offered)
    load = (
        f"{demand.rate_per_second:g} transactions/s at {1000 * hold:.2f} ms each keep {offered:.2f} of {size} busy:"
        f" {waiting:.1%} of calls wait (Erlang C)"
    )
    if size < wanted:
        return size, f"{load}; more than the knee of {result.knee.clients} would make all of them slower"
    return size, load


def _size_min(before: PoolProfile, size: int) -> Stated:
    figures = before.figures
    if figures.size_min == figures.size_max:
        return _stated(size, "fixed size, as before")
    return _stated(min(figures.size_min, size), f"as before: {before.stated['size_min'].reason}")


def _waiting_max(size: int, timeout_seconds: float, p95: float) -> Stated:
    served = int(size * timeout_seconds / 2 / p95) if p95 else _WAITING_MAX
    return _stated(
        min(max(served, 1), _WAITING_MAX),
        f"what {size} connections serve in half of the wait of {timeout_seconds:g} s, at a p95 of {1000 * p95:.2f} ms",
    )


def _require_carried(result: BenchResult, demand: Demand, hold: float) -> None:
    offered = demand.rate_per_second * hold
    if offered >= max(_SIZE_MIN, result.knee.clients):
        raise ConfigurationInvalid(
            f"{demand.service}: {demand.rate_per_second:g} transactions/s at {1000 * hold:.2f} ms each keep"
            f" {offered:.1f} connections of one process busy, and the server's knee is at {result.knee.clients}",
            fields=("rate",),
            advice="Spread the load over more processes or servers, or make its transactions shorter.",
        )


def _require_in_time(result: BenchResult, demand: Demand, before: PoolProfile) -> None:
    limit, slowest = before.figures.statement_timeout_seconds, result.at_knee.p99_seconds
    if limit and slowest >= limit:
        raise ConfigurationInvalid(
            f"{demand.service}: at the knee 1 % of calls take {slowest:.2f} s or longer, and statement_timeout_seconds"
            f" ({limit:g}) ends them",
            fields=("statement_timeout_seconds",),
            advice="Raise it, with the deadlines above it, or measure the calls that the service makes (--mix).",
        )


def _stated(value: int, reason: str) -> Stated:
    return Stated(value, "dbkit pool calibrate", reason)


def _rule_lines(environment: str, service: str, layer: Mapping[str, Stated]) -> Iterator[str]:
    yield "[[rule]]"
    yield f"title = {_quoted(f'{environment} {service}, calibrated')}"
    yield f"environments = [{_quoted(environment)}]"
    yield f"services = [{_quoted(service)}]"
    for figure, stated in layer.items():
        yield f"{figure} = {{ value = {stated.value}, reason = {_quoted(stated.reason)} }}"


def _quoted(text: str) -> str:
    """Return a text as TOML has it, whose basic strings are escaped as JSON's are."""
    return json.dumps(text)


def _load(found: Calibration) -> str:
    p95 = found.hold_p95_seconds
    fits = found.hold_seconds <= p95 <= P95_MAX * found.hold_seconds
    shown = f", hold_p95_seconds = {p95:.5f}" if fits else ""
    rate = found.demand.rate_per_second
    return f"load = {{ rate_per_second = {rate:g}, hold_seconds = {found.hold_seconds:.5f}{shown} }}"
