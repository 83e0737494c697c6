"""The pytest plugin of `dbkit[testing]`: databases for tests, isolated from each other."""

from __future__ import annotations
