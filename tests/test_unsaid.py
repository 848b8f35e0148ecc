"""Sentences that leave out whom they speak of: what stood before them tells."""

from __future__ import annotations

import pytest

from tests.reading import differences, links, read

HOME = {"province": "Cao Bằng", "date": "2024-06-15"}
NAMED = "Phần mềm quản lý bến xe của Sở Giao thông vận tải được đưa vào dùng từ tháng 3."
LINK = "bến xe | synchronisesTo | kho dữ liệu | operational"

IN_FRONT = [
    "",
    "Mỗi đêm còn ",
    "Cứ 15 phút một lần, ",
    "Phía trong, ",
    "Ở chiều ngược lại, ",
    "Đến hết quý I, ",
    "Trước hết, ",
    "Lâu nay, ",
    "Tuy nhiên, ",
    "Khi cần, ",
    "Riêng ở huyện Hà Quảng, ",
    "Mỗi khi có hồ sơ mới, ",
]


@pytest.mark.parametrize("words", IN_FRONT)
def test_a_phrase_set_in_front_is_no_subject(words: str) -> None:
    sentence = f"{words}đồng bộ lên Kho dữ liệu dùng chung của tỉnh."
    assert differences([LINK], links(read(f"{NAMED} {sentence[0].upper()}{sentence[1:]}", **HOME))) == []


def test_an_organisation_set_in_front_is_one() -> None:
    text = f"{NAMED} Sở Y tế rà soát hợp đồng, gửi tài liệu kỹ thuật về Kho dữ liệu dùng chung của tỉnh."
    assert links(read(text, **HOME)) == []


ABOVE = {
    "a heading": "Phần mềm quản lý bến xe:\n",
    "a name alone": "Phần mềm quản lý bến xe\n",
    "a number": "1. Phần mềm quản lý bến xe\n",
    "a number in brackets": "[1] Phần mềm quản lý bến xe | Sở Giao thông vận tải | đang chạy\n",
    "a row": "Phần mềm quản lý bến xe | Sở Giao thông vận tải | đang chạy\n",
    "an object": "Các phường nay làm việc trên Phần mềm quản lý bến xe. ",
    "a question": "- Còn Phần mềm quản lý bến xe thì sao, thưa ông?\n- ",
}
TOLD = {
    "Đã kết nối với Kho dữ liệu dùng chung tỉnh.": "bến xe | connectsTo | kho dữ liệu | operational",
    "Chưa đấu vào Kho dữ liệu dùng chung tỉnh.": "bến xe | connectsTo | kho dữ liệu | absent",
    "Riêng với Kho dữ liệu dùng chung tỉnh thì chưa.": "bến xe | connectsTo | kho dữ liệu | absent",
    "Với Kho dữ liệu dùng chung tỉnh, việc kết nối chưa thực hiện được.": "bến xe | connectsTo | kho dữ liệu | absent",
    "Máy chủ đặt tại Trung tâm dữ liệu tỉnh.": "bến xe | hostedOn | trung tâm dữ liệu | operational",
}


@pytest.mark.parametrize("above", ABOVE.values(), ids=ABOVE)
@pytest.mark.parametrize(("sentence", "link"), TOLD.items(), ids=TOLD)
def test_what_stands_above_is_what_is_spoken_of(above: str, sentence: str, link: str) -> None:
    assert differences([link], links(read(above + sentence, **HOME))) == []


def test_brackets_mean_the_row_that_has_their_number() -> None:
    text = (
        "[1] Trục LGSP tỉnh | Trung tâm CNTT | đang chạy\nTừ 9/2022 đã thông lên NGSP.\n\n"
        "[2] Cơ sở dữ liệu đất đai | Sở Tài nguyên | đang xây\nChưa đấu vào [1]."
    )
    stated = ["LGSP | connectsTo | NDXP | operational", "đất đai | connectsTo | LGSP | absent"]
    assert differences(stated, links(read(text.replace("NGSP", "NDXP"), **HOME))) == []


def test_documents_go_with_what_sends_and_receives_them() -> None:
    text = (
        "Sở xử lý văn bản trên VNPT-iOffice. Phần mềm quản lý bến xe đã xong. "
        "Phần mềm gửi, nhận văn bản với Hệ thống quản lý văn bản của Văn phòng Chính phủ."
    )
    link = "iOffice | exchangesDocumentsWith | Văn phòng Chính phủ | operational"
    assert differences([link], links(read(text, **HOME))) == []
