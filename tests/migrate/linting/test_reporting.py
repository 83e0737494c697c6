"""What is told: as text, JSON, annotations and SARIF, each as its readers want it."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from dbkit.migrate.line import Revision
from dbkit.migrate.linting.acceptance_rules import ACCEPTANCE_RULES
from dbkit.migrate.linting.accepting import Acceptance
from dbkit.migrate.linting.checking import Linted
from dbkit.migrate.linting.model import Finding
from dbkit.migrate.linting.page import rules_page
from dbkit.migrate.linting.reporting import document, github_annotations, sarif_text, text
from dbkit.migrate.linting.rules import RULES
from tests.architecture.sources import PROJECT

ACCEPTED = Acceptance("L07", "20240101000001", "a hundred rows", everywhere=True)
RULE = next(rule for rule in RULES if rule.id == "L07")


@pytest.fixture
def linted(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Linted:
    monkeypatch.chdir(tmp_path)
    path = tmp_path / "versions" / "20240101000001_a,b.py"
    revision = Revision("20240101000001", "ab", path)
    first = Finding(RULE, revision.id, str(path), 7, "100% of it:\nall", "CREATE INDEX " + "x" * 200, RULE.safe)
    second = Finding(RULE, revision.id, str(path), None, "the whole", "", RULE.safe)
    return Linted((revision,), (first,), ((second, ACCEPTED),), ("it did not end",))


def test_text_has_place_rule_statement_effect_and_way_out(linted: Linted) -> None:
    lines = text(linted).splitlines()
    assert lines[0] == "versions/20240101000001_a,b.py:7: L07 index-not-concurrent: 100% of it:"
    assert [line for line in lines if RULE.effect in line or RULE.safe in line] == [
        f"    effect: {RULE.effect}",
        f"    safe:   {RULE.safe}",
    ]
    assert lines[-2:] == ["it did not end", "1 finding in 1 revision, 1 accepted"]
    assert any(line.endswith("…") and len(line) <= 104 for line in lines)


def test_json_has_all_of_it(linted: Linted) -> None:
    found = json.loads(json.dumps(document(linted)))
    assert found["findings"][0]["statement"] == linted.findings[0].statement
    assert found["accepted"][0]["reason"] == "a hundred rows"
    assert (found["revisions"], found["failures"]) == (["20240101000001"], ["it did not end"])


def test_annotations_escape_what_github_reads(linted: Linted) -> None:
    warning, error = github_annotations(linted)
    assert warning.startswith(
        "::warning file=versions/20240101000001_a%2Cb.py,line=7,title=L07 index-not-concurrent::100%25 of it:%0Aall. "
    )
    assert error == "::error title=dbkit migrate lint::it did not end"
    assert "\n" not in warning


def test_sarif_is_what_its_readers_ask_for(linted: Linted) -> None:
    """The members that SARIF 2.1.0 requires, and those that GitHub's code scanning reads."""
    document = json.loads(sarif_text(linted))
    (run,) = document["runs"]
    assert (document["version"], document["$schema"].endswith("sarif-2.1.0.json")) == ("2.1.0", True)
    rules = run["tool"]["driver"]["rules"]
    assert len({rule["id"] for rule in rules}) == len(rules) == len(RULES) + len(ACCEPTANCE_RULES)
    assert all(rule[key]["text"] for rule in rules for key in ("shortDescription", "fullDescription", "help"))
    open_, accepted = run["results"]
    for result in (open_, accepted):
        assert rules[result["ruleIndex"]]["id"] == result["ruleId"] == "L07"
        assert result["level"] in ("none", "note", "warning", "error")
        place = result["locations"][0]["physicalLocation"]
        assert place["artifactLocation"]["uri"] == "versions/20240101000001_a%2Cb.py"
        assert place["region"]["startLine"] >= 1
    assert "suppressions" not in open_
    assert accepted["suppressions"] == [{"kind": "external", "justification": "a hundred rows"}]
    (invocation,) = run["invocations"]
    assert invocation["executionSuccessful"] is False
    assert invocation["toolExecutionNotifications"][0]["message"]["text"] == "it did not end"


def test_the_page_is_that_of_the_rules() -> None:
    assert (PROJECT / "docs" / "lint.md").read_text(encoding="utf-8") == rules_page(), "python tools/lint_rules.py"


def test_every_rule_says_what_it_is_for() -> None:
    rules = (*RULES, *ACCEPTANCE_RULES)
    assert len({rule.name for rule in rules}) == len({rule.id for rule in rules}) == len(rules)
    assert [rule.id for rule in rules if not (rule.effect.endswith(".") and rule.catches and rule.safe)] == []
