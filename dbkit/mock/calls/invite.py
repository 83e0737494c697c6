# Generated from values and models by tools/interfaces.py; edit those instead.
"""Records of calls to mocks of invites."""

from __future__ import annotations

from datetime import datetime
from typing import ClassVar

from dbkit.mock.base.calls import Call, Calls
from dbkit.types.calls.invite import InviteChanges, InviteOrder, InviteUniqueKey
from dbkit.types.identifiers import BuilderId, InviteId, OrganizationId
from dbkit.types.invite import InviteFilter, NewInvite
from dbkit.types.lock import LockStrength

__all__ = [
    "InviteAcceptCall",
    "InviteCalls",
    "InviteCountCall",
    "InviteCreateCall",
    "InviteCreateManyCall",
    "InviteDeleteCall",
    "InviteExistsCall",
    "InviteExpireDueCall",
    "InviteFindCall",
    "InviteGetCall",
    "InviteGetManyCall",
    "InviteIterateCall",
    "InviteLockCall",
    "InvitePageCall",
    "InviteUpdateCall",
    "InviteUpsertCall",
]


class InviteGetCall(Call):
    """A call of `get`."""

    called: ClassVar[str] = "invites.get"

    organization_id: OrganizationId
    invite_id: InviteId


class InviteFindCall(Call):
    """A call of `find`."""

    called: ClassVar[str] = "invites.find"

    organization_id: OrganizationId
    invite_id: InviteId


class InviteGetManyCall(Call):
    """A call of `get_many`."""

    called: ClassVar[str] = "invites.get_many"

    organization_id: OrganizationId
    invite_ids: tuple[InviteId, ...]


class InviteExistsCall(Call):
    """A call of `exists`."""

    called: ClassVar[str] = "invites.exists"

    organization_id: OrganizationId
    invite_id: InviteId


class InvitePageCall(Call):
    """A call of `page`."""

    called: ClassVar[str] = "invites.page"

    filter: InviteFilter
    order: InviteOrder
    limit: int
    after: str | None


class InviteIterateCall(Call):
    """A call of `iterate`."""

    called: ClassVar[str] = "invites.iterate"

    filter: InviteFilter
    order: InviteOrder


class InviteCountCall(Call):
    """A call of `count`."""

    called: ClassVar[str] = "invites.count"

    filter: InviteFilter


class InviteCreateCall(Call):
    """A call of `create`."""

    called: ClassVar[str] = "invites.create"

    new: NewInvite


class InviteCreateManyCall(Call):
    """A call of `create_many`."""

    called: ClassVar[str] = "invites.create_many"

    new: tuple[NewInvite, ...]
    returning: bool


class InviteUpdateCall(Call):
    """A call of `update`."""

    called: ClassVar[str] = "invites.update"

    organization_id: OrganizationId
    invite_id: InviteId
    changes: InviteChanges


class InviteUpsertCall(Call):
    """A call of `upsert`."""

    called: ClassVar[str] = "invites.upsert"

    new: NewInvite
    on: InviteUniqueKey


class InviteDeleteCall(Call):
    """A call of `delete`."""

    called: ClassVar[str] = "invites.delete"

    organization_id: OrganizationId
    invite_id: InviteId


class InviteAcceptCall(Call):
    """A call of `accept`."""

    called: ClassVar[str] = "invites.accept"

    organization_id: OrganizationId
    invite_id: InviteId
    builder_id: BuilderId


class InviteExpireDueCall(Call):
    """A call of `expire_due`."""

    called: ClassVar[str] = "invites.expire_due"

    now: datetime
    limit: int


class InviteLockCall(Call):
    """A call of `lock`."""

    called: ClassVar[str] = "invites.lock"

    organization_id: OrganizationId
    invite_id: InviteId
    strength: LockStrength
    nowait: bool
    skip_locked: bool


class InviteCalls(Calls):
    """The calls of a mock of invites, by operation."""

    _records: ClassVar[tuple[type[Call], ...]] = (
        InviteGetCall,
        InviteFindCall,
        InviteGetManyCall,
        InviteExistsCall,
        InvitePageCall,
        InviteIterateCall,
        InviteCountCall,
        InviteCreateCall,
        InviteCreateManyCall,
        InviteUpdateCall,
        InviteUpsertCall,
        InviteDeleteCall,
        InviteAcceptCall,
        InviteExpireDueCall,
        InviteLockCall,
    )

    @property
    def get(self) -> tuple[InviteGetCall, ...]:
        """The calls of `get`."""
        return self._of(InviteGetCall)

    @property
    def find(self) -> tuple[InviteFindCall, ...]:
        """The calls of `find`."""
        return self._of(InviteFindCall)

    @property
    def get_many(self) -> tuple[InviteGetManyCall, ...]:
        """The calls of `get_many`."""
        return self._of(InviteGetManyCall)

    @property
    def exists(self) -> tuple[InviteExistsCall, ...]:
        """The calls of `exists`."""
        return self._of(InviteExistsCall)

    @property
    def page(self) -> tuple[InvitePageCall, ...]:
        """The calls of `page`."""
        return self._of(InvitePageCall)

    @property
    def iterate(self) -> tuple[InviteIterateCall, ...]:
        """The calls of `iterate`."""
        return self._of(InviteIterateCall)

    @property
    def count(self) -> tuple[InviteCountCall, ...]:
        """The calls of `count`."""
        return self._of(InviteCountCall)

    @property
    def create(self) -> tuple[InviteCreateCall, ...]:
        """The calls of `create`."""
        return self._of(InviteCreateCall)

    @property
    def create_many(self) -> tuple[InviteCreateManyCall, ...]:
        """The calls of `create_many`."""
        return self._of(InviteCreateManyCall)

    @property
    def update(self) -> tuple[InviteUpdateCall, ...]:
        """The calls of `update`."""
        return self._of(InviteUpdateCall)

    @property
    def upsert(self) -> tuple[InviteUpsertCall, ...]:
        """The calls of `upsert`."""
        return self._of(InviteUpsertCall)

    @property
    def delete(self) -> tuple[InviteDeleteCall, ...]:
        """The calls of `delete`."""
        return self._of(InviteDeleteCall)

    @property
    def accept(self) -> tuple[InviteAcceptCall, ...]:
        """The calls of `accept`."""
        return self._of(InviteAcceptCall)

    @property
    def expire_due(self) -> tuple[InviteExpireDueCall, ...]:
        """The calls of `expire_due`."""
        return self._of(InviteExpireDueCall)

    @property
    def lock(self) -> tuple[InviteLockCall, ...]:
        """The calls of `lock`."""
        return self._of(InviteLockCall)
