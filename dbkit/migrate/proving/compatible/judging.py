"""Judge whether statements that work on one schema work on another."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass

from dbkit.migrate.catalog import Catalog
from dbkit.migrate.proving.compatible.playing import Answer, Player
from dbkit.migrate.proving.compatible.statements import SentParameter, SentStatement, StatementSet
from dbkit.migrate.proving.compatible.values import Values, columns_of
from dbkit.migrate.proving.model import Finding

__all__ = ["Judged", "judge"]

_WORD = re.compile(r"\w+")


@dataclass(frozen=True, slots=True)
class Judged:
    """What came of a set: what breaks, and how many statements were run, only prepared, or are about nothing new.

    `unknown` are those that do not work on the schema that they are for, so that nothing follows from them.
    """

    findings: tuple[Finding, ...]
    run: int = 0
    prepared: int = 0
    untouched: int = 0
    unknown: tuple[str, ...] = ()


def judge(statements: StatementSet, known: Player, tried: Player) -> Judged:
    """Run statements on the schema that they are `known` to work on, with its rows, and on the one that is `tried`.

    Only those are run that name something in which the schemas differ.
    """
    changed = _changed(known, tried)
    values = Values(known.connection, columns_of(known.connection), columns_of(tried.connection), statements.written)
    court = _Court(known, tried, values)
    concerned = [each for each in statements.statements if changed is None or not changed.isdisjoint(_names(each))]
    findings = [finding for each in concerned for finding in court.findings(each)]
    return Judged(
        tuple(findings), court.run, court.prepared, len(statements.statements) - len(concerned), tuple(court.unknown)
    )


class _Court:
    """Compares what becomes of statements on the two schemas."""

    def __init__(self, known: Player, tried: Player, values: Values) -> None:
        self._known, self._tried = known, tried
        self._values = values
        self.run = self.prepared = 0
        self.unknown: list[str] = []

    def findings(self, statement: SentStatement) -> Iterator[Finding]:
        """Yield what breaks a statement: the first that is found."""
        given = self._values.of(statement)
        answer = self._known.play(statement, given)
        if not answer.works:
            yield from self._only_prepared(statement)
            return
        self.run += 1
        found = self._broken(statement, given, answer) or next(self._with_others(statement), None)
        if found is not None:
            yield found

    def _only_prepared(self, statement: SentStatement) -> Iterator[Finding]:
        """See whether the server takes at least the text, where no values can be found that it works with."""
        if not self._known.prepare(statement).works:
            self.unknown.append(statement.call)
            return
        self.prepared += 1
        tried = self._tried.prepare(statement)
        if not tried.works:
            yield _finding(statement, tried)

    def _broken(self, statement: SentStatement, given: Sequence[str | None], known: Answer) -> Finding | None:
        tried = self._tried.play(statement, given)
        if not tried.works:
            return _finding(statement, tried)
        place = known.differs_from(tried)
        if place is None:
            return None
        before, after = (each.types[place] if place < len(each.types) else "nothing" for each in (known, tried))
        return Finding(f"{statement.call} gets {after} where it got {before}, in column {place + 1}", statement.sql)

    def _with_others(self, statement: SentStatement) -> Iterator[Finding]:
        """Yield for which other values that work on the known schema the tried one refuses."""
        if not statement.writes or statement.copies:
            # A COPY takes what an INSERT takes.
            return
        for parameter, value, given in self._values.others(statement):
            tried = self._tried.play(statement, given)
            if not tried.works and self._known.play(statement, given).works:
                yield _finding(statement, tried, self._with(statement, parameter, value))

    def _with(self, statement: SentStatement, parameter: SentParameter, value: str | None) -> str:
        if value is None:
            return f" without {parameter.field}"
        if self._values.is_named(statement.table, parameter, value):
            return f" with {parameter.field} {value}"
        return f" with a value of {parameter.field} that it could have before"


def _finding(statement: SentStatement, answer: Answer, how: str = "") -> Finding:
    return Finding(f"{statement.call}{how} fails: {answer.sqlstate} {answer.why}", statement.sql)


def _changed(known: Player, tried: Player) -> set[str] | None:
    """Return the relations in which the schemas differ, and those tied to them; None where it may be any."""
    one, two = (Catalog.read(each.connection) for each in (known, tried))
    found = set[str]()
    for difference in one.compare(two):
        of = {catalog.relations.get(difference.name) for catalog in (one, two)} - {None}
        if not of:
            return None
        found |= {str(each) for each in of}
    return found | _tied(known, found) | _tied(tried, found)


def _tied(player: Player, names: Collection[str]) -> set[str]:
    """Return the tables that foreign keys tie to others."""
    query = "SELECT conrelid::regclass::text, confrelid::regclass::text FROM pg_constraint WHERE contype = 'f'"
    pairs = player.connection.execute(query).fetchall()
    return {str(table) for pair in pairs if set(pair) & set(names) for table in pair}


def _names(statement: SentStatement) -> set[str]:
    return {statement.table, *_WORD.findall(statement.sql)}
