"""A word that no output may hold, in any of the forms in which it could get there."""

from __future__ import annotations

import base64
import io
import logging
import pickle
import traceback
from collections.abc import Iterator
from contextlib import contextmanager
from urllib.parse import quote, quote_plus

__all__ = ["forms", "heard", "listening", "told"]


def forms(canary: str) -> set[bytes]:
    """Return a word as itself, URL-encoded, in base64 at each of its three alignments, in hexadecimal, escaped."""
    plain = canary.encode()
    aligned = {base64.b64encode(b"-" * shift + plain)[4 if shift else 0 : -4] for shift in range(3)}
    urlsafe = {base64.urlsafe_b64encode(b"-" * shift + plain)[4 if shift else 0 : -4] for shift in range(3)}
    texts = {canary, quote(canary, safe=""), quote_plus(canary), repr(canary)[1:-1], plain.hex(), plain.hex().upper()}
    return {text.encode() for text in texts} | aligned | urlsafe


def heard(output: bytes | str, canary: str) -> list[bytes]:
    """Return the forms of a word that an output holds."""
    whole = output.encode() if isinstance(output, str) else output
    return sorted(form for form in forms(canary) if form in whole)


def told(error: BaseException) -> str:
    """Return all that an error says: itself, its causes, its traceback with the values of locals, and its pickle."""
    shown = "".join(
        traceback.TracebackException.from_exception(each, capture_locals=True).__str__() for each in _chain(error)
    )
    frames = "".join(traceback.TracebackException.from_exception(error, capture_locals=False).format())
    facts = "".join(f"{each!r} {each} {vars(each)} {each.args}" for each in _chain(error))
    return shown + frames + facts + repr(pickle.dumps(error))


def _chain(error: BaseException) -> Iterator[BaseException]:
    seen: BaseException | None = error
    while seen is not None:
        yield seen
        seen = seen.__cause__ or seen.__context__


@contextmanager
def listening() -> Iterator[io.StringIO]:
    """Give a block what is logged meanwhile, by anybody and at any level."""
    stream = io.StringIO()
    handler = logging.StreamHandler(stream)
    handler.setFormatter(logging.Formatter("%(name)s %(message)s"))
    root = logging.getLogger()
    level = root.level
    root.addHandler(handler)
    root.setLevel(logging.NOTSET)
    try:
        yield stream
    finally:
        root.removeHandler(handler)
        root.setLevel(level)
