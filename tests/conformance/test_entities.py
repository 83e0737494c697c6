"""The suite for dbkit's own entities."""

from __future__ import annotations

from dbkit.models import ENTITIES
from dbkit.testing import ConformanceSuite


class TestEntities(ConformanceSuite):
    entities = ENTITIES
