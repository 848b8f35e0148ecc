"""Clauses that leave out what the link before them says: the system takes the place of the end that it is like."""

from __future__ import annotations

import pytest

from tests.reading import differences, links, read

HOME = {"province": "Cao Bằng", "date": "2024-06-15"}
STATED = "Phần mềm quản lý bến xe đã kết nối với Cơ sở dữ liệu quốc gia về dân cư"
LINK = "bến xe | connectsTo | dân cư | operational"

MORE = {
    "{stated}, Hệ thống quản lý thu phí thì chưa.": "thu phí | connectsTo | dân cư | absent",
    "{stated}; riêng Hệ thống quản lý thu phí thì chưa.": "thu phí | connectsTo | dân cư | absent",
    "{stated}, còn Hệ thống quản lý thu phí vẫn chưa kết nối được.": "thu phí | connectsTo | dân cư | absent",
    "{stated}. Tương tự, Hệ thống quản lý thu phí cũng đã kết nối.": "thu phí | connectsTo | dân cư | operational",
    "{stated}. Riêng Hệ thống quản lý thu phí thì chưa.": "thu phí | connectsTo | dân cư | absent",
    "{stated}, còn Cơ sở dữ liệu quốc gia về bảo hiểm thì chưa.": "bến xe | connectsTo | bảo hiểm | absent",
}


@pytest.mark.parametrize(("text", "link"), MORE.items(), ids=MORE)
def test_a_clause_may_leave_out_the_verb_and_the_other_end(text: str, link: str) -> None:
    assert differences([LINK, link], links(read(text.format(stated=STATED), **HOME))) == []


ALONE = [
    "{stated}; Hệ thống quản lý thu phí đang thử nghiệm.",
    "{stated}, còn Hệ thống quản lý thu phí đang được nâng cấp.",
    "{stated}, còn Hệ thống quản lý thu phí thì tốt.",
    "{stated}.\nHệ thống quản lý thu phí thì chưa.",
    "{stated}, còn cán bộ thì chưa.",
]


@pytest.mark.parametrize("text", ALONE)
def test_what_is_said_of_a_system_alone_is_no_link(text: str) -> None:
    assert differences([LINK], links(read(text.format(stated=STATED), **HOME))) == []


def test_without_a_link_before_it_a_clause_leaves_out_nothing() -> None:
    assert links(read("Trời đẹp, còn Hệ thống quản lý thu phí thì chưa.", **HOME)) == []
