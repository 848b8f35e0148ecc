"""Questions whether systems are linked, and their answers: the link stands as the answer says, and nowhere without one."""

from __future__ import annotations

import pytest

from tests.reading import differences, links, read

HOME = {"province": "Hà Nam", "date": "2025-10-10"}
ONE, OTHER = "Hệ thống một cửa điện tử", "Phần mềm quản lý hộ tịch"
ASKED = [
    "Hỏi: {one} đã kết nối với {other} chưa?\nĐáp: {answer}",
    "Phóng viên: {one} có kết nối với {other} không?\n- {answer}",
    "{one} đã liên thông với {other} chưa? {answer}",
]
ANSWERS = {
    "Rồi.": "operational",
    "Có.": "operational",
    "Đã kết nối từ tháng 3/2024.": "operational",
    "Chưa.": "absent",
    "Chưa, thưa bác.": "absent",
    "Có, nhưng mới thử nghiệm.": "pilot",
    "Đang làm.": "in_progress",
    "Tạm dừng từ tháng 5.": "suspended",
}


@pytest.mark.parametrize("asked", ASKED)
@pytest.mark.parametrize(("answer", "status"), ANSWERS.items(), ids=ANSWERS)
def test_a_link_asked_about_stands_as_the_answer_says(asked: str, answer: str, status: str) -> None:
    text = asked.format(one=ONE, other=OTHER, answer=answer)
    assert differences([f"một cửa | connectsTo | hộ tịch | {status}"], links(read(text, **HOME))) == []


def test_the_way_that_the_answer_names_is_the_links() -> None:
    text = f"{ONE} đã kết nối với {OTHER} chưa?\nRồi, qua LGSP tỉnh Hà Nam."
    (link,) = links(read(text, **HOME))
    assert [ref.type for ref in link.fact.via] == ["IntegrationPlatform"]


def test_its_evidence_is_question_and_answer() -> None:
    text = f"{ONE} đã kết nối với {OTHER} chưa?\nRồi."
    (link,) = links(read(text, **HOME))
    assert link.fact.evidence.quote == f"{ONE} đã kết nối với {OTHER} chưa?\nRồi."


NO_ANSWERS = [
    "Câu này tôi xin trả lời sau.",
    "Hôm nay trời đẹp. Rồi.",
    "Cổng dữ liệu mở thì rồi.",
    "",
]


@pytest.mark.parametrize("answer", NO_ANSWERS)
@pytest.mark.parametrize("asked", ASKED)
def test_a_question_that_nobody_answers_states_no_link(asked: str, answer: str) -> None:
    assert links(read(asked.format(one=ONE, other=OTHER, answer=answer), **HOME)) == []


NAMED = {
    f"- {ONE} hiện lấy dữ liệu từ đâu?\n- Từ {OTHER}.": "một cửa | connectsTo | hộ tịch | operational",
    f"PV: {ONE} đã nối với những hệ thống nào?\nÔng T.: Với {OTHER} thì xong rồi.": "một cửa | connectsTo | hộ tịch | operational",
    f"MC: {ONE} sẽ nối với gì?\nKhách: Với {OTHER}, đang thí điểm.": "một cửa | connectsTo | hộ tịch | pilot",
    f"Trung tâm điều hành thông minh tỉnh tích hợp dữ liệu từ đâu?\nTừ {OTHER}.": "hộ tịch | integratedInto | điều hành | operational",
}


@pytest.mark.parametrize(("text", "link"), NAMED.items(), ids=NAMED)
def test_a_fragment_names_what_was_asked_for(text: str, link: str) -> None:
    assert differences([link], links(read(text, **HOME))) == []


def test_the_answer_goes_on_about_what_the_question_named() -> None:
    text = f"Hỏi: {ONE} dùng thế nào?\nĐáp: Đã kết nối với {OTHER}."
    assert differences(["một cửa | connectsTo | hộ tịch | operational"], links(read(text, **HOME))) == []


@pytest.mark.parametrize("answer", ["Tôi chưa rõ.", "Từ nhiều nơi.", f"Chưa, {OTHER} không mở."])
def test_an_answer_that_names_none_links_none(answer: str) -> None:
    assert links(read(f"{ONE} lấy dữ liệu từ đâu?\n{answer}", **HOME)) == []
