"""What kg says, in two languages."""

from __future__ import annotations

from pathlib import Path

import pytest

from kg.errors import OntologyError
from kg.messages import LANGUAGES, families, say, words
from kg.ontology import ontology_folder


def folder_with(tmp_path: Path, name: str, text: str) -> Path:
    (tmp_path / "core.ttl").write_text("", encoding="utf-8")
    (tmp_path / name).write_text(text, encoding="utf-8")
    return tmp_path


def test_values_are_filled_in_and_their_own_braces_stay() -> None:
    assert say("note.brief", "en", source="{count} {0}") == "a brief of {count} {0}"


@pytest.mark.parametrize("lang", LANGUAGES)
def test_every_word_of_the_page_is_there_in_both_languages(lang: str) -> None:
    assert all(texts[lang] for texts in words("page").values())


def test_an_unknown_sentence_or_a_missing_value_is_an_ontology_error() -> None:
    with pytest.raises(OntologyError, match="no sentence"):
        say("note.nothing")
    with pytest.raises(OntologyError, match="source"):
        say("note.brief")


@pytest.mark.parametrize(
    ("text", "complaint"),
    [
        ('[a]\nb.vi = "x"\n', "needs vi and en"),
        ('[a]\nb.vi = "{x}"\nb.en = "{y}"\n', "other values"),
        ("[a\n", "cannot be read"),
    ],
)
def test_a_broken_file_is_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, text: str, complaint: str) -> None:
    monkeypatch.setenv("KG_ONTOLOGY", str(folder_with(tmp_path, "messages.toml", text)))
    with pytest.raises(OntologyError, match=complaint) as caught:
        say("a.b")
    assert "messages.toml" in str(caught.value)


def test_a_shape_that_cannot_be_drawn_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    text = '[[family]]\nshape = "cloud"\nvi = "x"\nen = "x"\ntypes = []\n'
    monkeypatch.setenv("KG_ONTOLOGY", str(folder_with(tmp_path, "page.toml", text)))
    with pytest.raises(OntologyError, match="cloud"):
        families()


def test_every_type_of_system_has_one_shape() -> None:
    drawn = [name for family in families() for name in family.types]
    assert len(drawn) == len(set(drawn)) == 22
    core = (ontology_folder() / "core.ttl").read_text(encoding="utf-8")
    assert all(f"vne:{name} a owl:Class" in core for name in drawn)
