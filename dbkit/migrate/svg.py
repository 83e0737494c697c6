"""Pictures as text: SVG that reads in light and dark, and is the same on every run."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from string import Template
from xml.sax.saxutils import escape, quoteattr

__all__ = ["PALETTE", "document", "element", "line_path", "text_width", "write"]

PALETTE = (
    *("#2f7ed8", "#d9622b", "#2a9d5c", "#a94fb5", "#b58900", "#d03f5a", "#1f9ea8", "#7a68d8", "#6f8f1f"),
    *("#a0623a", "#5b7fa6", "#d4579b", "#138a7e", "#c97a10", "#7b838f", "#4f9a2d", "#b84a3a", "#3f6fb0"),
)
"""Colours of lines: each in the middle of the scale of lightness, so that it shows on white and on black."""

_LIGHT = {
    "ground": "#ffffff",
    "panel": "#f3f5f8",
    "box": "#ffffff",
    "rule": "#c3cad3",
    "ink": "#1c2430",
    "soft": "#66717f",
}
_DARK = {
    "ground": "#10141a",
    "panel": "#1a2029",
    "box": "#262e3a",
    "rule": "#465264",
    "ink": "#e6ebf1",
    "soft": "#98a4b3",
}

_FONT = """
svg { font-family: ui-monospace, SFMono-Regular, Menlo, Consolas, "DejaVu Sans Mono", monospace; font-size: 11px; }
.title { font-size: 17px; font-weight: 600; }
.heading { font-size: 12px; font-weight: 600; }
.name { font-weight: 600; }
"""

_COLOURS = """
.ground { fill: $ground; }
.panel { fill: $panel; }
text { fill: $ink; }
.soft, .heading { fill: $soft; }
"""

_CHARACTER = 0.602
"""Width of a character of the fonts named above, in parts of the font's size."""


def element(tag: str, /, *children: str, **attributes: object) -> str:
    """Return an element; `class_` gives `class`, and underscores in names of attributes stand for hyphens."""
    given = "".join(
        f" {name.rstrip('_').replace('_', '-')}={quoteattr(write(value))}"
        for name, value in attributes.items()
        if value is not None
    )
    return f"<{tag}{given}>{''.join(children)}</{tag}>" if children else f"<{tag}{given}/>"


def write(value: object) -> str:
    """Return a value as text; a number with one decimal at most."""
    return f"{value:.1f}".removesuffix(".0") if isinstance(value, float) else str(value)


def text_width(text: str, size: float = 11.0) -> float:
    """Return how wide a text is, about."""
    return len(text) * size * _CHARACTER


def line_path(points: Sequence[tuple[float, float]], radius: float = 5.0) -> str:
    """Return the path along these points, with round corners."""
    corners = _corners(points)
    parts = [f"M{_point(corners[0])}"]
    for before, corner, after in zip(corners, corners[1:], corners[2:], strict=False):
        reach = min(radius, _length(before, corner) / 2, _length(corner, after) / 2)
        parts.append(f"L{_point(_towards(corner, before, reach))}")
        parts.append(f"Q{_point(corner)} {_point(_towards(corner, after, reach))}")
    parts.append(f"L{_point(corners[-1])}")
    return "".join(parts)


def document(title: str, size: tuple[float, float], style: str, body: Iterable[str]) -> str:
    """Return a whole SVG document, one element a line.

    In `style`, `$ground`, `$panel`, `$box`, `$rule`, `$ink` and `$soft` are colours, light or dark as
    the reader's screen is.
    """
    width, height = map(write, size)
    box = f'viewBox="0 0 {width} {height}" width="{width}" height="{height}"'
    lines = [
        f'<svg xmlns="http://www.w3.org/2000/svg" {box} role="img">',
        element("title", escape(title)),
        element("style", _FONT + _coloured(_COLOURS + style.strip())),
        element("rect", class_="ground", width=width, height=height),
        *body,
        "</svg>",
    ]
    return "\n".join(lines) + "\n"


def _coloured(rules: str) -> str:
    # Written twice and not with variables of CSS, which viewers outside of browsers leave black.
    light, dark = (Template(rules).substitute(colours).strip() for colours in (_LIGHT, _DARK))
    return f"{light}\n@media (prefers-color-scheme: dark) {{\n{dark}\n}}\n"


def _corners(points: Sequence[tuple[float, float]]) -> list[tuple[float, float]]:
    """Return the points without those that stand where the line goes straight on."""
    kept: list[tuple[float, float]] = []
    for point in points:
        if kept and point == kept[-1]:
            continue
        if len(kept) > 1 and (kept[-2][0] == kept[-1][0] == point[0] or kept[-2][1] == kept[-1][1] == point[1]):
            kept.pop()
        kept.append(point)
    return kept


def _length(one: tuple[float, float], other: tuple[float, float]) -> float:
    return abs(one[0] - other[0]) + abs(one[1] - other[1])


def _towards(start: tuple[float, float], end: tuple[float, float], reach: float) -> tuple[float, float]:
    share = reach / (_length(start, end) or 1.0)
    return start[0] + (end[0] - start[0]) * share, start[1] + (end[1] - start[1]) * share


def _point(point: tuple[float, float]) -> str:
    return f"{write(float(point[0]))},{write(float(point[1]))}"
