"""The pages of a build: one of everything, and one a province."""

from kg.derive import derive, ontology_quads
from kg.graph import gather
from kg.local import LocalStore
from kg.pages import write_pages
from tests import fakes


def test_a_build_has_a_page_of_everything_and_one_of_each_province_that_is_spoken_of(tmp_path):
    folder = fakes.ontology(tmp_path / "ontology").folder
    known = list(ontology_quads(folder))
    store = LocalStore.memory([*known, *gather([fakes.report()], known).quads()])
    list(derive(store, folder))
    pages = write_pages(store, tmp_path)
    assert [page.name for page in pages] == ["index.html", "province-binh-minh.html"]
    assert all(fakes.PORTAL.label in page.read_text(encoding="utf-8") for page in pages)
