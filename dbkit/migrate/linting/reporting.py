"""What was found, told: for people, for machines, as SARIF, as annotations of GitHub."""

from __future__ import annotations

import json
from collections.abc import Iterator
from importlib import metadata
from pathlib import Path
from typing import Any, Final
from urllib.parse import quote

from dbkit.migrate.linting.acceptance_rules import ACCEPTANCE_RULES
from dbkit.migrate.linting.accepting import Acceptance
from dbkit.migrate.linting.checking import Linted
from dbkit.migrate.linting.model import Finding, Rule
from dbkit.migrate.linting.rules import RULES

__all__ = ["document", "github_annotations", "sarif_text", "text"]

_STATEMENT_SHOWN: Final = 100
_SCHEMA: Final = "https://json.schemastore.org/sarif-2.1.0.json"


def text(linted: Linted) -> str:
    """Return what was found for people."""
    lines = [line for each in linted.findings for line in _lines(each)]
    lines += linted.failures
    counted = f"{_count(len(linted.findings), 'finding')} in {_count(len(linted.revisions), 'revision')}"
    return "\n".join([*lines, f"{counted}, {len(linted.accepted)} accepted"])


def document(linted: Linted) -> dict[str, Any]:
    """Return what was found as JSON."""
    accepted = [_document(finding) | {"reason": by.reason} for finding, by in linted.accepted]
    return {
        "revisions": [each.id for each in linted.revisions],
        "findings": [_document(each) for each in linted.findings],
        "accepted": accepted,
        "failures": list(linted.failures),
    }


def github_annotations(linted: Linted) -> Iterator[str]:
    """Return the workflow commands by which GitHub shows findings beside the lines of a pull request."""
    for each in linted.findings:
        place = f"file={_property(_path(each.path))},line={each.line or 1}"
        title = _property(f"{each.rule.id} {each.rule.name}")
        yield f"::warning {place},title={title}::{_data(f'{each.what}. {each.rule.effect} {each.safe}')}"
    for failure in linted.failures:
        yield f"::error title=dbkit migrate lint::{_data(failure)}"


def sarif_text(linted: Linted) -> str:
    """Return what was found as SARIF 2.1.0; accepted findings are results that are suppressed."""
    rules = (*RULES, *ACCEPTANCE_RULES)
    places = {rule.id: place for place, rule in enumerate(rules)}
    results = [_result(each, places) for each in linted.findings]
    results += [_result(each, places) | {"suppressions": [_suppression(by)]} for each, by in linted.accepted]
    failures = [{"level": "error", "message": {"text": each}} for each in linted.failures]
    run = {
        "tool": {"driver": _driver(rules)},
        "columnKind": "unicodeCodePoints",
        "invocations": [{"executionSuccessful": not failures, "toolExecutionNotifications": failures}],
        "results": results,
    }
    return json.dumps({"$schema": _SCHEMA, "version": "2.1.0", "runs": [run]}, indent=2) + "\n"


def _lines(finding: Finding) -> Iterator[str]:
    yield f"{_path(finding.path)}:{finding.line or 1}: {finding.rule.id} {finding.rule.name}: {finding.what}"
    if finding.statement:
        yield f"    {_shortened(finding.statement)}"
    yield f"    effect: {finding.rule.effect}"
    yield f"    safe:   {finding.safe}"


def _document(finding: Finding) -> dict[str, Any]:
    return {
        "rule": finding.rule.id,
        "name": finding.rule.name,
        "revision": finding.revision,
        "file": _path(finding.path),
        "line": finding.line,
        "what": finding.what,
        "statement": finding.statement,
        "effect": finding.rule.effect,
        "safe": finding.safe,
    }


def _driver(rules: tuple[Rule, ...]) -> dict[str, Any]:
    return {
        "name": "dbkit migrate lint",
        "version": metadata.version("dbkit"),
        "rules": [
            {
                "id": rule.id,
                "name": rule.name,
                "shortDescription": {"text": rule.catches},
                "fullDescription": {"text": rule.effect},
                "help": {"text": rule.safe},
            }
            for rule in rules
        ],
    }


def _result(finding: Finding, places: dict[str, int]) -> dict[str, Any]:
    # Lines move when a file is edited: the same finding is known by what does not.
    print_of = f"{finding.rule.id}:{finding.revision}:{finding.what}"
    return {
        "ruleId": finding.rule.id,
        "ruleIndex": places[finding.rule.id],
        "level": "warning",
        "message": {"text": f"{finding.what}. {finding.rule.effect} {finding.safe}"},
        "locations": [
            {
                "physicalLocation": {
                    "artifactLocation": {"uri": quote(_path(finding.path))},
                    "region": {"startLine": finding.line or 1},
                }
            }
        ],
        "partialFingerprints": {"finding/v1": print_of},
    }


def _suppression(acceptance: Acceptance) -> dict[str, str]:
    kind = "external" if acceptance.line is None else "inSource"
    return {"kind": kind, "justification": acceptance.reason}


def _path(path: str) -> str:
    """Return a path as the reader's folder has it; those of other places stay whole."""
    resolved = Path(path).resolve()
    here = Path.cwd()
    return resolved.relative_to(here).as_posix() if resolved.is_relative_to(here) else resolved.as_posix()


def _shortened(statement: str) -> str:
    line = " ".join(statement.split())
    return line if len(line) <= _STATEMENT_SHOWN else f"{line[: _STATEMENT_SHOWN - 1]}…"


def _count(count: int, what: str) -> str:
    return f"{count} {what}{'' if count == 1 else 's'}"


def _data(message: str) -> str:
    return message.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _property(value: str) -> str:
    return _data(value).replace(":", "%3A").replace(",", "%2C")
