"""What a provider answers to who refreshes a token."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime

from dbkit.types.clock import now
from dbkit.types.secret import Secret

__all__ = ["FreshToken"]


@dataclass(frozen=True, slots=True)
class FreshToken:
    """A new access token; with it a new refresh token, where the provider gives another one each time."""

    access_token: Secret
    expires_at: datetime | None = None
    refresh_token: Secret | None = None
    scopes: tuple[str, ...] = ()
    issued_at: datetime = field(default_factory=now)
