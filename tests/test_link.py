"""Everyday words for the one system of a type that a document names in full; with none or two of them they mean nothing."""

from __future__ import annotations

import pytest

from kg.model import SystemFact
from kg.text import fold
from tests.reading import differences, links, read

HOME = {"province": "Cao Bằng", "date": "2024-06-15"}
NAMED = [
    "Hệ thống một cửa điện tử của tỉnh được khen.",
    "Hệ thống thông tin một cửa điện tử tỉnh Cao Bằng được khen.",
]
SAID = [
    ("Sau đó một cửa đã kết nối với {b}.", 1),
    ("Đến nay, một cửa chưa kết nối với {b}.", 1),
    ("Cán bộ một cửa đã kết nối với {b}.", 0),
    ("Bộ phận một cửa đã kết nối với {b}.", 0),
    ("Cơ chế một cửa đã kết nối với {b}.", 0),
]


@pytest.mark.parametrize("other", ["Phần mềm quản lý bến xe", "Hệ thống quản lý thu phí"])
@pytest.mark.parametrize("named", NAMED)
@pytest.mark.parametrize(("said", "count"), SAID)
def test_everyday_words_mean_the_one_system_that_the_text_names(named: str, said: str, count: int, other: str) -> None:
    found = links(read(f"{named} {said.format(b=other)}", **HOME))
    status = "absent" if "chưa" in said else "operational"
    assert differences([f"một cửa | connectsTo | {other} | {status}"] * count, found) == []


def test_with_none_of_the_type_they_mean_nothing() -> None:
    found = links(read("Sau đó một cửa đã kết nối với Phần mềm quản lý bến xe.", **HOME))
    assert [str(link) for link in found] == []


@pytest.mark.parametrize(
    ("named", "scopes"),
    [
        ("Hệ thống một cửa điện tử của tỉnh khác hẳn Hệ thống một cửa điện tử tỉnh Hậu Giang.", ["Cao Bằng"]),
        ("Hệ thống một cửa điện tử tỉnh Lạng Sơn khác hẳn Hệ thống một cửa điện tử tỉnh Hậu Giang.", []),
    ],
)
def test_with_two_of_the_type_they_mean_the_homes(named: str, scopes: list[str]) -> None:
    found = links(read(f"{named} Sau đó một cửa đã kết nối với Phần mềm quản lý bến xe.", **HOME))
    assert [link.source[1] for link in found] == scopes


SHORTENED = {
    "by its last words": ("Hệ thống quản lý nước sạch nông thôn", "Hệ thống quản lý nước sạch"),
    "by the noun before it": ("Phần mềm bản đồ số vùng nuôi tôm", "Bản đồ số vùng nuôi tôm"),
    "by its noun": ("Nền tảng cửa khẩu số", "cửa khẩu số"),
}


@pytest.mark.parametrize(("full", "short"), SHORTENED.values(), ids=SHORTENED)
def test_a_name_cut_short_is_the_system_named_before(full: str, short: str) -> None:
    text = f"{full} của tỉnh đã mở. Từ năm 2023, {short} đã kết nối với Kho dữ liệu dùng chung."
    (link,) = links(read(text, province="Cà Mau"))
    assert fold(full) in link.source[0]


@pytest.mark.parametrize(
    "text",
    [
        "Hệ thống quản lý nước sạch của tỉnh đã mở. Hệ thống quản lý nước sạch nông thôn đã kết nối với Kho dữ liệu dùng chung.",
        "Hệ thống quản lý nước sạch nông thôn của tỉnh đã mở. Hệ thống quản lý nước sạch tỉnh Lào Cai đã kết nối với Kho dữ liệu dùng chung.",
    ],
)
def test_a_name_that_comes_first_or_of_another_place_is_no_shortening(text: str) -> None:
    systems = {fact.ref.id for fact in read(text, province="Cà Mau").facts if isinstance(fact, SystemFact)}
    assert len(systems) == 3
