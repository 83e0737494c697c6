"""What PostgreSQL 15 calls a partitioned table's unique keys on its partitions."""

from __future__ import annotations

import pytest

from dbkit.models import CONNECTIONS, OPERATION_LOGS, Verb
from widget_service.models import READINGS

LONG = "readings_" + "x" * 54


@pytest.mark.parametrize(
    ("partition", "name", "own"),
    [
        ("readings_default", "readings_default_pkey", "pk_readings"),
        ("readings_2025_03", "readings_2025_03_pkey1", "pk_readings"),
        ("readings_default", "readings_default_store_read_at_sensor_key", "uq_readings_store_read_at_sensor"),
        ("readings_default", "readings_default_read_at_abs_idx", "uq_readings_read_at_degrees"),
        (LONG, f"{LONG[:58]}_pkey", "pk_readings"),
        ("readings_default", "ck_readings_sensor", "ck_readings_sensor"),
        ("readings_default", "of_somebody_else", "of_somebody_else"),
        ("other_table", "readings_default_pkey", "readings_default_pkey"),
        (None, "readings_default_pkey", "readings_default_pkey"),
    ],
)
def test_names(partition: str | None, name: str, own: str) -> None:
    assert READINGS.constraint_of(name, partition) == own


def test_a_partitioned_entity_has_no_upsert() -> None:
    assert OPERATION_LOGS.is_partitioned
    assert Verb.UPSERT not in OPERATION_LOGS.verbs


def test_a_table_without_partitions_keeps_its_names() -> None:
    assert CONNECTIONS.constraint_of("connections_default_pkey", "connections_default") == "connections_default_pkey"
