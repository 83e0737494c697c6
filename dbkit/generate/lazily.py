"""Writes a package's module whose names are imported at their first use."""

from __future__ import annotations

from dbkit.generate.names import Names, exported

__all__ = ["lazy_module"]

_FOUND_AT_FIRST_USE = """
def __getattr__(name: str) -> Any:
    if name not in _HOMES:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    value = getattr(import_module(_HOMES[name]), name)
    globals()[name] = value
    return value


def __dir__() -> list[str]:
    return sorted({*globals(), *__all__})
"""


def lazy_module(header: str, what: str, names: Names) -> str:
    """Return a module that exports all these names; type checkers see them imported."""
    if not names.homes():
        return f'{header}"""{what}"""\n\nfrom __future__ import annotations\n\n__all__: list[str] = []\n'
    indented = "".join(f"    {line}\n" for line in names.lines().splitlines())
    imports = "from importlib import import_module\nfrom typing import TYPE_CHECKING, Any\n\n"
    parts = [
        f'{header}"""{what}"""',
        "from __future__ import annotations",
        f"{imports}if TYPE_CHECKING:\n{indented}",
        exported(names.homes()),
        f"_HOMES = {dict(sorted(names.homes().items()))}",
        _FOUND_AT_FIRST_USE,
    ]
    return "\n\n".join(parts) + "\n"
