"""The legal steps of every state, as the states of the platform are described."""

from __future__ import annotations

import pytest

from dbkit.types import (
    DeliveryStatus,
    EncryptionKeyStatus,
    HealthStatus,
    InviteStatus,
    LastOperationStatus,
    OperationStatus,
    ProjectRole,
    StateEnum,
    SubscriptionStatus,
    TeamRole,
)

STEPS: dict[type[StateEnum], dict[str, set[str]]] = {
    DeliveryStatus: {
        "pending": {"delivering", "discarded"},
        "delivering": {"delivered", "pending", "failed"},
        "delivered": set(),
        "failed": {"pending", "discarded"},
        "discarded": set(),
    },
    EncryptionKeyStatus: {"active": {"retiring"}, "retiring": {"retired"}, "retired": set()},
    HealthStatus: {"healthy": {"unhealthy"}, "unhealthy": {"healthy"}},
    InviteStatus: {
        "pending": {"accepted", "revoked", "expired"},
        "accepted": set(),
        "revoked": set(),
        "expired": set(),
    },
    LastOperationStatus: {
        "success": {"failure", "in_progress"},
        "failure": {"success", "in_progress"},
        "in_progress": {"success", "failure"},
    },
    OperationStatus: {
        "pending": {"running", "failed"},
        "running": {"completed", "failed"},
        "completed": set(),
        "failed": set(),
    },
    ProjectRole: {"owner": {"editor", "viewer"}, "editor": {"owner", "viewer"}, "viewer": {"owner", "editor"}},
    SubscriptionStatus: {
        "pending": {"active", "failed"},
        "active": {"failed", "unsubscribed"},
        "failed": {"pending", "unsubscribed"},
        "unsubscribed": set(),
    },
    TeamRole: {"owner": {"admin", "member"}, "admin": {"owner", "member"}, "member": {"owner", "admin"}},
}


@pytest.mark.parametrize("states", STEPS, ids=lambda states: states.__name__)
def test_legal_steps(states: type[StateEnum]) -> None:
    assert {state.value: {str(step) for step in state.next_states()} for state in states} == STEPS[states]
