"""`dbkit migrate promote`: the record that lets a chain into the next environment."""

from __future__ import annotations

from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from dbkit.cli.migrate import DevUrl, Folder, ScratchTimeout
from dbkit.cli.output import AsJson, progress, write_json

__all__ = ["promote"]


class Target(StrEnum):
    """The environments that a chain is promoted to."""

    STAGING = "staging"
    PROD = "prod"


def promote(  # noqa: PLR0913 (options of a command line)
    url: Annotated[
        str | None,
        typer.Argument(help="The database of the environment before; without it, DBKIT_URL or DBKIT_ENV say which."),
    ] = None,
    *,
    to: Annotated[Target | None, typer.Option(help="The environment that it is let into.")] = None,
    promotion: Annotated[
        str | None,
        typer.Option(help="To prod: the record of the promotion to staging.", envvar="DBKIT_PROMOTION", metavar="FILE"),
    ] = None,
    output: Annotated[
        Path | None,
        typer.Option(
            help="The record's file, promotion-ENVIRONMENT.json where it is left out; of new keys the folder.",
            metavar="FILE",
        ),
    ] = None,
    new_key: Annotated[bool, typer.Option("--new-key", help="Write a pair of keys, and do nothing else.")] = False,
    line: Folder = None,
    timeout: ScratchTimeout = 60.0,
    dev_url: DevUrl = None,
    as_json: AsJson = False,
) -> None:
    """Sign that this chain was applied and holds in the environment before: dev, then staging, then prod.

    The database is only read: it is at the line's head, by the hashes of its history, and its catalogue is
    the one that the line makes. Exits with 1 where something is not so.
    """
    if new_key:
        _new_key(output or Path(), as_json=as_json)
        return
    if to is None:
        raise typer.BadParameter("say where to: --to staging, or --to prod")
    from dbkit.migrate.deploys.promote import promote as sign

    with progress("comparing with what the line makes"):
        record = sign(url, to, line=line, before=promotion, dev_url=dev_url, seconds_max=timeout)
    path = output or Path(f"promotion-{to}.json")
    path.write_text(record)
    if as_json:
        write_json({"file": str(path), "to": to})
    else:
        typer.echo(f"wrote {path}: give it to `dbkit migrate apply --promotion {path}` in {to}, or as DBKIT_PROMOTION")


def _new_key(folder: Path, *, as_json: bool) -> None:
    from dbkit.migrate.deploys.keys import PRIVATE_KEY, PUBLIC_KEY, new_keys
    from dbkit.types.errors import ConfigurationInvalid

    if not folder.is_dir():
        raise ConfigurationInvalid(f"{folder} is no folder", advice="Make it, or name another one.")
    pair = new_keys(folder)
    if as_json:
        write_json({PRIVATE_KEY: str(pair.private), PUBLIC_KEY: str(pair.public)})
        return
    typer.echo(f"wrote {pair.private}, which signs: {PRIVATE_KEY}, for the job that promotes and for nobody else")
    typer.echo(f"wrote {pair.public}, which checks: {PUBLIC_KEY}, for the jobs that apply in staging and in prod")
