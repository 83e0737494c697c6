"""What commands that draw share: a picture or page goes to a file, or to the standard output."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, TypeAlias

import typer

__all__ = ["Output", "give"]

Output: TypeAlias = Annotated[
    Path | None, typer.Option("--output", "-o", help="Where to write it; without it, it is printed.", metavar="FILE")
]


def give(text: str, output: Path | None) -> None:
    """Write a text to the file, or print it."""
    if output is None:
        typer.echo(text, nl=False)
        return
    output.write_text(text, encoding="utf-8")
    typer.echo(f"wrote {output}")
