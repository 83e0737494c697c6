"""Alert rules ask for metrics that there are, have the profiles' figures as thresholds, and fire when they should."""

from __future__ import annotations

import json
import re
import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from dbkit.pool.histogram import BOUNDS_SECONDS
from dbkit.pool.profiles import read_profiles
from dbkit.telemetry.alertmanager import alertmanager_config
from dbkit.telemetry.alerts import alert_rules, rule_file
from dbkit.telemetry.dashboard import dashboard
from dbkit.telemetry.event_names import CONSUMER_LABELS, CONSUMER_METRICS, RELAY_LABELS, RELAY_METRICS
from dbkit.telemetry.names import LABELS, METRICS
from dbkit.telemetry.rule import AlertRule
from dbkit.telemetry.watched import watched_fleet
from dbkit.telemetry.yaml_text import yaml_lines
from dbkit.types import ConfigurationInvalid

PROFILES = read_profiles({})
WATCHED = ["preview", "dev", "staging", "prod"]
EXPOSED = [*METRICS.values(), *RELAY_METRICS.values(), *CONSUMER_METRICS.values()]
SERIES = {series for metric in EXPOSED for series in metric.series}
NAMED = {*LABELS, *RELAY_LABELS, *CONSUMER_LABELS, "reason", "topic"}

needs_promtool = pytest.mark.skipif(shutil.which("promtool") is None, reason="Prometheus is not installed")
needs_amtool = pytest.mark.skipif(shutil.which("amtool") is None, reason="Alertmanager is not installed")


def rules(environment: str) -> list[AlertRule]:
    return list(alert_rules(watched_fleet(environment, PROFILES)))


def rule(environment: str, alert: str, service: str | None) -> AlertRule:
    (found,) = (
        each
        for each in rules(environment)
        if each.alert == alert and each.watched is not None and each.watched.service == service
    )
    return found


def expressions(document: Any) -> Iterator[str]:
    """All queries of a rule file or a dashboard."""
    if isinstance(document, dict):
        yield from (document[name] for name in ("expr",) if name in document)
        document = list(document.values())
    if isinstance(document, list):
        for part in document:
            yield from expressions(part)


def series_in(expression: str) -> set[str]:
    return set(re.findall(r"\bdbkit_\w+", expression))


@pytest.mark.parametrize("environment", WATCHED)
def test_rules_and_panels_ask_for_what_is_exported(environment: str) -> None:
    fleet = watched_fleet(environment, PROFILES)
    asked = [*expressions(rule_file(fleet)), *expressions(dashboard(fleet))]
    assert asked
    for expression in asked:
        assert series_in(expression)
        assert series_in(expression) <= SERIES
        assert set(re.findall(r'(\w+)(?:=|!=|=~)"', expression)) <= NAMED
        for by in re.findall(r"by \(([^)]*)\)", expression):
            assert set(by.split(", ")) <= {*NAMED, "le"}
        assert expression.count("(") == expression.count(")")


@pytest.mark.parametrize("environment", ["staging", "prod"])
def test_every_service_has_rules_of_its_own_figures(environment: str) -> None:
    fleet = watched_fleet(environment, PROFILES)
    assert len({pool.service for pool in fleet.pools}) == 10
    for pool in fleet.pools:
        figures = PROFILES.profile(environment, [str(pool.service)]).figures
        thresholds = {each.alert: each.threshold for each in rules(environment) if each.watched == pool}
        assert thresholds.pop("DbkitPoolsBeyondPlan", pool.planned) == pool.planned
        assert thresholds == {
            "DbkitPoolDown": 0,
            "DbkitPoolRefuses": 0.01,
            "DbkitPoolWaitsLong": figures.timeout_seconds / 2,
            "DbkitPoolCannotOpen": 0,
            "DbkitPoolQueueLong": figures.waiting_max / 2,
            "DbkitPoolBusy": pytest.approx(0.8 * figures.size_max),
            "DbkitPoolHeldLong": figures.deadline_seconds,
            "DbkitPoolUnseen": 0,
        }


@pytest.mark.parametrize("environment", WATCHED)
def test_no_threshold_of_a_quantile_is_beyond_what_histograms_tell_apart(environment: str) -> None:
    of_quantiles = [each.threshold for each in rules(environment) if "histogram_quantile" in each.measured]
    assert 0 < max(of_quantiles) < BOUNDS_SECONDS[-1]
    assert min(of_quantiles) > BOUNDS_SECONDS[0]


def test_production_is_compared_with_its_fleet() -> None:
    fleet = watched_fleet("prod", PROFILES)
    assert fleet.available == 468
    assert {pool.service: pool.planned for pool in fleet.pools}["api"] == 108
    (whole,) = (each for each in rules("prod") if each.alert == "DbkitFleetNearlyFull")
    assert whole.threshold == pytest.approx(0.9 * 468)


def test_only_production_wakes_somebody_and_only_for_what_callers_feel() -> None:
    paging = {each.alert for each in rules("prod") if each.severity == "page"}
    assert paging == {
        "DbkitPoolDown",
        "DbkitPoolRefuses",
        "DbkitPoolWaitsLong",
        "DbkitPoolCannotOpen",
        "DbkitFleetNearlyFull",
        "DbkitEventsLate",
        "DbkitRelaysUnseen",
    }
    for environment in ("preview", "dev", "staging"):
        assert {each.severity for each in rules(environment)} == {"warning"}
        assert "pagerduty" not in json.dumps(alertmanager_config(environment))
    routes = alertmanager_config("prod")["route"]["routes"][0]["routes"]
    assert [(route["receiver"], route["matchers"]) for route in routes] == [("dbkit-pagerduty", ['severity="page"'])]


def test_where_any_service_is_welcome_they_are_not_told_apart() -> None:
    (pool,) = watched_fleet("dev", PROFILES).pools
    assert (pool.service, pool.size_max, pool.selector()) == (None, 5, '{env="dev"}')


def test_an_environment_that_nobody_watches_is_refused(tmp_path: Path) -> None:
    with pytest.raises(ConfigurationInvalid, match="local is watched by nobody"):
        watched_fleet("local", PROFILES)
    with pytest.raises(ConfigurationInvalid, match="there is no environment 'nowhere'"):
        watched_fleet("nowhere", PROFILES)
    file = tmp_path / "fleet.toml"
    file.write_text('environment = "staging"\n[server]\ncores = 8\n[[service]]\nname = "api"\nreplicas_max = 2\n')
    with pytest.raises(ConfigurationInvalid, match=r"fleet.toml is a fleet of staging, and not of prod"):
        watched_fleet("prod", PROFILES, file)
    (pool,) = watched_fleet("staging", PROFILES, file).pools
    assert (pool.service, pool.planned) == ("api", 12)


@pytest.mark.parametrize(
    ("document", "text"),
    [
        ({"a": 1, "b": [True, None, 1.5]}, "a: 1\nb:\n  - true\n  - null\n  - 1.5"),
        ({"a": {"b": "c"}, "d": []}, "a:\n  b: c\nd: []"),
        ([{"a": "b", "c": "d"}, "e"], "- a: b\n  c: d\n- e"),
        ("on", '"on"'),
        ("1h", '"1h"'),
        ("x{a=\"b\"} 'c'", "'x{a=\"b\"} ''c'''"),
        ('two "lines"\n', '"two \\"lines\\"\\n"'),
        ("#x: y", '"#x: y"'),
    ],
)
def test_what_yaml_could_mistake_is_quoted(document: Any, text: str) -> None:
    assert "\n".join(yaml_lines(document)) == text


def written(path: Path, document: Any) -> str:
    path.write_text("\n".join(yaml_lines(document)) + "\n")
    return str(path)


def told(*command: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(command, capture_output=True, text=True, check=False)


@needs_promtool
@pytest.mark.parametrize("environment", WATCHED)
def test_prometheus_takes_the_rules(environment: str, tmp_path: Path) -> None:
    file = written(tmp_path / "rules.yml", rule_file(watched_fleet(environment, PROFILES)))
    done = told("promtool", "check", "rules", "--lint-fatal", file)
    assert done.returncode == 0, done.stdout + done.stderr
    assert f"SUCCESS: {len(rules(environment))} rules found" in done.stdout


@needs_amtool
@pytest.mark.parametrize("environment", WATCHED)
def test_alertmanager_takes_the_configuration(environment: str, tmp_path: Path) -> None:
    file = written(tmp_path / "alertmanager.yml", alertmanager_config(environment))
    done = told("amtool", "check-config", file)
    assert done.returncode == 0, done.stdout + done.stderr
    severity = "page" if environment == "prod" else "warning"
    labels = (f"env={environment}", "alertname=DbkitPoolDown", f"severity={severity}")
    receiver = told("amtool", "config", "routes", "test", f"--config.file={file}", *labels).stdout.strip()
    assert receiver == ("dbkit-pagerduty" if environment == "prod" else "dbkit-slack")


API = 'env="prod", service="api", pool="main"'
RELAY = 'env="prod", service="api", relay="main"'
CONSUMER = 'env="prod", service="metrics", subscription="metering"'
# What a pod of prod/api shows, minute by minute, and which of its rules that fires after twenty minutes.
TROUBLE = {
    "DbkitPoolDown": {f"dbkit_pool_up{{{API}}}": "0x20"},
    "DbkitPoolRefuses": {
        f"dbkit_pool_wait_seconds_count{{{API}}}": "0+980x20",
        f'dbkit_pool_refused_total{{{API}, reason="timed_out"}}': "0+20x20",
    },
    "DbkitPoolWaitsLong": {
        f'dbkit_pool_wait_seconds_bucket{{{API}, le="0.5"}}': "0+97x20",
        f'dbkit_pool_wait_seconds_bucket{{{API}, le="1.0"}}': "0+100x20",
        f'dbkit_pool_wait_seconds_bucket{{{API}, le="+Inf"}}': "0+100x20",
    },
    "DbkitPoolCannotOpen": {f'dbkit_pool_open_failures_total{{{API}, reason="authentication_failed"}}': "0x15 1x5"},
    "DbkitPoolQueueLong": {f"dbkit_pool_waiting{{{API}}}": "33x20"},
    "DbkitPoolBusy": {f"dbkit_pool_connections_in_use{{{API}}}": "5x20"},
    "DbkitPoolHeldLong": {
        f'dbkit_pool_hold_seconds_bucket{{{API}, le="5.0"}}': "0+97x20",
        f'dbkit_pool_hold_seconds_bucket{{{API}, le="10.0"}}': "0+100x20",
        f'dbkit_pool_hold_seconds_bucket{{{API}, le="+Inf"}}': "0+100x20",
    },
    "DbkitPoolsBeyondPlan": {f"dbkit_pool_connections{{{API}}}": "109x20"},
    "DbkitFleetNearlyFull": {f"dbkit_pool_connections{{{API}}}": "422x20"},
    "DbkitEventsLate": {f'dbkit_outbox_lag_seconds{{{RELAY}, topic="read-finished"}}': "301x20"},
    "DbkitRelaysUnseen": {f"dbkit_relay_up{{{RELAY}}}": "1x8 stale"},
    "DbkitRelayDown": {f"dbkit_relay_up{{{RELAY}}}": "0x20"},
    "DbkitEventsQuarantined": {f'dbkit_outbox_quarantined{{{RELAY}, topic="read-finished"}}': "1x20"},
    "DbkitOutboxStalled": {f"dbkit_outbox_stall_seconds{{{RELAY}}}": "301x20"},
    "DbkitEventsGivenUp": {f"dbkit_consumer_dead_letters_total{{{CONSUMER}}}": "0x15 1x5"},
}
# The same just within the figures.
PEACE = {
    f"dbkit_pool_up{{{API}}}": "1x20",
    f"dbkit_pool_waiting{{{API}}}": "32x20",
    f"dbkit_pool_connections_in_use{{{API}}}": "4x20",
    f"dbkit_pool_connections{{{API}}}": "108x20",
    f"dbkit_pool_wait_seconds_count{{{API}}}": "0+995x20",
    f'dbkit_pool_refused_total{{{API}, reason="timed_out"}}': "0+5x20",
    f'dbkit_pool_wait_seconds_bucket{{{API}, le="0.5"}}': "0+100x20",
    f'dbkit_pool_wait_seconds_bucket{{{API}, le="+Inf"}}': "0+100x20",
    f'dbkit_pool_hold_seconds_bucket{{{API}, le="5.0"}}': "0+100x20",
    f'dbkit_pool_hold_seconds_bucket{{{API}, le="+Inf"}}': "0+100x20",
    f'dbkit_pool_open_failures_total{{{API}, reason="authentication_failed"}}': "0x20",
    f'dbkit_pool_open_failures_total{{{API}, reason="unavailable"}}': "0+1x20",
    f"dbkit_relay_up{{{RELAY}}}": "1x20",
    f'dbkit_outbox_lag_seconds{{{RELAY}, topic="read-finished"}}': "299x20",
    f'dbkit_outbox_quarantined{{{RELAY}, topic="read-finished"}}': "0x20",
    f"dbkit_outbox_stall_seconds{{{RELAY}}}": "299x20",
    f"dbkit_consumer_dead_letters_total{{{CONSUMER}}}": "1x20",
}


def played(folder: Path, shown: dict[str, str], alert: AlertRule, *, fires: bool) -> subprocess.CompletedProcess[str]:
    """Let Prometheus evaluate a rule over series, and compare."""
    rule_path = written(folder / "rules.yml", {"groups": [{"name": "one", "rules": [alert.as_yaml()]}]})
    test = {
        "rule_files": [rule_path],
        "evaluation_interval": "1m",
        "tests": [
            {
                "interval": "1m",
                "input_series": [{"series": series, "values": values} for series, values in shown.items()],
                "promql_expr_test": [
                    {
                        "expr": f'count(ALERTS{{alertstate="firing", alertname="{alert.alert}"}})',
                        "eval_time": "20m",
                        "exp_samples": [{"labels": "{}", "value": 1}] if fires else [],
                    }
                ],
            }
        ],
    }
    return told("promtool", "test", "rules", written(folder / "test.yml", test))


@needs_promtool
@pytest.mark.parametrize("alert", TROUBLE)
def test_a_rule_fires_in_its_trouble_and_not_within_the_figures(alert: str, tmp_path: Path) -> None:
    (tried,) = (
        each
        for each in rules("prod")
        if each.alert == alert and (each.watched is None or each.watched.service == "api")
    )
    for shown, fires in (({**PEACE, **TROUBLE[alert]}, True), (PEACE, False)):
        done = played(tmp_path, shown, tried, fires=fires)
        assert done.returncode == 0, done.stdout + done.stderr


@needs_promtool
@pytest.mark.parametrize(("shown", "fires"), [({}, True), ({f"dbkit_pool_up{{{API}}}": "1x20"}, False)])
def test_a_pool_that_nobody_shows_is_told(shown: dict[str, str], fires: bool, tmp_path: Path) -> None:
    done = played(tmp_path, shown, rule("prod", "DbkitPoolUnseen", "api"), fires=fires)
    assert done.returncode == 0, done.stdout + done.stderr
