"""The ontology in the graph: each file in its own named graph, rules in the order of their names."""

import pytest

from kg.derive import DERIVED, derive, ontology_quads
from kg.errors import OntologyError
from kg.local import LocalStore
from kg.vocab import GRAPH
from tests import fakes


def test_each_file_is_a_graph_and_shapes_are_none(tmp_path):
    folder = fakes.ontology(tmp_path).folder
    (folder / "shapes-sparql.ttl").write_text("nonsense", encoding="utf-8")
    graphs = {quad.graph_name.value for quad in ontology_quads(folder)}
    assert graphs == {GRAPH + name for name in ("ontology", "places", "lexicon")}


def test_files_in_folders_below_are_not_loaded(tmp_path):
    folder = fakes.ontology(tmp_path).folder
    (folder / "examples").mkdir()
    (folder / "examples" / "a.ttl").write_text("nonsense", encoding="utf-8")
    assert list(ontology_quads(folder))


def test_a_rule_sees_what_the_rules_before_it_made(tmp_path):
    (tmp_path / "derive").mkdir()
    for name, text in {
        "2": "CONSTRUCT { ?s <x:c> 1 } WHERE { ?s <x:b> ?o }",
        "1": "CONSTRUCT { <x:a> <x:b> 1 } WHERE {}",
    }.items():
        (tmp_path / "derive" / f"{name}.rq").write_text(text, encoding="utf-8")
    store = LocalStore.memory()
    assert list(derive(store, tmp_path)) == ["1", "2"]
    assert store.graphs() == (DERIVED,)
    assert len(store) == 2


@pytest.mark.parametrize(
    "text", ["ASK {}", "CONSTRUCT {", "CONSTRUCT { ?s ?p 1 } WHERE { SERVICE <http://x/> { ?s ?p ?o } }"]
)
def test_a_rule_that_is_no_construct_is_an_error_of_the_ontology(tmp_path, text):
    (tmp_path / "derive").mkdir()
    (tmp_path / "derive" / "1.rq").write_text(text, encoding="utf-8")
    with pytest.raises(OntologyError, match=r"1\.rq: "):
        list(derive(LocalStore.memory(), tmp_path))
