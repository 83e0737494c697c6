"""Rows as JSON has them in seed data: the fields of their values, bytes in base64."""

from __future__ import annotations

import base64
import binascii
import json
from collections.abc import Mapping
from typing import Any

from pydantic import TypeAdapter, ValidationError
from sqlalchemy import LargeBinary

from dbkit.models.entity import Entity
from dbkit.types.errors import ConfigurationInvalid, ValueInvalid
from dbkit.types.value import Value, invalid

__all__ = ["new_of_json", "row_json", "rows_of_text", "server_fields_of_json"]


def rows_of_text(text: str, place: str) -> list[dict[str, Any]]:
    """Return the rows that a JSON text holds, or raise `ConfigurationInvalid`, beginning with the place."""
    try:
        rows = json.loads(text)
    except ValueError as error:
        raise ConfigurationInvalid(f"{place} is no JSON: {error}") from None
    if not isinstance(rows, list) or not all(isinstance(row, dict) for row in rows):
        raise ConfigurationInvalid(f"{place} is no array of objects")
    return rows


def row_json(entity: Entity[Any, Any, Any], value: Value) -> dict[str, Any]:
    """Return a stored value as JSON, with what the server filled in.

    What a new value says by itself, its default, is left out.
    """
    row: dict[str, Any] = value.model_dump(mode="json")
    for name in entity.fields:
        held = getattr(value, name)
        if isinstance(held, bytes):
            row[name] = base64.b64encode(held).decode()
        new = entity.new.model_fields.get(name)
        if held is None if new is None else held == new.default:
            del row[name]
    return row


def new_of_json(entity: Entity[Any, Any, Any], row: Mapping[str, Any], place: str) -> Value:
    """Return the new value of a row, what the server fills in passed over.

    Raises `ValueInvalid`, beginning with the place, for a row that does not fit its value.
    """
    server_fields = entity.value.model_fields.keys() - entity.new.model_fields.keys()
    given = {name: value for name, value in _decoded(entity, row, place).items() if name not in server_fields}
    refused: ValidationError | None = None
    try:
        value: Value = entity.new.model_validate(given)
    except ValidationError as error:
        refused = error
    else:
        return value
    raised = invalid(refused, entity=entity.name)
    raised.happened = f"{place}: {raised.happened}"
    raise raised


def server_fields_of_json(entity: Entity[Any, Any, Any], row: Mapping[str, Any], place: str) -> dict[str, Any]:
    """Return what a row says of the fields that the server fills in: version, times, numbers.

    Raises `ValueInvalid` for one that does not fit.
    """
    fields = entity.value.model_fields
    given = {name: value for name, value in _decoded(entity, row, place).items() if name not in entity.new.model_fields}
    found: dict[str, Any] = {}
    name = ""
    try:
        for name, value in given.items():
            found[name] = TypeAdapter(fields[name].rebuild_annotation()).validate_python(value, strict=False)
    except (KeyError, ValidationError):
        pass
    else:
        return found
    raise ValueInvalid(f"{place}: {name} does not fit", entity=entity.name, fields=(name,))


def _decoded(entity: Entity[Any, Any, Any], row: Mapping[str, Any], place: str) -> dict[str, Any]:
    """Return the row with its bytes as bytes."""
    decoded = dict(row)
    for column in entity.table.c:
        held = row.get(column.name)
        if isinstance(column.type, LargeBinary) and isinstance(held, str):
            decoded[column.name] = _bytes(held, entity, column.name, place)
    return decoded


def _bytes(text: str, entity: Entity[Any, Any, Any], field: str, place: str) -> bytes:
    try:
        return base64.b64decode(text, validate=True)
    except binascii.Error:
        pass
    raise ValueInvalid(f"{place}: {field} is no base64", entity=entity.name, fields=(field,))
