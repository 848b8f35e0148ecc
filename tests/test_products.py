"""Products of one kind are systems of their own; a channel is not what it is on."""

from __future__ import annotations

from typing import Any

import pytest

from tests.reading import differences, links, names_of, read, systems

HOME = {"province": "Cao Bằng", "date": "2024-06-15"}


@pytest.mark.parametrize("noun", ["Zalo", "Kênh Zalo", "Trang Zalo"])
@pytest.mark.parametrize("name", ["Hành chính công Cao Bằng", "Chợ quê mình"])
def test_a_channel_that_a_quoted_name_follows_is_the_places_own(noun: str, name: str) -> None:
    text = f'{noun} "{name}" đã kết nối với LGSP của tỉnh.'
    assert (
        differences(["zalo @ Cao Bằng | connectsTo | chia sẻ dữ liệu | operational"], links(read(text, **HOME))) == []
    )
    assert any(name.lower() in wording.lower() for s in systems(text, **HOME) for wording in s.alt_labels)


def test_what_others_have_channels_on_is_a_system_of_its_own_elsewhere() -> None:
    assert [system.ref.scope for system in systems("Bà con nhận tin qua Zalo.", **HOME)] == ["national"]


def test_it_alone_means_the_one_channel_that_the_document_names() -> None:
    text = 'Kênh Zalo "Chợ quê mình" được khen. Tin trên Zalo được chuyển sang LGSP của tỉnh.'
    assert (
        differences(["zalo @ Cao Bằng | connectsTo | chia sẻ dữ liệu | operational"], links(read(text, **HOME))) == []
    )


PRODUCTS: list[Any] = [
    ("Phần mềm VBDLIS chạy tốt. ViLIS đã kết nối với LGSP của tỉnh.", 2, "ViLIS"),
    ("Sở dùng iDesk, huyện dùng VNPT-iOffice. VNPT-iOffice đã kết nối với LGSP của tỉnh.", 2, "iOffice"),
    ("Sở dùng VNPT-iOffice. iOffice đã kết nối với LGSP của tỉnh.", 1, "iOffice"),
    ("Phần mềm quản lý đất đai chạy tốt. VBDLIS đã kết nối với LGSP của tỉnh.", 1, "VBDLIS"),
    ("Phần mềm quản lý văn bản và điều hành chạy tốt. Phần mềm QLVB đã kết nối với LGSP của tỉnh.", 1, "QLVB"),
    ("Phần mềm ViLIS của tỉnh Bắc Kạn chạy tốt. Phần mềm VBDLIS đã kết nối với LGSP của tỉnh.", 2, "VBDLIS"),
]


@pytest.mark.parametrize(("text", "count", "product"), PRODUCTS)
def test_two_products_of_a_kind_are_two_systems(text: str, count: int, product: str) -> None:
    found = [s for s in systems(text, **HOME) if s.ref.type != "IntegrationPlatform"]
    assert len(found) == count
    (link,) = links(read(text, **HOME))
    assert [s.ref.id for s in found if product.lower() in " ".join(names_of(s))] == [link.fact.source.id]
