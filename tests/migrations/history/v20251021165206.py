from __future__ import annotations

from datetime import datetime, timedelta

from tests.migrations.rows import Rows, Snapshot, instant, key
from tests.migrations.samples import EARLIEST, LATEST

REVISION = "20251021165206"

# number, organization, address, status, accepted by, created, expires
INVITES = (
    (81, 1, "accepted+81@example.com", "accepted", 1, instant(904), instant(918)),
    (82, 1, "accepted+82@example.com", "accepted", None, instant(904), LATEST),
    (83, 2, "pending+83@example.com", "pending", None, EARLIEST, instant(905)),
    (84, 1, "pending+84@example.com", "pending", None, instant(904), instant(904.00001)),
    # The same id in another organization: the key of before has no room for it.
    (84, 2, "pending+84@example.com", "pending", None, instant(904), instant(918)),
)


def plant(rows: Rows) -> None:
    rows.insert(
        "invites",
        *(
            {
                "organization_id": key("organization", organization),
                "id": key("invite", n),
                "invited_email": address,
                "status": status,
                "accepted_by_builder_id": key("builder", builder) if builder else None,
                "created_at": created,
                "updated_at": created,
                "expires_at": expires,
            }
            for n, organization, address, status, builder, created, expires in INVITES
        ),
    )


def make_way(rows: Rows) -> None:
    rows.execute(
        "DELETE FROM invites WHERE (organization_id, id) = (%(organization)s, %(id)s)",
        {"organization": key("organization", 2), "id": key("invite", 84)},
    )


def promise(before: Snapshot, after: Snapshot) -> None:
    now = after.by("invites", "organization_id", "id")
    assert len(now) == len(before["invites"]), f"{REVISION}: invites came or went"
    for row in before["invites"]:
        found = now[row["organization_id"], row["id"]]
        expires = datetime.fromisoformat(row["created_at"]) + timedelta(days=14)
        assert datetime.fromisoformat(found["expires_at"]) == expires, f"{REVISION}: invites {row['id']}"
        expected = row | {"expires_at": found["expires_at"], "accepted_by_builder_id": None}
        assert found == expected, f"{REVISION}: invites {row['id']} changed"
