"""Who may do what, held against what `dbkit db roles` makes, where the server has its roles."""

from __future__ import annotations

from typing import LiteralString

from dbkit.migrate.roles.audit import entities_of
from dbkit.migrate.roles.cast import OWN_POLICIES, Cast
from dbkit.migrate.roles.differences import Difference, differences_of_grants
from dbkit.migrate.roles.held import Held
from dbkit.migrate.roles.policies import differences_of_policies
from dbkit.migrate.session import Connection, Session

__all__ = ["described_cast", "differences_of_rights"]

_HAS_POLICIES: LiteralString = """
    SELECT EXISTS (
        SELECT FROM pg_policy JOIN pg_class c ON c.oid = polrelid
        WHERE relnamespace = current_schema()::regnamespace AND polname = ANY (%s))
"""
_SERVICES: LiteralString = """
    SELECT m.rolname FROM pg_auth_members a JOIN pg_roles g ON g.oid = a.roleid JOIN pg_roles m ON m.oid = a.member
    WHERE g.rolname = %s AND starts_with(m.rolname, %s) ORDER BY 1
"""


def described_cast(connection: Connection, prefix: str, owner: str | None) -> Cast | None:
    """Return the roles that `dbkit db roles` has made under this prefix; None where the schema's owner is none of them.

    A server has roles for all its databases: that they are there does not say that they are of this one.
    """
    cast = Cast(prefix)
    if owner != cast.owner:
        return None
    found = connection.execute(_HAS_POLICIES, (list(OWN_POLICIES),)).fetchone()
    rows = connection.execute(_SERVICES, (cast.service, f"{prefix}_")).fetchall()
    services = [name.removeprefix(f"{prefix}_") for (name,) in rows]
    own = [name for name in services if f"{prefix}_{name}" not in cast.names]
    return Cast(prefix, own, every_tenant=found == (False,))


def differences_of_rights(session: Session, cast: Cast, models: str) -> list[Difference]:
    """Return where owners, grants and policies of the schema are not those of the roles."""
    held = Held.read(session.connection, session.database, session.schema, cast)
    entities = entities_of(models)
    return [*differences_of_grants(cast, held, entities), *differences_of_policies(cast, held, entities)]
