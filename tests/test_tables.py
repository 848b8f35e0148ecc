"""Tables of links: columns by the role their head gives them, dittos, and tables that list no links."""

from __future__ import annotations

from typing import Any

import pytest

from kg.text import normalise
from tests.reading import Found, differences, document, heard, links, read, weighed

HOME = {"province": "Cao Bằng", "date": "2024-06-15"}
BUS, FEES, MARKET, OPEN = (
    "Phần mềm quản lý bến xe",
    "Hệ thống quản lý thu phí",
    "Phần mềm quản lý chợ",
    "Cổng dữ liệu mở",
)


def table(*rows: str, bars: bool = False) -> str:
    """Rows as they come out of a document; `bars`: with one at either end, as in Markdown."""
    return "\n".join(f"| {row} |" if bars else row for row in rows)


def found(*rows: str, bars: bool = False, **meta: object) -> list[Found]:
    return links(read(table(*rows, bars=bars), **{**HOME, **meta}))


either = pytest.mark.parametrize("bars", [False, True], ids=["plain", "bars"])

HEADS: list[Any] = [
    "Hệ thống nguồn | Hệ thống đích",
    "Tên hệ thống | Kết nối với",
    "Phần mềm | Kết nối đến",
    "Nguồn | Đích",
    "Bên gửi | Bên nhận",
    "Đầu A | Đầu B",
    "Hệ thống | Các kết nối hiện có",
]


@either
@pytest.mark.parametrize("head", HEADS)
@pytest.mark.parametrize(("a", "b"), [(BUS, FEES), (MARKET, OPEN)])
def test_two_columns_name_the_ends(head: str, a: str, b: str, bars: bool) -> None:
    assert differences([f"{a} | connectsTo | {b} | operational"], found(head, f"{a} | {b}", bars=bars)) == []


@either
@pytest.mark.parametrize(("a", "b"), [(BUS, FEES), (MARKET, OPEN)])
def test_the_order_of_the_columns_is_the_heads(a: str, b: str, bars: bool) -> None:
    rows = ("TT | Hệ thống đích | Hệ thống nguồn", f"1 | {b} | {a}")
    assert differences([f"{a} | connectsTo | {b} | operational"], found(*rows, bars=bars)) == []


NO_LINKS = [
    "Tên hệ thống | Kinh phí",
    "Họ tên | Chức vụ",
    "Hệ thống | Đơn vị chủ trì",
    "Hệ thống | Số tài khoản",
    "TT | Năm",
]


@either
@pytest.mark.parametrize("head", NO_LINKS)
@pytest.mark.parametrize("row", [f"{BUS} | {FEES}", f"{MARKET} | {OPEN}"])
def test_a_table_of_something_else_states_no_link(head: str, row: str, bars: bool) -> None:
    assert [str(link) for link in found(head, row, bars=bars)] == []


def test_a_head_that_names_two_systems_is_no_head() -> None:
    assert [str(link) for link in found(f"{BUS} | {FEES}", f"{MARKET} | {OPEN}")] == []


# -- way, form, status, host -----------------------------------------------------------------------------------------

WIDE = "Hệ thống nguồn | Hệ thống đích | Qua | Hình thức | Trạng thái"


@either
@pytest.mark.parametrize("head", ["Qua", "Thông qua", "Trung gian", "Trục", "Kênh", "Nền tảng trung gian"])
def test_a_column_names_the_way(head: str, bars: bool) -> None:
    rows = (f"Hệ thống nguồn | Hệ thống đích | {head}", f"{BUS} | {FEES} | LGSP của tỉnh", f"{MARKET} | {OPEN} | -")
    expected = [f"{BUS} | connectsTo | {FEES} | operational | chia sẻ", f"{MARKET} | connectsTo | {OPEN} | operational"]
    assert differences(expected, found(*rows, bars=bars)) == []


FORMS = [
    ("đồng bộ dữ liệu", "synchronisesTo"),
    ("tích hợp", "integratedInto"),
    ("kết nối", "connectsTo"),
    ("gửi nhận văn bản", "exchangesDocumentsWith"),
    ("API", "connectsTo"),
]


@pytest.mark.parametrize("head", ["Hình thức", "Loại hình kết nối", "Phương thức"])
@pytest.mark.parametrize(("form", "relation"), FORMS)
def test_a_column_names_the_form(head: str, form: str, relation: str) -> None:
    rows = (f"Hệ thống nguồn | Hệ thống đích | {head}", f"{BUS} | {FEES} | {form}")
    assert differences([f"{BUS} | {relation} | {FEES} | operational"], found(*rows)) == []


STATUSES = [
    ("đang vận hành", "operational"),
    ("đã kết nối", "operational"),
    ("tạm dừng", "suspended"),
    ("chưa kết nối", "absent"),
    ("thử nghiệm", "pilot"),
    ("sẽ kết nối", "planned"),
    ("đang triển khai", "in_progress"),
    ("", "operational"),
]


@pytest.mark.parametrize("head", ["Trạng thái", "Hiện trạng", "Tình trạng", "Tiến độ", "Kết quả", "Ghi chú"])
@pytest.mark.parametrize(("cell", "status"), STATUSES)
def test_a_column_names_the_status(head: str, cell: str, status: str) -> None:
    rows = (f"Hệ thống nguồn | Hệ thống đích | {head}", f"{BUS} | {FEES} | {cell}")
    assert differences([f"{BUS} | connectsTo | {FEES} | {status}"], found(*rows)) == []


def test_a_date_beside_the_status_is_the_claims() -> None:
    (link,) = found("Hệ thống nguồn | Hệ thống đích | Trạng thái", f"{BUS} | {FEES} | tạm dừng từ tháng 3/2024")
    assert (link.status, link.fact.dating.as_of, link.fact.dating.source) == ("suspended", "2024-03", "text")


@pytest.mark.parametrize("head", ["Nơi đặt", "Nơi cài đặt", "Hạ tầng", "Đặt tại"])
def test_a_column_names_the_host(head: str) -> None:
    rows = (f"Tên hệ thống | {head}", f"{BUS} | Trung tâm dữ liệu của tỉnh", f"{FEES} | Phòng máy Sở Tư pháp")
    assert differences([f"{BUS} | hostedOn | Trung tâm dữ liệu | operational"], found(*rows)) == []


def test_a_row_may_have_a_far_end_and_a_host() -> None:
    rows = ("Tên hệ thống | Kết nối với | Nơi đặt", f"{BUS} | {FEES} | Trung tâm dữ liệu của tỉnh")
    expected = [f"{BUS} | connectsTo | {FEES} | operational", f"{BUS} | hostedOn | Trung tâm dữ liệu | operational"]
    assert differences(expected, found(*rows)) == []


# -- cells -----------------------------------------------------------------------------------------------------------


QUOTE = "a quotation mark is a ditto mark in no table"


@either
@pytest.mark.parametrize(
    "mark", ["nt", "như trên", "〃", pytest.param('"', marks=pytest.mark.xfail(strict=True, reason=QUOTE))]
)
def test_a_ditto_says_what_the_cell_above_says(mark: str, bars: bool) -> None:
    rows = (WIDE, f"{BUS} | {FEES} | LGSP của tỉnh | đồng bộ | tạm dừng", f"{mark} | {OPEN} | {mark} | {mark} | {mark}")
    expected = [f"{BUS} | synchronisesTo | {end} | suspended | chia sẻ" for end in (FEES, OPEN)]
    assert differences(expected, found(*rows, bars=bars)) == []


def test_a_ditto_reaches_through_dittos() -> None:
    rows = ("Nguồn | Đích", f"{BUS} | {FEES}", f"nt | {OPEN}", f"nt | {MARKET}")
    expected = [f"{BUS} | connectsTo | {end} | operational" for end in (FEES, OPEN, MARKET)]
    assert differences(expected, found(*rows)) == []


@pytest.mark.parametrize("rows", [("Nguồn | Đích", f"nt | {FEES}"), ("nt | nt", f"{FEES} | nt")])
def test_a_ditto_below_nothing_says_nothing(rows: tuple[str, str]) -> None:
    assert [str(link) for link in found(*rows)] == []


def test_a_cell_may_list_several_far_ends() -> None:
    expected = [f"{BUS} | connectsTo | {end} | operational" for end in (FEES, OPEN)]
    assert differences(expected, found("Tên hệ thống | Kết nối với", f"{BUS} | {FEES}; {OPEN}")) == []


@pytest.mark.parametrize("end", [FEES, MARKET])
def test_what_a_far_ends_own_words_say_goes_before_the_rest(end: str) -> None:
    rows = (
        "Tên hệ thống | Kết nối với | Trạng thái",
        f"{BUS} | {end} (qua LGSP của tỉnh): tạm dừng; {OPEN} | đang vận hành",
    )
    expected = [
        f"{BUS} | connectsTo | {end} | suspended | chia sẻ",
        f"{BUS} | connectsTo | {OPEN} | operational",
    ]
    assert differences(expected, found(*rows)) == []


@pytest.mark.parametrize("row", ["", " | ", f"{BUS} | ", f" | {FEES}", f"{BUS} | {BUS}", "1 | 2 | 3 | 4", "| |"])
def test_a_row_without_two_ends_states_no_link(row: str) -> None:
    assert [str(link) for link in found("Hệ thống nguồn | Hệ thống đích", row)] == []


def test_a_row_of_more_or_fewer_cells_than_the_head_is_read_as_far_as_it_goes() -> None:
    rows = (WIDE, f"{BUS} | {FEES}", f"{MARKET} | {OPEN} | LGSP của tỉnh | đồng bộ | tạm dừng | thừa | thừa")
    expected = [
        f"{BUS} | connectsTo | {FEES} | operational",
        f"{MARKET} | synchronisesTo | {OPEN} | suspended | chia sẻ",
    ]
    assert differences(expected, found(*rows)) == []


# -- around ----------------------------------------------------------------------------------------------------------


def test_prose_ends_a_table() -> None:
    rows = ("Nguồn | Đích", f"{BUS} | {FEES}", "Trên đây là các kết nối.", f"{MARKET} | {OPEN}")
    assert differences([f"{BUS} | connectsTo | {FEES} | operational"], found(*rows)) == []


@pytest.mark.xfail(strict=True, reason="the head of another table is read as a row where no line stands between")
def test_a_second_head_begins_a_second_table() -> None:
    rows = ("Nguồn | Đích", f"{BUS} | {FEES}", "Hệ thống | Kinh phí", f"{MARKET} | {OPEN}")
    assert differences([f"{BUS} | connectsTo | {FEES} | operational"], found(*rows)) == []


CAPTIONS = ["Các kết nối của {a}", "Kết nối hiện có của {a}"]


@pytest.mark.parametrize("caption", CAPTIONS)
@pytest.mark.parametrize("name", [BUS, MARKET])
def test_a_line_may_say_whose_links_the_rows_list(caption: str, name: str) -> None:
    rows = ("Kết nối với | Trạng thái", f"{FEES} | tạm dừng", f"{OPEN} | đang vận hành")
    text = f"{caption.format(a=name)}\n{table(*rows, bars=True)}"
    expected = [f"{name} | connectsTo | {FEES} | suspended", f"{name} | connectsTo | {OPEN} | operational"]
    assert differences(expected, links(read(text, **HOME))) == []


@pytest.mark.parametrize("line", ["Ảnh chụp {a}", "Kinh phí của {a}", "Số liệu tháng 5"])
def test_another_line_above_a_table_is_no_caption(line: str) -> None:
    rows = ("Kết nối với | Trạng thái", f"{FEES} | tạm dừng")
    assert [str(x) for x in links(read(f"{line.format(a=BUS)}\n{table(*rows, bars=True)}", **HOME))] == []


@pytest.mark.parametrize("name", [BUS, MARKET])
@pytest.mark.parametrize("mark", [":", "."])
def test_such_a_line_may_end_in_a_mark(mark: str, name: str) -> None:
    text = f"Các kết nối của {name}{mark}\n{table('Kết nối với | Trạng thái', f'{FEES} | tạm dừng', bars=True)}"
    assert differences([f"{name} | connectsTo | {FEES} | suspended"], links(read(text, **HOME))) == []


def test_the_evidence_of_a_row_is_the_row() -> None:
    row = f"{BUS} | {FEES} | LGSP của tỉnh | đồng bộ | tạm dừng"
    (link,) = found(WIDE, row)
    evidence = link.fact.evidence
    assert (evidence.rule, evidence.confidence, evidence.quote) == ("columns", 0.9, row)


def test_a_row_that_columns_tell_is_not_weighed_by_the_pair_model() -> None:
    keen = weighed({"how=here": 9.0})
    text = table(WIDE, f"{BUS} | {FEES} | LGSP của tỉnh | đồng bộ | tạm dừng")
    assert (
        differences([f"{BUS} | synchronisesTo | {FEES} | suspended | chia sẻ"], links(keen.read(document(text)))) == []
    )
    assert [sentence.pairs for sentence in heard(text, keen)][1] == []


def test_a_blank_first_cell_says_what_the_one_above_says() -> None:
    rows = ("Hệ thống đích | Hệ thống nguồn | Hiện trạng", f"{OPEN} | {BUS} | đã thông", f" | {MARKET} | thử nghiệm")
    expected = [f"{BUS} | connectsTo | {OPEN} | operational", f"{MARKET} | connectsTo | {OPEN} | pilot"]
    assert differences(expected, found(*rows)) == []


def test_semicolons_part_cells_where_each_line_holds_as_many() -> None:
    rows = ("Hệ thống nguồn; Hệ thống đích; Hiện trạng", f"{BUS}; {OPEN}; đã thông", f"{MARKET}; {OPEN}; thử nghiệm")
    expected = [f"{BUS} | connectsTo | {OPEN} | operational", f"{MARKET} | connectsTo | {OPEN} | pilot"]
    assert differences(expected, found(*rows)) == []
    assert found("Đã mua: xe; máy; loa", f"{BUS}; {FEES}; đèn", f"{MARKET}; bàn; ghế") == []
    assert normalise("a; b; c\nd; e; f\ng; h.").text == "a; b; c\nd; e; f\ng; h."
