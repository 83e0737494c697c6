"""The roles of a database: who there is, and how each is set up."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from types import MappingProxyType
from typing import Any, Final

from dbkit.types.errors import ConfigurationInvalid

__all__ = ["OWN_POLICIES", "Cast", "Membership", "Role"]

OWN_POLICIES: Final = ("dbkit_everybody", "dbkit_tenants")
"""The policies that dbkit makes: one that lets everybody pass whom grants let, and one that holds people back."""

_NAME: Final = re.compile(r"[a-z_][a-z0-9_]{0,62}")
_READS_ONLY: Final = MappingProxyType({"default_transaction_read_only": "on"})
_OF_PEOPLE: Final = MappingProxyType(
    {
        "default_transaction_read_only": "on",
        "statement_timeout": "60s",
        "idle_in_transaction_session_timeout": "60s",
    }
)
_STATISTICS: Final = "pg_read_all_stats"

Membership = tuple[str, str]
"""A group, and a role that is a member of it."""


@dataclass(frozen=True, slots=True)
class Role:
    """A role: whether it logs in, what it is a member of, how many connections it may have, and its settings.

    A limit of None is left to others: those of services follow from their fleet. `passes_policies` is
    BYPASSRLS, which COPY into a table with policies needs; a role that `may_pass_policies` keeps it.
    """

    name: str
    can_login: bool = True
    passes_policies: bool = False
    may_pass_policies: bool = False
    member_of: tuple[str, ...] = ()
    connections_max: int | None = None
    settings: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Cast:
    """The roles of a database, named `<prefix>_owner` and so on; each of `services` is a role `<prefix>_<service>`.

    The owner and the group of the services do not log in. No role gets a password. `limits` are
    numbers of connections by role, in place of those that readers, people and the migrator have. People
    see the tenants that their session names, by policies of the tables; with `every_tenant` there are none.
    Raises `ConfigurationInvalid` for names that PostgreSQL would cut or fold, and limits of roles
    that there are not.
    """

    prefix: str = "dbkit"
    services: Sequence[str] = ()
    limits: Mapping[str, int] = field(default_factory=dict)
    every_tenant: bool = False

    def __post_init__(self) -> None:
        for name in self.names:
            if not _NAME.fullmatch(name):
                raise ConfigurationInvalid(
                    f"{name!r} cannot be a role's name",
                    advice="Take at most 63 small letters, digits and underscores, no digit first.",
                )
        if len(set(self.names)) < len(self.names):
            raise ConfigurationInvalid("a service is named twice, or as another role is", advice="Rename it.")
        if unknown := sorted(set(self.limits) - set(self.names)):
            raise ConfigurationInvalid(
                f"there is no role {unknown[0]} to limit", advice=f"The roles are {', '.join(self.names)}."
            )

    @property
    def owner(self) -> str:
        """The role that owns the schema's objects."""
        return f"{self.prefix}_owner"

    @property
    def migrator(self) -> str:
        """The role of deploy jobs: its sessions begin as the owner."""
        return f"{self.prefix}_migrator"

    @property
    def service(self) -> str:
        """The group of the services."""
        return f"{self.prefix}_service"

    @property
    def reader(self) -> str:
        """The role of programs that read everything."""
        return f"{self.prefix}_reader"

    @property
    def people(self) -> str:
        """The role of people and of their BI tools."""
        return f"{self.prefix}_people"

    @cached_property
    def roles(self) -> tuple[Role, ...]:
        """All roles, in the order in which they are made."""
        return (
            # Whom a migration waits for is shown to those who may read statistics; the migrator acts as the owner.
            Role(self.owner, can_login=False, member_of=(_STATISTICS,)),
            Role(
                self.migrator,
                member_of=(self.owner,),
                connections_max=self._limit(self.migrator, 10),
                settings={"role": self.owner},
            ),
            Role(self.service, can_login=False, connections_max=self._limit(self.service)),
            self._past_policies(self.reader, default=20, settings=_READS_ONLY),
            Role(self.people, connections_max=self._limit(self.people, 10), settings=_OF_PEOPLE),
            *(self._past_policies(name, member_of=(self.service,)) for name in self._of_services),
        )

    @cached_property
    def names(self) -> tuple[str, ...]:
        """The names of all roles."""
        return (self.owner, self.migrator, self.service, self.reader, self.people, *self._of_services)

    @cached_property
    def memberships(self) -> frozenset[Membership]:
        """Who is to be a member of what."""
        return frozenset((group, role.name) for role in self.roles for group in role.member_of)

    def _past_policies(self, name: str, *, default: int | None = None, **options: Any) -> Role:
        """Return a role that no policy holds back."""
        limit = self._limit(name, default)
        return Role(
            name, connections_max=limit, passes_policies=not self.every_tenant, may_pass_policies=True, **options
        )

    @property
    def _of_services(self) -> tuple[str, ...]:
        return tuple(f"{self.prefix}_{service.replace('-', '_')}" for service in self.services)

    def _limit(self, name: str, default: int | None = None) -> int | None:
        return self.limits.get(name, default)
