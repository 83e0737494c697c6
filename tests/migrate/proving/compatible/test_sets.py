"""Sets of statements: what is collected of an entity, how it is written down, and what a script says."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from dbkit import models
from dbkit.migrate.line import Line
from dbkit.migrate.proving.compatible.collecting import collect
from dbkit.migrate.proving.compatible.file import CURRENT, FOLDER, read_set, set_text
from dbkit.migrate.proving.compatible.keeping import database_class, keep
from dbkit.migrate.proving.compatible.script import read_script
from dbkit.migrate.proving.compatible.statements import SentParameter, StatementSet
from dbkit.models.entity import Verb
from dbkit.types.errors import ConfigurationInvalid
from tests.cli.conftest import dbkit
from tests.cli.run import Command
from tests.migrate.lines import LineFolder

__all__ = ["dbkit"]


def collected() -> StatementSet:
    return collect({"connections": models.CONNECTIONS, "read_states": models.READ_STATES}, "20240101000001")


def test_each_verb_is_there_that_the_entity_has() -> None:
    calls = {each.call for each in collected().statements}
    # What finds also gets, and what pages also iterates.
    same = {Verb.FIND, Verb.ITERATE}
    assert calls == {
        f"{entity.name}.{verb.value}"
        for entity in (models.CONNECTIONS, models.READ_STATES)
        for verb in entity.verbs - same
    }


def test_each_column_is_read_and_written() -> None:
    found = [each for each in collected().statements if each.table == "connections"]
    page = next(each for each in found if each.call == "connections.page")
    assert all(f"connections.{name}" in page.sql for name in models.CONNECTIONS.fields)
    update = next(each for each in found if each.call == "connections.update")
    assert {each.field for each in update.parameters} >= set(models.CONNECTIONS.changeable)
    asked = {each.field for each in found if each.call == "connections.count" for each in each.parameters}
    assert asked <= set(models.CONNECTIONS.filter.model_fields)


def test_what_can_be_written_is_known() -> None:
    written = collected().written["connections"]
    assert written.values["status"] == ("created", "working", "bad_credentials")
    assert "project_id" in written.required
    assert "expires_at" not in written.required


def test_a_set_is_read_as_it_was_written(tmp_path: Path) -> None:
    path = tmp_path / "set.json"
    path.write_text(set_text(collected()))
    assert read_set(path) == collected()
    assert path.read_text().count("\n") > len(collected().statements)


def test_a_script_says_which_column_a_parameter_is_of() -> None:
    found = read_script(
        "-- orders.create\nINSERT INTO shop.orders (id, note, at) VALUES ($1, $2, now());\n"
        'UPDATE "orders" SET note = $1, count = count + $2 WHERE id = ANY ($3) AND at < $4;\n'
    ).statements
    assert [(each.call, each.table) for each in found] == [("orders.create", "orders"), ("statement 2", "orders")]
    assert found[0].parameters == (SentParameter("id"), SentParameter("note"))
    assert [each.field for each in found[1].parameters] == ["note", "count", "id", "at"]


def test_a_release_is_kept_under_its_head(line: LineFolder, dbkit: Command) -> None:
    head = line.add("create_one", "CREATE TABLE one (id int)")
    arguments = ("--line", str(line.folder), "--json")
    run = dbkit("migrate statements --check", *arguments)
    current = str(line.folder / FOLDER / CURRENT)
    assert (run.code, json.loads(run.out)["changed"]) == (1, [current])
    assert dbkit("migrate statements --write", *arguments).code == 0
    run = dbkit("migrate statements --check", *arguments)
    assert (run.code, json.loads(run.out)["changed"]) == (0, [])
    run = dbkit("migrate statements --release", "--line", str(line.folder))
    assert run.out.endswith(f"wrote {line.folder / FOLDER / head}.json\n")


def test_a_class_has_to_be_there(line: LineFolder) -> None:
    with pytest.raises(ConfigurationInvalid, match="no revisions"):
        keep(Line.read(line.folder))
    for named in ("dbkit:Absent", "absent:Database", "dbkit:connect"):
        with pytest.raises(ConfigurationInvalid, match="no database class"):
            database_class(named)
