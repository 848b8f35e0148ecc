"""Look-up: the longest form on word boundaries, acronyms in capitals only, compounds that protect their syllables."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.lexicon import Entry, Hit, Lexicon, look_up_form, merged, occurrences
from kg.ontology import Concept, Ontology
from kg.ranker import PairModel, Ranker
from kg.text import normalise
from kg.vocab import VNE
from tests.reading import reader

RDF_TYPE = "http://www.w3.org/1999/02/22-rdf-syntax-ns#type"
BASE = "https://w3id.org/vn-egov"


def concept(iri: str, kind: str, *wordings: str, **properties: str) -> Concept:
    """A concept of class `kind` under `wordings`."""
    values = {RDF_TYPE: (VNE + kind,), **{VNE + key: (value,) for key, value in properties.items()}}
    return Concept(f"{BASE}/{iri}", {"vi": wordings[0]}, wordings, values, Path("test.ttl"))


def lexicon(*concepts: Concept, compounds: tuple[str, ...] = ()) -> Lexicon:
    """A lexicon of these and no others."""
    by_id = {c.id: c for c in concepts}
    nothing = Ranker({}, 0.0, 1.0)
    models = (PairModel(nothing, nothing), nothing)
    return Lexicon(Ontology(Path(), "", by_id, {"compounds.compounds": compounds}, {}, (), *models))


SMALL = lexicon(
    concept("id/system/cong-dvcqg", "PublicServicePortal", "Cổng dịch vụ công quốc gia", "DVCQG"),
    concept("voc/kind/portal", "SystemKind", "cổng dịch vụ công", "cổng DVC"),
    concept("voc/head/portal", "HeadNoun", "cổng"),
    concept("voc/kind/ioc", "SystemKind", "IOC", "trung tâm điều hành thông minh"),
    concept("id/place/son-la", "AdministrativeUnit", "Sơn La"),
    concept("id/place/hue", "AdministrativeUnit", "Huế"),
    concept("id/org/bo-y-te", "Ministry", "Bộ Y tế", "BYT"),
    concept("voc/cue/via", "CueClass", "qua", "thông qua", tag="Q"),
    concept("voc/cue/from", "CueClass", "từ", tag="F"),
    concept("voc/cue/not", "CueClass", "không", tag="N"),
    compounds=("trải qua", "từ điển", "không gian"),
)


def found(text: str, words: Lexicon = SMALL) -> list[str]:
    """The stretches of `text` that are forms, each with its sort."""
    normal = normalise(text)
    return [f"{normal.text[h.start : h.end]}/{h.entry.sort}" for h in words.find(normal, 0, len(normal.text))]


@pytest.mark.parametrize(
    ("text", "hits"),
    [
        ("Cổng dịch vụ công quốc gia", ["Cổng dịch vụ công quốc gia/system"]),
        ("Cổng dịch vụ công quốc", ["Cổng dịch vụ công/kind"]),
        ("cổng dịch vụ", ["cổng/head"]),
        ("cổng dịch vụ công tỉnh Sơn La", ["cổng dịch vụ công/kind", "Sơn La/place"]),
        ("CỔNG DỊCH VỤ CÔNG QUỐC GIA", ["CỔNG DỊCH VỤ CÔNG QUỐC GIA/system"]),
    ],
)
def test_of_all_forms_at_one_place_the_longest_counts(text: str, hits: list[str]) -> None:
    assert found(text) == hits


@pytest.mark.parametrize("text", ["cổngx", "xcổng", "IOC2", "SƠN LAN", "BYTE", "cổng_1", "quan", "thông quan", "từng"])
def test_a_form_inside_a_word_is_none(text: str) -> None:
    assert found(text) == []


@pytest.mark.parametrize("text", ["(IOC)", "IOC,", "IOC-2", "“IOC”", "IOC/IOC"])
def test_marks_around_a_form_are_no_letters(text: str) -> None:
    assert set(found(text)) == {"IOC/kind"}


def test_a_longer_form_that_breaks_a_word_does_not_hide_the_shorter_one() -> None:
    """The trap of leftmost-longest automata."""
    assert found("cổng dịch vụ công quốc giax") == ["cổng dịch vụ công/kind"]


def test_the_first_half_of_a_brand_is_not_the_form() -> None:
    assert found("VNPT-IOC và IOC-Smart") == found("VNPT-IOC")


@pytest.mark.parametrize(
    ("text", "hit"), [("IOC", True), ("ioc", False), ("Ioc", False), ("BYT", True), ("byt", False)]
)
def test_acronyms_count_in_capitals_only(text: str, hit: bool) -> None:
    assert bool(found(text)) is hit


@pytest.mark.parametrize(
    ("text", "hit"), [("Huế", True), ("HUẾ", True), ("huế", False), ("sơn la", False), ("bộ Y tế", True)]
)
def test_names_of_places_and_agencies_need_a_capital(text: str, hit: bool) -> None:
    assert bool(found(text)) is hit


@pytest.mark.parametrize(
    ("text", "hits"),
    [
        ("trải qua nhiều năm", ["trải qua/word"]),
        ("thông qua LGSP", ["thông qua/cue"]),
        ("tra từ điển", ["từ điển/word"]),
        ("trong không gian mạng", ["không gian/word"]),
        ("không có, từ đó", ["không/cue", "từ/cue"]),
    ],
)
def test_a_compound_protects_its_syllables(text: str, hits: list[str]) -> None:
    assert found(text) == hits


def test_a_cue_carries_its_letter() -> None:
    (hit,) = SMALL.find(normalise("qua"), 0, 3)
    assert (hit.entry.tag, hit.entry.form) == ("Q", "qua")


def test_only_the_stretch_asked_for_is_searched() -> None:
    normal = normalise("Huế và Sơn La")
    assert [h.start for h in SMALL.find(normal, 4, len(normal.text))] == [7]
    assert SMALL.find(normal, 0, 2) == []


def test_a_form_of_two_concepts_is_an_ambiguity_with_both() -> None:
    twins = lexicon(
        concept("id/system/a", "Database", "CSDL đất"), concept("id/system/b", "Database", "CSDL đất", "CSDL đất đai")
    )
    assert twins.ambiguities() == {"csdl đất": (f"{BASE}/id/system/a", f"{BASE}/id/system/b")}
    assert len(twins.meanings("CSDL  Đất")) == 2


def test_a_system_outranks_a_kind_of_the_same_name() -> None:
    both = lexicon(concept("voc/kind/x", "SystemKind", "kho chung"), concept("id/system/x", "Database", "kho chung"))
    assert [e.sort for e in both.meanings("kho chung")] == ["system", "kind"]
    assert both.ambiguities() == {}


def test_meanings_do_not_mind_spelling() -> None:
    assert SMALL.meanings("  thông\u00a0 QUA ") == SMALL.meanings("thông qua") != ()
    assert SMALL.meanings("nobody knows this") == ()
    assert look_up_form("Thuỷ  lợi") == "thủy lợi"


def hit(start: int, end: int) -> Hit:
    return Hit(start, end, (Entry(f"{start}-{end}", "alias", None, "", ""),))


@pytest.mark.parametrize(
    ("old", "new", "kept"),
    [
        ([(0, 4)], [(0, 8)], [(0, 8)]),
        ([(0, 8)], [(0, 4)], [(0, 8)]),
        ([(0, 8)], [(4, 6)], [(0, 8)]),
        ([(0, 4), (6, 8)], [(4, 6)], [(0, 4), (4, 6), (6, 8)]),
        ([(0, 4)], [(2, 9)], [(2, 9)]),
        ([(0, 4)], [], [(0, 4)]),
    ],
)
def test_merged_hits_never_overlap_and_the_longer_one_stays(old, new, kept) -> None:  # type: ignore[no-untyped-def]
    for stronger in (True, False):
        result = merged([hit(*p) for p in old], [hit(*p) for p in new], stronger=stronger)
        assert [(h.start, h.end) for h in result] == kept


def test_of_merged_hits_of_one_extent_the_stronger_stays() -> None:
    old, new = hit(0, 4), Hit(0, 4, (Entry("new", "alias", None, "", ""),))
    assert merged([old], [new], stronger=True) == [new]
    assert merged([old], [new], stronger=False) == [old]


@given(st.lists(st.sampled_from("cổng dịch vụ công quốc gia IOC Sơn La Huế qua từ điển , -".split())).map(" ".join))  # noqa: SIM905
def test_hits_stand_in_order_and_apart(text: str) -> None:
    normal = normalise(text)
    position = 0
    for one in SMALL.find(normal, 0, len(normal.text)):
        assert position <= one.start < one.end
        assert look_up_form(normal.text[one.start : one.end]) == one.entry.form
        position = one.end


def test_the_acronyms_of_the_project_are_not_found_in_lower_case_words() -> None:
    words = reader().lexicon
    normal = normalise("các bộ, sở và ubnd xã họp về công tác dân số, mong là sẽ tốt, soc và ioc")
    assert [h for h in words.find(normal, 0, len(normal.text)) if h.entry.shape == "upper"] == []


@pytest.mark.parametrize(
    "phrase", ["xác thực", "bảo hiểm", "hiện trường", "việc làm", "không gian", "vượt qua", "từ điển", "kết quả"]
)
def test_common_compounds_are_protected(phrase: str) -> None:
    """Their syllables collide with cue words."""
    words = reader().lexicon
    normal = normalise(phrase)
    cues = [h for h in words.find(normal, 0, len(phrase)) if h.entry.sort == "cue" and h.end - h.start < len(phrase)]
    assert cues == []


def test_names_are_found_as_words_and_as_they_are_spelt() -> None:
    text = "X1, xX1, X1Y, (X1) X1-A và Trục Trục số; trục"
    assert list(occurrences(text, ["X1", "Trục"])) == [("X1", 0), ("X1", 15), ("X1", 19), ("Trục", 27), ("Trục", 32)]
    assert list(occurrences(text, [])) == []


def test_a_long_text_is_searched_in_stretches_and_no_form_is_lost() -> None:
    text = "\n".join(["Cổng dịch vụ công quốc gia và IOC tỉnh Sơn La", "Huế"] * 5000)
    hits = [SMALL.find(normalise(text), 0, len(text)), SMALL.find(normalise(text[:300]), 0, 300)]
    assert len(hits[0]) == 4 * 5000
    assert hits[0][: len(hits[1]) - 1] == hits[1][:-1]
