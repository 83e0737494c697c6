"""Whether what a rule names is there, and an event takes what a row gives it: asked when the rule is declared.

So an event of a row cannot fail its schema later, when a transaction depends on it.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable
from decimal import Decimal
from enum import Enum, StrEnum
from types import NoneType, UnionType
from typing import Annotated, Any, Literal, NewType, Union, get_args, get_origin
from uuid import UUID

from pydantic import AwareDatetime
from pydantic.fields import FieldInfo
from sqlalchemy import JSON

from dbkit.events.sources import After, Before, Constant, Differences, Inside, Now, Referred, Source, referred_by
from dbkit.models.entity import Entity
from dbkit.types.errors import ConfigurationInvalid

__all__ = ["require_agreement", "require_columns", "require_source", "require_texts"]

_TRAVEL_AS_TEXT = (str, Enum, UUID, Decimal, bytes)


def require_agreement(
    entity: Entity[Any, Any, Any],
    source: Source,
    info: FieldInfo,
    name: str,
    *,
    present: Collection[str],
    has_before: bool,
) -> None:
    """Raise `ConfigurationInvalid` where a source may give what a field of an event does not take.

    Columns that are `present` are not NULL where the event is told; it `has_before` where no new row tells it.
    """
    wanted = _kinds(info.annotation)
    given = _given(entity, source)
    if isinstance(source, After) and source.column in present:
        given.discard(NoneType)
    if isinstance(source, Before) and not has_before:
        given.add(NoneType)
    refused = [kind for kind in given if not _takes(wanted, kind)]
    if refused:
        what = ", ".join(sorted(getattr(kind, "__name__", str(kind)) for kind in refused))
        raise ConfigurationInvalid(
            f"{name} does not take what {entity.name} give it: {what}",
            entity=entity.name,
            fields=(name.rsplit(".", 1)[-1],),
            advice="Give the event's field the type of the column, with None where the column may be NULL.",
        )


def require_columns(entity: Entity[Any, Any, Any], names: Iterable[str]) -> None:
    """Raise `ConfigurationInvalid` for what an entity has no columns of."""
    unknown = tuple(name for name in names if name not in entity.fields)
    if unknown:
        raise ConfigurationInvalid(f"{entity.name} have no {', '.join(unknown)}", entity=entity.name, fields=unknown)


def require_source(entity: Entity[Any, Any, Any], source: Source) -> None:
    """Raise `ConfigurationInvalid` for a source that rows of an entity do not have."""
    if isinstance(source, Referred):
        referred_by(source, entity.table)
        require_columns(source.entity, (source.column,))
    if isinstance(source, After | Before | Inside | Differences):
        require_columns(entity, (source.column,))
    if isinstance(source, Inside | Differences) and not isinstance(entity.table.c[source.column].type, JSON):
        raise ConfigurationInvalid(
            f"{source.column} of {entity.name} is no JSON to look into", entity=entity.name, fields=(source.column,)
        )


def require_texts(entity: Entity[Any, Any, Any], column: str, texts: Iterable[str]) -> None:
    """Raise `ConfigurationInvalid` for texts that a column never is: it has an enum, and they are none of it."""
    known = {text for kind in _of_column(entity, column) for text in _texts_of(kind)}
    unknown = sorted(set(texts) - known) if known else []
    if unknown:
        raise ConfigurationInvalid(
            f"{column} of {entity.name} is never {', '.join(unknown)}",
            entity=entity.name,
            fields=(column,),
            advice=f"It is one of {', '.join(sorted(known))}.",
        )


def _takes(wanted: set[Any], kind: Any) -> bool:
    if kind is bytes:
        # They travel as hexadecimal digits, which is not how pydantic writes bytes.
        return str in wanted
    if isinstance(kind, str) and any(kind in _texts_of(each) for each in wanted):
        return True
    is_text = isinstance(kind, str) or (isinstance(kind, type) and issubclass(kind, _TRAVEL_AS_TEXT))
    return kind in wanted or (is_text and str in wanted)


def _texts_of(kind: Any) -> list[str]:
    return [str(member) for member in kind] if isinstance(kind, type) and issubclass(kind, StrEnum) else []


def _given(entity: Entity[Any, Any, Any], source: Source) -> set[Any]:
    if isinstance(source, After | Before):
        return _of_column(entity, source.column)
    if isinstance(source, Inside):
        return {source.kind, NoneType}
    if isinstance(source, Differences):
        return {tuple}
    if isinstance(source, Referred):
        keys = referred_by(source, entity.table)
        is_optional = any(entity.table.c[own].nullable for own in keys.values())
        return _of_column(source.entity, source.column) | ({NoneType} if is_optional else set())
    if isinstance(source, Constant):
        return {source.text}
    return {AwareDatetime} if isinstance(source, Now) else {dict}


def _of_column(entity: Entity[Any, Any, Any], column: str) -> set[Any]:
    return _kinds(entity.value.model_fields[column].annotation)


def _kinds(annotation: Any) -> set[Any]:
    """Return the plain types that an annotation allows, without what is around them; texts for those of a Literal."""
    origin = get_origin(annotation)
    if origin is Annotated:
        return _kinds(get_args(annotation)[0])
    if origin in (Union, UnionType):
        return {kind for argument in get_args(annotation) for kind in _kinds(argument)}
    if origin is Literal:
        return {str(argument) for argument in get_args(annotation)}
    if isinstance(annotation, NewType):
        return _kinds(annotation.__supertype__)
    return {annotation if origin is None else origin}
