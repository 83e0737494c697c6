"""Where Alembic's own commands start; what they do is dbkit's."""

from __future__ import annotations

from dbkit.migrate.environment import run_migrations

from widget_service.models import Base

run_migrations(Base.metadata)
