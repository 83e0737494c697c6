"""The words that generated worlds are made of."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TypeVar

from dbkit.types.operation import OperationStatus

__all__ = [
    "COMPANIES",
    "FIRST_NAMES",
    "LAST_NAMES",
    "PROJECTS",
    "PROVIDERS",
    "STATUSES",
    "STATUS_WEIGHTS",
    "chosen",
]

ChosenT = TypeVar("ChosenT")

COMPANIES = (
    *("Acme", "Bluebird", "Cobalt", "Dune", "Ember", "Foxglove", "Granite", "Harbor", "Indigo", "Juniper", "Kestrel"),
    *("Lumen", "Meridian", "Nimbus", "Orchard", "Pinnacle", "Quarry", "Ripple", "Summit", "Tundra", "Umbra", "Vertex"),
)
PROJECTS = ("production", "staging", "sandbox", "demo")
FIRST_NAMES = ("Ada", "Björn", "Chen", "Dilnoza", "Émile", "Fatima", "Grace", "Hiro", "Inés", "Jürgen", "Katya", "Luís")
LAST_NAMES = ("Abe", "Berg", "Costa", "Diallo", "Evans", "Fischer", "García", "Hansen", "Ivanova", "Jones", "Kim", "Li")
PROVIDERS = (
    ("salesforce", "Salesforce"),
    ("hubspot", "HubSpot"),
    ("zendeskSupport", "Zendesk Support"),
    ("notion", "Notion"),
    ("slack", "Slack"),
)
STATUSES = (
    OperationStatus.COMPLETED,
    OperationStatus.FAILED,
    OperationStatus.RUNNING,
    OperationStatus.PENDING,
)
STATUS_WEIGHTS = (90, 6, 2, 2)


def chosen(words: Sequence[ChosenT], number: int) -> ChosenT:
    """Return the word of a number, beginning again after the last."""
    return words[(number - 1) % len(words)]
