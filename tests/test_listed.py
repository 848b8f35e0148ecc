"""Names that only the column of a table tells."""

from __future__ import annotations

import pytest

from kg.model import SystemFact
from tests.reading import differences, links, read

HOME = {"province": "Cao Bằng", "date": "2024-06-15"}
HEAD = "TT | Tên hệ thống | Đơn vị chủ quản | Kết nối với"


def labels(text: str) -> list[str]:
    return [fact.ref.label for fact in read(text, **HOME).facts if isinstance(fact, SystemFact)]


@pytest.mark.parametrize("head", [HEAD, "(1) TT | (2) Tên hệ thống | (3) Đơn vị chủ quản | (4) Kết nối với"])
def test_a_cell_names_a_system_whatever_it_looks_like(head: str) -> None:
    text = f"{head}\n1 | Thủ tục tàu thuyền điện tử | Sở Giao thông vận tải | Kho dữ liệu dùng chung tỉnh; Thẻ vé Bằng Pass"
    expected = [
        "tàu thuyền điện tử | connectsTo | kho dữ liệu | operational",
        "tàu thuyền | connectsTo | thẻ vé | operational",
    ]
    assert differences(expected, links(read(text, **HOME))) == []


def test_the_name_is_known_in_the_text_below() -> None:
    text = f"{HEAD}\n1 | Thẻ vé Bằng Pass | Sở Giao thông vận tải | -\n\nThẻ vé Bằng Pass chưa kết nối với Kho dữ liệu dùng chung tỉnh."
    assert differences(["thẻ vé | connectsTo | kho dữ liệu | absent"], links(read(text, **HOME))) == []


def test_a_line_between_groups_of_rows_does_not_end_the_table() -> None:
    text = f"{HEAD}\n1 | VNeID | Bộ Công an | -\nB. VẬN TẢI\n2 | Phần mềm quản lý bến xe | Sở Giao thông vận tải | Kho dữ liệu dùng chung tỉnh"
    assert differences(["bến xe | connectsTo | kho dữ liệu | operational"], links(read(text, **HOME))) == []


@pytest.mark.parametrize(
    "row",
    [
        "1 | Phần mềm quản lý bến xe | Trung tâm Quản lý giao thông | -",
        "1 | Phần mềm quản lý bến xe | Sở Giao thông vận tải | Chưa có",
        "1 | Phần mềm quản lý bến xe | Sở Giao thông vận tải | xem dòng 3",
    ],
)
def test_owners_and_remarks_name_no_system(row: str) -> None:
    assert labels(f"{HEAD}\n{row}") == ["Phần mềm quản lý bến xe tỉnh Cao Bằng"]


def test_other_tables_name_none() -> None:
    assert labels("TT | Đơn vị | Kết quả\n1 | Thủ tục tàu thuyền điện tử | Đạt yêu cầu") == []
