"""Which page a request asks for."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated, TypeAlias

from fastapi import Depends, Query

from dbkit.types.page import Cursor
from dbkit.verbs.query import PAGE_LIMIT_MAX

__all__ = ["PageQuery", "PageRequest"]

_LIMIT = 50


@dataclass(frozen=True, slots=True)
class PageRequest:
    """How many values a caller wants, and behind which cursor: what a repository's `page` takes."""

    limit: int = _LIMIT
    after: Cursor | None = None


async def _asked(
    limit: Annotated[int, Query(ge=1, le=PAGE_LIMIT_MAX, description="How many values at most.")] = _LIMIT,
    after: Annotated[
        str | None, Query(description="The `next` of the page before; without it, the first page.")
    ] = None,
) -> PageRequest:
    return PageRequest(limit, None if after is None else Cursor(after))


PageQuery: TypeAlias = Annotated[PageRequest, Depends(_asked)]
"""The query parameters `limit` and `after`; an endpoint returns `Page[Value]`, whose `next` the caller gives back."""
