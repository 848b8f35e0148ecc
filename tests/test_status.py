"""What a clause claims of a link, by the nearest and gravest cue of its own clause, and on which date."""

from __future__ import annotations

from typing import Any

import pytest

from tests.reading import Found, links, read

HOME = {"province": "Cao Bằng", "date": "2024-06-15"}
A, B, C = "Phần mềm quản lý bến xe", "Cổng dữ liệu mở", "Hệ thống quản lý thu phí"
DESK, CIVIL, STORE = "Phần mềm một cửa", "Phần mềm quản lý hộ tịch", "Kho dữ liệu dùng chung"
PLAN = "KẾ HOẠCH\nKết nối các hệ thống của tỉnh Hà Nam\n\n"


def found(sentence: str, **meta: object) -> list[Found]:
    """The links of `sentence`, in which A, B and C stand for systems."""
    text = " ".join({"A": A, "B": B, "C": C}.get(word.rstrip(".,;"), word) + _mark(word) for word in sentence.split())
    return links(read(text, **{**HOME, **meta}))


def _mark(word: str) -> str:
    return word[-1] if word[:1] in "ABC" and word[:-1] in {"A", "B", "C"} else ""


def statuses(sentence: str) -> list[str]:
    """The statuses of the links of `sentence`."""
    return [link.status for link in found(sentence)]


CLAIMS: list[Any] = [
    ("A đã kết nối với B.", "operational"),
    ("A kết nối với B.", "operational"),
    ("A đã kết nối với B trước ngày khai trương.", "operational"),
    ("A đã hoàn thành kết nối với B.", "operational"),
    ("A hiện đang kết nối với B.", "operational"),
    ("Đang triển khai kết nối A với B.", "in_progress"),
    ("Tỉnh đang kết nối A với B.", "in_progress"),
    ("Đang thử nghiệm kết nối A với B.", "pilot"),
    ("A được kết nối thí điểm với B.", "pilot"),
    ("A sẵn sàng kết nối với B.", "ready"),
    ("A đã sẵn sàng kết nối với B.", "ready"),
    ("A sẽ kết nối với B.", "planned"),
    ("Phấn đấu kết nối A với B.", "planned"),
    ("Đề nghị Sở kết nối A với B.", "planned"),
    ("Yêu cầu kết nối A với B.", "planned"),
    ("Tỉnh có kế hoạch kết nối A với B.", "planned"),
    ("A dự kiến kết nối với B.", "planned"),
    ("Tạm dừng kết nối A với B.", "suspended"),
    ("A bị mất kết nối với B.", "suspended"),
    ("A đã ngừng kết nối với B.", "discontinued"),
    ("A không còn kết nối với B.", "discontinued"),
    ("A từng kết nối với B.", "discontinued"),
    ("A đến tháng 9 mới kết nối với B.", "planned"),
    ("Quý III tới A mới được kết nối với B.", "planned"),
    ("A thì sang năm mới kết nối với B.", "planned"),
    ("A đến 30/9 năm nay mới kết nối được với B.", "planned"),
    ("A mãi tháng 3 năm nay mới kết nối với B.", "operational"),
    ("A từ năm 2023 mới kết nối với B.", "operational"),
    ("Sau hai tháng A mới kết nối với B.", "operational"),
    ("A đã từng được kết nối với B.", "discontinued"),
    ("Hai năm trước từng có kết nối giữa A và B.", "discontinued"),
    ("A kết nối từng xã một với B.", "operational"),
    ("A được từng xã kết nối với B.", "operational"),
    ("Luồng dữ liệu từ A về B phải tạm cắt.", "suspended"),
    ("Luồng dữ liệu từ A về B đã bị cắt hẳn.", "discontinued"),
    ("Kết nối giữa A và B chỉ chờ bấm nút.", "ready"),
    ("Việc kết nối A với B đã xong phần kỹ thuật.", "ready"),
    ("Việc kết nối A với B đang được Sở Y tế thực hiện.", "in_progress"),
    ("A đang được Sở Y tế hoàn thiện kết nối với B.", "in_progress"),
    ("Việc kết nối A với B đang mang lại hiệu quả.", "operational"),
    ("A đến tháng 9 năm nay mới nối với B.", "planned"),
    ("A đến quý IV năm nay mới nối với B.", "planned"),
    ("A đến tháng 3 năm nay mới nối với B.", "operational"),
    ("Từ A không có luồng nào chảy sang B.", "absent"),
    ("A đã chạy nhưng chưa máy nào nối tới B.", "absent"),
    ("A với B hiện chưa thông nhau.", "absent"),
    ("A chưa kết nối với B.", "absent"),
    ("A chưa được kết nối với B.", "absent"),
    ("A không kết nối với B.", "absent"),
    ("A vẫn chưa thể kết nối với B.", "absent"),
    ("Chưa kết nối A với B.", "absent"),
    ("Bộ Công an chưa đồng ý cho A kết nối với B.", "absent"),
    ("A chưa được phép kết nối với B.", "absent"),
]


@pytest.mark.parametrize(("sentence", "status"), CLAIMS)
def test_a_cue_of_the_clause_gives_the_status(sentence: str, status: str) -> None:
    assert statuses(sentence) == [status]


SCOPES = [
    ("Hạ tầng chưa hoàn thiện, nhưng A đã kết nối với B.", ["operational"]),
    ("A đã kết nối với B, phòng máy sẽ được sửa.", ["operational"]),
    ("Không chỉ phục vụ tỉnh, A đã kết nối với B.", ["operational"]),
    ("A không ngừng được nâng cấp và đã kết nối với B.", ["operational"]),
    ("A đã kết nối với B; cán bộ chưa được tập huấn.", ["operational"]),
    ("A đã kết nối với B và sẽ kết nối với C.", ["operational", "planned"]),
    ("A đã kết nối với B, chưa kết nối với C.", ["absent", "operational"]),
    ("A chưa kết nối với B nhưng đã kết nối với C.", ["absent", "operational"]),
    ("A đã kết nối với B và C.", ["operational", "operational"]),
    ("A chưa kết nối với B và C.", ["absent", "absent"]),
    ("A đang thử nghiệm kết nối với B, đã kết nối với C.", ["operational", "pilot"]),
    ("A sẽ kết nối với B và tích hợp với C.", ["planned", "planned"]),
]


@pytest.mark.parametrize(("sentence", "expected"), SCOPES)
def test_a_cue_speaks_for_its_own_clause_only(sentence: str, expected: list[str]) -> None:
    assert sorted(statuses(sentence)) == expected


OTHERS_DATES: list[Any] = [
    ("A lấy dữ liệu từ B, hoàn thành trong năm 2025.", ["planned"]),
    ("Trong năm 2025, A lấy dữ liệu từ B.", ["planned"]),
    ("A lấy dữ liệu từ B, chứ Nghị quyết của Tỉnh ủy đặt mốc năm 2025 mới xây C.", ["operational"]),
    ("A lấy dữ liệu từ B; sang quý II/2025, cán bộ được tập huấn.", ["operational"]),
]


@pytest.mark.parametrize(("sentence", "expected"), OTHERS_DATES)
def test_a_later_date_of_another_clause_makes_no_plan(sentence: str, expected: list[str]) -> None:
    assert statuses(sentence) == expected


@pytest.mark.parametrize(("word", "status"), [("hiện ", "operational"), ("vẫn ", "operational"), ("", "planned")])
def test_what_is_told_of_the_present_among_plans_is_no_plan(word: str, status: str) -> None:
    text = f"KẾ HOẠCH\nPhát triển dữ liệu số năm 2025\nII. Nhiệm vụ\n- Cổng dữ liệu mở {word}nhận dữ liệu từ Phần mềm quản lý bến xe."
    assert [link.status for link in links(read(text, **HOME))] == [status]


ONE_STATUS: list[Any] = [
    # an outage repaired is over, and a denial with a date is a plan
    ("Kết nối giữa A và B bị gián đoạn hai ngày, nay đã khôi phục.", "operational"),
    ("A từng mất kết nối với B, nay đã được khắc phục.", "operational"),
    ("A mất kết nối với B, chưa khắc phục được.", "suspended"),
    ("A từng kết nối với B, nay tạm dừng.", "suspended"),
    ("A từng kết nối với B, nay thôi.", "discontinued"),
    ("A chưa kết nối với B nhưng dự kiến hoàn thành trong năm 2025.", "planned"),
    ("A chưa kết nối với B, sang năm sẽ làm.", "planned"),
    ("A chưa kết nối với B; cán bộ sẽ được tập huấn.", "absent"),
    # an outage lasts until it is said to be over
    ("A đã đấu với B từ năm 2021; thế nhưng đường truyền ấy bị ngắt, đến nay chưa nối lại được.", "suspended"),
    ("Luồng dữ liệu từ A lên B tạm dừng từ 05/3. Sở cho biết khi thông lại sẽ gửi bù.", "suspended"),
    ("Luồng từ A sang B thì treo từ 14/10.", "suspended"),
    # one that is over leaves the link in operation
    (
        "Đường truyền từ A về B, từng đứt ba ngày hồi đầu tháng 4 do quá hạn chứng thư, đã khôi phục từ ngày 9/4.",
        "operational",
    ),
    ("Đường truyền từ A về B đứt hai ngày vì bão số 3, nay đã thông.", "operational"),
    ("A mất kết nối với B. Sự cố khắc phục ngay trong ngày.", "operational"),
    ("A mất kết nối với B; kỹ sư đã sửa xong.", "operational"),
    # what is denied and promised for a date to come is a plan
    ("A chưa kết nối với B. Bên Sở hẹn tháng 5 sang năm.", "planned"),
    ("A chưa kết nối với B; hai bên thống nhất hoàn thành trước ngày 30/9/2025.", "planned"),
    ("A chưa kết nối với B, hạn chót 30/9/2024.", "planned"),
    ("A chưa kết nối với B. Việc này xong trong quý I/2025.", "planned"),
    ("A chưa kết nối với B. Năm 2025 tỉnh hoàn thành trường học.", "absent"),
    ("A chưa kết nối với B; hai bên thống nhất hoàn thành trước ngày 30/9/2023.", "absent"),
    ("A đã kết nối với B; hai bên hẹn hoàn thành báo cáo trước ngày 30/9/2025.", "operational"),
    # of several cues of a clause the gravest counts
    ("A đã sẵn sàng kết nối thử nghiệm với B.", "ready"),
    ("A sẵn sàng thí điểm kết nối với B.", "ready"),
    ("C đã sẵn sàng thí điểm kết nối với B.", "ready"),
    ("A sẽ thí điểm kết nối với B.", "planned"),
    ("A chưa sẵn sàng kết nối với B.", "absent"),
    ("A đang thử nghiệm kết nối với B.", "pilot"),
    ("C đang thí điểm kết nối với B.", "pilot"),
    # what is called untrue is denied
    ("Thông tin A đã kết nối với B là không đúng.", "absent"),
    ("Tin nói C đã kết nối với B là sai sự thật.", "absent"),
    ("Tin nói C đã kết nối với B là nhầm lẫn.", "absent"),
    ("Thông tin A đã kết nối với B là đúng.", "operational"),
    ("Báo viết đúng rằng C đã kết nối với B.", "operational"),
]


@pytest.mark.parametrize(("sentence", "status"), ONE_STATUS)
def test_a_sentence_gives_its_link_one_status(sentence: str, status: str) -> None:
    assert statuses(sentence) == [status]


PAST: list[Any] = [
    ("Trong quý II/2023, A đã kết nối với B.", "2023-Q2"),
    ("Quý IV năm 2022, A đã kết nối với B.", "2022-Q4"),
    ("Từ ngày 01/3/2024, A đã kết nối với B.", "2024-03-01"),
    ("Từ tháng 3/2024, A đã kết nối với B.", "2024-03"),
    ("Tháng 12 năm 2023, A đã kết nối với B.", "2023-12"),
    ("Năm 2021, A đã kết nối với B.", "2021"),
    ("A đã kết nối với B từ năm 2021.", "2021"),
]


@pytest.mark.parametrize(("sentence", "date"), PAST)
def test_a_claim_has_the_date_its_sentence_names(sentence: str, date: str) -> None:
    (link,) = found(sentence)
    assert (link.fact.dating.as_of, link.fact.dating.source, link.fact.dating.due) == (date, "text", None)


@pytest.mark.parametrize("sentence", ["A đã kết nối với B.", "A đã kết nối với B theo Nghị định số 47/2020/NĐ-CP."])
def test_a_claim_without_a_date_has_the_documents(sentence: str) -> None:
    (link,) = found(sentence)
    assert (link.fact.dating.as_of, link.fact.dating.source) == ("2024-06-15", "document")


@pytest.mark.parametrize(
    ("sentence", "due"),
    [
        ("Đến năm 2026, tỉnh sẽ kết nối A với B.", "2026"),
        ("Trong quý I/2025, sẽ kết nối A với B.", "2025-Q1"),
        ("Trước ngày 31/12/2024, phấn đấu kết nối A với B.", "2024-12-31"),
        ("Hết năm 2025, tỉnh sẽ kết nối A với B.", "2025"),
        ("Sẽ kết nối A với B.", None),
    ],
)
def test_the_date_a_plan_names_is_when_it_is_due(sentence: str, due: str | None) -> None:
    (link,) = found(sentence)
    dating = link.fact.dating
    assert (link.status, dating.as_of, dating.source, dating.due) == ("planned", "2024-06-15", "document", due)


def test_a_claim_in_a_document_without_a_date_has_none() -> None:
    (link,) = links(read(f"{A} đã kết nối với {B}.", province="Cao Bằng"))
    assert link.fact.dating.as_of is None


@pytest.mark.parametrize("sentence", ["Ngày 45/13/2023, A đã kết nối với B.", "Quý IX/2023, A đã kết nối với B."])
def test_a_date_that_cannot_be_is_none(sentence: str) -> None:
    (link,) = found(sentence)
    assert link.fact.dating.as_of in {"2024-06-15", "2023"}


def test_two_claims_on_one_link_are_kept_apart() -> None:
    """One connection, an attestation for each status."""
    both = found("A đang thử nghiệm kết nối với B. Năm 2025, A sẽ kết nối với B.")
    assert sorted(link.status for link in both) == ["pilot", "planned"]
    assert len({link.fact.connection for link in both}) == 1
    assert len({link.fact.id for link in both}) == 2


QUARTERS: list[Any] = [
    ("Trong quý I/2024, A kết nối với B.", "operational", "2024-Q1", None),
    ("Trong quý II/2024, A kết nối với B.", "operational", "2024-Q2", None),
    ("Trong quý III/2024, A kết nối với B.", "planned", "2024-06-15", "2024-Q3"),
    ("Quý IV năm 2024, C kết nối với B.", "planned", "2024-06-15", "2024-Q4"),
    ("Quý IV năm 2023, C kết nối với B.", "operational", "2023-Q4", None),
    ("Quý I năm 2025, C kết nối với B.", "planned", "2024-06-15", "2025-Q1"),
]


@pytest.mark.parametrize(("sentence", "status", "as_of", "due"), QUARTERS)
def test_a_quarter_is_compared_with_the_documents_day(sentence: str, status: str, as_of: str, due: str | None) -> None:
    (link,) = found(sentence)
    assert (link.status, link.fact.dating.as_of, link.fact.dating.due) == (status, as_of, due)


@pytest.mark.parametrize(
    ("date", "status"),
    [("2024-03-31", "planned"), ("2024-04-01", "operational"), ("2024-Q1", "planned"), ("2024-Q2", "operational")],
)
def test_a_quarter_is_past_from_its_first_month_on(date: str, status: str) -> None:
    (link,) = found("Trong quý II/2024, A kết nối với B.", date=date)
    assert link.status == status


@pytest.mark.parametrize("sentence", ["Sở muốn kết nối A với B.", "Sở mong kết nối C với B."])
def test_a_wish_is_no_link_that_stands(sentence: str) -> None:
    assert "operational" not in statuses(sentence)


CELLS: list[Any] = [
    (("không", "tạm dừng"), "suspended"),
    (("không", ""), "absent"),
    (("chưa", "sẽ làm năm 2025"), "planned"),
    (("", "đang thử nghiệm"), "pilot"),
    (("", ""), "operational"),
    (("tạm dừng", "không"), "suspended"),
]


@pytest.mark.parametrize("subject", [A, C])
@pytest.mark.parametrize(("cells", "status"), CELLS)
def test_a_bare_no_in_a_cell_counts_where_no_other_cell_tells_more(
    cells: tuple[str, str], status: str, subject: str
) -> None:
    table = ["| Kết nối với | Thông suốt | Ghi chú |", f"| {B} | {' | '.join(cells)} |"]
    (link,) = links(read("\n".join([f"Các kết nối của {subject}", *table]), **HOME))
    assert link.status == status


DUTIES: dict[str, tuple[str, str]] = {
    "a duty of the link is a plan": (f"{DESK} phải kết nối với {STORE}.", "planned"),
    "a duty until a date is a plan": (f"{DESK} phải quý II/2031 mới kết nối với {STORE}.", "planned"),
    "a duty done already is none": (f"{DESK} nay phải kết nối với {STORE}.", "operational"),
    "a duty to go some way is none": (f"{DESK} kết nối với {STORE} phải đi qua LGSP của tỉnh.", "operational"),
    "the duty of another clause": (f"Trước gửi văn bản phải chạy xe, giờ {DESK} kết nối với {STORE}.", "operational"),
    "a trial told behind a comma": (f"{DESK} kết nối với {STORE}, nhưng mới thí điểm ở hai xã.", "pilot"),
    "a trial told behind a purpose": (f"{DESK} kết nối với {STORE} để tra giấy tờ: đang chạy thử.", "pilot"),
    "a trial of another system": (
        f"{DESK} đã kết nối với {STORE}; {CIVIL} mới được ba xã dùng thí điểm.",
        "operational",
    ),
    "no trial but a conjunction": (f"{DESK} kết nối với {STORE}, thành thử bà con đỡ vất vả.", "operational"),
    "what is ready may wait": (f"{DESK} đã sẵn sàng kết nối với {STORE} nhưng còn chờ Sở ký.", "ready"),
}


@pytest.mark.parametrize(("text", "status"), DUTIES.values(), ids=DUTIES)
def test_duties_trials_and_readiness_are_those_of_their_clause(text: str, status: str) -> None:
    assert [link.status for link in links(read(text, province="Hà Nam", date="2030-10-10"))] == [status]


SECTIONS: dict[str, tuple[str, str]] = {
    "a plan orders what begins with a verb": (f"{PLAN}Kết nối {DESK} với {STORE}.", "planned"),
    "in a letter, too, data go where they go": (
        f"Kính gửi: Sở Nội vụ\n\n1. {DESK}\n- Dữ liệu được chuyển thẳng sang {STORE}.",
        "operational",
    ),
    "a letter asks for what begins with a verb": (
        f"Kính gửi: Sở Nội vụ\n\n1. {DESK}\n- Kết nối {STORE}.",
        "planned",
    ),
    "the title of a report on a year and the next": (
        f"BÁO CÁO\nTổng kết năm 2030 và phương hướng năm 2031\n\n1. {DESK}\n- Kết nối {STORE} từ tháng 3.",
        "operational",
    ),
    "a plan that is reported on": (
        f"BÁO CÁO\n\nThực hiện Kế hoạch số 19/KH-UBND, Sở báo cáo như sau:\n1. {DESK}\n- Kết nối {STORE} đều đặn.",
        "operational",
    ),
}


@pytest.mark.parametrize(("text", "status"), SECTIONS.values(), ids=SECTIONS)
def test_sections_titles_and_labels_plan_only_what_they_order(text: str, status: str) -> None:
    assert [link.status for link in links(read(text, province="Hà Nam", date="2030-10-10"))] == [status]
