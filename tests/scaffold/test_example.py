"""The example is what the command line writes, grown up: where nothing had to change, nothing has."""

from __future__ import annotations

from pathlib import Path

import pytest

from dbkit.generate.generating import compared_package
from dbkit.generate.package import Package
from dbkit.generate.scaffold.naming import ServiceName
from dbkit.generate.scaffold.service import new_service
from dbkit.migrate.drift import drift
from dbkit.migrate.line import Line
from dbkit.migrate.sum import findings
from dbkit.testing import Setup
from tests.architecture.sources import PROJECT
from widget_service.database import MIGRATIONS, AsyncShop, Shop

EXAMPLE = PROJECT / "examples" / "widget"
AS_NEW = [
    ".gitignore",
    "Makefile",
    "pyproject.toml",
    "tests/conftest.py",
    "widget_service/__main__.py",
    "widget_service/factories/__init__.py",
    "widget_service/migrations/env.py",
    "widget_service/models/base.py",
]


@pytest.fixture(scope="session")
def dbkit_setup() -> Setup:
    return Setup(database=Shop, async_database=AsyncShop, lines=(MIGRATIONS,))


@pytest.fixture(scope="module")
def new(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The service as it was in the beginning."""
    folder = tmp_path_factory.mktemp("new")
    new_service(ServiceName("widget_service", "Shop"), folder)
    return folder


@pytest.mark.parametrize("name", AS_NEW)
def test_it_is_as_new(new: Path, name: str) -> None:
    assert (EXAMPLE / name).read_text() == (new / name).read_text()


def test_what_is_generated_is_up_to_date() -> None:
    assert compared_package(Package.find("widget_service", EXAMPLE)).lines() == []


def test_its_line_is_whole() -> None:
    line = Line.read(MIGRATIONS)
    assert [*findings(line), *line.findings()] == []


def test_its_line_leads_to_its_models(postgres_url: str) -> None:
    assert drift(postgres_url, "widget_service.models:Base", dev_url=postgres_url).differences == ()
