"""Triggers that disturb a backfill at a chosen row, once: what they did before is remembered over rollbacks."""

from __future__ import annotations

from tests.migrate.runs import Connection

END_BACKEND = "PERFORM pg_terminate_backend(pg_backend_pid()); PERFORM pg_sleep(30);"
CANCEL = "PERFORM pg_cancel_backend(pg_backend_pid()); PERFORM pg_sleep(30);"

_FUNCTION = """
    CREATE SCHEMA IF NOT EXISTS noted;
    CREATE SEQUENCE IF NOT EXISTS noted.disturbed;
    CREATE FUNCTION noted.disturb() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN
      IF NEW.id = {row} AND nextval('noted.disturbed') <= {times} THEN {what} END IF;
      RETURN NEW;
    END $$
"""
_AT_ROW = "CREATE TRIGGER disturb BEFORE UPDATE ON things FOR EACH ROW EXECUTE FUNCTION noted.disturb()"
_AT_COMMIT = """
    CREATE CONSTRAINT TRIGGER disturb AFTER UPDATE ON things DEFERRABLE INITIALLY DEFERRED
      FOR EACH ROW EXECUTE FUNCTION noted.disturb()
"""


def disturb(connection: Connection, what: str, *, row: int, times: int = 1, at_commit: bool = False) -> None:
    """Have something happen to whoever updates a row, at the row or at the commit, the first times."""
    connection.execute(_FUNCTION.format(row=row, times=times, what=what).encode())
    connection.execute((_AT_COMMIT if at_commit else _AT_ROW).encode())


def leave_alone(connection: Connection) -> None:
    """Have nothing happen any more."""
    connection.execute("DROP TRIGGER disturb ON things; DROP FUNCTION noted.disturb()")
