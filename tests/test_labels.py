"""Lines that a label begins, below the name of what they are about."""

from __future__ import annotations

import pytest

from tests.reading import differences, links, read

HOME = {"province": "Cao Bằng", "date": "2024-06-15"}

LABELLED = {
    "- Trung tâm điều hành thông minh tỉnh\n  Nguồn đã có: Phần mềm quản lý bến xe": "bến xe | connectsTo | điều hành | operational",
    "2. Trung tâm điều hành thông minh tỉnh\n- Nguồn đã tích hợp: Phần mềm quản lý bến xe": "bến xe | integratedInto | điều hành | operational",
    "2. Trung tâm điều hành thông minh tỉnh\n- Nguồn chờ: Phần mềm quản lý bến xe": "bến xe | connectsTo | điều hành | planned",
    "2. Trung tâm điều hành thông minh tỉnh\n- Nguồn không có: Phần mềm quản lý bến xe": "bến xe | connectsTo | điều hành | absent",
    "- Phần mềm quản lý bến xe\n  Đầu ra: Kho dữ liệu dùng chung tỉnh": "bến xe | connectsTo | kho dữ liệu | operational",
    "- Phần mềm quản lý bến xe\n  Nguồn vào giai đoạn 1 (2026): Kho dữ liệu dùng chung": "kho dữ liệu | connectsTo | bến xe | operational",
    "- Phần mềm quản lý bến xe\n  Đầu vào: Kho dữ liệu dùng chung tỉnh": "kho dữ liệu | connectsTo | bến xe | operational",
    "1. Phần mềm quản lý bến xe\n- Gửi dữ liệu: Kho dữ liệu dùng chung tỉnh": "bến xe | connectsTo | kho dữ liệu | operational",
    "1. Phần mềm quản lý bến xe\n- Với Kho dữ liệu dùng chung tỉnh: đang thử": "bến xe | connectsTo | kho dữ liệu | pilot",
    "- Phần mềm quản lý bến xe\n  Đã kết nối: Kho dữ liệu dùng chung tỉnh": "bến xe | connectsTo | kho dữ liệu | operational",
}


@pytest.mark.parametrize(("text", "link"), LABELLED.items(), ids=LABELLED)
def test_a_label_links_with_the_name_above(text: str, link: str) -> None:
    assert differences([link], links(read(text, **HOME))) == []


@pytest.mark.parametrize(
    "text",
    [
        "1. Phần mềm quản lý bến xe\n- Nguồn vốn: Kho bạc tỉnh",
        "1. Phần mềm quản lý bến xe\n- Đơn vị: Sở Giao thông vận tải",
        "Tỉnh có hai kho.\n- Đầu ra: Kho dữ liệu dùng chung tỉnh",
    ],
)
def test_other_labels_link_nothing(text: str) -> None:
    assert links(read(text, **HOME)) == []
