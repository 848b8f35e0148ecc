"""A location becomes a store."""

import pytest

from kg.errors import StoreError
from kg.local import LocalStore
from kg.store import open_store
from kg.trig import write_trig
from tests.fakes import report


def test_a_build_folder_and_the_store_in_it_are_the_same(tmp_path):
    LocalStore.create(tmp_path / "store").finish()
    assert open_store(tmp_path).digest == open_store(str(tmp_path / "store")).digest


def test_a_file_of_rdf_is_a_store_in_memory(tmp_path):
    from kg.graph import gather

    write_trig(gather([report()]).quads(), tmp_path / "a.trig")
    store = open_store(tmp_path / "a.trig")
    assert store.location == str(tmp_path / "a.trig")
    assert store.ask("ASK { ?a a vne:Attestation }")


def test_a_file_of_another_kind_is_refused(tmp_path):
    (tmp_path / "a.txt").write_text("x", encoding="utf-8")
    with pytest.raises(StoreError, match="no graph in"):
        open_store(tmp_path / "a.txt")


@pytest.mark.parametrize("location", ["http://127.0.0.1:9/sparql", "gone", "gone/store"])
def test_a_store_that_is_not_there_is_an_error_of_its_own(tmp_path, monkeypatch, location):
    monkeypatch.chdir(tmp_path)
    with pytest.raises(StoreError) as refusal:
        open_store(location).ask("ASK {}")
    assert refusal.value.exit_code == 4
    assert refusal.value.hint
