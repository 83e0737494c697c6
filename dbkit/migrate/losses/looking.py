"""A look at what `down` would lose, before it does anything."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import psycopg

from dbkit.migrate.header import Unknown
from dbkit.migrate.line import Line, Revision
from dbkit.migrate.linting.bounded import SECONDS_MAX
from dbkit.migrate.losses.agreement import Agreement, Loss, counted, shown_losses
from dbkit.migrate.place import Place
from dbkit.migrate.plan import downward
from dbkit.migrate.report import Options
from dbkit.migrate.scratch import scratch_server
from dbkit.migrate.session import Session, Target, failure, locate
from dbkit.migrate.sum import verify
from dbkit.types.errors import ConfigurationInvalid

__all__ = ["Look", "look_at_losses"]


@dataclass(frozen=True, slots=True)
class Look:
    """What taking revisions back would lose of a database, by name and count, and what could not be tried."""

    database: str
    revisions: tuple[Revision, ...] = ()
    losses: tuple[Loss, ...] = ()
    counts: Mapping[str, int] = field(default_factory=dict[str, int])
    notes: tuple[str, ...] = ()

    @property
    def total(self) -> int:
        """How many rows and values there are to lose."""
        return sum(self.counts.values())

    def agreed(self, accepted: Mapping[str, int]) -> Agreement:
        """Return an agreement to lose so much; raise `ConfigurationInvalid` for what is not among the losses."""
        known = {each.name for each in self.losses}
        strange = sorted(accepted.keys() - known)
        if strange:
            raise ConfigurationInvalid(
                f"nothing of {', '.join(strange)} would be lost",
                advice=f"Lost would be: {', '.join(known) or 'nothing'}.",
            )
        return Agreement(tuple(each.id for each in self.revisions), self.losses, dict(accepted))

    def __str__(self) -> str:
        back = ", ".join(map(str, self.revisions)) or "nothing"
        lost = "; ".join(shown_losses(self.losses, self.counts)) or "nothing"
        lines = [f"taking back {back} on {self.database} loses {lost}"]
        return "\n".join([*lines, *(f"note: {each}" for each in self.notes)])

    def as_json(self) -> dict[str, Any]:
        """Return it for machines."""
        losses = [
            {"name": each.name, "table": each.table, "column": each.column or None, "why": each.why}
            | {"count": self.counts[each.name]}
            for each in self.losses
        ]
        revisions = [each.id for each in self.revisions]
        return {"database": self.database, "revisions": revisions, "losses": losses, "notes": list(self.notes)}


def look_at_losses(
    url: str | None = None,
    *,
    count: int | None = None,
    to: str | None = None,
    line: Path | None = None,
    dev_url: str | None = None,
    seconds_max: float = SECONDS_MAX,
) -> Look | None:
    """Say what `down` with the same arguments would lose of a database, which is only read; None for memory.

    It is tried on a scratch server, that of `dev_url` or one of our own; without any the headers are believed,
    and a revision whose header says nothing is refused with `ConfigurationInvalid`. A statement may take `seconds_max`
    there, a revision twice as long. Raises `DowngradeImpossible`, `RevisionEndless`, and what `down` raises before it
    changes anything.
    """
    read = Line.read(line)
    verify(read)
    with locate(url) as target:
        if target is None:
            return None
        place = _place(target, read)
        revisions = downward(count, to, Options(lossy=True)).revisions(place)
        if not revisions:
            return Look(target.shown_as)
        losses, notes = _losses(place, revisions, dev_url, seconds_max)
        return Look(target.shown_as, revisions, losses, _counts(target, losses), notes)


def _losses(
    place: Place, revisions: tuple[Revision, ...], dev_url: str | None, seconds_max: float
) -> tuple[tuple[Loss, ...], tuple[str, ...]]:
    from dbkit.embedded.binaries import find_binaries
    from dbkit.migrate.losses.measuring import declared, measured

    if dev_url is None:
        try:
            find_binaries()
        except ConfigurationInvalid:
            _require_said(revisions)
            return declared(revisions), ("told by the headers alone: there is no server to try it on (--dev-url)",)
    with scratch_server(dev_url) as server:
        found = measured(server, place, revisions, seconds_max=seconds_max)
        return found.losses, found.notes


def _require_said(revisions: tuple[Revision, ...]) -> None:
    silent = [str(each) for each in revisions if isinstance(each.header.downgrade, Unknown)]
    if silent:
        raise ConfigurationInvalid(
            f"nothing says what taking back {', '.join(silent)} loses, and there is no server to try it on",
            advice="Give a server to make scratch databases on: --dev-url URL.",
        )


def _place(target: Target, line: Line) -> Place:
    try:
        with Session(target, "dbkit migrate down") as session:
            return Place.read(session.connection, line)
    except psycopg.Error as error:
        failed = error
    raise failure(failed)


def _counts(target: Target, losses: tuple[Loss, ...]) -> Mapping[str, int]:
    try:
        with Session(target, "dbkit migrate down") as session:
            return counted(session.connection, losses)
    except psycopg.Error as error:
        failed = error
    raise failure(failed)
