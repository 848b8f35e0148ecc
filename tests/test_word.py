"""A word processor's file gives what its reader sees: paragraphs, numbers of lists, rows of tables."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Callable

import docx
import pytest

from kg import word
from kg.plaintext import TooBigError
from kg.word import word_text


def packed(document: docx.document.Document) -> bytes:
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


def changed(data: bytes, change: Callable[[str], str]) -> bytes:
    """The file with its main part changed."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(out, "w") as new:
        for name in old.namelist():
            part = old.read(name)
            new.writestr(name, change(part.decode()) if name == "word/document.xml" else part)
    return out.getvalue()


def test_paragraphs_lists_and_tables_come_in_their_order() -> None:
    document = docx.Document()
    document.add_heading("Báo cáo", 1)
    paragraph = document.add_paragraph("Hệ thống ")
    paragraph.add_run("Một cửa").bold = True
    for text, style in [
        ("Một", "List Bullet"),
        ("Hai", "List Bullet 2"),
        ("Ba", "List Number"),
        ("Bốn", "List Number"),
    ]:
        document.add_paragraph(text, style=style)
    table = document.add_table(3, 3)
    rows = [("STT", "Hệ thống", "Tình trạng"), ("1", "Đất đai", "Đã nối"), ("2", "Hộ | tịch", "")]
    for line, texts in zip(table.rows, rows, strict=True):
        for cell, text in zip(line.cells, texts, strict=True):
            cell.text = text
    table.cell(1, 2).merge(table.cell(2, 2))
    table.cell(1, 1).add_paragraph("tỉnh")
    document.add_paragraph("Hết.")
    assert word_text(packed(document)).split("\n") == [
        "Báo cáo",
        "Hệ thống Một cửa",
        "- Một",
        "  - Hai",
        "1. Ba",
        "2. Bốn",
        "STT | Hệ thống | Tình trạng",
        "1 | Đất đai tỉnh | Đã nối",
        "2 | Hộ / tịch | Đã nối",
        "Hết.",
    ]


def test_insertions_are_read_and_deletions_are_not() -> None:
    document = docx.Document()
    document.add_paragraph("MỚI")
    document.add_paragraph("CŨ")

    def track(xml: str) -> str:
        xml = re.sub(r"<w:r><w:t>MỚI</w:t></w:r>", "<w:ins w:id='1'><w:r><w:t>MỚI</w:t></w:r></w:ins>", xml)
        return re.sub(r"<w:r><w:t>CŨ</w:t></w:r>", "<w:del w:id='2'><w:r><w:t>CŨ</w:t></w:r></w:del>", xml)

    assert word_text(changed(packed(document), track)) == "MỚI"


def test_entities_of_its_own_are_not_followed() -> None:
    document = docx.Document()
    document.add_paragraph("TRƯỚC SAU")

    def tempt(xml: str) -> str:
        head, _, rest = xml.partition("?>")
        declared = f'{head}?><!DOCTYPE x [<!ENTITY x SYSTEM "file:///etc/passwd">]>{rest}'
        return declared.replace("TRƯỚC SAU", "TRƯỚC &x; SAU")

    assert "root:" not in word_text(changed(packed(document), tempt))


@pytest.mark.parametrize("limit", ["MAX_UNPACKED", "MAX_XML", "MAX_PARTS"])
def test_a_file_that_unpacks_to_too_much_is_refused_before_it_is_unpacked(
    limit: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    data = packed(docx.Document())
    assert word_text(data) == ""
    monkeypatch.setattr(word, limit, 3)
    with pytest.raises(TooBigError):
        word_text(data)
