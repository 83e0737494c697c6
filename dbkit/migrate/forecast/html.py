"""A forecast as one page for a reviewer: no assets of others, light and dark."""

from __future__ import annotations

from collections.abc import Iterator
from html import escape

from dbkit.migrate.forecast.model import Forecast, RevisionForecast, StatementForecast
from dbkit.migrate.forecast.ranges import Range, bytes_words, seconds_words
from dbkit.migrate.forecast.text import disk_words, headline, remarks, sizes_words, wait_words, work_words
from dbkit.migrate.pages import html_page

__all__ = ["forecast_body", "forecast_html"]


def forecast_html(forecast: Forecast) -> str:
    """Return the page."""
    return html_page(headline(forecast), forecast_body(forecast))


def forecast_body(forecast: Forecast) -> Iterator[str]:
    """Return what stands on the page, to be a part of another one too."""
    yield f"<h1>{escape(headline(forecast))}</h1>"
    yield from (f'<p class="warn">{escape(each)}</p>' for each in remarks(forecast))
    if forecast.revisions:
        heads = "".join(f"<th>{each}</th>" for each in ("revision", "phase", "takes", "WAL", "disk", "who waits"))
        yield f"<table><thead><tr>{heads}</tr></thead><tbody>"
        yield from (_row(each) for each in forecast.revisions)
        yield "</tbody></table>"
    for each in forecast.revisions:
        yield from _revision(each)


def _row(each: RevisionForecast) -> str:
    revision = each.revision
    waits = "<br>".join(escape(wait_words(wait)) for wait in each.waits) or "nobody"
    cells = (escape(revision.header.phase), _time(each.seconds), _size(each.wal_bytes), _size(each.disk_bytes), waits)
    link = f'<a href="#r{escape(revision.id)}">{escape(str(revision))}</a>'
    return f"<tr><td>{link}</td>" + "".join(f"<td>{cell}</td>" for cell in cells) + "</tr>"


def _revision(each: RevisionForecast) -> Iterator[str]:
    header = each.revision.header
    yield f'<h2 id="r{escape(each.revision.id)}">{escape(str(each.revision))}</h2>'
    how = "one transaction" if header.transactional else f"without a transaction, {each.revision.how}"
    yield f'<p>{escape(each.revision.title)} <span class="soft">{escape(header.phase)}, {how}</span></p>'
    warnings, facts = (
        list(_warnings(each)),
        [*sizes_words(each), *map(str, each.elsewhere), *filter(None, [disk_words(each)])],
    )
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
