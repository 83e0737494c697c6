"""*reversible* on revisions that come back, and on those that say so and do not."""

from __future__ import annotations

import pytest

from dbkit.migrate.proving.model import Outcome, Verdict
from tests.migrate.lines import LineFolder
from tests.migrate.proving.conftest import Look, only

THINGS = "CREATE TABLE things (id int PRIMARY KEY, size int NOT NULL, note text)"
MORE = "ALTER TABLE things ADD COLUMN more int"
LESS = "ALTER TABLE things DROP COLUMN more"
COPIED = (
    "CREATE TABLE copies (id int PRIMARY KEY, note text)",
    (
        "CREATE FUNCTION copy() RETURNS trigger LANGUAGE plpgsql AS "
        "$$ BEGIN INSERT INTO copies VALUES (new.id, new.note); RETURN NULL; END $$"
    ),
    "INSERT INTO copies SELECT id, note FROM things",
)
KEPT = "CREATE TRIGGER copied AFTER INSERT ON things FOR EACH ROW EXECUTE FUNCTION copy()"
UNCOPIED = ("DROP FUNCTION copy() CASCADE", "DROP TABLE copies")
REFUSES = '> refuse_downgrade("it is gone")'


def proved(line: LineFolder, look: Look, *upgrade: str, **arguments: object) -> Outcome:
    """Prove the second revision of a line."""
    line.add("create_things", THINGS, undo=("DROP TABLE things",), downgrade='Lossy(lost="things", rows=("things",))')
    line.add("change", *upgrade, **arguments)  # type: ignore[arg-type]
    return only(look(revisions=("change",), only=("reversible",))).outcomes["reversible"]


@pytest.mark.parametrize(
    ("upgrade", "arguments"),
    [
        ((MORE,), {"undo": (LESS,), "downgrade": 'Lossy(lost="more", columns=("things.more",))'}),
        (("CREATE INDEX ix ON things (size)",), {"undo": ("DROP INDEX ix",)}),
        (
            ("CREATE TABLE others (thing_id int REFERENCES things, word text)",),
            {"undo": ("DROP TABLE others",), "downgrade": 'Lossy(lost="others", rows=("others",))'},
        ),
        (("ALTER TABLE things DROP COLUMN note",), {"undo": (REFUSES,), "downgrade": 'Impossible("it is gone")'}),
        (
            ("UPDATE things SET note = random()::text",),
            {"undo": ("SELECT 1",), "downgrade": 'Lossless(remade=("things.note",))'},
        ),
    ],
)
def test_what_the_header_says_is_so(
    line: LineFolder, look: Look, upgrade: tuple[str, ...], arguments: dict[str, object]
) -> None:
    outcome = proved(line, look, *upgrade, **arguments)
    assert (outcome.verdict, outcome.findings) == (Verdict.PASSED, ())


@pytest.mark.parametrize(
    ("upgrade", "undo", "downgrade", "found"),
    [
        (MORE, LESS, "Lossless()", "things.more is lost, and the header does not say so"),
        (MORE, "SELECT 1", "Lossless()", "after down: column things.more: absent -> integer"),
        (MORE, "SELECT 1", "Lossless()", "applied again after its downgrade, it fails: line"),
        (
            "CREATE TABLE others (id int)",
            "DROP TABLE others",
            "Lossless()",
            "rows of others are lost, and the header does not say so",
        ),
        (MORE, f"{LESS}; DELETE FROM things WHERE id % 2 = 0", "Lossless()", "rows of things are lost"),
        (MORE, f"{LESS}; DROP TABLE absent", "Lossless()", "its downgrade fails: line"),
        (
            MORE,
            LESS,
            'Impossible("it is gone")',
            "the downgrade is impossible, says the header, and it came to its end",
        ),
        (MORE, "DROP TABLE absent", 'Impossible("it is gone")', "it fails, and does not refuse"),
        (
            "ALTER TABLE things ALTER COLUMN note SET DEFAULT 'x'; CREATE INDEX IF NOT EXISTS ix ON things (size)",
            "ALTER TABLE things ALTER COLUMN note DROP DEFAULT",
            "Lossless()",
            "after down: index ix",
        ),
    ],
)
def test_what_is_not_so_is_found(
    line: LineFolder, look: Look, upgrade: str, undo: str, downgrade: str, found: str
) -> None:
    outcome = proved(line, look, upgrade, undo=(undo,), downgrade=downgrade)
    assert outcome.verdict is Verdict.FAILED
    assert found in "\n".join(each.what for each in outcome.findings)


def test_a_downgrade_that_may_refuse_changes_nothing_then(line: LineFolder, look: Look) -> None:
    undo = ("ALTER TABLE things ALTER COLUMN note SET NOT NULL", "ALTER TABLE things DROP COLUMN more")
    outcome = proved(line, look, MORE, undo=undo, downgrade='Lossless(refuses="there are things without a note")')
    assert outcome.verdict is Verdict.PASSED
    assert "the downgrade refuses, as the header says: there are things without a note" in outcome.notes[-1]


def test_a_contract_finds_rows_that_have_come_along(line: LineFolder, look: Look) -> None:
    """Made right before it they would not know that its data revision has copied them."""
    line.add("create_things", THINGS)
    line.add("expand", "ALTER TABLE things ADD COLUMN words text")
    line.add("fill", "UPDATE things SET words = note", phase="DATA")
    back = ("ALTER TABLE things ADD COLUMN note text", "UPDATE things SET note = words")
    line.add("contract", "ALTER TABLE things DROP COLUMN note", undo=back, phase="CONTRACT")
    assert only(look(revisions=("contract",), only=("reversible",))).outcomes["reversible"].findings == ()


def test_what_has_another_name_is_not_new(line: LineFolder, look: Look) -> None:
    names = ("ALTER TABLE things RENAME TO items", "ALTER TABLE items RENAME note TO words")
    back = ("ALTER TABLE items RENAME words TO note", "ALTER TABLE items RENAME TO things")
    assert proved(line, look, *names, undo=back).findings == ()


def test_it_is_told_which_tables_had_no_rows(line: LineFolder, look: Look) -> None:
    line.add("create_odd", "CREATE TABLE odd (id int NOT NULL CHECK (id % 2 = 7))")
    outcome = proved(line, look, "ALTER TABLE odd ADD COLUMN more int", undo=("ALTER TABLE odd DROP COLUMN more",))
    assert outcome.notes == ("without rows in odd: no rows fit odd_id_check",)


def test_a_table_that_a_trigger_fills_has_the_rows_of_the_table_it_is_copied_from(line: LineFolder, look: Look) -> None:
    # Of two tables that refer to each other, and so need a way of their own to be filled, one is copied's parent.
    line.add(
        "create_things",
        "CREATE TABLE teams (id int PRIMARY KEY, lead int NOT NULL)",
        "CREATE TABLE people (id int PRIMARY KEY, team int NOT NULL REFERENCES teams)",
        "ALTER TABLE teams ADD FOREIGN KEY (lead) REFERENCES people",
        "CREATE TABLE things (id int PRIMARY KEY, team int NOT NULL REFERENCES teams, word text NOT NULL)",
        undo=("DROP TABLE things", "ALTER TABLE teams DROP CONSTRAINT teams_lead_fkey", "DROP TABLE people, teams"),
        downgrade='Lossy(lost="things", rows=("things", "people", "teams"))',
    )
    line.add(
        "copy",
        # No row that is made before has such a word, and no check says which, so rows are made behind it.
        "DO $$ BEGIN ASSERT NOT EXISTS (SELECT FROM things WHERE word <> 'short'), 'a long word'; END $$",
        "CREATE FUNCTION shorten() RETURNS trigger LANGUAGE plpgsql AS "
        "$$ BEGIN new.word := 'short'; RETURN new; END $$",
        "CREATE TRIGGER shortened BEFORE INSERT ON things FOR EACH ROW EXECUTE FUNCTION shorten()",
        "CREATE TABLE copies (id int PRIMARY KEY, word text, made_at timestamptz DEFAULT now())",
        "CREATE FUNCTION copy() RETURNS trigger LANGUAGE plpgsql AS "
        "$$ BEGIN INSERT INTO copies VALUES (new.id, new.word, '2024-01-01'); RETURN NULL; END $$",
        "CREATE TRIGGER copied AFTER INSERT ON things FOR EACH ROW EXECUTE FUNCTION copy()",
        "INSERT INTO copies SELECT id, word, '2024-01-01' FROM things ON CONFLICT DO NOTHING",
        undo=(
            "DROP TRIGGER copied ON things",
            "DROP FUNCTION copy()",
            "DROP TABLE copies",
            "DROP TRIGGER shortened ON things",
            "DROP FUNCTION shorten()",
        ),
    )
    outcome = only(look(revisions=("copy",), only=("reversible",))).outcomes["reversible"]
    assert (outcome.verdict, outcome.findings) == (Verdict.PASSED, ())


def test_rows_that_triggers_keep_as_copies_are_changed_by_nobody_else(line: LineFolder, look: Look) -> None:
    outcome = proved(line, look, *COPIED, KEPT, undo=UNCOPIED)
    assert (outcome.verdict, outcome.findings) == (Verdict.PASSED, ())


def test_rows_that_were_copied_once_may_be_changed(line: LineFolder, look: Look) -> None:
    outcome = proved(line, look, *COPIED, undo=UNCOPIED)
    assert "copies.note is lost, and the header does not say so" in "\n".join(each.what for each in outcome.findings)
