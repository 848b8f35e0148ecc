"""The same said in other words: each sentence reads as the plain one does."""

from __future__ import annotations

import pytest

from tests.reading import differences, links, read

HOME = {"province": "Sơn La", "date": "2024-06-15"}
POPULATION = "bến xe | connectsTo | dân cư | operational"
OVER_LGSP = f"{POPULATION} | LGSP"

NAMES = (
    "Kho dữ liệu quốc gia về dân cư",
    "Hệ cơ sở dữ liệu quốc gia về dân cư",
    "Hệ thống cơ sở dữ liệu quốc gia về dân cư",
    "Ngân hàng dữ liệu quốc gia về dân cư",
)
"""Under another first noun the national database is the same."""

WAYS = (
    "qua LGSP của tỉnh",
    "trên LGSP của tỉnh",
    "với sự trợ giúp của LGSP của tỉnh",
    "qua trục kết nối LGSP của tỉnh",
    "qua nền tảng dữ liệu LGSP của tỉnh",
)

SENTENCES = {
    "Phần mềm quản lý bến xe kết nối cùng Cơ sở dữ liệu quốc gia về dân cư.": [POPULATION],
    "Phần mềm quản lý bến xe kết nối thông qua API với Cơ sở dữ liệu quốc gia về dân cư.": [POPULATION],
    "Phần mềm quản lý bến xe nối cùng lúc với Cơ sở dữ liệu quốc gia về dân cư.": [POPULATION],
    "Trên LGSP của tỉnh, Phần mềm quản lý bến xe kết nối với Cơ sở dữ liệu quốc gia về dân cư.": [OVER_LGSP],
    "Phần mềm quản lý bến xe liên thông trên LGSP của tỉnh với Cơ sở dữ liệu quốc gia về dân cư.": [OVER_LGSP],
    "Qua LGSP, Phần mềm quản lý bến xe, do VNPT xây dựng, đã kết nối với Cơ sở dữ liệu quốc gia về dân cư.": [
        OVER_LGSP
    ],
    "Phần mềm quản lý bến xe ra đời năm 2021. Hệ thống trên đã kết nối với Cơ sở dữ liệu quốc gia về dân cư.": [
        POPULATION
    ],
    "Phần mềm quản lý bến xe đặt tại Data Center tỉnh.": ["bến xe | hostedOn | trung tâm dữ liệu | operational"],
    "Phần mềm quản lý bến xe kết nối với nền tảng của Bộ Xây dựng.": [
        "bến xe | connectsTo | nền tảng của Bộ Xây dựng | operational"
    ],
    "Phần mềm quản trị bến xe của tỉnh kết nối với Cơ sở dữ liệu quốc gia về dân cư.": [POPULATION],
    "Phần mềm về bến xe của tỉnh kết nối với Cơ sở dữ liệu quốc gia về dân cư.": [POPULATION],
    # … and words that only look alike
    "Phần mềm quản lý bến xe chạy trên LGSP của tỉnh.": ["bến xe | hostedOn | LGSP | operational"],
    "Triển khai trục kết nối hệ thống quản lý văn bản và điều hành với Trục liên thông văn bản quốc gia.": [
        "quản lý văn bản | connectsTo | trục liên thông | operational"
    ],
    "Hệ thống truy xuất dữ liệu từ Cơ sở dữ liệu quốc gia về dân cư.": [],
}


@pytest.mark.parametrize("name", NAMES)
def test_a_national_database_is_known_under_other_nouns(name: str) -> None:
    text = f"Phần mềm quản lý bến xe kết nối với {name}."
    assert differences([POPULATION], links(read(text, **HOME))) == []


@pytest.mark.parametrize("way", WAYS)
def test_what_carries_a_link_is_its_way(way: str) -> None:
    text = f"Phần mềm quản lý bến xe kết nối với Cơ sở dữ liệu quốc gia về dân cư {way}."
    assert differences([OVER_LGSP], links(read(text, **HOME))) == []


@pytest.mark.parametrize(("text", "expected"), SENTENCES.items(), ids=SENTENCES)
def test_a_sentence_tells_these_links(text: str, expected: list[str]) -> None:
    assert differences(expected, links(read(text, **HOME))) == []
