"""Connections as values: the current claim, layers, places."""

from __future__ import annotations

import pytest

from kg.errors import UsageError
from kg.fetch import links, named_provinces, named_systems, quotes
from kg.links import Claim, current, last_day, layer, on_layer, status_of
from kg.vocab import ATT, CONN, PLACE, SYS
from tests.graphs import NATION, TERMS, claim, connection, document, store_of


def _claim(status: str, day: str) -> Claim:
    return Claim(f"{ATT}{status}-{day}", status, day, day, "", "")


def test_the_latest_claim_is_the_current_one() -> None:
    old, new = _claim("operational", "2021-01-01"), _claim("suspended", "2023-05-01")
    assert current((new, old)) == new
    assert current((new, old), as_of="2022") == old
    assert current((new, old), as_of="2020") is None


@pytest.mark.parametrize(
    ("weightier", "lighter"),
    [
        ("discontinued", "suspended"),
        ("suspended", "operational"),
        ("operational", "pilot"),
        ("pilot", "ready"),
        ("ready", "in_progress"),
        ("in_progress", "planned"),
        ("planned", "absent"),
    ],
)
def test_on_one_date_the_weightier_status_counts(weightier: str, lighter: str) -> None:
    claims = (_claim(lighter, "2022-01-01"), _claim(weightier, "2022-01-01"))
    assert status_of(claims) == weightier == status_of(claims[::-1])


def test_an_undated_claim_counts_least_and_on_no_date() -> None:
    undated, dated = _claim("operational", ""), _claim("planned", "2019-01-01")
    assert status_of((undated, dated)) == "planned"
    assert current((undated,), as_of="2024") is None
    assert current((undated,)) == undated


@pytest.mark.parametrize(
    ("date", "inside", "outside"),
    [
        ("2022", "2022-12-31", "2023-01-01"),
        ("2022-Q2", "2022-06-30", "2022-07-01"),
        ("2022-03", "2022-03-31", "2022-04-01"),
        ("2022-03-15", "2022-03-15", "2022-03-16"),
    ],
)
def test_a_date_means_its_whole_period(date: str, inside: str, outside: str) -> None:
    assert inside <= last_day(date) < outside


@pytest.mark.parametrize("date", ["", "22", "2022-5", "hôm nay", "2022-Q5", "2022-03-01T00:00"])
def test_what_is_no_date_is_a_usage_error(date: str) -> None:
    with pytest.raises(UsageError):
        last_day(date)


def test_a_layer_is_a_set_of_statuses_and_all_is_every_one() -> None:
    assert layer("planned,operational") == layer(["st:operational", "planned"]) == ("operational", "planned")
    assert layer("all") == layer(None) == ()
    with pytest.raises(UsageError, match="flying"):
        layer("operational,flying")


def test_a_connection_keeps_the_order_of_its_intermediaries() -> None:
    edge = links(store_of()).edges[f"{CONN}c1"]
    assert edge.path == tuple(SYS + name for name in ("ninh-binh-cong-dvc", "ninh-binh-lgsp", "ndxp", "cong-dvcqg"))


def test_the_layer_follows_the_current_claim() -> None:
    turtle = TERMS + document("a", "ha-nam", "2021") + connection("x", "csdl-ho-tich", "ndxp")
    turtle += claim("a1", "conn:x", "operational", "2021", "a") + claim("a2", "conn:x", "suspended", "2023", "a")
    read = links(store_of(turtle))
    assert [edge.id for edge, _ in on_layer(read, ("operational",))] == []
    assert [edge.id for edge, _ in on_layer(read, ("suspended",))] == [f"{CONN}x"]
    assert [edge.id for edge, _ in on_layer(read, ("operational",), "2022")] == [f"{CONN}x"]
    assert [edge.id for edge, _ in on_layer(read, (), "2020")] == []


def test_rdf_without_relation_or_claims_is_read_all_the_same() -> None:
    turtle = TERMS + "conn:y vne:source sys:a ; vne:target sys:ndxp ; vne:via sys:b .\n"
    turtle += "conn:z vne:source sys:a ; vne:target sys:b ; vne:latestStatus st:operational .\n"
    read = links(store_of(turtle))
    assert read.edges[f"{CONN}y"].relation == "connectsTo"
    assert read.edges[f"{CONN}y"].via == (f"{SYS}b",)
    assert [edge.id for edge, _ in on_layer(read, ("operational",))] == [f"{CONN}z"]
    assert [edge.id for edge, _ in on_layer(read, ())] == [f"{CONN}y", f"{CONN}z"]
    assert read.label(f"{SYS}a") == "a"


def test_the_province_of_a_commune_is_the_one_it_lies_in_and_mergers_are_followed_on_demand() -> None:
    read = links(store_of())
    assert read.province(f"{PLACE}xa-a") == f"{PLACE}khanh-hoa"
    assert read.province(f"{PLACE}ha-nam") == f"{PLACE}ha-nam"
    assert read.province(f"{PLACE}ha-nam", "2025") == f"{PLACE}ninh-binh-2025"
    assert read.province(f"{PLACE}vn") == read.province(f"{PLACE}nowhere") == ""


def test_places_that_lie_in_each_other_end_the_climb() -> None:
    turtle = "place:a a vne:AdministrativeUnit ; dcterms:isPartOf place:b . place:b a vne:AdministrativeUnit ; dcterms:isPartOf place:a ."
    assert links(store_of(turtle)).province(f"{PLACE}a") == ""


def test_labels_fall_back_to_vietnamese() -> None:
    read = links(store_of())
    assert read.label(f"{SYS}ndxp", "en") == "National Data Exchange Platform (NDXP)"
    assert read.label(f"{SYS}cong-dvcqg", "en") == "Cổng Dịch vụ công quốc gia"


def test_names_hold_labels_aliases_and_kind_of_unit() -> None:
    read = links(store_of())
    systems = {named.id: named for named in named_systems(read)}
    assert systems[f"{SYS}ndxp"].aliases == ("NGSP", "Trục quốc gia")
    provinces = {named.id: named for named in named_provinces(read)}
    assert "tỉnh Ninh Bình" in provinces[f"{PLACE}ninh-binh"].aliases
    assert not {f"{PLACE}vn", f"{PLACE}xa-a"} & set(provinces)


def test_quotes_are_looked_up_by_claim() -> None:
    found = quotes(store_of(NATION), {f"{ATT}nb-1", f"{ATT}none"})
    assert found == {f"{ATT}nb-1": "kết nối Cổng DVC quốc gia qua LGSP, NGSP"}


def test_a_system_has_its_most_telling_types() -> None:
    extra = "vne:OpenDataPortal rdfs:subClassOf vne:WebPortal . vne:WebPortal rdfs:subClassOf vne:System .\n"
    extra += "sys:a a vne:System , vne:WebPortal ; vne:scope place:ha-nam . sys:b a vne:WebPortal , vne:OpenDataPortal ; vne:scope place:ha-nam .\n"
    systems = links(store_of(TERMS + extra)).systems
    assert systems[f"{SYS}a"].types == ("WebPortal",)
    assert systems[f"{SYS}b"].types == ("OpenDataPortal",)


def test_a_system_that_only_the_lexicon_knows_is_not_told_of() -> None:
    lexicon = "sys:x vne:scope place:vn . sys:y vne:scope place:vn . sys:z vne:scope place:vn .\n"
    told = claim("t", "sys:y", "planned", "2022", "d") + "sys:n vne:scope place:vn .\n"
    systems = links(store_of(told, lexicon=lexicon + connection("c", "z", "n"))).systems
    assert {iri.removeprefix(SYS): system.told for iri, system in systems.items()} == {
        "n": True,
        "x": False,
        "y": True,
        "z": True,
    }


def test_the_acronym_in_the_label_goes_before_the_shortest_alias() -> None:
    turtle = 'sys:a skos:prefLabel "Nền tảng (NDXP)" ; skos:altLabel "NGSP" , "ABC" . sys:b skos:prefLabel "Mạng" ; skos:altLabel "TSLCD" , "WAN" , "mạng" . sys:c skos:prefLabel "Tên" .'
    read = links(store_of(turtle))
    assert [read.acronym(f"{SYS}{name}") for name in "abc"] == ["NDXP", "WAN", ""]


def test_a_short_name_leaves_out_the_province_that_it_ends_with() -> None:
    read = links(store_of())
    assert read.short(f"{SYS}ninh-binh-cong-dvc") == "Cổng dịch vụ công"
    assert read.short(f"{SYS}ninh-binh-lgsp") == "LGSP"
    assert read.short(f"{SYS}csdl-ho-tich") == "Cơ sở dữ liệu hộ tịch"
