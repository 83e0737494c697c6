"""A review as one page: all of it, whatever its length, with the charts of what was proved."""

from __future__ import annotations

from collections.abc import Iterator
from html import escape
from typing import TYPE_CHECKING

from dbkit.migrate.forecast.html import forecast_body
from dbkit.migrate.pages import html_page
from dbkit.migrate.proving.page import proofs_body
from dbkit.migrate.review.markdown import headline
from dbkit.migrate.review.reviewing import Review

if TYPE_CHECKING:
    from dbkit.migrate.linting.checking import Linted

__all__ = ["review_html"]


def review_html(review: Review) -> str:
    """Return the page."""
    return html_page(headline(review), _body(review))


def _body(review: Review) -> Iterator[str]:
    yield f"<h1>{escape(headline(review))}</h1>"
    yield from (f'<p class="warn">{escape(each)}</p>' for each in review.failures)
    if review.linted is not None:
        yield from _lint(review.linted)
    if review.revisions:
        yield from forecast_body(review.forecast)
    if review.proofs is not None:
        yield from proofs_body(review.proofs)


def _lint(linted: Linted) -> Iterator[str]:
    for each in linted.findings:
        name = each.path.rpartition("/")[2]
        yield f"<h3>{escape(f'{each.rule.id} {each.rule.name}')}</h3>"
        yield f'<p class="warn">{escape(f"{name}:{each.line or 1}: {each.what}")}</p>'
        if each.statement:
            yield f"<pre>{escape(each.statement)}</pre>"
        yield f"<p>{escape(each.rule.effect)}<br>{escape(each.safe)}</p>"
    for each, by in linted.accepted:
        yield f'<p class="soft">{escape(f"accepted: {each.rule.id} {each.rule.name}: {by.reason}")}</p>'
