"""Pages that ask for nothing, run nothing out of data, and are the same for the same graph."""

from __future__ import annotations

import base64
import hashlib
import html as html_text
import json
import os
import re
import subprocess
import sys
from dataclasses import replace
from html.parser import HTMLParser
from pathlib import Path

import pytest

from kg.asking import asked
from kg.dependency import impact
from kg.errors import OutputError, UsageError
from kg.fetch import evidence, links
from kg.html import SCRIPTS, page_name, render, script_json, write_page
from kg.view import choose
from kg.vocab import CONN, PLACE, SYS
from tests.conftest import PROJECT
from tests.graphs import NATION, TERMS, claim, connection, document, store_of, system

HOSTILE = (
    "<script>document.body.dataset.hacked=1</script>",
    "</script><script>document.body.dataset.hacked=1</script>",
    "<img src=x onerror=document.body.dataset.hacked=1>",
    "javascript:alert(1)",
    "<a href=javascript:alert(1)>href</a>",
    "{{7*7}} {% raw %} ${1+1} <!--kg:data--> @@",
    "line\u2028sep\u2029end",
    "\u202eabc\u202c\u200f đảo chiều",
    "]]> --> <!-- <![CDATA[",
    "&lt;b&gt; &amp; \\u003cscript\\u003e",
    "__proto__",
    "dài " * 2500,
)


def hostile_graph() -> str:
    """A graph in which every name, quote and title is hostile."""

    def safe(text: str) -> str:
        return text.replace("\\", "\\\\").replace('"', '\\"')

    out = document("bad", "khanh-hoa", "2022", title=safe(HOSTILE[1]), source="x")
    for index, text in enumerate(HOSTILE):
        out += system(f"bad-{index}", safe(text), "Database", "khanh-hoa", safe(f"alias {text}"))
        out += connection(f"bad-{index}", f"bad-{index}", "ndxp") + claim(
            f"bad-{index}", f"conn:bad-{index}", "operational", "2022", "bad", text
        )
    return NATION + out


def page(turtle: str = NATION, view: str = "national", about: tuple[str, ...] = (), lang: str = "vi") -> str:
    store = store_of(turtle)
    chosen = choose(links(store), view, about)
    return render(chosen, lambda claims: evidence(store, tuple(claims)), lang)


class Reader(HTMLParser):
    """Collects the elements, attributes, scripts and styles of a page, as a browser would split them."""

    def __init__(self, text: str) -> None:
        super().__init__(convert_charrefs=True)
        self.elements: list[tuple[str, dict[str, str | None]]] = []
        self.inside: dict[str, list[str]] = {"script": [], "style": [], "title": []}
        self.open: str | None = None
        self.feed(text)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.append((tag, dict(attrs)))
        if tag in self.inside:
            self.open = tag
            self.inside[tag].append("")

    def handle_endtag(self, tag: str) -> None:
        if tag == self.open:
            self.open = None

    def handle_data(self, data: str) -> None:
        if self.open:
            self.inside[self.open][-1] += data


def read_data(text: str) -> dict[str, object]:
    data = Reader(text).inside["script"][0]
    return json.loads(data)  # type: ignore[no-any-return]


def test_a_page_names_nothing_to_load() -> None:
    reader = Reader(page())
    names = {name for _, attributes in reader.elements for name in attributes}
    assert not names & {"src", "href", "srcset", "action", "data", "style"}
    assert not {name for name in names if name.startswith("on")}
    assert {tag for tag, _ in reader.elements} & {"link", "iframe", "object", "embed", "base", "img"} == set()
    assert "url(" not in reader.inside["style"][0]
    assert "@import" not in reader.inside["style"][0]


def test_the_policy_forbids_all_but_the_scripts_and_style_in_the_page() -> None:
    reader = Reader(page())
    policy = next(a["content"] for tag, a in reader.elements if tag == "meta" and a.get("http-equiv")) or ""
    rules = {rule.split()[0]: rule.split()[1:] for rule in policy.split("; ")}
    assert rules["default-src"] == ["'none'"]
    hashes = [
        f"'sha256-{base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()}'"
        for text in (*reader.inside["script"][1:], *reader.inside["style"])
    ]
    assert rules["script-src"] + rules["style-src"] == hashes
    assert "unsafe" not in policy


def test_the_data_is_one_block_that_holds_no_markup() -> None:
    data = Reader(page(hostile_graph())).inside["script"][0]
    assert not set("<>&\u2028\u2029") & set(data)
    assert len(Reader(page(hostile_graph())).inside["script"]) == 3


def test_hostile_names_and_quotes_survive_as_data_and_nothing_else() -> None:
    text = page(hostile_graph())
    data = read_data(text)
    labels = {entry["label"] for entry in data["systems"] if isinstance(entry["label"], str)}  # type: ignore[attr-defined]
    quotes = {
        passage["quote"]
        for entry in data["connections"]  # type: ignore[attr-defined]
        for stated in entry["claims"]
        for passage in stated["passages"]
    }
    assert set(HOSTILE) <= labels
    assert set(HOSTILE) <= quotes
    assert [tag for tag, _ in Reader(text).elements] == [tag for tag, _ in Reader(page()).elements]


def test_the_title_of_a_page_is_escaped() -> None:
    text = page(hostile_graph(), "system", (f"{SYS}bad-0",))
    assert Reader(text).inside["title"] == [html_text.unescape(Reader(text).inside["title"][0])]
    assert "<script>document" not in text


def test_the_same_graph_gives_the_same_bytes_whatever_the_hash_seed() -> None:
    code = (
        "import hashlib; from tests.test_html import page, hostile_graph;"
        "print(hashlib.sha256(page(hostile_graph()).encode()).hexdigest())"
    )
    sums = {
        subprocess.run(
            [sys.executable, "-c", code], env={**os.environ, "PYTHONHASHSEED": seed}, capture_output=True, check=True
        ).stdout
        for seed in ("1", "2")
    }
    assert len(sums) == 1


def test_the_page_keeps_the_licence_notice_of_its_library() -> None:
    library = Reader(page()).inside["script"][1]
    assert "vis-network" in library[:300]
    assert "MIT License" in library[:1000]


def test_each_part_of_the_script_fits_on_a_few_screens_and_is_used() -> None:
    assets = {path.stem: path.read_text(encoding="utf-8") for path in (PROJECT / "kg/assets").glob("*.js")}
    script = Reader(page()).inside["script"][2]
    assert all(assets[name] in script and assets[name].count("\n") <= 300 for name in SCRIPTS)


def test_the_script_writes_text_never_markup() -> None:
    script = Reader(page()).inside["script"][2]
    assert not re.findall(r"innerHTML|outerHTML|insertAdjacentHTML|document\.write|\beval\b|new Function", script)


def test_the_page_has_every_word_that_its_script_says() -> None:
    text = page()
    known = read_data(text)["words"]
    said = set(re.findall(r"\bword\(\"([\w-]*\w)\"[,)]", Reader(text).inside["script"][2]))
    assert len(said) > 30
    assert said <= set(known)  # type: ignore[call-overload]


def test_nothing_is_written_to_the_current_directory(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    page()
    assert list(tmp_path.iterdir()) == []


def test_every_node_has_its_place_and_the_page_does_not_move_it() -> None:
    drawing = read_data(page())["network"]
    assert isinstance(drawing, dict)
    assert drawing["options"]["physics"] is False
    for layout in drawing["layouts"]:
        places = [tuple(place) for place in layout["points"]]
        assert len(set(places)) == len(places) == 10
    legs = {(line["from"], line["to"]) for line in drawing["edges"]}
    assert len(legs) == 8  # c1 has three legs and c2 two, of which they share one; the other four have one each


def test_after_the_merger_provinces_stand_together() -> None:
    data = read_data(page())
    before, after = data["network"]["layouts"]  # type: ignore[index]
    names = [entry["id"] for entry in data["provinces"]]  # type: ignore[attr-defined]
    assert {names[box["home"]] for box in before["boxes"]} - {names[box["home"]] for box in after["boxes"]} == {
        "place:ninh-binh",
        "place:ha-nam",
    }
    assert "place:ninh-binh-2025" in {names[box["home"]] for box in after["boxes"]}


def test_status_is_told_by_the_line_type_by_the_shape_and_scope_by_the_colour() -> None:
    data = read_data(page())
    drawing, systems = data["network"], data["systems"]
    assert isinstance(drawing, dict)
    assert isinstance(systems, list)
    assert drawing["lines"]["planned"]["dashes"]
    assert not drawing["lines"]["operational"]["dashes"]
    assert len({str(line["dashes"]) for line in drawing["lines"].values()}) == len(drawing["lines"])
    nodes = {systems[node["id"]]["id"]: node for node in drawing["nodes"] if isinstance(node["id"], int)}
    assert (nodes["sys:ndxp"]["shape"], nodes["sys:ndxp"]["group"]) == ("hexagon", "national")
    assert (nodes["sys:csdl-ho-tich"]["shape"], nodes["sys:csdl-ho-tich"]["group"]) == ("diamond", "ministry")
    assert nodes["sys:dien-bien-lgsp"]["group"] == "province hollow"


def test_a_province_page_shows_its_systems_and_what_they_connect_to() -> None:
    data = read_data(page(view="province", about=(f"{PLACE}ninh-binh",)))
    ids = {entry["id"].removeprefix("sys:") for entry in data["systems"]}  # type: ignore[attr-defined]
    assert ids == {"ninh-binh-lgsp", "ninh-binh-cong-dvc", "ndxp", "cong-dvcqg", "csdl-ho-tich"}
    assert data["title"] == ["Các hệ thống và kết nối: Ninh Bình", "Systems and connections: Ninh Binh"]


def test_a_system_page_shows_the_connections_it_takes_part_in() -> None:
    data = read_data(page(view="system", about=(f"{SYS}cong-dvcqg",)))
    assert {entry["id"] for entry in data["connections"]} == {"conn:c1", "conn:c6"}  # type: ignore[attr-defined]


def test_an_impact_page_shows_who_is_hit_and_the_connections_between_them() -> None:
    store = store_of()
    read = links(store)
    everyone = impact(asked(read, "all"), f"{SYS}ndxp").rows
    reached = {iri for row in everyone for iri in row["connection_id"]}
    chosen = choose(read, "impact", (f"{SYS}ndxp",), reached=reached)
    assert {row["system_id"] for row in everyone} <= set(chosen.systems)
    assert {edge.id for edge, _ in chosen.edges} == {f"{CONN}c{n}" for n in (1, 2, 3, 5)}
    again = impact(asked(replace(read, edges=type(read.edges)({e.id: e for e, _ in chosen.edges}))), f"{SYS}ndxp").rows
    once = impact(asked(read), f"{SYS}ndxp").rows
    assert [(row["system_id"], row["hop"]) for row in again] == [(row["system_id"], row["hop"]) for row in once]
    data = read_data(render(chosen, lambda claims: {}, units="2025", as_of="2022"))
    assert data["systems"][data["failed"]]["id"] == "sys:ndxp"  # type: ignore[index]
    assert (data["units"], data["until"]) == ("2025", "2022~")


def test_an_impact_page_of_a_system_that_nobody_needs_shows_it_alone() -> None:
    chosen = choose(links(store_of()), "impact", (f"{SYS}khanh-hoa-csdl",))
    assert chosen.systems == (f"{SYS}khanh-hoa-csdl",)
    assert chosen.edges == ()


def test_a_page_says_of_which_provinces_there_is_no_evidence() -> None:
    told = read_data(page())["silences"]
    assert isinstance(told, dict)
    assert told["2024"]["provinces"] == []
    country = 'place:hue a vne:AdministrativeUnit ; skos:prefLabel "Huế"@vi ; rdfs:label "Hue"@en ; dcterms:isPartOf place:vn .\n'
    told = read_data(page(NATION + country))["silences"]
    assert isinstance(told, dict)
    assert [told[units]["provinces"] for units in ("2024", "2025")] == [[["Huế", "Hue"]]] * 2
    assert told["2024"]["sentences"][0][1] == "No evidence on 1 of 6 provinces."
    assert told["2025"]["sentences"][0][1] == "No evidence on 1 of 5 provinces."


def test_a_province_before_the_merger_is_not_silent_where_the_one_after_it_is_spoken_of() -> None:
    new = system("ninh-binh-2025-lgsp", "LGSP tỉnh Ninh Bình", "IntegrationPlatform", "ninh-binh-2025")
    told = read_data(page(TERMS + new))["silences"]
    assert isinstance(told, dict)
    assert {name[0] for name in told["2024"]["provinces"]} == {"Khánh Hòa", "Điện Biên", "Quảng Ninh"}


def test_a_page_names_documents_read_and_dates_covered() -> None:
    notes = read_data(page())["notes"]
    assert isinstance(notes, list)
    assert any("5 documents read" in note[1] and "2022-04-01" in note[1] for note in notes)
    assert any("2020 to 2022-03" in note[1] for note in notes)


def test_a_page_that_is_cut_says_so() -> None:
    store = store_of()
    chosen = choose(links(store), limit=4)
    assert len(chosen.systems) == 4
    assert f"{SYS}ndxp" in chosen.systems
    assert all(set(edge.path) <= set(chosen.systems) for edge, _ in chosen.edges)
    notes = read_data(render(chosen, lambda claims: {}))["notes"]
    assert any("4 of 10 systems" in note[1] for note in notes)  # type: ignore[attr-defined]


def test_a_view_that_there_is_not_is_a_usage_error() -> None:
    read = links(store_of())
    with pytest.raises(UsageError):
        choose(read, "galaxy")
    with pytest.raises(UsageError):
        choose(read, "province")


def test_an_empty_graph_gives_a_page_too() -> None:
    assert read_data(page(""))["systems"] == []


def test_pages_are_named_by_what_they_show() -> None:
    read = links(store_of())
    assert page_name(choose(read)) == "index.html"
    assert page_name(choose(read, "province", (f"{PLACE}khanh-hoa",))) == "province-khanh-hoa.html"
    assert page_name(choose(read, "system", (f"{SYS}../../x",))) == "system-x.html"


def test_a_page_that_cannot_be_written_is_an_output_error(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("x", encoding="utf-8")
    with pytest.raises(OutputError):
        write_page("x", tmp_path / "file" / "index.html")


def test_json_for_a_script_element_reads_back_as_it_was() -> None:
    for text in (*HOSTILE, "\ud800 lone"):
        assert json.loads(script_json({"k": text})) == {"k": text}
        script_json(text).encode("utf-8")
