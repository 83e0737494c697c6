"""The profile: whether the service's own pool can connect, and its sessions are what the profile says."""

from __future__ import annotations

from collections.abc import Iterator

from dbkit.doctor.check import Check
from dbkit.doctor.expected import Expected
from dbkit.doctor.facts import Facts, ServiceState
from dbkit.doctor.findings import Area, Finding, danger, note, warning
from dbkit.doctor.unseen import NotChecked, seen
from dbkit.doctor.words import within
from dbkit.pool.figures import PoolFigures

__all__ = ["CHECKS"]

_NO_PROFILE = "no profile is asked for: give --env and --service"


def _service(facts: Facts) -> ServiceState:
    if facts.service is None:
        raise NotChecked(_NO_PROFILE)
    return facts.service


def _figures(expected: Expected) -> PoolFigures:
    if expected.profile is None:
        raise NotChecked(_NO_PROFILE)
    return expected.profile.figures


def _connects(facts: Facts, _expected: Expected) -> Iterator[Finding]:
    refusal = _service(facts).refusal
    if refusal is not None:
        yield danger(f"the service's pool cannot connect: {within(refusal.happened)}", refusal.to_do.removesuffix("."))


def _settings(facts: Facts, expected: Expected) -> Iterator[Finding]:
    service = _service(facts)
    if service.refusal is not None:
        raise NotChecked("the service's pool cannot connect")
    name = expected.profile.name if expected.profile else ""
    for setting, wanted in service.wanted.items():
        found = service.found.get(setting, "nothing")
        if found != wanted:
            yield danger(
                f"{setting} is {found} in the service's sessions, and the profile {name} says {wanted}",
                "See whether a pooler in between, or a trigger at login, changes it; connect to the server itself",
                f"SHOW {setting};",
            )


def _order(facts: Facts, expected: Expected) -> Iterator[Finding]:
    figures, settings = _figures(expected), facts.settings
    deadlock = settings.seconds("deadlock_timeout")
    if 0 < figures.lock_timeout_seconds <= deadlock:
        yield warning(
            f"deadlock_timeout is {deadlock:g} s, and statements wait {figures.lock_timeout_seconds:g} s for a lock:"
            " a deadlock is never told from a lock that is held",
            "Make it shorter than the lock_timeout of each profile",
            "ALTER SYSTEM SET deadlock_timeout = '1s';",
            "SELECT pg_reload_conf();",
        )
    if not settings.has("transaction_timeout"):
        # There is none before PostgreSQL 17.
        return
    limit = settings.seconds("transaction_timeout")
    if 0 < limit < max(figures.statement_timeout_seconds, figures.deadline_seconds):
        yield warning(
            f"transaction_timeout is {limit:g} s: the server ends sessions within what the profile allows a call",
            "Make it longer than the profile's deadline, or 0",
            "ALTER SYSTEM SET transaction_timeout = 0;",
            "SELECT pg_reload_conf();",
        )


def _role_settings(facts: Facts, expected: Expected) -> Iterator[Finding]:
    wanted = _service(facts).wanted
    for each in seen(facts.role_settings):
        if each.name in wanted and expected.profile is not None:
            yield note(
                f"{each.scope} has a {each.name} of its own, {each.value}, which services with a profile do not get:"
                f" {expected.profile.name} sets it to {wanted[each.name]}",
                "State it in one place: here for those without a profile, or in the profile",
                f"ALTER {each.scope} RESET {each.name};",
            )


CHECKS = (
    Check("service_connects", Area.PROFILE, "the service's own pool can connect to this server", _connects),
    Check("session_settings", Area.PROFILE, "its sessions are set to what the profile says", _settings),
    Check("timeouts", Area.PROFILE, "the server's own timeouts leave the profile's in order", _order),
    Check(
        "role_settings", Area.PROFILE, "no ALTER ROLE or ALTER DATABASE says what the profile overrules", _role_settings
    ),
)
