from __future__ import annotations

from typing import Any

import pytest

from benchmarks.ways.catalogue import ASYNC_WAYS, WAYS
from benchmarks.works import WORKS
from benchmarks.world import World
from tests.benchmarks._async.same_work import async_check
from tests.benchmarks._sync.same_work import check

_VERBS = dict.fromkeys(work.verb for work in WORKS)


def _cases(kinds: tuple[type[Any], ...]) -> list[Any]:
    return [
        pytest.param(kind, verb, id=f"{kind.label}-{verb}".replace(" ", "_"))
        for kind in kinds
        for verb in _VERBS
        if kind("").does(verb)
    ]


@pytest.mark.parametrize(("kind", "verb"), _cases(WAYS))
def test_a_way_does_the_work(world: World, kind: Any, verb: str) -> None:
    check(world, kind, verb)


@pytest.mark.parametrize(("kind", "verb"), _cases(ASYNC_WAYS))
async def test_an_async_way_does_the_work(world: World, kind: Any, verb: str) -> None:
    await async_check(world, kind, verb)
