"""The pages in a real browser: everything a reader can do is done, and the page asks for nothing and complains of nothing."""

from __future__ import annotations

import csv
import io
import json
from itertools import combinations
from pathlib import Path

import pytest
from PIL import Image

from kg import KnowledgeGraph
from kg.network import COLOURS
from kg.vocab import SYS
from tests.browsing import SIZES, Open, Visit, amount, spot

NDXP = f"{SYS}ndxp"


@pytest.fixture(scope="module")
def graph(built: Path) -> KnowledgeGraph:
    return KnowledgeGraph.open(built)


@pytest.fixture(scope="module")
def index(built: Path) -> Path:
    return built / "index.html"


@pytest.fixture(scope="module")
def pages(built: Path, graph: KnowledgeGraph, tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    """One page of each view."""
    return {
        "national": built / "index.html",
        "province": built / "province-khanh-hoa.html",
        "system": built / "system-ndxp.html",
        "impact": graph.show("impact", "NGSP", tmp_path_factory.mktemp("impact") / "impact.html"),
    }


def told(graph: KnowledgeGraph) -> list[str]:
    """The systems that texts speak of."""
    return [system.id for system in graph.links.systems.values() if system.told]


def in_province(graph: KnowledgeGraph, name: str) -> str:
    """What a folded province is called on the map."""
    return f"{name} ({sum(1 for iri in told(graph) if graph.links.label(graph.links.province_of(iri)) == name)})"


def colour(level: str) -> tuple[int, int, int]:
    return tuple(bytes.fromhex(COLOURS[level][1:]))  # type: ignore[return-value]


@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize("view", ["national", "province", "system", "impact"])
def test_a_page_opens_in_every_size_without_a_barrier(look: Open, pages: dict[str, Path], view: str, size: str) -> None:
    with look(pages[view], size) as opened:
        assert opened.page.evaluate("document.documentElement.scrollWidth <= window.innerWidth")
        opened.shot(f"{view}-{size}")
        assert opened.barriers() == []


@pytest.mark.parametrize("size", SIZES)
def test_what_a_reader_opens_on_a_page_has_no_barrier_either(look: Open, index: Path, size: str) -> None:
    with look(index, size) as opened:
        for name, step in {
            "system": lambda: opened.go("NGSP"),
            "outage": lambda: opened.click("#outage"),
            "table": lambda: opened.click("#mode-table"),
            "filters": lambda: opened.click("#filters > summary"),
        }.items():
            step()
            opened.shot(f"{name}-open-{size}")
            assert opened.barriers() == []


@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize("view", ["national", "province", "system", "impact"])
def test_names_do_not_overlap_and_none_is_cut_off(look: Open, pages: dict[str, Path], view: str, size: str) -> None:
    with look(pages[view], size) as opened:
        names = opened.names()
        assert len(names) > 5
        for one, other in combinations(names, 2):
            apart = one["left"] >= other["right"] or other["left"] >= one["right"]
            assert apart or one["top"] >= other["bottom"] - 1 or other["top"] >= one["bottom"] - 1, (one, other)
        width, height = opened.page.evaluate(
            "[document.querySelector('#map').clientWidth, document.querySelector('#map').clientHeight]"
        )
        outside = [n for n in names if n["left"] < 0 or n["right"] > width or n["top"] < 0 or n["bottom"] > height]
        assert outside == []


# ---------------------------------------------------------------- search and filters


def test_search_finds_with_and_without_diacritics(look: Open, index: Path) -> None:
    with look(index) as opened:
        assert opened.find("khanh hoa") == opened.find("Khánh Hòa")
        assert opened.texts("#results button")[0].startswith("Khánh Hòa")
        assert any("Cổng dịch vụ công tỉnh Khánh Hòa" in hit for hit in opened.find("cong dich vu KHANH HOA"))
        assert opened.find("zzz") == []
        assert opened.text("#results") == "Không tìm thấy."


def test_a_hit_opens_by_keyboard_alone(look: Open, index: Path) -> None:
    with look(index) as opened:
        opened.page.focus("#query")
        opened.page.keyboard.type("ngsp")
        opened.page.keyboard.press("ArrowDown")
        opened.page.keyboard.press("Enter")
        assert "(NDXP)" in opened.text("#panel h2")
        assert opened.page.evaluate("document.activeElement.id") == "panel"


def test_filters_show_what_the_same_options_list(look: Open, index: Path, graph: KnowledgeGraph) -> None:
    with look(index) as opened:
        every = opened.counted()
        assert every[1] == len(graph.list("connections").rows)
        opened.click("#filters > summary")
        opened.page.uncheck("#filters input[value=operational]")
        others = "in_progress,pilot,ready,planned,suspended,discontinued,absent"
        assert opened.counted() == (every[0], len(graph.list("connections", status=others).rows))
        opened.click("#filters .reset")
        assert opened.counted() == every
        opened.filter("year", "2020")
        assert opened.counted()[1] == len(graph.list("connections", as_of="2020").rows) < every[1]
        opened.filter("year", "")
        opened.filter("type", "Database")
        assert opened.counted()[1] == len(graph.list("connections", type="Database").rows)
        opened.filter("type", "")
        opened.page.select_option("#filter-province", label="Khánh Hòa")
        assert opened.counted()[1] == len(graph.list("connections", province="Khánh Hòa").rows)
        assert "ẩn" in opened.text("#notes")


def test_only_systems_with_a_connection(look: Open, index: Path, graph: KnowledgeGraph) -> None:
    joined = {iri for edge in graph.links.edges.values() for iri in edge.path}
    with look(index) as opened:
        opened.click("#filters > summary")
        opened.page.locator("#filters .check", has_text="Chỉ hệ thống có kết nối").click()
        assert opened.counted()[0] == len(joined)


def test_provinces_by_either_generation(look: Open, index: Path, graph: KnowledgeGraph) -> None:
    def homes(units: str | None) -> set[str]:
        found = {graph.links.province_of(iri, units) for iri in told(graph)}
        return {graph.links.label(home) for home in found if home}

    with look(index) as opened:
        opened.click("#filters > summary")
        assert set(opened.texts("#filter-province option")[1:]) == homes(None)
        opened.filter("units", "2025")
        assert set(opened.texts("#filter-province option")[1:]) == homes("2025") != homes(None)
        assert opened.find("ha nam") == [] or not opened.texts("#results button")[0].startswith("Hà Nam\n")
        assert {name["text"] for name in opened.names()} >= homes("2025")
        assert "/34 tỉnh" in opened.text("#panel")
        opened.filter("units", "2024")
        assert set(opened.texts("#filter-province option")[1:]) == homes(None)
        assert "/63 tỉnh" in opened.text("#panel")


# ---------------------------------------------------------------- panel


def test_a_click_on_a_mark_opens_every_sentence_with_its_words_marked(look: Open, index: Path) -> None:
    with look(index) as opened:
        x, y = spot(opened.picture(), colour("province"))
        opened.page.mouse.click(
            *(
                a + b
                for a, b in zip(
                    (x, y),
                    opened.page.evaluate(
                        "(({left, top}) => [left, top])(document.querySelector('#map').getBoundingClientRect())"
                    ),
                )
            )
        )
        assert opened.text("#panel h2")
        assert "Văn bản nêu" in opened.text("#panel")


def test_a_click_on_a_line_opens_its_connection(look: Open, graph: KnowledgeGraph, tmp_path: Path) -> None:
    page = graph.show("system", "Nền tảng tích hợp, chia sẻ dữ liệu tỉnh Hà Nam", tmp_path / "page.html")
    with look(page) as opened:
        one, other = (spot(opened.picture(), colour(level)) for level in ("national", "province"))
        box = opened.page.locator("#map").bounding_box()
        opened.page.mouse.click(box["x"] + (one[0] + other[0]) / 2, box["y"] + (one[1] + other[1]) / 2)
        assert opened.text("#panel h2").count(" → ") == 1
        assert opened.texts("#panel mark") == ["kết nối"]


def test_the_panel_gives_status_operator_quote_source_and_date(look: Open, index: Path, graph: KnowledgeGraph) -> None:
    row = next(row for row in graph.linked("NGSP").rows if row["document"] == "khanh-hoa-2021.md")
    with look(index, fragment=row["connection_id"]) as opened:
        panel = opened.text("#panel")
        assert row["quote"] in panel
        paper = next(paper for paper in graph.links.papers.values() if paper.file == "khanh-hoa-2021.md")
        assert all(said in panel for said in (paper.title, paper.date, paper.source_file, row["as_of"]))
        assert opened.texts("#panel mark")
        opened.go("NGSP")
        assert "Cục Chuyển đổi số quốc gia" in opened.text("#panel dl")
        assert "đang vận hành" in opened.text("#panel dl")


def test_every_evidence_of_the_graph_is_on_the_national_page(look: Open, index: Path, graph: KnowledgeGraph) -> None:
    with look(index) as opened:
        data = json.loads(
            opened.page.inner_text("#data") or opened.page.evaluate("document.querySelector('#data').textContent")
        )
    stated = [claim for one in data["connections"] + data["systems"] for claim in one.get("claims", ())]
    quotes = sorted(passage["quote"] for claim in stated for passage in claim["passages"])
    rows = graph.store.select(
        "SELECT ?q { ?a vne:attests ?x ; oa:hasTarget/oa:hasSelector/oa:exact ?q { ?x a vne:Connection } UNION { ?x vne:scope ?s } }"
    )
    assert set(quotes) == {row["q"] for row in rows}


def test_what_is_chosen_and_its_neighbours_stand_out(look: Open, index: Path) -> None:
    with look(index) as opened:
        before = opened.picture()
        opened.click("#legend > summary")
        opened.page.evaluate(f"location.hash = {json.dumps(NDXP)}")
        opened.page.wait_for_selector("#panel h2")
        opened.click("#whole")
        after = opened.picture()
        assert 0 < amount(after, colour("province")) < amount(before, colour("province")) / 2
        opened.page.focus("#map")
        opened.page.keyboard.press("Escape")
        assert amount(opened.picture(), colour("province")) == amount(before, colour("province"))


def test_what_is_chosen_has_its_name_even_where_there_is_little_room(look: Open, index: Path) -> None:
    with look(index, "phone") as opened:
        opened.go("NGSP")
        assert "NDXP" in {name["text"] for name in opened.names()}


def test_the_path_from_one_system_to_another_is_a_shortest_one(look: Open, index: Path, graph: KnowledgeGraph) -> None:
    best = graph.path("EMC", "NGSP", status="all").rows[0]
    with look(index) as opened:
        opened.go("EMC")
        opened.click("#path-from")
        assert "chọn hệ thống đích" in opened.text("#alerts")
        opened.go("NGSP")
        assert f"{best['length']} bước" in opened.text("#panel")
        shown = [name.split("\n")[0] for name in opened.texts("#panel > .path")]
        assert (shown[0], shown[best["length"]]) == (best["path"][0], best["path"][-1])


# ---------------------------------------------------------------- outage

READ_HITS = "(found) => found.map((one) => [one.dataset.id, Number(one.dataset.hop), one.dataset.role])"


def hits(opened: Visit) -> set[tuple[str, int, str]]:
    """What the outage lists: system, hop and role."""
    return {tuple(hit) for hit in opened.page.eval_on_selector_all("#hits li", READ_HITS)}


def expected(graph: KnowledgeGraph, system: str, **options: str) -> set[tuple[str, int, str]]:
    rows = graph.impact(system, **options).rows
    return {(row["system_id"].replace(SYS, "sys:"), row["hop"], row["role"]) for row in rows}


@pytest.mark.parametrize("year", ["", "2021"])
def test_an_outage_hits_whom_the_impact_names(look: Open, index: Path, graph: KnowledgeGraph, year: str) -> None:
    systems = sorted({iri for edge in graph.links.edges.values() for iri in edge.path})
    dated = {"as_of": year} if year else {}
    with look(index) as opened:
        if year:
            opened.filter("year", year)
        some = 0
        for system in systems:
            opened.page.evaluate(f"location.hash = {json.dumps(system)}")
            opened.page.wait_for_function("(id) => decodeURIComponent(location.hash.slice(1)) === id", arg=system)
            opened.click("#panel #outage")
            assert hits(opened) == expected(graph, system, **dated), system
            opened.page.check("#hits input")
            assert hits(opened) == expected(graph, system, status="all", **dated), system
            some += len(hits(opened))
            opened.page.uncheck("#hits input")
            opened.click("#panel #outage")
        assert some > 30


def test_an_outage_dims_what_keeps_working_and_can_be_ended(look: Open, index: Path, graph: KnowledgeGraph) -> None:
    rows = [row for row in graph.impact("NGSP").rows if row["role"] == "dependent"]
    with look(index) as opened:
        before = amount(opened.picture(), colour("province"))
        opened.go("NGSP")
        opened.click("#outage")
        opened.click("#whole")
        assert f"{len(rows)} hệ thống phụ thuộc" in opened.text("#alerts")
        assert ", ".join(sorted({row["province"] for row in rows} - {None})) in opened.text("#hits")
        assert amount(opened.picture(), colour("province")) < before / 2
        opened.page.get_by_role("button", name="Thôi giả định").click()
        assert opened.text("#alerts") == ""
        assert opened.page.locator("#hits").count() == 0


def test_the_impact_page_opens_with_the_answer(look: Open, pages: dict[str, Path], graph: KnowledgeGraph) -> None:
    with look(pages["impact"]) as opened:
        assert hits(opened) == expected(graph, "NGSP")
        opened.page.check("#hits input")
        assert hits(opened) == expected(graph, "NGSP", status="all")
        assert (
            opened.text("h1")
            == "Ai bị ảnh hưởng nếu Nền tảng tích hợp, chia sẻ dữ liệu quốc gia (NDXP) ngừng hoạt động"
        )


# ---------------------------------------------------------------- levels, keyboard, languages


def test_provinces_fold_and_unfold(look: Open, index: Path, graph: KnowledgeGraph) -> None:
    with look(index) as opened:
        opened.click("#level-province")
        names = {name["text"] for name in opened.names()}
        assert {in_province(graph, "Ninh Bình"), in_province(graph, "Khánh Hòa")} <= names
        assert amount(opened.picture(), colour("province")) < 3000
        opened.go("ninh binh")
        assert "Ninh Bình" in {name["text"] for name in opened.names()}
        assert any(name["text"].startswith("Cổng dịch vụ công") for name in opened.names())  # the line may break after
        opened.page.get_by_role("button", name="Thu gọn").click()
        assert in_province(graph, "Ninh Bình") in {name["text"] for name in opened.names()}


def test_a_click_on_a_folded_province_unfolds_it(look: Open, index: Path) -> None:
    with look(index) as opened:
        opened.click("#level-province")
        x, y = spot(opened.picture(), (232, 243, 238), around=4)
        box = opened.page.locator("#map").bounding_box()
        opened.page.mouse.click(box["x"] + x, box["y"] + y)
        assert opened.page.get_by_role("button", name="Thu gọn").count() == 1
        assert opened.text("#panel h2") in {name["text"] for name in opened.names()}


def test_the_map_answers_to_keys(look: Open, index: Path) -> None:
    with look(index) as opened:
        opened.page.focus("#map")
        seen = set()
        for key in ("ArrowLeft", "ArrowRight", "ArrowUp", "ArrowDown", "ArrowDown"):
            opened.page.keyboard.press(key)
            seen.add(opened.text("#panel h2"))
        assert len(seen) > 2
        opened.page.keyboard.press("Enter")
        assert opened.page.evaluate("document.activeElement.id") == "panel"
        opened.page.focus("#map")
        opened.page.keyboard.press("+")
        opened.page.keyboard.press("0")
        opened.page.keyboard.press("Escape")
        assert opened.page.locator("#panel h2").count() == 0
        opened.click("#level-province")
        opened.page.focus("#map")
        for _ in range(6):
            opened.page.keyboard.press("ArrowLeft")
        opened.page.keyboard.press("Space")
        assert opened.page.get_by_role("button", name="Thu gọn").count() == 1


def test_a_menu_closes_by_escape_and_by_a_click_elsewhere(look: Open, index: Path) -> None:
    with look(index) as opened:
        for leave in (lambda: opened.page.keyboard.press("Escape"), lambda: opened.click("h1")):
            opened.click("#downloads > summary")
            assert opened.page.locator("#downloads[open]").count() == 1
            leave()
            assert opened.page.locator("#downloads[open]").count() == 0


def test_the_page_changes_its_language_as_a_whole(look: Open, index: Path, graph: KnowledgeGraph) -> None:
    with look(index) as opened:
        opened.go("NGSP")
        opened.click("#language")
        assert opened.page.evaluate("document.documentElement.lang") == "en"
        assert opened.text("h1") == opened.page.title() == "How e-government systems connect"
        assert "National data exchange platform (NDXP)" in opened.text("#panel h2")
        assert opened.text("#outage") == "Suppose it is down"
        assert f"{len(told(graph))} systems" in opened.text("#notes")
        assert "documents read" in opened.text("#notes")
        opened.click("#language")
        assert "Giả định" in opened.text("#outage")


# ---------------------------------------------------------------- table and downloads


def test_the_table_has_the_same_rows_and_sorts_by_every_column(look: Open, index: Path, graph: KnowledgeGraph) -> None:
    with look(index) as opened:
        opened.click("#mode-table")
        assert opened.page.locator("#table tbody tr").count() == opened.counted()[1] == len(graph.links.edges)
        for column in range(9):
            cells = {}
            for _ in range(2):
                opened.page.locator("#table th button").nth(column).click()
                order = opened.page.locator("#table th").nth(column).get_attribute("aria-sort")
                cells[order] = opened.texts(f"#table tbody td:nth-child({column + 1})")
            assert cells["ascending"] == cells["descending"][::-1]
            assert len(set(cells["ascending"])) == 1 or cells["ascending"] != cells["descending"]
        opened.click("#table button[data-rows=systems]")
        assert opened.page.locator("#table tbody tr").count() == opened.counted()[0]
        opened.page.locator("#table th button").nth(7).click()
        degrees = [int(cell) for cell in opened.texts("#table tbody td:nth-child(8)")]
        assert degrees == sorted(degrees)
        opened.page.locator("#table tbody button").first.click()
        assert opened.text("#panel h2") == opened.texts("#table tbody button")[0]
        opened.click("#mode-map")
        assert opened.page.locator("#map").is_visible()


def test_the_table_follows_the_filters_and_downloads_as_csv(look: Open, index: Path, graph: KnowledgeGraph) -> None:
    with look(index) as opened:
        opened.filter("type", "Database")
        opened.click("#mode-table")
        with opened.page.expect_download() as coming:
            opened.click("#table .csv")
        file = coming.value
        assert file.suggested_filename == "ban-do-ket-noi-cac-he-thong-chinh-quyen-dien-tu-connections.csv"
        content = Path(file.path()).read_bytes()
    assert content.startswith(b"\xef\xbb\xbf")
    rows = list(csv.DictReader(io.StringIO(content.decode("utf-8-sig"))))
    known = {row["connection_id"]: row for row in graph.list("connections", type="Database").rows}
    assert {row["id"].replace("conn:", "https://w3id.org/vn-egov/id/connection/") for row in rows} == set(known)
    assert {row["Từ"] for row in rows} == {row["source"] for row in known.values()}


def test_the_map_downloads_as_a_picture(look: Open, index: Path, graph: KnowledgeGraph) -> None:
    with look(index) as opened:
        opened.click("#downloads > summary")
        with opened.page.expect_download() as coming:
            opened.click("#downloads .png")
        picture = Image.open(coming.value.path())
        wide, high = opened.page.evaluate(
            "[document.querySelector('#map').clientWidth, document.querySelector('#map').clientHeight]"
        )
        assert (picture.format, picture.size) == ("PNG", (wide, high + 84))
        opened.page.keyboard.press("Escape")
        assert amount(picture.convert("RGB"), colour("province")) == amount(opened.picture(), colour("province")) > 0
        opened.click("#downloads > summary")
        with opened.page.expect_download() as coming:
            opened.page.get_by_role("button", name="Bảng hệ thống (CSV)").click()
        assert len(Path(coming.value.path()).read_text(encoding="utf-8-sig").splitlines()) == 1 + len(told(graph))


def test_a_citation_is_copied_with_title_publisher_and_date(look: Open, index: Path) -> None:
    with look(index) as opened:
        opened.go("NGSP")
        opened.page.locator("#panel .cite").first.click()
        opened.page.wait_for_selector("#found:has-text('chép')", state="attached")
        copied = opened.page.evaluate("navigator.clipboard.readText()")
        quote = opened.texts("#panel blockquote")[0]
        assert copied.startswith(quote + " — ")
        assert "Tóm lược" in copied
        assert copied.endswith(".md)")


def test_pages_lead_to_each_other(look: Open, index: Path) -> None:
    with look(index) as opened:
        opened.click("#pages > summary")
        assert "Điện Biên" in opened.texts("#pages a")
        opened.page.locator("#pages a", has_text="Khánh Hòa").first.click()
        opened.page.wait_for_selector("body[data-ready]")
        assert opened.page.title() == "Các hệ thống và kết nối: Khánh Hòa"
        assert opened.requests.pop() == (index.parent / "province-khanh-hoa.html").as_uri()


def test_the_page_says_what_it_does_not_show(look: Open, index: Path, pages: dict[str, Path]) -> None:
    with look(index) as opened:
        panel = opened.text("#panel")
        assert "Trang này không cho thấy" in panel
        assert "Chưa có bằng chứng về 58/63 tỉnh." in panel
        opened.page.get_by_text("Những tỉnh đó").click()
        names = opened.text("#panel details p").split(", ")
        assert len(names) == 58
        assert not {"Ninh Bình", "Khánh Hòa", "Quảng Ninh", "Điện Biên", "Hà Nam"} & set(names)
        assert "Dựa trên 5 tài liệu đã đọc; mới nhất: 2022-04-01." in opened.text("#notes")
    with look(pages["province"]) as opened:
        assert "Trang chỉ có các hệ thống của Khánh Hòa" in opened.text("#panel")
