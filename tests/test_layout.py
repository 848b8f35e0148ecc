"""Lines of a document become units to read: furniture left out, items joined to their introduction, moods of headings."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.layout import LONGEST, Unit
from kg.text import Normal, lines, normalise
from tests.reading import differences, links, read, reader

LINES = [
    "Mục tiêu",
    "- Kết nối A với B;",
    "1. Về A:",
    "Trang chủ | Tin",
    "Tin liên quan",
    "Đã xong. Nay tốt.",
    "a) TP. Vinh",
    "  + nt",
    "",
]


def units(text: str) -> tuple[Normal, list[Unit]]:
    """The normalised text and its units."""
    normal = normalise(text)
    return normal, list(reader().layout.units(normal, list(lines(normal))))


def stretches(text: str) -> list[str]:
    """The text of each unit."""
    normal, found = units(text)
    return [normal.text[u.start : u.end] for u in found]


def intros(text: str) -> list[str | None]:
    """The introducing line of each unit."""
    normal, found = units(text)
    return [normal.text[u.intro[0] : u.intro[1]] if u.intro else None for u in found]


FURNITURE = [
    "Trang chủ | Tin tức | Liên hệ",
    "Lượt xem: 120",
    "Chia sẻ: Facebook, Zalo",
    "Bản quyền thuộc Sở Tư pháp",
    "© 2023 Cổng thông tin",
    "Email của bạn *",
    "Liên kết website",
    "Đang truy cập: 15",
]


@pytest.mark.parametrize("line", FURNITURE)
def test_lines_of_a_page_frame_are_not_read(line: str) -> None:
    assert stretches(f"{line}\nTỉnh đã mở Cổng.\n{line}") == ["Tỉnh đã mở Cổng."]


@pytest.mark.parametrize("line", ["Bài viết khác", "Tin liên quan", "Ý kiến bạn đọc", "Có thể bạn quan tâm"])
def test_what_follows_the_text_is_not_read(line: str) -> None:
    body = ["Tỉnh đã mở Cổng.", "Mọi việc tốt.", "Hết tin."]
    assert stretches("\n".join([*body, line, "Một tin khác hẳn."])) == body


def test_such_a_line_at_the_top_does_not_end_the_text() -> None:
    assert "Tỉnh đã mở Cổng." in stretches("Tin liên quan\nTin một\nTỉnh đã mở Cổng.\nHết.\nHết thật.\nXong.")


@pytest.mark.parametrize("text", ["", "\n\n", " \r\n\t", "\ufeff"])
def test_a_text_of_nothing_has_no_units(text: str) -> None:
    assert stretches(text) == []


def test_a_marker_is_no_part_of_what_is_read() -> None:
    assert stretches("1. Một\n1.2. Hai\na) Ba\n- Bốn\n• Năm\nII. Sáu") == ["Một", "Hai", "Ba", "Bốn", "Năm", "Sáu"]


def test_items_know_the_line_that_introduces_them_until_the_list_ends() -> None:
    text = "Đã kết nối với:\n- Hệ thống giá;\n  + Hệ thống đất;\n- Hệ thống rừng.\nTỉnh khen."
    assert intros(text) == [None, *["Đã kết nối với:"] * 3, None]


def test_a_line_less_indented_than_the_introduction_is_no_item_of_it() -> None:
    assert intros("  Đã kết nối với:\n- Hệ thống giá;")[1] is None


def test_a_list_inside_a_list_has_the_nearer_introduction() -> None:
    assert intros("Tỉnh gồm:\n- Huyện gồm:\n  + Xã;")[2] == "Huyện gồm:"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Gồm:\n1. Một;\n2. Hai;", [None, "Gồm:", "Gồm:"]),
        ("1. Gồm:\na) Một;\n2. Có:\na) Hai;", [None, "Gồm:", None, "Có:"]),
        ("1. Gồm:\na) Một;\nb) Hai;\n2. Hết.", [None, "Gồm:", "Gồm:", None]),
        ("Gồm:\n- Xã:\n  + Một;\n- Hai;", [None, "Gồm:", "Xã:", "Gồm:"]),
        ("Gồm:\n- Xã:\n  + Một;\nXong.\n- Hai;", [None, "Gồm:", "Xã:", None, None]),
        ("Gồm:\nMột;\nHai;\nBa.", [None, "Gồm:", "Gồm:", None]),
        ("Gồm:\nMột.", [None, None]),
        ("- Một;\n- Hai;", [None, None]),
        ("I. Gồm:\n1. Một;\nII. Hai;", [None, "Gồm:", None]),
        ("1. Sổ\nGồm:\n- Một;\n2. Xã\n- Hai;", [None, None, "Gồm:", None, None]),
        ("a) Gồm:\n- Một;\n2. Xã;", [None, "Gồm:", None]),
        ("Gồm:\n- Một;\n  1. Nửa;\n- Hai;", [None, "Gồm:", "Gồm:", "Gồm:"]),
        ("Gồm:\n1. Một;\n- Hai;\n2. Ba;", [None, "Gồm:", "Gồm:", "Gồm:"]),
    ],
)
def test_a_list_ends_with_the_next_line_marked_like_its_introduction(text: str, expected: list[str | None]) -> None:
    assert intros(text) == expected


REPORT_MOODS = [
    ("Mục tiêu", "directive"),
    ("III. NHIỆM VỤ NĂM 2025", "directive"),
    ("2. Kiến nghị, đề xuất", "directive"),
    ("Phương hướng thời gian tới", "directive"),
    ("Kết quả", None),
    ("II. Kết quả thực hiện nhiệm vụ", None),
    ("Tồn tại, hạn chế", None),
    ("Giới thiệu", None),
    ("Tỉnh đã hoàn thành mục tiêu đề ra.", None),
]


@pytest.mark.parametrize(("heading", "mood"), REPORT_MOODS)
def test_a_heading_of_a_report_says_what_the_lines_below_it_are(heading: str, mood: str | None) -> None:
    _, found = units(f"{heading}\nKết nối phần mềm.")
    assert found[-1].mood == mood


@pytest.mark.parametrize("genre", ["KẾ HOẠCH", "Quyết định", "V/v kết nối hệ thống", "CHỈ THỊ"])
@pytest.mark.parametrize("heading", [heading for heading, mood in REPORT_MOODS if mood])
def test_the_tasks_of_a_plan_are_planned_even_with_a_subject(genre: str, heading: str) -> None:
    _, found = units(f"{genre}\n{heading}\nKết nối phần mềm.")
    assert found[-1].mood == "planned"


@pytest.mark.parametrize("genre", ["Quyết định", "V/v kết nối hệ thống", "CHỈ THỊ"])
@pytest.mark.parametrize("heading", [heading for heading, mood in REPORT_MOODS if not mood])
def test_what_an_order_says_elsewhere_is_to_be_done_where_it_has_no_subject(genre: str, heading: str) -> None:
    _, found = units(f"{genre}\n{heading}\nKết nối phần mềm.")
    assert found[-1].mood == "directive"


@pytest.mark.parametrize(
    ("genre", "moods"),
    [
        ("CHỈ THỊ", ["directive", "planned", "planned", "planned", "planned", "planned"]),
        ("BÁO CÁO", [None, "directive", "directive", "directive", "directive", "directive"]),
    ],
)
def test_a_mood_lasts_from_line_to_line(genre: str, moods: list[str | None]) -> None:
    _, found = units(f"{genre}\nMục tiêu\nMột.\nHai.\n- Ba;\nNhiệm vụ")
    assert [u.mood for u in found] == moods


RESULTS = ["Kết quả", "II. Tình hình thực hiện", "Đánh giá chung"]


@pytest.mark.parametrize("results", RESULTS)
@pytest.mark.parametrize(("genre", "mood"), [("BÁO CÁO", None), ("KẾ HOẠCH", "directive"), ("CHỈ THỊ", "directive")])
def test_a_heading_of_results_takes_a_mood_back_to_that_of_the_document(
    genre: str, mood: str | None, results: str
) -> None:
    _, found = units(f"{genre}\nNhiệm vụ\nMột.\n{results}\nHai.")
    assert [u.mood for u in found][-2:] == [mood, mood]


def test_depth_orders_the_outline() -> None:
    _, found = units("I. Một\n1. Hai\n1.1. Ba\na) Bốn\nNăm\n- Sáu\n  + Bảy")
    depths = [u.depth for u in found]
    assert depths == sorted(depths)
    assert len(set(depths)) == len(depths)


def test_sentences_of_a_line_are_units_of_one_paragraph() -> None:
    normal, found = units("Đã xong. Nay chạy tốt tại TP. Vinh; mai mở tiếp.\nHết.")
    assert [normal.text[u.start : u.end] for u in found] == [
        "Đã xong.",
        "Nay chạy tốt tại TP. Vinh; mai mở tiếp.",
        "Hết.",
    ]
    assert [u.paragraph for u in found] == [0, 0, 1]


def test_a_sentence_without_end_is_cut() -> None:
    _, found = units("kết nối " * 3000)
    assert max(u.end - u.start for u in found) <= LONGEST
    assert sum(u.end - u.start for u in found) >= 3000 * len("kết nối ") - LONGEST


@given(st.lists(st.sampled_from(LINES), max_size=30).map("\n".join))
def test_units_stand_in_order_and_apart(text: str) -> None:
    normal, found = units(text)
    position = 0
    for unit in found:
        assert position <= unit.start < unit.end <= len(normal.text)
        position = unit.end
    paragraphs = [u.paragraph for u in found]
    assert paragraphs == sorted(paragraphs)


PLAN = "KẾ HOẠCH\nMục tiêu\n- Kết nối Hệ thống quản lý bến xe với Cổng dữ liệu mở.\n"
REPORT = "BÁO CÁO\nKết quả\n- Kết nối Hệ thống quản lý bến xe với Cổng dữ liệu mở.\n"


@pytest.mark.parametrize(("text", "status"), [(PLAN, "planned"), (REPORT, "operational")])
def test_the_same_line_is_a_plan_in_a_plan_and_a_result_in_a_report(text: str, status: str) -> None:
    found = links(read(text, province="Cao Bằng"))
    assert differences([f"bến xe | connectsTo | dữ liệu mở | {status}"], found) == []


NAMES = ["Hệ thống quản lý bến xe", "Phần mềm quản lý chợ"]
TASKS = [
    ("{genre}\nNhiệm vụ\nKết nối {a} với Cổng dữ liệu mở.", "planned", "planned"),
    ("{genre}\nNhiệm vụ\n{a} kết nối với Cổng dữ liệu mở.", "planned", "operational"),
    ("{genre}\nNhiệm vụ\n{a} đã kết nối với Cổng dữ liệu mở.", "operational", "operational"),
    ("{genre}\nKết quả\n{a} kết nối với Cổng dữ liệu mở.", "operational", "operational"),
]


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize(("text", "plan", "report"), TASKS)
def test_a_section_of_a_report_orders_only_what_has_no_subject(text: str, plan: str, report: str, name: str) -> None:
    for genre, status in (("KẾ HOẠCH", plan), ("BÁO CÁO", report)):
        found = links(read(text.format(genre=genre, a=name), province="Cao Bằng"))
        assert differences([f"{name} | connectsTo | dữ liệu mở | {status}"], found) == []


A, B, C = *NAMES, "Hệ thống quản lý thu phí"
LISTS = [
    f"Các hệ thống sau đã kết nối với LGSP của tỉnh:\n- {A};\n- {B}.\nCán bộ khen {C}.",
    f"Các hệ thống đã kết nối với LGSP của tỉnh:\na) {A};\nb) {B};\nTỉnh khen {C}.",
    f"1. Các hệ thống đã kết nối với LGSP của tỉnh:\na) {A};\nb) {B}.\n2. Các hệ thống khác:\na) {C};",
    f"1. Các hệ thống đã kết nối với LGSP của tỉnh:\n- {A};\n- {B}.\n2. {C};",
    f"Các hệ thống đã kết nối với LGSP của tỉnh:\n- Nhóm giao thông:\n  + {A};\n  + {B};",
    f"Các hệ thống đã kết nối với LGSP của tỉnh gồm:\n- {A};\n- {B}.",
    f"Đã kết nối với LGSP của tỉnh:\n- {A};\n- {B}.",
]


@pytest.mark.parametrize("text", LISTS)
def test_the_items_of_a_list_and_no_other_lines_are_its_systems(text: str) -> None:
    expected = [f"{name} | connectsTo | chia sẻ dữ liệu | operational" for name in (A, B)]
    assert differences(expected, links(read(text, province="Cao Bằng"))) == []


@pytest.mark.parametrize(("first", "second"), [(A, B), (B, A)])
def test_two_lists_have_each_their_own_status(first: str, second: str) -> None:
    text = (
        f"1. Các hệ thống đã kết nối với LGSP của tỉnh:\na) {first};\n"
        f"2. Các hệ thống chưa kết nối với LGSP của tỉnh:\na) {second};"
    )
    expected = [
        f"{first} | connectsTo | chia sẻ dữ liệu | operational",
        f"{second} | connectsTo | chia sẻ dữ liệu | absent",
    ]
    assert differences(expected, links(read(text, province="Cao Bằng"))) == []
