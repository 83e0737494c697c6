"""The names of a new entity or service: derived from one another, and refused where they would not work."""

from __future__ import annotations

import builtins
import keyword
import re
import sys
from dataclasses import dataclass
from importlib.util import find_spec

import dbkit
from dbkit.types import filter as filters
from dbkit.types import page, value
from dbkit.types.errors import ConfigurationInvalid

__all__ = ["EntityName", "ServiceName", "require_short", "with_article"]

_WORDS = re.compile(r"[a-z][a-z0-9]*(_[a-z][a-z0-9]*)*")
_IDENTIFIER_LENGTH_MAX = 63
_USED = frozenset(
    {*value.__all__, *filters.__all__, *page.__all__, "Any", "Base", "Decimal", "Entity", "Field", "Verb"}
)
"""Class names that the files of an entity, or what is generated from them, import from elsewhere."""


@dataclass(frozen=True, slots=True)
class EntityName:
    """An entity's names: `order_line` in the singular, `order_lines` in the plural, and what follows from them."""

    singular: str
    plural: str

    @classmethod
    def parse(cls, name: str, plural: str | None = None) -> EntityName:
        """Return the names of an entity called `order_line`, `order-line` or `OrderLine`.

        Raises `ConfigurationInvalid` for what is no name of a module and of an attribute, or means something else.
        """
        singular = _in_words(name, "entity")
        found = cls(singular, _in_words(plural, "plural") if plural is not None else _plural_of(singular))
        found._require_use()
        return found

    @property
    def noun(self) -> str:
        """The value's class: `OrderLine`."""
        return "".join(word.capitalize() for word in self.singular.split("_"))

    @property
    def constant(self) -> str:
        """The entity's constant: `ORDER_LINES`."""
        return self.plural.upper()

    @property
    def words(self) -> str:
        """The singular for people: `order line`."""
        return self.singular.replace("_", " ")

    @property
    def plural_words(self) -> str:
        """The plural for people: `order lines`."""
        return self.plural.replace("_", " ")

    def _require_use(self) -> None:
        if self.singular == self.plural:
            raise _refused(
                f"{self.singular} is its own plural", "Say another by --plural: it names table and attribute."
            )
        if self.noun in _USED or hasattr(builtins, self.noun):
            raise _refused(f"the class {self.noun} would hide the one of dbkit or Python", "Choose another name.")
        for name in (self.singular, self.plural):
            if keyword.iskeyword(name):
                raise _refused(f"{name} is a word of Python", "Choose another name, or another --plural.")
        if any(hasattr(base, self.plural) for base in (dbkit.BaseDatabase, dbkit.BaseTransaction)):
            raise _refused(f"every database has {self.plural} already", "Say another plural by --plural.")


@dataclass(frozen=True, slots=True)
class ServiceName:
    """A service's names: its package, its project, and its database class."""

    package: str
    database: str

    @classmethod
    def parse(cls, name: str, database: str | None = None) -> ServiceName:
        """Return the names of a service called `widget_service`, `widget-service` or `WidgetService`.

        Raises `ConfigurationInvalid` for what is no name of a package, or of one that is there already.
        """
        package = _in_words(name, "service")
        if package in sys.stdlib_module_names or keyword.iskeyword(package) or package in ("tests", "dbkit"):
            raise _refused(f"{package} means something else already", "Choose another name.")
        if find_spec(package) is not None:
            raise _refused(f"a package {package} is installed already", "Choose another name, or remove that one.")
        stem = package.removesuffix("_service")
        return cls(package, _class_name(database) if database is not None else f"{_camel(stem)}Database")

    @property
    def project(self) -> str:
        """The name of the distribution, and of its folder: `widget-service`."""
        return self.package.replace("_", "-")

    @property
    def title(self) -> str:
        """The name for people: `Widget service`."""
        return self.package.replace("_", " ").capitalize()

    @property
    def transaction(self) -> str:
        """The class of its transactions: `ShopTransaction`."""
        return f"{self.database.removesuffix('Database') or self.database}Transaction"

    @property
    def attribute(self) -> str:
        """The variable that holds the application's database: `shop`."""
        return re.sub(r"(?<=[a-z0-9])(?=[A-Z])", "_", self.database).lower()


def require_short(names: list[str]) -> None:
    """Raise `ConfigurationInvalid` for a name of a table, constraint or index that PostgreSQL would cut off."""
    long = [name for name in names if len(name) > _IDENTIFIER_LENGTH_MAX]
    if long:
        raise _refused(
            f"PostgreSQL cuts names at {_IDENTIFIER_LENGTH_MAX} characters, and this would have {long[0]}",
            "Choose a shorter name or --plural.",
        )


def with_article(words: str) -> str:
    """Return words with `a` or `an` in front."""
    return f"an {words}" if words[0] in "aeiou" else f"a {words}"


def _in_words(name: str, what: str) -> str:
    words = re.sub(r"(?<=[a-z0-9])(?=[A-Z])", "_", name.strip())
    words = re.sub(r"[\s-]+", "_", words).lower()
    if not _WORDS.fullmatch(words):
        raise _refused(
            f"{name!r} is no name for {with_article(what)}", "Use letters and digits: order_line, or OrderLine."
        )
    return words


def _class_name(name: str) -> str:
    if not re.fullmatch(r"[A-Z][A-Za-z0-9]*", name) or keyword.iskeyword(name):
        raise _refused(f"{name!r} is no name of a class", "Use letters and digits, the first in upper case: Shop.")
    if name in ("Database", "Repositories", "Transaction") or name.startswith("Async"):
        raise _refused(f"the class {name} would hide another one", "Choose another name.")
    return name


def _camel(words: str) -> str:
    return "".join(word.capitalize() for word in words.split("_"))


def _plural_of(singular: str) -> str:
    """Return a regular plural; of others, the caller says it."""
    if re.search(r"[^aeiou]y$", singular):
        return f"{singular[:-1]}ies"
    return f"{singular}es" if re.search(r"(s|x|z|ch|sh)$", singular) else f"{singular}s"


def _refused(what: str, advice: str) -> ConfigurationInvalid:
    return ConfigurationInvalid(what, fields=("name",), advice=advice)
