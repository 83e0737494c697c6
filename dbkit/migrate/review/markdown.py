"""A review as Markdown: a comment on a pull request, no longer than GitHub takes.

What comes from revisions stands in code, where neither a name calls a person nor markup means anything.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from dbkit.migrate.forecast.model import RevisionForecast
from dbkit.migrate.forecast.ranges import Range, bytes_words, seconds_words
from dbkit.migrate.forecast.text import forecast_text, wait_words
from dbkit.migrate.proving.model import Verdict
from dbkit.migrate.proving.reporting import lines as proof_lines
from dbkit.migrate.proving.reporting import summary
from dbkit.migrate.proving.running import Proofs
from dbkit.migrate.review.reviewing import Review

if TYPE_CHECKING:
    from dbkit.migrate.linting.checking import Linted
    from dbkit.migrate.linting.model import Finding

__all__ = ["LENGTH_MAX", "MARKER", "headline", "review_markdown"]

MARKER: Final = "<!-- dbkit migrate review -->"
"""How a comment begins, so that the next review finds it and writes over it."""

LENGTH_MAX: Final = 65_000
"""GitHub takes 65,536 letters."""

_CUT: Final = "… and {} more lines, which are too long for a comment: they are in the page (--html)"
_ROWS_MAX: Final = 50
_BACKTICKS = re.compile(r"`+")


@dataclass(frozen=True, slots=True)
class _Section:
    """A part that folds: its title, which is always seen, and its lines, which stand in code."""

    title: str
    lines: tuple[str, ...]
    is_open: bool = False

    def text(self, length_max: int) -> str:
        """Return it in so many letters at the most; lines that have no room are counted."""
        shown = list(self.lines)
        while shown and len(self._text(shown)) > length_max:
            # By halves: a line at a time would take long for the longest ones.
            shown = shown[: len(shown) * 3 // 4]
        return self._text(shown)

    def _text(self, shown: list[str]) -> str:
        cut = len(self.lines) - len(shown)
        body = "\n".join([*shown, _CUT.format(cut)] if cut else shown)
        fence = _fence(body)
        opened = " open" if self.is_open else ""
        title = f"<details{opened}><summary>{_escaped(self.title)}</summary>"
        return f"{title}\n\n{fence}text\n{body}\n{fence}\n\n</details>\n"


def review_markdown(review: Review, length_max: int = LENGTH_MAX) -> str:
    """Return the comment: what was found at the top, the rest folded."""
    head = "\n".join([MARKER, f"### {_escaped(headline(review))}", "", *_top(review)]) + "\n"
    sections = [each for each in _sections(review) if each.lines]
    parts = [head]
    for number, section in enumerate(sections):
        # What one leaves is for those behind it.
        room = (length_max - sum(map(len, parts))) // (len(sections) - number)
        parts.append(section.text(room - 1))
    return "\n".join(parts)


def headline(review: Review) -> str:
    """Return in one sentence what came of it."""
    count = len(review.revisions)
    found = [] if review.linted is None else [_counted(len(review.linted.findings), "finding")]
    if not count:
        edited = f", {found[0]}" if review.linted is not None and review.linted.findings else ""
        return f"Migrations: no revision is new since {review.since or 'the beginning'}{edited}"
    failed = 0 if review.proofs is None else len(list(_failed(review.proofs)))
    found += [f"{_counted(failed, 'check')} failed"] if failed else ["no check failed"]
    found += [f"{len(review.untraced)} not traced"] if review.untraced else []
    found += ["not all was looked at"] if review.exit_code == 2 or review.failures else []
    return f"Migrations: {_counted(count, 'new revision')}, {', '.join(found)}"


def _top(review: Review) -> Iterator[str]:
    if review.revisions:
        yield "| revision | phase | takes | disk | who waits | lint | prove |"
        yield "|---|---|--:|--:|---|---|---|"
        for each in review.forecast.revisions[:_ROWS_MAX]:
            yield _row(review, each)
        more = len(review.forecast.revisions) - _ROWS_MAX
        if more > 0:
            yield f"\n{more} more are below."
    for failure in review.failures:
        yield f"\n**Not looked at**: {_code(failure)}"
    for revision in review.untraced:
        yield f"\n**Not traced**: {_code(str(revision))} (run `dbkit migrate trace`, and commit dbkit.trace)"


def _row(review: Review, each: RevisionForecast) -> str:
    waits = "<br>".join(_code(wait_words(wait)) for wait in each.waits[:3]) or "nobody"
    if len(each.waits) > 3:
        waits += f"<br>and {len(each.waits) - 3} more"
    cells = (
        _code(str(each.revision)),
        each.revision.header.phase.value,
        _time(each.seconds),
        _size(each.disk_bytes),
        waits,
        _lint_cell(review.linted, each.revision.id),
        _prove_cell(review.proofs, each.revision.id),
    )
    return f"| {' | '.join(cells)} |"


def _lint_cell(linted: Linted | None, revision: str) -> str:
    if linted is None:
        return "not run"
    rules = sorted({each.rule.id for each in linted.findings if each.revision == revision})
    return f"**{', '.join(rules)}**" if rules else "nothing found"


def _prove_cell(proofs: Proofs | None, revision: str) -> str:
    found = [] if proofs is None else [each for each in proofs.proofs if each.revision.id == revision]
    if not found:
        return "not run"
    outcomes = found[0].outcomes.items()
    told = [
        f"**{name} {outcome.verdict.value}**"
        for name, outcome in outcomes
        if outcome.verdict in (Verdict.FAILED, Verdict.COULD_NOT_RUN)
    ]
    waived = [f"{name} waived" for name, outcome in outcomes if outcome.verdict is Verdict.WAIVED]
    return "<br>".join([*told, *waived]) or "passed"


def _sections(review: Review) -> Iterator[_Section]:
    if review.linted is not None:
        findings = review.linted.findings
        accepted = f", {len(review.linted.accepted)} accepted" if review.linted.accepted else ""
        title = f"Lint: {_counted(len(findings), 'finding')}{accepted}"
        yield _Section(title, tuple(_lint_lines(review.linted)), is_open=bool(findings))
    if review.proofs is not None:
        failed = any(_failed(review.proofs))
        yield _Section(f"Prove: {summary(review.proofs)}", tuple(proof_lines(review.proofs)), is_open=failed)
    if review.revisions:
        yield _Section("Plan: statements, locks, time and disk", tuple(forecast_text(review.forecast).splitlines()))


def _lint_lines(linted: Linted) -> Iterator[str]:
    for each in linted.findings:
        yield from _finding(each)
    for each, by in linted.accepted:
        yield f"accepted: {each.rule.id} {each.rule.name}, {each.what}: {by.reason}"


def _finding(each: Finding) -> Iterator[str]:
    name = each.path.rpartition("/")[2]
    yield f"{name}:{each.line or 1}: {each.rule.id} {each.rule.name}: {each.what}"
    if each.statement:
        yield f"    {' '.join(each.statement.split())[:200]}"
    yield f"    effect: {each.rule.effect}"
    yield f"    safe:   {each.safe}"


def _failed(proofs: Proofs) -> Iterator[str]:
    for proof in proofs.proofs:
        for name, outcome in proof.outcomes.items():
            if outcome.verdict is Verdict.FAILED:
                yield name


def _code(text: str) -> str:
    """Return text in code on one line of a table; a bar and backticks would end it."""
    return f"`{' '.join(text.split()).replace('`', chr(39)).replace('|', '¦')}`"


def _escaped(text: str) -> str:
    """Return text that is no markup and calls nobody."""
    for letter, safe in (("&", "&amp;"), ("<", "&lt;"), (">", "&gt;"), ("@", "&#64;"), ("`", "'"), ("|", "¦")):
        text = text.replace(letter, safe)
    return " ".join(text.split())


def _fence(body: str) -> str:
    """Return a fence that the body does not end."""
    longest = max((len(found) for found in _BACKTICKS.findall(body)), default=0)
    return "`" * max(3, longest + 1)


def _time(span: Range | None) -> str:
    return "?" if span is None else seconds_words(span)


def _size(span: Range | None) -> str:
    return "?" if span is None else bytes_words(span)


def _counted(count: int, what: str) -> str:
    return f"{count or 'no'} {what}{'' if count == 1 else 's'}"
