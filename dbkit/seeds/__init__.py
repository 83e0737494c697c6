"""Seed data: a small world in files, one for each table, and generated worlds of any size."""

from __future__ import annotations

from dbkit.seeds._async.loading import async_load
from dbkit.seeds._sync.loading import load
from dbkit.seeds.files import small_world, world_in
from dbkit.seeds.generated import generated_world
from dbkit.seeds.report import SeedReport
from dbkit.seeds.world import World

__all__ = ["SeedReport", "World", "async_load", "generated_world", "load", "small_world", "world_in"]
