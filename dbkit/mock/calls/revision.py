# Generated from values and models by tools/interfaces.py; edit those instead.
"""Records of calls to mocks of revisions."""

from __future__ import annotations

from typing import ClassVar

from dbkit.mock.base.calls import Call, Calls
from dbkit.types.calls.revision import RevisionOrder
from dbkit.types.identifiers import IntegrationId, ProjectId, RevisionId
from dbkit.types.revision import NewRevision, RevisionFilter
from dbkit.types.value import JsonObject

__all__ = [
    "RevisionAppendCall",
    "RevisionCalls",
    "RevisionCountCall",
    "RevisionCreateCall",
    "RevisionCreateManyCall",
    "RevisionExistsCall",
    "RevisionFindCall",
    "RevisionGetCall",
    "RevisionGetManyCall",
    "RevisionIterateCall",
    "RevisionLatestCall",
    "RevisionPageCall",
]


class RevisionGetCall(Call):
    """A call of `get`."""

    called: ClassVar[str] = "revisions.get"

    project_id: ProjectId
    revision_id: RevisionId


class RevisionFindCall(Call):
    """A call of `find`."""

    called: ClassVar[str] = "revisions.find"

    project_id: ProjectId
    revision_id: RevisionId


class RevisionGetManyCall(Call):
    """A call of `get_many`."""

    called: ClassVar[str] = "revisions.get_many"

    project_id: ProjectId
    revision_ids: tuple[RevisionId, ...]


class RevisionExistsCall(Call):
    """A call of `exists`."""

    called: ClassVar[str] = "revisions.exists"

    project_id: ProjectId
    revision_id: RevisionId


class RevisionPageCall(Call):
    """A call of `page`."""

    called: ClassVar[str] = "revisions.page"

    filter: RevisionFilter
    order: RevisionOrder
    limit: int
    after: str | None


class RevisionIterateCall(Call):
    """A call of `iterate`."""

    called: ClassVar[str] = "revisions.iterate"

    filter: RevisionFilter
    order: RevisionOrder


class RevisionCountCall(Call):
    """A call of `count`."""

    called: ClassVar[str] = "revisions.count"

    filter: RevisionFilter


class RevisionCreateCall(Call):
    """A call of `create`."""

    called: ClassVar[str] = "revisions.create"

    new: NewRevision


class RevisionCreateManyCall(Call):
    """A call of `create_many`."""

    called: ClassVar[str] = "revisions.create_many"

    new: tuple[NewRevision, ...]
    returning: bool


class RevisionAppendCall(Call):
    """A call of `append`."""

    called: ClassVar[str] = "revisions.append"

    project_id: ProjectId
    integration_id: IntegrationId
    content: JsonObject
    spec_version: str


class RevisionLatestCall(Call):
    """A call of `latest`."""

    called: ClassVar[str] = "revisions.latest"

    project_id: ProjectId
    integration_id: IntegrationId


class RevisionCalls(Calls):
    """The calls of a mock of revisions, by operation."""

    _records: ClassVar[tuple[type[Call], ...]] = (
        RevisionGetCall,
        RevisionFindCall,
        RevisionGetManyCall,
        RevisionExistsCall,
        RevisionPageCall,
        RevisionIterateCall,
        RevisionCountCall,
        RevisionCreateCall,
        RevisionCreateManyCall,
        RevisionAppendCall,
        RevisionLatestCall,
    )

    @property
    def get(self) -> tuple[RevisionGetCall, ...]:
        """The calls of `get`."""
        return self._of(RevisionGetCall)

    @property
    def find(self) -> tuple[RevisionFindCall, ...]:
        """The calls of `find`."""
        return self._of(RevisionFindCall)

    @property
    def get_many(self) -> tuple[RevisionGetManyCall, ...]:
        """The calls of `get_many`."""
        return self._of(RevisionGetManyCall)

    @property
    def exists(self) -> tuple[RevisionExistsCall, ...]:
        """The calls of `exists`."""
        return self._of(RevisionExistsCall)

    @property
    def page(self) -> tuple[RevisionPageCall, ...]:
        """The calls of `page`."""
        return self._of(RevisionPageCall)

    @property
    def iterate(self) -> tuple[RevisionIterateCall, ...]:
        """The calls of `iterate`."""
        return self._of(RevisionIterateCall)

    @property
    def count(self) -> tuple[RevisionCountCall, ...]:
        """The calls of `count`."""
        return self._of(RevisionCountCall)

    @property
    def create(self) -> tuple[RevisionCreateCall, ...]:
        """The calls of `create`."""
        return self._of(RevisionCreateCall)

    @property
    def create_many(self) -> tuple[RevisionCreateManyCall, ...]:
        """The calls of `create_many`."""
        return self._of(RevisionCreateManyCall)

    @property
    def append(self) -> tuple[RevisionAppendCall, ...]:
        """The calls of `append`."""
        return self._of(RevisionAppendCall)

    @property
    def latest(self) -> tuple[RevisionLatestCall, ...]:
        """The calls of `latest`."""
        return self._of(RevisionLatestCall)
