"""A new service and its new entities: what is written runs, is clean, and stays as it is."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest

from dbkit.generate import formatting
from dbkit.generate.generating import compared_package
from dbkit.generate.package import Package
from dbkit.generate.scaffold.entity import new_entity
from dbkit.generate.scaffold.fields import Field, States
from dbkit.generate.scaffold.naming import EntityName, ServiceName
from dbkit.generate.scaffold.service import new_service
from dbkit.migrate.line import Line
from tests.architecture.sources import PROJECT
from tests.scaffold.conftest import Run

CHECKS = [
    ("-m", "ruff", "check", "--no-cache"),
    ("-m", "ruff", "format", "--check", "--no-cache"),
    ("-m", "mypy", "--cache-dir", str(PROJECT / ".mypy_cache" / "scaffold")),
]


@pytest.mark.parametrize("check", CHECKS, ids=["lint", "layout", "types"])
def test_it_is_clean(service: Path, run: Run, check: tuple[str, ...]) -> None:
    done = run(service, *check)
    assert done.returncode == 0, done.stdout + done.stderr


def test_what_is_generated_is_up_to_date(service: Path, dbkit: Run) -> None:
    assert dbkit(service, "generate", "--check").returncode == 0


def test_its_line_has_a_revision_for_each_entity(service: Path, dbkit: Run) -> None:
    line = service / "gadget_service" / "migrations"
    assert [each.slug for each in Line.read(line).revisions] == [
        "create_stores",
        "create_gadgets",
        "create_spare_parts",
    ]
    assert dbkit(service, "migrate", "validate", "--line", str(line)).returncode == 0


def test_an_entity_goes_with_what_it_is_under(service: Path) -> None:
    model = (service / "gadget_service" / "models" / "spare_part.py").read_text()
    words = re.sub(r"\s+", " ", model)
    assert '["store_id", "gadget_id"], ["gadgets.store_id", "gadgets.id"], ondelete="CASCADE"' in words
    assert 'ForeignKeyConstraint(["store_id"], ["stores.id"], ondelete="CASCADE")' in words
    assert "store_id: Mapped[Identifier] = mapped_column(primary_key=True)" in words
    assert "gadget_id: Mapped[Identifier] = mapped_column(info=IMMUTABLE)" in words


def _files(folder: Path) -> dict[Path, bytes]:
    caches = {"__pycache__", ".mypy_cache", ".ruff_cache", ".pytest_cache"}
    found = {path for path in folder.rglob("*") if path.is_file() and not caches.intersection(path.parts)}
    return {path: path.read_bytes() for path in found}


@pytest.mark.parametrize(
    ("command", "reason"),
    [
        (("service", "gadget-service", "--folder", "."), "there already, and nothing is written over"),
        (("entity", "gadget"), "there is an entity gadget already"),
        (("entity", "gadgets", "--plural", "gadgetses"), "there is an entity gadgets already"),
        (("entity", "base"), "would hide the one of dbkit"),
        (("entity", "calls", "--plural", "callses"), "there already, and nothing is written over"),
        (("entity", "note", "--under", "nothing"), "there is no entity nothing"),
        (("entity", "note", "--under", "store", "--field", "store_id:uuid"), "would have store_id twice"),
        (("entity", "note", "--field", "a:text", "--field", "a:text"), "would have a twice"),
        (("entity", "note", "--package", "other"), "has not a package other"),
        (("entity", f"n{'o' * 60}te", "--under", "gadget"), "PostgreSQL cuts names at 63"),
    ],
)
def test_what_cannot_be_changes_nothing(service: Path, dbkit: Run, command: tuple[str, ...], reason: str) -> None:
    before = _files(service)
    done = dbkit(service, "new", *command)
    assert done.returncode == 2
    assert reason in done.stderr
    assert _files(service) == before


def test_an_entity_waits_for_a_line_that_is_hashed(service: Path, dbkit: Run) -> None:
    stray = service / "gadget_service" / "migrations" / "versions" / "20991231235959_stray.py"
    stray.write_text('"""Stray."""\n')
    try:
        done = dbkit(service, "new", "entity", "note")
    finally:
        stray.unlink()
    assert done.returncode == 2
    assert "stray.py is not hashed yet" in done.stderr


def test_an_entity_that_fails_half_way_leaves_nothing(service: Path, dbkit: Run) -> None:
    """A module of the factories cannot be imported, which shows only when its types are generated."""
    broken = service / "gadget_service" / "factories" / "gadget.py"
    text = broken.read_text()
    broken.write_text("import nothing_of_this_name\n")
    before = _files(service)
    try:
        done = dbkit(service, "new", "entity", "note")
        assert done.returncode == 2
        assert _files(service) == before
    finally:
        broken.write_text(text)


def test_json(tmp_path: Path, dbkit: Run) -> None:
    made = json.loads(dbkit(tmp_path, "new", "service", "gizmo_service", "--json").stdout)
    folder = tmp_path / "gizmo-service"
    assert {"pyproject.toml", "README.md", "gizmo_service/api.py", "tests/conftest.py"} <= set(made["made"])
    done = json.loads(dbkit(folder, "new", "entity", "shop", "--json").stdout)
    assert done["made"] == [
        "gizmo_service/types/shop.py",
        "gizmo_service/models/shop.py",
        "gizmo_service/factories/shop.py",
        "tests/test_shop.py",
    ]
    assert done["changed"] == ["gizmo_service/models/__init__.py"]
    assert "gizmo_service/mock/_sync/shop.py" in done["generated"]
    assert all((folder / name).is_file() for names in (*made.values(), *done.values()) for name in names)


def test_a_package_below_src(tmp_path: Path, dbkit: Run) -> None:
    assert dbkit(tmp_path, "new", "service", "gizmo_service", "--folder", ".").returncode == 0
    (tmp_path / "src").mkdir()
    (tmp_path / "gizmo_service").rename(tmp_path / "src" / "gizmo_service")
    made = json.loads(dbkit(tmp_path, "new", "entity", "shop", "--json").stdout)["made"]
    assert "src/gizmo_service/models/shop.py" in made
    assert "tests/test_shop.py" in made
    assert dbkit(tmp_path, "generate", "--check").returncode == 0


def test_it_works_without_a_formatter(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(formatting, "_ruff", lambda: None)
    new_service(ServiceName.parse("gizmo_service"), tmp_path)
    package = Package.find("gizmo_service", tmp_path)
    new_entity(package, EntityName.parse("shop"), states=States.parse("new,old"))
    new_entity(package, EntityName.parse("shelf", "shelves"), under="shop", fields=[Field.parse("size:bigint?")])
    assert compared_package(package).is_clean
    for path in tmp_path.rglob("*.py"):
        compile(path.read_text(), path, "exec")
