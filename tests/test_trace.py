"""The trace shows what rules match, and looking on changes nothing."""

from __future__ import annotations

import unicodedata
from pathlib import Path

import pytest

from kg.documents import Unreadable, read_documents
from kg.model import ConnectionFact
from kg.trace import Trace, shown, traces
from kg.vocab import compact
from tests.reading import document, reader

SENTENCE = "Cổng dịch vụ công tỉnh Ninh Bình sẽ kết nối với Cổng Dịch vụ công quốc gia qua LGSP, NGSP."


def trace(text: str) -> list[Trace]:
    return list(traces(reader(), document(text)))


def test_a_sentence_comes_with_its_stream_intermediaries_and_the_rule_that_spoke() -> None:
    (one,) = trace(SENTENCE)
    assert one.tags == "SuCWS."
    assert [word.text for word in one.words if word.tag == "C"] == ["kết nối"]
    assert [word.signals for word in one.words if word.tag == "u"] == ["planned"]
    assert one.words[0].systems == ("sys:ninh-binh-cong-dvc",)
    assert [way.systems for way in one.via] == [("sys:ninh-binh-lgsp", "sys:ndxp")]
    (link,) = one.links
    assert (link.source, link.relation, link.target) == ("sys:ninh-binh-cong-dvc", "connectsTo", "sys:cong-dvcqg")
    assert (link.rule, link.status, link.stated) == ("linked-to", "planned", True)
    assert link.cues == ("kết nối",)
    assert one.unread == ()


def test_a_verb_that_no_rule_took_is_named() -> None:
    (one,) = trace("Hội nghị kết nối nông dân với doanh nghiệp diễn ra hôm qua.")
    assert one.links == ()
    assert one.unread == ("kết nối",)


def test_a_pointer_shows_what_it_was_resolved_to() -> None:
    first, second = trace(SENTENCE + " Hệ thống này đã đồng bộ dữ liệu lên NGSP.")
    assert first.subject == ("sys:ninh-binh-cong-dvc",)
    assert second.words[0].systems == ("sys:ninh-binh-cong-dvc",)


def test_statements_stand_with_their_sentence() -> None:
    _, second = trace(SENTENCE + "\nThực hiện Nghị quyết 01-NQ/TU.")
    assert [(said.kind, said.quote) for said in second.said] == [("policy", "Nghị quyết 01-NQ/TU")]


@pytest.mark.parametrize("form", ["NFC", "NFD"])
def test_offsets_are_those_of_the_file(form: str) -> None:
    text = unicodedata.normalize(form, "Mở đầu.\r\n" + SENTENCE)
    one = trace(text)[-1]
    assert text[one.start : one.end] == unicodedata.normalize(form, SENTENCE)


def test_looking_on_changes_nothing_and_shows_every_link(project: Path) -> None:
    for paper in read_documents([project / "seeds"]):
        assert not isinstance(paper, Unreadable)
        reading = reader().read(paper)
        assert reader().read(paper, lambda heard: None) == reading
        stated = {f.connection: f for f in reading.facts if isinstance(f, ConnectionFact)}.values()
        links = {(x.source, x.relation, x.target, x.via) for one in traces(reader(), paper) for x in one.links}
        assert links == {
            (compact(f.source.id), f.relation, compact(f.target.id), tuple(compact(ref.id) for ref in f.via))
            for f in stated
        }


def test_lines_for_people_say_rule_status_and_cues() -> None:
    (one,) = trace(SENTENCE)
    lines = list(shown(one))
    assert lines[0] == f"case.txt:0-{len(SENTENCE)}  {SENTENCE}"
    assert "  stream   SuCWS." in lines
    assert any("u[sẽ]!planned C[kết nối]!connectsTo" in line for line in lines)
    assert any("rule linked-to  status planned" in line and "cues kết nối" in line for line in lines)
    assert any("via sys:ninh-binh-lgsp, sys:ndxp" in line for line in lines)
