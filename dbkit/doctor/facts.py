"""The facts of a server: read once, judged by the checks.

Names of objects come from the server as SQL has them: quoted, and with their schema where they have one.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TypeAlias, TypeVar

from dbkit.doctor.link import Link
from dbkit.doctor.settings import Settings
from dbkit.doctor.unseen import Unseen
from dbkit.migrate.place import Place
from dbkit.types.errors import DbkitError

__all__ = [
    "Archiver",
    "Build",
    "Constraint",
    "DatabaseAge",
    "Duplicate",
    "Extension",
    "Facts",
    "HostRule",
    "Identity",
    "Index",
    "LockWait",
    "Maybe",
    "Prepared",
    "Receiver",
    "Replica",
    "Role",
    "RoleSetting",
    "SchemaState",
    "Seen",
    "Sequence",
    "ServiceState",
    "Session",
    "Slot",
    "Standby",
    "Table",
]

T = TypeVar("T")

Maybe: TypeAlias = T | Unseen
"""Facts, or why there are none."""

Seen: TypeAlias = tuple[T, ...] | Unseen
"""Rows of facts, or why there are none."""


_NOT_REACHED = Unseen("it was not reached")


@dataclass(frozen=True, slots=True)
class Identity:
    """Where the examination is connected to, and as whom."""

    role: str
    database: str
    is_superuser: bool
    sees_sessions: bool
    in_recovery: bool
    encoding: str
    collation_version: str | None
    collation_version_now: str | None
    public_may_create: bool
    pid: int


@dataclass(frozen=True, slots=True)
class Build:
    """Which cluster this is."""

    system_identifier: str
    timeline: int


@dataclass(frozen=True, slots=True)
class Session:
    """A client's session; what it does is shown to some roles only, and None to others."""

    pid: int
    role: str | None
    application_name: str
    is_superuser: bool | None
    is_here: bool
    state: str | None
    transaction_seconds: float | None
    state_seconds: float | None

    def __str__(self) -> str:
        return f"{self.application_name or 'a session without a name'} (pid {self.pid}, role {self.role})"


@dataclass(frozen=True, slots=True)
class LockWait:
    """A session that waits for a lock, and whom it waits for."""

    pid: int
    application_name: str
    relation: str | None
    seconds: float
    blockers: list[int]


@dataclass(frozen=True, slots=True)
class Prepared:
    """A transaction that was prepared for a commit in two phases; `gid` is a literal of SQL."""

    gid: str
    database: str
    seconds: float


@dataclass(frozen=True, slots=True)
class Role:
    """A role that may log in; `plain_name` is without the quotes that SQL may need."""

    name: str
    plain_name: str
    is_superuser: bool
    may_create_roles: bool
    may_create_databases: bool
    may_bypass_row_security: bool
    may_replicate: bool
    may_connect: bool
    connection_limit: int
    expires_in_seconds: float | None


@dataclass(frozen=True, slots=True)
class RoleSetting:
    """A setting that the sessions of this role start with, by ALTER ROLE or ALTER DATABASE."""

    scope: str
    name: str
    value: str


@dataclass(frozen=True, slots=True)
class HostRule:
    """A line of pg_hba.conf, or of a file that it includes, without users and databases."""

    file: str
    line: int
    type: str | None
    address: str | None
    method: str | None
    is_broken: bool


@dataclass(frozen=True, slots=True)
class DatabaseAge:
    """A database, by its name without quotes, and how many transactions ago its oldest row was last seen to."""

    name: str
    transaction_age: int
    multixact_age: int
    checksum_failures: int


@dataclass(frozen=True, slots=True)
class Table:
    """Statistics of a table that was written to."""

    name: str
    live_rows: int
    dead_rows: int
    changed_rows: int
    vacuum_threshold: float
    is_vacuumed: bool
    was_analyzed: bool
    vacuumed_seconds_ago: float | None


@dataclass(frozen=True, slots=True)
class Index:
    """An index that is not valid."""

    name: str
    table: str
    is_partitioned: bool
    is_leftover: bool
    is_being_built: bool


@dataclass(frozen=True, slots=True)
class Duplicate:
    """An index that another one makes superfluous."""

    name: str
    kept: str
    table: str


@dataclass(frozen=True, slots=True)
class Constraint:
    """A constraint that older rows were not checked against."""

    name: str
    table: str


@dataclass(frozen=True, slots=True)
class Sequence:
    """A sequence, how far it is, and the last number that it, or its column, can take."""

    name: str
    column: str | None
    column_type: str | None
    last_value: int | None
    limit: int
    is_readable: bool


@dataclass(frozen=True, slots=True)
class Extension:
    """An installed extension; `available` is the version that the server's files have."""

    name: str
    installed: str
    available: str | None


@dataclass(frozen=True, slots=True)
class Slot:
    """A replication slot; `name` is a literal of SQL."""

    name: str
    is_active: bool
    is_logical: bool
    wal_status: str | None
    retained_bytes: float | None


@dataclass(frozen=True, slots=True)
class Standby:
    """What streams from this server, and how far behind it is."""

    name: str
    state: str | None
    sync_state: str | None
    lag_bytes: float | None
    lag_seconds: float | None


@dataclass(frozen=True, slots=True)
class Receiver:
    """What this server, a standby, receives and replays."""

    is_streaming: bool
    restores_from_archive: bool
    is_paused: bool
    unreplayed_bytes: float | None
    replayed_seconds_ago: float | None


@dataclass(frozen=True, slots=True)
class Replica:
    """A replica that the URL names, or `refusal`, why nothing can be said about it."""

    host: str
    in_recovery: bool = True
    build: Maybe[Build] = _NOT_REACHED
    receiver: Maybe[Receiver] = _NOT_REACHED
    refusal: DbkitError | None = None


@dataclass(frozen=True, slots=True)
class Archiver:
    """Whether the server's log is archived."""

    is_failing: bool
    failed_count: int


@dataclass(frozen=True, slots=True)
class SchemaState:
    """Where the database stands on the line, or why it is nowhere; the extensions that its revisions create."""

    place: Place | None
    refusal: DbkitError | None
    extensions: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class ServiceState:
    """A session of the service's own pool: what its profile wants it to be set to, and what it is.

    `refusal` is why there is none.
    """

    wanted: Mapping[str, str]
    found: Mapping[str, str]
    refusal: DbkitError | None = None


@dataclass(frozen=True, slots=True)
class Facts:
    """All facts of one examination."""

    link: Link
    identity: Identity
    settings: Settings
    build: Maybe[Build]
    sessions: Seen[Session]
    lock_waits: Seen[LockWait]
    prepared: Seen[Prepared]
    roles: Seen[Role]
    role_settings: Seen[RoleSetting]
    md5_roles: Seen[str]
    host_rules: Seen[HostRule]
    databases: Seen[DatabaseAge]
    tables: Seen[Table]
    invalid_indexes: Seen[Index]
    duplicate_indexes: Seen[Duplicate]
    constraints: Seen[Constraint]
    sequences: Seen[Sequence]
    extensions: Seen[Extension]
    slots: Seen[Slot]
    standbys: Seen[Standby]
    receiver: Maybe[Receiver]
    archiver: Maybe[Archiver]
    schema: Maybe[SchemaState]
    service: ServiceState | None = None
    replicas: tuple[Replica, ...] = ()
