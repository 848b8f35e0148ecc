"""The queries under ontology/ answer what their heads say: derived triples and named questions, on small graphs."""

from __future__ import annotations

import re
from collections.abc import Iterable
from pathlib import Path

import pyoxigraph as ox
import pytest

from kg.vocab import PREFIXES, STATUS_RANK

ONTOLOGY = Path(__file__).parent.parent / "ontology"
QUERIES = sorted(ONTOLOGY.rglob("*.rq"))
QUESTIONS = sorted((ONTOLOGY / "questions").glob("*.rq"))
VNE, SYS, PLACE = (PREFIXES[name] for name in ("vne", "sys", "place"))
DERIVED = ox.NamedNode("https://example.org/derived")
PINNED = {
    "province-systems", "hub-links", "hops", "not-yet-operational", "evidence", "isolated", "to-consolidate",
    "status-claims",
}  # fmt: skip
PARAMETER = re.compile(r"# param (\w+): (\w+) = (\S+)")


def load(store: ox.Store, name: str) -> None:
    store.load(path=str(ONTOLOGY / f"{name}.ttl"), to_graph=ox.NamedNode(f"https://example.org/{name}"))


def small_store(*names: str) -> ox.Store:
    """The named examples with core and schemes, and all derived triples."""
    store = ox.Store()
    for name in ("core", "schemes", *(f"examples/ok/{name}" for name in names)):
        load(store, name)
    for path in sorted((ONTOLOGY / "derive").glob("*.rq")):
        found = store.query(path.read_text(encoding="utf-8"), use_default_graph_as_union=True)
        assert isinstance(found, ox.QueryTriples)
        store.extend([ox.Quad(t.subject, t.predicate, t.object, DERIVED) for t in found])
    return store


def local(term: object) -> str:
    assert isinstance(term, ox.NamedNode)
    return term.value.rpartition("/")[2]


def derived(store: ox.Store, predicate: str) -> set[tuple[str, str]]:
    found = store.quads_for_pattern(None, ox.NamedNode(VNE + predicate), None, DERIVED)
    return {(local(quad.subject), local(quad.object)) for quad in found}


def test_a_source_depends_on_target_and_intermediaries_and_no_intermediary_on_what_follows() -> None:
    store = small_store("connection-with-hops")
    assert derived(store, "dependsOn") == {("x-cong-dvc", other) for other in ("x-lgsp", "ndxp", "cong-dvcqg")}
    assert derived(store, "involves") == {("1", s) for s in ("x-cong-dvc", "x-lgsp", "ndxp", "cong-dvcqg")}
    assert derived(store, "connectsTo") == {("x-cong-dvc", "cong-dvcqg")}
    assert derived(store, "latestStatus") == {("1", "operational")}


def test_a_denied_connection_gives_no_short_cut_and_no_dependency() -> None:
    store = small_store("denied-connection")
    assert derived(store, "latestStatus") == {("1", "absent")}
    assert derived(store, "connectsTo") == derived(store, "dependsOn") == set()


def test_the_latest_claim_is_the_current_one() -> None:
    assert derived(small_store("two-claims"), "latestStatus") == {("1", "operational")}


@pytest.mark.parametrize("winner", range(len(STATUS_RANK) - 1))
def test_of_two_claims_of_one_date_the_higher_rank_is_current(winner: int) -> None:
    order = sorted(STATUS_RANK, key=STATUS_RANK.__getitem__, reverse=True)
    claims = "".join(
        f'<urn:a{n}> vne:attests <urn:c> ; vne:status st:{status} ; vne:asOf "2024-01-01"^^xsd:date .\n'
        for n, status in enumerate(order[winner:])
    )
    store = ox.Store()
    load(store, "schemes")
    head = "".join(f"@prefix {name}: <{PREFIXES[name]}> .\n" for name in ("vne", "st", "xsd"))
    store.load((head + claims).encode(), format=ox.RdfFormat.TURTLE)
    rule = (ONTOLOGY / "derive/02-latest-status.rq").read_text(encoding="utf-8")
    found = store.query(rule, use_default_graph_as_union=True)
    assert isinstance(found, ox.QueryTriples)
    assert [local(triple.object) for triple in found] == [order[winner]]


def parameters(path: Path) -> dict[str, str]:
    text = path.read_text(encoding="utf-8")
    found = {name: default for name, _, default in PARAMETER.findall(text)}
    assert len(found) == text.count("# param ")
    return found


@pytest.mark.parametrize("path", QUERIES, ids=lambda path: f"{path.parent.name}/{path.stem}")
def test_queries_parse_and_say_what_they_are_for(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    for key in ("title@vi", "title@en", "description@en"):
        assert len(re.findall(rf"^# {key}: \S.*\S$", text, re.MULTILINE)) == 1
    projected = text.partition("WHERE")[0]
    assert all(f"?{name}" in projected for name in parameters(path))
    ox.Store().query(text)


def test_the_pinned_questions_are_there() -> None:
    assert {path.stem for path in QUESTIONS} >= PINNED


def ask(store: ox.Store, name: str, **given: str) -> list[dict[str, str | None]]:
    found = store.query(
        (ONTOLOGY / f"questions/{name}.rq").read_text(encoding="utf-8"),
        use_default_graph_as_union=True,
        substitutions={ox.Variable(key): ox.NamedNode(value) for key, value in given.items()},
    )
    assert isinstance(found, ox.QuerySolutions)
    names = [variable.value for variable in found.variables]
    return [{key: getattr(row[key], "value", None) for key in names} for row in found]


def column(rows: Iterable[dict[str, str | None]], key: str) -> list[str | None]:
    return [row[key] for row in rows]


def test_hops_come_in_order_from_source_to_target() -> None:
    rows = ask(small_store("connection-with-hops"), "hops", source=SYS + "x-cong-dvc", target=SYS + "cong-dvcqg")
    assert column(rows, "order") == ["0", "1", "2", "3"]
    assert column(rows, "station") == [SYS + name for name in ("x-cong-dvc", "x-lgsp", "ndxp", "cong-dvcqg")]


def test_a_denied_connection_does_not_look_like_a_link() -> None:
    store = small_store("denied-connection")
    assert ask(store, "hub-links", system=SYS + "cong-dvcqg") == []
    assert ask(store, "hops", source=SYS + "x-cong-dvc", target=SYS + "cong-dvcqg") == []
    assert column(ask(store, "isolated"), "system") == [SYS + "x-cong-dvc"]
    assert column(ask(store, "evidence", source=SYS + "x-cong-dvc", target=SYS + "cong-dvcqg"), "claimed") == [
        "chưa có"
    ]


def test_hub_links_tell_the_role_of_the_hub() -> None:
    rows = ask(small_store("connection-with-hops"), "hub-links", system=SYS + "ndxp")
    assert {(row["role"], row["other"]) for row in rows} == {
        ("trung gian", SYS + name) for name in ("x-cong-dvc", "x-lgsp", "cong-dvcqg")
    }


def test_systems_of_a_province_come_one_a_row_with_their_type() -> None:
    rows = ask(small_store("connection-with-hops"), "province-systems", province=PLACE + "x")
    assert column(rows, "type") == ["Cổng dịch vụ công", "Nền tảng tích hợp, chia sẻ dữ liệu"]
