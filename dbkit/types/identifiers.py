"""Identifiers: a distinct type for each kind of row, made by the client.

A `ProjectId` is not an `OrganizationId` for a type checker, though both are a plain `UUID` (or
`str`) at run time. Ids are uuid version 7: known before the insert, so a retry is safe, and in
order of time, so new rows land together in an index. Only an `OutboxEventId` is a number, given by
the server: a relay needs a cursor that is cheap.
"""

from __future__ import annotations

import secrets
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from typing import TYPE_CHECKING, NewType, TypeVar
from uuid import UUID

from dbkit.types.value import BigInteger, Text

__all__ = [
    "ApiKeyId",
    "AuditEventId",
    "BillingAccountId",
    "BuilderId",
    "ClaimedDomainId",
    "ConnectionId",
    "ConsumerRef",
    "DeliveryId",
    "DestinationId",
    "EncryptionKeyId",
    "EventTopicRouteId",
    "GroupRef",
    "InstallationConfigId",
    "InstallationId",
    "IntegrationId",
    "InviteId",
    "JwtKeyId",
    "LeaseName",
    "OperationId",
    "OperationLogId",
    "OrganizationId",
    "OutboxEventId",
    "ProjectId",
    "ProjectRoleGrantId",
    "ProviderAppId",
    "ProviderSlug",
    "RevisionId",
    "SubscriptionId",
    "TeamId",
    "TopicDestinationRouteId",
    "TopicId",
    "UsageEventId",
    "drawn_from",
    "identifier",
    "uuid7",
]

OrganizationId = NewType("OrganizationId", UUID)
TeamId = NewType("TeamId", UUID)
BuilderId = NewType("BuilderId", UUID)
InviteId = NewType("InviteId", UUID)
ClaimedDomainId = NewType("ClaimedDomainId", UUID)
BillingAccountId = NewType("BillingAccountId", UUID)
ProjectId = NewType("ProjectId", UUID)
ProjectRoleGrantId = NewType("ProjectRoleGrantId", UUID)
ApiKeyId = NewType("ApiKeyId", UUID)
JwtKeyId = NewType("JwtKeyId", UUID)
EncryptionKeyId = NewType("EncryptionKeyId", UUID)
ProviderAppId = NewType("ProviderAppId", UUID)
ConnectionId = NewType("ConnectionId", UUID)
IntegrationId = NewType("IntegrationId", UUID)
RevisionId = NewType("RevisionId", UUID)
InstallationId = NewType("InstallationId", UUID)
InstallationConfigId = NewType("InstallationConfigId", UUID)
SubscriptionId = NewType("SubscriptionId", UUID)
OperationId = NewType("OperationId", UUID)
OperationLogId = NewType("OperationLogId", UUID)
DestinationId = NewType("DestinationId", UUID)
TopicId = NewType("TopicId", UUID)
EventTopicRouteId = NewType("EventTopicRouteId", UUID)
TopicDestinationRouteId = NewType("TopicDestinationRouteId", UUID)
DeliveryId = NewType("DeliveryId", UUID)
UsageEventId = NewType("UsageEventId", UUID)
AuditEventId = NewType("AuditEventId", UUID)

if TYPE_CHECKING:
    ProviderSlug = NewType("ProviderSlug", str)
    GroupRef = NewType("GroupRef", str)
    ConsumerRef = NewType("ConsumerRef", str)
    LeaseName = NewType("LeaseName", str)
    OutboxEventId = NewType("OutboxEventId", int)
else:
    # A type checker wants a class; pydantic takes the rules as well: no NUL in text, 64 bits of a number.
    ProviderSlug = NewType("ProviderSlug", Text)
    GroupRef = NewType("GroupRef", Text)
    ConsumerRef = NewType("ConsumerRef", Text)
    LeaseName = NewType("LeaseName", Text)
    OutboxEventId = NewType("OutboxEventId", BigInteger)

IdentifierT = TypeVar("IdentifierT")

_VERSION_7_AND_VARIANT = 0x7000_8000_0000_0000_0000


def _uuid7_of_our_own() -> UUID:
    """Return a uuid version 7: 48 bits of milliseconds, 12 of their fraction, 62 random.

    The fraction (RFC 9562, section 6.2, method 3) keeps ids of one process in order below the
    millisecond.
    """
    nanoseconds = time.time_ns()
    milliseconds, rest = divmod(nanoseconds, 1_000_000)
    fraction = (rest << 12) // 1_000_000
    return UUID(int=milliseconds << 80 | _VERSION_7_AND_VARIANT | fraction << 64 | secrets.randbits(62))


if sys.version_info >= (3, 14):
    from uuid import uuid7 as _fresh
else:
    _fresh = _uuid7_of_our_own

_source: ContextVar[Callable[[], UUID]] = ContextVar("dbkit_identifiers", default=_fresh)


def uuid7() -> UUID:
    """Return a fresh uuid version 7: one that nobody has had, or the next of the source that the block draws from."""
    return _source.get()()


@contextmanager
def drawn_from(source: Callable[[], UUID]) -> Iterator[None]:
    """Draw the identifiers that a block, and the tasks started in it, make from another source."""
    token = _source.set(source)
    try:
        yield
    finally:
        _source.reset(token)


def identifier(kind: Callable[[UUID], IdentifierT]) -> Callable[[], IdentifierT]:
    """Return a factory of fresh identifiers of this kind, for a value's `default_factory`."""

    def make() -> IdentifierT:
        return kind(uuid7())

    return make
