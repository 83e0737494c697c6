"""Contracts catch up with what the release of before wrote behind the data revision.

The rows of `history/` keep to the order that deploys should have. Here the old code was late.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

import psycopg
import pytest
from psycopg.types.json import Jsonb

from dbkit.embedded import EmbeddedServer
from dbkit.migrate.line import Line, Revision
from tests.migrations import sealed
from tests.migrations.history.v20240305174102 import default_team
from tests.migrations.history.v20240709171140 import OBJECTS, first_config
from tests.migrations.history.v20240801170412 import renamed
from tests.migrations.history.v20250114165511 import COLUMNS
from tests.migrations.rows import Rows, Snapshot, instant, key
from tests.migrations.stepping import contiguous, go_down, go_up, opened
from tests.migrations.walk import SIZE, Walk

LINE = Line.read()


@pytest.fixture(scope="module")
def walk(server: EmbeddedServer) -> Iterator[Walk]:
    walk = Walk(server, contiguous(LINE))
    yield walk
    walk.close()


@dataclass(frozen=True)
class Late:
    """A database in front of a contract, where the release of before goes on writing."""

    url: str
    revision: Revision
    connection: psycopg.Connection[Any]

    @property
    def rows(self) -> Rows:
        return Rows(self.connection, SIZE)

    def up(self) -> Snapshot:
        go_up(self.url, self.revision)
        return Snapshot.take(self.connection)

    def down(self) -> None:
        go_down(self.url, self.revision)


@contextmanager
def late(walk: Walk, name: str) -> Iterator[Late]:
    revision = LINE.find(name)
    with walk.before(revision) as url, opened(url) as connection:
        yield Late(url, revision, connection)


def test_a_membership_and_an_organization_without_a_team(walk: Walk) -> None:
    times = {"created_at": instant(336)}
    first, new = key("organization", 1), key("organization", 99)
    with late(walk, "drop_memberships") as old:
        old.rows.insert("organizations", {"id": new, "label": "late"})
        old.rows.insert(
            "memberships",
            *(
                {"organization_id": organization, "builder_id": key("builder", 12), "role": role} | times
                for organization, role in ((first, " Owner"), (new, "nobody"))
            ),
        )
        after = old.up()
    teams = {row["id"]: row["default_team_id"] for row in after["organizations"]}
    assert teams[str(new)] == str(default_team(new))
    assert after.by("teams", "organization_id", "id")[str(new), teams[str(new)]]["name"] == "Everyone"
    members = after.by("team_members", "organization_id", "team_id", "builder_id")
    for organization, role in ((first, "owner"), (new, "member")):
        found = members[str(organization), teams[str(organization)], str(key("builder", 12))]
        assert (found["role"], found["created_at"]) == (role, "2024-04-01T00:00:00+00:00")


def test_installations_that_were_written_inline(walk: Walk) -> None:
    project = key("project", 1)
    with late(walk, "drop_installations_config") as old:
        own = {"project_id": project, "integration_id": key("integration", 1), "revision_id": key("revision", 1)}
        old.rows.insert(
            "installations",
            *(
                own
                | {"id": key("installation", n), "connection_id": key("connection", 1), "group_ref": "group-1"}
                | {"config": config, "created_by": None, "created_at": instant(469), "updated_at": instant(469)}
                for n, config in ((97, {"read": {"objects": OBJECTS}}), (98, {}), (99, {"read": {"objects": []}}))
            ),
        )
        changed = {"read": {"objects": OBJECTS | {"late": OBJECTS["plain"]}}}
        # Their first configuration was made by the data revision: 5 has another document since, 6 another revision.
        for n, change in ((5, "config = %(config)s::jsonb"), (6, "revision_id = %(revision)s")):
            old.rows.execute(
                f"""UPDATE installations SET {change}, updated_at = %(time)s
                    WHERE (project_id, id) = (%(project)s, %(id)s)""",
                {"config": Jsonb(changed), "revision": key("revision", 1), "time": instant(469)}
                | {"project": project, "id": key("installation", n)},
            )
        before = Snapshot.take(old.connection)
        after = old.up()
    was = before.by("installations", "project_id", "id")
    current = {(row["project_id"], row["id"]): row["config_id"] for row in after["installations"]}
    configs = after.by("installation_configs", "project_id", "id")
    made = [name for name in configs if name not in before.by("installation_configs", "project_id", "id")]
    assert len(made) == 5
    for n in (97, 98, 99):
        name = str(project), str(key("installation", n))
        config = configs[name[0], current[name]]
        assert config["id"] == str(first_config(*name))
        assert (config["number"], config["created_by"]) == (1, "system")
        assert config["content"] == renamed(was[name]["config"])
    for n in (5, 6):
        name = str(project), str(key("installation", n))
        config = configs[name[0], current[name]]
        assert (config["number"], config["installation_id"]) == (2, name[1])
        assert config["content"] == renamed(was[name]["config"])
        assert config["revision_id"] == was[name]["revision_id"]
        assert config["created_at"] == was[name]["updated_at"]
        assert (name[0], str(first_config(*name))) in configs


def test_tokens_that_were_written_to_the_connection_alone(walk: Walk) -> None:
    with late(walk, "drop_connection_token_columns") as old:
        connection = key("connection", 99)
        old.rows.insert(
            "connections",
            {"project_id": key("project", 1), "id": connection, "provider_app_id": key("provider_app", 1)}
            | {"group_ref": "group-1", "consumer_ref": "consumer-1", "access_token": "late", "refresh_token": ""}
            | {"token_expires_at": instant(600), "created_at": instant(588), "updated_at": instant(588)},
        )
        after = old.up()
    secrets = {
        row["kind"]: (row["secret"], row["expires_at"])
        for row in after["connection_secrets"]
        if row["connection_id"] == str(connection)
    }
    assert secrets == {"access_token": ("late", "2024-12-21T00:00:00+00:00"), "refresh_token": ("", None)}


def test_secrets_that_were_written_plain(walk: Walk) -> None:
    project = key("project", 3)
    with late(walk, "drop_plaintext_secrets") as old:
        old.rows.insert(
            "connection_secrets",
            {"project_id": project, "connection_id": key("connection", 3), "kind": "api_key", "secret": "late 🙂"},
        )
        old.rows.insert(
            "provider_apps",
            {"project_id": project, "id": key("provider_app", 99), "provider": "hubspot", "client_id": "late"}
            | {"client_secret": ""},
        )
        after = old.up()
        found = {
            table: dict(sealed.opened(after, table, column, key_id, *primary))
            for table, primary, _, column, key_id in COLUMNS
        }
        assert found["connection_secrets"][str(project), str(key("connection", 3)), "api_key"] == "late 🙂"
        assert found["provider_apps"][str(project), str(key("provider_app", 99))] == ""
        # The way back leaves them sealed.
        old.down()
        now = Snapshot.take(old.connection)
    assert all(row["secret"] is None for row in now["connection_secrets"])


def test_a_read_state_that_was_written_twice(walk: Walk) -> None:
    with late(walk, "read_states_primary_key") as old:
        name = {"project_id": key("project", 1), "installation_id": key("installation", 1), "object_name": "late"}
        old.rows.insert(
            "read_states",
            *(
                name | {"next_page_token": token, "updated_at": instant(days)}
                for token, days in (("first", 695), ("last", 697), ("second", 696))
            ),
        )
        after = old.up()
    assert [row["next_page_token"] for row in after["read_states"] if row["object_name"] == "late"] == ["last"]
