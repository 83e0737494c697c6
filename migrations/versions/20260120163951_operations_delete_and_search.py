"""Let operations delete and search.

The same two join what a provider can support. `search` comes some weeks before its endpoint.
"""

from __future__ import annotations

from dbkit.migrate.header import Header, Lock, Lossless, Phase
from dbkit.migrate.techniques import replace_checks

revision = "20260120163951"
down_revision = "20260114164533"

header = Header(
    phase=Phase.EXPAND,
    transactional=False,
    downgrade=Lossless(refuses="an operation or a provider of the new kinds exists"),
    locks={"operations": Lock.ACCESS_EXCLUSIVE, "providers": Lock.ACCESS_EXCLUSIVE},
)


def upgrade() -> None:
    replace_checks(
        ("operations", "ck_operations_type", "type IN ('read', 'write', 'delete', 'proxy', 'search')"),
        (
            "providers",
            "ck_providers_supports",
            "supports <@ '{bulkWrite,proxy,read,subscribe,write,delete,search}'::text[]",
        ),
    )


def downgrade() -> None:
    replace_checks(
        ("operations", "ck_operations_type", "type IN ('read', 'write', 'proxy')"),
        ("providers", "ck_providers_supports", "supports <@ '{bulkWrite,proxy,read,subscribe,write}'::text[]"),
    )
