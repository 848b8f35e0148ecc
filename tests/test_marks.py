"""Texts without diacritics are told by their letters, and read as the same texts with them."""

from __future__ import annotations

import unicodedata

import pytest

from kg.marks import strip_marks, unmarked, without_marks
from kg.model import ConnectionFact, SystemFact
from tests.reading import read, reader

TEXTS = [
    "Cổng dịch vụ công tỉnh Cao Bằng đã kết nối với Cơ sở dữ liệu quốc gia về dân cư.",
    "Phần mềm quản lý bến xe tỉnh Cao Bằng chưa kết nối với Cổng dữ liệu mở của tỉnh.",
    "Hệ thống thông tin báo cáo tỉnh Hậu Giang sẽ đồng bộ dữ liệu lên Hệ thống thông tin báo cáo Chính phủ.",
]


@pytest.mark.parametrize("text", TEXTS)
def test_a_text_without_diacritics_is_told_by_its_letters(text: str) -> None:
    assert not unmarked(text)
    assert unmarked(strip_marks(text))


@pytest.mark.parametrize("text", ["", "LGSP", "API, JSON", "12 345 678 " * 20, "— " * 200])
def test_too_few_letters_tell_nothing(text: str) -> None:
    assert not unmarked(text)


def test_a_name_or_two_with_marks_do_not_hide_that_a_text_has_none() -> None:
    assert unmarked(" ".join(map(strip_marks, TEXTS)) + " Bằng")
    assert not unmarked(" ".join(TEXTS) + " da ket noi voi")


@pytest.mark.parametrize(
    ("text", "plain"), [("Đắk Lắk", "Dak Lak"), ("Thừa Thiên Huế", "Thua Thien Hue"), ("a1", "a1")]
)
def test_stripping_keeps_the_letters_and_their_case(text: str, plain: str) -> None:
    assert strip_marks(text) == plain
    assert strip_marks(plain) == plain


def edges(text: str, **meta: object) -> list[tuple[str, ...]]:
    """Source, relation, target and status of each link."""
    facts = [f for f in read(text, **meta).facts if isinstance(f, ConnectionFact)]
    return [(f.source.id, f.relation, f.target.id, f.status) for f in facts]


@pytest.mark.parametrize("text", [TEXTS[0], TEXTS[2]])
def test_it_states_the_same_links_between_the_same_systems(text: str) -> None:
    assert len(edges(text)) == 1
    assert edges(strip_marks(text)) == edges(text)
    assert edges(unicodedata.normalize("NFD", text)) == edges(text)


@pytest.mark.parametrize("place", ["Cao Bằng", "Hậu Giang"])
def test_the_front_matter_tells_its_province(place: str) -> None:
    text = "Phần mềm quản lý bến xe chưa kết nối với Cổng dữ liệu mở của tỉnh."
    assert edges(strip_marks(text), province=place) == edges(text, province=place)


@pytest.mark.parametrize("text", ["UBND tỉnh {p} báo cáo.\nTỉnh {p} đã mở Cổng dữ liệu mở.", TEXTS[1]])
@pytest.mark.parametrize("place", ["Cao Bằng", "Hậu Giang"])
def test_its_province_is_told_as_that_of_the_same_text_with_them(text: str, place: str) -> None:
    text = text.replace("Cao Bằng", "{p}").format(p=place) + " " + " ".join([TEXTS[0].replace("Cao Bằng", place)] * 2)
    assert read(text).province is not None
    assert read(strip_marks(text)).province == read(text).province


@pytest.mark.parametrize("text", TEXTS)
def test_quotes_are_the_words_of_the_text_as_they_stand(text: str) -> None:
    plain = strip_marks(text)
    quotes = [(f.evidence.start, f.evidence.end, f.evidence.quote) for f in read(plain).facts]
    assert quotes
    assert [plain[start:end] for start, end, _ in quotes] == [quote for _, _, quote in quotes]


def test_known_systems_keep_their_labels_with_marks() -> None:
    facts = read(strip_marks(TEXTS[0])).facts
    labels = {f.ref.label for f in facts if isinstance(f, SystemFact)}
    assert labels == {"Cổng dịch vụ công tỉnh Cao Bằng", "Cơ sở dữ liệu quốc gia về dân cư"}


def test_an_ontology_stripped_is_looked_up_by_plain_words_and_keeps_its_labels() -> None:
    ontology = reader().ontology
    plain = without_marks(ontology)
    assert plain.concepts.keys() == ontology.concepts.keys()
    assert all(strip_marks(w) == w for c in plain.concepts.values() for w in c.wordings)
    assert {i: c.labels for i, c in plain.concepts.items()} == {i: c.labels for i, c in ontology.concepts.items()}
    assert plain.pair_model is ontology.pair_model
    assert plain.use_model.weights["next-verb=su dung"] == ontology.use_model.weights["next-verb=sử dụng"]


def test_a_text_with_marks_is_read_the_same_after_one_without() -> None:
    before = read(TEXTS[0])
    read(strip_marks(TEXTS[1]))
    assert read(TEXTS[0]) == before
