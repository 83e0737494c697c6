"""The connection that an examination looks through: where it leads, how it is secured, what is in between."""

from __future__ import annotations

from dataclasses import dataclass

from dbkit.doctor.unseen import Unseen

__all__ = ["Link"]


@dataclass(frozen=True, slots=True)
class Link:
    """What the client's end of the connection knows.

    `told_pid` is the backend that was announced when the connection was made, which is not the one
    that answers where a pooler is in between. `clock_offset_seconds` is how far the server's clock is
    ahead of this machine's, give or take `clock_error_seconds`.
    """

    version: int
    version_text: str
    host: str
    is_socket: bool
    is_local: bool
    told_pid: int
    says_pooler: bool
    sslmode: str
    tls_version: str | None
    certificate_seconds_left: float | Unseen | None
    clock_offset_seconds: float
    clock_error_seconds: float

    @property
    def major(self) -> int:
        """The server's major version."""
        return self.version // 10000

    @property
    def minor(self) -> int:
        """The server's minor version."""
        return self.version % 10000
