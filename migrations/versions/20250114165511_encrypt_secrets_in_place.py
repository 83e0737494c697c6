"""Seal the secrets of connections and provider apps in place, 100 rows a batch.

AES-256-GCM, with a data key of each project that has secrets; the key service of the environment
makes and wraps it. The plain text is emptied by the UPDATE that writes the envelope, so the check
for one form holds at every moment, and readers accept both forms since 20241119163728.

The downgrade needs the keys and writes plain text again, so it is for the time before the next
contract only. It opens what is sealed with the keys that are made here, and removes these. What was
sealed with other keys stays sealed: the release of before reads both forms.
"""

from __future__ import annotations

from dbkit.migrate.header import Header, Lossless, Phase
from dbkit.migrate.sealing import SealedColumn, remove_idle_keys

revision = "20250114165511"
down_revision = "20250103164920"

header = Header(
    phase=Phase.DATA,
    transactional=False,
    # Each sealing draws keys and nonces anew; the ids of the keys follow from their projects.
    downgrade=Lossless(
        remade=(
            "connection_secrets.ciphertext",
            "encryption_keys.created_at",
            "encryption_keys.wrapped_key",
            "provider_apps.client_secret_ciphertext",
        )
    ),
)

SECRETS = SealedColumn(
    table="connection_secrets",
    key=("project_id", "connection_id", "kind"),
    plain="secret",
    sealed="ciphertext",
    key_id="encryption_key_id",
)
APPS = SealedColumn(
    table="provider_apps",
    key=("project_id", "id"),
    plain="client_secret",
    sealed="client_secret_ciphertext",
    key_id="client_secret_key_id",
)


def upgrade() -> None:
    SECRETS.seal()
    APPS.seal()


def downgrade() -> None:
    APPS.unseal()
    SECRETS.unseal()
    remove_idle_keys(SECRETS, APPS)
