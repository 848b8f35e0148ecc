"""What a clause claims of its link: done, on trial, planned, ready; what a section or a title makes of it."""

from __future__ import annotations

import pytest

from tests.reading import links, read

DESK, CIVIL, STORE = "Phần mềm một cửa", "Phần mềm quản lý hộ tịch", "Kho dữ liệu dùng chung"
PLAN = "KẾ HOẠCH\nKết nối các hệ thống của tỉnh Hà Nam\n\n"

CLAUSES: dict[str, tuple[str, str]] = {
    "a duty of the link is a plan": (f"{DESK} phải kết nối với {STORE}.", "planned"),
    "a duty until a date is a plan": (f"{DESK} phải quý II/2031 mới kết nối với {STORE}.", "planned"),
    "a duty done already is none": (f"{DESK} nay phải kết nối với {STORE}.", "operational"),
    "a duty to go some way is none": (f"{DESK} kết nối với {STORE} phải đi qua LGSP của tỉnh.", "operational"),
    "the duty of another clause": (f"Trước gửi văn bản phải chạy xe, giờ {DESK} kết nối với {STORE}.", "operational"),
    "a trial told behind a comma": (f"{DESK} kết nối với {STORE}, nhưng mới thí điểm ở hai xã.", "pilot"),
    "a trial told behind a purpose": (f"{DESK} kết nối với {STORE} để tra giấy tờ: đang chạy thử.", "pilot"),
    "a trial of another system": (f"{DESK} đã kết nối với {STORE}, {CIVIL} thì mới thí điểm.", "operational"),
    "no trial but a conjunction": (f"{DESK} kết nối với {STORE}, thành thử bà con đỡ vất vả.", "operational"),
    "what is ready may wait": (f"{DESK} đã sẵn sàng kết nối với {STORE} nhưng còn chờ Sở ký.", "ready"),
}


@pytest.mark.parametrize(("text", "status"), CLAUSES.values(), ids=CLAUSES)
def test_status_of_a_clause(text: str, status: str) -> None:
    assert [link.status for link in links(read(text, province="Hà Nam", date="2030-10-10"))] == [status]


SECTIONS: dict[str, tuple[str, str]] = {
    "a plan orders what begins with a verb": (f"{PLAN}Kết nối {DESK} với {STORE}.", "planned"),
    "in a letter, too, data go where they go": (
        f"Kính gửi: Sở Nội vụ\n\n1. {DESK}\n- Dữ liệu được chuyển thẳng sang {STORE}.",
        "operational",
    ),
    "a letter asks for what begins with a verb": (
        f"Kính gửi: Sở Nội vụ\n\n1. {DESK}\n- Kết nối {STORE}.",
        "planned",
    ),
    "the title of a report on a year and the next": (
        f"BÁO CÁO\nTổng kết năm 2030 và phương hướng năm 2031\n\n1. {DESK}\n- Kết nối {STORE} từ tháng 3.",
        "operational",
    ),
    "a plan that is reported on": (
        f"BÁO CÁO\n\nThực hiện Kế hoạch số 19/KH-UBND, Sở báo cáo như sau:\n1. {DESK}\n- Kết nối {STORE} đều đặn.",
        "operational",
    ),
}


@pytest.mark.parametrize(("text", "status"), SECTIONS.values(), ids=SECTIONS)
def test_status_by_the_section(text: str, status: str) -> None:
    assert [link.status for link in links(read(text, province="Hà Nam", date="2030-10-10"))] == [status]
