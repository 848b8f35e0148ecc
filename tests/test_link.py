"""Everyday words for the one system of a type that a document names in full; with none or two of them they mean nothing."""

from __future__ import annotations

import pytest

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
