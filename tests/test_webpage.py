"""A web page gives its main text: paragraphs, items and rows, none of its furniture."""

from __future__ import annotations

import pytest

from kg.plaintext import TooBigError
from kg.webpage import page_text

TEXT = "Cổng dịch vụ công của tỉnh đã kết nối với Cổng Dịch vụ công quốc gia qua trục liên thông, số {}."
PARAGRAPHS = [TEXT.format(number) for number in range(5)]
INNER = "".join(f"<p>{text}</p>" for text in PARAGRAPHS)
MENU = '<div class="zz"><a href="/">Trang chủ</a> <a href="/l">Liên hệ</a></div>'
COUNTER = "<div>Lượt truy cập: 12</div>"


def page(body: str) -> str:
    return f"<!DOCTYPE html><html><head><title>T</title></head><body>{body}</body></html>"


@pytest.mark.parametrize(
    "body",
    [
        f"<nav>Trang chủ</nav><main>{INNER}</main><footer>Bản quyền</footer>",
        f"{MENU}<div class='q'>{INNER}</div>{COUNTER}",
        f"{MENU}<div class='q'>{INNER.replace('<p>', '<div><span>').replace('</p>', '</span></div>')}</div>{COUNTER}",
        f"{MENU}<div class='q'>{'<br><br>'.join(PARAGRAPHS)}</div>{COUNTER}",
        f"<table><tr><td>{MENU}</td><td>{INNER}</td><td>{COUNTER}</td></tr></table>",
        f"<article>{INNER}</article><div class='comments'><div class='comment'>Hay quá</div></div>",
        INNER,
    ],
    ids=["named parts", "unknown parts", "no paragraphs", "line breaks", "layout by table", "comments", "bare"],
)
def test_the_main_text_is_found_and_furniture_is_not_in_it(body: str) -> None:
    assert page_text(page(body)).split("\n") == PARAGRAPHS


def test_lists_keep_markers_numbers_and_depth() -> None:
    body = f"{INNER}<ul><li>Một<ul><li>Hai</li></ul></li></ul><ol><li>Ba</li><li>Bốn</li></ol>"
    assert page_text(page(body)).split("\n")[5:] == ["- Một", "  - Hai", "1. Ba", "2. Bốn"]


def test_a_row_is_a_line_and_a_cell_over_rows_is_said_in_each() -> None:
    rows = "<tr><th>STT<th>Hệ thống<th>Tình trạng<tr><td>1<td>Đất<br>đai<td rowspan=2>Đã nối<tr><td>2<td>Hộ tịch"
    assert page_text(page(f"{INNER}<table>{rows}</table>")).split("\n")[5:] == [
        "STT | Hệ thống | Tình trạng",
        "1 | Đất đai | Đã nối",
        "2 | Hộ tịch | Đã nối",
    ]


def test_a_short_page_keeps_all_its_text() -> None:
    body = "<h2>Kết quả</h2><p>Đã <b>kết</b>\nnối với:</p><ul><li>Hộ tịch</li></ul>"
    assert page_text(page(body)) == "Kết quả\nĐã kết nối với:\n- Hộ tịch"


@pytest.mark.parametrize("markup", ["", "<html></html>", page("<script>var a = 1</script>"), page("<nav>A</nav>")])
def test_a_page_without_text_gives_none(markup: str) -> None:
    assert page_text(markup) == ""


def test_entities_of_its_own_are_not_followed() -> None:
    markup = f'<!DOCTYPE html [<!ENTITY x SYSTEM "file:///etc/passwd">]><html><body>{INNER}<p>&x;</p></body></html>'
    assert "root:" not in page_text(markup)


def test_a_paragraph_of_countless_pieces_is_refused() -> None:
    with pytest.raises(TooBigError):
        page_text(page("<p>" + "<a href='x'>a</a> b" * 6000))
