"""What can be imported is what is meant to be."""

from __future__ import annotations

import importlib
import re
from collections.abc import Sequence

import pytest

import dbkit
import dbkit.types
import dbkit.types.errors
from tests.architecture.sources import Source, sources

ROOT_NAMES_MAX = 22


def _sorted(names: Sequence[str]) -> list[str]:
    """Constants, then classes, then functions, each by alphabet."""
    kind = {True: 0, False: 1}
    return sorted(names, key=lambda name: (kind[name.isupper()], name[0].islower(), name))


def _module_name(source: Source) -> str:
    return re.sub(r"(/__init__)?\.py$", "", source.name).replace("/", ".")


def _with_names() -> list[Source]:
    return [source for source in sources("dbkit") if "\n__all__ = [" in source.text]


def test_the_root_is_small() -> None:
    assert len(dbkit.__all__) < ROOT_NAMES_MAX
    assert dbkit.__all__ == _sorted(dbkit.__all__)
    assert set(dbkit.__all__) <= set(dir(dbkit))


def test_the_root_refuses_other_names() -> None:
    with pytest.raises(AttributeError, match="dbkit"):
        getattr(dbkit, "Databse")  # noqa: B009 (a type checker would refuse the attribute)


def test_errors_are_names_of_types() -> None:
    errors = {
        name
        for name, value in vars(dbkit.types.errors).items()
        if isinstance(value, type) and issubclass(value, Exception)
    }
    assert errors <= set(dbkit.types.__all__)


@pytest.mark.parametrize("source", _with_names(), ids=_module_name)
def test_names_of_a_module(source: Source) -> None:
    module = importlib.import_module(_module_name(source))
    assert module.__all__ == _sorted(module.__all__)
    assert not [name for name in module.__all__ if name.startswith("_")]
    assert not [name for name in module.__all__ if not hasattr(module, name)]
