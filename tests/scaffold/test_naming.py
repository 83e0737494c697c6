"""Names of new entities and services: derived, and refused where they would not work."""

from __future__ import annotations

import pytest

from dbkit.generate.scaffold.naming import EntityName, ServiceName, require_short
from dbkit.types import ConfigurationInvalid


@pytest.mark.parametrize("given", ["order_line", "order-line", "order line", "OrderLine", " orderLine "])
def test_an_entity_goes_by_its_words(given: str) -> None:
    name = EntityName.parse(given)
    assert (name.singular, name.plural, name.noun) == ("order_line", "order_lines", "OrderLine")
    assert (name.constant, name.words, name.plural_words) == ("ORDER_LINES", "order line", "order lines")


@pytest.mark.parametrize(
    ("singular", "plural"),
    [("box", "boxes"), ("category", "categories"), ("day", "days"), ("batch", "batches"), ("status", "statuses")],
)
def test_regular_plurals(singular: str, plural: str) -> None:
    assert EntityName.parse(singular).plural == plural


def test_an_irregular_plural_is_said() -> None:
    assert EntityName.parse("person", "people").plural == "people"


@pytest.mark.parametrize(
    ("given", "plural", "reason"),
    [
        ("", None, "is no name"),
        ("7up", None, "is no name"),
        ("widget.py", None, "is no name"),
        ("../widget", None, "is no name"),
        ("line_1", None, "is no name"),
        ("größe", None, "is no name"),
        ("class", None, "word of Python"),
        ("is", "is_many", "word of Python"),
        ("pas", "pass", "word of Python"),
        ("value", None, "would hide"),
        ("filter", None, "would hide"),
        ("page", None, "would hide"),
        ("exception", None, "would hide"),
        ("sheep", "sheep", "its own plural"),
        ("run", "run", "its own plural"),
        ("widget", "transaction", "every database has"),
        ("widget", "Execute", "every database has"),
    ],
)
def test_what_is_no_entity_s_name(given: str, plural: str | None, reason: str) -> None:
    with pytest.raises(ConfigurationInvalid, match=reason) as refused:
        EntityName.parse(given, plural)
    assert refused.value.to_do


@pytest.mark.parametrize("given", ["gadget_service", "gadget-service", "GadgetService"])
def test_a_service_goes_by_its_package(given: str) -> None:
    name = ServiceName.parse(given, "Shop")
    assert (name.package, name.project, name.title) == ("gadget_service", "gadget-service", "Gadget service")
    assert (name.database, name.transaction, name.attribute) == ("Shop", "ShopTransaction", "shop")


def test_a_database_is_named_after_its_service() -> None:
    name = ServiceName.parse("billing_service")
    assert (name.database, name.transaction, name.attribute) == (
        "BillingDatabase",
        "BillingTransaction",
        "billing_database",
    )


@pytest.mark.parametrize(
    ("given", "database", "reason"),
    [
        ("json", None, "means something else"),
        ("tests", None, "means something else"),
        ("dbkit", None, "means something else"),
        ("pydantic", None, "is installed already"),
        ("a/b", None, "is no name"),
        ("orders", "shop", "is no name of a class"),
        ("orders", "AsyncShop", "would hide"),
        ("orders", "Database", "would hide"),
    ],
)
def test_what_is_no_service_s_name(given: str, database: str | None, reason: str) -> None:
    with pytest.raises(ConfigurationInvalid, match=reason):
        ServiceName.parse(given, database)


def test_a_name_that_postgresql_would_cut_is_refused() -> None:
    require_short(["x" * 63])
    with pytest.raises(ConfigurationInvalid, match="63"):
        require_short(["x" * 64])
