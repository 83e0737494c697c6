"""A checkpoint of dbkit's own line is what its revisions make; with DBKIT_CHECKPOINT=all, of all of them."""

from __future__ import annotations

import os
import shutil
from pathlib import Path

from dbkit.migrate.checkpoints.writing import write_checkpoint
from dbkit.migrate.line import own_folder
from dbkit.testing.templates import Databases
from tests.fix_server import database_url

# Behind the first rows that a revision puts in.
_REVISION = None if os.environ.get("DBKIT_CHECKPOINT") == "all" else "create_providers"


def test_it_is_what_the_revisions_make(server: Databases, tmp_path: Path) -> None:
    folder = shutil.copytree(own_folder(), tmp_path / "migrations", ignore=shutil.ignore_patterns("__pycache__"))
    with database_url(server) as url:
        made = write_checkpoint(_REVISION, line=folder, dev_url=url)
    assert made.rows["providers"] == 3
    assert len(made.majors) >= 2
