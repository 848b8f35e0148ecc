"""Tables whose columns state links: heads in many wordings, cells left blank, ways and dates in cells."""

from __future__ import annotations

import pytest

from tests.reading import differences, links, read

HOME = {"province": "Cao Bằng", "date": "2024-06-15"}
ONE = "bến xe | connectsTo | kho dữ liệu | operational"
TWO = "thu phí | connectsTo | dân cư | absent"
ROWS = (
    {
        "no": "1",
        "from": "Phần mềm quản lý bến xe",
        "to": "Kho dữ liệu dùng chung",
        "who": "Sở GTVT",
        "how": "đang vận hành",
    },
    {
        "no": "2",
        "from": "Hệ thống quản lý thu phí",
        "to": "CSDL quốc gia về dân cư",
        "who": "Sở GTVT",
        "how": "chưa kết nối",
    },
)
HEADS = [
    {"no": "STT", "from": "Hệ thống", "who": "Đơn vị chủ quản", "to": "Hệ thống kết nối", "how": "Trạng thái"},
    {"from": "Tên hệ thống, CSDL", "to": "Kết nối, chia sẻ dữ liệu với", "how": "Tình trạng"},
    {"from": "Bên gửi", "to": "Bên nhận", "how": "Trạng thái"},
    {"no": "TT", "from": "Danh mục", "to": "Đối tác", "how": "Hiện trạng"},
    {"no": "STT", "from": "Tên hệ thống thông tin", "to": "Các hệ thống đã kết nối, liên thông", "how": "Ghi chú"},
    {"from": "Tên", "who": "Quản lý", "to": "Kết nối", "how": "Ghi chú"},
]


@pytest.mark.parametrize("bar", ["\t", " | "], ids=["tabs", "bars"])
@pytest.mark.parametrize("head", HEADS, ids=lambda head: head["to"])
def test_the_head_tells_the_ends_in_many_wordings(head: dict[str, str], bar: str) -> None:
    text = "\n".join(bar.join(row[name] for name in head) for row in (head, *ROWS))
    assert differences([ONE, TWO], links(read(text, **HOME))) == []


def test_a_blank_cell_says_what_the_one_above_says() -> None:
    text = (
        "STT\tTên hệ thống\tKết nối với\tCách thức\tHiện trạng\n"
        "1\tPhần mềm quản lý bến xe\tKho dữ liệu dùng chung\tđồng bộ dữ liệu lên kho\tđang vận hành\n"
        "\t\tNền tảng thanh toán PayGov\tkết nối qua LGSP tỉnh\tthử nghiệm\n"
        "2\tHệ thống quản lý thu phí\tCSDL quốc gia về dân cư\t(không có)\tchưa kết nối"
    )
    stated = ["bến xe | synchronisesTo | kho dữ liệu | operational", "bến xe | connectsTo | PayGov | pilot | LGSP", TWO]
    assert differences(stated, links(read(text, **HOME))) == []


def test_what_will_be_done_at_a_date_to_come_is_planned() -> None:
    text = (
        "Hệ thống | Kết nối với | Hiện trạng\n"
        "Phần mềm quản lý bến xe | Kho dữ liệu dùng chung | quý II/2025 hoàn thành\n"
        "Hệ thống quản lý thu phí | CSDL quốc gia về dân cư | quý II/2023 hoàn thành"
    )
    stated = ["bến xe | connectsTo | kho dữ liệu | planned", "thu phí | connectsTo | dân cư | operational"]
    assert differences(stated, links(read(text, **HOME))) == []


def test_a_tab_that_indents_a_paragraph_is_no_cell() -> None:
    text = "\tPhần mềm quản lý bến xe đã kết nối với Kho dữ liệu dùng chung."
    assert differences([ONE], links(read(text, **HOME))) == []
