"""Requests and headers as pure text: whatever they hold, they are read or refused."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.problems import RefusedError
from kg.protocol import FORM, GRAPHS, QUERY, ROWS, changing, matches, negotiate, operation, tag

TYPES = st.sampled_from(["", FORM, QUERY, f"{FORM};charset=utf-8", "text/plain", ";;", "application/sparql-update"])


@given(st.sampled_from(["GET", "POST"]), st.binary(max_size=60), TYPES, st.binary(max_size=60))
def test_any_request_is_read_or_refused(method: str, address: bytes, media: str, body: bytes) -> None:
    try:
        asked = operation(method, address, media, body)
    except RefusedError as error:
        status = error.status
    else:
        status = 200
        assert (asked is None) == (method == "GET" and not address)
    assert status in {200, 400, 415}


@given(st.text(alphabet="text/csv*;q=01.5, xml+", max_size=40))
def test_any_accept_header_is_met_or_refused(accept: str) -> None:
    try:
        media, status = negotiate(accept, ROWS), 200
    except RefusedError as error:
        media, status = error.choices[0], error.status
    assert media in ROWS
    assert status in {200, 406}


def test_too_many_parameters_are_refused() -> None:
    with pytest.raises(RefusedError) as caught:
        operation("GET", b"&".join([b"x=1"] * 2000))
    assert caught.value.status == 400


def test_a_graph_named_twice_is_one() -> None:
    asked = operation(
        "GET", b"query=ASK%7B%7D&default-graph-uri=http%3A%2F%2Fx%2Fy&default-graph-uri=http%3A%2F%2Fx%2Fy"
    )
    assert asked is not None
    assert asked.dataset == (("http://x/y",), ())


@pytest.mark.parametrize(
    ("accept", "media"),
    [
        ("", "text/turtle"),
        ("application/n-quads, application/trig", "application/n-quads"),
        ("application/*", "application/n-triples"),
        ("application/ld+json;profile=x;q=0.4, text/plain;q=0.3", "application/ld+json"),
        ("*/*;q=0.2, text/turtle;q=0.1", "application/n-triples"),
    ],
)
def test_the_most_specific_range_gives_a_format_its_quality(accept: str, media: str) -> None:
    assert negotiate(accept, GRAPHS) == media


def test_only_functions_change_an_answer_not_words_in_strings() -> None:
    assert changing("SELECT (now() AS ?x) {}")
    assert not changing('SELECT ("NOW" AS ?now) { ?s <x:rand> ?o } # UUID')


def test_a_tag_is_found_in_a_list_weak_or_strong() -> None:
    first, second = tag("a", 1), tag("a", 2)
    assert first != second
    assert matches(f'W/{first}, "z"', first)
    assert not matches(second, first)
    assert not matches("", first)
