"""Unit tests: mocks say what the database would, a change by somebody else at the worst moment included."""

from __future__ import annotations

from decimal import Decimal

from dbkit.mock import in_turn
from dbkit.types import StaleVersion

from widget_service.database import Shop
from widget_service.factories.typed import Factories
from widget_service.mock import AsyncMockWidgets
from widget_service.pricing import Discounted, discount
from widget_service.types.widget import Stage


async def test_a_discount_rounds_to_cents(memory_db: Shop, make: Factories) -> None:
    widget = make.widget.priced.create(memory_db, price=Decimal("9.95"))
    mock = AsyncMockWidgets().with_iterate([widget]).with_update(widget).build()
    assert await discount(mock, widget.store, 10) == Discounted(changed=1, skipped=0)
    assert mock.calls.update[0].changes == {"price": Decimal("8.96")}


async def test_it_looks_at_listed_widgets_of_the_store_only(make: Factories) -> None:
    store = make.store.build()
    mock = AsyncMockWidgets().with_iterate([]).build()
    assert await discount(mock, store.slug, 10) == Discounted(changed=0, skipped=0)
    asked = mock.calls.iterate[0].filter
    assert (asked.store, asked.stage) == (store.slug, Stage.LISTED)


async def test_a_widget_that_somebody_else_changes_is_left_alone(memory_db: Shop, make: Factories) -> None:
    first, second = make.widget.priced.create_batch(2, memory_db)
    stale = StaleVersion(expected=1, actual=2, entity="widgets", key={})
    mock = AsyncMockWidgets().with_iterate([first, second]).with_update(in_turn(stale, second)).build()
    assert await discount(mock, first.store, 10) == Discounted(changed=1, skipped=1)
    assert [call.widget_id for call in mock.calls.update] == [first.id, second.id]
