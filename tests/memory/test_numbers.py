from __future__ import annotations

from dbkit.memory.numbers import Numbers


def test_each_table_has_numbers_of_its_own() -> None:
    numbers = Numbers()
    assert [numbers.draw("one") for _ in range(3)] == [1, 2, 3]
    assert [numbers.draw("other"), numbers.draw("one")] == [1, 4]
    assert numbers.drawn() == {"one": 4, "other": 1}


def test_numbers_that_are_taken_already_are_not_drawn() -> None:
    numbers = Numbers()
    numbers.advance("one", 0)
    assert numbers.draw("one") == 1
    numbers.advance("one", 10)
    assert numbers.draw("one") == 11
    numbers.advance("one", 10)
    assert numbers.draw("one") == 12
    numbers.advance("other", 3)
    assert numbers.draw("other") == 4


def test_numbers_go_back_to_what_was_drawn_then() -> None:
    numbers = Numbers()
    numbers.draw("one")
    then = numbers.drawn()
    numbers.draw("one")
    numbers.draw("other")
    for _ in range(2):
        # What was noted is not drawn from: one may go back to it as often as one wants.
        numbers.go_back(then)
        assert [numbers.draw("one"), numbers.draw("other")] == [2, 1]
    assert then == {"one": 1}
