"""What is done to a store once it holds everything."""

from pathlib import Path

from kg.cached import NAME
from kg.completion import complete
from kg.local import LocalStore
from tests.test_local import TWICE


def test_a_store_that_is_complete_can_be_asked_before_and_after_it_is_closed(tmp_path: Path) -> None:
    told: list[str] = []
    with LocalStore.create(tmp_path / "store") as store:
        store.fill(TWICE)
        complete(store, tmp_path, "0" * 64, told.append)
        assert store.ask("ASK { ?s ?p ?o }")
    assert LocalStore.open(tmp_path).ask("ASK { ?s ?p ?o }")
    assert told == ["compact", "connections"]
    assert (tmp_path / NAME).is_file()
