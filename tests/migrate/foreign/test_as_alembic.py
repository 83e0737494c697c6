"""What dbkit makes of a line that Alembic made is what Alembic's own command makes of it."""

from __future__ import annotations

import re
import threading
from pathlib import Path

import pytest

from dbkit.migrate.line import Line
from dbkit.migrate.place import Place
from dbkit.migrate.report import Options, Report
from dbkit.migrate.runner import apply, down
from tests.migrate.foreign.databases import Connection, difference
from tests.migrate.foreign.shop import SHOP, Project

LOSSY = Options(lossy=True)


@pytest.fixture(scope="module", params=["folder", "alembic.ini", "folder of alembic.ini"])
def path(made_shop: Project, request: pytest.FixtureRequest) -> Path:
    """The ways to name the line."""
    ways = {"folder": made_shop.line, "alembic.ini": made_shop.ini, "folder of alembic.ini": made_shop.folder}
    return ways[request.param]


def test_the_whole_line(path: Path, postgres_url: str, connection: Connection, whole_by_alembic: Connection) -> None:
    report = apply(postgres_url, line=path)
    assert len(report.steps) == len(SHOP)
    assert difference(connection, whole_by_alembic) == []
    assert apply(postgres_url, line=path).steps == ()


def test_half_by_alembic_and_half_by_dbkit(
    made_shop: Project, number: int, postgres_url: str, connection: Connection, whole: Connection
) -> None:
    made_shop.upgrade(postgres_url, SHOP[number].id)
    applied = Place.read(connection, Line.read(made_shop.line)).count
    report = apply(postgres_url, line=made_shop.line)
    assert applied + len(report.steps) == len(SHOP)
    assert difference(connection, whole) == []


def test_half_by_dbkit_and_half_by_alembic(
    made_shop: Project, number: int, postgres_url: str, connection: Connection, whole: Connection
) -> None:
    apply(postgres_url, line=made_shop.line, to=SHOP[number].id)
    made_shop.upgrade(postgres_url, "head")
    assert difference(connection, whole) == []


def test_all_the_way_down_step_by_step(
    made_shop: Project, postgres_url: str, other_url: str, connection: Connection, other: Connection
) -> None:
    made_shop.upgrade(other_url, "head")
    apply(postgres_url, line=made_shop.line)
    for _ in SHOP:
        down(postgres_url, line=made_shop.line, options=LOSSY)
    made_shop.downgrade(other_url, "base")
    assert difference(connection, other) == []


def test_a_branch_first(made_shop: Project, postgres_url: str, connection: Connection, whole: Connection) -> None:
    """A database that went the branches in another order than the line has them, and has two rows."""
    made_shop.upgrade(postgres_url, "c3c3c3c3c3c3")
    made_shop.upgrade(postgres_url, "b2b2b2b2b2b2")
    place = Place.read(connection, Line.read(made_shop.line))
    assert {each.id for each in place.line.heads(place.count)} == {"b2b2b2b2b2b2", "c3c3c3c3c3c3"}
    assert " and " in str(place)
    assert place.pending[0].id == "d4d4d4d4d4d4"
    down(postgres_url, line=made_shop.line, options=LOSSY)
    apply(postgres_url, line=made_shop.line)
    assert difference(connection, whole) == []


def test_three_at_once(made_shop: Project, postgres_url: str, connection: Connection, whole: Connection) -> None:
    reports: list[Report] = []
    threads = [
        threading.Thread(target=lambda: reports.append(apply(postgres_url, line=made_shop.line))) for _ in range(3)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(len(report.steps) for report in reports) == [0, 0, len(SHOP)]
    assert difference(connection, whole) == []


def test_an_env_that_takes_the_runners_lock(
    project: Project, postgres_url: str, other_url: str, connection: Connection, other: Connection
) -> None:
    """As dbkit's own is: Alembic's command takes turns with runners, and its drafts know the runner's tables."""
    env = "from dbkit.migrate.environment import run_migrations\nfrom shop.models import Base\n\n"
    (project.line / "env.py").write_text(f"{env}run_migrations(Base.metadata)\n")
    apply(postgres_url, line=project.ini, to="e1e1e1e1e1e1")
    url = postgres_url.replace("%", "%%")
    project.ini.write_text(
        re.sub("(?m)^sqlalchemy.url.*", lambda _: f"sqlalchemy.url = {url}", project.ini.read_text())
    )
    project.alembic(postgres_url, "upgrade", "head")
    apply(other_url, line=project.ini)
    assert difference(connection, other) == []
    project.alembic(postgres_url, "revision", "--autogenerate", "--rev-id", "dddddddddddd")
    assert "dbkit_" not in project.file("dddddddddddd").read_text()
