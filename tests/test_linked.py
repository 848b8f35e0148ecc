"""Which provinces link to a system, and what is said where none does."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from kg.asking import asked
from kg.fetch import links, quotes
from kg.linked import linked
from kg.links import COUNTRY, Links
from kg.model import Answer
from kg.vocab import ATT, CONN, PLACE, SYS
from tests.graphs import NATION, claim, connection, store_of, system
from tests.nets import SYSTEMS, many, nets, operational

NDXP = f"{SYS}ndxp"


def ask(turtle: str = NATION, target: str = NDXP, **options: object) -> Answer:
    store = store_of(turtle)
    return linked(asked(links(store), **options), target, lambda claims: quotes(store, claims))  # type: ignore[arg-type]


def test_a_province_counts_in_either_direction_and_as_intermediary() -> None:
    assert {(row["province"], row["role"]) for row in ask().rows} == {
        ("Hà Nam", "target"),
        ("Khánh Hòa", "source"),
        ("Ninh Bình", "via"),
        ("Ninh Bình", "target"),
    }


def test_a_row_gives_path_status_date_quote_and_evidence() -> None:
    row = next(row for row in ask().rows if row["connection_id"] == f"{CONN}c1")
    assert row["path"] == [
        "Cổng dịch vụ công tỉnh Ninh Bình",
        "LGSP tỉnh Ninh Bình",
        "Nền tảng tích hợp, chia sẻ dữ liệu quốc gia (NDXP)",
        "Cổng Dịch vụ công quốc gia",
    ]
    assert (row["system"], row["target"]) == (row["path"][0], row["path"][-1])
    assert (row["status"], row["status_label"], row["as_of"]) == ("operational", "đang vận hành", "2022-03")
    assert row["quote"] == "kết nối Cổng DVC quốc gia qua LGSP, NGSP"
    assert (row["document"], row["evidence"], row["derived"]) == ("nb.md", [f"{ATT}nb-1"], False)


def test_a_nation_wide_source_takes_the_province_of_its_intermediary() -> None:
    row = next(row for row in ask().rows if row["connection_id"] == f"{CONN}c2")
    assert (row["province"], row["system"], row["role"]) == ("Ninh Bình", "Cơ sở dữ liệu hộ tịch", "target")


def test_connections_are_not_chained() -> None:
    """Quảng Ninh reaches the national portal, which reaches the platform: that is no link to the platform."""
    extra = connection("c9", "cong-dvcqg", "ndxp") + claim("qn-9", "conn:c9", "operational", "2022", "qn")
    assert "Quảng Ninh" not in {row["province"] for row in ask(NATION + extra).rows}


def test_notes_name_the_provinces_that_were_read_and_what_they_state_instead() -> None:
    notes = ask(lang="en").notes
    assert any(note.startswith("Điện Biên") and "LGSP tỉnh Điện Biên — planned (2020)" in note for note in notes)
    assert any(note.startswith("Quảng Ninh") and "nor any system of that type" in note for note in notes)
    assert not any(note.startswith(("Ninh B", "Hà Nam", "Khan")) for note in notes)


def test_notes_count_documents_and_name_the_newest_date() -> None:
    assert ask(lang="en").notes[:2] == (
        "Based on 5 documents read; the newest is of 2022-04-01.",
        "The rows rest on 3 of them.",
    )
    assert ask(lang="vi").notes[0].startswith("Dựa trên 5 tài liệu")


def test_a_denied_connection_is_said_to_be_denied() -> None:
    extra = connection("c9", "quang-ninh-cong-dvc", "ndxp") + claim("qn-9", "conn:c9", "absent", "2022", "qn")
    answer = ask(NATION + extra, lang="en")
    assert "Quảng Ninh" not in {row["province"] for row in answer.rows}
    assert any(
        note.startswith("Quảng Ninh") and "denied: Cổng" in note and "absent (2022)" in note for note in answer.notes
    )


def test_the_layer_and_the_date_decide_which_connections_count() -> None:
    assert {row["connection_id"] for row in ask(status="planned").rows} == {f"{CONN}c5"}
    assert {row["province"] for row in ask(as_of="2021").rows} == {"Hà Nam", "Khánh Hòa"}
    assert len(ask(status="all").rows) == 5


def test_units_of_2025_are_named_and_marked_as_derived() -> None:
    answer = ask(units="2025", lang="en")
    moved = {(row["province_id"], row["derived"]) for row in answer.rows}
    assert moved == {(f"{PLACE}ninh-binh-2025", True), (f"{PLACE}khanh-hoa", False)}
    assert any("34 units" in note for note in answer.notes)


def test_a_commune_counts_for_its_province() -> None:
    extra = system("xa-a-mot-cua", "Một cửa xã A", "OneStopSystem", "xa-a") + connection(
        "c9", "xa-a-mot-cua", "cong-dvcqg"
    )
    extra += claim("kh-9", "conn:c9", "operational", "2022", "kh")
    rows = ask(NATION + extra, f"{SYS}cong-dvcqg").rows
    assert ("Khánh Hòa", "Một cửa xã A") in {(row["province"], row["system"]) for row in rows}


def test_a_system_asked_about_does_not_count_its_own_province() -> None:
    rows = ask(target=f"{SYS}ha-nam-lgsp").rows
    assert rows == ()


def test_a_graph_without_documents_answers_nothing_and_says_so() -> None:
    answer = ask("", lang="en")
    assert answer.rows == ()
    assert answer.notes[0] == "The graph holds no document."


def test_rows_are_sorted_by_province() -> None:
    provinces = [row["province"] for row in ask().rows]
    assert provinces == sorted(provinces, key=["Hà Nam", "Khánh Hòa", "Ninh Bình"].index)


@many
@given(nets(), st.sampled_from(SYSTEMS), st.sampled_from((None, "2021", "2022")))
def test_rows_are_the_connections_of_the_system_and_the_provinces_beside_it(
    links: Links, target: str, as_of: str | None
) -> None:
    """The most obvious way: each connection that runs, each other system on it, that one's province."""
    homes = {iri: known.scope for iri, known in links.systems.items() if known.scope != COUNTRY}
    expected = {
        (homes[iri], e.id)
        for e in operational(links)
        for iri in e.path
        if target in e.path and iri != target and iri in homes
        if as_of is None or e.claims[0].day[:4] <= as_of
    }
    rows = linked(asked(links, as_of=as_of), target).rows
    assert {(row["province_id"], row["connection_id"]) for row in rows} == expected
    assert len(rows) == len(expected)
    for row in rows:
        assert row["path_id"] == list(links.edges[row["connection_id"]].path)
        assert homes.get(row["system_id"]) == row["province_id"] or row["path_id"][0] == row["system_id"]
