from __future__ import annotations

from tests.differential.comparing import difference
from tests.differential.orders import ORDERS, Order
from tests.differential.playing import Trace, play
from tests.differential.program import BEGIN, UNDO, Program, Step
from tests.differential.sides import Twin
from tests.differential.values import New


def _provider(name: str) -> New:
    return New("providers", {"slug": "one", "display_name": name, "base_url": "https://one.example/"})


_LET_GO_AT_ONCE = Program(
    (
        Step(0, "create", "providers", (_provider("first"),)),
        Step(0, BEGIN),
        Step(0, "delete", "providers", ("one",)),
        Step(1, "update", "providers", ("one",), {"display_name": "of who waits for the row"}),
        Step(2, "upsert", "providers", (_provider("of who waits for the key"),), {"on": "pk_providers"}),
        Step(0, UNDO),
    )
)


async def _played(seed: int) -> Trace:
    order = Order(seed)
    with order.applied():
        return await play(_LET_GO_AT_ONCE, Twin(order))


async def test_whoever_is_let_go_at_once_goes_first_in_some_order() -> None:
    traces = [await _played(seed) for seed in range(ORDERS)]
    names = {trace.rows["providers"][0]["Provider"]["display_name"] for trace in traces}
    assert names == {"of who waits for the row", "of who waits for the key"}


async def test_an_order_is_the_same_each_time() -> None:
    for seed in range(4):
        assert difference(await _played(seed), await _played(seed)) is None
