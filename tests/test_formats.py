"""Files of offices are documents like any other, or refused in one line with a hint."""

from __future__ import annotations

import hashlib
import io
from pathlib import Path

import docx
import pytest

from kg.documents import Unreadable, read_documents
from kg.errors import UnreadableError
from kg.formats import is_extracted
from kg.model import Document
from tests.legacy import SENTENCE, tcvn3
from tests.printed import locked, pdf

WORDS = "Cổng dịch vụ công đã kết nối."


def word(*paragraphs: str) -> bytes:
    document, out = docx.Document(), io.BytesIO()
    for text in paragraphs:
        document.add_paragraph(text)
    document.save(out)
    return out.getvalue()


def read(path: Path, data: bytes) -> Document | Unreadable:
    path.write_bytes(data)
    (only,) = read_documents([path])
    return only


@pytest.mark.parametrize(
    ("name", "data"),
    [
        ("a.html", f"<p>{WORDS}</p>".encode()),
        ("a.HTM", f"<p>{WORDS}</p>".encode()),
        ("a.docx", word(WORDS)),
        ("a.pdf", pdf([(50, 50, WORDS)])),
    ],
)
def test_the_text_is_extracted_and_the_digest_is_that_of_the_file(tmp_path: Path, name: str, data: bytes) -> None:
    document = read(tmp_path / name, data)
    assert isinstance(document, Document)
    assert (document.name, document.file, document.text, document.body) == ("a", name, f"{WORDS}\n", 0)
    assert document.digest == hashlib.sha256(data).hexdigest()
    assert is_extracted(document.file)


@pytest.mark.parametrize(
    ("name", "data", "words"),
    [
        ("a.html", b"<nav>Menu</nav>", "web page without a text"),
        ("a.html", "<p>Cổng</p>".encode("utf-16"), "UTF-16"),
        ("a.docx", b"PK\x03\x04", "broken"),
        ("a.docx", word(), "empty"),
        ("a.docx", word(tcvn3(SENTENCE).decode("cp1252")), "TCVN3"),
        ("a.pdf", b"", "broken"),
        ("a.pdf", pdf([(50, 50, 60, 60)]), "scan"),
        ("a.pdf", locked(), "password"),
        ("a.doc", b"\xd0\xcf\x11\xe0", "end in .doc are not read"),
    ],
)
def test_what_has_no_text_to_read_is_refused_in_one_line(tmp_path: Path, name: str, data: bytes, words: str) -> None:
    refused = read(tmp_path / name, data)
    assert isinstance(refused, Unreadable)
    assert isinstance(refused.error, UnreadableError)
    assert refused.error.exit_code == 5
    assert refused.error.message.startswith(f"{name}: ")
    assert words in refused.error.message
    assert "\n" not in refused.error.message
    assert refused.error.hint
