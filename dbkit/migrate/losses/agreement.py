"""What would be lost, how much of it there is right now, and what somebody has agreed to lose."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from dbkit.migrate.catalog import Catalog
from dbkit.migrate.errors import DowngradeLoses
from dbkit.migrate.line import Revision
from dbkit.migrate.session import Connection

__all__ = ["Agreement", "Loss", "counted", "shown_losses"]


@dataclass(frozen=True, slots=True)
class Loss:
    """Rows of a table or values of one of its columns that would not come back, and why; names are as SQL has them."""

    table: str
    column: str = ""
    why: str = ""

    @property
    def name(self) -> str:
        """What an agreement calls it: `teams`, or `teams.note`."""
        return f"{self.table}.{self.column}" if self.column else self.table

    def told(self, count: int) -> str:
        """Return it in words, with how much of it there is."""
        what = "value" if self.column else "row"
        return f"{count} {what}{'' if count == 1 else 's'} of {self.name} ({self.why})"


def counted(connection: Connection, losses: Iterable[Loss]) -> Mapping[str, int]:
    """Return how much there is of each: rows, and values that are not NULL. What is not there is none.

    Raises the driver's `InsufficientPrivilege` where policies would hide rows from the role.
    """
    wanted = list(losses)
    if not wanted:
        return {}
    there = Catalog.read(connection).objects
    found = {each.name: 0 for each in wanted}
    with connection.transaction():
        connection.execute("SET LOCAL row_security = off")
        for table in dict.fromkeys(each.table for each in wanted):
            own = [each for each in wanted if each.table == table and _is_there(each, there)]
            found |= _counts(connection, table, own)
    return found


def _is_there(loss: Loss, objects: Mapping[str, str]) -> bool:
    return (f"column {loss.name}" if loss.column else f"table {loss.table}") in objects


def _counts(connection: Connection, table: str, losses: list[Loss]) -> Mapping[str, int]:
    if not losses:
        return {}
    counts = ", ".join(f"count({each.column or '*'})" for each in losses)
    # Names as the catalogue quotes them.
    row = connection.execute(f"SELECT {counts} FROM {table}".encode()).fetchone()  # noqa: S608
    return dict(zip((each.name for each in losses), row or (), strict=True))


def shown_losses(losses: Iterable[Loss], counts: Mapping[str, int]) -> list[str]:
    """Return in words what there is to lose; what there is none of is left out."""
    return [each.told(counts[each.name]) for each in losses if counts[each.name]]


@dataclass(frozen=True, slots=True)
class Agreement:
    """Losses that were measured for these revisions, and up to how many of each somebody agrees to.

    So nobody agrees to more than was seen: not to another loss, nor to other revisions, nor to a row more.
    """

    revisions: tuple[str, ...] = ()
    losses: tuple[Loss, ...] = ()
    accepted: Mapping[str, int] = field(default_factory=dict[str, int])

    @property
    def note(self) -> str:
        """What the history says of it; nothing where nothing is lost."""
        agreed = [f"{name}={count}" for name, count in self.accepted.items() if count]
        return f"agreed to lose at most {', '.join(agreed)}" if agreed else ""

    def require(self, connection: Connection, revisions: Sequence[Revision]) -> None:
        """Count again, and raise `DowngradeLoses` where there is more than was agreed to, or for other revisions."""
        chosen = tuple(each.id for each in revisions)
        if chosen != self.revisions:
            raise DowngradeLoses(
                f"it was counted for {', '.join(self.revisions) or 'no revision'}, and the database is elsewhere now",
                advice="Run it again, and look at what it tells.",
            )
        self.require_still(connection)

    def require_still(self, connection: Connection) -> None:
        """Count again, and raise `DowngradeLoses` where there is more than was agreed to."""
        refusal = self.refusal(counted(connection, self.losses))
        if refusal is not None:
            raise refusal

    def refusal(self, counts: Mapping[str, int]) -> DowngradeLoses | None:
        """Return why so much may not be lost; None where it may."""
        over = [each for each in self.losses if counts[each.name] > self.accepted.get(each.name, 0)]
        if not over:
            return None
        return DowngradeLoses(f"it would lose {'; '.join(shown_losses(over, counts))}", advice=_advice(over, counts))

    def as_json(self) -> dict[str, Any]:
        """Return what was agreed to, for machines."""
        return dict(self.accepted)


def _advice(losses: Iterable[Loss], counts: Mapping[str, int]) -> str:
    agreed = " ".join(f"--accept-loss {each.name}={counts[each.name]}" for each in losses)
    return f"Where that is what you want, say so: {agreed}."
