"""Extracted text is plain: NFC, one blank at a time, nothing that a file or a terminal could stumble over."""

from __future__ import annotations

import unicodedata

from hypothesis import given
from hypothesis import strategies as st

from kg.plaintext import row, tidy


@given(st.text())
def test_tidy_text_can_be_written_and_is_tidy_already(text: str) -> None:
    plain = tidy(text)
    assert plain.encode().decode() == plain == tidy(plain) == unicodedata.normalize("NFC", plain)
    assert not any(unicodedata.category(letter) == "Cc" and letter != "\n" for letter in plain)


@given(st.lists(st.text()))
def test_a_row_is_one_line_whose_cells_can_be_told_apart(cells: list[str]) -> None:
    line = row(cells)
    assert len(line.splitlines()) <= 1
    assert line.count("|") <= max(0, len(cells) - 1)
