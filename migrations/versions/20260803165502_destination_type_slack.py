"""Let results go to Slack.

The address of a Slack webhook is a secret, so it has a kind of its own among the sealed ones.
"""

from __future__ import annotations

from dbkit.migrate.header import Header, Lock, Lossless, Phase
from dbkit.migrate.techniques import replace_checks

revision = "20260803165502"
down_revision = "20260611163158"

header = Header(
    phase=Phase.EXPAND,
    transactional=False,
    downgrade=Lossless(refuses="a destination or a secret of the new kinds exists"),
    locks={"destination_secrets": Lock.ACCESS_EXCLUSIVE, "destinations": Lock.ACCESS_EXCLUSIVE},
)


def upgrade() -> None:
    replace_checks(
        ("destinations", "ck_destinations_type", "type IN ('webhook', 'kinesis', 's3', 'slack')"),
        (
            "destination_secrets",
            "ck_destination_secrets_kind",
            (
                "kind IN ('webhook_signing_key', 'aws_access_key_id', 'aws_secret_access_key', 'aws_session_token',"
                " 'slack_webhook_url')"
            ),
        ),
    )


def downgrade() -> None:
    replace_checks(
        ("destinations", "ck_destinations_type", "type IN ('webhook', 'kinesis', 's3')"),
        (
            "destination_secrets",
            "ck_destination_secrets_kind",
            "kind IN ('webhook_signing_key', 'aws_access_key_id', 'aws_secret_access_key', 'aws_session_token')",
        ),
    )
