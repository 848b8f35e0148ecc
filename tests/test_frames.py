"""Constructions that no rule of `ontology/rules` stands for alone: a sentence or two each, and the links they tell."""

from __future__ import annotations

import pytest

from tests.reading import differences, links, read

HOME = {"province": "Sơn La", "date": "2024-06-15"}

FRAMES = {
    # conditions and questions tell of no link
    "Nếu Phần mềm quản lý bến xe nối được với Kho dữ liệu dùng chung thì người dân đỡ phải đi lại.": [],
    "Giá như Phần mềm quản lý bến xe kết nối với Kho dữ liệu dùng chung.": [],
    "Bao giờ Phần mềm quản lý bến xe mới kết nối với Kho dữ liệu dùng chung?": [],
    "Nếu như năm ngoái Phần mềm quản lý bến xe kết nối với Kho dữ liệu dùng chung, nay thì khác.": [
        "bến xe | connectsTo | kho dữ liệu | operational"
    ],
    "Nếu hồ sơ thiếu, Phần mềm quản lý bến xe gửi thông báo sang Cổng dịch vụ công của tỉnh.": [
        "bến xe | connectsTo | cổng dịch vụ công | operational"
    ],
    # one head for several names
    "Các cơ sở dữ liệu đất đai, hộ tịch đã kết nối với LGSP của tỉnh.": [
        "đất đai | connectsTo | LGSP | operational",
        "hộ tịch | connectsTo | LGSP | operational",
    ],
    "Hai cơ sở dữ liệu dân cư và đất đai đã kết nối với LGSP của tỉnh.": [
        "dân cư | connectsTo | LGSP | operational",
        "đất đai | connectsTo | LGSP | operational",
    ],
    # 'gọi' that asks for data names nothing
    "Kho dữ liệu dùng chung gọi API của Phần mềm quản lý bến xe.": ["kho dữ liệu | connectsTo | bến xe | operational"],
    # what was said of one is denied of another
    "Phần mềm quản lý bến xe xác thực qua VNeID. Với Cổng dịch vụ công của tỉnh thì chưa làm được như vậy.": [
        "bến xe | connectsTo | VNeID | operational",
        "bến xe | connectsTo | cổng dịch vụ công | absent",
    ],
    "Muốn đăng nhập Cổng dịch vụ công của tỉnh, người dân chỉ cần tài khoản VNeID.": [
        "cổng dịch vụ công | connectsTo | VNeID | operational"
    ],
    "Phần mềm quản lý bến xe và Kho dữ liệu dùng chung đã nói chuyện được với nhau.": [
        "bến xe | connectsTo | kho dữ liệu | operational"
    ],
    # examples of what was counted
    "Kho dữ liệu dùng chung đã liên thông với 12 phần mềm của sở, ngành, trong đó có Phần mềm quản lý giá.": [
        "kho dữ liệu | connectsTo | quản lý giá | operational"
    ],
    "Có 9 hệ thống đã kết nối vào Kho dữ liệu dùng chung; còn Phần mềm quản lý giá chưa kết nối.": [
        "quản lý giá | connectsTo | kho dữ liệu | absent"
    ],
    # agreements are plans, what is denied plans nothing
    "Hai sở đã thống nhất kết nối Phần mềm quản lý bến xe với Kho dữ liệu dùng chung trong quý IV.": [
        "bến xe | connectsTo | kho dữ liệu | planned"
    ],
    "Nhờ kết nối với Cơ sở dữ liệu quốc gia về dân cư, Phần mềm quản lý bến xe không yêu cầu sổ hộ khẩu.": [
        "bến xe | connectsTo | dân cư | operational"
    ],
    # whose a system is
    "Bắc Kạn, ngay bên kia đèo, đã nối phần mềm học phí EduMin của họ với Kho dữ liệu dùng chung.": [
        "EduMin tỉnh Bắc Kạn | connectsTo | kho dữ liệu | operational"
    ],
    "Hệ thống giám sát tàu cá của tỉnh đã kết nối với Kho dữ liệu dùng chung.": [
        "tàu cá tỉnh Sơn La | connectsTo | kho dữ liệu | operational"
    ],
    "Cơ sở dữ liệu người có công đã đồng bộ lên hệ thống của Bộ Lao động - Thương binh và Xã hội.": [
        "người có công | synchronisesTo | hệ thống của bộ | operational"
    ],
    "Phần mềm quản lý văn bản khối Đảng đã kết nối với phần mềm quản lý văn bản của UBND tỉnh.": [
        "khối đảng | connectsTo | quản lý văn bản và điều hành tỉnh Sơn La | operational"
    ],
    "Phân hệ tuyển sinh đầu cấp là điểm mới, đã tích hợp vào Phần mềm quản lý bến xe.": [
        "tuyển sinh đầu cấp | integratedInto | bến xe | operational"
    ],
    # who it is about stands in front of the verb
    "Phần mềm quản lý giá vận hành tốt. Riêng với Kho dữ liệu dùng chung, Phần mềm quản lý bến xe chưa nối được.": [
        "bến xe | connectsTo | kho dữ liệu | absent"
    ],
    "Cổng dịch vụ công của tỉnh vận hành tốt. Qua LGSP, Cổng tra cứu được Cơ sở dữ liệu quốc gia về dân cư.": [
        "cổng dịch vụ công | connectsTo | dân cư | operational | LGSP"
    ],
    "Ứng dụng Sơn La Số ra mắt. Phản ánh từ ứng dụng đổ về Kho dữ liệu dùng chung.": [
        "Sơn La Số | connectsTo | kho dữ liệu | operational"
    ],
    # what there is of a link
    "Kho dữ liệu dùng chung hoạt động.\n- Đang xây dựng luồng lấy dữ liệu từ Phần mềm quản lý bến xe.": [
        "kho dữ liệu | connectsTo | bến xe | in_progress"
    ],
    "Giữa Phần mềm quản lý bến xe và Kho dữ liệu dùng chung thì không có một đường nối nào.": [
        "bến xe | connectsTo | kho dữ liệu | absent"
    ],
    "Phần mềm quản lý bến xe gửi dữ liệu sang Kho dữ liệu dùng chung. Phần này mới chạy thử.": [
        "bến xe | connectsTo | kho dữ liệu | pilot"
    ],
    "1. Phần mềm quản lý văn bản tỉnh\n- Chữ ký số chuyên dùng Chính phủ: đã tích hợp, 6.905 chứng thư.": [
        "chữ ký số | integratedInto | quản lý văn bản | operational"
    ],
    # names that only look like words
    "Nền tảng hồ sơ sức khỏe Sen Hồng kết nối LGSP. Sen Hồng chạy trên Trung tâm dữ liệu tỉnh.": [
        "Sen Hồng | connectsTo | LGSP | operational",
        "Sen Hồng | hostedOn | trung tâm dữ liệu | operational",
    ],
    "Sao-Khuê, phần mềm hộ tịch do Sở Tư pháp vận hành, đã kết nối với LGSP. Sao-Khuê lấy dữ liệu từ Kho dữ liệu dùng chung.": [
        "hộ tịch | connectsTo | LGSP | operational",
        "hộ tịch | connectsTo | kho dữ liệu | operational",
    ],
    "Sàn nông sản Sơn La kết nối với LGSP.": ["sàn nông sản | connectsTo | LGSP | operational"],
    "Phần mềm quản lý bến xe đồng bộ lên hệ thống của Bộ.": [],
}


ORDERS = "THÔNG BÁO\nKết luận của Phó Chủ tịch tại cuộc họp\n"
ACHIEVED = {
    "Từ đó, Phần mềm quản lý bến xe lấy được dữ liệu của Kho dữ liệu dùng chung.": "operational",
    "Phần mềm quản lý bến xe đã thông với Kho dữ liệu dùng chung.": "operational",
    "Bảo đảm kết nối được Phần mềm quản lý bến xe với Kho dữ liệu dùng chung.": "planned",
}


@pytest.mark.parametrize(("text", "status"), ACHIEVED.items(), ids=ACHIEVED)
def test_what_is_achieved_is_done_among_orders_too(text: str, status: str) -> None:
    expected = [f"bến xe | connectsTo | kho dữ liệu | {status}"]
    assert differences(expected, links(read(ORDERS + text, **HOME))) == []


@pytest.mark.parametrize(("text", "expected"), FRAMES.items(), ids=FRAMES)
def test_a_sentence_tells_these_links(text: str, expected: list[str]) -> None:
    assert differences(expected, links(read(text, **HOME))) == []
