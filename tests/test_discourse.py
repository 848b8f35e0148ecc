"""What a sentence takes from the lines around it: headings, legends, codes, pointers, ways told elsewhere, another province."""

from __future__ import annotations

import pytest

from tests.reading import differences, links, read

DESK, CIVIL = "một cửa", "hộ tịch"
PORTAL, PEOPLE = "Cổng Dịch vụ công quốc gia", "quốc gia về dân cư"

CASES: dict[str, tuple[str, list[str]]] = {
    # -- headings and what introduces lists --------------------------------------------------------------------------
    "a heading links the items below it": (
        "II. Hệ thống đã tích hợp vào IOC tỉnh Hà Nam\n- Hệ thống một cửa điện tử;\n- Phần mềm quản lý hộ tịch;",
        [
            f"{DESK} | integratedInto | điều hành thông minh tỉnh Hà Nam | operational",
            f"{CIVIL} | integratedInto | điều hành thông minh tỉnh Hà Nam | operational",
        ],
    ),
    "items that leave to the line above with what they are linked": (
        "1. Hệ thống một cửa điện tử\n- Cổng dịch vụ công quốc gia: đã kết nối\n- Phần mềm quản lý hộ tịch: chưa kết nối",
        [f"{DESK} | connectsTo | {PORTAL} | operational", f"{DESK} | connectsTo | {CIVIL} | absent"],
    ),
    "what items below a centre bring in": (
        "IOC tỉnh Hà Nam\n- Hệ thống một cửa điện tử: đã tích hợp",
        [f"{DESK} | integratedInto | điều hành thông minh tỉnh Hà Nam | operational"],
    ),
    "a heading that says how the pairs below it stand": (
        "Đã kết nối:\n+ Hệ thống một cửa điện tử với Phần mềm quản lý hộ tịch\n"
        "Chưa kết nối:\n+ Hệ thống một cửa điện tử với Cổng dịch vụ công quốc gia",
        [f"{DESK} | connectsTo | {CIVIL} | operational", f"{DESK} | connectsTo | {PORTAL} | absent"],
    ),
    "a label that makes a plan of its line": (
        "Nhiệm vụ: Kết nối Hệ thống một cửa điện tử với Phần mềm quản lý hộ tịch.",
        [f"{DESK} | connectsTo | {CIVIL} | planned"],
    ),
    "bullets of word processors": (
        "Các hệ thống đã kết nối Cổng dịch vụ công quốc gia:\n· Hệ thống một cửa điện tử\no Phần mềm quản lý hộ tịch",
        [f"{DESK} | connectsTo | {PORTAL} | operational", f"{CIVIL} | connectsTo | {PORTAL} | operational"],
    ),
    "data of one and of another go here": (
        "IOC tỉnh Hà Nam đã mở. Số liệu của Phần mềm quản lý hộ tịch và của Hệ thống một cửa điện tử đã truyền về đây.",
        [
            f"{DESK} | connectsTo | điều hành thông minh | operational",
            f"{CIVIL} | connectsTo | điều hành thông minh | operational",
        ],
    ),
    "a heading ends where the next begins": (
        "II. Hệ thống đã tích hợp vào IOC tỉnh Hà Nam\n- Hệ thống một cửa điện tử;\n"
        "III. Nội dung khác\n- Phần mềm quản lý hộ tịch;",
        [f"{DESK} | integratedInto | điều hành thông minh tỉnh Hà Nam | operational"],
    ),
    "a heading that names a system states no link": (
        "II. Hoạt động của IOC tỉnh Hà Nam\n- Hệ thống một cửa điện tử;\n- Phần mềm quản lý hộ tịch;",
        [],
    ),
    "from one system to those below": (
        "1. Từ LGSP tỉnh Hà Nam đến\n- Hệ thống một cửa điện tử;\n- Phần mềm quản lý hộ tịch.",
        [
            f"dữ liệu tỉnh Hà Nam | connectsTo | {DESK} | operational",
            f"dữ liệu tỉnh Hà Nam | connectsTo | {CIVIL} | operational",
        ],
    ),
    "what runs here runs on the last host": (
        "IOC tỉnh Hà Nam đặt tại Trung tâm dữ liệu tỉnh Hà Nam.\nCác hệ thống đang chạy tại đây gồm:\n"
        "- Hệ thống một cửa điện tử;\n- Phần mềm quản lý hộ tịch.",
        [
            "điều hành thông minh | hostedOn | Trung tâm dữ liệu | operational",
            f"{DESK} | hostedOn | Trung tâm dữ liệu | operational",
            f"{CIVIL} | hostedOn | Trung tâm dữ liệu | operational",
        ],
    ),
    "arrows below a system": (
        "- Hệ thống một cửa điện tử:\n  => Cổng dịch vụ công quốc gia\n  => Cơ sở dữ liệu quốc gia về dân cư",
        [f"{DESK} | connectsTo | {PORTAL} | operational", f"{DESK} | connectsTo | {PEOPLE} | operational"],
    ),
    "a legend explains codes": (
        "Ghi chú: VH: đang vận hành; TN: thử nghiệm; KO: chưa kết nối.\nHệ thống một cửa điện tử kết nối:\n"
        "- Cổng dịch vụ công quốc gia: VH\n- Cơ sở dữ liệu quốc gia về dân cư: TN\n- Phần mềm quản lý hộ tịch: KO",
        [
            f"{DESK} | connectsTo | {PORTAL} | operational",
            f"{DESK} | connectsTo | {PEOPLE} | pilot",
            f"{DESK} | connectsTo | {CIVIL} | absent",
        ],
    ),
    "codes that no legend explains mean nothing": (
        "Hệ thống một cửa điện tử kết nối:\n- Cổng dịch vụ công quốc gia: VH\n- Phần mềm quản lý hộ tịch: KO",
        [f"{DESK} | connectsTo | {PORTAL} | operational", f"{DESK} | connectsTo | {CIVIL} | operational"],
    ),
    "systems called by the codes of a list": (
        "1. Hệ thống một cửa điện tử (HT1).\n2. Phần mềm quản lý hộ tịch (HT2).\nHT1 kết nối với HT2.",
        [f"{DESK} | connectsTo | {CIVIL} | operational"],
    ),
    # -- tables without lines ----------------------------------------------------------------------------------------
    "a table written with slashes": (
        "Hệ thống / Kết nối với / Trạng thái\nHệ thống một cửa điện tử / Cổng dịch vụ công quốc gia / Đang vận hành\n"
        "Phần mềm quản lý hộ tịch / Cơ sở dữ liệu quốc gia về dân cư / Chưa kết nối",
        [f"{DESK} | connectsTo | {PORTAL} | operational", f"{CIVIL} | connectsTo | {PEOPLE} | absent"],
    ),
    "slashes of prose are no table": (
        "Hệ thống một cửa điện tử / Cổng dịch vụ công quốc gia là hai kênh nộp hồ sơ.",
        [],
    ),
    # -- ways told elsewhere -----------------------------------------------------------------------------------------
    "a way told for a whole table": (
        "Mọi kết nối đều đi qua LGSP tỉnh Hà Nam.\n| Hệ thống | Kết nối với |\n|---|---|\n"
        "| Hệ thống một cửa điện tử | Cổng dịch vụ công quốc gia |",
        [f"{DESK} | connectsTo | {PORTAL} | operational | dữ liệu tỉnh Hà Nam"],
    ),
    "a way told afterwards for two links": (
        "Hệ thống một cửa điện tử kết nối với Cổng dịch vụ công quốc gia và Cơ sở dữ liệu quốc gia về dân cư. "
        "Cả hai kết nối này đi qua LGSP tỉnh Hà Nam.",
        [
            f"{DESK} | connectsTo | {PORTAL} | operational | dữ liệu tỉnh Hà Nam",
            f"{DESK} | connectsTo | {PEOPLE} | operational | dữ liệu tỉnh Hà Nam",
        ],
    ),
    "a way that a pointer names by what it does": (
        "LGSP tỉnh Hà Nam chạy từ năm 2020. Phần mềm quản lý hộ tịch gửi số liệu lên Cổng dữ liệu mở qua cái trục ấy.",
        ["hộ tịch | connectsTo | cổng dữ liệu | operational | dữ liệu tỉnh Hà Nam"],
    ),
    "a way with a dash": (
        "Hệ thống một cửa điện tử nối với Cơ sở dữ liệu quốc gia về dân cư qua LGSP tỉnh Hà Nam - NDXP.",
        [f"{DESK} | connectsTo | {PEOPLE} | operational | dữ liệu tỉnh Hà Nam, NDXP"],
    ),
    "a way in stages": (
        "Hệ thống một cửa điện tử kết nối với Cơ sở dữ liệu quốc gia về dân cư qua LGSP tỉnh Hà Nam rồi tới NDXP.",
        [f"{DESK} | connectsTo | {PEOPLE} | operational | dữ liệu tỉnh Hà Nam, NDXP"],
    ),
    "a way in brackets": (
        "Hệ thống một cửa điện tử kết nối với Cơ sở dữ liệu quốc gia về dân cư (qua LGSP tỉnh Hà Nam, NDXP).",
        [f"{DESK} | connectsTo | {PEOPLE} | operational | dữ liệu tỉnh Hà Nam, NDXP"],
    ),
    "a way denied": (
        "Hệ thống một cửa điện tử kết nối trực tiếp với Cơ sở dữ liệu quốc gia về dân cư, không qua LGSP tỉnh Hà Nam.",
        [f"{DESK} | connectsTo | {PEOPLE} | operational"],
    ),
    "a way in front of the sentence holds for all of it": (
        "Thông qua LGSP tỉnh Hà Nam, Hệ thống một cửa điện tử tra cứu Cơ sở dữ liệu quốc gia về dân cư, "
        "đồng thời liên thông với Phần mềm quản lý hộ tịch.",
        [
            f"{DESK} | connectsTo | {PEOPLE} | operational | dữ liệu tỉnh Hà Nam",
            f"{DESK} | connectsTo | {CIVIL} | operational | dữ liệu tỉnh Hà Nam",
        ],
    ),
    "a way of one clause is not the next one's": (
        "Hệ thống một cửa điện tử tra cứu Cơ sở dữ liệu quốc gia về dân cư qua LGSP tỉnh Hà Nam; "
        "hệ thống này cũng liên thông với Phần mềm quản lý hộ tịch.",
        [
            f"{DESK} | connectsTo | {PEOPLE} | operational | dữ liệu tỉnh Hà Nam",
            f"{DESK} | connectsTo | {CIVIL} | operational",
        ],
    ),
    "a way of one verb is not that of the next": (
        "Hệ thống một cửa điện tử tra cứu Cơ sở dữ liệu quốc gia về dân cư qua LGSP tỉnh Hà Nam, "
        "đồng bộ hồ sơ lên Cổng dịch vụ công quốc gia.",
        [
            f"{DESK} | connectsTo | {PEOPLE} | operational | dữ liệu tỉnh Hà Nam",
            f"{DESK} | synchronisesTo | {PORTAL} | operational",
        ],
    ),
    "a way of another end": (
        "Hệ thống một cửa điện tử kết nối với Phần mềm quản lý hộ tịch, còn với Cơ sở dữ liệu quốc gia về dân cư "
        "thì kết nối qua LGSP tỉnh Hà Nam.",
        [
            f"{DESK} | connectsTo | {CIVIL} | operational",
            f"{DESK} | connectsTo | {PEOPLE} | operational | dữ liệu tỉnh Hà Nam",
        ],
    ),
    "a way told in a clause of its own": (
        "Hệ thống một cửa điện tử tra cứu Cơ sở dữ liệu quốc gia về dân cư; đường đi là LGSP tỉnh Hà Nam rồi lên NDXP.",
        [f"{DESK} | connectsTo | {PEOPLE} | operational | dữ liệu tỉnh Hà Nam, NDXP"],
    ),
    "by the same way": (
        "Hệ thống một cửa điện tử tra cứu Cơ sở dữ liệu quốc gia về dân cư qua LGSP tỉnh Hà Nam. "
        "Cũng theo đường ấy, Hệ thống một cửa điện tử kết nối với Phần mềm quản lý hộ tịch.",
        [
            f"{DESK} | connectsTo | {PEOPLE} | operational | dữ liệu tỉnh Hà Nam",
            f"{DESK} | connectsTo | {CIVIL} | operational | dữ liệu tỉnh Hà Nam",
        ],
    ),
    "through the two platforms just named": (
        "LGSP tỉnh Hà Nam đã kết nối với NDXP; qua hai nền tảng này, Hệ thống một cửa điện tử tra cứu "
        "Cơ sở dữ liệu quốc gia về dân cư.",
        [
            "dữ liệu tỉnh Hà Nam | connectsTo | NDXP | operational",
            f"{DESK} | connectsTo | {PEOPLE} | operational | dữ liệu tỉnh Hà Nam, NDXP",
        ],
    ),
    "the two platforms go through nothing themselves": (
        "LGSP tỉnh Hà Nam đã kết nối với NDXP; qua hai nền tảng này đã tra cứu Cơ sở dữ liệu quốc gia về dân cư.",
        ["dữ liệu tỉnh Hà Nam | connectsTo | NDXP | operational"],
    ),
    "a road is no way": (
        "Hệ thống một cửa điện tử tra cứu Cơ sở dữ liệu quốc gia về dân cư qua LGSP tỉnh Hà Nam. "
        "Xã có con đường ấy là nhờ dân góp. Hệ thống một cửa điện tử kết nối với Phần mềm quản lý hộ tịch.",
        [
            f"{DESK} | connectsTo | {PEOPLE} | operational | dữ liệu tỉnh Hà Nam",
            f"{DESK} | connectsTo | {CIVIL} | operational",
        ],
    ),
    # -- pointers ----------------------------------------------------------------------------------------------------
    "both of two systems": (
        "Hệ thống một cửa điện tử và phần mềm quản lý hộ tịch được nâng cấp. "
        "Cả hai kết nối với Cơ sở dữ liệu quốc gia về dân cư.",
        [f"{DESK} | connectsTo | {PEOPLE} | operational", f"{CIVIL} | connectsTo | {PEOPLE} | operational"],
    ),
    "both of something else": (
        "Hệ thống một cửa điện tử được nâng cấp. Cả hai bên họp bàn về Cơ sở dữ liệu quốc gia về dân cư.",
        [],
    ),
    "from there is from where data went": (
        "Hệ thống một cửa điện tử gửi hồ sơ về Kho dữ liệu dùng chung tỉnh Hà Nam. "
        "Từ đó, dữ liệu được chuyển sang IOC tỉnh Hà Nam.",
        [
            f"{DESK} | connectsTo | Kho dữ liệu dùng chung | operational",
            "Kho dữ liệu dùng chung | connectsTo | điều hành thông minh | operational",
        ],
    ),
    "a bare head noun is the sentence's first of that head": (
        "Cổng dịch vụ công tỉnh Hà Nam đồng bộ hồ sơ lên Cổng dịch vụ công quốc gia; PayGov được tích hợp vào Cổng.",
        [
            f"Cổng dịch vụ công tỉnh Hà Nam | synchronisesTo | {PORTAL} | operational",
            "PayGov | integratedInto | Cổng dịch vụ công tỉnh Hà Nam | operational",
        ],
    ),
    "a subject does not point to its own object": (
        "Cổng dịch vụ công tỉnh Hà Nam đã đổi giao diện. Cổng đã kết nối với Cổng dịch vụ công quốc gia.",
        [f"Cổng dịch vụ công tỉnh Hà Nam | connectsTo | {PORTAL} | operational"],
    ),
    "an object may be the system just spoken of before another subject": (
        "Khi Cơ sở dữ liệu quốc gia về dân cư vận hành, chúng tôi sẽ kết nối Hệ thống một cửa điện tử với cơ sở dữ liệu ấy.",
        [f"{DESK} | connectsTo | {PEOPLE} | planned"],
    ),
    # -- clauses beside the link's own -------------------------------------------------------------------------------
    "what stands between commas is passed over": (
        "Hệ thống một cửa điện tử, trước đây phải thuê chỗ, đã kết nối với Cơ sở dữ liệu quốc gia về dân cư.",
        [f"{DESK} | connectsTo | {PEOPLE} | operational"],
    ),
    "a plan of the clause before is not the link's": (
        "Với nút bấm mà tỉnh sẽ khai trương, Hệ thống một cửa điện tử kết nối với Cơ sở dữ liệu quốc gia về dân cư.",
        [f"{DESK} | connectsTo | {PEOPLE} | operational"],
    ),
    "a plan without another subject is": (
        "Tỉnh sẽ hoàn thành hạ tầng, kết nối Hệ thống một cửa điện tử với Cơ sở dữ liệu quốc gia về dân cư.",
        [f"{DESK} | connectsTo | {PEOPLE} | planned"],
    ),
    "what is lacking is no subject": (
        "Do tỉnh chưa có LGSP, Hệ thống một cửa điện tử chưa kết nối được với Cơ sở dữ liệu quốc gia về dân cư.",
        [f"{DESK} | connectsTo | {PEOPLE} | absent"],
    ),
    "a list goes on behind an item that names no system": (
        "IOC tỉnh Hà Nam lấy số liệu từ ba nguồn: Hệ thống một cửa điện tử, quan trắc môi trường, Phần mềm quản lý hộ tịch.",
        [
            f"điều hành thông minh | connectsTo | {DESK} | operational",
            f"điều hành thông minh | connectsTo | {CIVIL} | operational",
        ],
    ),
    "a question states nothing": (
        "Hệ thống một cửa điện tử đã kết nối với Cơ sở dữ liệu quốc gia về dân cư chưa?",
        [],
    ),
    "the same without a question mark": (
        "Hệ thống một cửa điện tử chưa kết nối với Cơ sở dữ liệu quốc gia về dân cư.",
        [f"{DESK} | connectsTo | {PEOPLE} | absent"],
    ),
    # -- another province --------------------------------------------------------------------------------------------
    "there is in the province just named": (
        "Tại tỉnh Nam Định, hạ tầng được đầu tư sớm. Ở đó, LGSP kết nối với NDXP.",
        ["dữ liệu tỉnh Nam Định @ Nam Định | connectsTo | NDXP | operational"],
    ),
    "here is the document's own province again": (
        "Ở Nam Định, LGSP đã kết nối với NDXP từ năm 2022; còn tại Hà Nam, LGSP chưa kết nối với NDXP.",
        [
            "dữ liệu tỉnh Nam Định @ Nam Định | connectsTo | NDXP | operational",
            "dữ liệu tỉnh Hà Nam @ Hà Nam | connectsTo | NDXP | absent",
        ],
    ),
    "two other provinces in one sentence": (
        "Tại Nam Định, LGSP đã kết nối với NDXP, còn Thái Bình, LGSP đang thử nghiệm kết nối với NDXP.",
        [
            "dữ liệu tỉnh Nam Định @ Nam Định | connectsTo | NDXP | operational",
            "dữ liệu tỉnh Thái Bình @ Thái Bình | connectsTo | NDXP | pilot",
        ],
    ),
    "it is what the clause before spoke of, not what that linked to": (
        "Hệ thống một cửa điện tử tra Cơ sở dữ liệu quốc gia về dân cư; mối nối giữa nó và Cổng dữ liệu mở bị gián đoạn.",
        [
            "một cửa điện tử | connectsTo | dân cư | operational",
            "một cửa điện tử | connectsTo | cổng dữ liệu | suspended",
        ],
    ),
    "a centre without a name is the document's own": (
        "Trung tâm điều hành thông minh tỉnh đã mở. Học các bạn, nơi Trung tâm điều hành thông minh Nam Định lấy số liệu từ "
        "Cổng dữ liệu mở Nam Định. Phần mềm quản lý hộ tịch đang được kết nối với Trung tâm.",
        [
            "điều hành thông minh @ Nam Định | connectsTo | cổng dữ liệu @ Nam Định | operational",
            "hộ tịch | connectsTo | điều hành thông minh @ Hà Nam | in_progress",
        ],
    ),
    "a portal that was the subject goes on being it": (
        "Cổng dịch vụ công của tỉnh được tích hợp lên Cổng Dịch vụ công quốc gia. Cổng đã nối với VNeID. "
        "Từ tháng 6, Cổng còn kết nối với Phần mềm quản lý hộ tịch.",
        [
            "cổng dịch vụ công tỉnh | integratedInto | cổng dịch vụ công quốc gia | operational",
            "cổng dịch vụ công tỉnh | connectsTo | VNeID | operational",
            "cổng dịch vụ công tỉnh | connectsTo | hộ tịch | operational",
        ],
    ),
    "two parties are the two systems where they do something with each other": (
        "Phần mềm quản lý hộ tịch và Cổng dữ liệu mở chạy riêng. Hai bên đang thử nghiệm kết nối với nhau qua LGSP tỉnh Hà Nam.",
        ["hộ tịch | connectsTo | cổng dữ liệu | pilot | dữ liệu tỉnh Hà Nam"],
    ),
    "that thing is the system just named": (
        "Trừ Phần mềm quản lý hộ tịch, cái đó truyền thẳng lên Cổng dữ liệu mở.",
        ["hộ tịch | connectsTo | cổng dữ liệu | operational"],
    ),
    "two parties are people elsewhere": (
        "Phần mềm quản lý hộ tịch và Cổng dữ liệu mở chạy riêng. Hai bên ký biên bản kết nối.",
        [],
    ),
    "it is the subject of the sentence before": (
        "Phần mềm quản lý hộ tịch gửi số liệu lên Kho dữ liệu dùng chung. Nay nó kết nối với Cổng dữ liệu mở.",
        [
            "hộ tịch | connectsTo | kho dữ liệu | operational",
            "hộ tịch | connectsTo | cổng dữ liệu | operational",
        ],
    ),
    "there is the subject where that gathers data": (
        "IOC tỉnh lấy số liệu từ Hệ thống báo cáo tỉnh; đường truyền từ Hệ thống camera giao thông về đó bị ngắt.",
        [
            "điều hành thông minh | connectsTo | báo cáo | operational",
            "camera giao thông | connectsTo | điều hành thông minh | suspended",
        ],
    ),
    "a question numbered in words, and its answers": (
        "Câu 2. LGSP tỉnh Hà Nam đã kết nối với những hệ thống nào?\na) Phần mềm quản lý hộ tịch: rồi.\nb) Hệ thống báo cáo: chưa.",
        [
            "dữ liệu tỉnh Hà Nam | connectsTo | hộ tịch | operational",
            "dữ liệu tỉnh Hà Nam | connectsTo | báo cáo | absent",
        ],
    ),
    "a heading that leaves open with whom": (
        "3. Hệ thống một cửa điện tử nối với ai\n- Phần mềm quản lý hộ tịch\n- Hệ thống báo cáo: đang thử",
        ["một cửa | connectsTo | hộ tịch | operational", "một cửa | connectsTo | báo cáo | pilot"],
    ),
    "a heading that leaves open what is taken in": (
        "4. IOC tỉnh Hà Nam tích hợp được những nguồn nào\n- Phần mềm quản lý hộ tịch: xong\n- Hệ thống báo cáo: chưa",
        [
            "hộ tịch | integratedInto | điều hành thông minh | operational",
            "báo cáo | integratedInto | điều hành thông minh | absent",
        ],
    ),
    "with one, and where each stands": (
        "2. Với Cơ sở dữ liệu quốc gia về dân cư:\n- Phần mềm quản lý hộ tịch: đang thử.\n- Hệ thống báo cáo: chưa.",
        ["hộ tịch | connectsTo | dân cư | pilot", "báo cáo | connectsTo | dân cư | absent"],
    ),
    "with one, and nothing told of each": (
        "2. Với Cơ sở dữ liệu quốc gia về dân cư:\n- Phần mềm quản lý hộ tịch.\n- Hệ thống báo cáo.",
        [],
    ),
    "a question of several, and its answers": (
        "Hệ thống nào của tỉnh đã kết nối Cơ sở dữ liệu quốc gia về dân cư?\n- Hệ thống một cửa điện tử: Rồi.\n- Hệ thống báo cáo: Chưa.",
        ["một cửa | connectsTo | dân cư | operational", "báo cáo | connectsTo | dân cư | absent"],
    ),
    "between two, and how they stand": (
        "a) Giữa Hệ thống một cửa điện tử và Cơ sở dữ liệu quốc gia về dân cư: mới thử nghiệm.\n"
        "b) Giữa Phần mềm quản lý hộ tịch và Hệ thống báo cáo: chưa có.",
        ["một cửa | connectsTo | dân cư | pilot", "hộ tịch | connectsTo | báo cáo | absent"],
    ),
    "two beside each other, the way and how they stand": (
        "1. Hệ thống một cửa điện tử - Cơ sở dữ liệu quốc gia về dân cư - qua NDXP - thử nghiệm.",
        ["một cửa | connectsTo | dân cư | pilot | chia sẻ dữ liệu quốc gia (NDXP)"],
    ),
    "a short name and what it stands for": (
        "1. iOffice - Phần mềm quản lý văn bản và điều hành: đang thử nghiệm.",
        [],
    ),
    "records of systems": (
        "Tên hệ thống: Hệ thống một cửa điện tử\nĐơn vị quản lý: Sở Nội vụ\n"
        "Kết nối: Phần mềm quản lý hộ tịch, Cơ sở dữ liệu quốc gia về dân cư (thử nghiệm)\n"
        "Tên hệ thống: IOC tỉnh Hà Nam\nChưa kết nối: Hệ thống báo cáo\nHết phụ lục. Kết nối: Cổng dữ liệu mở.",
        [
            "một cửa | connectsTo | hộ tịch | operational",
            "một cửa | connectsTo | dân cư | pilot",
            "điều hành thông minh | connectsTo | báo cáo | absent",
        ],
    ),
    "brackets that tell of the link to each": (
        "Hệ thống một cửa điện tử đã kết nối với Phần mềm quản lý hộ tịch, Hệ thống báo cáo (tạm dừng).",
        ["một cửa | connectsTo | hộ tịch | operational", "một cửa | connectsTo | báo cáo | suspended"],
    ),
    "brackets that state a link": (
        "Hệ thống một cửa điện tử (chưa kết nối Hệ thống báo cáo) được khen.",
        ["một cửa | connectsTo | báo cáo | absent"],
    ),
    "through what carries nothing it goes there": (
        "Hệ thống một cửa điện tử đã tích hợp thanh toán trực tuyến qua PayGov.",
        ["một cửa | integratedInto | PayGov | operational"],
    ),
    "through what carries it goes on": (
        "Hệ thống một cửa điện tử đã kết nối với Hệ thống báo cáo qua LGSP tỉnh Hà Nam.",
        ["một cửa | connectsTo | báo cáo | operational | dữ liệu tỉnh Hà Nam"],
    ),
    "thanks to a system that does it itself": (
        "Nhờ Hệ thống một cửa điện tử đã liên thông với Hệ thống báo cáo, cán bộ bớt việc.",
        ["một cửa | connectsTo | báo cáo | operational"],
    ),
    "thanks to a system that was able to do it itself, behind what it did": (
        "Hồ sơ được sửa nhờ Hệ thống một cửa điện tử gắn được với Hệ thống báo cáo.",
        ["một cửa | connectsTo | báo cáo | operational"],
    ),
    "on the road of what carries": (
        "Hệ thống một cửa điện tử chuyển hồ sơ sang Hệ thống báo cáo, đi đường LGSP tỉnh Hà Nam.",
        ["một cửa | connectsTo | báo cáo | operational | dữ liệu tỉnh Hà Nam"],
    ),
    "what it is for gives no order": (
        "Hệ thống một cửa điện tử gửi hồ sơ về Hệ thống báo cáo để giao việc.",
        ["một cửa | connectsTo | báo cáo | operational"],
    ),
    "what follows from a link orders nothing": (
        "Hệ thống một cửa điện tử nhận hồ sơ từ Hệ thống báo cáo nên Sở đề nghị bớt biểu.",
        ["một cửa | connectsTo | báo cáo | operational"],
    ),
    "what was asked for many times and came": (
        "Sau nhiều lần kiến nghị, hồ sơ trên Hệ thống một cửa điện tử được chuyển thẳng sang Hệ thống báo cáo.",
        ["một cửa | connectsTo | báo cáo | operational"],
    ),
    "where it runs elsewhere is planned nowhere": (
        "Tỉnh sẽ học cách của Bắc Kạn, nơi LGSP đang chạy trên hạ tầng của NGSP.",
        ["dữ liệu tỉnh Bắc Kạn | hostedOn | NDXP | operational"],
    ),
    "along with that points to nothing": (
        "Phần mềm quản lý hộ tịch được khen. Cùng với đó, tỉnh triển khai thêm Kho dữ liệu dùng chung.",
        [],
    ),
    "without there it is at home": (
        "Tại tỉnh Nam Định, hạ tầng được đầu tư sớm. LGSP kết nối với NDXP.",
        ["dữ liệu tỉnh Hà Nam @ Hà Nam | connectsTo | NDXP | operational"],
    ),
}


@pytest.mark.parametrize("case", CASES.values(), ids=CASES)
def test_links_are_read_with_what_stands_around_them(case: tuple[str, list[str]]) -> None:
    text, expected = case
    assert differences(expected, links(read(text, province="Hà Nam", date="2025-10-10"))) == []


DUE = {
    "sẽ kết nối với {} trong quý IV.": ("planned", "2025-Q4"),
    "phải kết nối với {} trước ngày 30/11.": ("planned", "2025-11-30"),
    "chưa kết nối với {}, việc này lùi sang năm 2026.": ("planned", "2026"),
    "chưa kết nối với {}, kinh phí năm 2026 chưa có.": ("absent", None),
}


@pytest.mark.parametrize(("words", "expected"), DUE.items(), ids=DUE)
def test_a_deadline_without_a_year_is_that_of_the_document(words: str, expected: tuple[str, str | None]) -> None:
    text = "Hệ thống một cửa điện tử " + words.format("Cơ sở dữ liệu quốc gia về dân cư")
    (link,) = links(read(text, province="Hà Nam", date="2025-10-10"))
    assert (link.status, link.fact.dating.due) == expected


VISITS = {
    "Báo cáo chuyến công tác tại tỉnh Nam Định": "Nam Định",
    "Báo cáo kết quả học tập kinh nghiệm tại tỉnh Nam Định": "Nam Định",
    "Báo cáo kết quả công tác năm 2024, gửi tỉnh Nam Định": "Hà Nam",
}


@pytest.mark.parametrize(("title", "home"), VISITS.items(), ids=VISITS)
def test_a_report_on_a_visit_is_about_the_place_visited(title: str, home: str) -> None:
    text = f"SỞ THÔNG TIN VÀ TRUYỀN THÔNG TỈNH HÀ NAM\n{title}\n\nNền tảng LGSP đã kết nối với NDXP.\n"
    (link,) = links(read(text, date="2024-10-10"))
    assert link.source[1] == home
