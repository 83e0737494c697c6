"""Two branches have added revisions: put one's own behind those of the other, so that the line is one again."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Any

import psycopg

from dbkit.migrate.errors import AlreadyApplied, BranchesClash
from dbkit.migrate.foreign.line import ForeignLine
from dbkit.migrate.git import Repository
from dbkit.migrate.line import Line, Revision
from dbkit.migrate.linting.bounded import SECONDS_MAX
from dbkit.migrate.place import current
from dbkit.migrate.reasons import require_reason
from dbkit.migrate.session import Session, Target, failure, locate
from dbkit.migrate.sum import write
from dbkit.types.errors import ConfigurationInvalid, SchemaMismatch

if TYPE_CHECKING:
    from dbkit.migrate.commuting.proof import Proof

__all__ = ["Move", "Rebased", "next_id", "rebase"]

_ID_FORMAT = "%Y%m%d%H%M%S"


@dataclass(frozen=True, slots=True)
class Move:
    """A revision that got a new id, and so a new name; the rest of its file is as it was."""

    before: str
    after: str

    def __str__(self) -> str:
        return f"{self.before} -> {self.after}"


@dataclass(frozen=True, slots=True)
class Rebased:
    """What was moved, and what came of both orders; None where there was nothing to move, or nobody to go behind."""

    moves: tuple[Move, ...] = ()
    proof: Proof | None = None

    def as_json(self) -> dict[str, Any]:
        """Return it for machines."""
        moves = [{"before": each.before, "after": each.after} for each in self.moves]
        return {"moves": moves, "proof": None if self.proof is None else self.proof.as_json()}


def rebase(
    folder: Path | None = None,
    *,
    own: Sequence[str] = (),
    onto: str | None = None,
    url: str | None = None,
    now: datetime | None = None,
    dev_url: str | None = None,
    order_matters: str = "",
    seconds_max: float = SECONDS_MAX,
) -> Rebased:
    """Move one's own revisions behind all others: new ids, new parents, new names, and `dbkit.sum` anew.

    One's own are those named in `own`, else those that the branch `onto` does not have (without it,
    main's). Nothing is changed where they are at the end already. Before anything is, both orders are tried on a
    scratch server, that of `dev_url` or one of our own: `BranchesClash` names what they differ in, or what fails.
    With the reason why the order matters it is enough that one's own can be applied behind the others; the reason
    is written into their files. A statement may take `seconds_max` there, a revision twice as long, or
    `RevisionEndless` names it.

    Raises `AlreadyApplied` for one that the database of `url` has, or another branch: renamed, it would be a
    stranger there; `ConfigurationInvalid` for a line that Alembic made.
    """
    if order_matters:
        require_reason(order_matters, "it is kept in the revision")
    line = Line.read(folder)
    if isinstance(line, ForeignLine):
        raise ConfigurationInvalid(
            "the ids of a line that Alembic made are no times, so its revisions keep them",
            advice="Let `alembic merge heads` make one end of two, or point `down_revision` of yours at theirs.",
        )
    moving = _named(line, own) if own else _own(line, onto)
    staying = [revision for revision in line.revisions if revision not in moving]
    if not moving or _is_in_place(staying, moving):
        write(line)
        return Rebased()
    _require_unknown_elsewhere(line, moving)
    if url is not None:
        _require_unapplied(moving, url)
    trial = _Trial(dev_url, seconds_max, order_matters)
    proof = _proved(line, staying, moving, trial)
    # Where all is well there is nothing to say about the order.
    reason = order_matters if proof is not None and proof.clashes else ""
    moves = _move(staying, moving, now or datetime.now(UTC), reason)
    write(Line.read(folder))
    return Rebased(tuple(moves), proof)


def next_id(before: str | None, now: datetime) -> str:
    """Return the id for a revision made now: the time, or a second after the one before it if that is later."""
    made = now.astimezone(UTC).strftime(_ID_FORMAT)
    if before is None or made > before:
        return made
    return (datetime.strptime(before, _ID_FORMAT).replace(tzinfo=UTC) + timedelta(seconds=1)).strftime(_ID_FORMAT)


@dataclass(frozen=True, slots=True)
class _Trial:
    """Where both orders are tried, for how long, and why one of them is enough, if it is."""

    dev_url: str | None
    seconds_max: float
    order_matters: str


def _proved(line: Line, staying: Sequence[Revision], moving: Sequence[Revision], trial: _Trial) -> Proof | None:
    """Return the proof that the branches may meet in either order; None where the others have added nothing."""
    ids = [revision.id for revision in staying]
    fork = ids.index(moving[0].parent) + 1 if moving[0].parent in ids else 0
    theirs = staying[fork:]
    if not theirs:
        return None
    from dbkit.migrate.commuting.proof import prove_commuting

    proof = prove_commuting(line, staying[:fork], theirs, moving, dev_url=trial.dev_url, seconds_max=trial.seconds_max)
    if proof.clashes and not (trial.order_matters and proof.works_behind):
        raise BranchesClash("; ".join(map(str, proof.clashes)))
    return proof


def _named(line: Line, names: Sequence[str]) -> list[Revision]:
    found = {line.find(name).id for name in names}
    return [revision for revision in line.revisions if revision.id in found]


def _own(line: Line, onto: str | None) -> list[Revision]:
    repository = Repository(line.folder / "versions")
    base = onto or repository.base()
    theirs = {name for name in repository.files(base) if name.endswith(".py")}
    present = {revision.path.name for revision in line.revisions}
    if theirs - present:
        raise ConfigurationInvalid(
            f"{base} has revisions that are not here: {', '.join(sorted(theirs - present))}",
            advice=f"Merge {base}, or rebase your branch on it, then run this.",
        )
    return [revision for revision in line.revisions if revision.path.name not in theirs]


def _is_in_place(staying: Sequence[Revision], moving: Sequence[Revision]) -> bool:
    last = staying[-1].id if staying else None
    parents = [last, *(revision.id for revision in moving)]
    follows = all(revision.parent == parent for revision, parent in zip(moving, parents, strict=False))
    return follows and (last is None or moving[0].id > last)


def _require_unknown_elsewhere(line: Line, moving: Sequence[Revision]) -> None:
    try:
        repository = Repository(line.folder / "versions")
    except ConfigurationInvalid:
        # Revisions that were named may be in no repository: then there is nobody else.
        return
    names = {revision.path.name for revision in moving}
    for branch in repository.other_branches():
        known = sorted(names & repository.files(branch))
        if known:
            raise AlreadyApplied(
                f"{branch} has {', '.join(known)} too",
                advice=f"What others have keeps its name: give --onto {branch.split('/', 2)[-1]}, or name"
                " the revisions that are yours alone.",
            )


def _require_unapplied(moving: Sequence[Revision], url: str) -> None:
    with locate(url) as target:
        at = None if target is None else _current(target)
        if target is not None and at in {revision.id for revision in moving}:
            applied = [str(revision) for revision in moving if revision.id <= str(at)]
            raise AlreadyApplied(f"{target.shown_as} has applied {', '.join(applied)}")


def _current(target: Target) -> str | None:
    try:
        with Session(target) as session:
            return current(session.connection)
    except psycopg.Error as error:
        failed = error
    raise failure(failed)


def _move(staying: Sequence[Revision], moving: Sequence[Revision], now: datetime, reason: str) -> list[Move]:
    before = staying[-1].id if staying else None
    moves: list[Move] = []
    for revision in moving:
        after = next_id(before, now)
        path = revision.path.with_name(f"{after}_{revision.slug}.py")
        path.write_text(_with_reason(_with_ids(revision, after, before), reason))
        if path != revision.path:
            revision.path.unlink()
        moves.append(Move(revision.path.name, path.name))
        before = after
    return moves


def _with_reason(text: str, reason: str) -> str:
    """Return a file that says why it stands where it does, above its own id."""
    said = " ".join(reason.split())
    return (
        re.sub(r"^revision\b", f"# The order matters: {said}\nrevision", text, count=1, flags=re.MULTILINE)
        if said
        else text
    )


def _with_ids(revision: Revision, id: str, parent: str | None) -> str:
    text = revision.path.read_text()
    for name, value in (("revision", id), ("down_revision", parent)):
        shown = "None" if value is None else f'"{value}"'
        text, count = re.subn(rf"^{name}( *:[^=\n]*)? *= *[^\n]*$", f"{name}\\g<1> = {shown}", text, flags=re.MULTILINE)
        if count != 1:
            raise SchemaMismatch(f"{revision.path.name} assigns {name} {count} times", advice="Assign it once, alone.")
    return text
