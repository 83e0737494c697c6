"""Texts stay texts: whatever they are, the statements are those of a harmless word, and the rows are found by it."""

from __future__ import annotations

from urllib.parse import quote

import pytest
from sqlalchemy import text

import dbkit
from dbkit.testing import Setup
from dbkit.types import (
    CursorInvalid,
    DestinationFilter,
    GroupFilter,
    GroupRef,
    IgnoringCase,
    NewDestination,
    NewGroup,
    Prefix,
    ProjectId,
    ValueInvalid,
)
from tests.operations._sync.world import Tenant, make_tenant
from tests.security.payloads import PAYLOADS


@pytest.fixture(scope="session")
def dbkit_setup() -> Setup:
    return Setup()


@pytest.fixture(params=["memory", "postgres"])
def db(request: pytest.FixtureRequest) -> dbkit.Database:
    database: dbkit.Database = request.getfixturevalue(f"{request.param}_db")
    return database


@pytest.fixture
def tenant(db: dbkit.Database) -> Tenant:
    return make_tenant(db)


def statements(db: dbkit.Database, project_id: ProjectId, word: str) -> list[str]:
    """Use a word wherever a caller's text goes, see that it comes back as it is, and return the statements."""
    ref, new = GroupRef(word), NewGroup(project_id=project_id, group_ref=GroupRef(word), group_name=word)
    with db.expect_queries(at_most=100) as queries:
        assert db.groups.create(new).group_name == word
        assert db.groups.get(project_id, ref).group_ref == word
        for wanted in (word, Prefix(word)):
            assert [
                each.group_ref for each in db.groups.page(GroupFilter(project_id=project_id, group_name=wanted))
            ] == [word]
        assert db.groups.update(project_id, ref, group_name=f"{word}!").group_name == f"{word}!"
        assert not db.groups.upsert(new, on="pk_groups").inserted
        db.groups.delete(project_id, ref)
        assert db.groups.create_many([new]) == 1
        assert db.groups.find(project_id, ref) is not None
        db.groups.delete(project_id, ref)
        hook = db.destinations.create(NewDestination(project_id=project_id, name=word, metadata={"url": word}))
        assert hook.metadata == {"url": word}
        found = db.destinations.page(DestinationFilter(project_id=project_id, name=IgnoringCase(word)))
        assert [each.id for each in found] == [hook.id]
        db.destinations.purge(project_id, hook.id)
    return [query.sql for query in queries]


def test_there_are_many() -> None:
    assert len(set(PAYLOADS)) == len(PAYLOADS) > 200


def test_a_text_is_nothing_but_a_text(db: dbkit.Database, tenant: Tenant) -> None:
    harmless = statements(db, tenant.project_id, "word")
    assert len(harmless) >= 12
    for payload in PAYLOADS:
        assert statements(db, tenant.project_id, payload) == harmless, payload
    assert db.groups.count(GroupFilter(project_id=tenant.project_id)) == 0


def test_orders_and_cursors_are_none_of_them(db: dbkit.Database, tenant: Tenant) -> None:
    wanted = GroupFilter(project_id=tenant.project_id)
    for payload in PAYLOADS:
        with db.expect_queries(0), pytest.raises(ValueInvalid):
            db.groups.page(wanted, order=payload)  # type: ignore[arg-type]
        with db.expect_queries(0), pytest.raises(CursorInvalid):
            db.groups.page(wanted, after=payload)


def test_the_name_of_a_service_is_a_name(postgres_url: str) -> None:
    # Of other characters each server shows something else.
    for payload in [each for each in PAYLOADS if each.isascii()][::40]:
        parted = "&" if "?" in postgres_url else "?"
        with dbkit.connect(f"{postgres_url}{parted}application_name={quote(payload, safe='')}") as db:
            (row,) = db.execute(text("SELECT current_setting('application_name') AS name"))
        # The server shows what is printable of it, up to the length of a name.
        shown = "".join(character if " " <= character <= "~" else "?" for character in payload)
        assert row["name"].startswith(shown[:20])
