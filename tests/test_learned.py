"""Links by the pair model: only where no rule read one, from the threshold on, whichever way round the sentence has them.

Most tests take a model of a weight or two, to see what is made of a likely pair; the last ones take the project's own.
"""

from __future__ import annotations

from typing import Any

import pytest

from kg.learned import RULE
from kg.ontology import load_ontology
from kg.relate import Reader
from tests.reading import Found, differences, document, heard, links, reader, weighed

HOME = {"province": "Cao Bằng", "date": "2024-06-15"}
KEEN, NEVER = weighed({"how=here": 3.0}, -1.0), weighed({}, -5.0)
BUS, FEES, MARKET = "Phần mềm quản lý bến xe", "Hệ thống quản lý thu phí", "Phần mềm quản lý chợ"


def found(text: str, by: Reader = KEEN, **meta: object) -> list[Found]:
    return links(by.read(document(text, **{**HOME, **meta})))


def learned(text: str, by: Reader = KEEN) -> list[Found]:
    """The links of `text` that the model gave."""
    return [link for link in found(text, by) if link.fact.evidence.rule.startswith(RULE)]


UNREAD = "{a} là khách quen hằng đêm của {b}."


@pytest.mark.parametrize(("a", "b"), [(BUS, FEES), (MARKET, BUS)])
def test_a_likely_pair_that_no_rule_reads_is_a_link(a: str, b: str) -> None:
    text = UNREAD.format(a=a, b=b)
    assert found(text, NEVER) == []
    assert differences([f"{a} | connectsTo | {b} | operational"], found(text)) == []


def test_its_evidence_names_the_model_the_features_and_how_likely_it_is() -> None:
    (link,) = found(UNREAD.format(a=BUS, b=FEES))
    evidence = link.fact.evidence
    assert evidence.rule == "pair model: how=here"
    assert evidence.confidence == 0.88  # 1 / (1 + exp(-2))
    assert evidence.quote == f"{BUS} là khách quen hằng đêm của {FEES}"


@pytest.mark.parametrize(("threshold", "count"), [(0.5, 1), (0.88, 1), (0.89, 0), (1.0, 0)])
def test_only_from_its_threshold_on_does_it_speak(threshold: float, count: int) -> None:
    by = weighed({"how=here": 3.0}, -1.0, threshold)
    assert len(found(UNREAD.format(a=BUS, b=FEES), by)) == count


# -- rules come first ------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "more", [UNREAD.format(a=BUS, b=FEES), UNREAD.format(a=FEES, b=BUS)], ids=["same way", "other way round"]
)
def test_what_a_rule_links_anywhere_in_the_text_the_model_does_not_link_again(more: str) -> None:
    read = f"{BUS} đã kết nối với {FEES}."
    for text in (f"{read} {more}", f"{more}\n{read}"):
        assert learned(text) == []
        assert differences([f"{BUS} | connectsTo | {FEES} | operational"], found(text)) == []


def test_a_pair_told_twice_is_one_link_with_its_first_words() -> None:
    text = f"{UNREAD.format(a=BUS, b=FEES)} {UNREAD.format(a=FEES, b=BUS)}"
    (link,) = learned(text)
    assert differences([f"{BUS} | connectsTo | {FEES} | operational"], [link]) == []
    assert link.fact.more == ()


def test_another_pair_beside_one_that_a_rule_reads_is_weighed() -> None:
    text = f"{BUS} đã kết nối với {FEES}. {UNREAD.format(a=BUS, b=MARKET)}"
    assert differences([f"{BUS} | connectsTo | {MARKET} | operational"], learned(text)) == []


def test_what_another_deed_is_done_to_is_not_linked() -> None:
    assert found(f"{BUS} kết nối với khách hàng và lau chùi {FEES}.") == []
    assert found(f"{BUS} kết nối với khách hàng và {FEES}.")


def test_one_and_the_same_system_is_never_linked_to_itself() -> None:
    assert found(UNREAD.format(a=BUS, b=BUS)) == []


# -- what else the words say -----------------------------------------------------------------------------------------

STATUSES: list[Any] = [
    (f"{BUS} sẽ là khách quen hằng đêm của {FEES}.", "planned"),
    (f"{MARKET} sẽ là khách quen hằng đêm của {FEES}.", "planned"),
    (f"{BUS} là khách quen hằng đêm của {FEES}.", "operational"),
    (f"{BUS} là khách quen hằng đêm của {FEES}, nay thì chưa.", "absent"),
    (f"{BUS}, khách quen của {FEES}, từng gọi được, nay tạm dừng.", "suspended"),
    (f"{BUS} là khách quen hằng đêm của {FEES}, sẽ được khen thưởng.", "operational"),
]


@pytest.mark.parametrize(("text", "status"), STATUSES)
def test_the_link_has_the_status_that_its_clause_states(text: str, status: str) -> None:
    assert [link.status for link in found(text)] == [status]


def test_a_target_that_begins_a_clause_has_the_verb_and_the_status_of_that() -> None:
    text = f"{BUS} sẽ đồng bộ danh sách xe, còn với {FEES} thì mới liên thông thí điểm."
    (link,) = learned(text)
    assert (link.relation, link.status) == ("connectsTo", "pilot")


def test_the_link_goes_the_way_that_the_words_name() -> None:
    (link,) = learned(f"{BUS} là khách quen hằng đêm của {FEES} qua LGSP của tỉnh.")
    assert [ref.type for ref in link.fact.via] == ["IntegrationPlatform"]
    (other,) = learned(UNREAD.format(a=BUS, b=FEES))
    assert other.fact.via == ()


IOC = "Trung tâm điều hành thông minh"
WAYS_ROUND = [
    (f"{IOC} sáng đèn nhờ {BUS}.", f"{BUS} | connectsTo | {IOC} | operational"),
    (f"{IOC} nhờ chuyện tra cứu bên {BUS}.", f"{IOC} | connectsTo | {BUS} | operational"),
    (f"{BUS} làm sáng đèn {IOC}.", f"{BUS} | connectsTo | {IOC} | operational"),
    (f"Riêng {BUS} thì {FEES} chưa gửi.", f"{FEES} | connectsTo | {BUS} | absent"),
    (f"Đồng bộ về {BUS} phần việc còn lại bên {FEES}.", f"{FEES} | synchronisesTo | {BUS} | operational"),
    (f"{BUS} là khách của {FEES}.", f"{BUS} | connectsTo | {FEES} | operational"),
]


@pytest.mark.parametrize(("text", "link"), WAYS_ROUND)
def test_data_go_to_what_gathers_them_and_from_the_subject_of_the_verb(text: str, link: str) -> None:
    assert differences([link.replace(IOC, "điều hành thông minh")], learned(text)) == []


# -- hosting ---------------------------------------------------------------------------------------------------------

HOSTED = [
    ("Trung tâm dữ liệu của tỉnh là mái nhà của {a}.", "{a} | hostedOn | Trung tâm dữ liệu | operational"),
    ("{a} có mái nhà là Trung tâm dữ liệu của tỉnh.", "{a} | hostedOn | Trung tâm dữ liệu | operational"),
]


@pytest.mark.parametrize("name", [BUS, MARKET])
@pytest.mark.parametrize(("text", "link"), HOSTED)
def test_a_data_centre_hosts_whichever_way_round(text: str, link: str, name: str) -> None:
    assert differences([link.format(a=name)], found(text.format(a=name))) == []


@pytest.mark.parametrize("name", [BUS, MARKET])
def test_other_systems_host_nothing(name: str) -> None:
    assert [x.relation for x in found(f"{FEES} là mái nhà của {name}.")] == ["connectsTo"]


def test_where_data_are_exchanged_with_a_data_centre_nothing_is_hosted() -> None:
    text = f"{BUS} ngày nào cũng lo chia sẻ bảng kê, còn Trung tâm dữ liệu của tỉnh lo cất giữ."
    assert "hostedOn" not in [link.relation for link in found(text)]


# -- services published ----------------------------------------------------------------------------------------------

PUBLISHED = [
    "Cổng dịch vụ công của tỉnh tích hợp {n} dịch vụ công trực tuyến lên Cổng Dịch vụ công quốc gia.",
    "Cổng dịch vụ công của tỉnh tích hợp {n} thủ tục hành chính lên Cổng Dịch vụ công quốc gia.",
    "Cổng dịch vụ công của tỉnh đã kết nối {n} DVC lên Cổng Dịch vụ công quốc gia.",
]


@pytest.mark.parametrize("number", ["795", "1.204"])
@pytest.mark.parametrize("text", PUBLISHED)
@pytest.mark.parametrize("by", [KEEN, NEVER, reader()], ids=["keen", "rules", "own"])
def test_services_published_on_a_portal_are_no_link(text: str, number: str, by: Reader) -> None:
    assert [str(link) for link in found(text.format(n=number), by)] == []


@pytest.mark.parametrize("what", ["dữ liệu", "hồ sơ"])
def test_data_brought_to_a_portal_are_a_link(what: str) -> None:
    text = f"Cổng dịch vụ công của tỉnh đã tích hợp {what} lên Cổng Dịch vụ công quốc gia."
    assert [link.relation for link in found(text, reader())] == ["integratedInto"]


@pytest.mark.parametrize("what", ["dịch vụ thanh toán", "dịch vụ nộp phí"])
@pytest.mark.xfail(
    strict=True, reason="any 'dịch vụ …' behind 'tích hợp' counts as published, a service of another system too"
)
def test_a_service_of_another_system_is_a_link_to_that(what: str) -> None:
    text = f"Cổng dịch vụ công của tỉnh đã tích hợp {what} của PayGov."
    assert len(found(text, reader())) == 1


@pytest.mark.parametrize("verb", ["tích hợp", "kết nối, tích hợp"])
@pytest.mark.xfail(strict=True, reason="files of procedures count as procedures published")
def test_files_brought_to_a_portal_are_a_link(verb: str) -> None:
    text = f"Hệ thống một cửa điện tử của tỉnh đã {verb} hồ sơ thủ tục hành chính với Cổng Dịch vụ công quốc gia."
    assert len(found(text, reader())) == 1


# -- parts -----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", ["Cơ sở dữ liệu đất đai", "Cơ sở dữ liệu cán bộ"])
def test_what_a_system_consists_of_is_part_of_it(name: str) -> None:
    text = f"Kho dữ liệu dùng chung của tỉnh gồm có cả {name}."
    assert differences([f"{name} | partOf | Kho dữ liệu dùng chung | operational"], found(text)) == []


# -- across sentences ------------------------------------------------------------------------------------------------


def test_what_was_spoken_of_before_may_be_the_source() -> None:
    by = weighed({"how=subject": 3.0}, -1.0)
    text = f"{BUS} được dân khen. Ngày nào cũng thấy bên {FEES}, với bao nhiêu là phiếu."
    assert differences([f"{BUS} | connectsTo | {FEES} | operational"], found(text, by)) == []
    assert found(f"{BUS} được dân khen. {FEES}.", by) == [], "a name alone says nothing of what was spoken of"
    assert found(text, weighed({"how=here": 3.0}, -1.0)) == []


def test_a_line_that_introduces_a_list_may_name_the_source() -> None:
    by = weighed({"how=lead": 3.0}, -1.0)
    text = f"Khách quen của {BUS} là những ai:\n- thứ nhất là {FEES};\n- thứ hai là {MARKET}.\nHết."
    expected = [f"{BUS} | connectsTo | {FEES} | operational", f"{BUS} | connectsTo | {MARKET} | operational"]
    assert differences(expected, found(text, by)) == []


# -- the project's own model -----------------------------------------------------------------------------------------

OWN = "{a} rót dữ liệu sang cho {b}."
NAMES = [(BUS, FEES), (MARKET, "Cổng dữ liệu mở")]


@pytest.mark.parametrize(("a", "b"), NAMES)
def test_the_own_model_reads_what_no_rule_reads(a: str, b: str) -> None:
    text = OWN.format(a=a, b=b)
    assert differences([f"{a} | connectsTo | {b} | operational"], learned(text, reader())) == []
    assert found(text, NEVER) == []


UNLINKED = [
    "{a} và {b} đều là sản phẩm của một doanh nghiệp.",
    "Lễ khai trương {a} và {b} diễn ra sáng nay.",
    "{a} có giao diện đẹp hơn {b}.",
    "Kinh phí mua {a} gấp đôi kinh phí mua {b}.",
    "Sau {a}, cán bộ được tập huấn thêm {b}.",
]


@pytest.mark.parametrize(("a", "b"), NAMES)
@pytest.mark.parametrize("text", UNLINKED)
def test_the_own_model_links_no_systems_that_are_only_named_together(text: str, a: str, b: str) -> None:
    assert [str(link) for link in found(text.format(a=a, b=b), reader())] == []


LINKED = [
    OWN,
    "{a} gọi được sang {b}.",
    "Từ {a} sang {b} đã có đường truyền riêng.",
    "Giữa {a} với {b} có một đường ống dữ liệu chạy suốt ngày đêm.",
]


@pytest.mark.parametrize(("a", "b"), NAMES)
def test_the_own_model_holds_links_for_likelier_than_systems_only_named_together(a: str, b: str) -> None:
    def likely(text: str) -> list[float]:
        (sentence,) = heard(text.format(a=a, b=b), **HOME)
        return [seen.probability for seen in sentence.pairs]

    linked, unlinked = ([p for text in texts for p in likely(text)] for texts in (LINKED, UNLINKED))
    assert len(linked) == len(LINKED)
    assert unlinked
    assert min(linked) > max(unlinked)


def test_reading_with_the_model_is_the_same_every_time() -> None:
    text = "\n".join(text.format(a=a, b=b) for text in LINKED for a, b in NAMES)
    first = reader().read(document(text, **HOME))
    assert Reader(load_ontology()).read(document(text, **HOME)) == first
    reader().read(document("\n".join(UNLINKED), **HOME))
    assert reader().read(document(text, **HOME)) == first


def test_looking_on_shows_every_candidate_with_its_probability() -> None:
    (sentence,) = heard(UNREAD.format(a=BUS, b=FEES), KEEN, **HOME)
    (seen,) = (one for one in sentence.pairs if one.pair.how == "here")
    assert 0.88 < seen.probability < 0.881
    assert "how=here" in seen.features
    assert heard("Hôm nay trời đẹp.", KEEN)[0].pairs == []
