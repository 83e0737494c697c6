"""Services that run and still need what contracts take away: they say so by their heartbeats."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import LiteralString

from dbkit.migrate.bookkeeping import SERVICES
from dbkit.migrate.deploys.errors import ServicesBehind
from dbkit.migrate.header import Phase
from dbkit.migrate.line import Line, Revision
from dbkit.migrate.session import Connection

__all__ = [
    "LIVE_SECONDS",
    "RunningService",
    "last_contract",
    "running_services",
    "services_refusal",
    "withdrawal_refusal",
]

LIVE_SECONDS = 90
"""How long after its last heartbeat a service counts as running, by the server's clock: three are due meanwhile."""

_SHOWN_MAX = 5

_IS_THERE: LiteralString = f"SELECT to_regclass('{SERVICES}') IS NOT NULL"
_RUNNING: LiteralString = f"""
    SELECT service, instance::text, host, pid, revision, needs,
      to_char(started_at AT TIME ZONE 'UTC', 'YYYY-MM-DD HH24:MI:SS')
    FROM {SERVICES} WHERE seen_at > now() - make_interval(secs => %s) ORDER BY service, started_at, instance
"""  # noqa: S608 (put together from a constant)


@dataclass(frozen=True, slots=True)
class RunningService:
    """A process of a service, `since` in UTC.

    `revision` is the head of the line that its code was built with, `needs` the last one that it cannot do without.
    """

    service: str
    instance: str
    host: str
    pid: int
    revision: str
    needs: str
    since: str

    def __str__(self) -> str:
        return (
            f"{self.service} {self.instance} (host {self.host}, pid {self.pid}, since {self.since} UTC) runs code of"
            f" {self.revision}"
        )


def last_contract(revisions: Sequence[Revision]) -> Revision | None:
    """Return the last of the revisions that takes something away; None where none does."""
    return next((each for each in reversed(revisions) if each.header.phase is Phase.CONTRACT), None)


def running_services(connection: Connection) -> list[RunningService]:
    """Return the services that have told that they run, by name; none where no table of them is there yet."""
    if connection.execute(_IS_THERE).fetchone() != (True,):
        return []
    return [RunningService(*row) for row in connection.execute(_RUNNING, (LIVE_SECONDS,)).fetchall()]


def services_refusal(connection: Connection, line: Line, revisions: Sequence[Revision]) -> ServicesBehind | None:
    """Return why contracts among these revisions must wait: a running service has code from before them. Else None."""
    last = last_contract(revisions)
    if last is None:
        return None
    old = [each for each in running_services(connection) if not _is_built_behind(line, each.revision, last)]
    if not old:
        return None
    return ServicesBehind(f"{last} (contract) takes away what running services may need: {_shown(old)}")


def withdrawal_refusal(connection: Connection, line: Line, revisions: Sequence[Revision]) -> ServicesBehind | None:
    """Return why these revisions must not be taken back: a running service has code that needs one. Else None.

    No code needs a contract: what that took away, code behind it does without.
    """
    needed = next((each for each in reversed(revisions) if each.header.phase is not Phase.CONTRACT), None)
    if needed is None:
        return None
    users = [each for each in running_services(connection) if _may_need(line, each.needs, needed)]
    if not users:
        return None
    return ServicesBehind(
        f"running services may need {needed} ({needed.header.phase}): {_shown(users)}",
        advice="End them, or roll code out that does without, then run this again; --break-glass REASON goes on all the"
        " same.",
    )


def _may_need(line: Line, needs: str, revision: Revision) -> bool:
    """Tell whether code that needs this may need a revision: what this line does not have, nobody can tell."""
    return needs not in line.position or line.position[needs] >= line.position[revision.id]


def _shown(services: Sequence[RunningService]) -> str:
    more = f"; and {len(services) - _SHOWN_MAX} more" if len(services) > _SHOWN_MAX else ""
    return f"{'; '.join(map(str, services[:_SHOWN_MAX]))}{more}"


def _is_built_behind(line: Line, built_with: str, contract: Revision) -> bool:
    """Tell whether code was built behind a contract.

    A revision that this line does not have may be a later one's, where its id is a later time. Else nobody
    knows what that code needs.
    """
    if built_with in line.position:
        return line.position[built_with] >= line.position[contract.id]
    head = line.head
    return head is not None and _is_time(built_with) and _is_time(head.id) and built_with > head.id


def _is_time(id: str) -> bool:
    return len(id) == len("20260102030405") and id.isdecimal()
