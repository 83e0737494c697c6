"""What lies outside of the interface: refused by name, with the same error from both backends."""

from __future__ import annotations

from operator import methodcaller
from typing import Any

import pytest

from dbkit.types.errors import CursorInvalid, ValueInvalid
from dbkit.types.filter import AnyOf, Contains, Filter, IgnoringCase, Prefix, Range
from dbkit.types.value import Value
from dbkit.verbs.transaction import TransactionOptions
from tests.equivalence.values.both import Both, Call, Opened, answer
from tests.equivalence.values.kinds import KINDS
from tests.equivalence.values.shelf import SHELF


class OtherFilter(Filter):
    """A filter of no entity."""


class OtherValue(Value):
    """A value of no entity."""


@pytest.fixture
def both(opened: Opened) -> Both:
    """Rows that have text, four of them."""
    found = opened(SHELF.rows["code"])
    rows = [found.entity.new(id=number, value=text) for number, text in enumerate(("a", "b", None, "a"))]
    assert found.do(methodcaller("create_many", rows))
    return found


def refused_alike(both: Both, call: Call, error: type[Exception], fields: tuple[str, ...]) -> None:
    for repository in (both.twin, both.server):
        with pytest.raises(error) as caught:
            call(repository)
        assert caught.value.fields == fields
    assert answer(call, both.twin) == answer(call, both.server)


@pytest.mark.parametrize("filter_", [OtherFilter(), "value = 'a'", {"value": "a"}, 7])
@pytest.mark.parametrize("verb", ["page", "count", "iterate"])
def test_a_filter_of_something_else(both: Both, filter_: Any, verb: str) -> None:
    """A filter has to be the entity's own; text of SQL or a dict is none."""
    refused_alike(both, lambda books: [*asked(books, verb, filter_)], ValueInvalid, ("filter",))


def asked(books: Any, verb: str, filter_: Any) -> Any:
    found = getattr(books, verb)(filter_)
    return [found] if isinstance(found, int) else found


def test_a_filter_on_no_field(both: Both) -> None:
    """A field that the entity has not is refused where the filter is made, and where it skipped that."""
    with pytest.raises(ValueInvalid):
        both.entity.filter(colour="red")
    filter_ = both.entity.filter().model_copy(update={"colour": "red"})
    refused_alike(both, methodcaller("count", filter_), ValueInvalid, ("colour",))


@pytest.mark.parametrize(
    ("kind", "condition"),
    [
        ("whole", Prefix("1")),
        ("token", IgnoringCase("a")),
        ("flag", Contains(True)),
        ("document", Contains("a")),
        ("code", Contains("a")),
        ("tags", AnyOf(("a",), ("b",))),
        ("tags", Prefix("a")),
    ],
)
def test_a_condition_that_the_type_has_not(opened: Opened, kind: str, condition: Any) -> None:
    """Text alone has beginnings and cases, arrays alone contain, and of arrays nobody asks for any of several."""
    found = opened(SHELF.rows[kind])
    refused_alike(found, methodcaller("count", found.entity.filter(value=condition)), ValueInvalid, ("value",))


@pytest.mark.parametrize(
    "condition",
    [AnyOf.model_construct(values=7), Prefix.model_construct(text=7), IgnoringCase.model_construct(text=b"a")],
)
def test_a_condition_that_skipped_its_rules(both: Both, condition: Any) -> None:
    """A condition that was built without validation is refused as one that was not."""
    filter_ = both.entity.filter.model_construct(value=condition)
    refused_alike(both, methodcaller("count", filter_), ValueInvalid, ("value",))


@pytest.mark.parametrize("order", ["", "colour", "-", "--id", "id,value", "value desc", "-place", 7, ["id"], b"id"])
@pytest.mark.parametrize("verb", ["page", "iterate"])
def test_an_order_that_no_index_serves(both: Both, order: Any, verb: str) -> None:
    """An order is one of those that an index serves, by its name."""
    refused_alike(both, lambda books: [*getattr(books, verb)(order=order)], ValueInvalid, ("order",))


@pytest.mark.parametrize("limit", [0, -1, 1_001, True, 1.5, "5", None])
def test_a_limit_beyond_its_bounds(both: Both, limit: Any) -> None:
    """A page has 1 to 1,000 rows."""
    refused_alike(both, methodcaller("page", limit=limit), ValueInvalid, ("limit",))


@pytest.mark.parametrize("cursor", ["", "x", "\0", "\u00e9", "AAAA", "=" * 20, 7, b"AAAA"])
def test_a_cursor_from_nowhere(both: Both, cursor: Any) -> None:
    """A cursor that no page gave is refused."""
    refused_alike(both, methodcaller("page", after=cursor), CursorInvalid, ())


def test_a_cursor_of_another_query(both: Both) -> None:
    """A cursor goes with the filter and the order of its page, and with no other; a damaged one goes with none."""
    cursor = both.twin.page(limit=2).next
    for options in (
        {"order": "-id", "after": cursor},
        {"order": "value", "after": cursor},
        {"filter": both.entity.filter(value="a"), "after": cursor},
        {"after": cursor[:-1]},
        {"after": cursor[1:]},
        {"after": cursor.swapcase()},
    ):
        refused_alike(both, methodcaller("page", **options), CursorInvalid, ())


@pytest.mark.parametrize("order", ["id", "-id", "value", "-value"])
def test_a_cursor_leads_on_in_the_other_backend(both: Both, order: str) -> None:
    """Both backends give the same cursor after the same row, so that a test may keep one."""
    after = None
    for _ in range(2):
        twin, server = (books.page(order=order, limit=2, after=after) for books in (both.twin, both.server))
        assert twin == server
        after = twin.next
    assert after is None


@pytest.mark.parametrize("isolation", ["read uncommitted", "snapshot", "SERIALIZABLE", "", None, 7])
def test_an_isolation_level_that_there_is_not(isolation: Any) -> None:
    """Isolation levels are three, by their names; the refusal comes before any backend."""
    with pytest.raises(ValueInvalid) as caught:
        TransactionOptions(isolation)
    assert caught.value.fields == ("isolation",)


@pytest.mark.parametrize(
    ("call", "fields"),
    [
        (methodcaller("create", OtherValue()), ()),
        (methodcaller("create", {"id": 1}), ()),
        (methodcaller("create_many", [OtherValue()]), ()),
        (methodcaller("create_many", 7), ("new",)),
        (methodcaller("update", 1), ()),
        (methodcaller("update", 1, colour="red"), ("colour",)),
        (methodcaller("update", 1, id=2), ("id",)),
        (methodcaller("update", 1, expected_version=1, value="c"), ("expected_version",)),
        (methodcaller("get"), ("code_rows_id",)),
        (methodcaller("get", 1, 2), ("code_rows_id",)),
        (methodcaller("get", "1"), ("code_rows_id",)),
        (methodcaller("get", None), ("code_rows_id",)),
        (methodcaller("get_many", 1), ("code_rows_ids",)),
        (methodcaller("get_many", "1"), ("code_rows_ids",)),
        (methodcaller("delete", 1, expected_version=1), ("expected_version",)),
    ],
)
def test_arguments_that_a_verb_does_not_take(both: Both, call: Call, fields: tuple[str, ...]) -> None:
    """A verb refuses what it is not made for before a backend sees it."""
    refused_alike(both, call, ValueInvalid, fields)


@pytest.mark.parametrize("on", ["", "colour", "value", None, 7])
def test_an_upsert_on_no_unique_key(both: Both, on: Any) -> None:
    """`upsert` names one of the entity's unique keys."""
    new = both.entity.new(id=9)
    refused_alike(both, methodcaller("upsert", new, on=on), ValueInvalid, ("on",))


@pytest.mark.parametrize(
    ("asked_for", "kind"),
    [(Range(at_least="a", at_most=object()), "small"), (AnyOf("x", object()), "money"), (object(), "moment")],
)
def test_what_no_text_can_be_made_of(opened: Opened, asked_for: Any, kind: str) -> None:
    """An object that no JSON can be made of, and so no cursor, is refused with its field."""
    found = opened(SHELF.rows[kind])
    filter_ = found.entity.filter.model_construct(value=asked_for)
    refused_alike(found, methodcaller("page", filter_), ValueInvalid, ("value",))


def test_each_kind_has_its_values() -> None:
    """Of each kind there are values of its own class and of foreign ones, so that no test is about nothing."""
    assert all(len(kind.own) >= 2 and len(kind.foreign) >= 10 for kind in KINDS)
