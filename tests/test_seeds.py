"""The briefs in seeds/: well-formed, in our own words, and with every figure of the articles they sum up."""

from __future__ import annotations

import json
import os
import re
import unicodedata
from pathlib import Path
from typing import Any

import pytest
import yaml

SEEDS = Path(__file__).resolve().parent.parent / "seeds"
BRIEFS = sorted(SEEDS.glob("*.md"))
NAMES = [path.stem for path in BRIEFS]
SOURCES = {
    "dien-bien-2020": "001_ae6639259a91f5a5.txt",
    "ha-nam-2021": "002_9191a7a76d23fd15.txt",
    "khanh-hoa-2021": "003_f88f5067991e9926.txt",
    "ninh-binh-2022": "000_0899a51af531a1e8.txt",
    "quang-ninh-2022": "004_0d50a2f9be4da2b2.txt",
}
# Official names that are long in themselves: each counts as one word where shared runs are measured.
LONG_NAMES = (
    "hệ thống thu thập, đánh giá việc sử dụng thông tin và dịch vụ công trực tuyến",
    "nền tảng hỗ trợ lấy mẫu và trả kết quả xét nghiệm theo hình thức điện tử trực tuyến",
)
SHORT_SENTENCE = 8
LONGEST_SHARED_RUN = 15

each_brief = pytest.mark.parametrize("path", BRIEFS, ids=NAMES)


def split(path: Path) -> tuple[dict[str, Any], str]:
    """Front matter and body of a brief."""
    _, front, body = path.read_text(encoding="utf-8").split("---\n", 2)
    meta = yaml.safe_load(front)
    assert isinstance(meta, dict)
    return meta, body


def fold(text: str) -> str:
    """NFC, lower case, with the Latin ETH that one source writes turned into the Vietnamese letter."""
    return unicodedata.normalize("NFC", text).replace("\u00d0", "\u0110").lower().replace("\u00f0", "\u0111")


def words(text: str) -> list[str]:
    found: list[str] = re.findall(r"\w+", fold(text))
    return found


def joined_names(text: str) -> str:
    """The folded words of a text, each long official name made one word."""
    flat = " ".join(words(text))
    for name in LONG_NAMES:
        plain = " ".join(words(name))
        flat = flat.replace(plain, plain.replace(" ", "_"))
    return flat


def sentences(text: str) -> list[str]:
    """Sentences of more than eight words, folded to plain words."""
    parts = (" ".join(words(part)) for part in re.split(r"(?<=[.!?])\s+|\n+", text))
    return [part for part in parts if len(part.split()) > SHORT_SENTENCE]


def shared_runs(ours: str, theirs: str, size: int) -> list[str]:
    """Runs of `size` words that both texts have."""

    def runs(text: str) -> list[str]:
        found = joined_names(text).split()
        return [" ".join(found[at : at + size]) for at in range(len(found) - size + 1)]

    known = set(runs(theirs))
    return [run for run in runs(ours) if run in known]


def numbers(text: str) -> set[str]:
    """Numbers of two or more digits as they are written, such as 341.354 or 86,9."""
    found = re.findall(r"\d+(?:[.,]\d+)*", text)
    return {number for number in found if sum(char.isdigit() for char in number) > 1}


def source_of(path: Path) -> str:
    corpus = os.environ.get("KG_CORPUS")
    if not corpus:
        pytest.skip("KG_CORPUS is not set: the source articles are not at hand")
    source = Path(corpus) / "seeds" / SOURCES[path.stem]
    if not source.is_file():
        pytest.skip(f"KG_CORPUS has no seeds/{source.name}")
    return source.read_text(encoding="utf-8")


def annotation_of(path: Path) -> dict[str, Any]:
    """The hand annotation, which lies beside the corpus in gold/seeds."""
    name = Path(SOURCES[path.stem]).with_suffix(".json").name
    file = Path(os.environ["KG_CORPUS"]).resolve().parent / "gold" / "seeds" / name
    if not file.is_file():
        pytest.skip(f"no gold/seeds/{name} beside the KG_CORPUS folder")
    loaded: dict[str, Any] = json.loads(file.read_text(encoding="utf-8"))
    return loaded


def test_there_is_one_brief_a_source_and_nothing_else() -> None:
    assert {path.name for path in SEEDS.iterdir()} == {f"{name}.md" for name in SOURCES}


@each_brief
def test_front_matter_has_the_keys_a_brief_needs(path: Path) -> None:
    meta, body = split(path)
    wanted = {"title", "publisher", "province", "date", "source_file", "summary"}
    assert set(meta) == (wanted - {"province"} if path.stem == "ha-nam-2021" else wanted)
    assert meta["source_file"] == SOURCES[path.stem]
    assert meta["summary"] is True
    assert isinstance(meta["title"], str)
    assert isinstance(meta["publisher"], str | None)
    assert re.fullmatch(r"\d{4}(-\d{2}(-\d{2})?)?", str(meta["date"]))
    assert len(words(body)) > 400


@each_brief
def test_text_is_nfc_with_vietnamese_letters_and_plain_line_ends(path: Path) -> None:
    data = path.read_bytes()
    text = data.decode("utf-8")
    assert unicodedata.is_normalized("NFC", text)
    assert b"\r" not in data
    assert text.endswith("\n")
    assert not set(text) & set("\u00d0\u00f0\u00a0\ufeff\u200b")


def test_the_brief_without_a_province_gives_only_the_telephone_clue() -> None:
    text = (SEEDS / "ha-nam-2021.md").read_text(encoding="utf-8")
    assert "hà nam" not in fold(text)
    assert text.rstrip().endswith("0226 385 2672")
    assert "của tỉnh" in text


@each_brief
def test_no_sentence_of_the_source_is_copied(path: Path) -> None:
    theirs = sentences(source_of(path))
    copied = [one for mine in sentences(split(path)[1]) for one in theirs if f" {one} " in f" {mine} "]
    assert copied == []


@each_brief
def test_no_long_run_of_words_is_shared_with_the_source(path: Path) -> None:
    assert shared_runs(split(path)[1], source_of(path), LONGEST_SHARED_RUN + 1) == []


@each_brief
def test_every_annotated_figure_of_the_source_is_kept(path: Path) -> None:
    source = source_of(path)
    recorded = {number for measure in annotation_of(path)["measures"] for number in numbers(measure["quote"])}
    wanted = recorded & numbers(source)
    assert wanted
    assert wanted - numbers(split(path)[1]) == set()


@each_brief
def test_every_annotated_policy_number_is_kept(path: Path) -> None:
    source_of(path)
    body = split(path)[1].replace(" ", "")
    labels = [policy["label"] for policy in annotation_of(path)["policies"]]
    codes = {word.strip(",.;") for label in labels for word in label.split() if re.search(r"\d", word)}
    assert {code for code in codes if code not in body} == set()


@each_brief
def test_every_annotated_system_is_named_in_one_paragraph(path: Path) -> None:
    """All words of one of its labels, the province aside (the briefs say "của tỉnh")."""
    source_of(path)
    gold = annotation_of(path)
    place = set(words(gold["province"])) | {"tỉnh"}
    paragraphs = [set(words(line)) for line in split(path)[1].splitlines()]
    missing = [
        system["id"]
        for system in gold["systems"]
        if not any(set(words(label)) - place <= said for label in system["labels"] for said in paragraphs)
    ]
    assert missing == []
