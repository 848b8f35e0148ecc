"""Documents that go through an axis to nobody named are a link of the system that sends them with the axis."""

from __future__ import annotations

import pytest

from tests.reading import Found, differences, links, read

HOME = {"province": "Cao Bằng"}
DOCUMENTS = "Hệ thống quản lý văn bản và điều hành tỉnh"
AXIS = "Trục liên thông văn bản quốc gia"
CARRIERS = ("DocumentExchangeAxis", "IntegrationPlatform")


def found(text: str) -> list[Found]:
    """The links that end at an axis or another platform for exchange."""
    return [link for link in links(read(text, **HOME)) if link.fact.target.type in CARRIERS]


@pytest.mark.parametrize("axis", [AXIS, "Trục liên thông văn bản của tỉnh"])
@pytest.mark.parametrize(
    ("text", "status"),
    [
        (f"{DOCUMENTS} nối với Phần mềm quản lý bến xe; còn với các bộ thì đi qua {{axis}}.", "operational"),
        (f"{DOCUMENTS}, vốn dùng từ năm 2015, gửi nhận công văn với các bộ qua {{axis}} rất đều.", "operational"),
        (f"{DOCUMENTS} nối với Phần mềm quản lý bến xe, còn với các bộ thì qua {{axis}}.", "operational"),
        (f"Văn bản đi nhanh hơn, nhờ {DOCUMENTS} đã nối với {{axis}}.", "operational"),
        ("Phần mềm quản lý văn bản vẫn gửi nhận văn bản đều đặn qua {axis}.", "operational"),
        (f"Văn bản đi từ {DOCUMENTS} tới các sở qua {{axis}}.", "operational"),
        (f"{DOCUMENTS} chưa gửi nhận văn bản với các bộ qua {{axis}}, cán bộ vẫn in ra giấy.", "absent"),
        (f"{DOCUMENTS} chạy tốt. Các sở gửi, nhận văn bản với các bộ qua {{axis}}.", "operational"),
    ],
)
def test_the_axis_is_the_far_end(text: str, status: str, axis: str) -> None:
    wanted = [f"quản lý văn bản | connectsTo | Trục liên thông văn bản | {status}"]
    assert differences(wanted, found(text.format(axis=axis))) == []


@pytest.mark.parametrize(
    "text",
    [
        f"{DOCUMENTS} gửi nhận văn bản với phần mềm của Tỉnh ủy qua {AXIS}.",
        f"{DOCUMENTS} và phần mềm của Tỉnh ủy gửi nhận văn bản với nhau qua {AXIS}.",
        f"{DOCUMENTS} và phần mềm của Tỉnh ủy gửi nhận hai chiều qua {AXIS}.",
        "Bưu cục gửi nhận văn bản qua đường bưu điện.",
        f"Các sở gửi hàng hóa qua {AXIS}.",
        f"{DOCUMENTS} chuyển hồ sơ với các huyện qua nền tảng LGSP.",
    ],
)
def test_but_not_where_another_system_or_nobody_is_there(text: str) -> None:
    assert found(text) == []
