"""What is said of a value that is of another entity's class."""

from __future__ import annotations

__all__ = ["advice_for", "mistaken"]


def mistaken(wanted: type, given: object) -> str:
    """Return what is wanted in place of a value; where both classes are called the same, also where they are."""
    kind = type(given)
    if kind.__name__ != wanted.__name__:
        return f"a {wanted.__name__} is wanted, not a {kind.__name__}"
    return f"the {wanted.__name__} of {wanted.__module__} is wanted, not that of {kind.__module__}"


def advice_for(wanted: type, given: object, attribute: str) -> str | None:
    """Return what to do about that: an entity's own class is an attribute of it; None where the name says it."""
    if type(given).__name__ != wanted.__name__:
        return None
    return f"Take the class that the entity itself has, as its {attribute}: entity.{attribute}(...)."
