"""What the kit raises beside dbkit's own errors."""

from __future__ import annotations

from dbkit.types.errors import ConfigurationInvalid

__all__ = ["ServerMissing"]


class ServerMissing(ConfigurationInvalid):
    """The server that was asked for cannot be on this machine: tests that need it are skipped."""

    advice = "Start Docker, or leave out --dbkit-postgres container."
