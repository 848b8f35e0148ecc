"""However a text is wrapped, spread, set bold or spelt with i or y, it is read as it stands, with quotes out of the file."""

from __future__ import annotations

import random
import re
import textwrap
from collections.abc import Callable

import pytest

from kg.spacing import idle
from kg.text import normalise
from tests.reading import Found, links, read

TEXT = """SỞ THÔNG TIN VÀ TRUYỀN THÔNG TỈNH HÀ NAM

BÁO CÁO
Kết nối các hệ thống quý III

Hệ thống một cửa điện tử của tỉnh đã kết nối với Cổng Dịch vụ công quốc gia qua Nền tảng tích hợp, chia sẻ dữ liệu của tỉnh, \
xử lý bình quân 2.300 hồ sơ mỗi ngày. Theo quy định, hệ thống này chưa được phép khai thác Cơ sở dữ liệu đất đai quốc gia; \
đến quý I/2031 mới kết nối với Cơ sở dữ liệu quốc gia về dân cư.

1. Phần mềm quản lý bến xe đã được tích hợp vào Trung tâm điều hành thông minh tỉnh, phục vụ công tác chỉ đạo, điều hành của \
lãnh đạo các cấp và giúp người dân tra cứu lịch chạy xe trên điện thoại.
2. Phần mềm quản lý hộ tịch tạm dừng gửi dữ liệu về Kho dữ liệu dùng chung của tỉnh từ ngày 05/9/2030 do thay máy chủ, kỹ sư \
của nhà thầu đang khắc phục.
"""


def wrapped(width: int, indent: str = "") -> Callable[[str], str]:
    def wrap(text: str) -> str:
        lines = (
            textwrap.fill(line, width, subsequent_indent=indent, break_on_hyphens=False) for line in text.split("\n")
        )
        return "\n".join(lines)

    return wrap


def spread(text: str) -> str:
    draw = random.Random(1)  # noqa: S311 - nothing to keep secret
    return re.sub(r"(?<=\S) (?=\S)", lambda _: " " * draw.choice((1, 2, 3, 4)), text)


def stated(link: Found) -> tuple[object, ...]:
    fact = link.fact
    return fact.source.id, fact.relation, fact.target.id, fact.status, [ref.id for ref in fact.via]


WRITTEN: dict[str, Callable[[str], str]] = {
    "wrapped": wrapped(78),
    "wrapped narrow": wrapped(52),
    "wrapped with an indent": wrapped(90, "   "),
    "wrapped by an editor of Windows": lambda text: wrapped(78)(text).replace("\n", "\r\n"),
    "wrapped but for a line": lambda text: "\n".join(
        line if line.startswith("2.") else wrapped(78)(line) for line in text.split("\n")
    ),
    "in capitals, wrapped": lambda text: wrapped(78)(text.upper()),
    "blanks doubled": lambda text: text.replace(" ", "  "),
    "spread to the margin": spread,
    "names in bold": lambda text: re.sub(r"(Hệ thống|Phần mềm|Cổng|Kho)( \S+ \S+)", r"**\1\2**", text),
    "a name that is a link": lambda text: text.replace(
        "Kho dữ liệu dùng chung", "[Kho dữ liệu dùng chung](https://a.vn/b)"
    ),
    "no blank behind a comma": lambda text: re.sub(r"(?<=[^\W\d]), ", ",", text),
    "no blank behind a stop": lambda text: re.sub(r"\. (?=[A-ZĐ])", ".", text),
    "a blank in front of commas and stops": lambda text: re.sub(r"(?<=\w)([,;.])(?=\s)", r" \1", text),
    "numbers of footnotes": lambda text: re.sub(r"(?<=[^\W\d])(?=[,;.]\s)", "[12]", text),
    "raised numbers of footnotes": lambda text: re.sub(r"(?<=[^\W\d])(?=[,;.]\s)", "¹²", text),
    "numbers of notes in brackets": lambda text: re.sub(r"(?<=[^\W\d])(?=[,;.]\s)", " (3)", text),
    "pages that end in mid-sentence": lambda text: text.replace("điều hành của ", "điều hành của\n\n- 3 -\n\n"),
    "pages with bare numbers": lambda text: text.replace("chưa được phép ", "chưa được phép\n4\n"),
    "pages that a printer parts": lambda text: text.replace("chưa được phép ", "chưa được phép\n\f12\n"),
    "quí, kĩ, xử lí": lambda text: text.replace("quý", "quí").replace("kỹ", "kĩ").replace("xử lý", "xử lí"),
}


@pytest.mark.parametrize("written", WRITTEN.values(), ids=WRITTEN)
def test_a_text_says_the_same_however_it_is_written(written: Callable[[str], str]) -> None:
    text = written(TEXT)
    expected, found = (links(read(one, date="2030-10-10")) for one in (TEXT, text))
    assert len(expected) == 5
    assert [stated(link) for link in found] == [stated(link) for link in expected]
    for link in found:
        evidence = link.fact.evidence
        assert text[evidence.start : evidence.end] == evidence.quote


KEPT = {
    "lines of a letterhead": "UBND TỈNH HÀ NAM\nSỞ NỘI VỤ\nSố: 12/BC\nHà Nam, ngày 3 tháng 5",
    "items without marks": "\n".join(
        f"Phần mềm quản lý số {n} của Sở Nội vụ tỉnh Hà Nam do nhà thầu dựng" for n in range(9)
    ),
    "columns": "Hệ thống một cửa      Cổng dịch vụ công      đã xong",
    "rows": "\n".join("phần mềm quản lý bến xe | kho dữ liệu dùng chung của tỉnh | đang làm" for _ in range(9)),
    "footnotes": "Hệ thống một cửa (*) đã xong [1]",
}


@pytest.mark.parametrize("text", KEPT.values(), ids=KEPT)
def test_what_parts_lines_and_cells_stays(text: str) -> None:
    assert idle(text) == []


def test_what_is_left_has_its_place_in_the_file() -> None:
    raw = "Cổng  **dịch vụ** công"
    normal = normalise(raw)
    assert normal.text == "Cổng dịch vụ công"
    places = [raw[slice(*normal.raw(at, at + 1))] for at in range(len(normal.text))]
    assert places == ["C", "ổ", "n", "g", "  ", *"dịch vụ công"]
