"""Whose a system is, as its name tells: places before and behind it, owners, several provinces, towns."""

from __future__ import annotations

import pytest

from tests.reading import links, read, systems

HOME = {"province": "Cao Bằng", "date": "2024-06-15"}


PLACED = [
    ("HueIOC đã kết nối với NDXP.", "Huế"),
    ("DongNaiLIS đã kết nối với NDXP.", "Đồng Nai"),
    ("QuangTri-LGSP đã kết nối với NDXP.", "Quảng Trị"),
    ("CaoBangIOC đã kết nối với NDXP.", "Cao Bằng"),
    ("Dalat IOC đã kết nối với NDXP.", "thành phố Đà Lạt"),
    ("Phú Yên IOC đã kết nối với NDXP.", "Phú Yên"),
]


@pytest.mark.parametrize(("text", "scope"), PLACED)
def test_a_place_written_before_an_acronym_tells_whose_it_is(text: str, scope: str) -> None:
    (link,) = links(read(text, province="Cao Bằng", date="2026-01-01"))
    assert link.fact.source.scope == scope
    assert link.fact.source.type in ("OperationsCentre", "IntegrationPlatform", "SectorSystem")


WHOLE_NAMES = [
    ("Phần mềm quản lý tài sản nhà nước của Bộ Tài chính", "Bộ Tài chính"),
    ("Cổng trao đổi thông tin thu nộp của Bộ Tài chính", "Bộ Tài chính"),
    ("Hệ thống bệnh án điện tử của Bệnh viện Nhi đồng", "Bệnh viện Nhi đồng"),
    ("Hệ thống bệnh án điện tử của Bệnh viện Ung bướu", "Bệnh viện Ung bướu"),
    ("Hệ thống bệnh án điện tử của Bệnh viện Đa khoa Phố Nối", "Bệnh viện Đa khoa Phố Nối"),
]


@pytest.mark.parametrize(("name", "scope"), WHOLE_NAMES)
def test_a_name_is_read_up_to_its_owner(name: str, scope: str) -> None:
    (link,) = links(read(f"{name} đã kết nối với LGSP của tỉnh.", **HOME))
    assert (link.fact.source.label, link.fact.source.scope) == (name, scope)


SHARED = [
    "LGSP của Nam Định và Thái Bình đã kết nối với NDXP.",
    "LGSP của Nam Định và của Thái Bình đã kết nối với NDXP.",
    "LGSP tỉnh Nam Định và tỉnh Thái Bình đã kết nối với NDXP.",
    "LGSP của hai tỉnh Nam Định và Thái Bình đã kết nối với NDXP.",
]


@pytest.mark.parametrize("text", SHARED)
def test_a_noun_goes_with_each_province_that_owns_one(text: str) -> None:
    assert sorted(link.fact.source.scope for link in links(read(text, **HOME))) == ["Nam Định", "Thái Bình"]


def test_a_province_behind_a_comma_alone_owns_nothing() -> None:
    text = "LGSP của Nam Định đã kết nối với NDXP, Thái Bình và Hà Nam thì chưa."
    assert [s.ref.scope for s in systems(text, **HOME) if s.ref.scope != "national"] == ["Nam Định"]


SCOPES = [
    ("camera giám sát thị trấn Đồng Lê", "thị trấn Đồng Lê"),
    ("camera giám sát thị xã Ba Đồn", "thị xã Ba Đồn"),
    ("camera giám sát TX. Ba Đồn", "thị xã Ba Đồn"),
    ("camera giám sát huyện Kỳ Anh", "huyện Kỳ Anh"),
    ("camera giám sát các huyện Mai Châu, Đà Bắc", "huyện Mai Châu"),
]


@pytest.mark.parametrize(("name", "scope"), SCOPES)
def test_a_unit_below_the_province_is_named_in_full(name: str, scope: str) -> None:
    found = systems(f"Hệ thống {name} kết nối với LGSP của tỉnh.", **HOME)
    assert scope in {s.ref.scope for s in found}
