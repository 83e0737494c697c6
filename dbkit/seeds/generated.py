"""Generated worlds: rows of any number that fit together."""

from __future__ import annotations

from dbkit.seeds.world import World

__all__ = ["generated_world"]


def generated_world(organizations: int, *, seed: int = 0) -> World:
    """Return a world of so many organizations: a few large, many small.

    The same number and seed give the same rows with the same identifiers. An organization is as
    large as Zipf's law says of its rank: the first has most projects, connections and operations.
    Raises `ConfigurationInvalid` where factory-boy is not installed.
    """
    from dbkit.seeds.generator import Generator

    return Generator(organizations, seed).world()
