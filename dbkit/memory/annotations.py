"""What the annotation of a value's field says, without what pydantic has to know."""

from __future__ import annotations

import types
from enum import Enum
from typing import Annotated, Any, NewType, Union, get_args, get_origin

__all__ = ["enum_of", "plain_annotation"]


def plain_annotation(annotation: Any) -> Any:
    """Return an annotation without metadata, names, aliases and None."""
    if isinstance(annotation, NewType):
        return plain_annotation(annotation.__supertype__)
    origin = get_origin(annotation)
    if origin is Annotated:
        return plain_annotation(get_args(annotation)[0])
    if origin in (Union, types.UnionType):
        parts = [part for part in get_args(annotation) if part is not type(None)]
        return plain_annotation(parts[0]) if len(parts) == 1 else annotation
    return annotation


def enum_of(annotation: Any) -> type[Enum] | None:
    """Return the enum of texts that an annotation is, or None."""
    plain = plain_annotation(annotation)
    return plain if isinstance(plain, type) and issubclass(plain, Enum) and issubclass(plain, str) else None
