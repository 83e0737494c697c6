"""OAuth applications; `secret=b"..."` says which client secret is sealed."""

from __future__ import annotations

from dbkit.mock.factories.base import EntityFactory, LazyAttribute
from dbkit.mock.factories.secrets import sealed
from dbkit.models.provider_app import PROVIDER_APPS

__all__ = ["ProviderAppFactory"]


class ProviderAppFactory(EntityFactory):
    """OAuth applications; `secret=b"..."` says which client secret is sealed."""

    class Meta:
        """The entity."""

        entity = PROVIDER_APPS

    class Params:
        """The secret itself."""

        secret = b"secret of an application"

    client_secret_ciphertext = LazyAttribute(
        lambda row: sealed(PROVIDER_APPS, "client_secret_ciphertext", row, row.client_secret_key_id, row.secret)
    )
