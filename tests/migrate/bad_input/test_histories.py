"""Databases whose past is not that of the line, and lines that are not what was applied."""

from __future__ import annotations

import pytest

from tests.migrate.bad_input.site import FIRST, LAST, Site


def test_an_edited_history(site: Site) -> None:
    """A file that was changed after it was applied, and hashed again, as if it had always been so."""
    assert site.apply().code == 0
    site.add_gated()
    path = site.line.path(FIRST, "create_a")
    text = path.read_text()
    path.write_text(text.replace("id int", "id bigint"))
    site.line.hash()
    run = site.apply()
    assert run.code == 2
    assert f"{FIRST}_create_a.py is not as it was applied" in run.err
    assert site.is_at() == FIRST
    assert not site.has("b")
    path.write_text(text)
    site.line.hash()
    site.ends_well()


def test_an_edited_file(site: Site) -> None:
    site.add_gated()
    path = site.line.path(FIRST, "create_a")
    text = path.read_text()
    path.write_text(text.replace("id int", "id bigint"))
    run = site.apply()
    assert run.code == 2
    assert f"{FIRST}_create_a.py was edited" in run.err
    assert site.is_at() is None
    path.write_text(text)
    site.ends_well()


def test_a_database_from_the_future(site: Site) -> None:
    site.add_gated()
    assert site.apply().code == 0
    later = {file: file.read_text() for file in site.line.folder.glob("versions/*0[23]_*.py")}
    assert len(later) == 2
    for file in later:
        file.unlink()
    site.line.hash()
    run = site.apply()
    assert run.code == 2
    assert f"the database is at {LAST}, and this line ends at {FIRST} create_a" in run.err
    assert "Run the release that migrated it" in run.err
    # The release that did it finds nothing to do.
    for file, text in later.items():
        file.write_text(text)
    site.line.hash()
    assert "nothing to do" in site.ends_well().out


FOREIGN = {
    "another line's revision": (
        "CREATE TABLE alembic_version AS SELECT '1975ea83b712'::varchar(32) AS version_num",
        "the database is at 1975ea83b712, which this line does not have",
    ),
    "what is no revision": (
        "CREATE TABLE alembic_version (version_num text); INSERT INTO alembic_version VALUES (E'a\\n''b')",
        "which this line does not have",
    ),
    "two heads": (
        "CREATE TABLE alembic_version AS SELECT unnest('{1975ea83b712,20240101000001}'::text[]) AS version_num",
        "the database is at 2 revisions at once: 1975ea83b712, 20240101000001",
    ),
    "NULL": ("CREATE TABLE alembic_version (version_num text); INSERT INTO alembic_version VALUES (NULL)", "at None"),
    "another tool's table": (
        "CREATE TABLE alembic_version (id int)",
        "is none of Alembic's: it has no column version_num",
    ),
    "a view of that name": ("CREATE VIEW alembic_version AS SELECT 'x'::text AS version_num", "the database is at x"),
    "tables of nobody knows when": ("CREATE TABLE toys (id int)", "no row says at which revision it is"),
}


@pytest.mark.parametrize("case", FOREIGN)
def test_a_foreign_version_table(site: Site, case: str) -> None:
    made, says = FOREIGN[case]
    site.add_gated()
    site.execute(made)
    run = site.apply()
    assert run.code == 2
    assert says in run.err
    assert not site.has("a")
    site.execute("DROP VIEW alembic_version" if "view" in case else "DROP TABLE IF EXISTS alembic_version, toys")
    site.ends_well()
    assert site.is_at() == LAST
