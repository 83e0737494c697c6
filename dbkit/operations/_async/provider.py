"""Providers beyond the verbs: the catalogue as a whole."""

from __future__ import annotations

from collections.abc import Iterable

from dbkit.operations._async.base import AsyncOwnOperations
from dbkit.types.identifiers import ProviderSlug
from dbkit.types.provider import NewProvider, Provider, ProviderFilter

__all__ = ["AsyncProviderOperations"]


class AsyncProviderOperations(AsyncOwnOperations):
    """The operations of providers."""

    async def sync(self, catalogue: Iterable[NewProvider]) -> list[ProviderSlug]:
        """Bring the providers of a catalogue to what it says, all or none; return the slugs that changed, sorted.

        Providers that the catalogue does not name stay as they are.
        """
        wanted = {provider.slug: provider for provider in catalogue}
        async with self._together() as tx:
            present: dict[ProviderSlug, Provider] = {
                provider.slug: provider async for provider in tx.providers.iterate(ProviderFilter())
            }
            # In one order for all, so that two who do this at once do not wait for each other.
            changed = [slug for slug in sorted(wanted) if not _says(present.get(slug), wanted[slug])]
            for slug in changed:
                await tx.providers.upsert(wanted[slug], on="pk_providers")
            return changed


def _says(stored: Provider | None, wanted: NewProvider) -> bool:
    """Tell whether a stored provider is what the catalogue says."""
    return stored is not None and stored.model_dump(include=set(NewProvider.model_fields)) == wanted.model_dump()
