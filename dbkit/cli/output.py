"""What every command shares: its `--json`, its progress, and how an error reaches the reader."""

from __future__ import annotations

import json
import traceback
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Annotated, Any, TypeAlias

import typer

__all__ = ["AsJson", "explain", "progress", "write_json"]

AsJson: TypeAlias = Annotated[bool, typer.Option("--json", help="Print JSON, for machines.")]


def write_json(document: Any) -> None:
    """Print a JSON document."""
    typer.echo(json.dumps(document, indent=2))


@contextmanager
def progress(what: str) -> Iterator[None]:
    """Show on a terminal that this is under way, until the block ends."""
    from rich.console import Console

    with Console(stderr=True).status(what):
        yield


def explain(error: Exception) -> str:
    """Return an error in words for the command line: what happened and what to do."""
    from dbkit.types.errors import DbkitError

    if isinstance(error, DbkitError):
        return str(error)
    if isinstance(error, OSError):
        return f"{error.strerror or type(error).__name__}{f': {error.filename}' if error.filename else ''}"
    # Its message is left out: nobody can say what it quotes.
    place = traceback.extract_tb(error.__traceback__)[-1]
    return f"unexpected {type(error).__name__} at {place.filename}:{place.lineno}. Please report it with this line."
