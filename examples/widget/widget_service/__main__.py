"""`python -m widget_service`: bring the database up to date, and serve."""

from __future__ import annotations

import os

import uvicorn
from dbkit.migrate.runner import apply

from widget_service.database import MIGRATIONS

__all__ = ["main"]


def main() -> None:
    """Apply the service's revisions to the database of DBKIT_URL or DBKIT_ENV, and serve on HOST and PORT."""
    print(apply(line=MIGRATIONS))
    host, port = os.environ.get("HOST", "127.0.0.1"), int(os.environ.get("PORT", "8000"))
    uvicorn.run("widget_service.api:app", host=host, port=port)


if __name__ == "__main__":
    main()
