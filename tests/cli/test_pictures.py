"""Commands that draw: to a file, or to the standard output."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from dbkit.migrate.erd.drawing import erd_svg
from dbkit.migrate.erd.mermaid import erd_mermaid
from dbkit.migrate.erd.tables import of_area, of_models
from dbkit.migrate.line import Line
from dbkit.migrate.schema_docs import schema_pages
from dbkit.migrate.timeline.drawing import timeline_svg
from dbkit.migrate.timeline.reading import read_history
from dbkit.migrate.timeline.text import timeline_text
from dbkit.models import ENTITIES
from dbkit.models.areas import Area
from tests.cli.run import Command


def test_erd(dbkit: Command, tmp_path: Path) -> None:
    run = dbkit("schema erd")
    assert (run.code, run.out, run.err) == (0, erd_svg(of_models()), "")
    file = tmp_path / "schema.svg"
    told = dbkit("schema erd --output", str(file))
    assert (told.code, told.out) == (0, f"wrote {file}\n")
    assert file.read_text() == run.out


def test_erd_of_an_area(dbkit: Command) -> None:
    assert dbkit("schema erd --area delivery --format mermaid").out == erd_mermaid(of_area(Area.DELIVERY))
    assert dbkit("schema erd --area delivery").out == erd_svg(of_area(Area.DELIVERY))


def test_no_such_area(dbkit: Command) -> None:
    run = dbkit("schema erd --area elsewhere")
    assert (run.code, run.out) == (2, "")
    assert "there are tenancy, credentials" in " ".join(run.err.split())


def test_erd_as_json(dbkit: Command) -> None:
    told = json.loads(dbkit("schema erd --json").out)
    assert {table for tables in told["areas"].values() for table in tables} == {entity.name for entity in ENTITIES}
    key = next(each for each in told["foreign_keys"] if each["name"] == "fk_teams_parent_team_id")
    assert (key["columns"], key["target"], key["is_optional"]) == (["organization_id", "parent_team_id"], "teams", True)


def test_docs(dbkit: Command, tmp_path: Path) -> None:
    pages = schema_pages()
    folder = tmp_path / "new" / "schema"
    run = dbkit("schema docs --output", str(folder))
    assert (run.code, run.out) == (0, f"wrote {len(pages)} pages to {folder}\n")
    assert {file.name: file.read_text() for file in folder.iterdir()} == pages
    assert dbkit("schema docs").out == "\n".join(pages.values())
    assert json.loads(dbkit("schema docs --json").out)["pages"] == pages


def test_timeline(dbkit: Command, tmp_path: Path) -> None:
    history = read_history(Line.read())
    assert dbkit("migrate history --timeline").out == timeline_text(history)
    assert dbkit("migrate history --timeline --format svg").out == timeline_svg(history)
    file = tmp_path / "history.svg"
    assert dbkit("migrate history --timeline --output", str(file)).out == f"wrote {file}\n"
    assert file.read_text() == timeline_svg(history)


def test_timeline_as_json(dbkit: Command) -> None:
    told = json.loads(dbkit("migrate history --timeline --json").out)
    swapped = next(each for each in told if each["table"] == "usage_events" and each["renamed_from"])
    assert (swapped["renamed_from"], swapped["begun"], swapped["ended"]) == (
        "usage_events_by_month",
        "20250617163951",
        None,
    )


def test_a_folder_that_is_not_there(dbkit: Command, tmp_path: Path) -> None:
    run = dbkit("schema erd --output", str(tmp_path / "absent" / "schema.svg"))
    assert (run.code, run.out) == (2, "")
    assert run.err.startswith("dbkit: No such file or directory")


@pytest.mark.parametrize("command", ["schema erd --format jpeg", "migrate history --timeline --format mermaid"])
def test_a_format_that_is_none(dbkit: Command, command: str) -> None:
    assert dbkit(command).code == 2
