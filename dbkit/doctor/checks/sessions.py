"""Sessions: transactions that last, locks that are waited for, commits that never came."""

from __future__ import annotations

from collections.abc import Iterator

from dbkit.doctor.check import Check
from dbkit.doctor.expected import Expected
from dbkit.doctor.facts import Facts, Session
from dbkit.doctor.findings import Area, Finding, danger, warning
from dbkit.doctor.unseen import NotChecked, seen
from dbkit.doctor.words import duration

__all__ = ["CHECKS"]

_IDLE = ("idle in transaction", "idle in transaction (aborted)")


def _long_transactions(facts: Facts, expected: Expected) -> Iterator[Finding]:
    limit = expected.limits.transaction_seconds
    for session in seen(facts.sessions):
        seconds = session.transaction_seconds
        if seconds is not None and seconds >= limit and not _is_left_idle(session, expected):
            yield warning(
                f"{session} has had a transaction open for {duration(seconds)}: vacuum removes no row that it may see",
                "Ask whose it is; end it where nobody needs it",
                f"SELECT pg_terminate_backend({session.pid});",
            )
    _require_all_shown(facts)


def _idle_in_transaction(facts: Facts, expected: Expected) -> Iterator[Finding]:
    for session in seen(facts.sessions):
        if _is_left_idle(session, expected):
            yield warning(
                f"{session} does nothing in a transaction, for {duration(session.state_seconds or 0)} now: its locks"
                " stay, and vacuum removes no row that it may see",
                "End it, and limit it: idle_in_transaction_session_timeout, which a profile of dbkit sets",
                f"SELECT pg_terminate_backend({session.pid});",
            )
    _require_all_shown(facts)


def _is_left_idle(session: Session, expected: Expected) -> bool:
    limit = expected.limits.idle_in_transaction_seconds
    return session.state in _IDLE and (session.state_seconds or 0) >= limit


def _require_all_shown(facts: Facts) -> None:
    """Raise `NotChecked` where what others do is hidden from this role."""
    if not facts.identity.sees_sessions:
        raise NotChecked("what sessions of other roles do is hidden: needs pg_monitor")


def _lock_waits(facts: Facts, expected: Expected) -> Iterator[Finding]:
    for wait in seen(facts.lock_waits):
        if wait.seconds < expected.limits.lock_wait_seconds:
            continue
        what = f" of {wait.relation}" if wait.relation else ""
        # One that is in the way without a session is a prepared transaction; its number here is 0.
        blockers = [pid for pid in wait.blockers if pid]
        behind = ", ".join(map(str, blockers)) or "a prepared transaction"
        yield warning(
            f"{wait.application_name or 'a session without a name'} (pid {wait.pid}) has waited"
            f" {duration(wait.seconds)} for a lock{what}, behind {behind}",
            "End who holds it, or cancel who waits: all others queue up behind",
            *(f"SELECT pg_terminate_backend({pid});" for pid in blockers),
        )


def _prepared(facts: Facts, expected: Expected) -> Iterator[Finding]:
    for each in seen(facts.prepared):
        if each.seconds >= expected.limits.prepared_seconds:
            yield danger(
                f"the prepared transaction {each.gid} of {each.database} has waited {duration(each.seconds)} for its"
                " end: it keeps its locks over a restart, and vacuum removes no row that it may see",
                f"Ask its coordinator; without one, roll it back, connected to {each.database}",
                f"ROLLBACK PREPARED {each.gid};",
            )


CHECKS = (
    Check("long_transactions", Area.SESSIONS, "no transaction has been open for long", _long_transactions),
    Check("idle_in_transaction", Area.SESSIONS, "no session does nothing in a transaction", _idle_in_transaction),
    Check("lock_waits", Area.SESSIONS, "nobody waits long for a lock", _lock_waits),
    Check("prepared_transactions", Area.SESSIONS, "no transaction is prepared and forgotten", _prepared),
)
