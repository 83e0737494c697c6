"""*permitted*: what a revision needs of its role, and what it leaves to the roles of services."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from sqlalchemy.dialects import postgresql
from sqlalchemy.schema import CreateTable

from dbkit.migrate.proving import permitted
from dbkit.migrate.proving.model import Outcome, Verdict
from dbkit.models.entity import Entity
from dbkit.models.provider import PROVIDERS
from tests.migrate.lines import LineFolder
from tests.migrate.proving.conftest import Look, only
from tests.migrate.runs import Connection


@pytest.fixture(autouse=True)
def no_role_stays(connection: Connection) -> Iterator[None]:
    """A server has roles for all its databases: those of a check go with it."""
    yield
    query = "SELECT rolname FROM pg_roles WHERE starts_with(rolname, 'dbkit_prove_')"
    assert connection.execute(query).fetchall() == []


def proved(line: LineFolder, look: Look, *upgrade: str) -> Outcome:
    line.add("change", *upgrade)
    return only(look(revisions=("change",), only=("permitted",))).outcomes["permitted"]


def test_what_its_owner_may_do_is_permitted(line: LineFolder, look: Look) -> None:
    line.tables("things")
    outcome = proved(line, look, "ALTER TABLE things ADD COLUMN more int", "CREATE TABLE others (id int)")
    assert outcome.verdict is Verdict.PASSED
    assert outcome.notes == ("no models are known (--models), so no statements of services were sent",)


@pytest.mark.parametrize(
    "statement",
    ["SET LOCAL session_replication_role = replica", "COPY things FROM PROGRAM 'true'"],
)
def test_what_needs_a_superuser_is_not(line: LineFolder, look: Look, statement: str) -> None:
    line.tables("things")
    outcome = proved(line, look, statement)
    assert outcome.verdict is Verdict.FAILED
    assert "as the migration role, which is no superuser, it fails" in outcome.findings[0].what


@pytest.fixture
def providers(monkeypatch: pytest.MonkeyPatch, line: LineFolder) -> Entity:  # type: ignore[type-arg]
    """A line with the table of one entity, which is all that is known."""
    create = str(CreateTable(PROVIDERS.table).compile(dialect=postgresql.dialect()))  # type: ignore[no-untyped-call]
    line.add("create_providers", create)
    monkeypatch.setattr(permitted, "entities_of", lambda _models: {"providers": PROVIDERS})
    return PROVIDERS


@pytest.mark.usefixtures("providers")
def test_a_table_that_is_made_anew_lacks_its_grants(line: LineFolder, look: Look) -> None:
    line.add(
        "change",
        "CREATE TABLE anew (LIKE providers INCLUDING ALL)",
        "DROP TABLE providers",
        "ALTER TABLE anew RENAME TO providers",
    )
    found = only(look(revisions=("change",), only=("permitted",), models="dbkit.models:Base")).outcomes["permitted"]
    assert found.verdict is Verdict.FAILED
    assert {each.what for each in found.findings} >= {
        "a service may not send providers.update any more, until roles are applied again"
    }


@pytest.mark.usefixtures("providers")
def test_a_table_of_no_model_has_what_a_new_one_has_when_it_is_swapped_in(line: LineFolder, look: Look) -> None:
    """Revisions run as the owner, on whose new tables services may read and append at once."""
    line.add("make", "CREATE TABLE anew (LIKE providers INCLUDING ALL)")
    line.add("change", "ALTER TABLE providers RENAME TO old", "ALTER TABLE anew RENAME TO providers")
    found = only(look(revisions=("change",), only=("permitted",), models="dbkit.models:Base")).outcomes["permitted"]
    refused = {each.what.removeprefix("a service may not send providers.").partition(" ")[0] for each in found.findings}
    assert "update" in refused
    assert not refused & {"create", "get", "page", "count"}
    assert found.notes == (
        "providers was anew, which no model names: services have there what they have on a new table",
    )


def test_a_table_that_is_new_takes_no_right_away(line: LineFolder, look: Look, providers: Entity) -> None:  # type: ignore[type-arg]
    line.add("drop", "DROP TABLE providers")
    line.add("change", str(CreateTable(providers.table).compile(dialect=postgresql.dialect())))  # type: ignore[no-untyped-call]
    found = only(look(revisions=("change",), only=("permitted",), models="dbkit.models:Base")).outcomes["permitted"]
    assert (found.verdict, found.findings) == (Verdict.PASSED, ())
    (note,) = found.notes
    assert note.startswith("until roles are applied again services may not send providers.delete, providers.")


@pytest.mark.usefixtures("providers")
def test_what_leaves_grants_alone_is_permitted(line: LineFolder, look: Look) -> None:
    line.add("change", "ALTER TABLE providers ADD COLUMN more int")
    found = only(look(revisions=("change",), only=("permitted",), models="dbkit.models:Base")).outcomes["permitted"]
    assert (found.verdict, found.findings, found.notes) == (Verdict.PASSED, (), ())
