"""What an examination comes to: findings, each with its fix, and what was not looked at."""

from __future__ import annotations

from enum import StrEnum
from typing import Any, Self

from pydantic import BaseModel, ConfigDict

__all__ = [
    "Area",
    "CheckReport",
    "Examination",
    "Examined",
    "Finding",
    "Outcome",
    "Severity",
    "danger",
    "note",
    "warning",
]


class Severity(StrEnum):
    """How bad a finding is: with a danger or a warning something is wrong, a note is worth knowing."""

    DANGER = "danger"
    WARNING = "warning"
    NOTE = "note"


class Outcome(StrEnum):
    """What became of a check. What could not be looked at is never a pass."""

    PASSED = "passed"
    FOUND = "found"
    NOT_CHECKED = "not_checked"
    NOT_APPLICABLE = "not_applicable"


class Area(StrEnum):
    """What a check is about."""

    SERVER = "server"
    PROFILE = "profile"
    CONNECTIONS = "connections"
    NETWORK = "network"
    ROLES = "roles"
    SCHEMA = "schema"
    STORAGE = "storage"
    SESSIONS = "sessions"
    REPLICATION = "replication"


class _Told(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class Finding(_Told):
    """Something that is wrong, or worth knowing: what it is, what to do, and the commands that do it.

    A command that ends with a semicolon is SQL; any other is for a shell, or lines of a file where
    the advice says so. No value of a row and no password is in it.
    """

    severity: Severity
    what: str
    advice: str
    commands: tuple[str, ...] = ()


def danger(what: str, advice: str, *commands: str) -> Finding:
    """Return a finding of something that breaks, or loses, now or soon."""
    return Finding(severity=Severity.DANGER, what=what, advice=advice, commands=commands)


def warning(what: str, advice: str, *commands: str) -> Finding:
    """Return a finding of something that is wrong."""
    return Finding(severity=Severity.WARNING, what=what, advice=advice, commands=commands)


def note(what: str, advice: str, *commands: str) -> Finding:
    """Return a finding of something that is worth knowing."""
    return Finding(severity=Severity.NOTE, what=what, advice=advice, commands=commands)


class CheckReport(_Told):
    """What one check found; `why` says what of it could not be looked at, or why it does not apply."""

    id: str
    area: Area
    outcome: Outcome
    findings: tuple[Finding, ...] = ()
    why: str | None = None


class Examined(_Told):
    """The server that was looked at, and as whom."""

    database: str
    version: str
    role: str
    in_recovery: bool
    system_identifier: str | None
    timeline: int | None
    environment: str | None
    services: tuple[str, ...]


class Examination(_Told):
    """All that was found on a server; `server` is None where there is none, as with `memory://`.

    It `is_healthy` where nothing is wrong: notes, and what could not be looked at, are nothing wrong. It
    `is_complete` where all that applies could be looked at.
    """

    is_healthy: bool
    is_complete: bool
    server: Examined | None
    checks: tuple[CheckReport, ...]

    @classmethod
    def of(cls, server: Examined | None, checks: tuple[CheckReport, ...] = ()) -> Self:
        """Put together what the checks found."""
        findings = (finding for check in checks for finding in check.findings)
        applicable = (check for check in checks if check.outcome is not Outcome.NOT_APPLICABLE)
        return cls(
            is_healthy=all(finding.severity is Severity.NOTE for finding in findings),
            is_complete=all(check.why is None for check in applicable),
            server=server,
            checks=checks,
        )

    @property
    def findings(self) -> tuple[Finding, ...]:
        """The findings of all checks, in the order of the checks."""
        return tuple(finding for check in self.checks for finding in check.findings)

    def check(self, id: str) -> CheckReport:
        """Return what became of one check. Raises `KeyError` for an id that there is not."""
        return {check.id: check for check in self.checks}[id]

    def as_json(self) -> dict[str, Any]:
        """Return it for machines."""
        return self.model_dump(mode="json")
