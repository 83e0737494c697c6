"""The statements of what tells events, where they differ from those of what tells none by more than the outbox."""

from __future__ import annotations

from dbkit import models
from dbkit.events.declared.connection import CONNECTION_EVENTS
from dbkit.events.declared.destination import DESTINATION_EVENTS
from dbkit.sqldb.emitting import EmittingStatements
from dbkit.sqldb.statements import statements_of


def test_a_row_whose_appearance_tells_nothing_is_inserted_as_without_events() -> None:
    statements = EmittingStatements(models.DESTINATIONS, DESTINATION_EVENTS, models.OUTBOX_EVENTS)
    assert statements.insert_and_tell is statements_of(models.DESTINATIONS).insert


def test_each_run_of_a_statement_makes_event_ids_of_its_own() -> None:
    statements = EmittingStatements(models.CONNECTIONS, CONNECTION_EVENTS, models.OUTBOX_EVENTS)
    deletion = statements.soft_delete(versioned=True).parameters
    assert deletion.fields[-1] == "event_id"
    given = (None,) * (len(deletion.fields) - 1)
    made = [deletion.encode(given)[0][-1] for _ in range(3)]
    assert len(set(made)) == 3
    assert all(each is not None and len(each) == 16 for each in made)
