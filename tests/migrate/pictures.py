"""SVG documents, as tests look at them."""

from __future__ import annotations

import re
from dataclasses import dataclass
from itertools import pairwise
from xml.etree import ElementTree as ET

Point = tuple[float, float]
SVG = "{http://www.w3.org/2000/svg}"


@dataclass(frozen=True)
class Rectangle:
    left: float
    top: float
    right: float
    bottom: float

    def contains(self, other: Rectangle) -> bool:
        return (
            self.left <= other.left
            and self.top <= other.top
            and other.right <= self.right
            and other.bottom <= self.bottom
        )

    def overlaps(self, other: Rectangle) -> bool:
        return (
            self.left < other.right and other.left < self.right and self.top < other.bottom and other.top < self.bottom
        )


def parse(svg: str) -> ET.Element:
    return ET.fromstring(svg)


def groups(svg: str, kind: str) -> dict[str, ET.Element]:
    """Return the groups of a class by id."""
    return {each.attrib["id"]: each for each in parse(svg).iter(f"{SVG}g") if each.get("class") == kind}


def rectangle(element: ET.Element) -> Rectangle:
    x, y, width, height = (float(element.attrib[name]) for name in ("x", "y", "width", "height"))
    return Rectangle(x, y, x + width, y + height)


def rectangle_in(group: ET.Element) -> Rectangle:
    found = group.find(f"{SVG}rect")
    assert found is not None
    return rectangle(found)


def corners(group: ET.Element) -> list[Point]:
    """Return the corners of the line in a group: its round corners made sharp."""
    line = next(each for each in group.iter(f"{SVG}path") if each.get("class") == "line")
    return [(float(x), float(y)) for _, x, y in re.findall(r"([MLQ])(-?[\d.]+),(-?[\d.]+)", line.attrib["d"])]


def strokes(group: ET.Element) -> list[Rectangle]:
    """Return the straight pieces of the line in a group, each as a rectangle without breadth."""
    return [Rectangle(min(x, u), min(y, v), max(x, u), max(y, v)) for (x, y), (u, v) in pairwise(corners(group))]


def arrow(group: ET.Element) -> Point:
    """Return the point of the arrow in a group."""
    heads = [each for each in group.iter(f"{SVG}path") if each.get("class") is None]
    x, y = re.match(r"M(-?[\d.]+),(-?[\d.]+)", heads[0].attrib["d"]).groups()  # type: ignore[union-attr]
    return float(x), float(y)
