"""Lines of a megabyte, made to send a careless pattern back and forth: what stands beside them is read as ever.

No time is taken: a pattern whose worst case grows with the square of a line would keep such a test busy for hours.
"""

from __future__ import annotations

from collections import Counter

import pytest

from kg import linking
from kg.layout import LONGEST
from kg.marks import strip_marks
from kg.mention import Mention
from kg.model import ConnectionFact
from kg.pieces import Piece
from kg.stream import Chunk, chunks
from kg.text import normalise
from kg.uses import Weighed
from tests.reading import document, reader

MEGABYTE = 1_000_000
PLAIN = "Cổng dịch vụ công tỉnh Cao Bằng đã kết nối với Cổng Dịch vụ công quốc gia."

LINES = [
    *(
        "a",
        "Aa",
        "Ab ",
        "A-",
        "a.b.",
        "\u0301",
        "e\u0301\u0302",
        "a\u200b",
        "1",
        "1.",
        "1,",
        "1 ",
        "1.234",
        "12/2020",
        "0226 ",
    ),
    *(
        "1/QĐ-A",
        "100 sở ",
        " ",
        "\t",
        "\u00a0",
        ".",
        "...A ",
        "(",
        "()",
        '"',
        ";",
        "-",
        "->",
        "›a",
        "qua ",
        "của ",
        "số ",
    ),
    *(
        "tỷ lệ ",
        "năm 2020 ",
        "kế hoạch 12 ",
        "Luật A ",
        "uỷ ",
        "hệ thống ",
        "Smart ",
        "Sở Y tế ",
        "huyện A, ",
        ".gov.vn",
    ),
    *("tỉnh Hà Nam ", "BỘ CÔNG AN ", "Hà Nam, ngày 3 ", "Cổng ", "CB-LGSP ", "Dalat IOC, ", "Egov (LGSP), "),
    *("18 sở dùng NGSP, ", "37 chi cục, bến xe ", "Chi cục A dùng ", "Đơn vị sử dụng: các xã; "),
    *("một cửa ", "tên của ", "gọi tắt là ", "Bệnh viện A ", "Khung kiến trúc "),
]


@pytest.mark.parametrize("many", LINES, ids=repr)
def test_a_hostile_line_does_not_hinder_the_reading_of_the_rest(many: str) -> None:
    letters = [char for char in normalise(many).text if char.isalpha()]
    plain = strip_marks(PLAIN) if letters and all(map(str.isascii, letters)) else PLAIN
    text = f"{plain}\n{many * (MEGABYTE // len(many.encode()))}\n{plain}\n"
    reading = reader().read(document(text))
    (link,) = [fact for fact in reading.facts if isinstance(fact, ConnectionFact)]
    passages = (link.evidence, *link.more)
    assert [passage.start for passage in passages] == [0, text.rindex(plain)]
    assert {passage.quote for passage in passages} == {plain[:-1]}


@pytest.mark.parametrize(
    "many", ["LGSP, ", "Hệ thống báo cáo (gọi tắt là X1Y); ", "LGSP kết nối với NGSP; ", "| LGSP "]
)
def test_work_on_a_line_grows_no_faster_than_the_line(many: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """A line that is dense with names is cut into stretches, so that ten times the line has ten times the stretches."""
    work: list[int] = []
    real = chunks

    def counted(row: list[Piece], named: list[tuple[Mention, tuple[str, ...]]]) -> list[Chunk]:
        work.append(len(row) ** 2)
        return real(row, named)

    monkeypatch.setattr(linking, "chunks", counted)
    counts = []
    for size in (2 * LONGEST, 20 * LONGEST):
        work.clear()
        reader().read(document(many * (size // len(many))))
        counts.append(sum(work))
    assert counts[1] <= 11 * counts[0]


def test_users_are_weighed_beside_the_systems_near_them_however_many_a_line_names() -> None:
    weighed: list[Weighed] = []
    users = LONGEST // len("18 sở dùng NGSP, VNeID, ")
    systems = ["NGSP", "VNeID", "LGSP", "Cổng Dịch vụ công quốc gia"]
    many = [f"{18 + n} sở dùng {systems[n % 4]}, {systems[(n + 1) % 4]}, " for n in range(users // 2)]
    reader().read(document("".join(many)), onlooker=weighed.append)
    each = Counter((one.sentence.unit.start, one.user, one.number) for one in weighed)
    assert len(each) == users // 2
    assert max(each.values()) <= 8
