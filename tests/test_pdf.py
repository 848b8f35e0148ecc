"""The text layer of a PDF comes as it was written: whole paragraphs, rows of tables, no furniture."""

from __future__ import annotations

import pytest

from kg import pdf as door
from kg.pdf import MAX_PAGES, PdfError, pdf_text
from tests.printed import locked, pdf

LONG = "Cổng dịch vụ công của tỉnh đã kết nối với Cổng Dịch vụ công quốc gia"  # 68 letters, 408 points


def test_every_vietnamese_letter_comes_out() -> None:
    words = "ẰẮẶẲẴ ỗộốồổ ưừứựửữ Đđ ỹỵ"
    assert pdf_text(pdf([(50, 50, words)])) == words


def test_wrapped_lines_are_one_paragraph_and_short_ones_end_it() -> None:
    page = [(50, 50, LONG), (50, 65, "qua trục liên thông."), (50, 80, LONG + ";"), (50, 95, "- Hộ tịch")]
    assert pdf_text(pdf(page)).split("\n") == [f"{LONG} qua trục liên thông.", f"{LONG};", "- Hộ tịch"]


def test_a_paragraph_goes_on_over_the_page_and_running_heads_and_numbers_are_left_out() -> None:
    words = [LONG.replace("Cổng dịch", f"{number} dịch") for number in ("Bốn.", "Năm.", "Sáu.")]
    pages = [[(50, 20, "Báo cáo của tỉnh"), (50, 50, words[n]), (280, 780, f"{n + 1}")] for n in range(3)]
    assert pdf_text(pdf(*pages)) == " ".join(words)


def test_a_ruled_table_gives_a_line_a_row_and_merged_cells_are_said_in_each() -> None:
    rules = [(50, y, 450, y) for y in (100, 130, 190)] + [(50, 160, 350, 160)]
    rules += [(x, 100, x, 190) for x in (50, 100, 350, 450)]
    cells = [
        (55, 105, "STT"),
        (105, 105, "Hệ thống"),
        (355, 105, "Tình trạng"),
        (55, 135, "1"),
        (105, 132, "Cơ sở dữ liệu"),
    ]
    cells += [(105, 145, "đất đai"), (355, 150, "Đã kết nối"), (55, 165, "2"), (105, 165, "Kho dữ liệu")]
    page = [(50, 50, "Trước bảng."), *rules, *cells, (50, 220, "Sau bảng.")]
    assert pdf_text(pdf(page)).split("\n") == [
        "Trước bảng.",
        "STT | Hệ thống | Tình trạng",
        "1 | Cơ sở dữ liệu đất đai | Đã kết nối",
        "2 | Kho dữ liệu | Đã kết nối",
        "Sau bảng.",
    ]


def test_wide_blanks_part_the_cells_of_a_row_without_rules() -> None:
    assert pdf_text(pdf([(50, 50, "Hộ tịch"), (250, 50, "Đã kết nối")])) == "Hộ tịch | Đã kết nối"


def test_bold_that_is_printed_twice_is_read_once() -> None:
    assert pdf_text(pdf([(50, 50, "LỚN  TTT"), (50.3, 50, "LỚN  TTT")])) == "LỚN TTT"


def test_columns_are_read_one_after_the_other() -> None:
    left = [(50, 50 + 15 * n, f"trái {n} đã kết nối với trục liên thông") for n in range(10)]
    right = [(320, 50 + 15 * n, f"phải {n} đã kết nối với trục liên thông") for n in range(10)]
    text = pdf_text(pdf([*left, *right]))
    assert text.index("trái 9") < text.index("phải 0")
    assert "|" not in text


def test_a_page_without_text_gives_none() -> None:
    assert pdf_text(pdf([(50, 50, 60, 60)])) == ""


def test_the_same_file_gives_the_same_text() -> None:
    data = pdf([(50, 50, LONG), (300, 90, "a"), (50, 90, "b")])
    assert pdf_text(data) == pdf_text(data)


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (b"%PDF", "broken"),
        (pdf([(50, 50, "x")])[:300], "broken"),
        (locked(), "password"),
        (pdf(*[[(50, 50, "x")]] * (MAX_PAGES + 1)), f"{MAX_PAGES} pages"),
    ],
    ids=["head only", "cut off", "locked", "too long"],
)
def test_what_cannot_be_read_is_refused_with_its_reason(data: bytes, words: str) -> None:
    with pytest.raises(PdfError) as caught:
        pdf_text(data)
    assert words in caught.value.message
    assert caught.value.hint


def test_a_reading_that_is_ended_by_its_limits_is_a_refusal(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(door, "_CHILD", "raise SystemExit(9)")
    with pytest.raises(PdfError, match="time or memory"):
        pdf_text(pdf([(50, 50, "x")]))
