"""The files under ontology/ as values, and every complaint about a broken one names the file and the line."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from dataclasses import fields
from pathlib import Path

import pytest

from kg.errors import OntologyError
from kg.lexicon import Lexicon
from kg.ontology import folder_digest, load_ontology, ontology_folder
from kg.vocab import RELATIONS, SKOS, VNE

RULE = """
  - rule: added
    verbs: C
    after: '(?P<target>S)'
"""
TERM = "@prefix vne: <https://w3id.org/vn-egov/ont#> .\n@prefix cue: <https://w3id.org/vn-egov/voc/cue/> .\n"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A copy of the ontology that a test may break."""
    return Path(shutil.copytree(ontology_folder(), tmp_path / "ontology"))


def append(path: Path, text: str) -> int:
    """Adds `text` at the end of `path`; returns the number of its first line."""
    before = path.read_text(encoding="utf-8")
    path.write_text(before.rstrip("\n") + "\n" + text, encoding="utf-8")
    return before.rstrip("\n").count("\n") + 2


def complaint(folder: Path) -> OntologyError:
    """What is said of a broken ontology."""
    with pytest.raises(OntologyError) as caught:
        load_ontology(folder)
    return caught.value


def rule(**changes: str) -> str:
    """A rule as it stands in relations.yaml, with some keys changed or added."""
    keys = {"verbs": "C", "after": "'(?P<target>S)'", **changes}
    return "\n  - rule: added\n" + "".join(f"    {key}: {value}\n" for key, value in keys.items() if value)


BROKEN: dict[str, tuple[str, str, int, str]] = {
    "Turtle that does not parse": ("lexicon.ttl", "sys:x a vne:System ;;; .\n\nsys:y vne:", 2, ""),
    "Turtle with an unknown prefix": ("places.ttl", "nowhere:x a nowhere:Y .\n", 0, "nowhere"),
    "an unknown term as a class": ("cues.ttl", TERM + "cue:x a vne:NoSuchClass .\n", 2, "vne:NoSuchClass"),
    "an unknown term as a property": ("cues.ttl", TERM + "cue:x vne:noSuchProperty 1 .\n", 2, "vne:noSuchProperty"),
    "an unknown term as a type of system": (
        "cues.ttl",
        TERM + "cue:x vne:systemType vne:Thingummy .\n",
        2,
        "vne:Thingummy",
    ),
    "an unknown term as a status": (
        "cues.ttl",
        TERM + "cue:x vne:signals <https://w3id.org/vn-egov/voc/status/plannedd> .\n",
        2,
        "st:plannedd",
    ),
    "an unknown type in a rule": ("rules/relations.yaml", rule(target_types="[Thingummy]"), 1, "vne:Thingummy"),
    "YAML that does not parse": ("rules/names.yaml", "broken: [unclosed\nmore: 1\n", 1, ""),
    "YAML with a tab for indent": ("rules/layout.yaml", "table:\n\tkey: 1\n", 1, ""),
    "relation rules that do not parse": ("rules/relations.yaml", "  - rule: {a\n", 1, ""),
    "a rule with a bad pattern": (
        "rules/relations.yaml",
        rule(after="'(?P<target>S'"),
        1,
        "bad pattern in rule 'added'",
    ),
    "a rule with a bad pattern before": ("rules/relations.yaml", rule(before="'*S'"), 1, "bad pattern in rule 'added'"),
    "a rule with an unknown key": ("rules/relations.yaml", rule(colour="red"), 1, "unknown key 'colour'"),
    "a rule that names neither end": (
        "rules/relations.yaml",
        rule(source="subject", target="previous"),
        1,
        "rule 'added' names neither end",
    ),
    "a rule with an unknown relation": ("rules/relations.yaml", rule(relation="likes"), 1, "unknown relation 'likes'"),
    "a rule without verbs": ("rules/relations.yaml", rule(verbs=""), 1, "verbs"),
    "a rule without a pattern": ("rules/relations.yaml", rule(after=""), 1, "after"),
}


@pytest.mark.parametrize("case", BROKEN)
def test_a_broken_file_is_named_with_the_line(case: str, folder: Path) -> None:
    name, text, offset, words = BROKEN[case]
    line = append(folder / name, text) + offset
    error = complaint(folder)
    assert str(error).startswith(f"{folder / name}:{error.line}: ")
    assert error.line is not None
    assert abs(error.line - line) <= 1, str(error)
    assert words in error.message
    assert "\n" not in error.message


@pytest.mark.parametrize("name", ["core.ttl", "lexicon.ttl", "cues.ttl"])
def test_a_missing_file_is_named(name: str, folder: Path) -> None:
    (folder / name).unlink()
    assert name in str(complaint(folder))


def test_a_rule_file_that_is_not_utf_8_is_named(folder: Path) -> None:
    (folder / "rules" / "names.yaml").write_bytes("generic: hệ thống".encode("utf-16"))
    assert "names.yaml" in str(complaint(folder))


@pytest.mark.parametrize("text", ["- a\n- b\n", "just words\n", ""])
def test_a_rule_file_that_is_no_mapping_is_refused(text: str, folder: Path) -> None:
    (folder / "rules" / "names.yaml").write_text(text, encoding="utf-8")
    assert "names.yaml" in str(complaint(folder))


def test_a_folder_without_an_ontology_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("KG_ONTOLOGY", str(tmp_path))
    with pytest.raises(OntologyError, match="no ontology"):
        ontology_folder()


def test_the_environment_may_name_the_folder(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("KG_ONTOLOGY", str(folder))
    assert load_ontology().folder == folder


CHANGES: dict[str, Callable[[Path], object]] = {
    "a byte of a file": lambda f: append(f / "rules" / "names.yaml", "# a note\n"),
    "a new file": lambda f: (f / "questions" / "new.rq").write_text("ASK {}", encoding="utf-8"),
    "a file's name": lambda f: (f / "rules" / "status.yaml").rename(f / "rules" / "state.yaml"),
}


@pytest.mark.parametrize("change", CHANGES)
def test_the_digest_changes_with(change: str, folder: Path) -> None:
    before = folder_digest(folder)
    CHANGES[change](folder)
    assert folder_digest(folder) != before


def test_the_digest_is_that_of_the_content_and_not_of_the_place(folder: Path) -> None:
    assert folder_digest(folder) == load_ontology().digest


def test_a_system_added_to_the_lexicon_is_found_under_every_wording(folder: Path) -> None:
    """A new platform needs no change of Python."""
    append(
        folder / "lexicon.ttl",
        "<https://w3id.org/vn-egov/id/system/new-thing> a vne:Database ;\n"
        '    skos:prefLabel "Kho hương ước điện tử quốc gia"@vi , "National village rules"@en ; skos:altLabel "KHUQG"@vi .\n',
    )
    lexicon = Lexicon(load_ontology(folder))
    found = {lexicon.meanings(name)[0].concept.id for name in ("kho hương ước điện tử quốc gia", "KHUQG")}  # type: ignore[union-attr]
    assert found == {"https://w3id.org/vn-egov/id/system/new-thing"}


def test_labels_fall_back_to_vietnamese_and_then_to_the_prefixed_name() -> None:
    ontology = load_ontology()
    place = next(c for c in ontology.concepts.values() if c.id.endswith("/id/place/ninh-binh"))
    assert (ontology.label(place.id), ontology.label(place.id, "xx")) == ("Ninh Bình", "Ninh Bình")
    assert ontology.label(VNE + "noSuchTerm") == "vne:noSuchTerm"


def test_the_preferred_wording_comes_first_and_other_languages_stay_out() -> None:
    for concept in load_ontology().of_class("AdministrativeUnit"):
        if concept.wordings and "vi" in concept.labels:
            assert concept.wordings[0] == concept.labels["vi"]
            assert len(set(concept.wordings)) == len(concept.wordings)
    assert SKOS.startswith("http")


def test_every_rule_says_where_it_stands_and_what_it_makes() -> None:
    rules = load_ontology().relations
    names = [rule.name for rule in rules]
    assert len(set(names)) == len(names) > 5
    for one in rules:
        line = one.file.read_text(encoding="utf-8").splitlines()[one.line - 1]
        assert one.name in line
        assert one.relation is None or one.relation in RELATIONS
        assert 0 < one.confidence <= 1
        assert {f.name for f in fields(one)} >= {"source", "target"}


def test_a_file_of_shapes_may_use_declared_terms_only(folder: Path) -> None:
    ontology = load_ontology(folder)
    ontology.require_terms(folder / "shapes.ttl")
    line = append(folder / "shapes.ttl", "<urn:shape> <http://www.w3.org/ns/shacl#targetClass> vne:Sistem .\n")
    with pytest.raises(OntologyError, match="vne:Sistem") as caught:
        ontology.require_terms(folder / "shapes.ttl")
    assert caught.value.line == line
