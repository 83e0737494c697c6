"""What was proved, as one page for a reviewer: no assets of others, light and dark."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from html import escape

from dbkit.migrate.pages import html_page
from dbkit.migrate.proving.chart import chart
from dbkit.migrate.proving.model import Outcome, Series, Verdict
from dbkit.migrate.proving.reporting import summary
from dbkit.migrate.proving.running import Proof, Proofs

__all__ = ["proofs_body", "proofs_html"]

_CLASSES = {Verdict.PASSED: "good", Verdict.FAILED: "warn", Verdict.COULD_NOT_RUN: "warn"}


def proofs_html(proofs: Proofs) -> str:
    """Return the page."""
    return html_page(summary(proofs), proofs_body(proofs))


def proofs_body(proofs: Proofs) -> Iterator[str]:
    """Return what stands on the page, to be a part of another one too."""
    yield f"<h1>{escape(summary(proofs))}</h1>"
    yield from (f'<p class="warn">{escape(each)}</p>' for each in proofs.failures)
    heads = "".join(f"<th>{escape(each)}</th>" for each in ("revision", *(check.name for check in proofs.checks)))
    yield f"<table><thead><tr>{heads}</tr></thead><tbody>"
    yield from (_row(each, proofs) for each in proofs.proofs)
    yield "</tbody></table><ul>"
    yield from (f"<li>{escape(check.name)}: {escape(check.asks)}</li>" for check in proofs.checks)
    yield "</ul>"
    for proof in proofs.proofs:
        yield from _revision(proof)


def _row(proof: Proof, proofs: Proofs) -> str:
    cells = "".join(f"<td>{_verdict(proof.outcomes[check.name])}</td>" for check in proofs.checks)
    link = f'<a href="#r{escape(proof.revision.id)}">{escape(str(proof.revision))}</a>'
    return f"<tr><td>{link}</td>{cells}</tr>"


def _revision(proof: Proof) -> Iterator[str]:
    revision = proof.revision
    yield f'<h2 id="r{escape(revision.id)}">{escape(str(revision))}</h2>'
    how = f"{revision.header.phase}, {revision.how}"
    yield f'<p>{escape(revision.title)} <span class="soft">{escape(how)}</span></p>'
    for name, outcome in proof.outcomes.items():
        yield f"<h3>{escape(name)}: {_verdict(outcome)}</h3>"
        yield from _outcome(outcome, proof.seconds.get(name))


def _outcome(outcome: Outcome, seconds: float | None) -> Iterator[str]:
    if outcome.reason:
        yield f"<p>{escape(outcome.reason)}</p>"
    for finding in outcome.findings:
        yield f'<p class="warn">{escape(finding.what)}</p>'
        if finding.statement:
            yield f"<pre>{escape(finding.statement)}</pre>"
    figures = [f"{name.replace('_', ' ')}: {value:g}" for name, value in outcome.figures.items()]
    facts = [*outcome.notes, *figures, *([] if seconds is None else [f"proved in {seconds:.1f} s"])]
    if facts:
        yield f'<p class="soft">{"<br>".join(map(escape, facts))}</p>'
    yield from (f"<p>{drawn}</p>" for drawn in map(chart, _by_unit(outcome.series)) if drawn)


def _by_unit(several: tuple[Series, ...]) -> list[list[Series]]:
    found: dict[str, list[Series]] = defaultdict(list)
    for series in several:
        found[series.unit].append(series)
    return list(found.values())


def _verdict(outcome: Outcome) -> str:
    return f'<span class="{_CLASSES.get(outcome.verdict, "soft")}">{escape(outcome.verdict.value)}</span>'
