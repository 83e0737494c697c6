"""What stands in a relay's way."""

from __future__ import annotations

from dbkit.types.errors import ResourceError

__all__ = ["SinkRefuses"]


class SinkRefuses(ResourceError):
    """The sink takes no message of any key, or nobody knows what it has taken. Nothing is lost; it is tried again."""

    code = "sink_refuses"
    what = "the sink takes no messages"
    advice = "See what its own service says. The outbox keeps the messages until they are sent."
    retryable = True
