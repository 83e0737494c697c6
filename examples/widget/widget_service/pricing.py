"""What changes many prices at once."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal

from dbkit.types import StaleVersion

from widget_service.types._async.widget import AsyncWidgetRepository
from widget_service.types.store import StoreSlug
from widget_service.types.widget import Stage, WidgetFilter

__all__ = ["Discounted", "discount"]

_CENT = Decimal("0.01")


@dataclass(frozen=True, slots=True)
class Discounted:
    """How many widgets are cheaper now, and how many somebody else was changing at the time."""

    changed: int
    skipped: int


async def discount(widgets: AsyncWidgetRepository, store: StoreSlug, percent: int) -> Discounted:
    """Lower the price of all listed widgets of a store, one after the other.

    A widget that changes under its hands is left as it is: whoever changed it has seen a price.
    """
    changed = skipped = 0
    async for widget in widgets.iterate(WidgetFilter(store=store, stage=Stage.LISTED)):
        assert widget.price is not None, "a check of the table says so"
        price = (widget.price * (100 - percent) / 100).quantize(_CENT, ROUND_HALF_UP)
        try:
            await widgets.update(store, widget.id, expected_version=widget.version, price=price)
        except StaleVersion:
            skipped += 1
        else:
            changed += 1
    return Discounted(changed, skipped)
