"""The generator of worlds: who has how many of what, which state it is in, and what refers to what.

All else of a row comes from the factories. Every row follows from the seed, its table and its place, so tables are
made one by one.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from functools import lru_cache, partial
from random import Random
from typing import Any, Final, TypeAlias, TypeVar
from uuid import UUID

from dbkit import models
from dbkit import types as t
from dbkit.mock.factories import PRESENT, Factories
from dbkit.mock.rows.sources import Source
from dbkit.models.entity import Entity
from dbkit.seeds import words
from dbkit.seeds.world import World
from dbkit.types.value import Value

__all__ = ["Generator"]

_START = datetime(2026, 1, 1, tzinfo=UTC)
_PROJECTS, _CONSUMERS, _OPERATIONS = 4, 400, 12
"""Projects of the largest organization, consumers of its first one, operations of that one's first installation."""

Given: TypeAlias = dict[str, Any]
"""What a row is given: its key, its parents, its state and its times."""

_TRAITS: Final[Mapping[t.OperationStatus, Given]] = {
    t.OperationStatus.COMPLETED: {"completed": True},
    t.OperationStatus.FAILED: {"failed": True},
    t.OperationStatus.RUNNING: {"running": True},
    t.OperationStatus.PENDING: {},
}
"""What the factory of operations calls them."""

ChosenT = TypeVar("ChosenT")


@dataclass(frozen=True, slots=True)
class Place:
    """Where a row is: the numbers of its organization, project, and row in the project, from 1."""

    organization: int
    project: int = 0
    row: int = 0


class Generator:
    """Makes the rows of a world of so many organizations."""

    def __init__(self, organizations: int, seed: int) -> None:
        self._organizations = range(1, organizations + 1)
        self._seed = seed
        self._texts = Source(seed)

    def world(self) -> World:
        """Return the world; its rows are made when they are asked for."""
        givers: dict[Entity[Any, Any, Any], Callable[[], Iterator[Given]]] = {
            models.ORGANIZATIONS: self._organization_rows,
            models.TEAMS: self._team_rows,
            models.BUILDERS: self._builder_rows,
            models.TEAM_MEMBERS: self._team_member_rows,
            models.PROJECTS: self._project_rows,
            models.PROVIDERS: self._provider_rows,
            models.GROUPS: partial(self._of_consumers, self._group),
            models.CONSUMERS: partial(self._of_consumers, self._consumer),
            models.CONNECTIONS: partial(self._of_consumers, self._connection),
            models.INTEGRATIONS: self._integration_rows,
            models.REVISIONS: self._revision_rows,
            models.INSTALLATIONS: partial(self._of_consumers, self._installation),
            models.INSTALLATION_CONFIGS: partial(self._of_consumers, self._config),
            models.OPERATIONS: self._operation_rows,
            models.OPERATION_LOGS: self._operation_log_rows,
            models.DESTINATIONS: self._destination_rows,
            models.USAGE_EVENTS: self._usage_event_rows,
        }
        return World({entity.name: partial(self._rows, entity, giver) for entity, giver in givers.items()})

    def _rows(self, entity: Entity[Any, Any, Any], giver: Callable[[], Iterator[Given]]) -> Iterator[Value]:
        """Make the rows of a table, always by factories that have made none before."""
        return Factories(self._seed, began=_START).of(entity).build_each(giver())

    def _id(self, kind: Callable[[UUID], ChosenT], name: str, place: Place, extra: int = 0) -> ChosenT:
        return kind(_identifier(self._seed, name, place, extra))

    def _random(self, name: str, place: Place) -> Random:
        return Random(f"{self._seed}/{name}/{place.organization}/{place.project}/{place.row}")  # noqa: S311 (no secret)

    def _projects(self) -> Iterator[Place]:
        for organization in self._organizations:
            for project in range(1, _share(_PROJECTS, organization) + 1):
                yield Place(organization, project)

    def _consumers(self) -> Iterator[Place]:
        for project in self._projects():
            for row in range(1, _share(_CONSUMERS, project.organization * project.project) + 1):
                yield Place(project.organization, project.project, row)

    def _of_consumers(self, make: Callable[[Place], Given]) -> Iterator[Given]:
        return map(make, self._consumers())

    def _organization_id(self, place: Place) -> t.OrganizationId:
        return self._id(t.OrganizationId, "organizations", Place(place.organization))

    def _project_id(self, place: Place) -> t.ProjectId:
        return self._id(t.ProjectId, "projects", Place(place.organization, place.project))

    def _team_id(self, place: Place) -> t.TeamId:
        return self._id(t.TeamId, "teams", Place(place.organization))

    def _builder_id(self, place: Place) -> t.BuilderId:
        return self._id(t.BuilderId, "builders", Place(place.organization))

    def _organization_rows(self) -> Iterator[Given]:
        for place in map(Place, self._organizations):
            yield {"id": self._organization_id(place), "default_team_id": self._team_id(place)}

    def _team_rows(self) -> Iterator[Given]:
        for place in map(Place, self._organizations):
            team = {"organization_id": self._organization_id(place), "id": self._team_id(place)}
            yield {**team, "name": "Everyone"}

    def _builder_rows(self) -> Iterator[Given]:
        for place in map(Place, self._organizations):
            yield {"id": self._builder_id(place), "named": True}

    def _team_member_rows(self) -> Iterator[Given]:
        for place in map(Place, self._organizations):
            yield {
                "organization_id": self._organization_id(place),
                "team_id": self._team_id(place),
                "builder_id": self._builder_id(place),
                "role": t.TeamRole.OWNER,
            }

    def _project_rows(self) -> Iterator[Given]:
        for place in self._projects():
            project = {"id": self._project_id(place), "organization_id": self._organization_id(place)}
            yield {**project, "name": words.PROJECTS[place.project - 1]}

    def _provider_rows(self) -> Iterator[Given]:
        for slug, name in words.PROVIDERS:
            yield {"slug": slug, "display_name": name, "supports": (t.ProviderAction.READ, t.ProviderAction.WRITE)}

    def _provider(self, place: Place) -> str:
        slug, _ = words.PROVIDERS[(place.organization + place.project) % len(words.PROVIDERS)]
        return slug

    def _reference(self, place: Place) -> str:
        return self._texts.text("name", place.row)

    def _group(self, place: Place) -> Given:
        group = {"project_id": self._project_id(place), "group_ref": self._reference(place)}
        return {**group, "group_name": PRESENT}

    def _consumer(self, place: Place) -> Given:
        consumer = {"project_id": self._project_id(place), "consumer_ref": self._reference(place)}
        return {**consumer, "consumer_name": PRESENT}

    def _connection_id(self, place: Place) -> t.ConnectionId:
        return self._id(t.ConnectionId, "connections", place)

    def _connection(self, place: Place) -> Given:
        return {
            "project_id": self._project_id(place),
            "id": self._connection_id(place),
            "provider": self._provider(place),
            "group_ref": self._reference(place),
            "consumer_ref": self._reference(place),
            "auth_scheme": t.AuthScheme.OAUTH2_AUTHORIZATION_CODE,
            "status": t.ConnectionStatus.BAD_CREDENTIALS if place.row % 20 == 0 else t.ConnectionStatus.WORKING,
        }

    def _integration_id(self, place: Place) -> t.IntegrationId:
        return self._id(t.IntegrationId, "integrations", Place(place.organization, place.project))

    def _revision_id(self, place: Place) -> t.RevisionId:
        return self._id(t.RevisionId, "revisions", Place(place.organization, place.project))

    def _integration_rows(self) -> Iterator[Given]:
        for place in self._projects():
            yield {
                "project_id": self._project_id(place),
                "id": self._integration_id(place),
                "provider": self._provider(place),
                "latest_revision_id": self._revision_id(place),
            }

    def _revision_rows(self) -> Iterator[Given]:
        for place in self._projects():
            yield {
                "project_id": self._project_id(place),
                "id": self._revision_id(place),
                "integration_id": self._integration_id(place),
                "number": 1,
            }

    def _installation_id(self, place: Place) -> t.InstallationId:
        return self._id(t.InstallationId, "installations", Place(place.organization, place.project, place.row))

    def _config_id(self, place: Place) -> t.InstallationConfigId:
        return self._id(t.InstallationConfigId, "installation_configs", place)

    def _installation(self, place: Place) -> Given:
        return {
            "project_id": self._project_id(place),
            "id": self._installation_id(place),
            "integration_id": self._integration_id(place),
            "connection_id": self._connection_id(place),
            "group_ref": self._reference(place),
            "config_id": self._config_id(place),
            "created_by": f"consumer:{self._reference(place)}",
        }

    def _config(self, place: Place) -> Given:
        return {
            "project_id": self._project_id(place),
            "id": self._config_id(place),
            "installation_id": self._installation_id(place),
            "revision_id": self._revision_id(place),
            "number": 1,
            "created_by": f"consumer:{self._reference(place)}",
        }

    def _operations(self) -> Iterator[tuple[Place, int, t.OperationStatus, datetime]]:
        for place in self._consumers():
            choose = self._random("operations", place)
            for number in range(1, _share(_OPERATIONS, place.row) + 1):
                (status,) = choose.choices(words.STATUSES, words.STATUS_WEIGHTS)
                began = _START + timedelta(days=choose.randrange(150), seconds=choose.randrange(86_400))
                yield place, number, status, began

    def _operation_id(self, place: Place, number: int) -> t.OperationId:
        return self._id(t.OperationId, "operations", place, number)

    def _operation_rows(self) -> Iterator[Given]:
        for place, number, status, began in self._operations():
            has_begun = status is not t.OperationStatus.PENDING
            has_ended = status in (t.OperationStatus.COMPLETED, t.OperationStatus.FAILED)
            yield {
                "project_id": self._project_id(place),
                "id": self._operation_id(place, number),
                "integration_id": self._integration_id(place),
                "installation_id": self._installation_id(place),
                "config_id": self._config_id(place),
                "type": t.OperationType.READ,
                "read_type": t.ReadType.SCHEDULED,
                **_TRAITS[status],
                "started_at": began if has_begun else None,
                "completed_at": began + timedelta(seconds=40) if has_ended else None,
            }

    def _operation_log_rows(self) -> Iterator[Given]:
        for place, number, status, began in self._operations():
            if status is not t.OperationStatus.PENDING:
                yield {
                    "project_id": self._project_id(place),
                    "logged_at": began,
                    "id": self._id(t.OperationLogId, "operation_logs", place, number),
                    "operation_id": self._operation_id(place, number),
                    "failed": status is t.OperationStatus.FAILED,
                }

    def _destination_rows(self) -> Iterator[Given]:
        for place in self._projects():
            yield {"project_id": self._project_id(place), "id": self._id(t.DestinationId, "destinations", place)}

    def _usage_event_rows(self) -> Iterator[Given]:
        for place, number, status, began in self._operations():
            if status is t.OperationStatus.COMPLETED:
                yield {
                    "project_id": self._project_id(place),
                    "occurred_at": began,
                    "id": self._id(t.UsageEventId, "usage_events", place, number),
                    "organization_id": self._organization_id(place),
                    "metric": "records_read",
                    "quantity": Decimal(number * 40),
                }


@lru_cache(maxsize=4096)
def _identifier(seed: int, name: str, place: Place, extra: int) -> UUID:
    """Return a uuid version 7 that follows from the seed; rows of one table are in order of their places.

    The ids of parents are asked for by each of their children, one after the other.
    """
    text = f"{seed}/{name}/{place.organization}/{place.project}/{place.row}/{extra}"
    digest = int.from_bytes(hashlib.blake2b(text.encode(), digest_size=10).digest(), "big")
    moment = int(_START.timestamp() * 1000) + place.organization * 1_000_000 + place.row * 1_000 + extra
    version = 0x7000_8000_0000_0000_0000
    return UUID(int=moment << 80 | version | digest & 0x0FFF_3FFF_FFFF_FFFF_FFFF)


def _share(most: int, rank: int) -> int:
    """Return the size that Zipf's law gives a rank, at least 1."""
    return max(1, round(most / rank))
