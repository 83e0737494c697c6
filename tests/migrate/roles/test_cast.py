"""Which roles there are, and what the entities' verbs call for."""

from __future__ import annotations

from typing import Any

import pytest

from dbkit.migrate.roles.audit import entities_of
from dbkit.migrate.roles.cast import Cast
from dbkit.migrate.roles.grants import privileges_of
from dbkit.models import ENTITIES
from dbkit.models.entity import Entity, Verb
from dbkit.types.errors import ConfigurationInvalid

APPEND_ONLY = {
    "revisions",
    "installation_configs",
    "operation_logs",
    "delivery_attempts",
    "usage_events",
    "audit_events",
}


def test_append_only_tables_are_appended_to() -> None:
    may = {entity.name: privileges_of(entity) for entity in ENTITIES}
    assert {name for name, privileges in may.items() if privileges == {"SELECT", "INSERT"}} == APPEND_ONLY
    assert all("UPDATE" in privileges for name, privileges in may.items() if name not in APPEND_ONLY)


@pytest.mark.parametrize("entity", ENTITIES, ids=lambda entity: entity.name)
def test_no_verb_no_privilege(entity: Entity[Any, Any, Any]) -> None:
    may = privileges_of(entity)
    assert ("UPDATE" in may) is bool({Verb.UPDATE, Verb.UPSERT, Verb.DELETE} & entity.verbs)
    assert ("DELETE" in may) is bool({Verb.PURGE if entity.is_soft_deleted else Verb.DELETE} & entity.verbs)


def test_who_may_lock_may_change_what_is_locked() -> None:
    for entity in ENTITIES:
        assert Verb.LOCK not in entity.verbs or "UPDATE" in privileges_of(entity)
        assert (Verb.LOCK in entity.verbs) is (entity.name not in {*APPEND_ONLY, "ingested_messages"})


def test_models_are_named_as_they_are_for_other_commands() -> None:
    assert entities_of("dbkit.models:Base").keys() == {entity.name for entity in ENTITIES}


def test_names_follow_from_the_prefix() -> None:
    cast = Cast("shop", services=("mail-out", "api"), limits={"shop_api": 40, "shop_people": 3})
    assert cast.names == (
        "shop_owner",
        "shop_migrator",
        "shop_service",
        "shop_reader",
        "shop_people",
        "shop_mail_out",
        "shop_api",
    )
    limits = {role.name: role.connections_max for role in cast.roles}
    assert (limits["shop_api"], limits["shop_people"], limits["shop_mail_out"]) == (40, 3, None)


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        ({"prefix": "Shop"}, "'Shop_owner' cannot be a role's name"),
        ({"prefix": "s" * 60}, "cannot be a role's name"),
        ({"services": ("a b",)}, "'dbkit_a b' cannot be a role's name"),
        ({"services": ("api", "api")}, "named twice"),
        ({"services": ("owner",)}, "named twice, or as another role is"),
        ({"limits": {"dbkit_api": 3}}, "there is no role dbkit_api to limit"),
    ],
)
def test_names_that_are_refused(arguments: dict[str, Any], says: str) -> None:
    with pytest.raises(ConfigurationInvalid, match=says):
        Cast(**arguments)
