"""An alert rule for Prometheus: what is measured, by how much it may be, and who is told."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Final

from dbkit.telemetry.watched import Watched

__all__ = ["PAGING", "AlertRule"]

PAGING: Final = ("prod",)
"""Environments in which somebody is woken for what callers feel."""


@dataclass(frozen=True, slots=True)
class AlertRule:
    """A rule: what is measured, by how much it may be, and where that threshold comes from.

    `felt` says that callers notice it already, and that it is no early sign of something.
    """

    alert: str
    measured: str
    threshold: float
    source: str
    lasting: str
    felt: bool
    watched: Watched | None
    environment: str
    summary: str
    to_do: str

    @property
    def expression(self) -> str:
        """What Prometheus evaluates."""
        return f"{self.measured} > {self.threshold:g}"

    @property
    def severity(self) -> str:
        """`page` wakes somebody, `warning` is read in the morning."""
        return "page" if self.felt and self.environment in PAGING else "warning"

    def as_yaml(self) -> dict[str, Any]:
        """Return the rule as Prometheus reads it."""
        labels = self.watched.labels if self.watched is not None else {"env": self.environment}
        return {
            "alert": self.alert,
            "expr": self.expression,
            "for": self.lasting,
            "labels": {"severity": self.severity, **labels},
            "annotations": {
                "summary": self.summary,
                "description": f"{{{{ $value | humanize }}}}, and {self.threshold:g} is the threshold: {self.source}.",
                "to_do": self.to_do,
            },
        }
