from __future__ import annotations

import copy
import pickle
from typing import Any

import pytest

import dbkit.types.errors
from dbkit.types import (
    AlreadyExists,
    CommitUnknown,
    DbkitError,
    EntityError,
    IllegalTransition,
    NotFound,
    PoolExhausted,
    ReadOnly,
    ResourceError,
    ServerReport,
    SetupError,
    StaleVersion,
    TransactionConflict,
    TransactionError,
    Unavailable,
    ValueInvalid,
)

KEY = {"project_id": 1, "connection_id": 2}
BRANCHES = {DbkitError, EntityError, TransactionError, ResourceError, SetupError}
ERRORS = [
    error
    for error in vars(dbkit.types.errors).values()
    if isinstance(error, type) and issubclass(error, DbkitError) and error not in BRANCHES
]

EXAMPLES = [
    NotFound(entity="connections", key=KEY),
    AlreadyExists(entity="connections", key=KEY, constraint="uq_x", fields=("a", "b"), row=3, sqlstate="23505"),
    StaleVersion(expected=1, actual=2, entity="connections", key=KEY),
    IllegalTransition(field="status", old="a", new="b", legal=("c",), entity="connections", key=KEY),
    ValueInvalid("limit must be a whole number", fields=("limit",), advice="Follow `next`."),
    TransactionConflict(),
]


@pytest.mark.parametrize("error", ERRORS)
def test_every_error_says_what_happened_and_what_to_do(error: type[DbkitError]) -> None:
    assert error.__doc__
    assert issubclass(error, tuple(BRANCHES - {DbkitError}))
    if error is not IllegalTransition:
        assert error.what != DbkitError.what
        assert error.advice.endswith(".") or error.__name__ == "ConfigurationInvalid"
    assert error.code == "".join(f"_{c.lower()}" if c.isupper() else c for c in error.__name__).lstrip("_")


@pytest.mark.parametrize("error", ERRORS)
def test_the_tree_is_drawn(error: type[DbkitError]) -> None:
    assert f"── {error.__name__} " in f"{dbkit.types.errors.__doc__} ".replace("\n", " ")


def test_codes_are_told_apart() -> None:
    codes = [error.code for error in (*ERRORS, *BRANCHES)]
    assert len(codes) == len(set(codes))


def test_what_may_be_retried() -> None:
    retryable = {error.__name__ for error in ERRORS if error.retryable}
    assert retryable == {
        "KeyServiceUnavailable",
        "LeaseNotAvailable",
        "LockNotAvailable",
        "PoolExhausted",
        "TransactionConflict",
        "Unavailable",
    }
    assert not CommitUnknown.retryable


@pytest.mark.parametrize(
    ("error", "text"),
    [
        (
            NotFound(entity="connections", key=KEY),
            (
                "connections (project_id=1, connection_id=2): no such row. Check the key and its tenant; "
                "a soft-deleted row is seen by restore and purge only."
            ),
        ),
        (
            AlreadyExists(entity="teams", constraint="uq_x", fields=("a", "b"), row=3),
            (
                "teams: another row already holds these values (constraint uq_x; fields a, b; row 3). "
                "Read the existing row, or use upsert on this constraint."
            ),
        ),
        (
            StaleVersion(expected=1, actual=2, entity="teams", key={"team_id": 5}),
            (
                "teams (team_id=5): the row is at version 2, not 1 (fields version). "
                "Read the row again, apply the change to what you find, and update with its version."
            ),
        ),
        (
            IllegalTransition(field="status", old="done", new="new", legal=(), entity="jobs", key={"job_id": 5}),
            "jobs (job_id=5): status cannot go from done to new (fields status). Legal next states: none, it is final.",
        ),
        (ReadOnly(advice=""), "this transaction or server is read-only."),
        (Unavailable("nobody answers", advice="Wait."), "nobody answers. Wait."),
    ],
    ids=lambda each: type(each).__name__,
)
def test_text(error: DbkitError, text: str) -> None:
    assert str(error) == text


@pytest.mark.parametrize("error", EXAMPLES, ids=lambda error: type(error).__name__)
@pytest.mark.parametrize("travel", [lambda error: pickle.loads(pickle.dumps(error)), copy.copy, copy.deepcopy])
def test_errors_travel(error: DbkitError, travel: Any) -> None:
    arrived = travel(error)
    assert type(arrived) is type(error)
    assert str(arrived) == str(error)
    assert arrived.__dict__ == error.__dict__
    assert arrived.args == error.args


@pytest.mark.parametrize("text", ["a\x00b", "\ud800", "a\nb", "\x1b[31m"])
def test_a_key_of_any_text_can_be_shown(text: str) -> None:
    error = NotFound(entity="groups", key={"group_ref": text})
    assert str(error).isprintable()
    assert str(error).encode()
    assert error.key == {"group_ref": text}


def test_facts() -> None:
    key = dict(KEY)
    error = AlreadyExists(entity="connections", key=key, constraint="uq_x", fields=("a",), row=3, sqlstate="23505")
    key.clear()
    assert (error.entity, error.key, error.constraint) == ("connections", KEY, "uq_x")
    assert (error.fields, error.row, error.sqlstate) == (("a",), 3, "23505")


def test_a_value_error_is_one() -> None:
    assert issubclass(ValueInvalid, ValueError)


def test_an_exhausted_pool_is_no_broken_server() -> None:
    assert not issubclass(PoolExhausted, Unavailable)


@pytest.mark.parametrize(
    ("report", "text"),
    [
        (
            ServerReport("23505", table="teams", constraint="uq_x", kind="UniqueViolation"),
            "UniqueViolation: SQLSTATE 23505, table teams, constraint uq_x",
        ),
        (ServerReport(None, kind="OperationalError"), "OperationalError: no SQLSTATE"),
        (ServerReport("23502", column="name"), "SQLSTATE 23502, column name"),
    ],
)
def test_report(report: ServerReport, text: str) -> None:
    assert str(report) == text
    arrived = pickle.loads(pickle.dumps(report))
    assert str(arrived) == text
    assert arrived.__dict__ == report.__dict__
