"""What a text calls a system again: short names, brands, nouns, numbers, parts; and what looks like one and is none."""

from __future__ import annotations

import pytest

from tests.reading import differences, links, read, systems

HOME = {"province": "Cao Bằng", "date": "2024-06-15"}
TABLE = (
    "STT | Tên hệ thống | Đơn vị chủ trì\n"
    "1 | Phần mềm quản lý bến xe | Sở Giao thông vận tải\n"
    "2 | Hệ thống quản lý thu phí | Sở Tài chính\n"
    "3 | Kho dữ liệu dùng chung | Sở Thông tin và Truyền thông\n\n"
)

TOLD = [
    # short names of systems that the lexicon knows
    (
        "Hệ thống thông tin tiêm chủng quốc gia đã mở. Trạm xá khen; hệ thống tiêm chủng đã nối với LGSP tỉnh Cao Bằng.",
        ["tiêm chủng quốc gia | connectsTo | chia sẻ | operational"],
    ),
    (
        "Cổng giám định bảo hiểm y tế chạy tốt. Phần mềm quản lý bến xe đã kết nối với Cổng giám định.",
        ["bến xe | connectsTo | giám định bảo hiểm | operational"],
    ),
    (
        "Cổng thông tin một cửa quốc gia chạy tốt. Phần mềm quản lý bến xe đã kết nối với Cổng một cửa.",
        ["bến xe | connectsTo | một cửa quốc gia | operational"],
    ),
    # … and of others, without what says little
    (
        "Sở Y tế dựng Phần mềm quản lý cách ly. Nay phần mềm cách ly đã kết nối với LGSP của tỉnh.",
        ["quản lý cách ly | connectsTo | chia sẻ | operational"],
    ),
    (
        "Phần mềm HIS của Bệnh viện Đa khoa tỉnh ra mắt năm 2020. Phần mềm xét nghiệm chưa kết nối với HIS.",
        ["xét nghiệm | connectsTo | bệnh viện | absent"],
    ),
    (
        "Sở dựng Cơ sở dữ liệu ngành giáo dục tỉnh Cao Bằng. Cơ sở dữ liệu ngành đã kết nối với LGSP của tỉnh.",
        ["ngành giáo dục | connectsTo | chia sẻ | operational"],
    ),
    # brands, and the kind that brackets tell
    (
        "Dữ liệu đổ về Hệ thống quản lý quan trắc quốc gia EnviCB. EnviCB đã kết nối với LGSP của tỉnh.",
        ["quan trắc quốc gia | connectsTo | chia sẻ | operational"],
    ),
    (
        "Tỉnh có Nền tảng chia sẻ, tích hợp dùng chung (LGSP). Phần mềm quản lý bến xe đã kết nối với LGSP.",
        ["bến xe | connectsTo | chia sẻ, tích hợp dùng chung | operational"],
    ),
    (
        "Qua LGSP của tỉnh và NDXP, Phần mềm quản lý bến xe khai thác được Cơ sở dữ liệu quốc gia về dân cư.",
        ["bến xe | connectsTo | dân cư | operational | chia sẻ, chia sẻ"],
    ),
    (
        "LGSP tỉnh Cao Bằng chạy dưới tên mới BanGioc Hub. BanGioc Hub đã kết nối với NDXP.",
        ["tỉnh cao bằng | connectsTo | quốc gia | operational"],
    ),
    (
        "Anh em viết một phần mềm khai báo ở chốt kiểm soát, đặt tên là QNaCheck. QNaCheck đã kết nối với LGSP của tỉnh.",
        ["khai báo | connectsTo | chia sẻ | operational"],
    ),
    (
        "Phần mềm quản lý bến xe ở huyện và Cổng du lịch tỉnh, gọi tắt là DuLichCB, đã mở. DuLichCB đã nối với VNeID.",
        ["du lịch | connectsTo | vneid | operational"],
    ),
    (
        "Còn Smart Cao Bằng, ứng dụng của người dân, đã kết nối với LGSP của tỉnh.",
        ["smart cao bằng | connectsTo | chia sẻ | operational"],
    ),
    ("Cổng du lịch Cao Bằng đã kết nối với VNeID.", ["cổng du lịch | connectsTo | vneid | operational"]),
    # nouns that point back to a brand
    (
        "Bệnh viện dùng VNPT-HIS. Nhà trường dùng SMAS. Phần mềm này đã kết nối với LGSP của tỉnh.",
        ["smas | connectsTo | chia sẻ | operational"],
    ),
    # numbers of a list
    (f"{TABLE}Hệ thống số 2 đã kết nối với hệ thống số 1.", ["thu phí | connectsTo | bến xe | operational"]),
    (
        f"{TABLE}Hệ thống số 1 và số 2 đã kết nối với LGSP của tỉnh.",
        ["bến xe | connectsTo | chia sẻ | operational", "thu phí | connectsTo | chia sẻ | operational"],
    ),
    # parts and markets
    ("Phân hệ thu phí trên EduCB chạy tốt.", ["thu phí | partOf | educb | operational"]),
    ("Tháng 5, phân hệ Theo dõi nhiệm vụ của EduCB ra mắt.", ["theo dõi nhiệm vụ | partOf | educb | operational"]),
    (
        "Sàn thương mại điện tử tỉnh Cao Bằng đã kết nối với VNeID.",
        ["sàn thương mại điện tử | connectsTo | vneid | operational"],
    ),
    (
        "Phần mềm giảm nghèo của tỉnh Sơn La đã kết nối với VNeID.",
        ["phần mềm giảm nghèo @ Sơn La | connectsTo | vneid | operational"],
    ),
    # two that one list names
    (
        "Giữa Phần mềm quản lý bến xe và Kho dữ liệu dùng chung do Sở quản lý chưa có kết nối.",
        ["bến xe | connectsTo~ | kho dữ liệu | absent"],
    ),
    # what comes from a system in front
    (
        "Phần mềm quản lý bến xe đã đồng bộ về Kho dữ liệu dùng chung, rồi từ kho này chia sẻ tiếp cho IOC của tỉnh.",
        ["bến xe | synchronisesTo | kho dữ liệu | operational", "kho dữ liệu | connectsTo | điều hành | operational"],
    ),
    (
        "Từ Phần mềm quản lý bến xe, hồ sơ chạy về Kho dữ liệu dùng chung.",
        ["bến xe | connectsTo | kho dữ liệu | operational"],
    ),
    # a list within a list
    (
        "LGSP tỉnh Cao Bằng\nĐến nay nền tảng đã hoàn thành kết nối:\n- Với Trung ương, qua NDXP:\n"
        "  + Cơ sở dữ liệu quốc gia về dân cư;\n- Với các hệ thống trong tỉnh:\n  + Phần mềm quản lý bến xe.",
        ["tỉnh cao bằng | connectsTo | dân cư | operational | chia sẻ", "cao bằng | connectsTo | bến xe | operational"],
    ),
    # what permits are of is no verb
    (
        "Phần mềm cấp giấy phép xây dựng được nối với LGSP của tỉnh.",
        ["cấp giấy phép xây dựng | connectsTo | chia sẻ | operational"],
    ),
    # a clause behind a semicolon is another matter
    (
        "Phần mềm quản lý bến xe được triển khai trên Trung tâm dữ liệu tỉnh; hệ thống quản lý thu phí chạy trên máy thuê.",
        ["bến xe | hostedOn | trung tâm dữ liệu | operational"],
    ),
]


@pytest.mark.parametrize(("text", "expected"), TOLD, ids=[text[:60] for text, _ in TOLD])
def test_a_short_name_means_what_the_text_named_in_full(text: str, expected: list[str]) -> None:
    assert differences(expected, links(read(text, **HOME))) == []


NAMELESS = [
    "Cổng trường tỉnh Cao Bằng và cổng làng du lịch đã mở.",
    "Nông dân lên sàn thương mại điện tử của các tỉnh.",
    "Cán bộ hay nói chữ “hệ thống”, người dân thích nghe “phần mềm” hơn.",
    "Tuyến Cách mạng Tháng Tám thông xe, hội quán mở cửa.",
    "Lượng khách giảm nghèo nàn, phần mềm giảm giá.",
    "Hệ thống số 2 và số 3 của nhà máy nước tạm dừng.",
]


@pytest.mark.parametrize("text", NAMELESS)
def test_ordinary_words_name_nothing(text: str) -> None:
    assert systems(text, **HOME) == []


APART = [
    # of two that may be meant, neither is
    ("Hệ thống quản lý thu phí bến bãi và Hệ thống quản lý thu phí vé xe đã mở. Hệ thống thu phí chưa xong.", 3),
    # a name said to be another province's own is not the nation's
    ("Hệ thống thông tin tiêm chủng quốc gia đã mở. Hệ thống tiêm chủng của tỉnh Sơn La cũng thế.", 2),
    # what comes first is not short for what comes later
    ("Hệ thống tiêm chủng đã mở. Hệ thống thông tin tiêm chủng quốc gia cũng thế.", 2),
]


@pytest.mark.parametrize(("text", "count"), APART)
def test_a_short_name_of_several_or_of_none_stands_for_itself(text: str, count: int) -> None:
    assert len(systems(text, **HOME)) == count


def test_a_letter_by_its_number_makes_no_system_one_for_documents() -> None:
    text = "Theo Công văn số 65/UBND, Phần mềm quản lý bến xe chưa liên thông với hệ thống của ngành thuế."
    (link,) = links(read(text, **HOME))
    assert "văn bản" not in link.fact.target.label


@pytest.mark.parametrize("name", ["Cơ sở dữ liệu quốc gia về nuôi ong", "Hệ thống thông tin quốc gia về bến xe"])
def test_what_the_nation_has_is_nobody_elses(name: str) -> None:
    (system,) = systems(f"{name} đã mở.", **HOME)
    assert (system.ref.scope, system.level) == ("national", "national")
