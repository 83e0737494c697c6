"""What Prometheus scrapes is what the pool says."""

from __future__ import annotations

import gc
import re
import shutil
import subprocess
import sys
from dataclasses import fields

import pytest
from prometheus_client import CollectorRegistry, generate_latest
from prometheus_client.openmetrics.exposition import generate_latest as generate_openmetrics
from prometheus_client.openmetrics.parser import text_string_to_metric_families as parse_openmetrics

import dbkit.telemetry
from dbkit.pool.histogram import BOUNDS_SECONDS
from dbkit.pool.statistics import CloseReason, PoolStatistics, RefusalReason
from dbkit.telemetry.names import METRICS, Kind
from dbkit.types import ConfigurationInvalid
from tests.architecture.sources import PROJECT
from tests.telemetry.scraping import OfRecorder, expose, scraped


def test_all_that_a_pool_says_is_exposed(registry: CollectorRegistry) -> None:
    database = OfRecorder()
    expose(database, registry, env="prod", service="api")
    database.recorder.taken(0.0004)
    database.recorder.taken(700.0)
    database.recorder.given_back(0.3, 0.2)
    database.recorder.opened(0.02)
    database.recorder.open_failed("unavailable")
    database.recorder.closed(CloseReason.BROKEN)
    database.recorder.refused(RefusalReason.TIMED_OUT)
    database.recorder.state_changed(is_up=False)
    found = scraped(registry)
    ours = "env=prod,service=api,pool=main"
    assert found[f"dbkit_pool_connections{{{ours}}}"] == 3
    assert found[f"dbkit_pool_connections_idle{{{ours}}}"] == 1
    assert found[f"dbkit_pool_connections_in_use{{{ours}}}"] == 2
    assert found[f"dbkit_pool_waiting{{{ours}}}"] == 5
    assert found[f"dbkit_pool_up{{{ours}}}"] == 0
    assert found[f"dbkit_pool_outages_total{{{ours}}}"] == 1
    assert found[f"dbkit_pool_opened_total{{{ours}}}"] == 1
    assert found[f"dbkit_pool_open_failures_total{{{ours},reason=unavailable}}"] == 1
    assert found[f"dbkit_pool_closed_total{{{ours},reason=broken}}"] == 1
    assert found[f"dbkit_pool_closed_total{{{ours},reason=idle}}"] == 0
    assert found[f"dbkit_pool_refused_total{{{ours},reason=timed_out}}"] == 1
    assert found[f"dbkit_pool_wait_seconds_bucket{{{ours},le=0.0002}}"] == 0
    assert found[f"dbkit_pool_wait_seconds_bucket{{{ours},le=0.0005}}"] == 1
    assert found[f"dbkit_pool_wait_seconds_bucket{{{ours},le=500.0}}"] == 1
    assert found[f"dbkit_pool_wait_seconds_bucket{{{ours},le=+Inf}}"] == 2
    assert found[f"dbkit_pool_wait_seconds_count{{{ours}}}"] == 2
    assert found[f"dbkit_pool_wait_seconds_sum{{{ours}}}"] == pytest.approx(700.0004)
    assert found[f"dbkit_pool_hold_seconds_sum{{{ours}}}"] == pytest.approx(0.3)
    assert found[f"dbkit_pool_server_seconds_sum{{{ours}}}"] == pytest.approx(0.2)


def test_openmetrics_takes_it_too(registry: CollectorRegistry) -> None:
    database = OfRecorder()
    expose(database, registry)
    database.recorder.taken(0.1)
    names = {family.name for family in parse_openmetrics(generate_openmetrics(registry).decode())}
    assert names == {metric.name.removesuffix("_total") for metric in METRICS.values()}


def test_every_field_of_the_statistics_has_its_metric() -> None:
    assert set(METRICS) - {"opened"} == {field.name for field in fields(PoolStatistics)}


def test_names_keep_to_the_conventions_of_prometheus() -> None:
    for metric in METRICS.values():
        assert re.fullmatch(r"dbkit_pool_[a-z_]+", metric.name)
        assert metric.name.endswith("_total") == (metric.kind is Kind.COUNTER)
        assert metric.name.endswith("_seconds") == (metric.kind is Kind.HISTOGRAM)
        assert metric.help.endswith(".")


def test_buckets_are_cumulative_and_end_with_all(registry: CollectorRegistry) -> None:
    database = OfRecorder()
    expose(database, registry)
    for step in range(100):
        database.recorder.taken(step / 10)
    buckets = [
        value for series, value in scraped(registry).items() if series.startswith("dbkit_pool_wait_seconds_bucket")
    ]
    assert len(buckets) == len(BOUNDS_SECONDS) + 1
    assert buckets == sorted(buckets)
    assert buckets[-1] == 100


@pytest.mark.skipif(shutil.which("promtool") is None, reason="Prometheus is not installed")
def test_prometheus_takes_the_exposition(registry: CollectorRegistry) -> None:
    database = OfRecorder()
    expose(database, registry, env="prod", service="api")
    database.recorder.taken(0.1)
    command = ["promtool", "check", "metrics"]
    done = subprocess.run(command, input=generate_latest(registry), capture_output=True, check=False)
    assert (done.returncode, done.stdout + done.stderr) == (0, b"")


def test_several_pools_of_a_process_have_names(registry: CollectorRegistry) -> None:
    first, second = OfRecorder(), OfRecorder()
    expose(first, registry, env="prod", service="api")
    with pytest.raises(ConfigurationInvalid, match=r"another pool is exposed with env='prod', service='api'"):
        expose(second, registry, env="prod", service="api")
    expose(second, registry, env="prod", service="api", pool="reports")
    found = scraped(registry)
    assert found["dbkit_pool_up{env=prod,service=api,pool=main}"] == 1
    assert found["dbkit_pool_up{env=prod,service=api,pool=reports}"] == 1


def test_exposing_again_changes_the_labels(registry: CollectorRegistry) -> None:
    database = OfRecorder()
    expose(database, registry, pool="one")
    expose(database, registry, pool="two")
    assert [name for name in scraped(registry) if name.startswith("dbkit_pool_up")] == [
        "dbkit_pool_up{env=,service=,pool=two}"
    ]


def test_what_is_withdrawn_or_gone_is_shown_no_longer(registry: CollectorRegistry) -> None:
    withdrawn, gone = OfRecorder(), OfRecorder()
    expose(withdrawn, registry, pool="withdrawn")
    expose(gone, registry, pool="gone")
    dbkit.telemetry.withdraw(withdrawn, registry=registry)  # type: ignore[arg-type]
    del gone
    gc.collect()
    assert scraped(registry) == {}


FORKED = """
import os, sys
from prometheus_client import CollectorRegistry
from tests.telemetry.scraping import OfRecorder, expose, scraped
registry, database = CollectorRegistry(), OfRecorder()
expose(database, registry)
if os.fork() == 0:
    shown = scraped(registry)
    expose(database, registry)
    print(len(shown), len(scraped(registry)) > 0, flush=True)
    os._exit(0)
os.wait()
print(len(scraped(registry)) > 0)
"""


def test_the_child_of_a_fork_shows_nothing_of_its_parent_s() -> None:
    command = [sys.executable, "-c", FORKED]
    done = subprocess.run(command, cwd=PROJECT, capture_output=True, text=True, check=True)
    assert done.stdout.splitlines() == ["0 True", "True"]
