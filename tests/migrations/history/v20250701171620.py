from __future__ import annotations

from typing import Any

from tests.migrations.rows import Rows, instant, key
from tests.migrations.samples import LONG, ODD, PROJECTS

KINDS = ("webhook_signing_key", "aws_access_key_id", "aws_secret_access_key", "aws_session_token")

# number, project, type, name, document: the keys of Kinesis are renamed later
DESTINATIONS: tuple[tuple[int, int, str, str, dict[str, Any]], ...] = (
    (
        81,
        1,
        "kinesis",
        "stream",
        {
            "kinesisStreamName": "results",
            "kinesisRegion": "eu-west-1",
            "kinesisEndpointUrl": None,
            "kinesisPartitionKeyTemplate": {"nested": [ODD[3], {}]},
            "note": LONG,
        },
    ),
    (82, 2, "kinesis", "stream", {"kinesisRegion": ODD[2]}),
    (83, 3, "kinesis", "stream", {}),
    # A document with both names of one key keeps both.
    (84, 4, "kinesis", "stream", {"kinesisRegion": "old", "region": "new", "kinesisStreamName": "s"}),
    (85, 1, "kinesis", "both", {"kinesisRegion": "old", "region": "new"}),
    # None of Kinesis' keys: they are the endpoint's own.
    (86, 1, "webhook", "signed", {"url": "https://example.com/signed", "kinesisRegion": "x", "region": "y"}),
)


def plant(rows: Rows) -> None:
    rows.insert(
        "destinations",
        *(
            {
                "id": key("destination", n),
                "project_id": key("project", project),
                "name": name,
                "type": type_,
                "metadata": document,
                "created_at": instant(792),
                "updated_at": instant(792),
            }
            for n, project, type_, name, document in DESTINATIONS
        ),
    )
    rows.execute(
        """INSERT INTO destinations (id, project_id, name, type, metadata, created_at, updated_at)
           SELECT md5('destination 088 ' || n)::uuid, (%(projects)s::uuid[])[1 + mod(n, 4)], 'Stream ' || n, 'kinesis',
             jsonb_build_object('kinesisStreamName', 'stream-' || n, 'kinesisRegion', 'eu-west-' || mod(n, 3)), t, t
           FROM generate_series(1, %(size)s) n,
             LATERAL (SELECT timestamptz '2025-07-01Z' + n * interval '1 min' AS t) x""",
        {"size": rows.size} | PROJECTS,
    )
    rows.insert(
        "destination_secrets",
        *(
            {
                "project_id": key("project", 1),
                "destination_id": key("destination", destination),
                "kind": kind,
                "ciphertext": bytes(17) if kind == KINDS[0] else bytes(range(256)) * 20,
                "encryption_key_id": key("encryption_key", 81),
                "created_at": instant(792),
                "updated_at": instant(793),
                "version": 2147483647,
            }
            for destination, kind in ((86, KINDS[0]), *((81, kind) for kind in KINDS[1:]))
        ),
    )
