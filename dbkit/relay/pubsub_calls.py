"""Calls to Google Pub/Sub: where they go, and what their failures mean. For senders and receivers alike."""

from __future__ import annotations

import os
from collections.abc import Callable
from enum import Enum
from importlib import import_module
from typing import TYPE_CHECKING, Any, Final, TypeVar

from dbkit.types.errors import AuthenticationFailed, ConfigurationInvalid, PermissionDenied, SetupError

if TYPE_CHECKING:
    from google.api_core.exceptions import GoogleAPICallError

__all__ = [
    "Kind",
    "emulator",
    "kind_of",
    "plain_channel",
    "pubsub_library",
    "setup_error",
    "status_name",
    "with_credentials",
]

ResultT = TypeVar("ResultT")

_EMULATOR_VARIABLE: Final = "PUBSUB_EMULATOR_HOST"


_IDENTITY: Final = "Give the workload an identity, or name a key by GOOGLE_APPLICATION_CREDENTIALS."


class Kind(Enum):
    """What follows from the failure of a call."""

    TRANSIENT = "try again"
    FINAL = "the request will never be taken"
    SETUP = "somebody has to create or grant something first"


_KINDS: Final = {
    "INVALID_ARGUMENT": Kind.FINAL,
    "NOT_FOUND": Kind.SETUP,
    "PERMISSION_DENIED": Kind.SETUP,
    "UNAUTHENTICATED": Kind.SETUP,
    "FAILED_PRECONDITION": Kind.SETUP,
    "UNIMPLEMENTED": Kind.SETUP,
}


def pubsub_library() -> Any:
    """Return Google's library `google.pubsub_v1`, or raise `ConfigurationInvalid` where it is not installed."""
    try:
        from google import pubsub_v1
    except ImportError as error:
        raise ConfigurationInvalid(
            "Google's client of Pub/Sub is not installed", advice="pip install 'dbkit[pubsub]'"
        ) from error
    return pubsub_v1


def emulator() -> str | None:
    """Return the address of an emulator, `HOST:PORT`, where the environment names one, as Google's own clients do."""
    return os.environ.get(_EMULATOR_VARIABLE) or None


def plain_channel(module: str, address: str) -> Any:
    """Return a channel to an emulator, of the module `grpc` or `grpc.aio`, which come without types."""
    return import_module(module).insecure_channel(address, options=[("grpc.max_receive_message_length", -1)])


def with_credentials(connect: Callable[[], ResultT]) -> ResultT:
    """Return a client that finds its credentials by itself, or raise `AuthenticationFailed` where there are none."""
    from google.auth.exceptions import GoogleAuthError

    try:
        return connect()
    except GoogleAuthError as error:
        missing = type(error).__name__
    raise AuthenticationFailed(f"there are no credentials for Pub/Sub here ({missing})", advice=_IDENTITY)


def status_name(error: GoogleAPICallError) -> str:
    """Return the name of a failed call's status, `UNAVAILABLE` for one."""
    status: Any = error.grpc_status_code
    return "UNKNOWN" if status is None else str(status.name)


def kind_of(error: GoogleAPICallError) -> Kind:
    """Return what follows from a failed call: what is not known to be something else is worth trying again."""
    return _KINDS.get(status_name(error), Kind.TRANSIENT)


def setup_error(error: GoogleAPICallError, resource: str, *, role: str) -> SetupError:
    """Return the error for a failure that is a mistake of set-up, with what to do. Google's own words are left out.

    `resource` is the name of a topic or subscription, `role` what its user needs there.
    """
    status = status_name(error)
    if status == "NOT_FOUND":
        kind = "subscriptions" if "/subscriptions/" in resource else "topics"
        return ConfigurationInvalid(
            f"{resource} does not exist in Pub/Sub", advice=f"Create it: gcloud pubsub {kind} create {resource}"
        )
    if status == "PERMISSION_DENIED":
        return PermissionDenied(
            f"these credentials may not use {resource}", advice=f"Grant them {role} there; or it does not exist."
        )
    if status == "UNAUTHENTICATED":
        return AuthenticationFailed(
            f"Pub/Sub does not know these credentials ({resource})",
            advice=_IDENTITY,
        )
    return ConfigurationInvalid(
        f"{resource} cannot be used as it is set up ({status})",
        advice="Look at its state, its key, and where its messages may be stored.",
    )
