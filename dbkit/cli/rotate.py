"""`dbkit db rotate-keys`, `master-key` and `data-key`: the keys that secrets are sealed with."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any
from uuid import UUID

import typer

from dbkit.cli.migrate import Url
from dbkit.cli.output import AsJson, progress, write_json
from dbkit.cli.partitions import db

if TYPE_CHECKING:
    from dbkit.operations.rotation import Rotation

__all__ = ["db"]


@db.command()
def rotate_keys(
    url: Url = None,
    *,
    wrapping: Annotated[
        bool, typer.Option("--wrapping", help="Wrap data keys with the newest key of the service; touch no secret.")
    ] = False,
    project: Annotated[UUID | None, typer.Option(help="One project's data keys, not all.", metavar="ID")] = None,
    rows_per_second: Annotated[float, typer.Option(help="Seal no more rows in a second.", min=1)] = 500.0,
    as_json: AsJson = False,
) -> None:
    """Seal secrets with new data keys, beside those who read and write; exits with 1 where a secret does not open.

    A run that is cut off loses nothing: the next one goes on, and makes no other keys before all is sealed with these.
    The key service is the one that DBKIT_KEY_SERVICE names.
    """
    from dbkit.database.connect import connect
    from dbkit.operations.rotation import Pace
    from dbkit.types.identifiers import ProjectId

    if wrapping and project is not None:
        raise typer.BadParameter("--wrapping is about all data keys, and --project about one project's")
    with progress("Rotating keys"), connect(url) as database:
        if wrapping:
            done = database.keyring.rewrap()
        else:
            chosen = None if project is None else ProjectId(project)
            done = database.keyring.rotate(chosen, pace=Pace(rows_per_second=rows_per_second))
    if as_json:
        write_json(_document(done))
    else:
        typer.echo(done)
    if done.unopened:
        raise typer.Exit(1)


@db.command()
def master_key(
    file: Annotated[Path, typer.Argument(help="The file of master keys, for DBKIT_KEY_SERVICE=file:FILE.")],
    *,
    as_json: AsJson = False,
) -> None:
    """Add a master key to a file of them, for development; the first one makes the file.

    It wraps the data keys that are made from now on. `dbkit db rotate-keys --wrapping` wraps the others with it.
    """
    from dbkit.sealing.file_service import FileKeyService

    version = FileKeyService(file).add_version()
    if as_json:
        write_json({"file": str(file), "version": version})
    else:
        typer.echo(f"version {version} of the master key is in {file}")


@db.command()
def data_key(
    file: Annotated[Path, typer.Argument(help="The file of data keys, for DBKIT_DATA_KEYS.")],
    *,
    as_json: AsJson = False,
) -> None:
    """Add a data key to a file of them, for databases without a table of data keys; the first one makes the file.

    It seals from now on, and the others open. The key service that DBKIT_KEY_SERVICE names wraps it.
    """
    from dbkit.sealing import key_service
    from dbkit.sealing.keyset import add_data_key

    key_id = add_data_key(file, key_service())
    if as_json:
        write_json({"file": str(file), "id": str(key_id)})
    else:
        typer.echo(f"data key {key_id} is in {file}")


def _document(done: Rotation) -> dict[str, Any]:
    return {
        "keys_made": done.keys_made,
        "keys_wrapped": done.keys_wrapped,
        "keys_retired": done.keys_retired,
        "secrets_sealed": done.secrets_sealed,
        "unopened": [
            {
                "entity": each.entity,
                "key": {name: str(value) for name, value in each.key.items()},
                "code": each.code,
            }
            for each in done.unopened
        ],
    }
