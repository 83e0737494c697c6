"""The error tree: the same from every backend.

    DbkitError
    ├── EntityError                     one row, or one value, is at fault
    │   ├── NotFound                    no such row
    │   ├── AlreadyExists               a unique constraint is taken (23505)
    │   ├── ReferenceMissing            a foreign key points at nothing (23503)
    │   ├── StillReferenced             a foreign key still points here (23503)
    │   ├── CheckFailed                 a check constraint is false (23514)
    │   ├── ValueMissing                NULL where none may be (23502)
    │   ├── ValueInvalid                a value that does not fit its type or rule (22xxx)
    │   ├── ExclusionViolated           an exclusion constraint is taken (23P01)
    │   ├── StaleVersion                the row has moved on since it was read
    │   ├── IllegalTransition           the state machine has no such step
    │   ├── LeaseLost                   the lease has ended, or somebody else has it
    │   ├── SecretUnreadable            a sealed value that does not open where it is
    │   └── CursorInvalid               a cursor of another query, or a damaged one
    ├── TransactionError                the transaction is at fault, not its statements
    │   ├── TransactionConflict         serialization failure or deadlock (40001, 40P01)
    │   ├── TransactionAborted          an error was swallowed, so COMMIT would roll back
    │   └── CommitUnknown               the connection went while COMMIT was under way
    ├── ResourceError                   the server or the pool could not serve in time
    │   ├── LockNotAvailable            (55P03)
    │   ├── LeaseNotAvailable           somebody else holds the lease
    │   ├── Timeout                     (57014)
    │   ├── PoolExhausted
    │   ├── KeyServiceUnavailable       the key service does not answer
    │   └── Unavailable                 (08xxx, 57Pxx, 53xxx, or no answer at all)
    └── SetupError                      configuration, rights or schema must change first
        ├── ConfigurationInvalid
        ├── KeyDestroyed                the key that a secret was sealed with is no more
        ├── AuthenticationFailed        (28xxx)
        ├── PermissionDenied            (42501)
        ├── ReadOnly                    (25006)
        ├── SchemaMismatch              (42P01, 42703, 3F000, ...)
        └── DatabaseClosed

Every error says what happened and what to do, carries the facts as attributes, and holds neither
row data nor secrets: the cause that is kept is a `ServerReport`, never the driver's own exception,
because PostgreSQL's DETAIL of a violation holds whole rows.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from dbkit.types.error import DbkitError as DbkitError  # noqa: PLC0414 (the tree has its root)
from dbkit.types.report import ServerReport as ServerReport  # noqa: PLC0414 (who translates errors needs both)

__all__ = [
    "AlreadyExists",
    "AuthenticationFailed",
    "CheckFailed",
    "CommitUnknown",
    "ConfigurationInvalid",
    "CursorInvalid",
    "DatabaseClosed",
    "EntityError",
    "ExclusionViolated",
    "IllegalTransition",
    "KeyDestroyed",
    "KeyServiceUnavailable",
    "LeaseLost",
    "LeaseNotAvailable",
    "LockNotAvailable",
    "NotFound",
    "PermissionDenied",
    "PoolExhausted",
    "ReadOnly",
    "ReferenceMissing",
    "ResourceError",
    "SchemaMismatch",
    "SecretUnreadable",
    "SetupError",
    "StaleVersion",
    "StillReferenced",
    "Timeout",
    "TransactionAborted",
    "TransactionConflict",
    "TransactionError",
    "Unavailable",
    "ValueInvalid",
    "ValueMissing",
]


class EntityError(DbkitError):
    """One row, or one value of it, is at fault."""

    code = "entity"


class NotFound(EntityError):
    """No row has this key, or it is soft-deleted and the verb sees live rows only."""

    code = "not_found"
    what = "no such row"
    advice = "Check the key and its tenant; a soft-deleted row is seen by restore and purge only."


class AlreadyExists(EntityError):
    """A unique constraint or index already holds this combination of fields."""

    code = "already_exists"
    what = "another row already holds these values"
    advice = "Read the existing row, or use upsert on this constraint."


class ReferenceMissing(EntityError):
    """A foreign key points at a row that does not exist in this tenant."""

    code = "reference_missing"
    what = "the referenced row does not exist"
    advice = "Create the referenced row first, in the same tenant."


class StillReferenced(EntityError):
    """Another row's foreign key still points at this row."""

    code = "still_referenced"
    what = "other rows still refer to this one"
    advice = "Remove the rows that refer to it first; the constraint names the table that holds them."


class CheckFailed(EntityError):
    """A check constraint is false for the row."""

    code = "check_failed"
    what = "a check constraint refuses the row"
    advice = "Change the fields named here so that the constraint holds."


class ValueMissing(EntityError):
    """A field that must have a value has none."""

    code = "value_missing"
    what = "a required value is missing"
    advice = "Give the fields named here a value."


class ValueInvalid(EntityError, ValueError):
    """A value does not fit its type, its range, or a rule of the call it was given to."""

    code = "value_invalid"
    what = "a value does not fit"
    advice = "Correct the fields named here."


class ExclusionViolated(EntityError):
    """An exclusion constraint already holds an overlapping row."""

    code = "exclusion_violated"
    what = "another row overlaps this one"
    advice = "Choose values that do not overlap with the existing row's."


class StaleVersion(EntityError):
    """The row's version is not the expected one: somebody changed it since it was read.

    `expected` is what the caller gave, `actual` what the row had when it was looked at again.
    """

    code = "stale_version"
    what = "the row has been changed since it was read"
    advice = "Read the row again, apply the change to what you find, and update with its version."

    def __init__(self, *, expected: int, actual: int, entity: str, key: Mapping[str, object]) -> None:
        super().__init__(f"the row is at version {actual}, not {expected}", entity=entity, key=key, fields=("version",))
        self.expected = expected
        self.actual = actual


class IllegalTransition(EntityError):
    """The field's state machine has no step from `old` to `new`."""

    code = "illegal_transition"

    def __init__(
        self, *, field: str, old: str, new: str, legal: tuple[str, ...], entity: str, key: Mapping[str, object]
    ) -> None:
        allowed = ", ".join(legal) if legal else "none, it is final"
        super().__init__(
            f"{field} cannot go from {old} to {new}",
            entity=entity,
            key=key,
            fields=(field,),
            advice=f"Legal next states: {allowed}.",
        )
        self.field = field
        self.old = old
        self.new = new
        self.legal = legal


class LeaseLost(EntityError):
    """The lease has ended, or somebody else has it: what its holder was about to write is refused."""

    code = "lease_lost"
    what = "the lease is no longer held"
    advice = "Do nothing more under it; hold it again, and begin with what is stored by then."


class SecretUnreadable(ValueInvalid):
    """A sealed value does not open where it is: it is damaged, of another row, or of another key."""

    code = "secret_unreadable"
    what = "the sealed value does not open here"
    advice = "Restore it from where it was written, or ask for the secret again."


class CursorInvalid(EntityError):
    """The cursor belongs to another query, or is damaged or cut short."""

    code = "cursor_invalid"
    what = "the cursor does not belong to this query, or is damaged"
    advice = "Pass a page's own `next` with the same filter and order, or start again without a cursor."


class TransactionError(DbkitError):
    """The transaction as a whole is at fault."""

    code = "transaction"


class TransactionConflict(TransactionError):
    """The server ended the transaction because another one was in its way."""

    code = "transaction_conflict"
    retryable = True
    what = "the transaction met another one (serialization failure or deadlock) and was rolled back"
    advice = "Run the whole transaction again; db.run(work) does so by itself."


class TransactionAborted(TransactionError):
    """An error inside the block was swallowed; PostgreSQL would turn its COMMIT into ROLLBACK."""

    code = "transaction_aborted"
    what = "an earlier statement failed, so nothing of this transaction was stored"
    advice = "Let the error leave the block, or put what may fail into a nested tx.transaction()."


class CommitUnknown(TransactionError):
    """The connection was lost while COMMIT was under way: it may or may not have taken effect.

    As far as they are known: `transaction_id` is the server's for it, `timeline` that of the server's
    log then, `token` what was asked for by `commit_token=True`.
    """

    code = "commit_unknown"
    what = "the connection was lost during COMMIT, so its outcome is unknown"
    advice = "Look for the rows by their keys before writing again; they are known, the client made them."

    def __init__(
        self,
        what: str | None = None,
        *,
        transaction_id: int | None = None,
        timeline: int | None = None,
        token: UUID | None = None,
        **facts: Any,
    ) -> None:
        super().__init__(what, **facts)
        self.transaction_id = transaction_id
        self.timeline = timeline
        self.token = token


class ResourceError(DbkitError):
    """The server or the pool could not serve the call in time."""

    code = "resource"


class LockNotAvailable(ResourceError):
    """A row or table lock was not to be had in time, or at once where no waiting was asked for."""

    code = "lock_not_available"
    retryable = True
    what = "another transaction holds the lock"
    advice = "Try again later, or wait longer (lock_timeout)."


class LeaseNotAvailable(ResourceError):
    """Somebody else held the lease for as long as the caller would wait."""

    code = "lease_not_available"
    retryable = True
    what = "somebody else holds the lease"
    advice = "Try again later, or wait longer (wait_seconds)."


class Timeout(ResourceError):
    """The statement took longer than its time limit or its caller's deadline, or was cancelled."""

    code = "timeout"
    what = "the statement was cancelled or ran into its time limit"
    advice = "Make the statement cheaper, or allow it more time (statement_timeout, dbkit.deadline)."


class PoolExhausted(ResourceError):
    """No connection of the pool became free in time."""

    code = "pool_exhausted"
    retryable = True
    what = "no connection became free in time"
    advice = "Shorten what holds connections, or give the pool more of them (max_size)."


class KeyServiceUnavailable(ResourceError):
    """The key service does not answer: what it opened lately can be read, and nothing can be sealed."""

    code = "key_service_unavailable"
    retryable = True
    what = "the key service does not answer"
    advice = "Look at the key service; try again later."


class Unavailable(ResourceError):
    """The server cannot be reached, is starting or stopping, or the connection broke."""

    code = "unavailable"
    retryable = True
    what = "the server cannot be reached"
    advice = "Check that the server runs and that host and port are right, then try again."


class SetupError(DbkitError):
    """Configuration, rights or schema have to change before the call can work."""

    code = "setup"


class ConfigurationInvalid(SetupError):
    """A URL, an environment or an option is wrong or missing."""

    code = "configuration_invalid"
    what = "the configuration is wrong"


class KeyDestroyed(SetupError):
    """The key that a data key was wrapped by is destroyed or disabled, so what was sealed with it does not open."""

    code = "key_destroyed"
    what = "the wrapping key is destroyed or disabled"
    advice = (
        "Enable or restore the key's version in the key service; if it is gone for good, ask for the secrets again."
    )


class AuthenticationFailed(SetupError):
    """The server refused the user or the password."""

    code = "authentication_failed"
    what = "the server refused this user or password"
    advice = "Check user, password and database of the URL."


class PermissionDenied(SetupError):
    """The role lacks a right."""

    code = "permission_denied"
    what = "the role may not do this"
    advice = "Grant the role the right, or connect as another role."


class ReadOnly(SetupError):
    """A write met a read-only transaction or server."""

    code = "read_only"
    what = "this transaction or server is read-only"
    advice = "Write in a transaction without read_only, on the primary."


class SchemaMismatch(SetupError):
    """The database's schema is not the one that this code expects, or it has none."""

    code = "schema_mismatch"
    what = "the database's schema does not fit this version of the code"
    advice = "Bring it up to date with `dbkit migrate apply URL`."


class DatabaseClosed(SetupError):
    """The database object was closed, or belongs to the process that forked this one."""

    code = "database_closed"
    what = "this database object is closed"
    advice = "Open a new one with dbkit.connect()."
