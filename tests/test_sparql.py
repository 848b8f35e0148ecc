"""SPARQL text: what is refused before the engine sees it, and where it breaks."""

import pytest

from kg.errors import QuerySyntaxError
from kg.local import LocalStore
from kg.sparql import check, tokens

CALLS = [
    "SELECT * { SERVICE <http://127.0.0.1:9/> { ?s ?p ?o } }",
    "SELECT * { service silent <http://127.0.0.1:9/> { ?s ?p ?o } }",
    "SELECT * { ?s ?p ?o .SERVICE?s{ ?a ?b ?c } }",
    "SELECT * { ?s ?p 'x'#'\nSERVICE <http://127.0.0.1:9/> { ?a ?b ?c } }",
    'SELECT * { ?s ?p """ " """ SERVICE <http://127.0.0.1:9/> { ?a ?b ?c } }',
    "SELECT * { \\u0053ERVICE <http://127.0.0.1:9/> { ?s ?p ?o } }",
    "PREFIX e: <http://e/> SELECT * { BIND(1 AS ?a) FILTER(?a<e:b#>'''\n)SERVICE ?x { ?s ?p ?o } #'''\n}",
    "PREFIX e: <http://e/> SELECT * { FILTER(?a<?b)SERVICE ?x#>\n{ ?s ?p ?o } }",
    "SELECT * { ?s ?p 'a\\\\' SERVICE <http://127.0.0.1:9/> { ?s ?p ?o } }",
    "SELECT * { { SELECT * { SERVICE <http://127.0.0.1:9/> { ?s ?p ?o } } } }",
    "ASK { FILTER NOT EXISTS { SERVICE <http://127.0.0.1:9/> { ?s ?p ?o } } }",
    "SELECT * { ?s ?p 'service ",
]

FREE = [
    "SELECT ?service { ?service a vne:System }",
    "SELECT * { ?s ?p 'SERVICE' , \"a SERVICE b\" , '''SERVICE <x> {}''' } # SERVICE <http://x/> {}",
    "SELECT * { ?s <http://example.org/service#SERVICE> ?o ; ex:service ex:a.service }".replace("ex:", "sys:"),
    "SELECT * { ?s ?p 'x'@service FILTER(1 < 2 && 3 > 2) }",
    'SELECT * { ?s ?p """a \\""" SERVICE""" }',
]


@pytest.mark.parametrize("query", CALLS)
def test_no_query_reaches_another_endpoint(query):
    with pytest.raises(QuerySyntaxError):
        check(query)


@pytest.mark.parametrize("query", FREE)
def test_the_word_service_is_free_where_it_calls_nobody(query):
    check(query)
    LocalStore.memory().query(query)


def test_a_call_is_shown_where_it_stands():
    with pytest.raises(QuerySyntaxError, match=r"SERVICE is refused.*line 2, column 2") as refusal:
        check("SELECT * {\n\tSERVICE <http://x/> { ?s ?p ?o } }")
    assert refusal.value.hint == "\tSERVICE <http://x/> { ?s ?p ?o } }\n\t^"


def test_tokens_are_the_pieces_of_the_language():
    found = [(token.kind, token.text) for token in tokens("a:b.c . ?x$y -1.5e3 <<< _:b. 'x'@vi^^<a>")]
    assert found == [
        ("name", "a:b.c"),
        ("sign", "."),
        ("variable", "?x"),
        ("variable", "$y"),
        ("sign", "-"),
        ("number", "1.5e3"),
        ("sign", "<"),
        ("sign", "<"),
        ("sign", "<"),
        ("blank_node", "_:b"),
        ("sign", "."),
        ("string", "'x'"),
        ("language", "@vi"),
        ("sign", "^"),
        ("sign", "^"),
        ("iri", "<a>"),
    ]


@pytest.mark.parametrize(
    ("query", "place", "caret"),
    [
        ("SELECT *\n{ ?s xx }", "line 2", "        ^"),
        ("SELECT ?tên\r\n{ ?tên a ?loại , }", "line 2", "^"),
        ("DELETE WHERE { ?s ?p ?o }", "line 1", "^"),
        ("", "line 1", "^"),
        ("SELECT * { ?s nope:x ?o }", "", ""),
    ],
)
def test_a_query_that_does_not_parse_is_shown_with_a_caret(query, place, caret):
    with pytest.raises(QuerySyntaxError, match=f"does not parse.*{place}") as refusal:
        LocalStore.memory().query(query)
    assert "\n" not in refusal.value.message
    assert caret in refusal.value.hint
