"""Roles: what services may do with theirs, and how they prove who they are."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from shlex import quote

from dbkit.doctor.check import Check
from dbkit.doctor.expected import Expected
from dbkit.doctor.facts import Facts, Role
from dbkit.doctor.findings import Area, Finding, danger, warning
from dbkit.doctor.unseen import seen
from dbkit.doctor.words import duration, listed, plural
from dbkit.pool.emitting import role_limits

__all__ = ["CHECKS"]

_OF_SERVICES = "dbkit/"
# Roles that managed services have for themselves, and let nobody alter.
_OF_PLATFORMS = ("alloydb", "azure", "cloudsql", "rds")
_LIMIT = 10
_PASSWORD_LASTS = timedelta(days=90)
_POWERS = {
    "may_create_roles": "CREATEROLE",
    "may_create_databases": "CREATEDB",
    "may_bypass_row_security": "BYPASSRLS",
    "may_replicate": "REPLICATION",
}


def _superuser(facts: Facts, expected: Expected) -> Iterator[Finding]:
    for role in _service_roles(facts, expected):
        if role.is_superuser:
            yield danger(
                f"{_who(role, facts, expected)} {role.name}, a superuser: it may break everything on this server",
                "Give it a role of its own, and grant that what the service needs",
                "CREATE ROLE name LOGIN CONNECTION LIMIT 10;",
                "GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA public TO name;",
            )


def _powers(facts: Facts, expected: Expected) -> Iterator[Finding]:
    for role in _service_roles(facts, expected):
        powers = [word for name, word in _POWERS.items() if getattr(role, name)]
        if powers and not role.is_superuser:
            yield warning(
                f"{_who(role, facts, expected)} {role.name}, which has {' and '.join(powers)}",
                "Take away what no service needs",
                f"ALTER ROLE {role.name} {' '.join(f'NO{word}' for word in powers)};",
            )


def _service_roles(facts: Facts, expected: Expected) -> Iterator[Role]:
    """Yield the roles that services connect as: those that are connected, and this one, if it is a service's."""
    used = _connected(facts)
    if expected.services:
        used.add(facts.identity.role)
    yield from (role for role in seen(facts.roles) if role.name in used)


def _connected(facts: Facts) -> set[str | None]:
    return {session.role for session in seen(facts.sessions) if session.application_name.startswith(_OF_SERVICES)}


def _who(role: Role, facts: Facts, expected: Expected) -> str:
    """Return who is found to use a role: a service that is connected, or the one that is asked about."""
    who = "a service" if role.name in _connected(facts) else f"by this URL, {'+'.join(expected.services)}"
    return f"{who} connects as"


def _limits(facts: Facts, expected: Expected) -> Iterator[Finding]:
    unlimited = {
        role.name: role.plain_name
        for role in seen(facts.roles)
        if role.connection_limit < 0
        and role.may_connect
        and not role.is_superuser
        and not role.plain_name.startswith(_OF_PLATFORMS)
    }
    if unlimited:
        open_now = Counter(session.role for session in seen(facts.sessions))
        planned = role_limits(expected.fleet) if expected.fleet is not None else {}
        yield warning(
            f"{plural(unlimited, 'role has', 'roles have')} no CONNECTION LIMIT ({listed(unlimited)}): what runs wild"
            " as one of them takes everybody's connections",
            "Limit each to what it opens at the most, as `dbkit pool fleet --emit sql` counts it",
            *(
                f"ALTER ROLE {name} CONNECTION LIMIT {planned.get(plain, max(_LIMIT, 2 * open_now[name]))};"
                for name, plain in unlimited.items()
            ),
        )


def _passwords(facts: Facts, expected: Expected) -> Iterator[Finding]:
    if facts.settings.text("password_encryption") == "md5":
        yield warning(
            "password_encryption is md5: new passwords are kept as hashes that are enough to log in",
            "Keep them by scram-sha-256",
            "ALTER SYSTEM SET password_encryption = 'scram-sha-256';",
            "SELECT pg_reload_conf();",
        )
    yield from _expiring(facts, expected)
    if names := seen(facts.md5_roles):
        yield warning(
            f"the passwords of {plural(names, 'role', 'roles')} are kept as md5 hashes, which are enough to log in"
            f" ({listed(names)})",
            "Set them anew, with password_encryption = 'scram-sha-256'; psql's \\password sends no plain text",
            *(_password_command(name) for name in names),
        )


def _expiring(facts: Facts, expected: Expected) -> Iterator[Finding]:
    for role in seen(facts.roles):
        left = role.expires_in_seconds
        if left is not None and left < expected.limits.password_seconds:
            tell = warning if left > 0 else danger
            when = f"expires in {duration(left)}" if left > 0 else f"expired {duration(-left)} ago"
            yield tell(
                f"the password of {role.name} {when}",
                "Set a new one and a later day, or retire the role",
                _password_command(role.name),
                f"ALTER ROLE {role.name} VALID UNTIL '{_later(expected.now_seconds)}';",
            )


def _password_command(name: str) -> str:
    return f"psql URL -c {quote(f'{chr(92)}password {name}')}"


def _later(now_seconds: float) -> str:
    return f"{datetime.fromtimestamp(now_seconds, UTC) + _PASSWORD_LASTS:%Y-%m-%d}"


def _public_schema(facts: Facts, _expected: Expected) -> Iterator[Finding]:
    if facts.identity.public_may_create:
        yield danger(
            "every role may create objects in the schema public, and others may run what it puts there",
            "Take that away, as PostgreSQL has it by default since 15",
            "REVOKE CREATE ON SCHEMA public FROM PUBLIC;",
        )


CHECKS = (
    Check("superuser", Area.ROLES, "no service connects as a superuser", _superuser, for_shared=True),
    Check(
        "powers",
        Area.ROLES,
        "no service's role may make roles or databases, or see past policies but those of `dbkit db roles`",
        _powers,
        for_shared=True,
    ),
    Check("role_limits", Area.ROLES, "roles that may connect have a CONNECTION LIMIT", _limits, for_shared=True),
    Check(
        "passwords",
        Area.ROLES,
        "passwords are kept by scram-sha-256, and none expires within two weeks",
        _passwords,
        for_shared=True,
    ),
    Check(
        "public_schema",
        Area.ROLES,
        "not everybody may create objects in the schema public",
        _public_schema,
        for_shared=True,
    ),
)
