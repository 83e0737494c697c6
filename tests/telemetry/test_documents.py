"""docs/observability.md says what there is."""

from __future__ import annotations

import re

import pytest

from dbkit.pool.profiles import read_profiles
from dbkit.pool.statistics import CloseReason, RefusalReason
from dbkit.telemetry.alerts import alert_rules, rule_file
from dbkit.telemetry.event_names import CONSUMER_METRICS, RELAY_METRICS
from dbkit.telemetry.names import METRICS
from dbkit.telemetry.watched import watched_fleet
from dbkit.telemetry.yaml_text import yaml_lines
from tests.architecture.sources import PROJECT

PAGE = (PROJECT / "docs" / "observability.md").read_text()
PROFILES = read_profiles({})


def test_the_table_of_metrics() -> None:
    rows = re.findall(r"^\| `(dbkit_\w+)` \| (\w+) \| (?:`(\w+)` )?\| (.*) \|$", PAGE, re.MULTILINE)
    exposed = [*METRICS.values(), *RELAY_METRICS.values(), *CONSUMER_METRICS.values()]
    assert rows == [(each.name, each.kind, each.label or "", each.help) for each in exposed]


def test_the_table_of_alerts() -> None:
    rows = re.findall(r"^\| `(Dbkit\w+)` \| .* \| (\w+) \|$", PAGE, re.MULTILINE)
    rules = {each.alert: each.severity for each in alert_rules(watched_fleet("prod", PROFILES))}
    assert dict(rows) == rules
    assert len(rows) == len(rules)


def test_the_rule_that_is_shown() -> None:
    (shown,) = re.findall(r"^\$ dbkit pool alerts --env dev\n\.\.\.\n(.*?)^```", PAGE, re.MULTILINE | re.DOTALL)
    written = "\n".join(yaml_lines(rule_file(watched_fleet("dev", PROFILES))))
    assert shown.rstrip() in written


@pytest.mark.parametrize("reason", [*CloseReason, *RefusalReason])
def test_reasons_are_named(reason: CloseReason | RefusalReason) -> None:
    assert f"`{reason}`" in PAGE
