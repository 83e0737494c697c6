"""New revisions: an empty file, or a draft that leads to the models and back."""

from __future__ import annotations

import sys
from datetime import UTC, datetime
from pathlib import Path
from types import SimpleNamespace

import pytest
import sqlalchemy as sa

from dbkit.migrate.draft import draft_from_models
from dbkit.migrate.line import Line
from dbkit.migrate.new import Draft, new_revision
from dbkit.migrate.sum import write
from dbkit.types.errors import ConfigurationInvalid
from tests.migrate.lines import LineFolder

NOW = datetime(2026, 3, 1, 12, 0, 0, tzinfo=UTC)
BEFORE = (
    "CREATE TABLE parents (id int PRIMARY KEY, label text, size int)",
    """CREATE TABLE children (
      id int, parent_id int, state text DEFAULT 'new', twice int GENERATED ALWAYS AS (id * 2) STORED,
      CONSTRAINT ck_children_state CHECK (state <> ''))""",
    "CREATE INDEX ix_children_state ON children (state) WHERE id > 1",
)


@pytest.fixture
def line(tmp_path: Path) -> LineFolder:
    folder = LineFolder(tmp_path / "line")
    folder.add("before", *BEFORE, undo=("DROP TABLE children", "DROP TABLE parents"))
    return folder


@pytest.fixture
def metadata(monkeypatch: pytest.MonkeyPatch) -> sa.MetaData:
    """Models that say what the line says, for a test to change; named `planted:metadata`."""
    metadata = sa.MetaData()
    monkeypatch.setitem(sys.modules, "planted", SimpleNamespace(metadata=metadata))
    return metadata


def parents(metadata: sa.MetaData, *extra: sa.Column[object], label: str = "label") -> sa.Table:
    columns = [sa.Column("id", sa.Integer, autoincrement=False, primary_key=True)]
    return sa.Table("parents", metadata, *columns, sa.Column(label, sa.Text), sa.Column("size", sa.Integer), *extra)


def children(
    metadata: sa.MetaData, *, check: str = "state <> ''", predicate: str = "id > 1", default: str = "new"
) -> sa.Table:
    return sa.Table(
        "children",
        metadata,
        sa.Column("id", sa.Integer),
        sa.Column("parent_id", sa.Integer),
        sa.Column("state", sa.Text, server_default=default),
        sa.Column("twice", sa.Integer, sa.Computed("id * 2", persisted=True)),
        sa.CheckConstraint(check, name="ck_children_state"),
        sa.Index("ix_children_state", "state", postgresql_where=sa.text(predicate)),
    )


def drafted(line: LineFolder, dev_url: str, **options: object) -> Draft:
    return draft_from_models(line.folder, "planted:metadata", dev_url=dev_url, **options)  # type: ignore[arg-type]


def test_an_empty_revision(line: LineFolder) -> None:
    path = new_revision(line.folder, "Add rate-limits", now=NOW)
    assert path.name == "20260301120000_add_rate_limits.py"
    line.hash()
    read = Line.read(line.folder)
    assert read.head is not None
    assert (read.head.parent, read.head.title) == ("20240101000001", "Add rate limits.")
    assert read.findings() == [f"{path.name}: its upgrade does nothing"]


@pytest.mark.parametrize("slug", ["", "über", "a/b", "__", "x" * 81])
def test_a_slug_that_is_none(line: LineFolder, slug: str) -> None:
    with pytest.raises(ConfigurationInvalid):
        new_revision(line.folder, slug)


def test_models_that_say_the_same_need_no_statement(line: LineFolder, metadata: sa.MetaData, postgres_url: str) -> None:
    parents(metadata)
    children(metadata)
    draft = drafted(line, postgres_url)
    assert (draft.upgrade, draft.downgrade, draft.left) == ((), (), ())


@pytest.mark.parametrize(
    ("change", "upgrade"),
    [
        (
            {"check": "state <> 'x'"},
            [
                "ALTER TABLE children DROP CONSTRAINT ck_children_state",
                "ALTER TABLE children ADD CONSTRAINT ck_children_state CHECK ((state <> 'x'::text))",
            ],
        ),
        (
            {"predicate": "id > 2"},
            [
                "DROP INDEX ix_children_state",
                "CREATE INDEX ix_children_state ON children USING btree (state) WHERE id > 2",
            ],
        ),
        ({"default": "old"}, ["ALTER TABLE children ALTER COLUMN state SET DEFAULT 'old'::text"]),
    ],
    ids=["check", "predicate", "default"],
)
def test_what_autogenerate_misses(
    line: LineFolder, metadata: sa.MetaData, postgres_url: str, change: dict[str, str], upgrade: list[str]
) -> None:
    parents(metadata)
    children(metadata, **change)
    draft = drafted(line, postgres_url)
    assert list(draft.upgrade) == upgrade
    assert draft.left == ()


def test_a_draft_leads_there_and_back(line: LineFolder, metadata: sa.MetaData, postgres_url: str) -> None:
    table = parents(metadata, sa.Column("name", sa.Text(collation="C"), server_default="a:b", nullable=False))
    table.comment = "it's"
    table.c.size.type = sa.BigInteger()
    sa.Table(
        "toys",
        metadata,
        sa.Column("id", sa.BigInteger, sa.Identity(always=True), primary_key=True),
        sa.Column("parent_id", sa.ForeignKey("parents.id", ondelete="CASCADE"), unique=True),
        sa.Column("mood", sa.Enum("sad", "fine", name="mood"), index=True),
    )
    draft = drafted(line, postgres_url)
    assert draft.left == ()
    assert "DROP TABLE children" in draft.upgrade
    assert set(draft.rows) == {"children", "toys"}
    assert draft.columns == ("parents.name",)
    path = new_revision(line.folder, "toys", draft, now=NOW)
    line.hash()
    read = Line.read(line.folder)
    assert read.findings() == []
    # Applied from its file, with escaped colons and all, it leaves nothing to draft.
    again = drafted(line, postgres_url)
    assert (again.upgrade, again.left) == ((), ())
    assert path.read_text().count("op.execute") == len(draft.upgrade) + len(draft.downgrade)
    assert not write(read)


def test_a_rename_is_said(line: LineFolder, metadata: sa.MetaData, postgres_url: str) -> None:
    parents(metadata, label="name")
    children(metadata)
    draft = drafted(line, postgres_url, renames=["parents.label=name"])
    assert draft.upgrade == ("ALTER TABLE parents RENAME COLUMN label TO name",)
    assert draft.downgrade == ("ALTER TABLE parents RENAME COLUMN name TO label",)
    assert (draft.columns, draft.left) == ((), ())


@pytest.mark.parametrize("answer", [True, False])
def test_a_rename_is_asked_about(line: LineFolder, metadata: sa.MetaData, postgres_url: str, answer: bool) -> None:
    parents(metadata, label="name")
    children(metadata)
    questions: list[str] = []

    def ask(question: str) -> bool:
        questions.append(question)
        return answer

    draft = drafted(line, postgres_url, ask=ask)
    assert questions == ["Is parents.name the renamed parents.label?"]
    assert ("RENAME COLUMN" in draft.upgrade[0]) is answer
    assert draft.columns == (() if answer else ("parents.label", "parents.name"))


def test_what_cannot_be_drafted_is_told(line: LineFolder, metadata: sa.MetaData, postgres_url: str) -> None:
    line.add("policy", "ALTER TABLE parents ENABLE ROW LEVEL SECURITY", "CREATE POLICY own ON parents USING (true)")
    parents(metadata)
    children(metadata)
    draft = drafted(line, postgres_url)
    assert [each.partition(":")[0] for each in draft.left] == ["policy parents.own", "table parents"]


@pytest.mark.parametrize("models", ["no_such_module:Base", "dbkit.models:no_such", "dbkit:__all__"])
def test_models_that_are_none(line: LineFolder, models: str) -> None:
    with pytest.raises(ConfigurationInvalid, match="no models"):
        draft_from_models(line.folder, models)
