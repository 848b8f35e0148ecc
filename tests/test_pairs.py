"""Which pairs of systems the model weighs, and what it sees of each: words and tags, never names."""

from __future__ import annotations

import os
import subprocess
import sys

import pytest

from kg.entity import Entity
from kg.pairs import REACH, Pair, lead_pairs, pairs
from kg.ranker import Ranker, features
from kg.sights import View
from kg.stream import Chunk, Stream
from tests.conftest import PROJECT
from tests.reading import heard

HOME = {"province": "Cao Bằng", "date": "2024-06-15"}


def stream(tags: str) -> Stream:
    """A sentence of `tags`, each S a system of its own: the first 's0', the next 's1'."""
    row = []
    for place, tag in enumerate(tags):
        refs = (f"s{tags[:place].count('S')}",) if tag == "S" else ()
        row.append(Chunk(place, place + 1, tag, f"w{place}", refs))
    return Stream(tuple(row), tags, ())


def ends(found: list[Pair]) -> list[tuple[str, str, str]]:
    return [(pair.source[0], pair.target[0], pair.how) for pair in found]


def test_each_two_systems_of_a_sentence_are_a_pair_in_the_order_of_the_words() -> None:
    found = list(pairs(stream("SuCWSxS"), ()))
    assert ends(found) == [("s0", "s1", "here"), ("s0", "s2", "here"), ("s1", "s2", "here")]
    assert [(pair.first, pair.last) for pair in found] == [(0, 4), (0, 6), (4, 6)]


@pytest.mark.parametrize("tags", ["", "xuC.", "SuCWx"])
def test_a_sentence_of_fewer_than_two_systems_has_no_pair_of_its_own(tags: str) -> None:
    assert list(pairs(stream(tags), ())) == []


def test_systems_too_far_apart_are_no_pair() -> None:
    found = ends(list(pairs(stream("S," * (REACH + 2)), ())))
    assert ("s0", f"s{REACH}", "here") in found
    assert ("s0", f"s{REACH + 1}", "here") not in found


def test_what_sentences_before_spoke_of_may_be_a_source_once() -> None:
    earlier = (("topic", ("a",)), ("subject", ("b",)), ("first", ("a",)), ("last", ()))
    assert ends(list(pairs(stream("uCWS"), earlier))) == [("a", "s0", "topic"), ("b", "s0", "subject")]


def test_a_system_is_no_pair_with_itself() -> None:
    twice = Stream((Chunk(0, 1, "S", "a", ("s",)), Chunk(1, 2, "S", "b", ("s",))), "SS", ())
    assert list(pairs(twice, (("topic", ("s",)),))) == []


def test_an_item_pairs_with_the_systems_of_the_line_above() -> None:
    found = list(lead_pairs(stream("SC:"), stream("xS;")))
    assert ends(found) == []  # the same 's0' on either side
    other = Stream((Chunk(5, 6, "S", "b", ("b",)),), "S", ())
    (pair,) = lead_pairs(stream("SC:"), other)
    assert (pair.source, pair.target, pair.first, pair.last, pair.how) == (("s0",), ("b",), 0, 3, "lead")


# -- features --------------------------------------------------------------------------------------------------------

PLAIN = "{a} vẫn gửi bảng kê sang {b}."
RENAMED = [
    ("Phần mềm quản lý bến xe", "Hệ thống quản lý thu phí"),
    ("Phần mềm quản lý rừng", "Hệ thống quản lý thuốc"),
]


def seen(text: str) -> list[frozenset[str]]:
    """Features of each pair of `text`."""
    return [one.features for sentence in heard(text, **HOME) for one in sentence.pairs]


def test_features_know_the_words_between_and_no_name() -> None:
    (first,), (second,) = (seen(PLAIN.format(a=a, b=b)) for a, b in RENAMED)
    assert first == second
    assert {"word=bảng", "words=bảng kê", "how=here", "near=I"} <= first
    assert not [name for name in first if "bến" in name or "phí" in name]


def test_another_word_between_is_another_feature() -> None:
    a, b = RENAMED[0]
    (one,) = seen(PLAIN.format(a=a, b=b))
    (other,) = seen(PLAIN.format(a=a, b=b).replace("bảng kê", "giấy mời"))
    assert "word=giấy" in other - one
    assert "word=bảng" in one - other


def test_features_know_order_types_and_levels() -> None:
    (one,) = seen("Cổng dữ liệu mở của tỉnh nhìn thấy cả Cơ sở dữ liệu quốc gia về dân cư.")
    assert {"types=OpenDataPortal>Database", "levels=province>national"} <= one
    (other,) = seen("Cơ sở dữ liệu quốc gia về dân cư nhìn thấy cả Cổng dữ liệu mở của tỉnh.")
    assert {"types=Database>OpenDataPortal", "levels=national>province"} <= other


def test_features_know_what_rules_read_but_for_the_pair_itself() -> None:
    text = "Phần mềm quản lý bến xe đã kết nối với Cổng dữ liệu mở, còn Hệ thống quản lý thu phí."
    (sentence,) = heard(text, **HOME)
    by_ends = {(one.pair.first, one.pair.last): one.features for one in sentence.pairs}
    systems = [place for place, tag in enumerate(sentence.stream.tags) if tag == "S"]
    assert len(systems) == 3
    assert "links=0" in by_ends[systems[0], systems[1]]
    assert {"links=1", "source-linked"} <= by_ends[systems[1], systems[2]]
    assert {"links=1", "source-links-on"} <= by_ends[systems[0], systems[2]]


def test_a_list_on_either_side_is_told() -> None:
    within, one = seen("Phần mềm quản lý bến xe, Hệ thống quản lý thu phí đều thuộc nhóm nhìn thấy Cổng dữ liệu mở.")
    assert "how=within" in within
    assert "sources" in one
    assert "targets" not in one


@pytest.mark.parametrize("tags", ["SS", "S|S", "SCS", "xSxS", "(S):S,", f"S{'x' * 40}S"])
def test_every_shape_of_sentence_has_features(tags: str) -> None:
    entities = {name: Entity(name, name, "Database", "", "", "province", None, None) for name in ("s0", "s1")}
    (pair,) = pairs(stream(tags), ())
    view = View(stream(tags), entities, Ranker({}, 0.0, 0.5))
    seen = [name for part in (*view.parts(pair, ()), view.wording(pair)) for name in features(part.signs)]
    assert {"how=here", "same-type", "named=2"} <= {*seen}
    assert len(seen) == len({*seen})


SHOW = """
from tests.reading import heard
for text in {texts}:
    for sentence in heard(text, province="Cao Bằng"):
        for one in sentence.pairs:
            print(one.pair, one.probability, sorted(one.features))
"""


def test_pairs_features_and_probabilities_do_not_depend_on_the_order_of_sets_in_memory() -> None:
    """Python shuffles sets anew in every process."""
    texts = [PLAIN.format(a=a, b=b) + f" Còn {b} thì đi với {a}, Cổng dữ liệu mở và LGSP của tỉnh." for a, b in RENAMED]
    printed = []
    for seed in ("1", "2"):
        done = subprocess.run(
            [sys.executable, "-c", SHOW.format(texts=texts)],
            cwd=PROJECT,
            env={**os.environ, "PYTHONHASHSEED": seed, "PYTHONUTF8": "1"},
            capture_output=True,
            encoding="utf-8",
            check=True,
        )
        printed.append(done.stdout)
    assert printed[0].count("Pair(") >= 4
    assert printed[0] == printed[1]
