"""Rows that are stored, with all that they need, alike in every backend and colour."""

from __future__ import annotations

import pytest

import dbkit
from dbkit.mock.factories import Factories
from dbkit.mock.rows.references import AnyEntity
from dbkit.models import ENTITIES, GROUPS, INTEGRATIONS, ORGANIZATIONS, PROJECTS
from dbkit.types import (
    EVERY_TENANT,
    AlreadyExists,
    ConnectionFilter,
    NewProject,
    Project,
    ReferenceMissing,
    TeamFilter,
    ValueInvalid,
)


def count(database: dbkit.Database, entity: AnyEntity) -> int:
    """Return how many rows of an entity there are, of all tenants."""
    everything = entity.filter(**({entity.tenant: EVERY_TENANT} if entity.tenant else {}))
    found: int = database.repository(entity).count(everything)
    return found


@pytest.fixture(params=["memory_db", "postgres_db"])
def either_db(request: pytest.FixtureRequest) -> dbkit.Database:
    database: dbkit.Database = request.getfixturevalue(request.param)
    return database


@pytest.mark.parametrize("entity", ENTITIES, ids=lambda entity: entity.name)
def test_every_entity_is_stored_with_what_it_needs(make: Factories, db: dbkit.Database, entity: AnyEntity) -> None:
    factory = make.of(entity)
    one, *more = factory.create(db), *factory.create_batch(3, db)
    assert {type(value) for value in (one, *more)} == {entity.value}
    assert len({tuple(getattr(value, name) for name in entity.key) for value in (one, *more)}) == 4


@pytest.mark.parametrize("entity", ENTITIES, ids=lambda entity: entity.name)
async def test_async_is_the_same(make: Factories, async_db: dbkit.AsyncDatabase, entity: AnyEntity) -> None:
    factory = make.of(entity)
    values = [await factory.create_async(async_db), *await factory.create_batch_async(2, async_db)]
    assert {type(value) for value in values} == {entity.value}
    same = Factories(seed=7).of(entity)
    again = [same.build(), *same.build_batch(2)]
    assert [value.model_dump(include=set(entity.new_fields)) for value in values] == [
        value.model_dump() for value in again
    ]


def test_no_more_is_stored_than_a_row_needs(make: Factories, db: dbkit.Database) -> None:
    make.operation.build()
    make.group.create_batch(2, db)
    assert (count(db, GROUPS), count(db, PROJECTS), count(db, INTEGRATIONS)) == (2, 1, 0)


def test_parents_are_stored_once(make: Factories, either_db: dbkit.Database) -> None:
    make.operation.create(either_db)
    make.operation.create_batch(3, either_db)
    make.connection.create(either_db)
    assert count(either_db, PROJECTS) == 1
    assert count(either_db, ORGANIZATIONS) == 1


def test_rows_that_refer_to_each_other_are_stored_in_one_transaction(
    make: Factories, either_db: dbkit.Database
) -> None:
    organization = make.organization.create(either_db)
    [team] = either_db.teams.iterate(TeamFilter(organization_id=organization.id))
    assert team.id == organization.default_team_id
    installation = make.installation.create(either_db)
    config = either_db.installation_configs.get(installation.project_id, installation.config_id)
    assert config.installation_id == installation.id


def test_a_parent_that_was_only_built_is_stored_too(make: Factories, db: dbkit.Database) -> None:
    installation = make.installation.build()
    operation = make.operation.create(db, installation=installation)
    assert db.installations.get(operation.project_id, installation.id).config_id == installation.config_id


def test_a_parent_that_is_stored_already_is_not_stored_again(make: Factories, db: dbkit.Database) -> None:
    project = make.elsewhere().project.create(db)
    connection = make.connection.create(db, project=project)
    assert connection.project_id == project.id
    assert count(db, PROJECTS) == 1


def test_rows_of_another_tenant_are_stored_beside(make: Factories, db: dbkit.Database) -> None:
    here, there = make.connection.create(db), make.elsewhere().connection.create(db)
    assert here.project_id != there.project_id
    assert db.connections.count(ConnectionFilter(project_id=here.project_id)) == 1


def test_a_batch_is_stored_or_none_of_it(make: Factories, either_db: dbkit.Database) -> None:
    make.project.create(either_db)
    with pytest.raises(AlreadyExists):
        make.project.create_batch(2, either_db, name="the same")
    assert count(either_db, PROJECTS) == 1


def test_several_databases_each_get_what_they_lack(make: Factories) -> None:
    with dbkit.connect("memory://") as one, dbkit.connect("memory://") as other:
        first = make.connection.create(one)
        second = make.connection.create(other)
        assert first.project_id == second.project_id
        assert other.projects.get(second.project_id)


def test_parents_are_stored_again_after_a_rollback(make: Factories, either_db: dbkit.Database) -> None:
    with pytest.raises(ZeroDivisionError), either_db.transaction() as tx:
        make.connection.create(tx)
        raise ZeroDivisionError
    assert count(either_db, PROJECTS) == 0
    make.connection.create(either_db)
    assert count(either_db, PROJECTS) == 1


def test_parents_are_stored_again_where_the_database_was_emptied(make: Factories, db: dbkit.Database) -> None:
    connection = make.connection.create(db)
    db.projects.purge(connection.project_id)
    assert make.connection.create(db).project_id == connection.project_id
    assert count(db, PROJECTS) == 1


def test_a_parent_of_the_callers_that_is_missing_is_the_callers_to_store(make: Factories, db: dbkit.Database) -> None:
    make.connection.create(db)
    unknown = make.elsewhere().project.build()
    with pytest.raises(ReferenceMissing):
        make.group.create(db, project_id=unknown.id)


def test_a_transaction_stores_what_the_block_needs(make: Factories, either_db: dbkit.Database) -> None:
    with either_db.transaction() as tx:
        group = make.group.create(tx)
        make.connection.create(tx, group=group)
    assert either_db.connections.count(ConnectionFilter(project_id=group.project_id, group_ref=group.group_ref)) == 1


def test_a_seed_used_twice_finds_its_parents_there(db: dbkit.Database) -> None:
    Factories(seed=5).connection.create(db)
    with pytest.raises(AlreadyExists):
        Factories(seed=5).connection.create(db)
    assert count(db, ORGANIZATIONS) == 1


def test_what_a_row_is_refused_for_is_refused_before_anything_is_stored(make: Factories, db: dbkit.Database) -> None:
    with pytest.raises(ValueInvalid):
        make.connection.create(db, unknown=1)
    assert count(db, PROJECTS) == 0


def test_types_are_known(make: Factories, db: dbkit.Database) -> None:
    built: NewProject = make.project.build()
    stored: Project = make.project.create(db)
    assert built.id != stored.id


def test_a_row_whose_parents_are_there_is_one_statement(make: Factories, either_db: dbkit.Database) -> None:
    make.project.create(either_db)
    with either_db.expect_queries(1):
        make.group.create(either_db)
    make.connection.create(either_db)
    with either_db.expect_queries(1):
        make.connection.create(either_db)


def test_a_parent_is_stored_where_it_is_missing(make: Factories, db: dbkit.Database) -> None:
    project = make.project.create(db)
    with dbkit.connect("memory://") as other:
        make.group.create(other)
        assert count(other, PROJECTS) == 1
    db.projects.purge(project.id)
    make.group.create(db)
    assert count(db, PROJECTS) == 1
