"""Fields and lifecycles of new entities, as the command line names them."""

from __future__ import annotations

from pathlib import Path

import pytest

from dbkit.generate.package import Package
from dbkit.generate.scaffold.blueprint import Blueprint
from dbkit.generate.scaffold.fields import KINDS, Field, States
from dbkit.generate.scaffold.layout import Layout
from dbkit.generate.scaffold.naming import EntityName
from dbkit.generate.scaffold.texts import filled
from dbkit.memory import MemoryBackend
from dbkit.models.agreement import disagreements
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


@pytest.mark.parametrize(
    "name",
    [
        "id",
        "name",
        "status",
        "version",
        "deleted_at",
        "class",
        "model_x",
        "json",
        "copy",
        "conditions",
        "metadata",
        "text",
    ],
)
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


@pytest.mark.parametrize("optional", ["", "?"])
@pytest.mark.parametrize("kind", KINDS)
def test_value_and_model_agree_on_every_kind(kind: str, optional: str, tmp_path: Path) -> None:
    """A package with one entity with one field: the module of each is imported as it is written."""
    digits = "(10,2)" if kind == "numeric" else ""
    blueprint = Blueprint(EntityName.parse("thing"), (Field.parse(f"field:{kind}{digits}{optional}"),))
    layout = Layout(Package("planted", tmp_path / "planted"), tmp_path, tmp_path, tmp_path)
    identifier = 'ThingId = NewType("ThingId", UUID)'
    files = {
        "__init__.py": "",
        "types/__init__.py": "",
        "types/thing.py": blueprint.types(layout.names_of_types("Thing", None), identifier),
        "models/base.py": filled("service/package/models/base.py", {}),
        "models/thing.py": blueprint.model(layout.names_of_models("Thing", "thing")),
        "models/__init__.py": "from planted.models.thing import THINGS\n\nENTITIES = (THINGS,)\n",
    }
    for name, text in files.items():
        path = tmp_path / "planted" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text)
    with layout.package.entities() as (entity,):
        assert disagreements(entity) == []
        assert entity.table.c["field"].nullable is bool(optional)
        MemoryBackend((entity,))
