"""Short names that prose introduces: from then on, and before, they mean the system; ordinary words never do."""

from __future__ import annotations

from typing import Any

import pytest

from kg.naming import Naming
from kg.text import normalise
from tests.reading import differences, links, names_of, read, reader, systems

HOME = {"province": "Cao Bằng", "date": "2024-06-15"}
LONG = ["Phần mềm quản lý bến xe", "Hệ thống quản lý thu phí"]
SHORT = ["Bách Thảo", "VéNhanh", "PM-BX", "Gạo 24", "BX.CB"]

INTRODUCED: list[Any] = [
    "{long}, mang tên {short}, được dân khen.",
    '{long} mang tên "{short}".',
    "{long}, gọi tắt là {short}, được dân khen.",
    "{long}, người dân quen gọi là {short}, được dân khen.",
    "{long} (ghi tắt: {short}) được dân khen.",
    "{long} – tên thương mại {short} – được dân khen.",
    "{long}, tức {short}, được dân khen.",
    "{short}, tên gọi của {long}, được dân khen.",
    "{short}, tức {long}, được dân khen.",
    "{short}, tên mà cán bộ quen gọi {long}, được dân khen.",
]


@pytest.mark.parametrize("long", LONG)
@pytest.mark.parametrize("short", SHORT)
@pytest.mark.parametrize("text", INTRODUCED)
def test_a_short_name_that_prose_introduces_means_the_system(text: str, long: str, short: str) -> None:
    text = text.format(long=long, short=short) + f" {short} đã kết nối với LGSP của tỉnh."
    assert differences([f"{long} | connectsTo | chia sẻ dữ liệu | operational"], links(read(text, **HOME))) == []


@pytest.mark.parametrize("short", ["Bách Thảo", "VéNhanh"])
def test_it_means_the_system_before_the_words_that_introduce_it_too(short: str) -> None:
    text = f"{short} đã kết nối với LGSP của tỉnh. Phần mềm quản lý bến xe, gọi tắt là {short}, được dân khen."
    assert differences(["bến xe | connectsTo | chia sẻ dữ liệu | operational"], links(read(text, **HOME))) == []


@pytest.mark.parametrize("short", ["Bách Thảo", "VéNhanh"])
def test_the_short_name_is_one_of_the_names_of_the_system(short: str) -> None:
    text = f"Phần mềm quản lý bến xe, gọi tắt là {short}, được dân khen. {short} chạy tốt."
    (system,) = systems(text, **HOME)
    assert short.lower().replace("é", "e").replace("á", "a").replace("ả", "a") in names_of(system)


@pytest.mark.parametrize("place", ["Cao Bằng", "Hậu Giang"])
def test_the_place_behind_a_short_name_may_be_left_out(place: str) -> None:
    text = f"Phần mềm quản lý bến xe, quen gọi là VéNhanh {place}, được khen. VéNhanh đã kết nối với LGSP của tỉnh."
    assert differences(["bến xe | connectsTo | chia sẻ dữ liệu | operational"], links(read(text, **HOME))) == []


@pytest.mark.parametrize(
    "name", ["Phần mềm Phản hồi Hậu Giang", "Ứng dụng Hậu Giang Today", "Nền tảng Phản hồi Hậu Giang"]
)
def test_a_capital_behind_the_noun_and_a_place_make_a_name(name: str) -> None:
    (link,) = links(read(f"Trước đó, {name[:1].lower()}{name[1:]} đã kết nối với LGSP của tỉnh.", **HOME))
    assert "hậu giang" in link.fact.source.label.lower()


@pytest.mark.parametrize(
    "text", ["ThS Nông Văn Tý cho biết tỉnh đã xong.", "ĐÀI PT-TH CAO BẰNG\nBản tin sáng", "PGS Lý Thị Mai khen."]
)
def test_people_with_titles_and_broadcasters_are_no_systems(text: str) -> None:
    assert systems(text, **HOME) == []


OWNED = [
    (
        "Hệ thống quản lý thi cử của Bộ Y tế chạy tốt. Hệ thống quản lý thi cử đã kết nối với LGSP của tỉnh.",
        ["Bộ Y tế"],
    ),
    (
        "Kho học bạ số của Bộ Giáo dục và Đào tạo chạy tốt. Kho học bạ số đã kết nối với LGSP của tỉnh.",
        ["Bộ Giáo dục và Đào tạo"],
    ),
    (
        "Hệ thống quản lý thi cử chạy tốt. Hệ thống quản lý thi cử của Bộ Y tế đã kết nối với LGSP của tỉnh.",
        ["Bộ Y tế", "Cao Bằng"],
    ),
    (
        "Hệ thống quản lý thi cử của Bộ Y tế đã kết nối với LGSP của tỉnh. Hệ thống quản lý thi cử của tỉnh thì chưa chạy.",
        ["Bộ Y tế", "Cao Bằng"],
    ),
]


@pytest.mark.parametrize(("text", "owners"), OWNED)
def test_a_name_goes_on_to_be_its_owners_without_saying_so(text: str, owners: list[str]) -> None:
    found = [s.ref for s in systems(text, **HOME) if s.ref.type != "IntegrationPlatform"]
    assert sorted(ref.scope for ref in found) == owners
    (link,) = links(read(text, **HOME))
    assert link.fact.source.scope == owners[0]


NOT_NAMES = [
    "{long} được người dân gọi là tiện lợi. Người dân đã kết nối với LGSP của tỉnh.",
    "{long} mang tên mới. Mới đây tỉnh đã kết nối với LGSP của tỉnh.",
    "{long} được giao Sở Tư pháp. Sở Tư pháp đã kết nối với LGSP của tỉnh.",
    "{long} thay cho sổ giấy, gọi là Ax. Ax đã kết nối với LGSP của tỉnh.",
    "{long} do nhiều người ở nhiều nơi cùng góp sức làm ra, gọi tắt là Lúa Vàng. Lúa Vàng đã kết nối với LGSP của tỉnh.",
]


@pytest.mark.parametrize("long", LONG)
@pytest.mark.parametrize("text", NOT_NAMES)
def test_other_words_do_not_become_names(text: str, long: str) -> None:
    assert [str(link) for link in links(read(text.format(long=long), **HOME))] == []


@pytest.mark.parametrize("known", ["LGSP", "Cơ sở dữ liệu quốc gia về dân cư", "Kho dữ liệu dùng chung"])
def test_a_name_that_the_lexicon_knows_is_no_short_name_of_another(known: str) -> None:
    text = f"Phần mềm quản lý bến xe, gọi tắt là {known}, được khen. {known} đã kết nối với Cổng dữ liệu mở."
    assert [link for link in links(read(text, **HOME)) if "ben xe" in link.source[0]] == []


def test_a_short_name_keeps_its_case() -> None:
    text = "Phần mềm quản lý bến xe, gọi tắt là Mây, được khen. Hôm nay mây đã kết nối với LGSP của tỉnh thành dải."
    assert links(read(text, **HOME)) == []


@pytest.mark.parametrize("short", ["Sao Mai", "Ban Mai"])
@pytest.mark.xfail(strict=True, reason="a short name whose first syllable is any cue ('sao', 'ban') is refused")
def test_a_short_name_may_begin_like_an_ordinary_word(short: str) -> None:
    text = f"Phần mềm quản lý bến xe, mang tên {short}, được dân khen. {short} đã kết nối với LGSP của tỉnh."
    assert differences(["bến xe | connectsTo | chia sẻ dữ liệu | operational"], links(read(text, **HOME))) == []


@pytest.mark.parametrize("short", ["iBenXe", "eDoc.CB"])
def test_a_brand_may_begin_in_lower_case(short: str) -> None:
    text = f"Phần mềm quản lý bến xe, mang tên {short}, được dân khen. {short} đã kết nối với LGSP của tỉnh."
    assert differences(["bến xe | connectsTo | chia sẻ dữ liệu | operational"], links(read(text, **HOME))) == []


@pytest.mark.parametrize("short", ["Bách Thảo", "VéNhanh"])
@pytest.mark.parametrize("naming", ["tên gọi", "tên gọi ngắn", "tên quen gọi"])
def test_a_sentence_may_say_what_a_name_names(short: str, naming: str) -> None:
    text = f"{short} là {naming} của Phần mềm quản lý bến xe. {short} đã kết nối với LGSP của tỉnh."
    assert differences(["bến xe | connectsTo | chia sẻ dữ liệu | operational"], links(read(text, **HOME))) == []


# -- the words themselves --------------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def naming() -> Naming:
    return reader().grammar.naming


@pytest.mark.parametrize(
    ("text", "names"),
    [
        (", gọi tắt là Bách Thảo, được khen", ["Bách Thảo"]),
        (", gọi tắt là Bách Thảo Cao Bằng.", ["Bách Thảo Cao Bằng", "Bách Thảo"]),
        (' mang tên "trăng rằm".', ["trăng rằm"]),
        (" mang tên “trăng rằm”.", ["trăng rằm"]),
        (' mang tên "cổng nhà mình".', []),
        (", gọi tắt là Bách Thảo Mộc Lan Hương.", ["Bách Thảo Mộc Lan"]),
        (", gọi là nơi đỗ xe.", []),
        (", gọi tắt là Ax.", []),
        (".", []),
        ("", []),
        (", chạy tốt.", []),
    ],
)
def test_names_behind(naming: Naming, text: str, names: list[str]) -> None:
    assert naming.behind(normalise(text), 0, 0, 0) == names


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("Bách Thảo, tên gọi của ", ["Bách Thảo"]),
        ("xe buýt Bách Thảo, tên gọi của ", ["Bách Thảo"]),
        ("Bách Thảo là ", []),
        ("nơi đỗ xe, tên gọi của ", []),
        ("", []),
    ],
)
def test_names_before(naming: Naming, text: str, names: list[str]) -> None:
    normal = normalise(text)
    assert naming.before(normal, len(normal.text)) == names


COINED = "{short}, {long} của chúng ta, đã kết nối với LGSP của tỉnh."


@pytest.mark.parametrize("long", ["phần mềm một cửa", "hệ thống quản lý văn bản"])
def test_a_coined_name_is_explained_by_what_is_ours_behind_it(long: str) -> None:
    found = links(read(COINED.format(short="VéNhanh", long=long), **HOME))
    assert differences([f"{long} | connectsTo | chia sẻ dữ liệu | operational"], found) == []
    listed = links(read(f"KhoVé, {long} và NDXP đã kết nối với LGSP của tỉnh.", **HOME))
    assert all("kho" not in names for names in (link.source[0] for link in listed if long in link.source[0]))


PREFIXED = {
    "CB-LGSP đã kết nối với NDXP.": ["dữ liệu tỉnh Cao Bằng @ Cao Bằng | connectsTo | NDXP | operational"],
    "trục CB-LGSP đã kết nối với NDXP.": ["dữ liệu tỉnh Cao Bằng @ Cao Bằng | connectsTo | NDXP | operational"],
    "IOC tỉnh nối với VNPT-eKYC.": [],
    "Dalat IOC đã kết nối với NDXP.": ["Đà Lạt @ thành phố Đà Lạt | connectsTo | NDXP | operational"],
    "Quangninh IOC đã kết nối với NDXP.": ["tỉnh Quảng Ninh @ Quảng Ninh | connectsTo | NDXP | operational"],
    "Smart IOC đã kết nối với NDXP.": ["tỉnh Cao Bằng @ Cao Bằng | connectsTo | NDXP | operational"],
}


@pytest.mark.parametrize(("text", "expected"), PREFIXED.items(), ids=PREFIXED)
def test_an_acronym_is_read_with_what_stands_before_it(text: str, expected: list[str]) -> None:
    assert differences(expected, links(read(text, **HOME))) == []


EXPLAINED = {
    "ViLIS, phần mềm đất đai của Sở Tài nguyên và Môi trường, đã kết nối với TMS, hệ thống thuế của Tổng cục Thuế.": [
        "quản lý đất đai tỉnh Cao Bằng @ Cao Bằng | connectsTo | TMS | operational"
    ],
    "BX-Care, phần mềm quản lý bến xe của sở, đã kết nối với Cổng dữ liệu mở.": [
        "bến xe | connectsTo | cổng dữ liệu | operational"
    ],
    "iDesk, phần mềm văn bản của Hậu Giang, đã kết nối với Cổng dữ liệu mở.": [
        "văn bản và điều hành tỉnh Hậu Giang @ Hậu Giang | connectsTo | cổng dữ liệu | operational"
    ],
    "SMAS, phần mềm quản lý bến xe, VNPT-iOffice đã kết nối với Cổng dữ liệu mở.": [
        "SMAS | connectsTo | cổng dữ liệu | operational",
        "bến xe | connectsTo | cổng dữ liệu | operational",
        "văn bản và điều hành | connectsTo | cổng dữ liệu | operational",
    ],
}


@pytest.mark.parametrize("text", EXPLAINED)
def test_what_explains_a_short_name_is_no_second_system_but_a_member_of_a_list_is(text: str) -> None:
    assert differences(EXPLAINED[text], links(read(text, **HOME))) == []


HALVES = {
    'Đến đó ai cũng biết "Sổ khỏe Quê Núi", tức hồ sơ sức khỏe điện tử của tỉnh. Phần mềm quản lý bến xe gửi dữ liệu sang Sổ khỏe.': "bến xe | connectsTo | sức khỏe | operational",
    '"Học bạ Đất Núi" – hệ thống học bạ số của tỉnh – chạy thử từ tháng 9. Phần mềm quản lý bến xe gửi dữ liệu sang Học bạ Đất Núi.': "bến xe | connectsTo | học bạ | operational",
}


@pytest.mark.parametrize(("text", "link"), HALVES.items())
def test_the_first_words_of_a_coined_name_mean_the_same(text: str, link: str) -> None:
    assert differences([link], links(read(text, **HOME))) == []


def test_first_words_that_stand_in_other_names_mean_nothing() -> None:
    text = 'Zalo "Y tế Quê Núi" do Sở Y tế lập. Phần mềm quản lý bến xe gửi dữ liệu sang Y tế.'
    assert links(read(text, **HOME)) == []


@pytest.mark.parametrize("place", ["Cao Bằng", "Huế"])
def test_a_place_is_no_short_name(place: str) -> None:
    text = f"Ứng dụng {place} trực tuyến đã ra mắt. Phần mềm quản lý bến xe gửi dữ liệu sang {place}."
    assert links(read(text, **HOME)) == []
