"""Ordinary sentences put together from parts: who, how, which way, what else is said. Each states all its links and no other.

One part alone is tested elsewhere; here they meet. The parts are drawn at random with a fixed seed.
"""

from __future__ import annotations

import random
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from itertools import product

import pytest

from tests.reading import links, read

SENTENCES = 120
SOURCES = (
    "Phần mềm quản lý bến xe",
    "Hệ thống quản lý tàu cá",
    "Cổng dịch vụ công của tỉnh",
    "Hệ thống thông tin giải quyết thủ tục hành chính tỉnh",
    "Phần mềm quản lý văn bản và điều hành",
    "ứng dụng CàMau-G",
)
TARGETS = (
    "Cơ sở dữ liệu quốc gia về dân cư",
    "Kho dữ liệu dùng chung của tỉnh",
    "Trung tâm điều hành thông minh tỉnh",
    "Hệ thống thông tin đăng ký và quản lý hộ tịch của Bộ Tư pháp",
    "Cơ sở dữ liệu đất đai tỉnh",
    "Hệ thống cấp phiếu lý lịch tư pháp trực tuyến",
)
VERBS = (
    "kết nối với",
    "liên thông với",
    "kết nối, chia sẻ dữ liệu với",
    "tích hợp vào",
    "đồng bộ dữ liệu lên",
    "lấy dữ liệu từ",
    "gửi dữ liệu về",
    "kết nối đến",
    "trao đổi dữ liệu với",
    "chuyển hồ sơ sang",
)
STATUSES = {
    "{}": "operational",
    "đã {}": "operational",
    "đã được {}": "operational",
    "hiện {}": "operational",
    "đã hoàn thành {}": "operational",
    "sẽ {}": "planned",
    "sẽ được {}": "planned",
    "dự kiến {}": "planned",
    "chưa {}": "absent",
    "vẫn chưa {}": "absent",
    "đang thí điểm {}": "pilot",
    "đã sẵn sàng {}": "ready",
    "tạm dừng {}": "suspended",
    "từng bước {}": "in_progress",
}
WAYS = (
    ("", "", 0),
    ("Qua LGSP tỉnh, ", "", 1),
    ("Thông qua Nền tảng tích hợp, chia sẻ dữ liệu của tỉnh (LGSP), ", "", 1),
    ("", " thông qua LGSP tỉnh", 1),
    ("", " qua trục LGSP của tỉnh và NDXP", 2),
    ("", " (qua LGSP)", 1),
    ("", ", qua LGSP tỉnh", 1),
)
OPENINGS = (
    "",
    "Đến nay, ",
    "Từ ngày 01/7/2023, ",
    "Theo báo cáo của Sở Thông tin và Truyền thông, ",
    "Thực hiện chỉ đạo của UBND tỉnh, ",
    "Thực hiện Kế hoạch số 15/KH-UBND ngày 12/01/2024, ",
    "Theo đề nghị của Công an tỉnh, ",
    "Nhằm nâng cao hiệu quả chỉ đạo, điều hành, ",
    "Đối với lĩnh vực đất đai, ",
    "Sau hơn một năm triển khai, ",
    "Ông Nguyễn Văn A cho biết, ",
    "Cụ thể, ",
    "Bên cạnh đó, ",
)
CLOSINGS = (
    "",
    " từ tháng 3/2023",
    ", phục vụ tra cứu hồ sơ",
    " phục vụ công tác chỉ đạo, điều hành",
    " theo chỉ đạo của Thủ tướng Chính phủ",
    " theo yêu cầu của Bộ Công an",
    " theo đề nghị của Sở Tư pháp",
    " với bình quân 12.000 lượt mỗi ngày",
    ", đáp ứng yêu cầu quản lý nhà nước",
    ", bảo đảm tiến độ theo kế hoạch đề ra",
    ", giúp cán bộ không phải nhập lại",
    ", tạo thuận lợi cho người dân khi cần tra cứu",
    ", khắc phục tình trạng nhập liệu nhiều lần",
)


@dataclass(frozen=True, slots=True)
class Said:
    """A text with the links that it states."""

    text: str
    sources: Sequence[str]
    targets: Sequence[str]
    status: str
    via: int


def listed(names: Sequence[str]) -> str:
    """'A, B và C'."""
    return " và ".join([", ".join(names[:-1]), names[-1]]) if len(names) > 1 else names[0]


def capital(text: str) -> str:
    """With a capital where a line begins."""
    return "\n".join(
        f"- {x[2:3].upper()}{x[3:]}" if x.startswith("- ") else x[:1].upper() + x[1:] for x in text.split("\n")
    )


def clause(draw: random.Random) -> Said:
    """One clause: opening, way, subjects, status, verb, objects, way, closing."""
    sources, targets = (draw.sample(names, draw.choice((1, 1, 2, 3))) for names in (SOURCES, TARGETS))
    words, status = draw.choice(list(STATUSES.items()))
    front, behind, via = draw.choice(WAYS)
    opening, closing, verb = draw.choice(OPENINGS), draw.choice(CLOSINGS), draw.choice(VERBS)
    said = f"{opening}{front}{listed(sources)} {words.format(verb)} {listed(targets)}{behind}{closing}."
    return Said(capital(said), sources, targets, status, via)


SIMPLE = {
    "đã kết nối với": "operational",
    "đã được tích hợp với": "operational",
    "sẽ kết nối với": "planned",
    "chưa kết nối được với": "absent",
    "đang được kết nối với": "in_progress",
    "mới kết nối thử nghiệm với": "pilot",
    "đã sẵn sàng kết nối với": "ready",
    "khai thác dữ liệu từ": "operational",
}
FLOW = {
    "được đồng bộ về": "operational",
    "được chuyển sang": "operational",
    "tự động chuyển sang": "operational",
    "chưa được đồng bộ về": "absent",
    "sẽ được chuyển về": "planned",
    "đang được gửi thử nghiệm sang": "pilot",
}
LINKED = {
    "đã hoàn thành": "operational",
    "đang được triển khai": "in_progress",
    "đang thí điểm": "pilot",
    "chưa thực hiện": "absent",
    "sẽ hoàn thành trong năm 2026": "planned",
    "tạm dừng từ ngày 05/9/2024": "suspended",
}
MUTUAL = {
    "đã kết nối với nhau": "operational",
    "chưa liên thông với nhau": "absent",
    "đã liên thông hai chiều": "operational",
    "đang kết nối thí điểm": "pilot",
}
DONE = {
    "đã kết nối {a} với": "operational",
    "sẽ kết nối {a} với": "planned",
    "đã hoàn thành tích hợp {a} vào": "operational",
    "đang thí điểm kết nối {a} với": "pilot",
    "tạm dừng kết nối {a} với": "suspended",
}
PLAIN = {"": "operational"}
"""Frames that say it themselves."""
FRAMES = (
    ("Nhờ kết nối với {b}{via}, {a} đã tự động điền thông tin của người dân", PLAIN),
    ("Ngay trên {a}, cán bộ tra cứu được thông tin từ {b}{via}", PLAIN),
    ("Ngoài Hệ thống quản lý chợ, {a} còn kết nối với {b}{via}", PLAIN),
    ("{a} kết nối với {b}{via}, phục vụ công tác chỉ đạo", PLAIN),
    ("Kết quả xử lý trên {a} được tự động cập nhật lên {b}{via}", PLAIN),
    ("Mặc dù {a} đã kết nối với {b}{via} nhưng dữ liệu còn thiếu", PLAIN),
    ("Do {a} chưa kết nối với {b} nên cán bộ phải nhập hai lần", {"": "absent"}),
    ("Đề nghị Sở Y tế sớm kết nối {a} với {b}", {"": "planned"}),
    ("{a} mất kết nối với {b} trong hai ngày, nay đã khôi phục", PLAIN),
    ("{a} bị mất kết nối với {b} từ ngày 5/9/2024, đến nay chưa khôi phục", {"": "suspended"}),
    ("{a} {told} {b}{via}", SIMPLE),
    ("{a} do VNPT xây dựng {told} {b}{via}", SIMPLE),
    ("Người dân nộp hồ sơ trên {a}; hệ thống này {told} {b}{via}", SIMPLE),
    ("{a} được đưa vào vận hành từ năm 2021. Đến nay, hệ thống {told} {b}{via}", SIMPLE),
    ("Đối với {a}, đến nay {told} {b}{via}", SIMPLE),
    ("{a}: {told} {b}{via}", SIMPLE),
    ("1. {a}\n- {told} {b}{via}", SIMPLE),
    ("{a} {told}:\n- {b}{via};", SIMPLE),
    ("Sở Thông tin và Truyền thông {told} {b}{via}", DONE),
    ("Dữ liệu từ {a} {told} {b}{via}", FLOW),
    ("Hồ sơ nộp trên {a} {told} {b}{via}", FLOW),
    ("Việc kết nối {a} với {b}{via} {told}", LINKED),
    ("Kết nối giữa {a} và {b}{via} {told}", LINKED),
    ("Chia sẻ dữ liệu giữa {a} và {b}{via} {told}", LINKED),
    ("{a} và {b} {told}{via}", MUTUAL),
    ("{a} với {b} {told}{via}", MUTUAL),
)


def framed(draw: random.Random) -> Said:
    """One source and one target in one of the frames that reports put them in."""
    source, target = draw.choice(SOURCES), draw.choice(TARGETS)
    frame, words = draw.choice(FRAMES)
    told, status = draw.choice(list(words.items()))
    ways = (("", 0), (" qua LGSP của tỉnh", 1), (" thông qua LGSP tỉnh", 1))
    way, via = draw.choice(ways if "{via}" in frame else ways[:1])
    said = frame.replace("{told}", told).format(a=source, b=target, via=way).rstrip(";") + "."
    return Said(capital(said), [source], [target], status, via)


def wrong(said: Said) -> Iterator[str]:
    """What of a text is read otherwise than it says."""
    found = links(read(f"UBND TỈNH CÀ MAU\n\n{said.text}\n", province="Cà Mau", date="2024-11-20"))
    pairs = {frozenset((link.fact.source.id, link.fact.target.id)) for link in found}
    if len(pairs) != len(list(product(said.sources, said.targets))):
        yield f"{len(pairs)} links: {said.text}"
    for link in found:
        if link.status != said.status:
            yield f"{link.status} instead of {said.status}: {said.text}"
        if len(link.via) != said.via:
            yield f"by way of {len(link.via)} instead of {said.via}: {said.text}"


@pytest.mark.parametrize("seed", range(5))
@pytest.mark.parametrize("compose", [clause, framed])
def test_sentences_put_together_state_all_their_links(compose: Callable[[random.Random], Said], seed: int) -> None:
    draw = random.Random(seed)  # noqa: S311 - nothing to keep secret
    assert [problem for _ in range(SENTENCES) for problem in wrong(compose(draw))] == []
