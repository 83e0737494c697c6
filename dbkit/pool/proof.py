"""The proof that a fleet fits its server, or what does not, and what would."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from dbkit.pool.counting import Scenario, pods_terminating, scenarios, wave_connections
from dbkit.pool.excess import Finding, Memory, findings, memory
from dbkit.pool.fitting import SIZED, Fit, fits_of, with_advice
from dbkit.pool.fleet import Fleet

__all__ = ["Proof", "prove"]


@dataclass(frozen=True, slots=True)
class Proof:
    """What was counted, what was found, what of each service would fit, and what is worth knowing besides."""

    fleet: Fleet
    scenarios: tuple[Scenario, ...]
    memory: Memory
    findings: tuple[Finding, ...]
    would_fit: tuple[Fit, ...] = ()
    notes: tuple[str, ...] = ()

    @property
    def fits(self) -> bool:
        """Whether nothing was found."""
        return not self.findings

    @property
    def peak(self) -> Scenario:
        """The scenario that takes most."""
        return max(self.scenarios, key=lambda scenario: scenario.total)

    @property
    def active(self) -> float:
        """How many connections are at work at a time, at rest."""
        return self.scenarios[0].total * self.fleet.utilisation_percent / 100


def prove(fleet: Fleet, more: tuple[Finding, ...] = (), notes: tuple[str, ...] = ()) -> Proof:
    """Count what a fleet opens and compare it with what the server has; `more` and `notes` are what others found."""
    found = findings(fleet)
    fits = fits_of(fleet) if any(finding.code in SIZED for finding in found) else ()
    advised = (*with_advice(fleet, found, fits), *more)
    return Proof(fleet, scenarios(fleet), memory(fleet), advised, fits, (*_notes(fleet), *notes))


def _notes(fleet: Fleet) -> Iterator[str]:
    waves = wave_connections(fleet)
    terminating = sum(each.connections(pods_terminating(each)) for each in fleet.services)
    if waves > terminating:
        short = waves - fleet.available
        left = f"{short} more than there are" if short > 0 else f"which fit into {fleet.available}"
        yield (
            f"if every terminating pod held on (Kubernetes counts a surge up to whole pods and does not count"
            f" terminating ones), {waves} would be open, {left}: pods have to give idle connections back at SIGTERM"
        )
