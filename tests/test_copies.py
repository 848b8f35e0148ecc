"""Copies of texts for the benchmark of reading: each has a province, numbers and names of its own."""

from __future__ import annotations

from benchmarks.copies import Copier
from tests.reading import reader

TEXT = "Tỉnh HÀ NAM có 1.204 hồ sơ (12/3/2021). Năm 2022, Hà Nam mở Cơ sở dữ liệu đất đai và Cổng thông tin điện tử."


def test_a_copy_is_the_same_each_time_and_unlike_the_others() -> None:
    copier = Copier(reader().ontology)
    copies = list(copier.copies([TEXT], 20))
    assert copies == list(copier.copies([TEXT], 20))
    assert len({*copies, TEXT}) == 21


def test_a_copy_has_one_other_province_and_other_numbers_in_its_own_time() -> None:
    copy = Copier(reader().ontology).copy(TEXT, 7)
    province = copy.split("Năm 2022, ")[1].split(" mở ")[0]
    assert province != "Hà Nam"
    assert province.upper() in copy
    assert "1.204" not in copy
    assert "(12/3/2021)" in copy
