"""Roles of a test: how it logs in as one of them, and how they go."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager

import psycopg
from psycopg.sql import SQL, Identifier

from tests.migrate.runs import Connection

__all__ = ["LogIn", "as_role", "dropped_after", "nothing_left_to"]

LogIn = Callable[[str], Connection]


def as_role(url: str, role: str) -> str:
    """Return the URL by which a role reaches the same database."""
    return re.sub(r"//[^@]*@", f"//{role}@", url)


@contextmanager
def dropped_after(url: str, *names: str) -> Iterator[None]:
    """Drop roles after the block: a server has them for all its databases."""
    try:
        with nothing_left_to(url, *names):
            yield
    finally:
        with psycopg.connect(url, autocommit=True) as connection:
            for name in names:
                connection.execute(SQL("DROP ROLE IF EXISTS {}").format(Identifier(name)))


@contextmanager
def nothing_left_to(url: str, *names: str) -> Iterator[None]:
    """Take from roles, after the block, what they have in a database."""
    try:
        yield
    finally:
        with psycopg.connect(url, autocommit=True) as connection:
            there = connection.execute("SELECT rolname FROM pg_roles WHERE rolname = ANY (%s)", (list(names),))
            for (name,) in there.fetchall():
                for words in ("REASSIGN OWNED BY {} TO CURRENT_USER", "DROP OWNED BY {}"):
                    connection.execute(SQL(words).format(Identifier(name)))
