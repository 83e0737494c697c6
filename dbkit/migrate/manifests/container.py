"""The file that an image of the command is built from."""

from __future__ import annotations

from dbkit.migrate.manifests.commands import PROGRAM
from dbkit.migrate.manifests.deployment import USER

__all__ = ["containerfile"]


def containerfile() -> str:
    """Return the file: it installs the wheels of `dist`, which are the service's own and dbkit's, or dbkit's alone."""
    return f"""\
ARG PYTHON_VERSION=3.13

FROM docker.io/library/python:${{PYTHON_VERSION}}-slim AS build
COPY dist/*.whl /dist/
RUN python -m venv /opt/venv && /opt/venv/bin/pip install --no-cache-dir /dist/*.whl

FROM docker.io/library/python:${{PYTHON_VERSION}}-slim
COPY --from=build /opt/venv /opt/venv
ENV PATH=/opt/venv/bin:$PATH PYTHONUNBUFFERED=1 PYTHONDONTWRITEBYTECODE=1
WORKDIR /srv
USER {USER}:{USER}
ENTRYPOINT ["{PROGRAM}"]
CMD ["migrate", "status", "--check"]
"""
