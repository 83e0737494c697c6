"""Read states beyond the verbs: where a read goes on, and how far it is."""

from __future__ import annotations

from dbkit.operations._async.base import AsyncOwnOperations
from dbkit.types.identifiers import InstallationId, OperationId, ProjectId
from dbkit.types.read_state import NewReadState, ReadState

__all__ = ["AsyncReadStateOperations"]


class AsyncReadStateOperations(AsyncOwnOperations):
    """The operations of read states."""

    async def start(
        self,
        project_id: ProjectId,
        installation_id: InstallationId,
        object_name: str,
        operation_id: OperationId,
        estimated_total: int | None = None,
    ) -> ReadState:
        """Note that an operation begins to read an object, with nothing processed, from where the last one ended."""
        async with self._together() as tx:
            state = await tx.read_states.find(project_id, installation_id, object_name)
            new = NewReadState(
                project_id=project_id,
                installation_id=installation_id,
                object_name=object_name,
                next_page_token=None if state is None else state.next_page_token,
                progress_operation_id=operation_id,
                records_processed=0,
                records_estimated_total=estimated_total,
            )
            return (await tx.read_states.upsert(new, on="pk_read_states")).value

    async def advance(
        self,
        project_id: ProjectId,
        installation_id: InstallationId,
        object_name: str,
        *,
        next_page_token: str | None,
        processed: int,
        expected_version: int,
    ) -> ReadState:
        """Note that `processed` more records have been read, and where to go on.

        Raises `NotFound`, and `StaleVersion` where another reader has been faster.
        """
        async with self._together() as tx:
            state = await tx.read_states.lock(project_id, installation_id, object_name)
            return await tx.read_states.update(
                project_id,
                installation_id,
                object_name,
                expected_version=expected_version,
                next_page_token=next_page_token,
                records_processed=state.records_processed + processed,
            )
