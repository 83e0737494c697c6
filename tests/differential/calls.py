"""Calls of the verbs: any of them, with rows, keys, changes and filters of a family."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import Any

from dbkit.models import Verb
from dbkit.types.errors import ValueInvalid
from dbkit.verbs.locking import LOCK_STRENGTHS
from tests.differential.dice import Dice
from tests.differential.family import Family, Member
from tests.differential.filters import drawn_filter
from tests.differential.program import NEXT_PAGE, WALK, Step
from tests.differential.values import New, Symbol

__all__ = ["drawn_call", "without_waits"]

_WEIGHTS: Mapping[str, int] = {
    Verb.CREATE: 14,
    Verb.UPDATE: 16,
    Verb.DELETE: 8,
    Verb.UPSERT: 10,
    Verb.LOCK: 10,
    Verb.CREATE_MANY: 5,
    Verb.GET: 4,
    Verb.FIND: 3,
    Verb.PAGE: 5,
    Verb.COUNT: 3,
    Verb.RESTORE: 4,
    Verb.PURGE: 4,
    Verb.GET_MANY: 2,
    Verb.EXISTS: 2,
    Verb.ITERATE: 3,
    NEXT_PAGE: 2,
    WALK: 2,
}
_NO_TYPE_TAKES: tuple[Any, ...] = ("\0", "\ud800", None, 1 << 40, -(1 << 70), 1.5, (), b"\xff")


def drawn_call(dice: Dice, family: Family, session: int, *, in_transaction: bool) -> Step:
    """Return a call of a verb."""
    member = _drawn_member(dice, family)
    allowed = [verb for verb in _WEIGHTS if _is_allowed(member, verb, in_transaction)]
    verb = dice.one_of([verb for verb in allowed for _ in range(_WEIGHTS[verb])])
    arguments, named = _DRAWN[verb](dice, member)
    if verb is Verb.CREATE_MANY:
        named |= {"returning": dice.chance(40)}
    if verb in (Verb.CREATE, Verb.UPSERT) and not in_transaction and dice.chance(8):
        arguments = (_of_no_type(dice, member, arguments[0]),)
    return Step(session, str(verb), member.entity.name, arguments, named)


def without_waits(step: Step) -> Step:
    """Return the call so that its answer says nothing of what others hold at the moment."""
    named = {name: value for name, value in step.named.items() if name not in ("nowait", "skip_locked")}
    return replace(step, named=named)


def _drawn_member(dice: Dice, family: Family) -> Member:
    members = list(family.members.values())
    focus = family.members[family.focus.name]
    return focus if dice.chance(45) else dice.one_of(members)


def _is_allowed(member: Member, verb: str, in_transaction: bool) -> bool:
    if verb in (NEXT_PAGE, WALK):
        return True
    if verb == Verb.UPDATE and not member.entity.changeable:
        return False
    return verb in member.entity.verbs and (in_transaction or verb != Verb.LOCK)


def drawn_new(dice: Dice, member: Member) -> New:
    """Return a row to create: one of the member's, perhaps with other fields."""
    fields = dict(dice.one_of(member.rows))
    if dice.chance(35):
        for _ in range(dice.number(1, 2)):
            name = dice.one_of(member.entity.new_fields)
            fields[name] = dice.one_of(member.values[name])
    return New(member.entity.name, fields, unchecked=_is_refused(member, fields) and dice.chance(90))


def _of_no_type(dice: Dice, member: Member, new: New) -> New:
    """Return the row with a value that the driver, or the server as it reads it, refuses."""
    fields = {**new.fields, dice.one_of(member.entity.new_fields): dice.one_of(_NO_TYPE_TAKES)}
    return New(new.entity, fields, unchecked=True)


def _is_refused(member: Member, fields: Mapping[str, Any]) -> bool:
    try:
        member.entity.new(**fields)
    except ValueInvalid:
        return True
    return False


def _key(dice: Dice, member: Member) -> tuple[Any, ...]:
    return dice.one_of(member.keys)


def _with_key(dice: Dice, member: Member) -> tuple[tuple[Any, ...], dict[str, Any]]:
    return _key(dice, member), {}


def _create(dice: Dice, member: Member) -> tuple[tuple[Any, ...], dict[str, Any]]:
    return (drawn_new(dice, member),), {}


def _create_many(dice: Dice, member: Member) -> tuple[tuple[Any, ...], dict[str, Any]]:
    rows = [drawn_new(dice, member) for _ in range(dice.number(1, 4))]
    return (rows,), {}


def _update(dice: Dice, member: Member) -> tuple[tuple[Any, ...], dict[str, Any]]:
    key = _key(dice, member)
    names = [dice.one_of(member.entity.changeable) for _ in range(dice.number(1, 3))]
    changes = {name: dice.one_of(member.values[name]) for name in names}
    return key, changes | _version(dice, member, key, is_required=True)


def _version(dice: Dice, member: Member, key: tuple[Any, ...], *, is_required: bool) -> dict[str, Any]:
    if not member.entity.has_version or not (is_required or dice.chance(30)):
        return {}
    if dice.chance(10):
        return {"expected_version": dice.number(0, 3)}
    return {"expected_version": Symbol("version", [member.entity.name, list(key)])}


def _upsert(dice: Dice, member: Member) -> tuple[tuple[Any, ...], dict[str, Any]]:
    return (drawn_new(dice, member),), {"on": dice.one_of(list(member.entity.unique_keys))}


def _delete(dice: Dice, member: Member) -> tuple[tuple[Any, ...], dict[str, Any]]:
    key = _key(dice, member)
    return key, _version(dice, member, key, is_required=False)


def _lock(dice: Dice, member: Member) -> tuple[tuple[Any, ...], dict[str, Any]]:
    named: dict[str, Any] = {}
    if dice.chance(50):
        named["strength"] = dice.one_of(LOCK_STRENGTHS)
    if dice.chance(30):
        named[dice.one_of(["nowait", "skip_locked"])] = True
    return _key(dice, member), named


def _get_many(dice: Dice, member: Member) -> tuple[tuple[Any, ...], dict[str, Any]]:
    keys = [_key(dice, member) for _ in range(dice.number(0, 3))]
    return (*_key(dice, member)[:-1], [key[-1] for key in keys]), {}


def _count(dice: Dice, member: Member) -> tuple[tuple[Any, ...], dict[str, Any]]:
    return (drawn_filter(dice, member),), {}


def _iterate(dice: Dice, member: Member) -> tuple[tuple[Any, ...], dict[str, Any]]:
    order = dice.one_of([None, *member.entity.orders])
    return (drawn_filter(dice, member),), {} if order is None else {"order": order}


def _page(dice: Dice, member: Member) -> tuple[tuple[Any, ...], dict[str, Any]]:
    arguments, named = _iterate(dice, member)
    return arguments, {**named, "limit": dice.one_of([1, 2, 3, 50])}


_DRAWN: Mapping[str, Callable[[Dice, Member], tuple[tuple[Any, ...], dict[str, Any]]]] = {
    Verb.CREATE: _create,
    Verb.UPDATE: _update,
    Verb.DELETE: _delete,
    Verb.UPSERT: _upsert,
    Verb.LOCK: _lock,
    Verb.CREATE_MANY: _create_many,
    Verb.GET: _with_key,
    Verb.FIND: _with_key,
    Verb.PAGE: _page,
    Verb.COUNT: _count,
    Verb.RESTORE: _with_key,
    Verb.PURGE: _with_key,
    Verb.GET_MANY: _get_many,
    Verb.EXISTS: _with_key,
    Verb.ITERATE: _iterate,
    NEXT_PAGE: lambda _dice, _member: ((), {}),
    WALK: _page,
}
