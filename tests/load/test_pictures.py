"""Pictures of curves and runs, and what cannot be drawn."""

from __future__ import annotations

import importlib.util
from pathlib import Path
from xml.etree import ElementTree as ET

import pytest

from dbkit.load import picture
from dbkit.load.picture import draw_curve, draw_run, require_picture
from dbkit.pool.fleet import shipped_fleet
from dbkit.pool.profiles import read_profiles
from dbkit.pool.simulation.course import Course
from dbkit.pool.simulation.fleet_run import RunPlan, simulate
from dbkit.types.errors import ConfigurationInvalid
from tests.load.results import result

PROFILES = read_profiles({})


def words(path: Path) -> str:
    """Return what an SVG says: matplotlib leaves each text in a comment beside its outline."""
    parser = ET.XMLParser(target=ET.TreeBuilder(insert_comments=True))
    return " ".join(each.text or "" for each in ET.parse(path, parser).iter())


def test_a_curve_shows_its_knee_and_a_good_fit(tmp_path: Path) -> None:
    path = tmp_path / "curve.svg"
    law = {clients: 1000 * clients / (1 + 0.05 * (clients - 1)) for clients in (1, 2, 4, 8, 16, 32)}
    draw_curve(result(law), path)
    assert "knee 32" in words(path)
    assert "USL, R² 1.000" in words(path)


def test_a_fit_that_is_not_good_is_not_drawn(tmp_path: Path) -> None:
    path = tmp_path / "curve.svg"
    draw_curve(result({1: 1000, 2: 1500, 4: 3500, 8: 2500, 16: 4500, 32: 2000}), path)
    assert "knee 16" in words(path)
    assert "USL" not in words(path)


def test_a_run_shows_waits_rejections_and_connections(tmp_path: Path) -> None:
    path = tmp_path / "run.svg"
    plan = RunPlan(Course.OUTAGE, seconds=4, outage_seconds=1, load_percent=20)
    draw_run(simulate(shipped_fleet(PROFILES), PROFILES, plan), path)
    said = words(path)
    assert all(each in said for each in ("p99", "turned away", "connections", "statements", "prod, outage, seed 0"))


def test_nothing_to_draw_needs_nothing() -> None:
    require_picture(None)


@pytest.mark.parametrize(
    ("name", "what"), [("curve.txt", "draw a .txt"), ("curve", "draw a curve"), ("no/c.png", "no folder")]
)
def test_what_cannot_be_drawn_is_refused_before_the_work(tmp_path: Path, name: str, what: str) -> None:
    with pytest.raises(ConfigurationInvalid, match=what):
        require_picture(tmp_path / name)


def test_without_matplotlib_the_extra_is_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(picture, "find_spec", lambda name: None)
    with pytest.raises(ConfigurationInvalid, match="matplotlib") as caught:
        require_picture(tmp_path / "curve.png")
    assert "dbkit[load]" in caught.value.to_do
    assert importlib.util.find_spec("matplotlib") is not None
