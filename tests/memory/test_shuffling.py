from __future__ import annotations

from collections import Counter

from dbkit.memory.shuffling import Shuffler


def test_two_come_in_either_order() -> None:
    shuffler = Shuffler(1)
    found = [shuffler.shuffled(["a", "b"]) for _ in range(20)]
    assert {"".join(each) for each in found} == {"ab", "ba"}


def test_every_order_comes_up_about_as_often() -> None:
    shuffler = Shuffler(1)
    found = Counter("".join(shuffler.shuffled(["a", "b", "c"])) for _ in range(600))
    assert len(found) == 6
    assert min(found.values()) > 60


def test_where_there_is_one_order_none_is_drawn() -> None:
    """What comes later does not hang on how many rows were alone."""
    shuffler, other = Shuffler(1), Shuffler(1)
    assert (shuffler.shuffled([]), shuffler.shuffled(["a"])) == ([], ["a"])
    assert shuffler.shuffled(list(range(9))) == other.shuffled(list(range(9)))


def test_what_is_shuffled_stays_as_it_was() -> None:
    items = list(range(9))
    assert Shuffler(1).shuffled(items) != items == list(range(9))
