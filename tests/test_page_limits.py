"""Pages of hostile texts run nothing, and pages of large graphs stay readable and say what they leave out."""

from __future__ import annotations

import csv
import io
from functools import partial
from pathlib import Path

import pytest

from benchmarks.nation import nation, words
from kg.fetch import links
from kg.html import render, write_page
from kg.links import Links
from kg.view import choose
from kg.vocab import CONN
from tests.browsing import SIZES, Open
from tests.graphs import store_of
from tests.test_html import HOSTILE, hostile_graph, page


@pytest.fixture(scope="module")
def hostile(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return write_page(page(hostile_graph()), tmp_path_factory.mktemp("hostile") / "page.html")


def drawn(known: Links, path: Path, **options: int) -> Path:
    return write_page(render(choose(known, **options), partial(words, known)), path)


@pytest.mark.parametrize("number", range(len(HOSTILE)))
def test_nothing_runs_that_a_name_or_quote_says(look: Open, hostile: Path, number: int) -> None:
    with look(hostile, fragment=f"{CONN}bad-{number}") as opened:
        for part in ("h2", "blockquote", ".claim"):
            assert HOSTILE[number].strip() in opened.page.locator(f"#panel {part}").first.text_content()
        opened.page.locator("#panel .cite").first.click()
        opened.page.locator("#panel .path").first.click()
        assert opened.page.locator("#panel h2").text_content() == HOSTILE[number]
        opened.click("#outage")
        opened.click("#language")
        opened.click("#path-from")
        opened.go("NGSP")


@pytest.mark.parametrize("size", SIZES)
def test_nothing_runs_or_breaks_wherever_a_hostile_name_is_shown(look: Open, hostile: Path, size: str) -> None:
    with look(hostile, size) as opened:
        for query in ("script", "img", "javascript", "{{7*7}}", "\u202e", "proto"):
            opened.find(query)
        opened.page.fill("#query", "")
        opened.click("#filters > summary")
        opened.page.keyboard.press("Escape")
        opened.click("#level-province")
        opened.click("#level-system")
        opened.click("#mode-table")
        opened.shot(f"hostile-table-{size}")
        assert opened.page.evaluate("document.documentElement.scrollWidth <= window.innerWidth")
        opened.click("#table button[data-rows=systems]")
        opened.page.locator("#table tbody button").last.click()
        opened.click("#mode-map")
        opened.shot(f"hostile-{size}")
        assert opened.barriers() == []


def test_a_cell_that_spreadsheets_take_for_a_formula_is_text(look: Open, tmp_path: Path) -> None:
    from tests.graphs import NATION, system

    formulas = ("=1+1", "+1", "-1", "@SUM(A1)", '"; =1')
    rows = "".join(
        system(f"f-{index}", text.replace('"', '\\"'), "Database", "khanh-hoa") for index, text in enumerate(formulas)
    )
    with look(write_page(page(NATION + rows), tmp_path / "page.html")) as opened:
        opened.click("#downloads > summary")
        with opened.page.expect_download() as coming:
            opened.page.get_by_role("button", name="Bảng hệ thống (CSV)").click()
        content = Path(coming.value.path()).read_text(encoding="utf-8-sig")
    names = {row["Hệ thống"] for row in csv.DictReader(io.StringIO(content))}
    assert {"'=1+1", "'+1", "'-1", "'@SUM(A1)", '"; =1'} <= names


def test_an_empty_graph_says_so(look: Open, tmp_path: Path) -> None:
    store = store_of("")
    text = render(choose(links(store)), lambda claims: {})
    (tmp_path / "page.html").write_text(text, encoding="utf-8")
    target = (tmp_path / "page.html").as_uri()
    with look(tmp_path / "page.html") as opened:
        assert opened.requests == [target]
        assert opened.counted() == (0, 0)


def test_thirty_four_provinces_of_twenty_systems_are_readable(look: Open, tmp_path: Path) -> None:
    known = nation(20 + 63 * 11)
    for size in SIZES:
        with look(drawn(known, tmp_path / "page.html"), size) as opened:
            opened.filter("units", "2025")
            opened.page.keyboard.press("Escape")
            opened.shot(f"country-34-{size}")
            named = {name["text"] for name in opened.names()}
            if size != "phone":
                assert sum(1 for name in named if name.endswith(")")) == 34


def test_two_thousand_systems_are_drawn_at_once(look: Open, tmp_path: Path) -> None:
    with look(drawn(nation(2000), tmp_path / "page.html")) as opened:
        assert opened.page.get_attribute("#level-province", "aria-pressed") == "true"
        opened.shot("country-2000-folded-1280x800")
        opened.click("#level-system")
        assert opened.text("#alerts") == ""
        assert "2000 hệ thống" in opened.text("#notes")
        opened.shot("country-2000-1280x800")
        opened.go("so 5 tinh ha giang")
        assert opened.text("#panel h2") == "Hệ thống thông tin chuyên ngành số 5 tỉnh Hà Giang"
        opened.click("#mode-table")
        assert "500/3897" in opened.text("#table .more")
        opened.click("#table .more button")
        assert opened.page.locator("#table tbody tr").count() == 1000


def test_ten_thousand_systems_are_folded_and_the_page_says_what_stays_so(look: Open, tmp_path: Path) -> None:
    with look(drawn(nation(10_000), tmp_path / "page.html")) as opened:
        assert "10000 hệ thống" in opened.text("#notes")
        assert sum(1 for name in opened.names() if name["text"].endswith("(158)")) > 30
        opened.click("#level-system")
        assert "51 tỉnh được thu gọn" in opened.text("#alerts")
        assert "2000" in opened.text("#alerts")
        opened.go("Cao Bằng")
        opened.go("NGSP")


def test_a_page_that_is_cut_says_so(look: Open, tmp_path: Path) -> None:
    with look(drawn(nation(300), tmp_path / "page.html", limit=100)) as opened:
        assert "Trang chỉ có 100 trong 300 hệ thống" in opened.text("#notes")
