"""A checkpoint that would not be what the revisions make is not written; a run that is killed in one leaves nothing."""

from __future__ import annotations

import json
import subprocess
from collections.abc import Callable

import pytest

from dbkit.migrate.checkpoints import writing
from dbkit.migrate.checkpoints.errors import CheckpointDiffers
from dbkit.migrate.checkpoints.script import PLACE, without_place
from dbkit.migrate.checkpoints.writing import Made, check_checkpoints, write_checkpoint
from dbkit.migrate.line import Line
from dbkit.migrate.report import Report
from dbkit.migrate.runner import apply
from dbkit.migrate.sum import write as hash_line
from dbkit.types.errors import ConfigurationInvalid
from tests.cli.run import Command
from tests.cli.test_migrate import PROGRAM, wait_for_backend, wait_for_end
from tests.migrate.foreign.shop import Project
from tests.migrate.lines import LineFolder
from tests.migrate.runs import Connection, has, place

Write = Callable[..., Made]


def test_rows_that_only_a_revision_can_make(line: LineFolder, write: Write) -> None:
    line.add("a", "CREATE TABLE a (id uuid)", "INSERT INTO a VALUES (gen_random_uuid())")
    with pytest.raises(CheckpointDiffers, match="make rows of a with other values of id each time") as caught:
        write()
    assert caught.value.exit_code == 1
    assert not (line.folder / "checkpoints").exists()


def test_rights_that_a_script_does_not_give(line: LineFolder, write: Write) -> None:
    line.add("a", "CREATE TABLE a (id int)", "GRANT SELECT ON a TO pg_monitor")
    with pytest.raises(CheckpointDiffers, match=r"on PostgreSQL \d+ it differs in grants on "):
        write()


def test_what_names_the_schema_itself(line: LineFolder, write: Write) -> None:
    line.add(
        "a", "DO $$ BEGIN EXECUTE format('CREATE PUBLICATION p FOR TABLES IN SCHEMA %I', current_schema()); END $$"
    )
    with pytest.raises(CheckpointDiffers, match="a statement names the schema that it is in"):
        write()


def test_one_that_was_edited_and_hashed_is_found(line: LineFolder, write: Write, other_url: str) -> None:
    line.tables("a", "b")
    path = write().checkpoint.path
    path.write_text(path.read_text().replace("id integer", "id bigint", 1))
    line.hash()
    with pytest.raises(CheckpointDiffers, match=r"it differs in column a\.id"):
        check_checkpoints(line=line.folder, dev_url=other_url)


def test_a_line_without_revisions(line: LineFolder, write: Write) -> None:
    line.hash()
    with pytest.raises(ConfigurationInvalid, match="has no revision"):
        write()


def test_a_line_that_alembic_made(
    small: Project, other_url: str, postgres_url: str, connection: Connection, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(writing, "_MAJORS", ())
    with pytest.raises(ConfigurationInvalid, match=r"has no dbkit\.sum"):
        write_checkpoint(line=small.line, dev_url=other_url)
    hash_line(Line.read(small.line))
    made = write_checkpoint(line=small.line, dev_url=other_url)
    assert (made.checkpoint.name, made.rows) == ("checkpoints/bbbb2222_fill_a.sql", {"a": 2})
    assert apply(postgres_url, line=small.line).checkpoint == made.checkpoint.name
    assert place(connection) == ["bbbb2222"]
    assert connection.execute("SELECT count(*) FROM a").fetchone() == (2,)


def test_what_is_quoted_stays() -> None:
    dump = (
        "--\n-- PostgreSQL database dump\n--\n\nSET lock_timeout = 0;\n"
        "SELECT pg_catalog.set_config('search_path', '', false);"
        f"\n\n-- Name: x\nCREATE SCHEMA {PLACE};\n\nCREATE FUNCTION {PLACE}.f() RETURNS text LANGUAGE sql\n    AS $_$\n"
        f"SET lock_timeout = 0;\n-- a comment\nSELECT ';--' $_$;\n\nSET default_tablespace = '';\n\n"
        f"""COMMENT ON TABLE {PLACE}."a--b" IS 'x\nSET a = 1;';\nSELECT nextval('{PLACE}.s');\n"""
    )
    assert without_place(dump) == (
        "CREATE FUNCTION f() RETURNS text LANGUAGE sql\n    AS $_$\n"
        "SET lock_timeout = 0;\n-- a comment\nSELECT ';--' $_$;\n\n"
        """COMMENT ON TABLE "a--b" IS 'x\nSET a = 1;';\nSELECT nextval('s');\n"""
    )


def test_the_command(dbkit: Command, line: LineFolder, write: Write, other_url: str, postgres_url: str) -> None:
    line.tables("a", "b")
    rest = f"--line {line.folder}"
    run = dbkit(f"migrate checkpoint create_a --dev-url {other_url} {rest}")
    assert (run.code, run.err) == (0, "")
    assert run.out.startswith("checkpoints/20240101000001_create_a.sql stands for 1 revisions, up to 20240101000001")
    made = json.loads(dbkit(f"migrate checkpoint --json --dev-url {other_url} {rest}").out)
    assert (made["revisions"], made["changed"], made["rows"]) == (2, True, {})
    checked = json.loads(dbkit(f"migrate checkpoint --check --json --dev-url {other_url} {rest}").out)
    assert [each["revision"] for each in checked] == ["20240101000001", "20240101000002"]
    assert dbkit(f"migrate validate {rest}").code == 0
    applied = dbkit(f"migrate apply {postgres_url} {rest}")
    assert applied.out.startswith("began from checkpoints/20240101000002_create_b.sql, which stands for 2 revisions (")
    line.add("c", "CREATE TABLE c (id uuid)", "INSERT INTO c VALUES (gen_random_uuid())")
    refused = dbkit(f"migrate checkpoint --dev-url {other_url} {rest}")
    assert (refused.code, refused.out) == (1, "")


def test_a_run_that_is_killed_in_a_checkpoint_leaves_nothing(
    line: LineFolder, write: Write, postgres_url: str, connection: Connection, run: Callable[..., Report]
) -> None:
    line.tables("a", "b")
    path = write().checkpoint.path
    whole = path.read_text()
    path.write_text(f"{whole}SELECT pg_sleep(60);\n")
    line.hash()
    command = [*PROGRAM, "apply", postgres_url, "--line", str(line.folder)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True) as process:
        backend = wait_for_backend(connection, process)
        process.kill()
        process.communicate(timeout=30)
    wait_for_end(connection, backend)
    assert not has(connection, "a")
    assert not has(connection, "alembic_version")
    path.write_text(whole)
    line.hash()
    assert run().checkpoint
    assert place(connection) == ["20240101000002"]
