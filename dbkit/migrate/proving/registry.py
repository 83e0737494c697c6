"""The checks that there are, in the order in which they are told."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from dbkit.migrate.proving.alone import Alone
from dbkit.migrate.proving.check import Check
from dbkit.migrate.proving.compatible.check import Compatible
from dbkit.migrate.proving.killable import Killable
from dbkit.migrate.proving.online.check import Online
from dbkit.migrate.proving.permitted import Permitted
from dbkit.migrate.proving.reversible import Reversible
from dbkit.types.errors import ConfigurationInvalid

__all__ = ["CHECKS", "checks_of"]

CHECKS: Final[tuple[Check, ...]] = (
    Online(),
    Compatible(),
    Reversible(),
    Killable(),
    Alone(),
    Permitted(),
)
"""Another check is another line here."""


def checks_of(names: Sequence[str]) -> tuple[Check, ...]:
    """Return the checks of these names, all of them where none is named; raise `ConfigurationInvalid` for others."""
    known = [check.name for check in CHECKS]
    unknown = [name for name in names if name not in known]
    if unknown:
        raise ConfigurationInvalid(f"there is no check {unknown[0]!r}", advice=f"The checks are {', '.join(known)}.")
    return tuple(check for check in CHECKS if not names or check.name in names)
