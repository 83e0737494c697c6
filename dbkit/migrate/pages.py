"""Pages for reviewers: one file each, without assets of others, light and dark."""

from __future__ import annotations

from collections.abc import Iterable
from html import escape
from typing import Final

__all__ = ["html_page"]

_STYLE: Final = """
:root {
  color-scheme: light dark; --ink: #1b1f24; --page: #fff; --soft: #59636e; --line: #d1d9e0; --warn: #9a3f00;
  --box: #f6f8fa; --good: #1a7f37;
}
@media (prefers-color-scheme: dark) {
  :root {
    --ink: #e6edf3; --page: #0d1117; --soft: #9198a1; --line: #3d444d; --warn: #f0883e; --box: #161b22; --good: #3fb950;
  }
  a { color: #6cb6ff; }
}
body {
  font: 15px/1.5 system-ui, sans-serif; color: var(--ink); background: var(--page); max-width: 72rem;
  margin: 2rem auto; padding: 0 1rem;
}
h1 { font-size: 1.3rem; }
h2 { font-size: 1.05rem; margin-top: 2rem; border-top: 1px solid var(--line); padding-top: 1rem; }
h3 { font-size: 1rem; margin-bottom: .25rem; }
table { border-collapse: collapse; width: 100%; }
th, td { text-align: left; padding: .25rem .75rem .25rem 0; vertical-align: top; border-bottom: 1px solid var(--line); }
th { color: var(--soft); font-weight: 500; }
pre { background: var(--box); padding: .6rem; overflow-x: auto; margin: .5rem 0; }
.warn { color: var(--warn); }
.good { color: var(--good); }
.soft { color: var(--soft); }
ul { padding-left: 1.2rem; }
svg { max-width: 100%; height: auto; }
svg text { fill: var(--soft); font-size: 11px; }
"""


def html_page(title: str, body: Iterable[str]) -> str:
    """Return a page of these parts, which are HTML; the title is text."""
    return (
        f'<!doctype html>\n<html lang="en">\n<head>\n<meta charset="utf-8">\n<title>{escape(title)}</title>\n'
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        f"<style>{_STYLE}</style>\n</head>\n<body>\n" + "\n".join(body) + "\n</body>\n</html>\n"
    )
