"""Draw the schema and its history, for the documents.

    python tools/pictures.py [--check]

Writes `docs/schema.svg` and `docs/schema.md` from the models, and `docs/history.svg` from the
revisions; with `--check` it says what is out of date and writes nothing.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from dbkit.generate.comparing import compared
from dbkit.migrate.erd.drawing import erd_svg
from dbkit.migrate.erd.mermaid import erd_mermaid
from dbkit.migrate.erd.tables import of_area, of_models
from dbkit.migrate.line import Line
from dbkit.migrate.schema_docs import purpose_of
from dbkit.migrate.timeline.drawing import timeline_svg
from dbkit.migrate.timeline.reading import read_history
from dbkit.models.areas import AREAS, Area
from tools.writer import PROJECT, finish

DOCS = PROJECT / "docs"

HEAD = """# The schema

The tables of the integration platform that dbkit carries, area by area. The models in `dbkit/models` are where they are
written; this page and the pictures are made from them by `make pictures`.

![All tables and foreign keys](schema.svg)

- `dbkit schema erd` draws this picture, or that of one area (`--area delivery`), as SVG or Mermaid.
- `dbkit schema docs --output FOLDER` writes a page for each entity: columns, states, keys, checks, indexes, filter,
  orders, verbs and operations. The pages are not kept here: they are always those of the version that you have.
- `dbkit migrate history --timeline` draws how the tables came to be:

![When each table came, changed and went](history.svg)

The diagrams below show the columns of primary keys, and those where foreign keys start.
"""


def schema_page() -> str:
    """Return the page of the schema, with a diagram for each area."""
    return "\n".join([HEAD, *(line for area in Area for line in _section(area))]).rstrip() + "\n"


def main(arguments: list[str]) -> int:
    """Write the pictures, or check them; return the exit code."""
    wanted = {
        DOCS / "schema.svg": erd_svg(of_models()),
        DOCS / "schema.md": schema_page(),
        DOCS / "history.svg": timeline_svg(read_history(Line.read())),
    }
    return finish(compared(PROJECT, wanted, set()), check="--check" in arguments)


def _section(area: Area) -> Iterator[str]:
    yield from (f"## {area.heading}", "")
    yield from (f"- `{entity.name}`: {purpose_of(entity)}" for entity in AREAS[area])
    yield from ("", "```mermaid", erd_mermaid(of_area(area)).rstrip(), "```", "")


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
