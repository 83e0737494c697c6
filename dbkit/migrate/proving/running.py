"""Prove revisions: ask each check about each of them, and keep what it says."""

from __future__ import annotations

import time
from collections.abc import Callable, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

import psycopg

from dbkit.migrate.errors import LineBroken
from dbkit.migrate.line import Line, Revision, own_folder
from dbkit.migrate.models import OWN_MODELS
from dbkit.migrate.proving.alone import Alone
from dbkit.migrate.proving.check import Check
from dbkit.migrate.proving.choosing import chosen
from dbkit.migrate.proving.jobs import made_ready
from dbkit.migrate.proving.killable import Killable
from dbkit.migrate.proving.model import Outcome, Verdict
from dbkit.migrate.proving.online.check import Online
from dbkit.migrate.proving.refusal import CouldNotRun
from dbkit.migrate.proving.registry import checks_of
from dbkit.migrate.proving.subject import Bounds, Command, Subject
from dbkit.migrate.proving.walking import Walk, subjects
from dbkit.migrate.sum import verify
from dbkit.types.errors import DbkitError

__all__ = ["Proof", "Proofs", "Prove", "prove"]

Tell = Callable[[Revision, str], None]
_BESIDE: Final = (Killable, Alone)
"""Those that wait for processes most of the time: beside others, but for `Online`, which measures times."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Prove:
    """What to prove, and how.

    Without `revisions` those that are new: not on the branch, tag or commit `new_since`, else not on that which
    others start from. `only` names checks. `command` is the command line, for the checks that run it in processes.
    `statements` is a file of what code sends, where the line has no sets of releases; `models` is `module:name`,
    without it dbkit's own for dbkit's own line, and none for others.
    """

    revisions: Sequence[str] = ()
    new_since: str | None = None
    only: Sequence[str] = ()
    folder: Path | None = None
    dev_url: str | None = None
    bounds: Bounds = field(default_factory=Bounds)
    command: Command | None = None
    statements: Path | None = None
    models: str | None = None


@dataclass(frozen=True, slots=True)
class Proof:
    """What the checks say of one revision, by their names, and how many seconds each took."""

    revision: Revision
    outcomes: Mapping[str, Outcome]
    seconds: Mapping[str, float] = field(default_factory=dict[str, float])


@dataclass(frozen=True, slots=True)
class Proofs:
    """What came of it, in the order of the line; `failures` say what was not looked at."""

    line: Line
    checks: tuple[Check, ...]
    proofs: tuple[Proof, ...]
    failures: tuple[str, ...] = ()

    @property
    def exit_code(self) -> int:
        """0 where all passed or were waived, 1 where something failed, 2 where something could not be run."""
        verdicts = {outcome.verdict for proof in self.proofs for outcome in proof.outcomes.values()}
        if Verdict.FAILED in verdicts:
            return 1
        return 2 if self.failures or Verdict.COULD_NOT_RUN in verdicts else 0


def prove(wish: Prove, tell: Tell = lambda _revision, _check: None) -> Proofs:
    """Prove revisions on a scratch server; `tell` hears which revision and which check come next.

    Raises `LineBroken` where the files are no line, `LineChanged` where `dbkit.sum` was written for others,
    `RevisionUnknown`, `ConfigurationInvalid` for a check that there is not, for nothing to prove and for git that
    does not know the branch, and what a server raises.
    """
    line = Line.read(wish.folder)
    wrong = line.findings()
    if wrong:
        raise LineBroken("; ".join(wrong))
    verify(line)
    checks = checks_of(wish.only)
    if wish.command is not None and any(isinstance(each, _BESIDE) for each in checks):
        made_ready(wish.command)
    walk = Walk(
        line=line,
        revisions=chosen(line, wish.revisions, wish.new_since),
        bounds=wish.bounds,
        dev_url=wish.dev_url,
        command=wish.command,
        statements=wish.statements,
        models=wish.models or (OWN_MODELS if line.folder == own_folder() else None),
    )
    proofs: list[Proof] = []
    try:
        for subject in subjects(walk):
            proofs.append(_proof(subject, checks, tell))
    except CouldNotRun as error:
        return Proofs(line, checks, tuple(proofs), (str(error),))
    return Proofs(line, checks, tuple(proofs))


def _proof(subject: Subject | tuple[Revision, str], checks: Sequence[Check], tell: Tell) -> Proof:
    if isinstance(subject, tuple):
        revision, reason = subject
        return Proof(revision, {check.name: Outcome.could_not_run(reason) for check in checks})
    found: dict[str, tuple[Outcome, float]] = {}

    def ask(asked: Sequence[Check]) -> None:
        for check in asked:
            tell(subject.revision, check.name)
            started = time.monotonic()
            found[check.name] = _asked(check, subject), time.monotonic() - started

    ask([check for check in checks if isinstance(check, Online)])
    with ThreadPoolExecutor(1, "dbkit-prove") as thread, subject.given_up_on_error():
        beside = thread.submit(ask, [check for check in checks if isinstance(check, _BESIDE)])
        ask([check for check in checks if not isinstance(check, (Online, *_BESIDE))])
        beside.result()
    in_order = [(check.name, *found[check.name]) for check in checks]
    return Proof(
        subject.revision,
        {name: outcome for name, outcome, _ in in_order},
        {name: seconds for name, _, seconds in in_order},
    )


def _asked(check: Check, subject: Subject) -> Outcome:
    try:
        return check.prove(subject)
    except CouldNotRun as error:
        return Outcome.could_not_run(str(error))
    except DbkitError as error:
        return Outcome.could_not_run(error.happened)
    except psycopg.Error as error:
        # Without its message, which may hold values.
        return Outcome.could_not_run(f"the scratch server refused something: {type(error).__name__}")
