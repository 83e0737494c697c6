"""What callers give where an id or a name will do."""

from __future__ import annotations

from uuid import UUID

__all__ = ["parsed_identifier"]


def parsed_identifier(given: UUID | str) -> UUID | None:
    """Return the identifier that was given or that a text spells, or None."""
    if isinstance(given, UUID):
        return given
    try:
        return UUID(given)
    except ValueError:
        return None
