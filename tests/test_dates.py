"""Dates of lesser precision."""

import pytest

from kg.dates import days, first_day


@pytest.mark.parametrize(
    ("period", "stretch"),
    [
        ("2022", ("2022-01-01", "2022-12-31")),
        ("2022-Q4", ("2022-10-01", "2022-12-31")),
        ("2024-02", ("2024-02-01", "2024-02-29")),
        ("2022-12", ("2022-12-01", "2022-12-31")),
        ("9999", ("9999-01-01", "9999-12-31")),
        ("2022-03-19", ("2022-03-19", "2022-03-19")),
    ],
)
def test_a_period_is_a_stretch_of_days(period, stretch):
    assert days(period) == stretch


@pytest.mark.parametrize("text", ["", None, "2022-13", "2022-Q5", "2022-02-30", "0000", "22", "2022-3", "năm 2022"])
def test_what_is_no_date_has_no_days(text):
    assert days(text) is None
    assert first_day(text) is None
