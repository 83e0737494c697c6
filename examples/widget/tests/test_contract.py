"""Contract tests: every promise of every entity, in memory and on PostgreSQL, sync and async."""

from __future__ import annotations

from dbkit.testing import ConformanceSuite

from widget_service.models import ENTITIES


class TestShop(ConformanceSuite):
    entities = ENTITIES
