"""Fields and lifecycles of new entities, as the command line names them."""

from __future__ import annotations

import pytest

from dbkit.generate.scaffold.fields import KINDS, Field, States
from dbkit.types import ConfigurationInvalid


def test_a_field_has_a_line_in_each_file() -> None:
    field = Field.parse("price:numeric(10,2)?")
    assert field.in_value == "price: Annotated[Decimal, numeric(10, 2)] | None = None"
    assert field.in_model == "price: Mapped[Decimal | None] = mapped_column(Numeric(10, 2))"
    assert field.in_filter == "price: Range[Decimal] | NullTest | None = None"


def test_a_required_field() -> None:
    field = Field.parse("note:text")
    assert (field.in_value, field.in_model) == ("note: Text", "note: Mapped[PlainText] = mapped_column()")


@pytest.mark.parametrize(
    "given",
    [
        "price",
        "price:",
        ":text",
        "price:money",
        "price:numeric",
        "price:text(3,4)",
        "Price:text",
        "a b:text",
        "x:text??",
    ],
)
def test_what_is_no_field(given: str) -> None:
    with pytest.raises(ConfigurationInvalid, match="is no field") as refused:
        Field.parse(given)
    assert all(kind in refused.value.to_do for kind in KINDS)


@pytest.mark.parametrize("name", ["id", "name", "status", "version", "deleted_at", "class", "model_config"])
def test_what_no_field_is_called(name: str) -> None:
    with pytest.raises(ConfigurationInvalid, match=f"cannot be called {name}"):
        Field.parse(f"{name}:text")


def test_states_follow_one_another() -> None:
    states = States.parse("draft, listed,retired")
    assert states.names == ("draft", "listed", "retired")
    assert states.steps == "{cls.DRAFT: frozenset({cls.LISTED}), cls.LISTED: frozenset({cls.RETIRED})}"


def test_no_states_are_no_lifecycle() -> None:
    assert States.parse(None).names == ()


@pytest.mark.parametrize("given", ["", "draft", "draft,draft", "draft,", "Draft,Listed", "draft,it's"])
def test_what_are_no_states(given: str) -> None:
    with pytest.raises(ConfigurationInvalid, match="are no states"):
        States.parse(given)
