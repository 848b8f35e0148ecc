"""One spelling for matching, the file's own offsets for evidence: whatever the text is made of."""

from __future__ import annotations

import re
import unicodedata

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from kg.model import ConnectionFact, Evidence
from kg.text import fold, lines, normalise, sentences, slug
from tests.reading import differences, links, read

BOM, ZERO_WIDTH = "\ufeff", "\u200b"
ABBREVIATIONS = frozenset({"tp.", "q.", "tp", "q", "ts"})
WORDS = "Cổng dịch vụ công tỉnh Hoà Bình thuỷ lợi quý quỹ Ðà Bắc đã kết nối với LGSP — “một cửa” đường sá".split()  # noqa: SIM905 - reads as text
messy = st.lists(
    st.tuples(
        st.sampled_from(WORDS),
        st.sampled_from(["NFC", "NFD"]),
        st.sampled_from([" ", "\u00a0", "\r\n", "\n", "\t", ZERO_WIDTH + " ", ". ", "", "\u00ad", "\u200d\u0301"]),
    ),
    max_size=25,
)
SENTENCE = "Cổng dịch vụ công tỉnh Ninh Bình đã kết nối với Cơ sở dữ liệu quốc gia về dân cư qua LGSP của tỉnh.\n"
LINK = "dịch vụ công @ Ninh Bình | connectsTo | dân cư | operational | LGSP"


def mixed(parts: list[tuple[str, str, str]], bom: bool) -> str:
    """A text of words in different Unicode forms, with all that editors leave between them."""
    return BOM * bom + "".join(unicodedata.normalize(form, word) + gap for word, form, gap in parts)  # type: ignore[arg-type]


def check_offsets(text: str, start: int = 0) -> None:
    """Each word of the normalised text is what its raw offsets cut out of the text, and so is the whole."""
    normal = normalise(text, start)
    assert len(normal.text) == len(normal.low)
    whole = [(0, len(normal.text))] if normal.text else []
    for begin, end in [*(m.span() for m in re.finditer(r"\S+", normal.text)), *whole]:
        if any(unicodedata.combining(char) for char in normal.text[begin] + normal.text[end : end + 1]):
            continue  # a stretch is never cut between a letter and its mark
        low, high = normal.raw(begin, end)
        assert start <= low < high <= len(text)
        assert normalise(text[low:high]).text == normal.text[begin:end]


@given(messy, st.booleans())
@example([("Hoà", "NFD", "\u00ad")], True)
def test_offsets_are_exact_for_any_mix_of_forms_line_ends_and_zero_width_characters(parts, bom):  # type: ignore[no-untyped-def]
    check_offsets(mixed(parts, bom))


@given(st.text())
def test_offsets_are_exact_on_any_text(text: str) -> None:
    check_offsets(text)


@given(messy, messy)
def test_offsets_count_from_the_beginning_of_the_file_also_behind_front_matter(front, parts):  # type: ignore[no-untyped-def]
    head = "---\n" + mixed(front, False) + "\n---\n"
    check_offsets(head + mixed(parts, False), len(head))


@given(st.one_of(st.text(), messy.map(lambda parts: mixed(parts, True))))
def test_normalising_twice_changes_nothing(text: str) -> None:
    once = normalise(text).text
    assert normalise(once).text == once


@given(st.text())
def test_folding_and_slugs_are_stable_and_plain(text: str) -> None:
    assert fold(fold(text)) == fold(text)
    assert set(slug(text)) <= set("abcdefghijklmnopqrstuvwxyz0123456789-")


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("hoà", "hòa"),
        ("khoẻ", "khỏe"),
        ("thuỷ", "thủy"),
        ("HOÁ", "HÓA"),
        ("Thuý", "Thúy"),
        ("toạ", "tọa"),
        ("uỷ", "ủy"),
    ],
)
def test_the_tone_of_an_open_syllable_has_one_place(old: str, new: str) -> None:
    assert normalise(old).text == normalise(new).text


@pytest.mark.parametrize("word", ["quý", "quỹ", "Quỳnh", "quà", "quả", "QUÝ", "hoàn", "toán", "huyện", "thuyền"])
def test_the_tone_stays_where_it_is_after_q_and_in_closed_syllables(word: str) -> None:
    assert normalise(word).text == word


@pytest.mark.parametrize("letter", ["\u00d0", "\u0189"])
def test_letters_that_look_like_d_with_stroke_are_it(letter: str) -> None:
    assert normalise(f"{letter}iện Biên").text == "Điện Biên"
    assert normalise("\u00f0ất").text == "đất"


def test_dashes_quotes_and_blanks_have_one_form() -> None:
    assert normalise("a\u00a0–\u202fb “c” ‘d’").text == "a - b \"c\" 'd'"


def test_lower_case_keeps_the_length_where_unicode_would_not() -> None:
    normal = normalise("İzmir İ")
    assert len(normal.low) == len(normal.text) == 7


@given(st.one_of(st.text(), messy.map(lambda parts: mixed(parts, False))))
def test_lines_cover_all_that_is_not_blank(text: str) -> None:
    normal = normalise(text)
    covered = {i for line in lines(normal) for i in range(line.start, line.end)}
    assert all(char.isspace() or i in covered for i, char in enumerate(normal.text))


@given(messy)
def test_sentences_follow_each_other_and_lose_nothing(parts: list[tuple[str, str, str]]) -> None:
    normal = normalise(mixed(parts, False))
    found = list(sentences(normal, 0, len(normal.text), ABBREVIATIONS))
    position = 0
    for begin, end in found:
        assert position <= begin < end
        assert not normal.text[position:begin].strip()
        position = end
    assert not normal.text[position:].strip()


@pytest.mark.parametrize(
    ("text", "count"),
    [
        ("Đã xong. Nay chạy tốt.", 2),
        ("Tại TP. Vinh đã xong. Nay chạy tốt.", 2),
        ("Theo Quyết định số 06/QĐ-TTg, tỉnh làm xong. Đạt 99.5%.", 2),
        ("Đã nối với A; đã nối với B: tốt.", 1),
        ("Xong chưa? Xong rồi!", 2),
        ("Họ hỏi tỉnh đâu. và chờ", 1),
    ],
)
def test_a_sentence_ends_at_a_stop_before_a_capital_but_not_behind_an_abbreviation(text: str, count: int) -> None:
    normal = normalise(text)
    assert len(list(sentences(normal, 0, len(text), ABBREVIATIONS))) == count


@pytest.mark.parametrize(
    ("line", "marker", "content"),
    [
        ("- Đã xong", "-", "Đã"),
        ("  • Đã xong", "•", "Đã"),
        ("1.2. Đã xong", "1.2.", "Đã"),
        ("a) Đã xong", "a)", "Đã"),
        ("II. Đã xong", "II.", "Đã"),
        ("[x] Đã xong", "[x]", "Đã"),
        ("2 Đã xong", "2", "Đã"),
        ("Đã xong", "", "Đã"),
        ("-5 độ", "", "-5"),
    ],
)
def test_the_marker_of_a_list_item_is_told_from_its_content(line: str, marker: str, content: str) -> None:
    normal = normalise(line)
    (read_line,) = lines(normal)
    assert (read_line.marker, normal.text[read_line.content :].split()[0]) == (marker, content)


def perturbed(text: str, form: str, gap: str, bom: bool) -> str:
    """The same text as another editor would have saved it."""
    inner = unicodedata.normalize(form, text.replace("òa", "oà"))  # type: ignore[arg-type]
    return BOM * bom + inner.replace(" ", gap).replace("\n", "\r\n").replace("Đ", "\u00d0")


def evidences(text: str) -> list[Evidence]:
    """All the evidence of all facts of a text."""
    facts = read(text).facts
    return [e for f in facts for e in (f.evidence, *(f.more if isinstance(f, ConnectionFact) else ()))]


@given(st.sampled_from(["NFC", "NFD"]), st.sampled_from([" ", "\u00a0", ZERO_WIDTH + " "]), st.booleans())
def test_the_same_links_are_read_however_the_text_was_saved(form: str, gap: str, bom: bool) -> None:
    assert differences([LINK], links(read(perturbed(SENTENCE, form, gap, bom)))) == []


@given(st.sampled_from(["NFC", "NFD"]), st.sampled_from([" ", "\u00a0", ZERO_WIDTH + " "]), st.booleans())
def test_quotes_are_verbatim_however_the_text_was_saved(form: str, gap: str, bom: bool) -> None:
    text = perturbed(SENTENCE, form, gap, bom)
    found = evidences(text)
    assert [normalise(e.quote).text.split() for e in found] == [
        normalise(e.quote).text.split() for e in evidences(SENTENCE)
    ]
    assert [e for e in found if e.quote != text[e.start : e.end]] == []
    assert [e for e in found for cue in e.cues if not e.start <= cue.start < cue.end <= e.end] == []


MARKS = '; : , . ( ) | - / " qua sẽ chưa giữa và của Hệ thống CSDL 12 % 5/7 01/7/2025 A->B 4.'
TOKENS = [*WORDS, *MARKS.split(), "\n", "\t"]


@given(st.lists(st.sampled_from(TOKENS), max_size=60).map(" ".join))
def test_no_order_of_words_and_marks_breaks_the_reader(text: str) -> None:
    assert [e for e in evidences(text) if e.quote != text[e.start : e.end]] == []


@given(st.text())
def test_no_text_at_all_breaks_the_reader(text: str) -> None:
    assert [e for e in evidences(text) if e.quote != text[e.start : e.end]] == []


@given(
    st.text(
        st.sampled_from("aAeăĂđĐÐðƉàảÃạằẪ\u0300\u0323 \t\n\r\v\x1c\xa0\u2009-–—\"“”'’|x\u200b\ufeffñØ")
        | st.characters()
    )
)
@example("a\tb")
@example("Hoà – “Đắk”")
def test_folding_is_the_normal_spelling_without_marks(text: str) -> None:
    low = normalise(text).low.replace("đ", "d")
    bare = "".join(char for char in unicodedata.normalize("NFD", low) if not unicodedata.combining(char))
    assert fold(text) == " ".join(bare.split())
