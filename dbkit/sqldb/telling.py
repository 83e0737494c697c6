"""What a change tells, as SQL: the rows of the outbox, selected from the rows that the same statement changes."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, TypeAlias

from sqlalchemy import (
    BigInteger,
    ColumnElement,
    DateTime,
    FromClause,
    LargeBinary,
    Numeric,
    Select,
    Text,
    and_,
    cast,
    exists,
    false,
    func,
    literal_column,
    null,
    or_,
    select,
    type_coerce,
    union_all,
)
from sqlalchemy import (
    Column as TableColumn,
)
from sqlalchemy.dialects.postgresql import Insert, insert
from sqlalchemy.types import TypeEngine

from dbkit.events.rules import PRESENT, Emission, Exists, Rule, Test
from dbkit.events.sources import (
    After,
    Before,
    Constant,
    Differences,
    Document,
    Inside,
    Now,
    Referred,
    Source,
    referred_by,
)
from dbkit.models.entity import Entity

__all__ = ["EventId", "Told", "id_by_server", "outbox_insert", "stored_value"]

Column: TypeAlias = ColumnElement[Any]
EventId: TypeAlias = Callable[[], Column]
_Columns: TypeAlias = Callable[[str], Column]


_UUID_7: Column = literal_column(
    "encode(set_bit(set_bit(overlay(uuid_send(gen_random_uuid()) placing substring(int8send("
    "floor(extract(epoch from clock_timestamp()) * 1000)::bigint) from 3) from 1 for 6), 52, 1), 53, 1), 'hex')::uuid"
)
"""A random uuid (version 4) whose first 48 bits are made the milliseconds, and whose version 7."""


def id_by_server() -> Column:
    """Return what makes the id of an event on the server: for statements that tell any number of rows."""
    return _UUID_7


@dataclass(frozen=True, slots=True)
class Told:
    """Rows that a statement changes, and how their columns are named: after the change, and before it.

    Without `rows` it is one row, which is known without them. Without `before` all rows are new, or gone. `is_new`
    tells the new ones where there may be both. `event_id` gives what makes the ids of a rule's events, called once for
    each rule, in their order.
    """

    entity: Entity[Any, Any, Any]
    rows: FromClause | None
    after: _Columns
    before: _Columns | None = None
    is_new: Column | None = None
    conditions: tuple[ColumnElement[bool], ...] = ()
    event_id: EventId = id_by_server


def outbox_insert(outbox: Entity[Any, Any, Any], told: Told, emissions: Sequence[Emission]) -> Insert:
    """Return the statement that stores the events of changed rows."""
    names = ["topic", "key", "payload", "headers"]
    if "project_id" in outbox.table.c:
        names.append("project_id")
    chosen = [_chosen(told, each, has_project=len(names) > 4) for each in emissions]
    rows = chosen[0] if len(chosen) == 1 else union_all(*chosen)
    return insert(outbox.table).from_select(names, rows)


def stored_value(column: TableColumn[Any], values: Mapping[str, Column]) -> Column:
    """Return what a column of a new row will hold: of these values, as it stores them, else its default."""
    if column.name in values:
        value, type_ = values[column.name], column.type
        is_limited = getattr(type_, "length", None) is not None or getattr(type_, "precision", None) is not None
        return cast(value, type_) if is_limited else value
    if column.server_default is None:
        return cast(null(), column.type)
    default: Any = getattr(column.server_default, "arg", None)
    written = default if isinstance(default, ColumnElement) else literal_column(str(default))
    return type_coerce(written, column.type)


def _chosen(told: Told, emission: Emission, *, has_project: bool) -> Select[Any]:
    event, project = emission.rule.event, emission.project_id
    project_id: Column = literal_column("NULL::uuid") if project is None else _value(told, project)
    columns = [_text(str(event.topic)), cast(_value(told, emission.key), Text())]
    columns += [_document(told, emission.payload), _headers(told, event.schema_name(), project_id)]
    if has_project:
        columns.append(project_id)
    chosen = select(*columns).where(*told.conditions, *_conditions(told, emission))
    return chosen if told.rows is None else chosen.select_from(told.rows)


def _headers(told: Told, schema: str, project_id: Column) -> Column:
    moment = _moment(func.now())
    pairs = [
        ("event_id", told.event_id()),
        ("schema", _text(schema)),
        ("occurred_at", moment),
        ("project_id", project_id),
    ]
    return _object(pairs)


def _conditions(told: Told, emission: Emission) -> Iterable[ColumnElement[bool]]:
    rule = emission.rule
    yield from (_meets(told.after(name), test) for name, test in rule.where.items())
    yield from (_is_there(told, each) for each in rule.only_if)
    if told.before is not None:
        yield _is_of_change(emission.rule, told.before, told.after, told.is_new)


def _is_of_change(rule: Rule, before: _Columns, after: _Columns, is_new: Column | None) -> ColumnElement[bool]:
    """Return that a row is new, or was changed in a way that a rule is about."""
    moved = or_(false(), *(before(name).is_distinct_from(after(name)) for name in rule.changed))
    changed = and_(moved, *(_meets(before(name), test) for name, test in rule.was.items()))
    if is_new is None:
        return changed
    return or_(is_new, and_(~is_new, changed)) if rule.created else and_(~is_new, changed)


def _meets(column: Column, test: Test) -> ColumnElement[bool]:
    if not isinstance(test, tuple):
        return column.is_not(None) if test is PRESENT else column.is_(None)
    plain = column if isinstance(column.type, Text) else cast(column, Text())
    return or_(*(plain == _text(each) for each in test))


def _is_there(told: Told, wanted: Exists) -> ColumnElement[bool]:
    table = wanted.entity.table.alias()
    same = [table.c[name] == _value(told, source) for name, source in wanted.columns.items()]
    return exists(literal_column("1")).select_from(table).where(*same)


def _document(told: Told, document: Document) -> Column:
    return _object((name, _json(told, source)) for name, source in document.members.items())


def _object(pairs: Iterable[tuple[str, Column]]) -> Column:
    return func.jsonb_build_object(*(part for name, value in pairs for part in (_text(name), value)))


def _json(told: Told, source: Source) -> Column:
    """Return what jsonb makes the right thing of."""
    if isinstance(source, Document):
        return _document(told, source)
    value = _value(told, source)
    if isinstance(value.type, DateTime):
        return _moment(value)
    if isinstance(value.type, Numeric):
        return cast(value, Text())
    return func.encode(value, _text("hex")) if isinstance(value.type, LargeBinary) else value


def _value(told: Told, source: Source) -> Column:
    if isinstance(source, After):
        return told.after(source.column)
    if isinstance(source, Before):
        # A row that is new was nothing before.
        return literal_column("NULL::text") if told.before is None else told.before(source.column)
    if isinstance(source, Constant):
        return _text(source.text)
    if isinstance(source, Inside):
        member = told.after(source.column).op("->>", return_type=Text())(_text(source.member))
        return member if source.kind is str else cast(member, BigInteger())
    if isinstance(source, Differences):
        return _differences(told, source)
    if isinstance(source, Referred):
        return _referred(told, source)
    assert isinstance(source, Now), source
    return func.now(type_=DateTime(timezone=True))


def _referred(told: Told, source: Referred) -> Column:
    table = source.entity.table.alias()
    same = [table.c[far] == told.after(own) for far, own in referred_by(source, told.entity.table).items()]
    return select(table.c[source.column]).where(*same).scalar_subquery()


def _differences(told: Told, source: Differences) -> Column:
    """Walk two documents member by member, and return the paths where they differ."""
    if told.before is None:
        return literal_column("'[]'::jsonb")
    before, after = _name(told.before(source.column)), _name(told.after(source.column))
    both = "jsonb_typeof(walk.before) = 'object' AND jsonb_typeof(walk.after) = 'object'"
    kinds = {
        "added": "walk.before IS NULL",
        "removed": "walk.after IS NULL",
        "changed": f"walk.before <> walk.after AND NOT ({both})",
    }
    members = " UNION ".join(f"SELECT jsonb_object_keys(CASE WHEN {both} THEN walk.{side} END)" for side in _SIDES)
    return literal_column(
        f"(WITH RECURSIVE walk(path, before, after) AS (SELECT ''::text, {before}, {after} UNION ALL "  # noqa: S608
        "SELECT walk.path || '/' || replace(replace(members.name, '~', '~0'), '/', '~1'), "
        "walk.before -> members.name, walk.after -> members.name "
        f"FROM walk CROSS JOIN LATERAL ({members}) AS members(name)) "
        "SELECT coalesce(jsonb_agg(walk.path ORDER BY walk.path COLLATE \"C\"), '[]'::jsonb) FROM walk "
        f"WHERE {kinds[source.kind]})"
    )


_SIDES = ("before", "after")


def _name(column: Column) -> str:
    """Return the text of a column that the statement's own rows have."""
    return str(column.compile(compile_kwargs={"literal_binds": True}))


def _moment(value: Column) -> Column:
    return func.to_char(func.timezone(_text("UTC"), value), _text('YYYY-MM-DD"T"HH24:MI:SS.US"Z"'))


def _text(text: str) -> Column:
    """Return a text of the declaration's, written out: it is no parameter, so that all that change share a plan."""
    return literal_column("'" + text.replace("'", "''") + "'", _TEXT)


_TEXT: TypeEngine[str] = Text()
