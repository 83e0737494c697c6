"""What a local service needs to speak for the small world: its first project, and a key to it."""

from __future__ import annotations

__all__ = ["API_KEY", "PROJECT_ID"]

PROJECT_ID = "0194f000-0007-7000-8000-000000000001"
"""The project `demo` of the small world."""

API_KEY = "dbkit_local_key_for_the_demo_project"
"""The API key of that project whose hash the small world holds; it opens nothing but seeded databases."""
