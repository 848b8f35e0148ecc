"""Chunks rewritten before rules look at them: what bare heads and pointers mean, brackets with a way, what is sent over."""

from __future__ import annotations

from typing import Any

import pytest

from tests.reading import Found, differences, heard, links, read

HOME = {"province": "Cao Bằng", "date": "2024-06-15"}
BUS, FEES, MARKET, OPEN = (
    "Phần mềm quản lý bến xe",
    "Hệ thống quản lý thu phí",
    "Phần mềm quản lý chợ",
    "Cổng dữ liệu mở",
)
LGSP = "LGSP của tỉnh"
names = pytest.mark.parametrize("name", [BUS, MARKET])


def found(text: str, **meta: object) -> list[Found]:
    return links(read(text, **{**HOME, **meta}))


def told(text: str) -> list[str]:
    """The links as lines, for where none must be."""
    return [str(link) for link in found(text)]


# -- bare heads ------------------------------------------------------------------------------------------------------

BARE: list[Any] = [
    (
        "Cổng dịch vụ công của tỉnh chạy tốt. Cổng lấy dữ liệu từ {b}.",
        "Cổng dịch vụ công | connectsTo | {b} | operational",
    ),
    (
        "Trung tâm điều hành thông minh của tỉnh chạy tốt. Trung tâm lấy dữ liệu từ {b}.",
        "điều hành thông minh | connectsTo | {b} | operational",
    ),
    (
        "Kho dữ liệu dùng chung của tỉnh chạy tốt. Mỗi đêm {b} đồng bộ dữ liệu về kho.",
        "{b} | synchronisesTo | Kho dữ liệu dùng chung | operational",
    ),
    (
        "Cổng dịch vụ công của tỉnh chạy tốt. Cổng chưa kết nối với {b}.",
        "Cổng dịch vụ công | connectsTo | {b} | absent",
    ),
]


@pytest.mark.parametrize("other", [FEES, MARKET])
@pytest.mark.parametrize(("text", "link"), BARE)
def test_a_bare_head_means_what_was_last_called_so(text: str, link: str, other: str) -> None:
    assert differences([link.format(b=other)], found(text.format(b=other))) == []


@pytest.mark.parametrize(("first", "second"), [("Cổng dịch vụ công", OPEN), (OPEN, "Cổng dịch vụ công")])
def test_of_two_the_one_that_the_sentence_before_was_about_is_meant(first: str, second: str) -> None:
    text = f"{first} của tỉnh ra mắt trước cả {second} của tỉnh. Cổng lấy dữ liệu từ {FEES}."
    assert differences([f"{first} | connectsTo | {FEES} | operational"], found(text)) == []


MEANT_NOTHING = [
    f"Cổng lấy dữ liệu từ {FEES}.",
    f"{BUS} chạy tốt. Cổng lấy dữ liệu từ {FEES}.",
    f"Cổng dịch vụ công của tỉnh chạy tốt. Cổng trường học lấy dữ liệu từ {FEES}.",
    f"Cổng dịch vụ công của tỉnh chạy tốt. Các cổng lấy dữ liệu từ {FEES}.",
]


@pytest.mark.parametrize("text", MEANT_NOTHING)
def test_a_head_that_nothing_was_called_or_that_goes_on_is_no_pointer(text: str) -> None:
    assert [line for line in told(text) if "Cổng dịch vụ công" in line or line.startswith(BUS)] == []


# -- here and there --------------------------------------------------------------------------------------------------

CENTRE = "Trung tâm điều hành thông minh của tỉnh"
HERE = [
    "{centre} đi vào hoạt động. {name} truyền dữ liệu về đây.",
    "{centre} đi vào hoạt động. {name} gửi dữ liệu vào đó.",
]


@names
@pytest.mark.parametrize("text", HERE)
def test_here_and_there_mean_what_gathers(text: str, name: str) -> None:
    (link,) = found(text.format(centre=CENTRE, name=name))
    assert differences([f"{name} | {link.relation} | điều hành thông minh | operational"], [link]) == []


@names
def test_here_is_not_what_the_sentence_itself_speaks_of(name: str) -> None:
    text = f"{CENTRE} đi vào hoạt động. {FEES} cùng {name} truyền dữ liệu về đây."
    ends = {link.target[1] + link.target[0] for link in found(text)}
    assert all("dieu hanh thong minh" in end for end in ends)
    assert ends


@names
def test_what_gathers_goes_before_what_was_named_last(name: str) -> None:
    text = f"{CENTRE} đi vào hoạt động, hơn hẳn {FEES}. {name} truyền dữ liệu về đây."
    (link,) = found(text)
    assert differences([f"{name} | {link.relation} | điều hành thông minh | operational"], [link]) == []


@names
def test_here_means_nothing_where_nothing_was_spoken_of(name: str) -> None:
    assert told(f"{name} truyền dữ liệu về đây.") == []


# -- brackets --------------------------------------------------------------------------------------------------------

BRACKETS = ["(qua {way})", "(thông qua {way})"]


@names
@pytest.mark.parametrize("bracket", BRACKETS)
@pytest.mark.parametrize("way", [LGSP, "NDXP"])
def test_a_bracket_may_name_the_way(bracket: str, way: str, name: str) -> None:
    (link,) = found(f"{name} đã kết nối với {OPEN} {bracket.format(way=way)}.")
    assert [ref.type for ref in link.fact.via] == ["IntegrationPlatform"]


@names
@pytest.mark.parametrize(
    "bracket", [f"({FEES})", f"(trước đây là {FEES})", "(theo Nghị định 47)", f"(khác với {LGSP})"]
)
def test_another_bracket_names_none(bracket: str, name: str) -> None:
    (link,) = found(f"{name} đã kết nối với {OPEN} {bracket}.")
    assert link.fact.via == ()


@names
def test_a_bracket_before_the_verb_names_no_way(name: str) -> None:
    (link,) = found(f"{name} ({LGSP}) đã kết nối với {OPEN}.")
    assert link.fact.via == ()


@names
@pytest.mark.xfail(strict=True, reason="a system in brackets becomes another name of the system before them")
def test_a_bracket_that_names_another_system_gives_no_second_name(name: str) -> None:
    text = f"{name} đã kết nối với {OPEN} ({LGSP}). {LGSP} đã kết nối với NDXP."
    assert [line for line in told(text) if line.startswith("Cổng dữ liệu")] == []


# -- sent over -------------------------------------------------------------------------------------------------------

SENT = ["{a} chuyển hồ sơ qua {b}.", "{a} đã gửi hồ sơ qua {b}.", "Mỗi tối {a} chuyển dữ liệu qua {b}."]


@names
@pytest.mark.parametrize("text", SENT)
def test_what_is_sent_over_to_a_system_that_carries_nothing_is_a_link(text: str, name: str) -> None:
    assert differences([f"{name} | connectsTo | {FEES} | operational"], found(text.format(a=name, b=FEES))) == []


@names
def test_what_is_sent_over_a_platform_to_another_goes_that_way(name: str) -> None:
    (link,) = found(f"{name} chuyển hồ sơ qua {LGSP} tới {FEES}.")
    assert "thu phi" in link.target[0]
    assert [ref.type for ref in link.fact.via] == ["IntegrationPlatform"]


@names
def test_with_another_end_behind_it_even_a_plain_system_is_the_way(name: str) -> None:
    (link,) = found(f"{name} chuyển hồ sơ qua {FEES} tới {OPEN}.")
    assert "cong du lieu" in link.target[0]


@names
@pytest.mark.parametrize("text", ["Dân nộp hồ sơ qua {a}.", "Cán bộ gửi hồ sơ qua {a}.", "Dân gửi hồ sơ qua bưu điện."])
def test_what_people_send_over_a_system_is_no_link(text: str, name: str) -> None:
    assert told(text.format(a=name)) == []


# -- logging in ------------------------------------------------------------------------------------------------------


@names
@pytest.mark.parametrize("verb", ["đăng nhập bằng", "đăng nhập qua", "xác thực qua"])
def test_logging_in_with_a_system_is_a_link_to_it(verb: str, name: str) -> None:
    assert differences([f"{name} | connectsTo | VNeID | operational"], found(f"{name} {verb} VNeID.")) == []


@pytest.mark.parametrize("text", ["Người dân đăng nhập bằng VNeID.", f"Cán bộ đăng nhập bằng mật khẩu trên {BUS}."])
def test_people_logging_in_are_no_link(text: str) -> None:
    assert told(text) == []


def test_the_stream_shows_what_a_pointer_was_resolved_to() -> None:
    first, second = heard(f"Cổng dịch vụ công của tỉnh chạy tốt. Cổng lấy dữ liệu từ {FEES}.", **HOME)
    assert second.stream.tags.startswith("S")
    assert second.stream.chunks[0].refs == first.stream.chunks[0].refs


# -- verbs that look like something else ------------------------------------------------------------------------------

VERBS: list[Any] = [
    (f"Dữ liệu đồng bộ từ {BUS} lên {OPEN} mỗi đêm.", f"{BUS} | synchronisesTo | cổng dữ liệu | operational"),
    (f"{BUS} đồng bộ và chia sẻ dữ liệu lên {OPEN}.", f"{BUS} | connectsTo | cổng dữ liệu | operational"),
    (f"Tỉnh đã đưa dữ liệu của {BUS} vào {OPEN}.", f"{BUS} | integratedInto | cổng dữ liệu | operational"),
    (f"{BUS} đã gắn với {OPEN}.", f"{BUS} | connectsTo | cổng dữ liệu | operational"),
    (f"{BUS} đã được gắn vào {OPEN}.", f"{BUS} | integratedInto | cổng dữ liệu | operational"),
]


@pytest.mark.parametrize(("text", "link"), VERBS)
def test_a_verb_is_read_for_what_it_is(text: str, link: str) -> None:
    assert differences([link], found(text)) == []


@pytest.mark.parametrize(
    "text", [f"Hạ tầng được đầu tư đồng bộ từ tỉnh đến xã, {BUS} chạy tốt.", f"{BUS} được xây đồng bộ và hiện đại."]
)
def test_what_is_done_alike_everywhere_links_nothing(text: str) -> None:
    assert told(text) == []
