"""The proofs notice what they are there to notice: small lines whose headers say what is not so."""

from __future__ import annotations

from pathlib import Path

import pytest

from dbkit.migrate.line import Line
from dbkit.migrate.proving.changes import changes
from dbkit.testing.templates import Databases
from tests.migrate.lines import LineFolder
from tests.migrations.proof import Proof
from tests.migrations.rows import Snapshot
from tests.migrations.stepping import go_down, go_up, opened
from tests.migrations.stopping import Stopped
from tests.migrations.walk import Walk

THINGS = (
    "CREATE TABLE things (id int PRIMARY KEY, size int, note text)",
    "INSERT INTO things VALUES (1, 10, 'a'), (2, 20, NULL)",
)
AX = "{'things': Lock.ACCESS_EXCLUSIVE}"


@pytest.fixture
def line(tmp_path: Path) -> LineFolder:
    line = LineFolder(tmp_path / "line")
    line.add("things", *THINGS)
    return line


def complaints_about(server: Databases, line: LineFolder) -> list[str]:
    """Prove the last revision of a line."""
    revisions = Line.read(line.folder).revisions
    walk = Walk(server, revisions)
    try:
        with walk.before(revisions[-1]) as url, opened(url) as looker:
            proof = Proof(url, looker, revisions[-1])
            proof.run()
            return proof.complaints
    finally:
        walk.close()


ADD = "ALTER TABLE things ADD COLUMN more int DEFAULT 7"
DROP = "ALTER TABLE things DROP COLUMN more"


def test_what_is_so_brings_no_complaint(server: Databases, line: LineFolder) -> None:
    line.add("more", ADD, undo=(DROP,), locks=AX)
    assert complaints_about(server, line) == []


@pytest.mark.parametrize(
    ("upgrade", "undo", "header", "complaint"),
    [
        (ADD, DROP, {}, "locks: the header says {}, but it takes {'things': 'ACCESS EXCLUSIVE'}"),
        (
            "CREATE TABLE more ()",
            "DROP TABLE more",
            {"locks": AX},
            "locks: the header says {'things': 'ACCESS EXCLUSIVE'}",
        ),
        (
            ADD.replace("COLUMN", "COLUMN IF NOT EXISTS"),
            "SELECT 1",
            {"locks": AX},
            "after down: column things.more: absent -> integer DEFAULT 7",
        ),
        (
            "ALTER TABLE things ALTER size TYPE bigint",
            "ALTER TABLE things ALTER size TYPE int",
            {"locks": AX},
            "rewrites: the header says [], but it rewrites ['things']",
        ),
        (
            "ALTER TABLE things DROP COLUMN size",
            "ALTER TABLE things ADD COLUMN size int",
            {"locks": AX},
            "things.size is lost, and the header does not say so: 10 became null at [1]",
        ),
        (
            "DELETE FROM things WHERE id = 1",
            "SELECT 1",
            {},
            "rows of things are lost, and the header does not say so",
        ),
        (
            "SELECT 1",
            "INSERT INTO things VALUES (3) ON CONFLICT DO NOTHING",
            {},
            "things has rows after down that it had not before",
        ),
        (
            ADD,
            DROP,
            {"locks": AX, "downgrade": "Lossy(lost='more', columns=('things.more',), rows=('things',))"},
            "the header says that rows of things are lost, and none were",
        ),
        (ADD, DROP, {"locks": AX, "downgrade": "Lossy(lost='', columns=('things.more',))"}, "and no value was"),
        (
            ADD,
            DROP,
            {"locks": AX, "downgrade": "Lossless(remade=('things.more',))"},
            "is made anew, and it is the same",
        ),
        (
            ADD,
            DROP,
            {"locks": AX, "downgrade": "Lossless(kept=('things.note',))"},
            "keeps filled values, and it is as before",
        ),
        (ADD, DROP, {"locks": AX, "downgrade": "Lossless(refuses='ever')"}, "should refuse, and with the rows"),
        (ADD, DROP, {"locks": AX, "downgrade": "Impossible('no')"}, "the downgrade should refuse"),
        (
            "CREATE INDEX CONCURRENTLY ix_things ON things (size)",
            "DROP INDEX ix_things",
            {"transactional": False},
            "but it takes {'things': 'SHARE UPDATE EXCLUSIVE'}",
        ),
        (
            "ALTER TABLE things ADD CHECK (size > 0) NOT VALID",
            "ALTER TABLE things DROP CONSTRAINT things_size_check",
            {"transactional": False},
            "but it takes {'things': 'ACCESS EXCLUSIVE'}",
        ),
    ],
)
def test_what_is_not_so_is_noticed(
    server: Databases, line: LineFolder, upgrade: str, undo: str, header: dict[str, object], complaint: str
) -> None:
    line.add("lies", upgrade, undo=(undo,), **header)  # type: ignore[arg-type]
    assert complaint in "\n".join(complaints_about(server, line))


@pytest.mark.parametrize("resumable", [True, False])
def test_one_that_cannot_be_run_again_is_noticed(server: Databases, line: LineFolder, resumable: bool) -> None:
    exists = "IF NOT EXISTS" if resumable else ""
    line.add(
        "stops",
        f"ALTER TABLE things ADD COLUMN {exists} more int DEFAULT 7",
        "UPDATE things SET note = 'done' WHERE note IS NULL",
        undo=("ALTER TABLE things DROP COLUMN IF EXISTS more",),
        transactional=False,
        locks=AX,
        downgrade="Lossless(kept=('things.note',))",
    )
    revision = Line.read(line.folder).revisions[-1]
    walk = Walk(server, Line.read(line.folder).revisions)
    try:
        with walk.before(revision) as url, opened(url) as looker:
            proof = Proof(url, looker, revision)
            proof.run()
            assert proof.complaints == []
        with walk.before(revision) as url, opened(url) as looker:
            stopped = Stopped(url, looker, revision)
            if not resumable:
                with pytest.raises(Exception, match="already exists"):
                    stopped.go(go_up, proof.states["before"], proof.states["up"], "up")
                return
            stopped.go(go_up, proof.states["before"], proof.states["up"], "up")
            stopped.go(go_down, proof.states["up"], proof.states["down"], "down")
            assert stopped.complaints == []
    finally:
        walk.close()


def rows(*values: tuple[int, object]) -> Snapshot:
    return Snapshot({"things": [{"id": id, "size": size} for id, size in values]})


@pytest.mark.parametrize(
    ("after", "ignored", "said"),
    [
        (rows((1, 10), (2, 20)), (), ""),
        (rows((1, 10)), (), 'things lost {"id": 2, "size": 20}'),
        (rows((1, 10), (2, 20), (3, 30)), (), 'things gained {"id": 3, "size": 30}'),
        (rows((1, 10), (2, 21)), (), "things.size changed: 20 became 21 at [2]"),
        (rows((1, 10), (2, 21)), ("things.size",), ""),
        (rows((8, 10), (9, 20)), ("things.id",), ""),
        (rows((8, 10), (9, 21)), ("things.id",), 'things lost {"size": 20}; things gained {"size": 21}'),
    ],
)
def test_changes_of_rows(after: Snapshot, ignored: tuple[str, ...], said: str) -> None:
    assert str(changes(rows((1, 10), (2, 20)), after, {"things": [("id",)]}, ignored)) == said
