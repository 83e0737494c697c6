"""Lint a line: run the revisions, ask the rules, and leave out what is accepted."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

from dbkit.migrate.errors import LineBroken
from dbkit.migrate.forecast.belonging import require_of_line
from dbkit.migrate.forecast.planning import foretell
from dbkit.migrate.forecast.statistics import Statistics
from dbkit.migrate.git import Repository
from dbkit.migrate.line import Line, Revision, own_folder
from dbkit.migrate.linting.acceptance_rules import UNUSED, WITHOUT_REASON
from dbkit.migrate.linting.accepting import Acceptance, acceptances, accepted_beside
from dbkit.migrate.linting.lock_orders import LockOrders
from dbkit.migrate.linting.model import Finding, Place, Rule
from dbkit.migrate.linting.parsing import is_understood
from dbkit.migrate.linting.rules import RULES
from dbkit.migrate.linting.running import Wanted, runs
from dbkit.migrate.linting.steps import Models, Run, Settings
from dbkit.migrate.models import OWN_MODELS, metadata_of

__all__ = ["Lint", "Linted", "findings_of", "lint", "with_surroundings"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Lint:
    """What to look at, and what is known beside the files.

    Without `revisions` all of the line; with `new_since` those that a branch, tag or commit of git does not have.
    `models` is `module:name`; without it, dbkit's own line is held against dbkit's models, others against none.
    """

    revisions: Sequence[str] = ()
    new_since: str | None = None
    folder: Path | None = None
    dev_url: str | None = None
    statistics: Path | None = None
    server_version: int = 15
    models: str | None = None
    seconds_max: float = 60.0


@dataclass(frozen=True, slots=True)
class Linted:
    """What was found: findings, those that are accepted with their reasons, and what could not be looked at."""

    revisions: tuple[Revision, ...]
    findings: tuple[Finding, ...]
    accepted: tuple[tuple[Finding, Acceptance], ...] = ()
    failures: tuple[str, ...] = field(default=())


def lint(wish: Lint) -> Linted:
    """Look at revisions on a scratch server.

    A revision that fails, or does not end in time, ends it: what is behind was not looked at, and
    `failures` says so. Raises `LineBroken` where the files are no line, `RevisionUnknown`,
    `ConfigurationInvalid` for files that cannot be read, for statistics of a database that this line has not made
    and git that does not know the branch, and what a server raises.
    """
    line = Line.read(wish.folder)
    wrong = line.findings()
    if wrong:
        raise LineBroken("; ".join(wrong))
    sizes = None if wish.statistics is None else Statistics.load(wish.statistics)
    if sizes is not None:
        require_of_line(sizes, line)
    return _looked_at(_wanted(line, wish, sizes), sizes)


def _looked_at(wanted: Wanted, sizes: Statistics | None) -> Linted:
    line = wanted.line
    beside = [each for each in accepted_beside(line) if each.revision in {one.id for one in wanted.revisions}]
    found: list[Finding] = []
    accepted: list[tuple[Finding, Acceptance]] = []
    failures: list[str] = []
    seen: set[str] = set()
    orders = LockOrders(line)
    for seen_run in runs(wanted):
        failures += _failures(seen_run)
        if seen_run.revision in wanted.revisions:
            run = with_surroundings(seen_run, line, orders, sizes)
            seen.add(run.revision.id)
            open_, taken = _without_accepted(run, [each for each in beside if each.revision == run.revision.id])
            found += open_
            accepted += taken
    unseen = len([each for each in wanted.revisions if each.id not in seen])
    if unseen:
        failures.append(f"{unseen} more revisions were not looked at")
    return Linted(wanted.revisions, tuple(found), tuple(accepted), tuple(failures))


def with_surroundings(run: Run, line: Line, orders: LockOrders, sizes: Statistics | None) -> Run:
    """Return a run with what is known of its line: who locks in which order, and how long it takes where that matters.

    Raises `ConfigurationInvalid` for sizes of a database that this line has not made.
    """
    found = replace(run, settings=replace(run.settings, orders=orders.before(run.revision)))
    if sizes is None or run.revision.header.seconds_max is None:
        return found
    return replace(found, forecast=foretell(line, [run.revision], sizes).seconds, sizes_of=sizes.database)


def findings_of(run: Run, rules: Iterable[Rule] = RULES) -> list[Finding]:
    """Return what rules find in a revision, in the order of its lines."""
    found = [_finding(run, rule, place) for rule in rules for place in rule.decide(run)]
    unique = {(each.rule.id, each.line, each.what, each.statement): each for each in found}
    return sorted(unique.values(), key=lambda each: (each.line or 0, each.rule.id))


def _finding(run: Run, rule: Rule, place: Place) -> Finding:
    step = place.step
    return Finding(
        rule=rule,
        revision=run.revision.id,
        path=str(run.revision.path),
        line=place.line if step is None else step.line,
        what=place.what,
        statement="" if step is None else step.sql,
        safe=rule.safe_way(run.settings.server_version),
    )


def _without_accepted(run: Run, beside: list[Acceptance]) -> tuple[list[Finding], list[tuple[Finding, Acceptance]]]:
    """Return the findings that nobody has accepted, those about acceptances among them, and the others with reasons."""
    written = acceptances(run.revision)
    valid = [each for each in (*written, *beside) if each.reason]
    found: list[Finding] = []
    accepted: list[tuple[Finding, Acceptance]] = []
    used: set[Acceptance] = set()
    for finding in findings_of(run):
        by = next((each for each in valid if each.covers(finding)), None)
        if by is None:
            found.append(finding)
        else:
            used.add(by)
            accepted.append((finding, by))
    found += [_about(run, WITHOUT_REASON, each) for each in written if not each.reason]
    if not run.failure:
        found += [_about(run, UNUSED, each) for each in valid if each not in used]
    return found, accepted


def _about(run: Run, rule: Rule, acceptance: Acceptance) -> Finding:
    why = "nothing of the kind is found" if rule is UNUSED else "nobody says why"
    what = f"{acceptance.rule} is accepted, and {why}"
    return Finding(rule, run.revision.id, str(run.revision.path), acceptance.line, what, "", rule.safe)


def _failures(run: Run) -> Iterator[str]:
    for step in run.steps:
        if not is_understood(step.sql) and step.after is not None:
            yield f"{run.revision.name}:{step.line}: the parser does not understand a statement that the server does"
    if run.failure:
        yield f"{run.revision.name}: {run.failure}"


def _wanted(line: Line, wish: Lint, sizes: Statistics | None) -> Wanted:
    edited, overtaken = frozenset[str](), dict[str, str]()
    chosen = tuple(line.find(name) for name in wish.revisions)
    if wish.new_since is not None:
        edited, overtaken, new = _since(line, wish.new_since)
        chosen = tuple(each for each in line.revisions if each in chosen or each in new or each.name in edited)
    elif not chosen:
        chosen = line.revisions
    rows = None
    if sizes is not None:
        rows = {name: size.rows or 0 for name, size in sizes.tables.items()}
    return Wanted(
        line=line,
        revisions=chosen,
        settings=Settings(wish.server_version, rows, _models(line, wish.models)),
        together=wish.new_since is not None,
        edited=edited,
        overtaken=overtaken,
        seconds_max=wish.seconds_max,
        dev_url=wish.dev_url,
    )


def _since(line: Line, reference: str) -> tuple[frozenset[str], dict[str, str], list[Revision]]:
    """Return which files a branch has otherwise, which new ones stand before one of its own, and all new ones."""
    if not line.revisions:
        return frozenset(), {}, []
    repository = Repository(line.revisions[0].path.parent)
    known = repository.files(reference)
    new = [each for each in line.revisions if each.name not in known]
    edited = {
        each.name
        for each in line.revisions
        if each.name in known and repository.content(reference, each.name) != _text(each.path)
    }
    overtaken: dict[str, str] = {}
    for each in new:
        behind = line.revisions[line.position[each.id] + 1 :]
        released = next((str(other) for other in behind if other.name in known), "")
        if released:
            overtaken[each.name] = released
    return frozenset(edited), overtaken, new


def _text(path: Path) -> str:
    # As git gives it, whatever the line ends of a check-out are.
    return path.read_text(encoding="utf-8").strip()


def _models(line: Line, name: str | None) -> Models | None:
    if name is None and line.folder != own_folder():
        return None
    tables = metadata_of(name or OWN_MODELS).tables.values()
    return {table.name: frozenset(column.name for column in table.columns) for table in tables}
