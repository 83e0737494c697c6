"""Models that a command line names, and their tables on a scratch database."""

from __future__ import annotations

from importlib import import_module
from operator import attrgetter

from sqlalchemy import MetaData

from dbkit.migrate.session import Session, Target
from dbkit.migrate.stop import Stop
from dbkit.migrate.worker import connected
from dbkit.types.errors import ConfigurationInvalid

__all__ = ["OWN_MODELS", "create_all", "metadata_of"]

OWN_MODELS = "dbkit.models:Base"
"""dbkit's own, which its own line leads to."""


def metadata_of(models: str) -> MetaData:
    """Return the MetaData that `module:name` names, itself or as `.metadata` of a base class."""
    module, _, name = models.partition(":")
    try:
        found = attrgetter(name or "Base")(import_module(module))
    except (ImportError, AttributeError, ValueError):
        found = None
    found = getattr(found, "metadata", found)
    if not isinstance(found, MetaData):
        raise ConfigurationInvalid(f"there are no models at {models}", advice="Write module:Base, or module:metadata.")
    return found


def create_all(target: Target, metadata: MetaData) -> None:
    """Make everything that the models describe in an empty database: types, sequences, comments, default partitions."""
    # Only here: whoever applies revisions imports this module, and needs no models.
    from dbkit.migrate.schema import partition_statements

    # SQLAlchemy closes the session's connection with its own.
    with connected(Session(target), Stop()).execution_options(isolation_level="AUTOCOMMIT") as connection:
        metadata.create_all(connection, checkfirst=False)
        for statement in partition_statements(metadata):
            connection.exec_driver_sql(statement)
