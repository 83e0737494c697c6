"""Where each fault may come about: the table of docs/memory.md, line by line."""

from __future__ import annotations

from typing import Any

import pytest

from dbkit.memory.control.calls import Unit, call_of
from dbkit.memory.control.fault_rules import FAULT_KINDS, FaultKind, Place, is_possible
from dbkit.models import BUILDERS, CONNECTIONS
from dbkit.types import BuilderId, uuid7
from dbkit.verbs.selection import Selection
from dbkit.verbs.transaction import TransactionOptions

READ_COMMITTED = TransactionOptions()
REPEATABLE_READ = TransactionOptions("repeatable read")
SERIALIZABLE = TransactionOptions("serializable")
READ_ONLY = TransactionOptions("serializable", read_only=True)
SAFE = TransactionOptions("serializable", read_only=True, deferrable=True)
ALONE = None

AROUND = ("before", "during", "after")
KEY = (BuilderId(uuid7()),)
CALLS: dict[str, Any] = {
    "find": call_of("_find", BUILDERS, (KEY,), {}),
    "update": call_of("_update", BUILDERS, (), {}),
    "update several": call_of("_update_where", BUILDERS, (Selection(()),), {}),
    "update what is free": call_of("_update_where", BUILDERS, (Selection((), lock="skip locked"),), {}),
    "create": call_of("_insert", BUILDERS, (), {}),
    "create what refers": call_of("_insert", CONNECTIONS, (), {}),
    "create missing": call_of("_insert_missing", BUILDERS, (), {}),
    "upsert": call_of("_upsert", BUILDERS, (), {}),
    "lock": call_of("_lock", BUILDERS, (KEY,), {"strength": "update", "wait": "wait"}),
    "lock at once": call_of("_lock", BUILDERS, (KEY,), {"strength": "update", "wait": "nowait"}),
    "select locked": call_of("_select_where", BUILDERS, (Selection((), lock="wait"),), {}),
    "select": call_of("_select_where", BUILDERS, (Selection(()),), {}),
}
WRITING = {
    "update",
    "update several",
    "update what is free",
    "create",
    "create what refers",
    "create missing",
    "upsert",
}
WAITING = (WRITING - {"update what is free"}) | {"lock", "select locked"}
SEVERAL = {"update several", "create what refers", "create missing", "upsert"}

TABLE: list[tuple[FaultKind, TransactionOptions | None, set[str]]] = [
    ("serialization failure", ALONE, set()),
    ("serialization failure", READ_COMMITTED, set()),
    ("serialization failure", REPEATABLE_READ, WAITING - {"create"}),
    ("serialization failure", SERIALIZABLE, set(CALLS)),
    ("serialization failure", READ_ONLY, {"find", "select"}),
    ("serialization failure", SAFE, set()),
    ("deadlock", ALONE, SEVERAL),
    ("deadlock", READ_COMMITTED, SEVERAL),
    ("deadlock", READ_ONLY, set()),
    ("lock timeout", ALONE, WAITING),
    ("lock timeout", READ_COMMITTED, WAITING),
    ("lock timeout", READ_ONLY, set()),
    ("pool exhausted", ALONE, set(CALLS)),
    ("pool exhausted", READ_COMMITTED, set()),
    ("connection lost", ALONE, set(CALLS) - WRITING),
    ("connection lost", READ_COMMITTED, set(CALLS)),
    ("connection lost before commit", ALONE, set()),
    ("connection lost before commit", READ_COMMITTED, set()),
    ("connection lost during commit", ALONE, WRITING),
    ("connection lost during commit", READ_COMMITTED, set()),
    ("connection lost after commit", ALONE, WRITING),
    ("connection lost after commit", READ_COMMITTED, set()),
]


@pytest.mark.parametrize(("kind", "options", "where"), TABLE)
def test_statements(kind: FaultKind, options: TransactionOptions | None, where: set[str]) -> None:
    found = {name for name, call in CALLS.items() if is_possible(kind, Place("statement", Unit(options), call))}
    assert found == where


def test_a_deadlock_needs_a_lock_that_is_held_already() -> None:
    unit = Unit(READ_COMMITTED, holds_locks=True)
    assert {name for name, call in CALLS.items() if is_possible("deadlock", Place("statement", unit, call))} == WAITING


@pytest.mark.parametrize(
    ("unit", "possible"),
    [
        (Unit(READ_COMMITTED), {"connection lost before commit"}),
        (Unit(SERIALIZABLE), {"connection lost before commit"}),
        (Unit(READ_COMMITTED, has_written=True), {f"connection lost {when} commit" for when in AROUND}),
        (
            Unit(SERIALIZABLE, has_written=True),
            {"serialization failure", *(f"connection lost {when} commit" for when in AROUND)},
        ),
        (Unit(SERIALIZABLE, has_written=True, is_failed=True), set()),
    ],
)
def test_commits(unit: Unit, possible: set[str]) -> None:
    assert {kind for kind in FAULT_KINDS if is_possible(kind, Place("commit", unit))} == possible


def test_beginnings() -> None:
    place = Place("begin", Unit(SERIALIZABLE))
    assert {kind for kind in FAULT_KINDS if is_possible(kind, place)} == {"pool exhausted"}


def test_nothing_more_goes_wrong_in_a_failed_transaction() -> None:
    unit = Unit(SERIALIZABLE, has_written=True, holds_locks=True, is_failed=True)
    places = [Place("statement", unit, call) for call in CALLS.values()]
    assert not [kind for kind in FAULT_KINDS for place in places if is_possible(kind, place)]
