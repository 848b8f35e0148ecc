"""Dates of lesser precision: YYYY, YYYY-Qn, YYYY-MM and YYYY-MM-DD as stretches of days."""

from __future__ import annotations

import datetime
import re

_PERIOD = re.compile(r"(\d{4})(?:-Q([1-4])|-(\d{2})(?:-(\d{2}))?)?")
_ONE_DAY = datetime.timedelta(days=1)


def days(period: str | None) -> tuple[str, str] | None:
    """First and last day of `period` as ISO dates; None where it is no date of these forms.

    >>> days("2022-Q3"), days("2024-02"), days("2022-02-30")
    (('2022-07-01', '2022-09-30'), ('2024-02-01', '2024-02-29'), None)
    """
    match = _PERIOD.fullmatch(period or "")
    if not match:
        return None
    year, quarter, month, day = match.groups()
    months = 3 if quarter else 1 if month else 12
    number = 3 * int(quarter) - 2 if quarter else int(month or 1)
    try:
        first = datetime.date(int(year), number, int(day or 1))
        if day:
            return first.isoformat(), first.isoformat()
        after = number - 1 + months
        # The year 9999 has no day after its last one.
        last = datetime.date(first.year, 12, 31) if after == 12 else datetime.date(first.year, after + 1, 1) - _ONE_DAY
    except ValueError:
        return None
    return first.isoformat(), last.isoformat()


def first_day(period: str | None) -> str | None:
    """First day of `period` as an ISO date, None where it is no date.

    >>> first_day("2022-Q3")
    '2022-07-01'
    """
    found = days(period)
    return found[0] if found else None
