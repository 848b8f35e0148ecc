"""What earlier sentences leave in mind for a sentence that names less than it speaks of."""

from __future__ import annotations

from kg.memory import Memory
from kg.stream import Chunk, Discourse, Stream


def _stream(*refs: str) -> Stream:
    chunks = tuple(Chunk(at, at + 1, "S", ref, (ref,), None, False, "") for at, ref in enumerate(refs))
    return Stream(chunks, "S" * len(chunks), ())


def test_the_first_of_the_paragraph_and_what_keeps_coming_back_stay_in_mind() -> None:
    memory, discourse = Memory(), Discourse()
    for refs in (("a", "b"), ("c",), ("a",), ("a", "d")):
        memory.enter(1)
        memory.note(_stream(*refs), discourse, [])
    roles = dict(memory.sources(discourse))
    assert roles["opening"] == ("a",)
    assert roles["hub"] == ("a",)
    assert (roles["first"], roles["last"]) == (("a",), ("d",))
    assert (roles["older-first"], roles["older-last"]) == (("a",), ("a",))


def test_a_new_paragraph_begins_with_its_own_first_name() -> None:
    memory, discourse = Memory(), Discourse()
    memory.enter(1)
    memory.note(_stream("a"), discourse, [])
    memory.enter(2)
    assert dict(memory.sources(discourse))["opening"] == ()


def test_how_long_ago_and_how_often_a_system_was_named() -> None:
    memory, discourse = Memory(), Discourse()
    for refs in (("a",), ("a",), ("b",)):
        memory.enter(1)
        memory.note(_stream(*refs), discourse, [])
    memory.enter(1)
    assert memory.signs(("a",)) == ("times=2", "gap=2", "links=0", "role=")
    assert memory.signs(("b",)) == ("times=1", "gap=1", "links=0", "role=")
