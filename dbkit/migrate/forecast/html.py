"""A forecast as one page for a reviewer: no assets of others, light and dark."""

from __future__ import annotations

from collections.abc import Iterator
from html import escape

from dbkit.migrate.forecast.model import Forecast, RevisionForecast, StatementForecast
from dbkit.migrate.forecast.ranges import Range, bytes_words, seconds_words
from dbkit.migrate.forecast.text import headline, remarks, size_words, wait_words, work_words

__all__ = ["forecast_html"]

_STYLE = """
:root {
  color-scheme: light dark; --ink: #1b1f24; --page: #fff; --soft: #59636e; --line: #d1d9e0; --warn: #9a3f00;
  --box: #f6f8fa;
}
@media (prefers-color-scheme: dark) {
  :root {
    --ink: #e6edf3; --page: #0d1117; --soft: #9198a1; --line: #3d444d; --warn: #f0883e; --box: #161b22;
  }
  a { color: #6cb6ff; }
}
body {
  font: 15px/1.5 system-ui, sans-serif; color: var(--ink); background: var(--page); max-width: 72rem;
  margin: 2rem auto; padding: 0 1rem;
}
h1 { font-size: 1.3rem; }
h2 { font-size: 1.05rem; margin-top: 2rem; border-top: 1px solid var(--line); padding-top: 1rem; }
table { border-collapse: collapse; width: 100%; }
th, td { text-align: left; padding: .25rem .75rem .25rem 0; vertical-align: top; border-bottom: 1px solid var(--line); }
th { color: var(--soft); font-weight: 500; }
pre { background: var(--box); padding: .6rem; overflow-x: auto; margin: .5rem 0; }
.warn { color: var(--warn); }
.soft { color: var(--soft); }
ul { padding-left: 1.2rem; }
"""


def forecast_html(forecast: Forecast) -> str:
    """Return the page."""
    title = escape(headline(forecast))
    return (
        f'<!doctype html>\n<html lang="en">\n<head>\n<meta charset="utf-8">\n<title>{title}</title>\n'
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        f"<style>{_STYLE}</style>\n</head>\n<body>\n" + "\n".join(_body(forecast)) + "\n</body>\n</html>\n"
    )


def _body(forecast: Forecast) -> Iterator[str]:
    yield f"<h1>{escape(headline(forecast))}</h1>"
    yield from (f'<p class="warn">{escape(each)}</p>' for each in remarks(forecast))
    if forecast.revisions:
        heads = "".join(f"<th>{each}</th>" for each in ("revision", "phase", "takes", "WAL", "who waits"))
        yield f"<table><thead><tr>{heads}</tr></thead><tbody>"
        yield from (_row(each) for each in forecast.revisions)
        yield "</tbody></table>"
    for each in forecast.revisions:
        yield from _revision(each)


def _row(each: RevisionForecast) -> str:
    revision = each.revision
    waits = "<br>".join(escape(wait_words(wait)) for wait in each.waits) or "nobody"
    cells = (escape(revision.header.phase), _time(each.seconds), _size(each.wal_bytes), waits)
    link = f'<a href="#r{escape(revision.id)}">{escape(str(revision))}</a>'
    return f"<tr><td>{link}</td>" + "".join(f"<td>{cell}</td>" for cell in cells) + "</tr>"


def _revision(each: RevisionForecast) -> Iterator[str]:
    header = each.revision.header
    yield f'<h2 id="r{escape(each.revision.id)}">{escape(str(each.revision))}</h2>'
    how = "one transaction" if header.transactional else f"without a transaction, {each.revision.how}"
    yield f'<p>{escape(each.revision.title)} <span class="soft">{escape(header.phase)}, {how}</span></p>'
    warnings, facts = list(_warnings(each)), [size_words(name, size) for name, size in each.sizes.items()]
    if warnings or facts:
        yield "<ul>"
        yield from (f'<li class="warn">{escape(text)}</li>' for text in warnings)
        yield from (f"<li>{escape(text)}</li>" for text in facts)
        yield "</ul>"
    for statement in each.statements:
        yield from _statement(statement)


def _warnings(each: RevisionForecast) -> Iterator[str]:
    if not each.is_traced:
        yield "not traced: locks are those that the header claims"
    yield from map(wait_words, each.waits)
    yield from (f"in the way now: {holder}" for holder in each.blockers)
    yield from (f"prepared statements of running services break once: {column}" for column in each.retypes)
    if each.lost_by_rolling_back:
        yield each.lost_by_rolling_back


def _statement(each: StatementForecast) -> Iterator[str]:
    yield f"<pre>{escape(each.statement.sql)}</pre>"
    told = [f"locks {name} {lock}" for name, lock in each.statement.locks.items()]
    told += [work_words(work) for work in each.works]
    told += ["again and again, until nothing is left to do"] if each.statement.repeated else []
    if told:
        yield f'<p class="soft">{escape("; ".join(told))}</p>'


def _time(span: Range | None) -> str:
    return "-" if span is None else escape(seconds_words(span))


def _size(span: Range | None) -> str:
    return "-" if span is None else escape(bytes_words(span))
