"""Shapes and contradictions: wrong things are named, disagreements shown, agreements left alone."""

import pytest

from kg.errors import OntologyError
from kg.graph import gather
from kg.local import LocalStore
from kg.rdf import NamedNode, Quad, iri
from kg.validate import contradictions, violations
from kg.vocab import CONN, GRAPH, SYS, VNE
from tests import fakes


@pytest.fixture
def shapes(tmp_path):
    return fakes.ontology(tmp_path).folder / "shapes.ttl"


def quads(*readings):
    return list(gather(readings).quads())


def claims(*stated):
    """Readings that each claim a status of one connection as of a date."""
    readings = []
    for number, (status, as_of) in enumerate(stated):
        paper = fakes.document(f"d{number}")
        readings.append(fakes.reading(paper, fakes.connection(paper, status=status, as_of=as_of)))
    return LocalStore.memory(quads(*readings))


def test_a_graph_that_keeps_to_the_shapes_has_no_violation(shapes):
    assert [one.severity for one in violations(quads(fakes.report()), shapes)] == ["warning"]


def test_a_violation_names_node_shape_and_both_messages(shapes):
    extra = Quad(iri(f"{SYS}ndxp"), iri(f"{VNE}x"), iri(f"{SYS}a"), iri(f"{GRAPH}g"))
    second = next(quad for quad in quads(fakes.report()) if quad.predicate.value == f"{VNE}target")
    wrong = Quad(second.subject, second.predicate, NamedNode(f"{SYS}another"), second.graph_name)
    first, *rest = violations([*quads(fakes.report()), extra, wrong], shapes)
    assert (first.severity, first.shape, first.path) == ("violation", f"{VNE}OneTarget", f"{VNE}target")
    assert first.focus.startswith(CONN)
    assert (first.message_vi, first.message_en) == (
        "Kết nối phải có đúng một đích",
        "A connection has exactly one target",
    )
    assert [one.label for one in rest] == [fakes.HUB.label]


def test_a_shape_without_a_name_is_named_by_the_one_around_it(tmp_path):
    path = tmp_path / "shapes.ttl"
    path.write_text(
        "@prefix sh: <http://www.w3.org/ns/shacl#> . @prefix vne: <https://w3id.org/vn-egov/ont#> .\n"
        "vne:S a sh:NodeShape ; sh:targetClass vne:Connection ; sh:property [ sh:path vne:nope ; sh:minCount 1 ; sh:in ( 1 2 ) ] .\n",
        encoding="utf-8",
    )
    found = violations(quads(fakes.report()), path)
    assert {one.shape for one in found} == {f"{VNE}S"}
    assert len(found) == 2


def test_the_order_of_violations_does_not_change(shapes):
    ends = [quad for quad in quads(fakes.report()) if quad.predicate.value != f"{VNE}target"]
    found = violations(ends, shapes)
    assert found == violations(list(reversed(ends)), shapes)
    assert [one.severity for one in found] == ["violation", "violation", "warning"]


def test_broken_shapes_are_an_error_of_the_ontology(tmp_path):
    path = tmp_path / "shapes.ttl"
    path.write_text("nonsense", encoding="utf-8")
    with pytest.raises(OntologyError, match=r"shapes\.ttl:1"):
        violations([], path)


@pytest.mark.parametrize(
    "stated",
    [
        [("operational", "2022-03"), ("absent", "2022-03")],
        [("operational", "2022"), ("planned", "2022-03-19")],
        [("pilot", "2022-Q1"), ("suspended", "2022-03")],
        [("planned", "2022"), ("discontinued", "2022")],
    ],
)
def test_claims_that_cannot_both_hold_are_a_contradiction(stated):
    (found,) = contradictions(claims(*stated))
    assert {(claim.status, claim.as_of) for claim in found.claims} == set(stated)
    assert {claim.document for claim in found.claims} == {"d0.md", "d1.md"}
    assert found.label == f"{fakes.PORTAL.label} → {fakes.NATIONAL.label}"


@pytest.mark.parametrize(
    "stated",
    [
        [("absent", "2021"), ("operational", "2022")],
        [("operational", "2022-03"), ("pilot", "2022-03")],
        [("absent", "2022"), ("planned", "2022")],
        [("operational", "2022"), ("operational", "2022")],
        [("ready", "2022"), ("in_progress", "2022-05")],
    ],
)
def test_claims_of_other_times_or_of_one_mind_are_none(stated):
    assert contradictions(claims(*stated)) == ()


def test_of_three_claims_only_the_clashing_ones_are_shown():
    (found,) = contradictions(claims(("operational", "2022-03"), ("absent", "2022"), ("operational", "2019")))
    assert [(claim.as_of, claim.status) for claim in found.claims] == [("2022", "absent"), ("2022-03", "operational")]
