"""What is generated for a package of a team's own, and what happens to the files that are there."""

from __future__ import annotations

import os
import subprocess
import sys
from importlib import import_module
from pathlib import Path
from typing import Any

import pytest

import dbkit
from dbkit.generate import formatting
from dbkit.generate.comparing import Comparison
from dbkit.generate.generating import compared_package
from dbkit.generate.package import Package
from dbkit.mock import CallInvalid, NotStubbed, StubInvalid
from dbkit.types import ConfigurationInvalid
from tests.architecture.sources import PROJECT

GENERATED = {
    *(
        f"library/{folder}/{name}.py"
        for folder in ("types/calls", "mock/calls")
        for name in ("__init__", "book", "shelf")
    ),
    *(
        f"library/{folder}/{colour}/{name}.py"
        for folder in ("types", "mock")
        for colour in ("_async", "_sync")
        for name in ("__init__", "book", "shelf")
    ),
    *(f"library/operations/_sync/{name}.py" for name in ("__init__", "shelf")),
    "library/mock/__init__.py",
}


def names(comparison: Comparison) -> set[str]:
    return {comparison.name(path) for path in comparison.stale}


def test_all_files(library: Package) -> None:
    comparison = compared_package(library)
    assert names(comparison) == GENERATED
    comparison.write()
    assert compared_package(library).is_clean
    assert "library" not in sys.modules


def test_it_says_what_generates_it(library: Package) -> None:
    compared_package(library).write()
    header = "# Generated from values and models by `dbkit generate`; edit those instead.\n"
    assert library.path("types", "_async", "book.py").read_text().startswith(header)
    twin = "# Generated from library/types/_async/book.py by `dbkit generate`; edit that file instead.\n"
    assert library.path("types", "_sync", "book.py").read_text().startswith(twin + header)


@pytest.mark.usefixtures("importable")
def test_the_package_works(library: Package) -> None:
    compared_package(library).write()
    shelves, books = import_module("library.types.shelf"), import_module("library.types.book")
    with dbkit.connect("memory://", database=import_module("library").Library) as db:
        db.shelves.create(shelves.NewShelf(name="poetry"))
        book = db.books.create(books.NewBook(shelf="poetry", title="Leaves of Grass"))
        assert list(db.shelves.books("poetry")) == [book]
        mock = import_module("library.mock").MockShelves().with_is_full(True).otherwise(db).build()
        assert mock.is_full("poetry")
        assert list(mock.books("poetry")) == [book]
        assert mock.calls.is_full[0].books_max == 2
        with dbkit.using(db):
            assert dbkit.current() is db


@pytest.mark.usefixtures("importable")
async def test_its_mocks_are_strict(library: Package) -> None:
    compared_package(library).write()
    mocks: Any = import_module("library.mock")
    shelf = import_module("library.types.shelf").Shelf(name="poetry", room="A1")
    mock = mocks.AsyncMockShelves().with_get(shelf).unverified().build()
    assert await mock.get(name="poetry") == shelf
    with pytest.raises(CallInvalid, match="name is ShelfName"):
        await mock.get(5)
    with pytest.raises(NotStubbed, match=r"AsyncMockShelves\(\).with_is_full"):
        await mock.is_full("poetry")
    with pytest.raises(StubInvalid, match="ck_shelves_room"):
        mocks.AsyncMockShelves().with_get(shelf.model_copy(update={"room": "upstairs"}))


def test_type_checkers_accept_it(library: Package) -> None:
    compared_package(library).write()
    # From the project, whose cache knows dbkit already.
    environment = {**os.environ, "MYPYPATH": str(library.root)}
    command = [sys.executable, "-m", "mypy", *(str(library.path(name)) for name in ("types", "mock", "database.py"))]
    done = subprocess.run(command, cwd=PROJECT, env=environment, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout


def test_what_is_stale_missing_extra_or_edited_is_found(library: Package) -> None:
    compared_package(library).write()
    model = library.path("models", "shelf.py")
    model.write_text(
        model.read_text().replace("Filter)\n", "Filter, without=frozenset({dbkit.models.Verb.PAGE}))\n", 1)
    )
    edited = library.path("mock", "_async", "book.py")
    edited.write_text(edited.read_text() + "\n\nedited = True\n")
    twin = library.path("operations", "_sync", "shelf.py")
    twin.write_text(twin.read_text().replace(">= books_max", "> books_max"))
    library.path("types", "calls", "book.py").unlink()
    library.path("mock", "_sync", "author.py").write_text("")
    library.path("types", "_async", "author.py").write_text("# Generated from something else\n")
    comparison = compared_package(library)
    of_the_model = {f"library/types/{part}/shelf.py" for part in ("_async", "_sync")}
    of_the_model |= {f"library/mock/{part}/shelf.py" for part in ("calls", "_async", "_sync")}
    others = {"library/mock/_async/book.py", "library/operations/_sync/shelf.py", "library/types/calls/book.py"}
    assert names(comparison) == of_the_model | others
    assert [path.name for path in comparison.extra] == ["author.py", "author.py"]
    shown = "\n".join(comparison.lines())
    assert "-edited = True" in shown
    assert "library/mock/_sync/author.py: nothing generates this file" in shown
    comparison.write()
    assert compared_package(library).is_clean


def test_a_file_by_hand_is_never_written_over(library: Package) -> None:
    by_hand = [library.path("types", "calls", "book.py"), library.path("mock", "_async", "ours.py")]
    for path in by_hand:
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text('"""Ours."""\n')
    comparison = compared_package(library)
    comparison.write()
    assert [path.read_text() for path in by_hand] == ['"""Ours."""\n'] * 2
    assert comparison.refusals() == [
        "library/mock/_async/ours.py: in the way, and not generated: move it elsewhere",
        "library/types/calls/book.py: in the way, and not generated: move it elsewhere",
    ]


def test_how_the_code_is_laid_out_is_the_team_s_own_affair(library: Package, monkeypatch: pytest.MonkeyPatch) -> None:
    compared_package(library).write()
    (library.root / "ruff.toml").write_text('line-length = 60\n[format]\nquote-style = "single"\n')
    subprocess.run([sys.executable, "-m", "ruff", "format", "--quiet", "."], cwd=library.root, check=True)
    assert "_with('lock', " in library.path("mock", "_async", "book.py").read_text()
    assert compared_package(library).is_clean
    monkeypatch.setattr(formatting, "_ruff", lambda: None)
    assert compared_package(library).is_clean


def test_it_needs_no_formatter(library: Package, monkeypatch: pytest.MonkeyPatch) -> None:
    with monkeypatch.context() as without:
        without.setattr(formatting, "_ruff", lambda: None)
        compared_package(library).write()
        assert compared_package(library).is_clean
    assert compared_package(library).is_clean


def test_models_that_cannot_be_imported(library: Package) -> None:
    library.path("models", "book.py").write_text("from library.types.book import Boook\n")
    with pytest.raises(ConfigurationInvalid, match=r"library\.models cannot be imported: .*Boook"):
        compared_package(library)


def test_models_without_entities(library: Package) -> None:
    library.path("models", "__init__.py").write_text("ENTITIES = []\n")
    with pytest.raises(ConfigurationInvalid, match=r"library\.models has no tuple ENTITIES"):
        compared_package(library)


def test_entities_of_other_packages_are_left_out(library: Package) -> None:
    models = library.path("models", "__init__.py")
    models.write_text(models.read_text().replace("(SHELVES, ", "(PROVIDERS, SHELVES, "))
    models.write_text("from dbkit.models import PROVIDERS\n" + models.read_text())
    assert names(compared_package(library)) == GENERATED


@pytest.mark.parametrize(
    ("before", "after", "says"),
    [("def is_full(", "def calls(", "a mock needs the name calls"), ("books_max", "called", "the name called")],
)
def test_names_that_mocks_have_for_themselves(library: Package, before: str, after: str, says: str) -> None:
    operations = library.path("operations", "_async", "shelf.py")
    operations.write_text(operations.read_text().replace(before, after))
    with pytest.raises(ConfigurationInvalid, match=says):
        compared_package(library)


@pytest.mark.parametrize("open_", ["*names: str", "**names: str"])
def test_operations_of_any_number_of_arguments(library: Package, open_: str) -> None:
    operations = library.path("operations", "_async", "shelf.py")
    operations.write_text(operations.read_text().replace("*, books_max: int = 2", open_))
    with pytest.raises(ConfigurationInvalid, match="is_full: a mock cannot check any number of arguments"):
        compared_package(library)


def test_an_operation_that_is_another_one_in_transactions(library: Package) -> None:
    operations = library.path("operations", "_async", "shelf.py")
    again = operations.read_text().partition("    async def is_full")[2]
    of_transactions = "\n\nclass AsyncShelfTransactionOperations(AsyncShelfOperations):\n    async def is_full" + again
    operations.write_text(operations.read_text() + of_transactions.replace("books_max", "most"))
    compared_package(library).write()
    mocks = library.path("mock", "_sync", "shelf.py").read_text()
    assert mocks.count("def is_full(") == 1
    assert "most: int = 2" in mocks


def test_settings_that_its_formatter_refuses(library: Package) -> None:
    (library.root / "ruff.toml").write_text("line-length = 'long'\n")
    with pytest.raises(ConfigurationInvalid, match="ruff cannot lay out what is generated"):
        compared_package(library)


def test_a_package_is_found_where_it_is(library: Package, tmp_path: Path) -> None:
    assert Package.find(place=library.root) == library
    assert Package.find("library", library.root) == library
    below = tmp_path / "project"
    (below / "src").mkdir(parents=True)
    library.folder.rename(below / "src" / "library")
    assert Package.find(place=below).root == below / "src"


def test_no_package_or_several(library: Package, tmp_path: Path) -> None:
    with pytest.raises(ConfigurationInvalid, match=r"has not a package archive with entities.*dbkit new service"):
        Package.find("archive", library.root)
    empty = tmp_path / "empty"
    empty.mkdir()
    with pytest.raises(ConfigurationInvalid, match="has not a package with entities"):
        Package.find(place=empty)
    other = library.root / "museum"
    (other / "models").mkdir(parents=True)
    (other / "types").mkdir()
    (other / "models" / "__init__.py").write_text("")
    with pytest.raises(ConfigurationInvalid, match=r"more than one .*: library, museum.*--package"):
        Package.find(place=library.root)
