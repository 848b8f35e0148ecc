"""The public face: every command is a method, and each answer says what it rests on."""

from __future__ import annotations

from pathlib import Path

import pytest

from kg.errors import AmbiguousNameError, KgError, StoreError, UnknownNameError, UsageError
from kg.knowledge import KnowledgeGraph
from kg.vocab import ATT, CONN, PLACE, PREFIXES, SYS
from tests.graphs import NATION, claim, connection, store_of

STATEMENTS = """
stmt:nb-m a vne:MeasureStatement ; vne:measureOf sys:ninh-binh-cong-dvc ; vne:metric metric:other ;
    vne:metricWording "hồ sơ trực tuyến"@vi ; sdo:value 630512 ; sdo:unitText "hồ sơ"@vi ; vne:asOf "2022-01-01"^^xsd:date .
stmt:nb-u a vne:UsageStatement ; vne:actor agency:so-tttt ; vne:usesSystem sys:ninh-binh-lgsp ; sdo:value 18 .
agency:so-tttt a org:Organization ; skos:prefLabel "Sở Thông tin và Truyền thông"@vi .
policy:nq-01 a vne:PolicyDocument ; skos:prefLabel "Nghị quyết 01-NQ/TU"@vi .
"""


def mention(name: str, subject: str, quote: str) -> str:
    """A passage that names something without claiming a status."""
    text = claim(name, subject, "operational", "2022", "nb", quote)
    return text.replace("vne:status st:operational ; ", "")


@pytest.fixture
def graph() -> KnowledgeGraph:
    cues = "att:nb-1-t vne:cue att:nb-1-c1 , att:nb-1-c2 . att:nb-1-c1 oa:start 40 ; oa:end 47 . att:nb-1-c2 oa:start 66 ; oa:end 69 .\n"
    more = mention("m", "stmt:nb-m", "630.512 hồ sơ") + mention("u", "stmt:nb-u", "18 sở, ban, ngành dùng LGSP")
    return KnowledgeGraph(
        store_of(NATION + STATEMENTS + cues + more + mention("p", "policy:nq-01", "Nghị quyết 01-NQ/TU"))
    )


@pytest.mark.parametrize("name", ["NGSP", "ngsp", "sys:ndxp", f"{SYS}ndxp", "truc quoc gia"])
def test_linked_takes_any_name_of_a_system(graph: KnowledgeGraph, name: str) -> None:
    answer = graph.linked(name)
    assert {row["province"] for row in answer.rows} == {"Ninh Bình", "Hà Nam", "Khánh Hòa"}
    assert answer.parameters["system_id"] == f"{SYS}ndxp"
    assert all(row["quote"] and row["path"] and row["as_of"] for row in answer.rows)


def test_an_ambiguous_name_is_refused_with_choices(graph: KnowledgeGraph) -> None:
    with pytest.raises(AmbiguousNameError) as caught:
        graph.linked("LGSP")
    assert len(caught.value.choices) == 3


@pytest.mark.parametrize(
    "options", [{"units": "2023"}, {"lang": "fr"}, {"status": "flying"}, {"as_of": "yesterday"}], ids=str
)
def test_options_that_make_no_sense_are_usage_errors(graph: KnowledgeGraph, options: dict[str, str]) -> None:
    with pytest.raises(UsageError):
        graph.linked("NGSP", **options)  # type: ignore[arg-type]


@pytest.mark.parametrize("what", ["systems", "provinces", "documents", "connections"])
def test_every_listing_has_rows_and_names_what_it_rests_on(graph: KnowledgeGraph, what: str) -> None:
    answer = graph.list(what, lang="en")
    assert answer.rows
    assert answer.notes[0] == "Based on 5 documents read; the newest is of 2022-04-01."


@pytest.mark.parametrize("name", ["Khánh Hòa", "tinh khanh hoa", "khanh-hoa", f"{PLACE}khanh-hoa", "place:khanh-hoa"])
def test_a_listing_can_be_of_one_province(graph: KnowledgeGraph, name: str) -> None:
    systems = {row["system_id"] for row in graph.list("systems", province=name).rows}
    assert systems == {f"{SYS}khanh-hoa-cong-dvc", f"{SYS}khanh-hoa-csdl"}
    connections = {row["connection_id"] for row in graph.list("connections", province=name).rows}
    assert connections == {f"{CONN}c4", f"{CONN}c5"}
    assert [row["document"] for row in graph.list("documents", province=name).rows] == ["kh.md"]


def test_a_province_means_the_unit_that_took_its_name_too(graph: KnowledgeGraph) -> None:
    assert graph.province("Ninh Bình") == (f"{PLACE}ninh-binh", f"{PLACE}ninh-binh-2025")
    with pytest.raises(UnknownNameError):
        graph.list("systems", province="Sài Gòn Gia Định")


@pytest.mark.parametrize("name", ["Database", "cơ sở dữ liệu", "vne:Database", "database"])
def test_a_listing_can_be_of_one_type(graph: KnowledgeGraph, name: str) -> None:
    assert {row["type"] for row in graph.list("systems", type=name).rows} == {"Database"}


def test_status_filters_connections_and_not_systems(graph: KnowledgeGraph) -> None:
    assert {row["status"] for row in graph.list("connections", status="planned").rows} == {"planned"}
    assert len(graph.list("systems", status="planned").rows) == len(graph.list("systems").rows)


def test_what_cannot_be_listed_is_unknown(graph: KnowledgeGraph) -> None:
    with pytest.raises(UnknownNameError) as caught:
        graph.list("dragons")
    assert "systems" in caught.value.hint


def test_why_shows_the_claim_in_words_and_the_quote_with_its_cues(graph: KnowledgeGraph) -> None:
    answer = graph.why("conn:c1", lang="en")
    (row,) = answer.rows
    assert row["claim"].startswith("Cổng dịch vụ công tỉnh Ninh Bình — connects to → ")
    assert "via LGSP tỉnh Ninh Bình, National Data Exchange Platform (NDXP): operational (2022-03)" in row["claim"]
    assert row["marked"] == "⟦kết nối⟧ Cổng DVC quốc gia ⟦qua⟧ LGSP, NGSP"
    assert [row["quote"][start:end] for start, end in row["cues"]] == ["kết nối", "qua"]
    assert (row["title"], row["publisher"], row["date"]) == ("Báo cáo", "Sở Thông tin", "2022-04-01")
    assert (row["rule"], row["confidence"], row["start"]) == ("verb", 0.9, 40)
    assert row["brief"] == "a brief of 000.txt"


@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("att:nb-1", "Cổng dịch vụ công tỉnh Ninh Bình"),
        ("sys:dien-bien-lgsp", "LGSP tỉnh Điện Biên (Nền tảng tích hợp; Điện Biên): kế hoạch (2020)"),
        ("stmt:nb-m", "Cổng dịch vụ công tỉnh Ninh Bình: hồ sơ trực tuyến = 630512 hồ sơ (2022-01-01)"),
        ("stmt:nb-u", "Sở Thông tin và Truyền thông sử dụng LGSP tỉnh Ninh Bình (18)"),
        ("policy:nq-01", "Văn bản được nêu: Nghị quyết 01-NQ/TU"),
    ],
)
def test_why_takes_any_id(graph: KnowledgeGraph, name: str, words: str) -> None:
    (row,) = graph.why(name).rows
    assert row["claim"].startswith(words)
    assert row["quote"]


def test_why_shows_all_claims_newest_first(graph: KnowledgeGraph) -> None:
    extra = claim("nb-9", "conn:c1", "suspended", "2023", "nb", "đã dừng")
    answer = KnowledgeGraph(store_of(NATION + extra)).why("conn:c1", lang="en")
    assert [row["status"] for row in answer.rows] == ["suspended", "operational"]
    assert any("2 claims" in note and "suspended (2023)" in note for note in answer.notes)


@pytest.mark.parametrize("name", ["conn:none", "sys:ndxp", "att:none", "conn:x> } UNION { ?a ?b ?c", "nope:x"])
def test_why_of_what_no_document_speaks_of_is_unknown(graph: KnowledgeGraph, name: str) -> None:
    with pytest.raises(UnknownNameError):
        graph.why(name)


def test_rdf_is_an_rdflib_dataset_over_the_same_graph(graph: KnowledgeGraph) -> None:
    rows = list(graph.rdf.query("SELECT ?c WHERE { ?c a vne:Connection }", initNs=PREFIXES))
    assert len(rows) == 6


def test_topology_is_a_networkx_graph(graph: KnowledgeGraph) -> None:
    assert graph.topology().is_directed()
    assert graph.topology().is_multigraph()


def test_show_writes_a_page_where_it_is_told(graph: KnowledgeGraph, tmp_path: Path) -> None:
    national = graph.show(output=tmp_path / "a.html")
    province = graph.show("province", "Khanh Hoa", tmp_path / "b.html")
    system = graph.show("system", "NGSP", tmp_path / "c.html")
    assert national.stat().st_size > province.stat().st_size
    assert system.read_text(encoding="utf-8").startswith("<!doctype html>")
    with pytest.raises(UsageError):
        graph.show("national", "Khánh Hòa", tmp_path / "d.html")


def test_opening_what_is_not_there_says_how_to_build_it(tmp_path: Path) -> None:
    with pytest.raises(StoreError) as caught:
        KnowledgeGraph.open(tmp_path / "nothing")
    assert "kg build" in caught.value.hint


def test_a_connection_between_systems_of_nowhere_is_listed_all_the_same() -> None:
    turtle = connection("x", "a", "b")
    assert KnowledgeGraph(store_of(turtle)).list("connections").rows[0]["status"] == "unattested"


def test_every_refusal_is_of_the_one_tree(graph: KnowledgeGraph) -> None:
    with pytest.raises(KgError):
        graph.why("")
    assert graph.why("att:nb-1").rows[0]["evidence_id"] == f"{ATT}nb-1"
