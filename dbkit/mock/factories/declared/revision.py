"""Revisions of integrations."""

from __future__ import annotations

from dbkit.mock.factories.base import EntityFactory
from dbkit.models.revision import REVISIONS

__all__ = ["RevisionFactory"]


class RevisionFactory(EntityFactory):
    """Revisions of integrations."""

    class Meta:
        """The entity."""

        entity = REVISIONS

    content = {"read": {"objects": [{"objectName": "contact", "schedule": "*/10 * * * *"}]}}  # noqa: RUF012 (values copy what they are given)
