"""The header of a revision: what it claims about itself, typed, and checked by the proofs."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import TypeAlias

from dbkit.types.errors import ConfigurationInvalid

__all__ = ["Downgrade", "Header", "Impossible", "Lock", "Lossless", "Lossy", "Phase", "Unknown", "Waived"]

_TABLE = re.compile(r"[a-z][a-z0-9_]*")
_COLUMN = re.compile(r"[a-z][a-z0-9_]*\.[a-z][a-z0-9_]*")


class Phase(StrEnum):
    """When a deploy applies a revision.

    `EXPAND` comes before the code that needs it and never breaks the code that is running; `DATA`
    moves or fills rows while both shapes are legal; `CONTRACT` comes after no running code needs
    what it takes away. `UNKNOWN` is what a revision that Alembic made says about it: nothing.
    """

    EXPAND = "expand"
    DATA = "data"
    CONTRACT = "contract"
    UNKNOWN = "unknown"


class Lock(StrEnum):
    """PostgreSQL's table locks that stop somebody, weakest first; weaker ones need no mention."""

    SHARE_UPDATE_EXCLUSIVE = "SHARE UPDATE EXCLUSIVE"
    SHARE = "SHARE"
    SHARE_ROW_EXCLUSIVE = "SHARE ROW EXCLUSIVE"
    EXCLUSIVE = "EXCLUSIVE"
    ACCESS_EXCLUSIVE = "ACCESS EXCLUSIVE"


@dataclass(frozen=True, slots=True, kw_only=True)
class Lossless:
    """The old shape comes back with every value, and nothing written in the new shape is lost.

    `remade` names the columns (`table.column`) whose values are made anew when the revision is
    applied again (identifiers, sealed forms); `kept` those that a downgrade leaves as the revision
    filled them, or draws anew, without loss; `refuses` says when the downgrade refuses, if ever.
    """

    remade: tuple[str, ...] = ()
    kept: tuple[str, ...] = ()
    refuses: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Lossy:
    """The old shape comes back, and what `lost` says in words is lost.

    `rows` names the tables that lose rows, `columns` (`table.column`) the columns that lose values:
    exactly these are lost, and no others. `remade`, `kept` and `refuses` are as in `Lossless`.
    """

    lost: str
    rows: tuple[str, ...] = ()
    columns: tuple[str, ...] = ()
    remade: tuple[str, ...] = ()
    kept: tuple[str, ...] = ()
    refuses: str = ""


@dataclass(frozen=True, slots=True)
class Impossible:
    """The old values cannot be made again: the downgrade raises `DowngradeImpossible` and changes nothing."""

    reason: str


@dataclass(frozen=True, slots=True)
class Unknown:
    """The revision does not say what its downgrade loses, as those that Alembic made."""


Downgrade: TypeAlias = Lossless | Lossy | Impossible | Unknown


@dataclass(frozen=True, slots=True, kw_only=True)
class Waived:
    """A check that the revision need not pass, why, and up to how many rows of a table that holds."""

    reason: str
    rows_max: int

    def __post_init__(self) -> None:
        if not self.reason.strip() or self.rows_max <= 0:
            raise ConfigurationInvalid("a check is waived with a reason, and up to a number of rows")


@dataclass(frozen=True, slots=True, kw_only=True)
class Header:
    """What a revision claims about itself.

    `transactional` says whether it runs in one transaction with its version row; one that does not
    must be safe to run again after it stopped anywhere. `locks` names, for each table that existed
    before and that the upgrade locks more strongly than writes of rows do, the strongest lock: held
    to the commit where the revision is transactional, by a single statement where it is not.
    `rewrites` names the tables that are written anew under their lock. `online_waived` is why others may
    be stopped, and up to how many rows that is short enough. `seconds_max` is how long the upgrade may
    take, without waits, on tables as large as production's. Raises `ConfigurationInvalid` where the claims
    do not fit together.
    """

    phase: Phase
    transactional: bool
    downgrade: Downgrade
    locks: Mapping[str, Lock] = field(default_factory=dict[str, Lock])
    rewrites: tuple[str, ...] = ()
    online_waived: Waived | None = None
    seconds_max: float | None = None

    def __post_init__(self) -> None:
        names = [*self.locks, *self.rewrites]
        columns: list[str] = []
        if isinstance(self.downgrade, Lossless | Lossy):
            columns += [*self.downgrade.remade, *self.downgrade.kept]
        if isinstance(self.downgrade, Lossy):
            names += self.downgrade.rows
            columns += self.downgrade.columns
            if not (self.downgrade.rows or self.downgrade.columns):
                raise ConfigurationInvalid("a lossy downgrade names the rows or columns that are lost")
        wrong = [name for name in names if not _TABLE.fullmatch(name)]
        wrong += [name for name in columns if not _COLUMN.fullmatch(name)]
        if wrong:
            raise ConfigurationInvalid(f"a revision's header names no table or column by {', '.join(wrong)}")
        if self.seconds_max is not None and self.seconds_max <= 0:
            raise ConfigurationInvalid("seconds_max of a revision's header is how many seconds it may take")
        unlocked = [name for name in self.rewrites if self.locks.get(name) is not Lock.ACCESS_EXCLUSIVE]
        if unlocked:
            raise ConfigurationInvalid(f"a rewrite takes ACCESS EXCLUSIVE, and the header lacks it: {unlocked}")
