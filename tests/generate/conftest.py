from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from dbkit.generate.package import Package

FILES = {
    "__init__.py": '"""A library."""\n\nfrom __future__ import annotations\n\nfrom library.database import Library\n',
    "types/__init__.py": '"""Values."""\n\nfrom library.types._sync.book import BookRepository\n',
    "types/shelf.py": '''"""Shelves."""

from __future__ import annotations

from typing import NewType

from dbkit.types import Filter, Text, Value

ShelfName = NewType("ShelfName", str)


class NewShelf(Value):
    """A shelf to put up."""

    name: ShelfName
    room: Text = ""


class Shelf(NewShelf):
    """A shelf."""


class ShelfFilter(Filter):
    """Which shelves to list."""

    room: Text | None = None
''',
    "types/book.py": '''"""Books."""

from __future__ import annotations

from typing import NewType
from uuid import UUID

from pydantic import Field

from dbkit.types import EveryTenant, Filter, Integer, Text, Value, identifier

from .shelf import ShelfName

BookId = NewType("BookId", UUID)


class NewBook(Value):
    """A book to add."""

    shelf: ShelfName
    id: BookId = Field(default_factory=identifier(BookId))
    title: Text


class Book(NewBook):
    """A book of the library."""

    version: Integer


class BookFilter(Filter):
    """Which books to list."""

    shelf: ShelfName | EveryTenant
''',
    "models/__init__.py": '''"""The models."""

from library.models.book import BOOKS
from library.models.shelf import SHELVES

ENTITIES = (SHELVES, BOOKS)
''',
    "models/shelf.py": '''"""The model of shelves."""

from __future__ import annotations

from sqlalchemy import CheckConstraint, MetaData, Text, func, text
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column

import dbkit
from dbkit.models import NAMING_CONVENTION
from library.types.shelf import NewShelf, Shelf, ShelfFilter


class Base(DeclarativeBase):
    metadata = MetaData(naming_convention=NAMING_CONVENTION)


class ShelfModel(Base):
    __tablename__ = "shelves"

    name: Mapped[str] = mapped_column(Text(collation="C"), primary_key=True)
    room: Mapped[str] = mapped_column(Text(collation="C"), server_default=text("\'\'"))

    __table_args__ = (CheckConstraint(func.length(room) < 5, name="room"),)


SHELVES = dbkit.Entity(ShelfModel, new=NewShelf, value=Shelf, filter=ShelfFilter)
''',
    "models/book.py": '''"""The model of books."""

from __future__ import annotations

from uuid import UUID

from sqlalchemy import ForeignKey, Text, Uuid, text
from sqlalchemy.orm import Mapped, mapped_column

import dbkit
from library.models.shelf import Base
from library.types.book import Book, BookFilter, NewBook


class BookModel(Base):
    __tablename__ = "books"

    shelf: Mapped[str] = mapped_column(Text(collation="C"), ForeignKey("shelves.name"), primary_key=True)
    id: Mapped[UUID] = mapped_column(Uuid(), primary_key=True)
    title: Mapped[str] = mapped_column(Text(collation="C"))
    version: Mapped[int] = mapped_column(server_default=text("1"))


BOOKS = dbkit.Entity(BookModel, new=NewBook, value=Book, filter=BookFilter)
''',
    "operations/__init__.py": "",
    "operations/_async/__init__.py": "",
    "operations/_async/shelf.py": '''"""Shelves beyond the verbs."""

from __future__ import annotations

from collections.abc import AsyncIterator

import dbkit
from library.types.book import Book, BookFilter
from library.types.shelf import ShelfName


class AsyncShelfOperations(dbkit.AsyncOperations):
    """The operations of shelves."""

    async def books(self, name: ShelfName) -> AsyncIterator[Book]:
        """Yield the books of a shelf."""
        async for book in self._unit.books.iterate(BookFilter(shelf=name)):
            yield book

    async def is_full(self, name: ShelfName, *, books_max: int = 2) -> bool:
        """Tell whether a shelf has no place left."""
        books: int = await self._unit.books.count(BookFilter(shelf=name))
        return books >= books_max
''',
    "database.py": '''"""The library's databases."""

from __future__ import annotations

import dbkit
from library.models.book import BOOKS
from library.models.shelf import SHELVES
from library.operations._sync.shelf import ShelfOperations
from library.types._sync.book import BookTransactionRepository
from library.types._sync.shelf import ShelfTransactionRepository


class LibraryTransaction(dbkit.BaseTransaction):
    """A transaction of a library's database."""

    shelves: ShelfTransactionRepository = dbkit.repository(SHELVES, ShelfOperations)
    books: BookTransactionRepository = dbkit.repository(BOOKS)


class Library(dbkit.BaseDatabase[LibraryTransaction]):
    """A library's database."""

    shelves: ShelfTransactionRepository = dbkit.repository(SHELVES, ShelfOperations)
    books: BookTransactionRepository = dbkit.repository(BOOKS)
''',
}


@pytest.fixture
def library(tmp_path: Path) -> Package:
    """A package of a team's own, in which nothing has been generated yet."""
    folder = tmp_path / "library"
    for name, text in FILES.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text)
    return Package("library", folder)


@pytest.fixture
def importable(library: Package, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Let a test import the package, and forget it afterwards."""
    monkeypatch.syspath_prepend(str(library.root))
    yield
    for name in [name for name in sys.modules if name.partition(".")[0] == "library"]:
        del sys.modules[name]
