"""Alembic's own commands work on a line's folder."""

from __future__ import annotations

import shutil
import threading
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import psycopg
import pytest
from alembic import command
from alembic.config import Config
from alembic.script import ScriptDirectory
from sqlalchemy import create_engine, text

from dbkit.migrate.line import Line, own_folder
from dbkit.types.errors import ConfigurationInvalid
from tests.migrate.lines import LineFolder


@pytest.fixture
def config(tmp_path: Path, postgres_url: str, monkeypatch: pytest.MonkeyPatch) -> Config:
    """A line of three, one without a transaction, with the env.py of dbkit's own."""
    line = LineFolder(tmp_path)
    line.tables("a")
    line.add(
        "index_a",
        ">create_index_concurrently('ix_a', 'a (id)')",
        undo=(">drop_index_concurrently('ix_a')",),
        transactional=False,
    )
    line.tables("b")
    shutil.copy(own_folder() / "env.py", tmp_path)
    monkeypatch.setenv("DBKIT_URL", postgres_url)
    return configured(tmp_path)


@pytest.fixture
def connection(postgres_url: str) -> Iterator[psycopg.Connection[Any]]:
    with psycopg.connect(postgres_url, autocommit=True) as connection:
        yield connection


def configured(folder: Path) -> Config:
    config = Config()
    config.set_main_option("script_location", str(folder))
    config.set_main_option("path_separator", "os")
    return config


def place(connection: psycopg.Connection[Any]) -> list[str]:
    return [row[0] for row in connection.execute("SELECT version_num FROM alembic_version").fetchall()]


def test_up_and_down(config: Config, connection: psycopg.Connection[Any]) -> None:
    command.upgrade(config, "head")
    assert place(connection) == ["20240101000003"]
    assert connection.execute("SELECT indisvalid FROM pg_index WHERE indexrelid = 'ix_a'::regclass").fetchone() == (
        True,
    )
    command.downgrade(config, "base")
    assert place(connection) == []


def test_on_a_connection_that_is_given(
    config: Config, connection: psycopg.Connection[Any], monkeypatch: pytest.MonkeyPatch, postgres_url: str
) -> None:
    monkeypatch.delenv("DBKIT_URL")
    engine = create_engine(postgres_url.replace("postgresql:", "postgresql+psycopg:"))
    with engine.connect() as given:
        config.attributes["connection"] = given
        command.upgrade(config, "head")
        assert given.execute(text("SELECT 1")).scalar_one() == 1
    engine.dispose()
    assert place(connection) == ["20240101000003"]


def test_two_at_once_take_turns(config: Config, connection: psycopg.Connection[Any]) -> None:
    assert connection.execute(
        "SELECT pg_try_advisory_lock(hashtextextended('dbkit.migrate:public.alembic_version', 0))"
    ).fetchone() == (True,)
    other = threading.Thread(target=command.upgrade, args=(config, "head"))
    other.start()
    asks = "SELECT FROM pg_stat_activity WHERE datname = current_database() AND query LIKE '%advisory%'"
    while connection.execute(asks).fetchone() is None:
        pass
    assert connection.execute("SELECT to_regclass('a')").fetchone() == (None,)
    connection.execute("SELECT pg_advisory_unlock_all()")
    other.join()
    assert place(connection) == ["20240101000003"]


def test_offline_is_refused(config: Config) -> None:
    with pytest.raises(ConfigurationInvalid, match="offline"):
        command.upgrade(config, "head", sql=True)


def test_alembic_reads_dbkits_own_line() -> None:
    scripts = ScriptDirectory.from_config(configured(own_folder()))
    head = Line.read().head
    assert head is not None
    assert scripts.get_heads() == [head.id]
    assert scripts.get_base() == Line.read().revisions[0].id
