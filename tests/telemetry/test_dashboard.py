"""The dashboard is one that Grafana takes, with the profiles' figures in it."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import combinations
from typing import Any

import pytest

from dbkit.pool.profiles import read_profiles
from dbkit.telemetry.dashboard import dashboard
from dbkit.telemetry.watched import watched_fleet

PROFILES = read_profiles({})
WATCHED = ["preview", "dev", "staging", "prod"]


def made(environment: str) -> dict[str, Any]:
    return dashboard(watched_fleet(environment, PROFILES))


def panels(document: dict[str, Any]) -> Iterator[dict[str, Any]]:
    for panel in document["panels"]:
        yield panel
        yield from panel.get("panels", ())


def lines(panel: dict[str, Any]) -> list[float]:
    steps = panel["fieldConfig"]["defaults"]["thresholds"]["steps"]
    return [step["value"] for step in steps if step["value"] is not None]


def panel_of(document: dict[str, Any], row: str, title: str) -> dict[str, Any]:
    found: dict[str, Any] = {}
    for panel in panels(document):
        if panel["type"] == "row":
            inside = panel["title"] == row
        elif inside and panel["title"] == title:
            found = panel
    return found


@pytest.mark.parametrize("environment", WATCHED)
def test_panels_have_numbers_and_places_of_their_own(environment: str) -> None:
    document = made(environment)
    numbers = [panel["id"] for panel in panels(document)]
    assert len(set(numbers)) == len(numbers)
    shown = [panel["gridPos"] for panel in document["panels"]]
    for one, other in combinations(shown, 2):
        beside = one["x"] + one["w"] <= other["x"] or other["x"] + other["w"] <= one["x"]
        below = one["y"] + one["h"] <= other["y"] or other["y"] + other["h"] <= one["y"]
        assert beside or below
    assert all(place["x"] + place["w"] <= 24 for place in shown)


@pytest.mark.parametrize("environment", WATCHED)
def test_each_panel_asks_something_of_the_chosen_source(environment: str) -> None:
    document = made(environment)
    assert [variable["name"] for variable in document["templating"]["list"]] == ["source"]
    for panel in panels(document):
        if panel["type"] == "row":
            continue
        assert panel["datasource"] == {"type": "prometheus", "uid": "${source}"}
        assert panel["targets"]
        assert len({target["refId"] for target in panel["targets"]}) == len(panel["targets"])
        assert all(f'env="{environment}"' in target["expr"] for target in panel["targets"])


@pytest.mark.parametrize("environment", ["staging", "prod"])
def test_the_lines_are_the_figures_of_the_profiles(environment: str) -> None:
    document = made(environment)
    for pool in watched_fleet(environment, PROFILES).pools:
        figures = PROFILES.profile(environment, [str(pool.service)]).figures
        timeout = figures.timeout_seconds
        assert lines(panel_of(document, pool.name, "Wait for a connection")) == [timeout / 2, timeout]
        assert lines(panel_of(document, pool.name, "Connections of a process")) == [figures.size_max]
        assert lines(panel_of(document, pool.name, "Waiting and refused")) == [figures.waiting_max]
        assert lines(panel_of(document, pool.name, "Hold of a connection")) == [figures.deadline_seconds]


def test_production_has_the_line_of_its_fleet() -> None:
    assert lines(panel_of(made("prod"), "All of prod", "Connections")) == [468]


def test_services_are_folded_away_where_there_are_several() -> None:
    rows = [panel for panel in made("prod")["panels"] if panel["type"] == "row"]
    assert [row["title"] for row in rows][:2] == ["All of prod", "prod/api"]
    assert [row["collapsed"] for row in rows] == [False, *[True] * 11]
    assert not any(row["collapsed"] for row in made("dev")["panels"] if row["type"] == "row")
