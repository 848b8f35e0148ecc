"""Names that only the column of a table tells."""

from __future__ import annotations

import pytest

from kg.model import SystemFact
from kg.naming import listed_numbers
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


PREDICATES = {
    "Đặt tại Trung tâm dữ liệu tỉnh": ["bến xe | hostedOn | trung tâm dữ liệu | operational"],
    "Sẽ tích hợp vào Kho dữ liệu dùng chung tỉnh": ["bến xe | integratedInto | kho dữ liệu | planned"],
    "Đăng nhập bằng VNeID từ 01/7/2023": ["bến xe | connectsTo | VNeID | operational"],
    "Dùng trên toàn quốc như VNeID": [],
}


@pytest.mark.parametrize(("note", "told"), PREDICATES.items(), ids=PREDICATES)
@pytest.mark.parametrize("head", ["TT | Tên hệ thống | Kết nối với | Ghi chú", "TT | Tên | Liên quan | Khác"])
def test_a_cell_that_is_a_predicate_tells_of_its_row(head: str, note: str, told: list[str]) -> None:
    text = f"{head}\n1 | Phần mềm quản lý bến xe | Không | {note}"
    assert differences(told, links(read(text, **HOME))) == []


def test_what_is_put_off_is_planned() -> None:
    text = "TT | Tên hệ thống | Kết nối với | Ghi chú\n1 | Phần mềm quản lý bến xe | Kho dữ liệu dùng chung tỉnh - chưa | Sẽ hoàn thành kết nối trong quý IV/2025"
    assert differences(["bến xe | connectsTo | kho dữ liệu | planned"], links(read(text, **HOME))) == []


LIST = "TT | Tên hệ thống | Ghi chú\n1 | Phần mềm quản lý bến xe | -\n2 | Cổng dịch vụ công tỉnh | -\n3 | VNeID | -\n\n"
ITEMS = [
    "Hệ thống số 1 và 2 đặt tại Trung tâm dữ liệu tỉnh.",
    "Về mục 1, 2: các hệ thống số 1 và 2 chạy trên Trung tâm dữ liệu tỉnh.",
]


@pytest.mark.parametrize("text", ITEMS)
def test_several_numbers_stand_for_their_rows(text: str) -> None:
    expected = [
        "bến xe | hostedOn | trung tâm dữ liệu | operational",
        "cổng dịch vụ công | hostedOn | trung tâm dữ liệu | operational",
    ]
    assert differences(expected, links(read(LIST + text, **HOME))) == []


@pytest.mark.parametrize("text", [*ITEMS, "Về mục 1: hệ thống này đặt tại Trung tâm dữ liệu tỉnh."])
def test_the_number_of_a_row_is_nobodys_name(text: str) -> None:
    facts = [fact for fact in read(LIST + text, **HOME).facts if isinstance(fact, SystemFact)]
    assert [name for fact in facts for name in fact.alt_labels if name[-1].isdigit()] == []


@pytest.mark.parametrize(
    "text", ["quyết định số 1, 2 của tỉnh", "mục 1.2 và 3", "số 12, 13% và 4/5", "tại số 2, 3 phố"]
)
def test_other_numbers_stand_for_nothing(text: str) -> None:
    assert list(listed_numbers(text, ["mục"], ["số"])) == []


TOLD = {
    "Chưa kết nối; kế hoạch quý III/2026": "bến xe | connectsTo | kho dữ liệu | planned",
    "Chưa kết nối; kế hoạch số 12": "bến xe | connectsTo | kho dữ liệu | absent",
    "Đã kết nối, qua LGSP": "bến xe | connectsTo | kho dữ liệu | operational | LGSP",
}


@pytest.mark.parametrize(("state", "told"), TOLD.items(), ids=TOLD)
def test_a_column_of_states_tells_what_is_put_off_and_which_way_links_go(state: str, told: str) -> None:
    text = f"TT | Tên hệ thống | Kết nối với | Tình trạng\n1 | Phần mềm quản lý bến xe | Kho dữ liệu dùng chung tỉnh | {state}"
    assert differences([told], links(read(text, **HOME))) == []


def test_a_group_of_rows_does_not_end_such_a_table() -> None:
    text = "STT | Hệ thống | Kết nối LGSP\n1 | Phần mềm quản lý bến xe | Đã kết nối\nB. NỘI VỤ\n2 | Phần mềm quản lý giá | Chưa"
    expected = ["bến xe | connectsTo | LGSP | operational", "giá | connectsTo | LGSP | absent"]
    assert differences(expected, links(read(text, **HOME))) == []


MATRIX = {
    "STT | Hệ thống | Kết nối LGSP | Đăng nhập bằng VNeID\n1 | Phần mềm quản lý bến xe | Đã kết nối | Chưa\n2 | Cổng dịch vụ công | - | Có": [
        "bến xe | connectsTo | LGSP | operational",
        "bến xe | connectsTo | VNeID | absent",
        "cổng dịch vụ công | connectsTo | VNeID | operational",
    ],
    "Hệ thống | Tích hợp vào Cổng dịch vụ công của tỉnh | Ghi chú\nPhần mềm quản lý bến xe | Chưa | Dự kiến tháng 10/2026": [
        "bến xe | integratedInto | cổng dịch vụ công | planned"
    ],
    "Hệ thống | Kết nối LGSP | Kết nối VNeID\nNgười dùng | 120 | 15": [],
}


@pytest.mark.parametrize(("text", "told"), MATRIX.items(), ids=MATRIX)
def test_the_head_of_a_column_may_name_the_other_end(text: str, told: list[str]) -> None:
    assert differences(told, links(read(text, **HOME))) == []
