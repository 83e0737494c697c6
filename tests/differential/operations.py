"""Calls of operations beyond the verbs: those that hold rows, claim them, or are made of several statements."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any

from dbkit.types.delivery import DeliveryStatus
from dbkit.types.operation import OperationStatus
from dbkit.types.outbox_event import OutboxTopic
from tests.differential.dice import Dice
from tests.differential.family import Family, Member
from tests.differential.program import Step
from tests.differential.values import New, Symbol

__all__ = ["drawn_operation"]

_LATER = datetime(2030, 1, 1, tzinfo=UTC)
_HOUR = timedelta(hours=1)
_HOLDERS = ("a", "b")


@dataclass(frozen=True)
class _Drawn:
    """The dice, an entity, and another one of the family where an operation takes its rows."""

    dice: Dice
    family: Family
    member: Member

    @property
    def key(self) -> tuple[Any, ...]:
        return self.dice.one_of(self.member.keys)

    @property
    def limit(self) -> int:
        return self.dice.number(1, 3)

    def value(self, name: str) -> Any:
        return self.dice.one_of(self.member.values[name])

    def version(self, key: tuple[Any, ...]) -> Any:
        return Symbol("version", [self.member.entity.name, list(key)])

    def row(self, entity: str | None = None) -> New:
        member = self.member if entity is None else self.family.members[entity]
        return New(member.entity.name, self.dice.one_of(member.rows))


_Arguments = tuple[tuple[Any, ...], dict[str, Any]]


@dataclass(frozen=True)
class _Operation:
    """An operation: what draws its arguments, whether it is for transactions alone, and whose rows it takes besides."""

    name: str
    arguments: Callable[[_Drawn], _Arguments]
    in_transaction: bool = False
    needs: str | None = None


def _keyed(*more: Callable[[_Drawn], Any]) -> Callable[[_Drawn], _Arguments]:
    return lambda drawn: ((*drawn.key, *(each(drawn) for each in more)), {})


def _until(_drawn: _Drawn) -> _Arguments:
    # Of rows with the same time the server takes any, so all of them are asked for.
    return (_LATER, 100), {}


def _limited(drawn: _Drawn) -> _Arguments:
    return (drawn.limit,), {}


def _transition(drawn: _Drawn) -> _Arguments:
    key = drawn.key
    return (*key, drawn.dice.one_of(list(OperationStatus))), {"expected_version": drawn.version(key)}


def _advance(drawn: _Drawn) -> _Arguments:
    key = drawn.key
    named = {"next_page_token": drawn.dice.one_of(["t", None]), "processed": 1, "expected_version": drawn.version(key)}
    return key, named


def _tenant(drawn: _Drawn) -> Any:
    return drawn.dice.one_of(drawn.member.rows)[drawn.member.entity.tenant]


_OPERATIONS: Mapping[str, tuple[_Operation, ...]] = {
    "leases": (
        _Operation("acquire", lambda drawn: ((*drawn.key, drawn.dice.one_of(_HOLDERS), _HOUR), {})),
        _Operation("renew", lambda drawn: ((*drawn.key, drawn.dice.one_of(_HOLDERS), drawn.limit, _HOUR), {})),
        _Operation("release", lambda drawn: ((*drawn.key, drawn.dice.one_of(_HOLDERS), drawn.limit), {})),
    ),
    "outbox_events": (
        _Operation("append", lambda drawn: ((OutboxTopic.USAGE_EMITTED, "k", {"a": 1}), {}), in_transaction=True),
        _Operation("claim", _limited, in_transaction=True),
        _Operation("mark_published", lambda drawn: (([drawn.key[0], drawn.key[0]],), {})),
        _Operation("mark_failed", lambda drawn: ((drawn.key[0], "no", _LATER), {})),
        _Operation("purge_published", _until),
    ),
    "ingested_messages": (
        _Operation("take", _keyed(), in_transaction=True),
        _Operation("purge_older", _until),
    ),
    "deliveries": (
        _Operation("enqueue", lambda drawn: ((drawn.row(),), {})),
        _Operation("claim_due", _until),
        _Operation(
            "record_attempt",
            lambda drawn: ((drawn.row("delivery_attempts"), drawn.dice.one_of(list(DeliveryStatus))), {}),
            needs="delivery_attempts",
        ),
    ),
    "operations": (
        _Operation("transition", _transition),
        _Operation("retry_chain", _keyed()),
        _Operation("count_by_status", lambda drawn: ((_tenant(drawn), datetime(2020, 1, 1, tzinfo=UTC)), {})),
        _Operation("delete_older_than", lambda drawn: ((_tenant(drawn), _LATER, 100), {})),
        _Operation("claim_polling", lambda _: ((100,), {}), in_transaction=True),
    ),
    "connections": (
        _Operation("mark_working", _keyed()),
        _Operation("mark_bad_credentials", _keyed(lambda _: "no")),
    ),
    "destinations": (_Operation("disable", _keyed(lambda _: "no")), _Operation("enable", _keyed())),
    "encryption_keys": (
        _Operation("active", lambda drawn: ((_tenant(drawn),), {})),
        _Operation("rotate", lambda drawn: ((_tenant(drawn), "credentials", drawn.row()), {})),
        _Operation("unused_retiring", lambda _: ((100,), {})),
    ),
    "revisions": (
        _Operation("append", lambda drawn: ((_tenant(drawn), drawn.value("integration_id"), {"a": 1}), {})),
        _Operation("latest", lambda drawn: ((_tenant(drawn), drawn.value("integration_id")), {})),
    ),
    "installations": (_Operation("pause_reads", _keyed()), _Operation("unpause_reads", _keyed())),
    "read_states": (
        _Operation("start", _keyed(lambda drawn: drawn.value("progress_operation_id"))),
        _Operation("advance", _advance),
    ),
    "subscriptions": (_Operation("due_for_renewal", _until, in_transaction=True),),
    "object_schemas": (_Operation("due_for_watch", _until, in_transaction=True),),
    "connection_secrets": (_Operation("due_for_refresh", _until, in_transaction=True),),
    "teams": (_Operation("ancestors", _keyed()), _Operation("descendants", _keyed())),
    "builders": (_Operation("find_by_email", lambda drawn: ((drawn.value("primary_email"),), {})),),
    "project_entitlements": (_Operation("value_of", _keyed()),),
    "usage_events": (_Operation("append_many", lambda drawn: (([drawn.row(), drawn.row()],), {})),),
    "organizations": (
        _Operation("create_with_default_team", lambda drawn: ((drawn.row(), drawn.row("teams")), {}), needs="teams"),
    ),
}


def drawn_operation(dice: Dice, family: Family, session: int, *, in_transaction: bool) -> Step | None:
    """Return a call of an operation of the family; None where it has none."""
    options = [
        (member, operation)
        for name, member in family.members.items()
        for operation in _OPERATIONS.get(name, ())
        if (in_transaction or not operation.in_transaction) and (operation.needs or name) in family.members
    ]
    if not options:
        return None
    member, operation = dice.one_of(options)
    arguments, named = operation.arguments(_Drawn(dice, family, member))
    return Step(session, operation.name, member.entity.name, arguments, named)
