"""The figures of a pool's profile, each in its range."""

from __future__ import annotations

from typing import Annotated, Literal, TypeAlias

from pydantic import AfterValidator, BaseModel, ConfigDict, Field

__all__ = ["WRITABLE", "PoolFigures"]

WRITABLE = ("any", "read-write", "primary")
"""The values of `target_session_attrs` that lead to a server that takes writes."""

_CONNECTIONS_MAX = 10_000
_DAY_SECONDS = 86_400
_MILLISECOND = 0.001


def _told_in_milliseconds(seconds: float) -> float:
    if 0 < seconds < _MILLISECOND:
        message = "less than a millisecond would be rounded to 0, which is no limit"
        raise ValueError(message)
    return seconds


Limit: TypeAlias = Annotated[
    float, Field(ge=0, le=_DAY_SECONDS, allow_inf_nan=False), AfterValidator(_told_in_milliseconds)
]
"""A time in seconds, as the server takes it: in milliseconds, 0 being no limit."""

Duration: TypeAlias = Annotated[float, Field(ge=_MILLISECOND, le=30 * _DAY_SECONDS, allow_inf_nan=False)]
"""A time in seconds, more than 0."""


class PoolFigures(BaseModel):
    """How large a process's pool is, how long it waits for what, and what its sessions are set to.

    Each is in its range by itself; `checked_order` sees to it that they fit one another.
    """

    model_config = ConfigDict(frozen=True, extra="forbid", strict=True, hide_input_in_errors=True)

    size_min: int = Field(ge=0, le=_CONNECTIONS_MAX, description="connections that are kept open")
    size_max: int = Field(ge=1, le=_CONNECTIONS_MAX, description="connections at the most")
    size_per: Literal["service", "process"] = Field(description="what a size is for, where a process holds several")
    waiting_max: int = Field(ge=1, le=100_000, description="callers that may wait for a connection")
    timeout_seconds: Duration = Field(description="a caller's wait for a connection")
    idle_seconds: Duration = Field(description="after so long unused, a connection above size_min is closed")
    lifetime_seconds: Duration = Field(description="a connection's age at the most")
    lifetime_spread_percent: int = Field(ge=0, le=50, description="a process takes up to so much less of it")
    connect_timeout_seconds: int = Field(ge=2, le=60, description="one attempt to connect to one host")
    tcp_user_timeout_seconds: Duration = Field(description="after so long unacknowledged, a connection is dead")
    keepalives_idle_seconds: int = Field(ge=1, le=7200, description="silence before the first probe")
    keepalives_interval_seconds: int = Field(ge=1, le=600, description="between probes")
    keepalives_count: int = Field(ge=1, le=30, description="unanswered probes until a connection is dead")
    target_session_attrs: Literal["any", "read-write", "read-only", "primary", "standby", "prefer-standby"] = Field(
        description="the hosts that will do"
    )
    lock_timeout_seconds: Limit = Field(description="a statement's wait for a lock")
    statement_timeout_seconds: Limit = Field(description="a statement")
    idle_in_transaction_seconds: Limit = Field(description="a transaction that nobody goes on with")
    think_seconds: Limit = Field(description="what a service may do between two statements of a transaction")
    client_check_seconds: Limit = Field(description="how often the server looks for the client of a statement")
    deadline_seconds: Limit = Field(description="a call, its wait for a connection left out")
    request_deadline_seconds: Limit = Field(description="a request that the service answers")
    prepared_statements: bool = Field(description="whether statements are prepared on the server")
    read_only: bool = Field(description="whether transactions are read-only unless they say otherwise")

    @property
    def keepalive_seconds(self) -> int:
        """How long after its last answer a dead peer is known."""
        return self.keepalives_idle_seconds + self.keepalives_interval_seconds * self.keepalives_count
