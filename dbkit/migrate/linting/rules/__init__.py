"""The rules, one file for each family of them, by their numbers."""

from __future__ import annotations

from typing import Final

from dbkit.migrate.linting.model import Rule
from dbkit.migrate.linting.rules import (
    budgets,
    columns,
    compatibility,
    constraints,
    files,
    indexes,
    locking,
    nulls,
    partitions,
    rows,
    tables,
    types,
)

__all__ = ["RULES"]

_FAMILIES = (
    budgets,
    columns,
    compatibility,
    constraints,
    files,
    indexes,
    locking,
    nulls,
    partitions,
    rows,
    tables,
    types,
)

RULES: Final[tuple[Rule, ...]] = tuple(
    sorted((rule for family in _FAMILIES for rule in family.RULES), key=lambda rule: rule.id)
)
