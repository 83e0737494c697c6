"""What a scribe writes down and tells: rows are in its spool alone, which its owner reads; a password is nowhere."""

from __future__ import annotations

import json
import pickle
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import quote

import pytest

import dbkit
from dbkit.embedded.locks import ticks
from dbkit.ingest import NotTaken, Scribe, ScribeOptions
from dbkit.ingest.report import ScribeReport
from dbkit.migrate.schema import create_schema
from dbkit.types import Operation
from tests.faults.fix_nodes import MakeNode, make_folder, make_node
from tests.ingest._sync.given import Outages, lines, usages
from tests.operations._sync.world import Tenant, make_tenant
from tests.security.canary import heard, listening
from tests.security.test_canary import PASSWORD, TOKEN

__all__ = ["make_folder", "make_node"]


@pytest.fixture(params=["memory", "postgres"])
def db(request: pytest.FixtureRequest) -> dbkit.Database:
    database: dbkit.Database = request.getfixturevalue(f"{request.param}_db")
    return database


def operation_of(tenant: Tenant) -> Operation:
    return tenant.operation(tenant.installation())


def said(report: ScribeReport) -> str:
    refusals = "".join(f"{each} {each!r} {each.as_json()}" for each in report.refusals)
    return f"{report} {report!r} {json.dumps(report.as_json())} {refusals}"


def spooled(folder: Path) -> Iterator[tuple[Path, bytes]]:
    return ((path, path.read_bytes()) for path in sorted(folder.iterdir()) if path.stat().st_size)


def test_what_is_in_a_refused_row_is_in_no_report_and_no_log(db: dbkit.Database) -> None:
    operation = operation_of(make_tenant(db))
    gone = operation.model_copy(update={"id": dbkit.types.uuid7()})
    refused = lines(gone, 2, message=TOKEN, error=TOKEN, details={"headers": {"authorization": TOKEN}})
    wrong = usages(make_tenant(db).organization_id, operation, 1, metric=TOKEN)
    with listening() as log, Scribe(db, ScribeOptions()) as scribe:
        scribe.write(*lines(operation, 1), *refused, *wrong)
        report = scribe.flush()
    assert (report.stored, report.refused) == (1, 3)
    assert {each.code for each in report.refusals} == {"reference_missing", "check_failed"}
    assert heard(said(report) + log.getvalue(), TOKEN) == []


def test_rows_wait_in_files_that_only_their_owner_reads(db: dbkit.Database, tmp_path: Path) -> None:
    tenant = make_tenant(db)
    database = Outages(db)
    database.is_out = True
    rows = usages(tenant.organization_id, operation_of(tenant), 3, dimensions={"note": TOKEN})
    with listening() as log, Scribe(database, ScribeOptions(spool=tmp_path)) as scribe:
        scribe.write(*rows)
        report = scribe.flush()
        files = list(spooled(tmp_path))
    assert (report.spooled, len(files)) == (3, 1)
    assert heard(files[0][1], TOKEN), "a row is kept as it came"
    assert {path.stat().st_mode & 0o077 for path in tmp_path.iterdir()} == {0}
    assert heard(f"{[path.name for path, _ in files]} {said(report)} {log.getvalue()}", TOKEN) == []


def test_a_password_is_in_no_spool_and_no_report_of_an_outage(make_node: MakeNode, tmp_path: Path) -> None:
    node = make_node()
    create_schema(node.url())
    url = node.url().replace("@", f":{quote(PASSWORD, safe='')}@", 1)
    with listening() as log, dbkit.connect(url) as db:
        tenant = make_tenant(db)
        operation = operation_of(tenant)
        node.stop()
        with Scribe(db, ScribeOptions(spool=tmp_path / "spool")) as scribe:
            scribe.write(*usages(tenant.organization_id, operation, 3))
            assert any(scribe.report().spooled == 3 for _ in ticks(30.0))
            output = said(scribe.flush())
            files = b"".join(data for _, data in spooled(tmp_path / "spool"))
        with pytest.raises(NotTaken) as caught, Scribe(db, ScribeOptions(wait_seconds=0.1)) as scribe:
            scribe.write(*usages(tenant.organization_id, operation, 1))
        error = caught.value
        output += f"{error!r} {error} {vars(error)} {error.__cause__!r} {pickle.dumps(error)!r}"
    assert b"usage_events" in files
    assert output.count("the server cannot be reached") > 1
    assert heard(output.encode() + files + log.getvalue().encode(), PASSWORD) == []
