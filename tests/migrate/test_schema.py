from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor

import psycopg
import pytest
from sqlalchemy import CheckConstraint, Column, Integer, MetaData, Table, Text, text

import dbkit
from dbkit.migrate.schema import SchemaOutcome, create_schema, create_tables, schema_sql
from dbkit.models import Base
from dbkit.types import ConfigurationInvalid, ProviderFilter, SchemaMismatch

TABLES = set(Base.metadata.tables)


def test_creates_every_table(postgres_url: str) -> None:
    report = create_schema(postgres_url)
    assert report.outcome is SchemaOutcome.CREATED
    assert set(report.tables) == TABLES
    with dbkit.connect(postgres_url) as database:
        assert database.providers.count(ProviderFilter()) == 0


def test_a_second_time_does_nothing(postgres_url: str) -> None:
    create_schema(postgres_url)
    report = create_schema(postgres_url)
    assert report.outcome is SchemaOutcome.ALREADY_THERE
    assert set(report.tables) == TABLES


def test_two_at_once_take_turns(postgres_url: str) -> None:
    with ThreadPoolExecutor(2) as threads:
        outcomes = [report.outcome for report in threads.map(create_schema, [postgres_url] * 2)]
    assert sorted(outcomes) == [SchemaOutcome.ALREADY_THERE, SchemaOutcome.CREATED]


def test_part_of_the_tables_is_refused(postgres_url: str) -> None:
    with psycopg.connect(postgres_url) as connection:
        connection.execute("CREATE TABLE teams (id int)")
    with pytest.raises(SchemaMismatch, match=r"has the tables teams, and lacks .*connections"):
        create_schema(postgres_url)


def test_a_failure_leaves_nothing(postgres_url: str) -> None:
    metadata = MetaData()
    Table("fine", metadata, Column("id", Integer, primary_key=True))
    Table("wrong", metadata, Column("id", Integer, primary_key=True), CheckConstraint(text("no_such_function(id)")))
    with pytest.raises(SchemaMismatch):
        create_schema(postgres_url, metadata=metadata)
    with psycopg.connect(postgres_url) as connection:
        assert connection.execute("SELECT to_regclass('fine')").fetchone() == (None,)


def test_memory_needs_none() -> None:
    assert create_schema("memory://").outcome is SchemaOutcome.NOT_NEEDED


def test_without_a_url_the_environment_says_which(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("DBKIT_URL", raising=False)
    monkeypatch.delenv("DBKIT_ENV", raising=False)
    with pytest.raises(ConfigurationInvalid):
        create_schema()
    assert create_schema(env="test").outcome is SchemaOutcome.NOT_NEEDED


def test_models_of_another_package(postgres_url: str) -> None:
    """Names that need quotes, and text with what parameters are written with."""
    metadata = MetaData()
    odd = CheckConstraint(text("\"Unit:price\" <> '%s \\:no :yes'"), name="odd")
    Table("Order items", metadata, Column("Unit:price", Text, primary_key=True), CheckConstraint("1 = 1"), odd)
    assert create_schema(postgres_url, metadata=metadata).tables == ('"Order items"',)
    assert create_schema(postgres_url, metadata=metadata).outcome is SchemaOutcome.ALREADY_THERE


def test_in_a_transaction_of_the_callers(postgres_url: str) -> None:
    with dbkit.connect(postgres_url) as database:
        with database.transaction() as tx:
            assert create_tables(tx)
            assert not create_tables(tx)
        assert database.providers.count() == 0


def test_the_script_is_the_same_schema(postgres_url: str) -> None:
    with psycopg.connect(postgres_url) as connection:
        connection.execute(schema_sql().encode())
    assert create_schema(postgres_url).outcome is SchemaOutcome.ALREADY_THERE


def test_comments_are_part_of_the_script() -> None:
    metadata = MetaData()
    Table("notes", metadata, Column("id", Integer, primary_key=True, comment="its number"), comment="what it's for")
    assert schema_sql(metadata).splitlines()[-3:] == [
        "COMMENT ON TABLE notes IS 'what it''s for';",
        "",
        "COMMENT ON COLUMN notes.id IS 'its number';",
    ]
