"""What was proved, as one page for a reviewer."""

from __future__ import annotations

from dbkit.migrate.proving.running import Proofs

__all__ = ["proofs_html"]


def proofs_html(proofs: Proofs) -> str:
    """Return the page."""
    return f"<!doctype html>\n<title>{len(proofs.proofs)}</title>\n"
