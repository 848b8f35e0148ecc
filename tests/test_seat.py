"""Whose a system is where a text compares provinces: the other one's from where it is named, home's before and after."""

from __future__ import annotations

from typing import Any

import pytest

from tests.reading import Found, differences, links, read

HOME = {"province": "Cao Bằng", "date": "2024-06-15"}
OTHERS = ["Hậu Giang", "Đồng Tháp"]
PORTAL, STORE = "Cổng dịch vụ công", "Kho dữ liệu dùng chung"

other = pytest.mark.parametrize("place", OTHERS)


def found(text: str, place: str) -> list[Found]:
    return links(read(text.format(p=place), **HOME))


def of(place: str, status: str = "operational") -> str:
    """The link of portal and store, both of `place`."""
    return f"{PORTAL} @ {place} | connectsTo | {STORE} @ {place} | {status}"


LINKED = f"{PORTAL} đã kết nối với {STORE}"
ELSEWHERE = [
    f"Nhìn sang {{p}}, {LINKED}.",
    f"Còn {{p}} thì {LINKED}.",
    f"Bên {{p}}, {LINKED}.",
    f"{{p}}: {LINKED}.",
    f"Riêng {{p}}: {LINKED}.",
    f"Trong khi đó, {{p}} đã kết nối {PORTAL} với {STORE}.",
    f"Nhìn sang {{p}}, {PORTAL} của tỉnh bạn đã kết nối với {STORE} của họ.",
    f"{{p}} làm khác: {PORTAL} của tỉnh bạn đã kết nối với {STORE} của tỉnh bạn.",
]


@other
@pytest.mark.parametrize("text", ELSEWHERE)
def test_a_sentence_about_another_province_speaks_of_its_systems(text: str, place: str) -> None:
    assert differences([of(place)], found(text, place)) == []


AT_HOME = [
    f"{LINKED}.",
    f"Nhìn sang Cao Bằng, {LINKED}.",
    f"Khác với {{p}}, {PORTAL} của tỉnh đã kết nối với {STORE}.",
    f"Hôm qua đoàn {{p}} sang thăm. {LINKED}.",
    f"Nhìn sang {{p}}, mọi việc đều tốt. {LINKED}.",
    f"Nhìn sang {{p}}, mọi việc đều tốt.\n{LINKED}.",
]


@other
@pytest.mark.parametrize("text", AT_HOME)
def test_other_sentences_speak_of_home(text: str, place: str) -> None:
    assert differences([of("Cao Bằng")], found(text, place)) == []


@other
def test_what_stands_before_the_other_province_is_homes(place: str) -> None:
    text = f"{PORTAL} chưa kết nối với {STORE}, nhìn sang {{p}} thì {LINKED}."
    assert differences([of("Cao Bằng", "absent"), of(place)], found(text, place)) == []


@other
def test_both_provinces_are_told_apart_sentence_by_sentence(place: str) -> None:
    text = f"{PORTAL} của tỉnh chưa kết nối với {STORE}. Nhìn sang {{p}}, {LINKED}."
    assert differences([of("Cao Bằng", "absent"), of(place)], found(text, place)) == []


@other
def test_the_other_province_is_remembered_within_the_paragraph(place: str) -> None:
    text = f"Nhìn sang {{p}}, mọi việc đều tốt. {PORTAL} của tỉnh bạn đã kết nối với {STORE} của tỉnh bạn."
    assert differences([of(place)], found(text, place)) == []


@other
def test_the_other_province_may_be_named_by_its_system(place: str) -> None:
    text = f"{PORTAL} tỉnh {{p}} chạy tốt. {PORTAL} của tỉnh bạn đã kết nối với {STORE} của họ."
    assert differences([of(place)], found(text, place)) == []


@other
def test_national_systems_stay_national(place: str) -> None:
    (link,) = found(f"Nhìn sang {{p}}, {PORTAL} đã kết nối với Cơ sở dữ liệu quốc gia về dân cư.", place)
    assert (link.source[1], link.target[1]) == (place, "national")


@other
def test_a_name_that_says_whose_it_is_keeps_its_place(place: str) -> None:
    (link,) = found(f"Nhìn sang {{p}}, {PORTAL} tỉnh An Giang đã kết nối với {STORE}.", place)
    assert (link.source[1], link.target[1]) == ("An Giang", place)


TURNS: list[Any] = [
    pytest.param(
        f"{PORTAL} của tỉnh đã kết nối với {STORE}, còn {{p}} chưa kết nối {PORTAL} với {STORE}.",
        [of("Cao Bằng"), of("{p}", "absent")],
        id="'while P' behind a name and a comma",
    ),
    pytest.param(
        f"Bên {{p}}, {LINKED}; bên mình chưa kết nối {PORTAL} với {STORE}.",
        [of("Cao Bằng", "absent"), of("{p}")],
        id="'our side' is home again",
    ),
    pytest.param(
        f"Ở {{p}}, {LINKED}; còn tại Cao Bằng, {PORTAL} chưa kết nối với {STORE}.",
        [of("Cao Bằng", "absent"), of("{p}")],
        id="'at home' is home again",
    ),
]


@other
@pytest.mark.parametrize(("text", "expected"), TURNS)
def test_a_sentence_may_turn_from_one_province_to_another(text: str, expected: list[str], place: str) -> None:
    assert differences([link.format(p=place) for link in expected], found(text, place)) == []


DEFECTS: list[Any] = [
    pytest.param(
        f"So với {{p}}, {PORTAL} của tỉnh chưa kết nối với {STORE}.",
        [of("Cao Bằng", "absent")],
        id="'compared with P' speaks of home",
    ),
    pytest.param(
        f"Học {{p}}, tỉnh đã kết nối {PORTAL} với {STORE}.",
        [of("Cao Bằng")],
        id="who learns from P is home",
    ),
    pytest.param(
        f"Tại hội nghị ở {{p}}, tỉnh cho biết {LINKED}.",
        [of("Cao Bằng")],
        id="a meeting at P is no comparison",
    ),
]


@other
@pytest.mark.parametrize(("text", "expected"), DEFECTS)
@pytest.mark.xfail(strict=True, reason="the wrong province: home's systems are given to the other one or the reverse")
def test_each_province_has_its_own(text: str, expected: list[str], place: str) -> None:
    assert differences([link.format(p=place) for link in expected], found(text, place)) == []


@other
@pytest.mark.xfail(
    strict=True, reason="'của tỉnh bạn' without another province near is taken for home, which it never is"
)
def test_the_other_province_unnamed_is_not_home(place: str) -> None:
    text = f"{{p}} mời họp.\n{PORTAL} của tỉnh bạn đã kết nối với {STORE} của tỉnh bạn."
    assert [str(link) for link in found(text, place) if "Cao Bằng" in (link.source[1], link.target[1])] == []
