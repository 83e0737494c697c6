"""factory-boy's own features, in classes that a team declares for its entities."""

from __future__ import annotations

from typing import Any

import factory
import pytest
from factory import fuzzy

import dbkit
from dbkit.mock.factories import PRESENT, BaseFactories, EntityFactory, Factories, Trait, factory_of
from dbkit.models import CONNECTIONS
from dbkit.types import CheckFailed, ConfigurationInvalid, ConnectionStatus, ValueInvalid
from tests.factories import shop
from tests.factories.shop import SHOPS, WIDGETS, NewWidget, WidgetStatus

hooks: list[tuple[str, bool]] = []


class ShopFactory(EntityFactory):
    class Meta:
        entity = SHOPS

    class Params:
        with_stock = Trait(
            stock=factory.RelatedFactoryList(
                "tests.factories.test_declarations.WidgetFactory", factory_related_name="shop", size=3
            )
        )

    name = factory.Sequence("Shop {}".format)


class WidgetFactory(EntityFactory):
    class Meta:
        entity = WIDGETS

    class Params:
        prefix = "w"
        best = Trait(grade=5, name=factory.LazyAttribute(lambda widget: f"{widget.prefix} best"))
        sold = Trait(status=WidgetStatus.SOLD, sold_at=PRESENT)
        sold_best = Trait(best=True, sold=True)

    shop = factory.SubFactory(ShopFactory)
    name = factory.LazyAttribute(lambda widget: f"{widget.prefix}{widget.grade} {str(widget.id)[-6:]}")

    @factory.post_generation
    def noted(self: NewWidget, create: bool, extracted: str | None, **_: Any) -> None:
        hooks.append((extracted or self.name, create))


@pytest.fixture
def make() -> BaseFactories:
    hooks.clear()
    return BaseFactories(7, shop.ENTITIES, factories=[ShopFactory, WidgetFactory])


@pytest.fixture
def db() -> Any:
    with dbkit.connect("memory://", database=shop.ShopDatabase) as database:
        yield database


def test_declarations_see_the_fields_that_nothing_declares(make: BaseFactories) -> None:
    widget = make.of(WIDGETS).build()
    assert widget.name == f"w3 {str(widget.id)[-6:]}"


def test_what_is_given_goes_before_what_is_declared(make: BaseFactories) -> None:
    assert make.of(WIDGETS).build(name="given").name == "given"
    assert make.of(WIDGETS).build(prefix="x", grade=4).name.startswith("x4 ")


def test_a_sub_factory_makes_the_parent(make: BaseFactories, db: shop.ShopDatabase) -> None:
    one, other = make.of(WIDGETS).create_batch(2, db)
    assert one.shop_id != other.shop_id
    assert [db.shops.get(each.shop_id).name for each in (one, other)] == ["Shop 0", "Shop 1"]
    named = make.of(WIDGETS).create(db, shop__name="Corner")
    assert db.shops.get(named.shop_id).name == "Corner"
    given = make.of(WIDGETS).create(db, shop=db.shops.get(one.shop_id))
    assert given.shop_id == one.shop_id


def test_sequences_begin_anew_with_each_factories() -> None:
    for _ in range(2):
        make = BaseFactories(7, shop.ENTITIES, factories=[ShopFactory])
        assert [each.name for each in make.of(SHOPS).build_batch(2)] == ["Shop 0", "Shop 1"]


def test_traits_may_compute_and_ask_for_each_other(make: BaseFactories) -> None:
    widget = make.of(WIDGETS).trait("sold_best").build()
    assert (widget.name, widget.grade, widget.status) == ("w best", 5, WidgetStatus.SOLD)
    assert widget.sold_at is not None
    assert make.of(WIDGETS).trait("best").build(prefix="p").name == "p best"


def test_related_factories_make_children(make: BaseFactories, db: shop.ShopDatabase) -> None:
    stocked = make.of(SHOPS).trait("with_stock").create(db)
    assert db.widgets.count(shop.WidgetFilter(shop_id=stocked.id)) == 3
    graded = make.of(SHOPS).trait("with_stock").create(db, stock__grade=5)
    assert {widget.grade for widget in db.widgets.iterate(shop.WidgetFilter(shop_id=graded.id))} == {5}


def test_hooks_run_with_the_new_value_and_know_whether_it_is_stored(make: BaseFactories, db: shop.ShopDatabase) -> None:
    make.of(WIDGETS).build(noted="built")
    make.of(WIDGETS).create(db, noted="created")
    assert hooks == [("built", False), ("created", True)]


def test_what_is_drawn_by_chance_follows_from_the_seed() -> None:
    class ChanceFactory(EntityFactory):
        class Meta:
            entity = SHOPS

        name = factory.Faker("city")
        id = factory.LazyFunction(shop.NewShop.model_fields["id"].get_default)

    class FuzzyFactory(EntityFactory):
        class Meta:
            entity = WIDGETS

        grade = fuzzy.FuzzyInteger(1, 5)

    def drawn(seed: int) -> list[Any]:
        make = BaseFactories(seed, shop.ENTITIES, factories=[FuzzyFactory])
        named = BaseFactories(seed, shop.ENTITIES, factories=[ChanceFactory])
        return [
            *(each.grade for each in make.of(WIDGETS).build_batch(20)),
            *(each.name for each in named.of(SHOPS).build_batch(5, id=shop.ShopId(make.of(SHOPS).build().id))),
        ]

    assert drawn(3) == drawn(3)
    assert drawn(3) != drawn(4)


def test_a_declaration_that_breaks_a_rule_is_refused() -> None:
    class WorstFactory(EntityFactory):
        class Meta:
            entity = WIDGETS

        sold_at = factory.LazyFunction(dbkit.types.now)
        status = WidgetStatus.IN_STOCK

    class StrangeFactory(EntityFactory):
        class Meta:
            entity = WIDGETS

        colour = factory.LazyAttribute(lambda _: "red")

    with pytest.raises(CheckFailed) as raised:
        BaseFactories(7, shop.ENTITIES, factories=[WorstFactory]).of(WIDGETS).build()
    assert raised.value.constraint == "ck_widgets_sold_at"
    with pytest.raises(ValueInvalid, match="colour"):
        BaseFactories(7, shop.ENTITIES, factories=[StrangeFactory]).of(WIDGETS).build()


def test_what_is_declared_settles_the_fields_around_it() -> None:
    class SoldFactory(EntityFactory):
        class Meta:
            entity = WIDGETS

        sold_at = factory.LazyFunction(dbkit.types.now)

    assert BaseFactories(7, shop.ENTITIES, factories=[SoldFactory]).of(WIDGETS).build().status is WidgetStatus.SOLD


def test_a_caller_may_give_declarations(make: BaseFactories) -> None:
    named = Factories().project.build_batch(2, name=factory.Sequence("Project {}".format))
    assert [each.name for each in named] == ["Project 0", "Project 1"]


def test_what_factory_boy_refuses_names_the_class(make: BaseFactories) -> None:
    class CyclicFactory(EntityFactory):
        class Meta:
            entity = SHOPS

        name = factory.LazyAttribute(lambda row: row.name)

    with pytest.raises(ConfigurationInvalid, match=r"CyclicFactory cannot be evaluated: CyclicDefinitionError"):
        BaseFactories(7, shop.ENTITIES, factories=[CyclicFactory]).of(SHOPS).build()
    with pytest.raises(ConfigurationInvalid, match="InvalidDeclarationError") as raised:
        make.of(WIDGETS).build(owner__name="nobody")
    assert raised.value.entity == "widgets"
    with pytest.raises(ConfigurationInvalid, match="ProjectFactory"):
        Factories().project.build(owner__name="nobody")


def test_dbkits_own_factories_can_be_extended(make: BaseFactories) -> None:
    class ConnectionFactory(factory_of(CONNECTIONS)):  # type: ignore[misc]
        class Params:
            named = Trait(provider_workspace_ref=factory.Sequence("workspace {}".format))

    extended = Factories(factories=[ConnectionFactory])
    assert extended.connection.trait("named").build().provider_workspace_ref == "workspace 0"
    assert extended.connection.broken.build().status is ConnectionStatus.BAD_CREDENTIALS


def test_the_base_is_abstract() -> None:
    class BetterFactory(EntityFactory):
        class Meta:
            abstract = True

    assert BetterFactory._meta.model is None
