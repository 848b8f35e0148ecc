"""How long a page takes from navigation to a drawing that stands and answers, beside plain pyvis on the same graph.

Taken in headless Chromium without network: the page's own clock, from the start of the navigation to the frame after the
drawing is complete and all handlers are bound; the best of several runs. Plain pyvis (`in_line`, the one mode that draws
without network) is ready when vis-network has stabilised its layout; it is given up after `PATIENCE` seconds.
"""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Iterator
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from benchmarks.lab import Lab, LackingError, Row, kept
from benchmarks.nation import nation, words
from kg.fetch import evidence, links
from kg.html import render
from kg.links import Links
from kg.store import open_store
from kg.view import choose

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Playwright

TITLE = "Pages: navigation to interactive, in Chromium"
RUNS, PATIENCE = 3, 60.0
BOUNDS = {"demo": 0.8, "500": 1.0, "2000": 2.0, "10000": 4.5}
"""Seconds."""
DEMO_SIZE = 1.5
"""Megabytes that the national page of the demo may have."""
_READY = """
  new MutationObserver((_, watch) => {
    if (!document.body || !document.body.dataset.ready) return;
    watch.disconnect();
    requestAnimationFrame(() => setTimeout(() => { document.readyAt = performance.now(); }));
  }).observe(document, { subtree: true, childList: true, attributes: true, attributeFilter: ["data-ready"] });
"""
_STABLE = (
    "<script>network.once('stabilizationIterationsDone', () => { document.readyAt = performance.now(); });</script>"
)


def rows(lab: Lab) -> Iterator[Row]:
    """A row a graph: as it opens, and with all systems drawn."""
    from playwright.sync_api import sync_playwright

    program = next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None)
    if program is None:
        raise LackingError("Chromium is not installed: make tools")
    with tempfile.TemporaryDirectory() as place, sync_playwright() as playwright:
        folder = Path(place)
        for name, bound in BOUNDS.items():
            known, text = _page(name, lab)
            page = folder / f"{name}.html"
            page.write_text(text, encoding="utf-8")
            peer = _pyvis(playwright, program, known, folder)
            what = (
                f"{name}: {len(known.systems):,} systems, {len(known.edges):,} connections"
                if name != "demo"
                else "demo"
            )
            size = len(text.encode()) / 1e6
            against = f"plain pyvis: {f'{peer:.2f} s' if peer else f'over {PATIENCE:.0f} s'}"
            for level, fragment in (("as it opens", ""), ("all systems", "#systems")):
                if name == "10000" and fragment:
                    continue
                best = _ours(playwright, program, page.as_uri() + fragment)
                yield Row(f"{what}, {level}", f"{best:.2f} s", against, f"{bound} s", kept(best <= bound))
            if name == "demo":
                yield Row(
                    "demo, size of the file",
                    f"{size:.2f} MB",
                    "",
                    f"{DEMO_SIZE} MB",
                    kept(size <= DEMO_SIZE),
                )


def _page(name: str, lab: Lab) -> tuple[Links, str]:
    if name == "demo":
        store = open_store(lab.demo)
        known = links(store)
        return known, render(choose(known), lambda claims: evidence(store, tuple(claims)))
    known = nation(int(name))
    return known, render(choose(known), partial(words, known))


def _ours(playwright: Playwright, program: str, address: str) -> float:
    browser = _browser(playwright, program)
    times = []
    for _ in range(RUNS):
        page = browser.new_context(viewport={"width": 1280, "height": 800}, offline=True).new_page()
        page.add_init_script(_READY)
        page.goto(address)
        times.append(page.wait_for_function("() => document.readyAt").json_value() / 1000)
        page.context.close()
    browser.close()
    return min(times)


def _pyvis(playwright: Playwright, program: str, known: Links, folder: Path) -> float | None:
    """Seconds that plain pyvis takes for the systems and legs of the same graph; None where it takes too long."""
    from playwright.sync_api import Error
    from pyvis.network import Network

    view = choose(known)
    net = Network(directed=True, cdn_resources="in_line")
    drawn = set(view.systems)
    net.get_nodes = lambda: drawn
    for iri in view.systems:
        net.add_node(iri, label=known.label(iri))
    for one, other in sorted({leg for edge, _ in view.edges for leg in zip(edge.path, edge.path[1:])}):
        net.add_edge(one, other)
    path = folder / "pyvis.html"
    path.write_text(net.generate_html().replace("</body>", f"{_STABLE}</body>"), encoding="utf-8")
    browser = _browser(playwright, program)
    try:
        page = browser.new_context(viewport={"width": 1280, "height": 800}, offline=True).new_page()
        page.goto(path.as_uri(), timeout=PATIENCE * 1000, wait_until="commit")
        found = page.wait_for_function("() => document.readyAt", timeout=PATIENCE * 1000).json_value()
        return float(found) / 1000
    except Error:
        return None
    finally:
        browser.close()


def _browser(playwright: Playwright, program: str) -> Browser:
    return playwright.chromium.launch(executable_path=program, args=["--no-sandbox"])
