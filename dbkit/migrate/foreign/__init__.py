"""A line that Alembic made: read as Alembic reads it, run as Alembic runs it, and otherwise as dbkit's own."""
