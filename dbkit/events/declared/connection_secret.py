"""What changes of secrets of connections tell."""

from __future__ import annotations

from dbkit.events.declared.routes import notification
from dbkit.events.rules import EntityEvents
from dbkit.events.topics.notification import ConnectionRefreshed
from dbkit.models.connection_secret import CONNECTION_SECRETS

__all__ = ["CONNECTION_SECRET_EVENTS"]

CONNECTION_SECRET_EVENTS = EntityEvents(
    CONNECTION_SECRETS,
    # Sealing the same token with another key changes the ciphertext as well, but does not say anew when it was issued.
    notification(ConnectionRefreshed, changed=("ciphertext",), named=("issued_at",), where={"kind": ("access_token",)}),
)
