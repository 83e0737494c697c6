"""The pages say all that the models, values and interfaces say."""

from __future__ import annotations

import re
from typing import Any

import pytest
from sqlalchemy import CheckConstraint

from dbkit.migrate.schema_docs import INDEX, purpose_of, schema_pages
from dbkit.models import CONNECTIONS, ENTITIES, USAGE_EVENTS, Entity, Verb
from dbkit.models.areas import Area

PAGES = schema_pages()

AnyEntity = Entity[Any, Any, Any]


def _page(entity: AnyEntity) -> str:
    return PAGES[f"{entity.singular}.md"]


def _section(entity: AnyEntity, heading: str) -> str:
    found = re.search(rf"^## {heading}\n(.*?)(?=^## |\Z)", _page(entity), re.MULTILINE | re.DOTALL)
    return found[1] if found else ""


@pytest.fixture(params=ENTITIES, ids=lambda entity: entity.name)
def entity(request: pytest.FixtureRequest) -> AnyEntity:
    found: AnyEntity = request.param
    return found


def test_a_page_for_each_entity_and_an_index() -> None:
    assert set(PAGES) == {INDEX, *(f"{entity.singular}.md" for entity in ENTITIES)}
    for each in ENTITIES:
        assert f"- [{each.name}]({each.singular}.md): {purpose_of(each)}" in PAGES[INDEX]
    assert [line[3:] for line in PAGES[INDEX].splitlines() if line.startswith("## ")] == [area.heading for area in Area]


def test_links_lead_somewhere() -> None:
    targets = {target for page in PAGES.values() for target in re.findall(r"\]\(([^)]+)\)", page)}
    assert targets == set(PAGES) - {INDEX}


def test_every_column_key_check_and_index(entity: AnyEntity) -> None:
    columns = [line.split(" | ")[0].removeprefix("| ") for line in _section(entity, "Columns").splitlines()[3:] if line]
    assert columns == list(entity.table.c.keys())
    for heading, names in {
        "Unique keys": entity.unique_keys,
        "Foreign keys": [key.name for key in entity.table.foreign_key_constraints],
        "Checks": [each.name for each in entity.table.constraints if isinstance(each, CheckConstraint)],
        "Indexes": [index.name for index in entity.table.indexes if not index.unique],
    }.items():
        assert sorted(re.findall(r"^\| `(\w+)`", _section(entity, heading), re.MULTILINE)) == sorted(map(str, names))


def test_every_field_verb_and_order(entity: AnyEntity) -> None:
    fields = re.findall(r"^\| `(\w+)`", _section(entity, "Filter"), re.MULTILINE)
    assert fields == list(entity.filter.model_fields)
    verbs = re.findall(r"`(\w+)`", _section(entity, "Verbs"))
    assert verbs == [verb for verb in Verb if verb in entity.verbs]
    assert re.findall(r"`([^`]+)`", _section(entity, "Orders")) == list(entity.orders)


def test_every_state(entity: AnyEntity) -> None:
    section = _section(entity, "States")
    for field, states in entity.lifecycles.items():
        assert f"`{field}` (`{states.__name__}`)" in section
        for state in states:
            following = ", ".join(f"`{each}`" for each in state.next_states()) or "final"
            assert f"| `{state}` | {following} |" in section


def test_operations_beyond_the_verbs() -> None:
    section = _section(CONNECTIONS, "Operations")
    signature = "mark_working(project_id: ProjectId, connection_id: ConnectionId) -> Connection"
    assert f"`{signature}`\n\nNote that the credentials of a live connection work" in section
    assert re.findall(r"^`(\w+)\(", section, re.MULTILINE) == ["find_live", "mark_working", "mark_bad_credentials"]


def test_how_a_fact_is_told() -> None:
    page = _page(CONNECTIONS)
    for line in (
        '| provider | `text COLLATE "C"` | no |  | never changed |',
        "| created_at | `timestamptz` | no | `now()` |  |",
        "| `ck_connections_provider_metadata` | `jsonb_typeof(provider_metadata) = 'object'` |",
        "| `fk_connections_provider` | provider | [providers](provider.md) (slug) | RESTRICT | at once |",
        "| `provider_app_id` | value, any of several values, NULL or not |",
        "| `project_id` | value, every tenant, required |",
        "- [installations](installation.md) (project_id, connection_id)",
    ):
        assert f"\n{line}\n" in page
    assert "`where deleted_at IS NULL` | NULLs count as equal |" in page
    assert "It has: soft delete, optimistic version." in page
    assert "It has: partitions." in _page(USAGE_EVENTS)


def test_the_same_on_every_run() -> None:
    assert schema_pages() == PAGES
