"""Names are added to modules that people have written; the rest stays as it is."""

from __future__ import annotations

import ast

import pytest

from dbkit.generate.scaffold.insertion import with_element, with_element_of, with_export, with_import, with_line_after
from dbkit.types import ConfigurationInvalid

MODULE = '''"""Models."""

from __future__ import annotations

from typing import Any

from shop.models.base import Base
from shop.models.widget import (
    WIDGETS,
    WidgetModel,
)

__all__ = ["ENTITIES", "WIDGETS", "Base", "WidgetModel"]

ENTITIES: tuple[Any, ...] = (
    WIDGETS,  # the first of all
)
"""All entities."""
'''


def test_an_import_comes_at_its_place() -> None:
    before, after = with_import(MODULE, "shop.models.store", "StoreModel", "STORES"), "from shop.models.widget"
    assert f"from shop.models.store import STORES, StoreModel\n{after}" in before
    last = with_import(MODULE, "shop.models.zone", "ZONES")
    assert "    WidgetModel,\n)\nfrom shop.models.zone import ZONES\n" in last
    assert "from shop.actors import ACTORS\nfrom shop.models.base" in with_import(MODULE, "shop.actors", "ACTORS")


def test_an_import_into_a_module_that_has_no_like() -> None:
    assert (
        with_import("import os\n\nX = ()\n", "shop.store", "STORES")
        == "import os\nfrom shop.store import STORES\n\nX = ()\n"
    )


def test_exports_are_in_order() -> None:
    text = with_export(MODULE, "STORES", "StoreModel", "find")
    (exported,) = (node.value for node in ast.parse(text).body if ast.unparse(node).startswith("__all__"))
    assert ast.literal_eval(exported) == ["ENTITIES", "STORES", "WIDGETS", "Base", "StoreModel", "WidgetModel", "find"]


def test_an_element_comes_last_and_comments_stay() -> None:
    text = with_element(MODULE, "ENTITIES", "STORES")
    assert "    WIDGETS,  # the first of all\n    STORES,\n)\n" in text
    assert text.replace("    STORES,\n", "") == MODULE


@pytest.mark.parametrize("written", ["()", "(A,)", "(\n    A,\n)", "(A, B)", "[A]", "(\n    A, B\n)"])
def test_however_the_sequence_is_written(written: str) -> None:
    text = with_element(f"X = {written}  # why\n\ny = 1\n", "X", "Z")
    (sequence, other) = ast.parse(text).body
    assert ast.unparse(sequence).rstrip(")],").endswith("Z")
    assert ast.unparse(other) == "y = 1"
    assert "# why" in text


def test_an_element_of_a_mapping() -> None:
    text = with_element_of("AREAS = wrap({Area.A: (m.X,), Area.B: (\n    m.Y,\n)})\n", "AREAS", "B", "m.Z")
    assert ast.unparse(ast.parse(text)) == "AREAS = wrap({Area.A: (m.X,), Area.B: (m.Y, m.Z)})"


def test_a_line_behind_others() -> None:
    def is_number(node: ast.stmt) -> bool:
        return isinstance(node, ast.Assign) and isinstance(node.value, ast.Constant)

    assert (
        with_line_after("a = 1\nb = (\n    2\n)\nc = d\n", is_number, "e = 3")
        == "a = 1\nb = (\n    2\n)\ne = 3\nc = d\n"
    )


@pytest.mark.parametrize("text", ["", "ENTITIES = tuple(found())\n", "other = (1,)\n"])
def test_a_module_that_is_written_otherwise_is_refused(text: str) -> None:
    with pytest.raises(ConfigurationInvalid, match="no place for ENTITIES"):
        with_element(text, "ENTITIES", "STORES")
    with pytest.raises(ConfigurationInvalid, match="no place"):
        with_element_of(text, "ENTITIES", "B", "m.Z")
