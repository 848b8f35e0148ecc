"""Documents are read whole and untouched, or refused with a reason."""

from __future__ import annotations

import hashlib
import io
import os
import re
import sys
import tempfile
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.documents import MAX_BYTES, Unreadable, read_documents, read_stdin
from kg.errors import InputMissingError, UnreadableError
from kg.model import Document
from kg.vocab import RESERVED_GRAPHS
from tests.legacy import SENTENCE, tcvn3, vni


def write(folder: Path, files: dict[str, str | bytes]) -> Path:
    for name, content in files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content if isinstance(content, bytes) else content.encode())
    return folder


def read(*paths: Path) -> list[Document | Unreadable]:
    return list(read_documents(paths))


def refusal(content: bytes, name: str = "a.txt") -> UnreadableError:
    with tempfile.TemporaryDirectory() as folder:
        (only,) = read(write(Path(folder), {name: content}) / name)
    assert isinstance(only, Unreadable)
    assert only.file == name
    assert only.error.message.startswith(name)
    return only.error


@given(st.text(alphabet=st.characters(codec="utf-8", exclude_categories=["Cc"]), min_size=1).filter(str.strip))
def test_the_text_is_the_bytes_decoded_and_nothing_else(text: str) -> None:
    with tempfile.TemporaryDirectory() as folder:
        found = read(write(Path(folder), {"a.txt": text}))
    documents = [one for one in found if isinstance(one, Document)]
    assert [one.text for one in documents] in ([text], [])  # only a byte order mark with nothing else, or a wide BOM
    assert documents or isinstance(found[0], Unreadable)


@pytest.mark.parametrize("text", ["\ufeffMột\r\nhai\r\n", "Một\rhai", "e\u0301 va\u0300", "a\u2028b\u0085c"])
def test_byte_order_mark_carriage_returns_and_combining_marks_are_kept(tmp_path: Path, text: str) -> None:
    (document,) = read(write(tmp_path, {"a.txt": text}))
    assert isinstance(document, Document)
    assert document.text == text
    assert document.digest == hashlib.sha256(text.encode()).hexdigest()


def test_folders_are_read_in_order_of_the_path_below_them_whatever_the_order_given(tmp_path: Path) -> None:
    write(tmp_path / "one", {"b.txt": "1", "sub/a.md": "2", ".hidden.txt": "3", ".git/c.txt": "4"})
    write(tmp_path / "two", {"a.txt": "5"})
    forth = read(tmp_path / "one", tmp_path / "two")
    assert [one.file for one in forth] == ["a.txt", "b.txt", "sub/a.md"]
    assert forth == read(tmp_path / "two", tmp_path / "one")


@pytest.mark.parametrize(
    ("path", "name"),
    [
        ("Báo cáo Đắk Lắk 2022.txt", "bao-cao-dak-lak-2022"),
        ("tinh/Ninh Binh/001_x.md", "tinh-ninh-binh-001-x"),
        ("bản.tóm.lược.txt", "ban-tom-luoc"),
        ("報告.txt", "document"),
    ],
)
def test_a_document_is_named_by_the_slug_of_its_path_without_the_ending(tmp_path: Path, path: str, name: str) -> None:
    (document,) = read(write(tmp_path, {path: "văn bản"}))
    assert isinstance(document, Document)
    assert (document.name, document.file) == (name, path)


@given(st.text(alphabet=st.characters(codec="utf-8", exclude_characters="/\0"), min_size=1, max_size=40))
def test_every_file_name_gives_a_name_that_fits_into_an_iri(stem: str) -> None:
    with tempfile.TemporaryDirectory() as folder:
        try:
            write(Path(folder), {f"x{stem}.txt": "văn bản"})
        except OSError:
            return  # longer than the file system takes
        (document,) = read(Path(folder))
    assert isinstance(document, Document)
    assert re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)*", document.name)


def test_a_file_name_that_is_not_utf_8_is_written_out(tmp_path: Path) -> None:
    try:
        Path(os.fsdecode(os.fsencode(tmp_path) + b"/a\xff.txt")).write_text("văn bản", encoding="utf-8")
    except OSError:
        pytest.skip("this file system takes UTF-8 only")
    for found in (read(tmp_path), read(*tmp_path.iterdir())):
        assert [(one.file, one.name) for one in found] == [("a\\xff.txt", "a-xff")]


def test_names_that_clash_are_told_apart_by_the_content_in_either_order(tmp_path: Path) -> None:
    write(tmp_path, {"a.txt": "một", "a.md": "hai", "b.txt": "ba"})
    documents = read(tmp_path)
    assert [one.name for one in documents] == [
        f"a-{hashlib.sha256(b'hai').hexdigest()[:8]}",
        f"a-{hashlib.sha256('một'.encode()).hexdigest()[:8]}",
        "b",
    ]
    assert {one.name for one in read(tmp_path / "a.txt", tmp_path / "a.md")} == {one.name for one in documents[:2]}


def test_files_of_one_name_in_two_places_keep_apart(tmp_path: Path) -> None:
    write(tmp_path, {"one/a.txt": "một", "two/a.txt": "hai"})
    documents = read(tmp_path / "one" / "a.txt", tmp_path / "two" / "a.txt")
    assert len({one.file for one in documents}) == len({one.name for one in documents}) == 2


def test_equal_content_is_read_once_and_keeps_the_plain_name(tmp_path: Path) -> None:
    write(tmp_path, {"a.txt": "một", "copy/a.txt": "một", "a.md": "một"})
    assert [one.name for one in read(tmp_path)] == ["a"]


def test_a_missing_path_stops_before_anything_is_read(tmp_path: Path) -> None:
    with pytest.raises(InputMissingError, match=r"nowhere\.txt") as caught:
        read_documents([write(tmp_path, {"a.txt": "một"}), tmp_path / "nowhere.txt"])
    assert caught.value.exit_code == 2
    assert caught.value.hint


@pytest.mark.parametrize("files", [{}, {"photo.png": b"x"}, {".hidden.txt": "x"}])
def test_a_folder_without_documents_is_an_error_that_names_the_kinds_read(tmp_path: Path, files: dict) -> None:
    with pytest.raises(InputMissingError, match="no documents") as caught:
        read_documents([write(tmp_path, files)])
    assert ".txt" in caught.value.hint


@pytest.mark.parametrize(
    ("content", "words", "hint"),
    [
        (b"", "empty", "text"),
        (b"\xef\xbb\xbf \r\n", "empty", "text"),
        (b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR", "binary", ".txt"),
        (b"\x01\x02\x03\x04 text \x05\x06", "binary", ".txt"),
        (SENTENCE.encode("utf-16"), "UTF-16", "iconv -f UTF-16"),
        (SENTENCE.encode("utf-16-le"), "UTF-16", "iconv"),
        (SENTENCE.encode("utf-16-be"), "UTF-16", "iconv"),
        (SENTENCE.encode("utf-32"), "UTF-32", "iconv -f UTF-32"),
        (SENTENCE.encode("utf-32-be"), "UTF-32", "iconv"),
        (tcvn3(SENTENCE), "TCVN3", "iconv -f TCVN5712-1"),
        (vni(SENTENCE), "VNI", "convert"),
        (tcvn3(SENTENCE).decode("cp1252").encode(), "TCVN3", "convert"),
        (vni(SENTENCE).decode("cp1252").encode(), "VNI", "convert"),
        ("caf\u00e9".encode("latin-1"), "0xe9 at 3", "UTF-8"),
    ],
)
def test_what_is_no_text_in_utf_8_is_refused_with_its_reason(content: bytes, words: str, hint: str) -> None:
    error = refusal(content)
    assert error.exit_code == 5
    assert words in error.message
    assert hint in error.hint


@pytest.mark.parametrize(
    "text", ["Le réseau a été déployé près de l'hôtel à l'été. " * 9, "Größe und Häuser: schön. " * 9]
)
def test_other_languages_are_not_taken_for_old_vietnamese_encodings(tmp_path: Path, text: str) -> None:
    (document,) = read(write(tmp_path, {"a.txt": text}))
    assert isinstance(document, Document)


def test_the_readable_rest_is_read_when_one_file_is_not(tmp_path: Path) -> None:
    found = read(write(tmp_path, {"a.txt": "một", "b.txt": b"", "c.pdf": b"%PDF", "d.md": "bốn"}))
    assert [(type(one), one.file) for one in found] == [
        (Document, "a.txt"),
        (Unreadable, "b.txt"),
        (Unreadable, "c.pdf"),
        (Document, "d.md"),
    ]


def test_a_file_over_the_limit_is_refused_without_being_read(tmp_path: Path) -> None:
    path = tmp_path / "big.txt"
    with path.open("wb") as stream:
        stream.truncate(MAX_BYTES * 1000)  # sparse: more than any memory
    (only,) = read(path)
    assert isinstance(only, Unreadable)
    assert "over the limit of 10 MB" in only.error.message


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="this system has no named pipes")
def test_a_named_pipe_is_refused_and_not_waited_for(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe.txt")
    (only,) = read(tmp_path / "pipe.txt")
    assert isinstance(only, Unreadable)
    assert "not a regular file" in only.error.message


def test_a_link_out_of_the_folder_is_refused_and_one_within_is_a_copy(tmp_path: Path) -> None:
    write(tmp_path, {"secret.txt": "kín", "in/a.txt": "một", "away/b.txt": "xa"})
    (tmp_path / "in" / "b.txt").symlink_to(tmp_path / "secret.txt")
    (tmp_path / "in" / "c.txt").symlink_to(tmp_path / "in" / "a.txt")
    (tmp_path / "in" / "d").symlink_to(tmp_path / "away", target_is_directory=True)
    (tmp_path / "in" / "e").symlink_to(tmp_path / "in", target_is_directory=True)
    found = read(tmp_path / "in")
    assert [(type(one), one.file) for one in found] == [(Document, "a.txt"), (Unreadable, "b.txt"), (Unreadable, "d")]


@pytest.mark.skipif(os.name != "posix" or os.geteuid() == 0, reason="needs a user whom permissions bind")
def test_a_file_that_may_not_be_read_is_named(tmp_path: Path) -> None:
    write(tmp_path, {"a.txt": "một"})
    (tmp_path / "a.txt").chmod(0)
    (only,) = read(tmp_path)
    assert isinstance(only, Unreadable)


def test_standard_input_is_a_document_of_its_own_and_comes_first(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO("từ ống\r\n".encode())))
    write(tmp_path, {"stdin.txt": "khác"})
    piped, other = read(Path("-"), tmp_path / "stdin.txt")
    assert isinstance(piped, Document)
    assert isinstance(other, Document)
    assert (piped.name, piped.text) == ("stdin", "từ ống\r\n")
    assert other.name.startswith("stdin-")


def test_nothing_on_standard_input_is_an_unreadable_document(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO()))
    assert isinstance(read_stdin(), Unreadable)


def test_front_matter_stays_in_the_text_and_the_prose_begins_after_it(tmp_path: Path) -> None:
    text = (
        "\ufeff---\r\ntitle: Báo cáo\r\ndate: 2022-03-01\r\ncode: 0226\r\nurl: null\r\ntags: [a, b]\r\n---\r\nMột.\r\n"
    )
    (document,) = read(write(tmp_path, {"a.md": text}))
    assert isinstance(document, Document)
    assert document.text[document.body :] == "Một.\r\n"
    assert document.meta == (("title", "Báo cáo"), ("date", "2022-03-01"), ("code", "0226"), ("tags", "a, b"))
    assert document.get("url") is None


def test_what_kg_made_is_no_document(tmp_path: Path) -> None:
    write(tmp_path, {"a.md": "một", "out/index.html": "<p>hai</p>", "new/b.md": "ba", "old/texts/c.txt": "bốn"})
    write(tmp_path / "old", {"graph.trig": "", "report.json": '{"ontology_digest": "0"}', "index.html": "<p>năm</p>"})
    (tmp_path / "link").symlink_to(tmp_path / "out", target_is_directory=True)
    found = list(read_documents([tmp_path], exclude=tmp_path / "out"))
    assert [one.file for one in found] == ["a.md", "new/b.md"]


@pytest.mark.parametrize("path", ["out", "out/texts", "out/texts/a.txt"])
def test_a_document_in_the_output_folder_stops_before_anything_is_read(tmp_path: Path, path: str) -> None:
    write(tmp_path, {"out/texts/a.txt": "một"})
    with pytest.raises(InputMissingError, match="output folder"):
        read_documents([tmp_path / path], exclude=tmp_path / "out")


@pytest.mark.parametrize("graph", RESERVED_GRAPHS)
def test_a_document_is_never_called_like_a_graph_of_the_builds_own(tmp_path: Path, graph: str) -> None:
    (document,) = read(write(tmp_path, {f"{graph}.md": "một"}))
    assert isinstance(document, Document)
    assert document.name == f"{graph}-{hashlib.sha256('một'.encode()).hexdigest()[:8]}"
