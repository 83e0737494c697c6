"""Where Alembic's own commands start; what they do is the package's."""

from __future__ import annotations

from dbkit.migrate.environment import run_migrations
from dbkit.models import Base

run_migrations(Base.metadata)
