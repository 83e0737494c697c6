"""An examination in words, for a terminal."""

from __future__ import annotations

from collections.abc import Iterator

from rich.text import Text

from dbkit.doctor.findings import CheckReport, Examination, Examined, Finding, Outcome, Severity
from dbkit.doctor.words import plural

__all__ = ["examination_lines"]

_STYLES = {Severity.DANGER: "bold red", Severity.WARNING: "yellow", Severity.NOTE: "cyan"}
_INDENT = " " * 9


def examination_lines(examination: Examination) -> Iterator[Text]:
    """Yield what was found, the worst first, then what could not be checked, then the verdict."""
    if examination.server is None:
        yield Text("memory:// is no server: there is nothing to examine")
        return
    yield _server(examination.server)
    for severity in Severity:
        for check in examination.checks:
            yield from _findings(check, severity)
    yield from _not_checked(examination)
    yield Text("")
    yield _verdict(examination)


def _server(server: Examined) -> Text:
    kind = "standby" if server.in_recovery else "primary"
    timeline = f", timeline {server.timeline}" if server.timeline is not None else ""
    meant = "/".join(part for part in (server.environment, "+".join(server.services)) if part)
    return _plain(
        f"{server.database}: PostgreSQL {server.version}, {kind}{timeline}, seen as {server.role}"
        f"{f', by the profile of {meant}' if meant else ''}"
    )


def _findings(check: CheckReport, severity: Severity) -> Iterator[Text]:
    for finding in check.findings:
        if finding.severity is severity:
            yield Text("")
            yield from _finding(check, finding)


def _finding(check: CheckReport, finding: Finding) -> Iterator[Text]:
    yield Text.assemble(
        (f"{finding.severity:<{len(_INDENT)}}", _STYLES[finding.severity]),
        _plain(f"{finding.what} "),
        (f"[{check.id}]", "dim"),
    )
    yield _plain(f"{_INDENT}{finding.advice}:" if finding.commands else f"{_INDENT}{finding.advice}.")
    for command in finding.commands:
        yield Text.assemble(_plain(f"{_INDENT}  {command}", "green"))


def _not_checked(examination: Examination) -> Iterator[Text]:
    partly = [each for each in examination.checks if each.why and each.outcome is not Outcome.NOT_APPLICABLE]
    if partly:
        yield Text("")
    for check in partly:
        how = "only in part" if check.outcome is Outcome.FOUND else "not checked"
        yield Text.assemble((f"{check.id}: {how}: ", "dim"), _plain(check.why or ""))


def _verdict(examination: Examination) -> Text:
    counts = {outcome: [each for each in examination.checks if each.outcome is outcome] for outcome in Outcome}
    wrong = [finding for finding in examination.findings if finding.severity is not Severity.NOTE]
    said = [
        f"{len(examination.checks)} checks: {len(counts[Outcome.PASSED])} passed",
        f"{len(counts[Outcome.FOUND])} found something",
        f"{len(counts[Outcome.NOT_CHECKED])} not checked",
        f"{len(counts[Outcome.NOT_APPLICABLE])} do not apply",
    ]
    if examination.is_healthy:
        return Text.assemble(", ".join(said), ". ", ("Nothing is wrong", "green"), ".")
    return Text.assemble(", ".join(said), ". ", (f"{plural(wrong, 'thing is', 'things are')} wrong", "red"), ".")


def _plain(text: str, style: str = "") -> Text:
    """Return a text as any terminal takes it: a name on the server may have control characters in it."""
    return Text("".join(each if each.isprintable() else each.encode("unicode_escape").decode() for each in text), style)
