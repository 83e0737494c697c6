"""What was proved, told: for people, and for machines."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from typing import Any, Final

from dbkit.migrate.proving.model import Outcome
from dbkit.migrate.proving.running import Proof, Proofs

__all__ = ["FORM", "document", "lines", "summary"]

FORM: Final = 1
"""The shape of the document; one that readers of this one cannot read has another number."""

_STATEMENT_SHOWN: Final = 100


def lines(proofs: Proofs) -> Iterator[str]:
    """Return what was proved for people."""
    for proof in proofs.proofs:
        yield str(proof.revision)
        for name, outcome in proof.outcomes.items():
            yield from _told(name, outcome, proof.seconds.get(name))
    yield from proofs.failures
    yield summary(proofs)


def summary(proofs: Proofs) -> str:
    """Return one line: how many revisions, and how many outcomes of each kind."""
    counted = Counter(outcome.verdict for proof in proofs.proofs for outcome in proof.outcomes.values())
    count = len(proofs.proofs)
    told = ", ".join(f"{number} {verdict.value}" for verdict, number in sorted(counted.items()))
    return f"{count} revision{'' if count == 1 else 's'}: {told or 'nothing was proved'}"


def document(proofs: Proofs) -> dict[str, Any]:
    """Return what was proved as JSON; docs/prove.md describes it."""
    return {
        "form": FORM,
        "line": str(proofs.line.folder),
        "checks": {check.name: check.asks for check in proofs.checks},
        "revisions": [_document(proof) for proof in proofs.proofs],
        "failures": list(proofs.failures),
        "exit_code": proofs.exit_code,
    }


def _document(proof: Proof) -> dict[str, Any]:
    return {
        "revision": proof.revision.id,
        "slug": proof.revision.slug,
        "outcomes": {
            name: outcome.as_json() | {"seconds": round(proof.seconds.get(name, 0.0), 3)}
            for name, outcome in proof.outcomes.items()
        },
    }


def _told(name: str, outcome: Outcome, seconds: float | None) -> Iterator[str]:
    took = "" if seconds is None else f"  ({seconds:.1f} s)"
    reason = f": {outcome.reason}" if outcome.reason else ""
    yield f"  {name:<10}  {outcome.verdict.value}{reason}{took}"
    for finding in outcome.findings:
        yield f"      {finding.what}"
        if finding.statement:
            yield f"          {_shortened(finding.statement)}"
    yield from (f"      note: {note}" for note in outcome.notes)


def _shortened(statement: str) -> str:
    line = " ".join(statement.split())
    return line if len(line) <= _STATEMENT_SHOWN else f"{line[: _STATEMENT_SHOWN - 1]}…"
