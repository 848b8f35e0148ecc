"""What later clauses say of the link just stated: its status, its date and its way; nothing where they speak of others."""

from __future__ import annotations

from typing import Any

import pytest

from tests.reading import Found, document, links, read, weighed

HOME = {"province": "Cao Bằng", "date": "2024-06-15"}
PAIRS = [("Phần mềm quản lý bến xe", "Cổng dữ liệu mở"), ("Hệ thống quản lý thu phí", "Hệ thống phản ánh hiện trường")]
LINKED = "{a} đã kết nối với {b}"

both = pytest.mark.parametrize("names", PAIRS, ids=["bến xe", "thu phí"])


def found(text: str, names: tuple[str, str] = PAIRS[0]) -> list[Found]:
    return links(read(text.format(a=names[0], b=names[1]), **HOME))


def status(text: str, names: tuple[str, str]) -> str:
    """The status of the one link of `text`."""
    (link,) = found(text, names)
    return link.status


REVISED: list[Any] = [
    (f"{LINKED}. Luồng này tạm dừng từ tháng 3.", "suspended"),
    (f"{LINKED}. Kết nối này hiện bị gián đoạn.", "suspended"),
    (f"{LINKED}. Đường truyền bị đứt từ hôm kia.", "suspended"),
    (f"{LINKED}. Việc kết nối bị gián đoạn ba ngày.", "suspended"),
    (f"{LINKED}; kết nối này tạm dừng từ tháng 3.", "suspended"),
    (f"{LINKED}. Thực tế thì chưa.", "absent"),
    (f"{LINKED}. Thực tế chưa kết nối được.", "absent"),
    (f"{LINKED}. Qua kiểm tra, việc kết nối chưa có.", "absent"),
    (f"{LINKED}. Kết nối ấy mới ở mức thử nghiệm.", "pilot"),
    (f"{LINKED}. Luồng này đang được thử nghiệm tại huyện.", "pilot"),
    (f"{LINKED}. Tính năng này bị tạm khóa.", "suspended"),
    (f"{LINKED}. Kết nối này chưa ổn định.", "operational"),
    (f"{LINKED}. Kết nối này sẽ được nâng cấp.", "operational"),
    (f"{LINKED}. Kết nối này dự kiến tiết kiệm 2 tỷ đồng.", "operational"),
    ("{a} bị mất kết nối với {b}. Hôm qua đường truyền đã thông trở lại.", "operational"),
    ("{a} bị mất kết nối với {b}. Đến nay luồng này đã khắc phục xong.", "operational"),
    ("{a} bị mất kết nối với {b}; hôm qua đã chạy lại bình thường.", "operational"),
]


@both
@pytest.mark.parametrize(("text", "expected"), REVISED)
def test_a_later_clause_revises_the_link_just_stated(text: str, expected: str, names: tuple[str, str]) -> None:
    assert status(text, names) == expected


NOT_TAKEN_UP = "a noun of the link that is two chunks of the stream ('hai bên', 'tính năng này') is never found"
UNHEARD: list[Any] = [
    pytest.param(f"{LINKED}. Hai bên đã ngừng đồng bộ.", "suspended", NOT_TAKEN_UP, id="both sides"),
    pytest.param(f"{LINKED}. Thực tế chưa có dữ liệu nào chạy qua.", "absent", "'no data' is not heard", id="no data"),
    pytest.param("{a} sẽ kết nối với {b}. Việc kết nối đang thử nghiệm.", "pilot", "a pilot is not heard", id="pilot"),
    pytest.param(f"{LINKED}. Kết nối này giúp giảm gián đoạn.", "operational", "what it prevents", id="prevents"),
]


@both
@pytest.mark.parametrize(("text", "expected", "why"), UNHEARD)
@pytest.mark.xfail(strict=True, reason="what a later clause says is not heard, or heard of something else")
def test_a_later_clause_is_understood(text: str, expected: str, why: str, names: tuple[str, str]) -> None:
    assert status(text, names) == expected, why


@both
def test_what_is_said_last_counts(names: tuple[str, str]) -> None:
    text = f"{LINKED}. Luồng này bị gián đoạn từ hôm thứ hai. Đến trưa nay luồng này đã thông lại."
    assert status(text, names) == "operational"


KEPT = [
    f"{LINKED}. Phòng máy tạm dừng để sửa mái.",
    f"{LINKED}. Cán bộ chưa được tập huấn.",
    f"{LINKED}. Cuộc họp bị gián đoạn vì mưa.",
    f"{LINKED}. Thang máy đã chạy lại.",
    f"{LINKED}; nhà xe đang thử nghiệm bãi đỗ mới.",
    f"{LINKED}.\nLuồng này tạm dừng từ tháng 3.",
    f"{LINKED}. Luồng khách qua bến giảm nhiều.",
    f"{LINKED}. Việc kết nối giúp người dân đỡ đi lại.",
]


@both
@pytest.mark.parametrize("text", KEPT)
def test_what_speaks_of_something_else_revises_nothing(text: str, names: tuple[str, str]) -> None:
    assert status(text, names) == "operational"


@both
def test_a_clause_that_names_a_system_speaks_of_that(names: tuple[str, str]) -> None:
    text = f"{LINKED}. Luồng này tạm dừng ở Phần mềm quản lý chợ."
    assert [link.status for link in found(text, names) if "cho" not in link.source[0] + link.target[0]] == [
        "operational"
    ]


@both
def test_a_revision_without_a_link_before_it_makes_none(names: tuple[str, str]) -> None:
    assert found("{a} được dân khen. Luồng này tạm dừng từ tháng 3.", names) == []


@both
def test_only_the_last_sentence_that_states_links_is_revised(names: tuple[str, str]) -> None:
    text = f"{LINKED}. Phần mềm quản lý chợ đã kết nối với {{b}}. Luồng này tạm dừng từ tháng 3."
    told = {"cho" if "cho" in link.source[0] else "first": link.status for link in found(text, names)}
    assert told == {"first": "operational", "cho": "suspended"}


@both
def test_the_date_of_the_revision_is_the_date_of_the_claim(names: tuple[str, str]) -> None:
    (link,) = found(f"Từ năm 2022, {LINKED}. Luồng này tạm dừng từ tháng 3/2024.", names)
    assert (link.status, link.fact.dating.as_of, link.fact.dating.source) == ("suspended", "2024-03", "text")


@both
def test_the_quote_goes_on_to_the_words_that_revise(names: tuple[str, str]) -> None:
    (link,) = found(f"{LINKED}. Luồng này tạm dừng vì mưa. Trời đẹp.", names)
    assert link.fact.evidence.quote.startswith(names[0])
    assert "Luồng này tạm dừng" in link.fact.evidence.quote
    assert "Trời" not in link.fact.evidence.quote


@both
def test_a_link_of_the_pair_model_is_revised_alike(names: tuple[str, str]) -> None:
    by = weighed({"how=here": 3.0}, -1.0)
    text = "{a} là khách quen hằng đêm của {b}. Luồng này tạm dừng từ tháng 3/2024."
    (link,) = links(by.read(document(text.format(a=names[0], b=names[1]), **HOME)))
    assert (link.status, link.fact.dating.as_of) == ("suspended", "2024-03")
    assert link.fact.evidence.rule.startswith("pair model")


# -- the way ---------------------------------------------------------------------------------------------------------

WAYS = [
    f"{LINKED}. Luồng này đi qua LGSP của tỉnh.",
    f"{LINKED}. Đường truyền đi qua LGSP của tỉnh.",
    f"{LINKED}. Kênh này chạy thông qua LGSP của tỉnh.",
    f"{LINKED}; kết nối này chạy thông qua LGSP của tỉnh.",
    f"{LINKED}. Kết nối này đi qua LGSP của tỉnh.",
]
WAYS_UNHEARD = [f"{LINKED}. Việc kết nối được thực hiện qua LGSP của tỉnh."]


@both
@pytest.mark.parametrize("text", WAYS)
def test_a_later_clause_tells_the_way(text: str, names: tuple[str, str]) -> None:
    (link,) = found(text, names)
    assert [ref.type for ref in link.fact.via] == ["IntegrationPlatform"]


@both
@pytest.mark.parametrize("text", WAYS_UNHEARD)
@pytest.mark.xfail(strict=True, reason="'kết nối' as the noun is read as a verb: the subject links to its own way")
def test_a_way_of_the_connection_is_no_link_of_its_own(text: str, names: tuple[str, str]) -> None:
    (link,) = found(text, names)
    assert [ref.type for ref in link.fact.via] == ["IntegrationPlatform"]


@both
@pytest.mark.parametrize(
    "text",
    [
        f"{LINKED} qua NDXP. Luồng này đi qua LGSP của tỉnh.",
        f"{LINKED}. Luồng này đi qua Phần mềm quản lý chợ.",
        f"{LINKED}.\nLuồng này đi qua LGSP của tỉnh.",
    ],
    ids=["another way was named", "what carries nothing", "another paragraph"],
)
def test_no_way_is_told(text: str, names: tuple[str, str]) -> None:
    kept = [link for link in found(text, names) if link.fact.evidence.rule == "linked-to"]
    assert [ref.label for link in kept for ref in link.fact.via if "Cao Bằng" in ref.label] == []
    assert kept
