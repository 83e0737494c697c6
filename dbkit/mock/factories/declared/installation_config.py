"""Configurations of installations."""

from __future__ import annotations

from dbkit.mock.factories.base import EntityFactory
from dbkit.models.installation_config import INSTALLATION_CONFIGS

__all__ = ["InstallationConfigFactory"]


class InstallationConfigFactory(EntityFactory):
    """Configurations of installations."""

    class Meta:
        """The entity."""

        entity = INSTALLATION_CONFIGS

    content = {"read": {"objects": {"contact": {"schedule": "*/10 * * * *"}}}}  # noqa: RUF012 (values copy what they are given)
