"""What is read beside links: policies by number and name, figures with unit and metric, who uses a system."""

from __future__ import annotations

import re

import pytest

from kg.model import Document, Fact, MeasureFact, PlaceRef, PolicyFact, Reading, UseFact
from kg.ontology import load_ontology
from kg.passages import at_words, value_of
from kg.relate import Reader
from kg.vocab import POLICY


@pytest.fixture(scope="module")
def reader() -> Reader:
    return Reader(load_ontology())


def read(reader: Reader, text: str, province: str = "Lào Cai") -> Reading:
    meta = (("province", province), ("date", "2022-11-20"))
    return reader.read(Document("bao-cao", "bao-cao.txt", "", text, 0, meta))


def of_kind(reading: Reading, kind: type) -> list[Fact]:
    return [fact for fact in reading.facts if isinstance(fact, kind)]


def policies(reader: Reader, text: str) -> list[tuple[str, str | None]]:
    return [(f.label, f.issuer) for f in read(reader, text).facts if isinstance(f, PolicyFact)]


def figures(reader: Reader, text: str) -> list[tuple[str, float, str]]:
    return [(f.metric, f.value, f.unit) for f in read(reader, text).facts if isinstance(f, MeasureFact)]


def uses(reader: Reader, text: str) -> list[tuple[str, float | None, str]]:
    return [(f.actor, f.count, f.system.type) for f in read(reader, text).facts if isinstance(f, UseFact)]


# -- policies --------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "label", "issuer"),
    [
        ("Thực hiện Nghị quyết số 07-NQ/TU về chuyển đổi số.", "Nghị quyết số 07-NQ/TU", "Tỉnh ủy Lào Cai"),
        ("Căn cứ Nghị định 61/2018/NĐ-CP ngày 23/4/2018;", "Nghị định số 61/2018/NĐ-CP", "Chính phủ"),
        ("Căn cứ Nghị\nđịnh 61/2018/NĐ-CP ngày 23/4/2018;", "Nghị định số 61/2018/NĐ-CP", "Chính phủ"),
        ("Căn cứ QĐ 411/QĐ-TTg của Thủ tướng.", "Quyết định số 411/QĐ-TTg", "Thủ tướng Chính phủ"),
        ("Theo Thông tư số 01/2023/TT-BTTTT.", "Thông tư số 01/2023/TT-BTTTT", "Bộ Thông tin và Truyền thông"),
        ("Theo Kế hoạch số 33/KH-UBND của tỉnh.", "Kế hoạch số 33/KH-UBND", "UBND tỉnh Lào Cai"),
        ("Trả lời Công văn số 512/UBND-VX.", "Công văn số 512/UBND-VX", "UBND tỉnh Lào Cai"),
        ("SỞ Y TẾ\nSố: 88/BC-SYT\nBÁO CÁO", "Báo cáo số 88/BC-SYT", "Sở Y tế tỉnh Lào Cai"),
        ("SỞ Y TẾ\nSố: 88/SYT-VP\nKính gửi:", "Công văn số 88/SYT-VP", "Sở Y tế tỉnh Lào Cai"),
        ("Theo Quyết định số 749 của Thủ tướng Chính phủ.", "Quyết định số 749", "Thủ tướng Chính phủ"),
        ("Theo Luật An toàn thông tin mạng năm 2015.", "Luật An toàn thông tin mạng", "Quốc hội"),
        ("Triển khai Đề án 06 trên toàn tỉnh.", "Đề án 06", "Thủ tướng Chính phủ"),
        ("Phòng máy đạt TCVN 9250:2012.", "TCVN 9250:2012", "Bộ Khoa học và Công nghệ"),
    ],
)
def test_a_policy_is_read_with_its_issuer(reader: Reader, text: str, label: str, issuer: str) -> None:
    assert policies(reader, text) == [(label, issuer)]


@pytest.mark.parametrize(
    "text",
    [
        "Ký Hợp đồng số 12/2022/HĐ-VNPT với nhà thầu.",
        "Báo cáo 6 tháng đầu năm 2022.",
        "Kế hoạch 2022 đã xong.",
        "Hệ thống trực 24/7 mọi ngày.",
        "Luật sư và người dân cùng dự.",
    ],
)
def test_what_only_looks_like_a_policy_is_none(reader: Reader, text: str) -> None:
    assert policies(reader, text) == []


def test_the_number_of_a_province_is_that_province_s_alone(reader: Reader) -> None:
    text = "Theo Kế hoạch số 20/KH-UBND ngày 05/02/2022 và Nghị quyết số 17/NQ-CP ngày 07/3/2019."
    ids = {
        province: [f.id for f in of_kind(read(reader, text, province), PolicyFact)]
        for province in ("Lào Cai", "Bắc Ninh")
    }
    assert ids["Lào Cai"][0] == f"{POLICY}ke-hoach-so-20-kh-ubnd-lao-cai-2022"
    assert ids["Bắc Ninh"][0] == f"{POLICY}ke-hoach-so-20-kh-ubnd-bac-ninh-2022"
    assert ids["Lào Cai"][1] == ids["Bắc Ninh"][1] == f"{POLICY}nghi-quyet-so-17-nq-cp"


def test_a_policy_that_is_cited_twice_is_one_fact(reader: Reader) -> None:
    assert len(policies(reader, "Theo Quyết định số 411/QĐ-TTg. Quyết định 411/QĐ-TTg giao các bộ.")) == 1


# -- figures ---------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "value"), [("1.296", 1296), ("98,2", 98.2), ("2.5", 2.5), ("1.146.203", 1146203), ("08", 8)]
)
def test_numbers_are_read_the_vietnamese_way(text: str, value: float) -> None:
    assert value_of(text) == value


@pytest.mark.parametrize(
    ("text", "figure"),
    [
        ("Cổng dịch vụ công của tỉnh tiếp nhận 41.283 hồ sơ.", ("số hồ sơ tiếp nhận", 41283, "hồ sơ")),
        ("Kho dữ liệu của tỉnh đã có 1,28 triệu bản ghi.", ("số bản ghi", 1280000, "bản ghi")),
        ("Toàn tỉnh có 28/28 cơ quan ký số.", ("số cơ quan ký số", 28, "cơ quan")),
        ("Tỷ lệ hồ sơ trực tuyến đạt hơn 62,7%.", ("tỷ lệ hồ sơ trực tuyến", 62.7, "%")),
        ("Toàn tỉnh có 98,5% thôn, bản có sóng 4G.", ("tỷ lệ thôn, bản có sóng 4G", 98.5, "%")),
        ("Tổng kinh phí: 4,86 tỷ đồng.", ("tổng kinh phí", 4.86, "tỷ đồng")),
        ("Kinh phí thuê là 1,9 tỷ mỗi năm.", ("kinh phí thuê", 1.9, "tỷ đồng")),
        ("Thời gian xử lý còn 3 ngày.", ("thời gian xử lý", 3, "ngày")),
    ],
)
def test_a_figure_has_value_unit_and_metric(reader: Reader, text: str, figure: tuple[str, float, str]) -> None:
    assert figures(reader, text) == [figure]


@pytest.mark.parametrize(
    "text",
    [
        "Dịch vụ công mức độ 4 và cấp độ 3 đều xong.",
        "Tháng 9 năm 2022 tỉnh tổng kết.",
        "Trong 3 ngày tới sẽ họp.",
        "Ba hệ thống tại 11 huyện, thành phố đã chạy.",
        "Cả nước có 63 tỉnh, thành phố.",
        "Ngày 15/9 họp tại phòng 204.",
    ],
)
def test_a_number_that_counts_nothing_of_its_own_is_no_figure(reader: Reader, text: str) -> None:
    assert figures(reader, text) == []


def test_a_figure_is_about_the_system_of_its_clause_else_the_place(reader: Reader) -> None:
    text = "Cổng dịch vụ công tỉnh Lào Cai nhận 214 hồ sơ.\nToàn tỉnh thành lập 401 tổ công nghệ số cộng đồng."
    found = of_kind(read(reader, text), MeasureFact)
    assert [f.subject.label for f in found if isinstance(f, MeasureFact)] == [
        "Cổng dịch vụ công tỉnh Lào Cai",
        "Lào Cai",
    ]
    assert isinstance(found[1], MeasureFact)
    assert isinstance(found[1].subject, PlaceRef)


def test_a_figure_takes_the_date_its_sentence_names_and_a_goal_says_so(reader: Reader) -> None:
    done, goal = (
        f
        for f in read(reader, "Tháng 6/2022 có 500 tài khoản.\nPhấn đấu có 900 chữ ký số.").facts
        if isinstance(f, MeasureFact)
    )
    assert (done.dating.as_of, done.dating.source) == ("2022-06", "text")
    assert (goal.dating.as_of, goal.dating.source) == ("2022-11-20", "document")
    assert goal.metric.endswith("(mục tiêu)")


# -- uses ------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "found"),
    [
        (
            "Hệ thống quản lý văn bản và điều hành được triển khai tại 21 sở, ban, ngành và 9 huyện, thành phố.",
            [
                ("21 sở, ban, ngành", 21, "DocumentManagementSystem"),
                ("9 huyện, thành phố", 9, "DocumentManagementSystem"),
            ],
        ),
        (
            "100% cơ quan nhà nước sử dụng Hệ thống quản lý văn bản và điều hành.",
            [("100% cơ quan nhà nước", None, "DocumentManagementSystem")],
        ),
        (
            "152/152 xã, phường, thị trấn đã kết nối Mạng truyền số liệu chuyên dùng.",
            [("152/152 xã, phường, thị trấn", 152, "Network")],
        ),
        ("Người dân nộp hồ sơ trên Cổng Dịch vụ công quốc gia.", [("Người dân", None, "PublicServicePortal")]),
        ("Sở Nội vụ đang dùng Hệ thống thông tin báo cáo của tỉnh.", [("Sở Nội vụ", None, "ReportingSystem")]),
        (
            "Hệ thống thông tin báo cáo của tỉnh hiện được 63 trung tâm dịch vụ việc làm sử dụng.",
            [("63 trung tâm dịch vụ việc làm", 63, "ReportingSystem")],
        ),
        (
            "35 cục hải quan tỉnh dùng Hệ thống thông tin báo cáo của tỉnh.",
            [("35 cục hải quan tỉnh", 35, "ReportingSystem")],
        ),
        (
            "12 trạm y tế xã, phường, thị trấn nay cùng dùng Hệ thống thông tin báo cáo của tỉnh.",
            [("12 trạm y tế xã, phường, thị trấn", 12, "ReportingSystem")],
        ),
        ("Ba huyện, thị xã đang dùng thử eCabinet.", [("Ba huyện, thị xã", 3, "OtherSystem")]),
        ("Khối Đảng dùng Hệ thống thông tin báo cáo của tỉnh.", [("Khối Đảng", None, "ReportingSystem")]),
        ("Ngành y tế đang dùng Hệ thống thông tin báo cáo của tỉnh.", [("Ngành y tế", None, "ReportingSystem")]),
        (
            "Ban Quản lý Khu kinh tế đang dùng Hệ thống thông tin báo cáo của tỉnh.",
            [("Ban Quản lý Khu kinh tế", None, "ReportingSystem")],
        ),
        (
            "Hệ thống thông tin báo cáo của tỉnh mà bác sĩ dùng hằng ngày đã ổn định.",
            [("bác sĩ", None, "ReportingSystem")],
        ),
        (
            "Hệ thống thông tin báo cáo của tỉnh hiện có 6.930 cán bộ, công chức dùng hằng ngày.",
            [("6.930 cán bộ, công chức", 6930, "ReportingSystem")],
        ),
        (
            "Mạng truyền số liệu chuyên dùng đã về đến 19 sở, ngành và 4 huyện, thành phố, thị xã.",
            [("19 sở, ngành", 19, "Network"), ("4 huyện, thành phố, thị xã", 4, "Network")],
        ),
        (
            "Hai mươi mốt xã đang dùng Hệ thống thông tin báo cáo của tỉnh.",
            [("Hai mươi mốt xã", 21, "ReportingSystem")],
        ),
        (
            "100% xã, phường (152/152) sử dụng Hệ thống thông tin báo cáo của tỉnh.",
            [("100% xã, phường (152/152)", 152, "ReportingSystem")],
        ),
        (
            "Các cơ quan (42 đơn vị) đang dùng Hệ thống thông tin báo cáo của tỉnh.",
            [("Các cơ quan (42 đơn vị)", 42, "ReportingSystem")],
        ),
        (
            "37 chi cục đang sử dụng Hệ thống thông tin báo cáo của tỉnh.",
            [("37 chi cục", 37, "ReportingSystem")],
        ),
        (
            "Hệ thống thông tin báo cáo của tỉnh chạy tốt. 21 sở, ngành và 8 huyện của tỉnh đã nhập số liệu trên hệ thống này.",
            [("21 sở, ngành", 21, "ReportingSystem"), ("8 huyện của tỉnh", 8, "ReportingSystem")],
        ),
    ],
)
def test_a_use_has_actor_count_and_system(
    reader: Reader, text: str, found: list[tuple[str, float | None, str]]
) -> None:
    assert uses(reader, text) == found


@pytest.mark.parametrize(
    "text",
    [
        "21 sở, ban, ngành chưa sử dụng Hệ thống quản lý văn bản và điều hành.",
        "Hệ thống thông tin báo cáo của tỉnh thì 21 sở, ngành chưa dùng.",
        "Năm ngoái tỉnh mở Hệ thống thông tin báo cáo. Đến nay 21 sở, ngành vẫn không dùng.",
        "Kho dữ liệu của tỉnh có 21 bộ dữ liệu.",
        "Cơ sở dữ liệu cán bộ của Sở Nội vụ đã xong.",
        "Phần mềm kế toán của Sở Tài chính đã cũ.",
        "Sở Y tế triển khai Hệ thống thông tin báo cáo của tỉnh.",
        "Hệ thống thông tin báo cáo của tỉnh có 2.150 lượt truy cập mỗi ngày.",
        "Năm 2023 tỉnh dùng 12 tỷ đồng kéo Mạng truyền số liệu chuyên dùng.",
        "Trong năm 2023 bà con vui, tỉnh mở Hệ thống thông tin báo cáo.",
        "Năm 2023 có 12 phần mềm dùng chung Hệ thống thông tin báo cáo của tỉnh.",
    ],
)
def test_a_denial_a_count_or_an_owner_is_no_use(reader: Reader, text: str) -> None:
    assert uses(reader, text) == []


def test_who_uses_a_system_as_many_is_told_once(reader: Reader) -> None:
    text = "21 sở, ngành đang dùng Hệ thống thông tin báo cáo của tỉnh. Tức là 21 sở dùng Hệ thống thông tin báo cáo."
    assert uses(reader, text) == [("21 sở, ngành", 21, "ReportingSystem")]


def test_a_use_says_what_the_model_saw(reader: Reader) -> None:
    (use,) = of_kind(read(reader, "21 sở, ngành đang sử dụng Hệ thống thông tin báo cáo."), UseFact)
    assert use.evidence.rule.startswith("use model: ")
    assert reader.ontology.use_model.threshold <= use.evidence.confidence <= 1


def test_a_text_without_diacritics_tells_of_uses_too(reader: Reader) -> None:
    text = "21 so, nganh dang su dung He thong thong tin bao cao cua tinh. Tinh da mo lop hoc cho moi nguoi."
    assert [(f.actor, f.count) for f in read(reader, text).facts if isinstance(f, UseFact)] == [("21 so, nganh", 21)]


def test_a_label_lists_who_uses_the_system_of_its_line(reader: Reader) -> None:
    text = "1. Hệ thống thư điện tử công vụ\n- Đơn vị dùng: 19/19 sở, ngành; 8 huyện."
    assert uses(reader, text) == [("19/19 sở, ngành", 19, "EmailSystem"), ("8 huyện", 8, "EmailSystem")]


ROWS = """TT | Tên hệ thống | Đơn vị sử dụng | Kết nối
---|---|---|---
1 | Hệ thống thư điện tử công vụ | 20 sở, ngành; 101 xã, phường | Cổng Dịch vụ công quốc gia
2 | Hệ thống thông tin báo cáo | Sở Nội vụ | Kho dữ liệu dùng chung
"""


@pytest.mark.parametrize(
    "text", [ROWS, ROWS.replace("---|---|---|---\n", "").replace(" | ", "\t")], ids=["bars", "tabs"]
)
def test_a_column_of_users_says_who_uses_the_system_of_the_row(reader: Reader, text: str) -> None:
    assert uses(reader, text) == [
        ("20 sở, ngành", 20, "EmailSystem"),
        ("101 xã, phường", 101, "EmailSystem"),
        ("Sở Nội vụ", None, "ReportingSystem"),
    ]


def test_another_column_of_organisations_says_nothing_of_users(reader: Reader) -> None:
    assert uses(reader, ROWS.replace("Đơn vị sử dụng", "Đơn vị chủ trì")) == []


def test_a_line_goes_on_about_the_system_it_opens_with(reader: Reader) -> None:
    text = "Hệ thống thư điện tử công vụ đã nâng cấp. Đến nay 19 sở, ngành sử dụng thường xuyên."
    assert uses(reader, text) == [("19 sở, ngành", 19, "EmailSystem")]


def test_a_sentence_goes_on_about_the_subject_of_the_one_before(reader: Reader) -> None:
    text = "Năm 2021 tỉnh mở Hệ thống thư điện tử công vụ. Hệ thống này chạy tốt. Đến nay 19 sở, ngành đang dùng."
    assert uses(reader, text) == [("19 sở, ngành", 19, "EmailSystem")]


# -- all -------------------------------------------------------------------------------------------------------------

TEXT = """Thực hiện Nghị quyết số 07-NQ/TU, Cổng dịch vụ công tỉnh Lào Cai tiếp nhận 41.283 hồ sơ.
Hệ thống quản lý văn bản và điều hành được triển khai tại 21 sở, ban, ngành."""


def test_each_statement_quotes_its_document_exactly(reader: Reader) -> None:
    # The text comes decomposed and with a BOM: offsets are those of the text as it is.
    import unicodedata

    raw = "\ufeff" + unicodedata.normalize("NFD", TEXT)
    facts = [f for f in read(reader, raw).facts if isinstance(f, PolicyFact | MeasureFact | UseFact)]
    assert {f.kind for f in facts} == {"policy", "measure", "use"}
    assert all(raw[f.evidence.start : f.evidence.end] == f.evidence.quote for f in facts)


def test_statements_are_the_same_in_every_reading_and_in_the_order_of_the_text(reader: Reader) -> None:
    first, second = read(reader, TEXT), read(Reader(load_ontology()), TEXT)
    assert first.facts == second.facts
    places = [(f.evidence.start, f.evidence.end) for f in first.facts]
    assert places == sorted(places)


def test_matches_at_words_are_those_of_a_pattern_that_looks_back_first() -> None:
    text = "sở y tế, xsở y tế, sở sở y tế_sở y tế"
    slow = [m.span() for m in re.compile(r"(?<!\w)sở(?: y tế)?").finditer(text, 1, 40)]
    assert [m.span() for m in at_words(re.compile(r"sở(?: y tế)?"), text, 1, 40)] == slow
