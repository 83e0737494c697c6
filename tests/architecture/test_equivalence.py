"""The page about the twin says what the tests say, and a change of these is noticed."""

from __future__ import annotations

import pytest

from tools import equivalence

TEXT = equivalence.PAGE.read_text(encoding="utf-8")


def test_up_to_date(capsys: pytest.CaptureFixture[str]) -> None:
    assert equivalence.main(["--check"]) == 0, capsys.readouterr().out[:4000]


@pytest.mark.parametrize(
    ("line", "changed"),
    [
        (
            "| P4: lost update | possible | prevented | prevented |",
            "| P4: lost update | prevented | prevented | prevented |",
        ),
        ("| The block commits | both |\n", ""),
    ],
)
def test_a_hand_edit_is_undone(line: str, changed: str) -> None:
    assert line in TEXT
    assert equivalence.page(TEXT.replace(line, changed)) == equivalence.page(TEXT)


def test_a_module_of_the_suite_in_no_area_is_an_error(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(equivalence, "AREAS", equivalence.AREAS[1:])
    with pytest.raises(SystemExit, match="values of the suite are in no area"):
        equivalence.page(TEXT)
