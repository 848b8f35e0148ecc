"""SPARQL text before it is run: its tokens, what is refused, and where it does not parse.

A store of ours never calls another one. The engine would (SERVICE), so the text is cut into tokens first and refused when
the keyword is among them, or when it cannot be told for sure that it is not.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from urllib.parse import urljoin

from kg.errors import QuerySyntaxError
from kg.vocab import PREFIXES

_TOKEN = re.compile(
    r"""(?P<blank>[\x20\t\r\n]+|\#[^\r\n]*)
      |(?P<iri><[^<>"{}|^`\\\x00-\x20]*>)
      |(?P<string>'{3}(?:'{0,2}(?:[^'\\]|\\.))*'{3}|"{3}(?:"{0,2}(?:[^"\\]|\\.))*"{3}
                 |'(?:[^'\\\r\n]|\\.)*'|"(?:[^"\\\r\n]|\\.)*")
      |(?P<variable>[?$]\w+)
      |(?P<language>@[A-Za-z]+(?:-[A-Za-z0-9]+)*)
      |(?P<blank_node>_:\w(?:[\w.\-]*[\w\-])?)
      |(?P<name>(?:[^\W\d_](?:[\w.\-]*[\w\-])?)?:(?:(?:[\w:]|%[0-9A-Fa-f]{2}|\\[^\w\s])(?:(?:[\w:.\-]|%[0-9A-Fa-f]{2}|\\[^\w\s])*(?:[\w:\-]|%[0-9A-Fa-f]{2}|\\[^\w\s]))?)?)
      |(?P<word>[^\W\d]\w*)
      |(?P<number>\d+(?:\.\d+)?(?:[eE][+-]?\d+)?|\.\d+(?:[eE][+-]?\d+)?)
      |(?P<sign>.)""",
    re.VERBOSE | re.DOTALL,
)
# An IRI with `://` cannot be read as "less than …": two slashes stand nowhere else. One made of these plain characters
# alone hides nothing either way. All others might be an operator and what follows a comment or a string.
_PLAIN_IRI = re.compile(r"<(?:[A-Za-z][A-Za-z0-9+.\-]*://.*|[A-Za-z0-9_:/.%\-]*)>", re.DOTALL)
_ESCAPE = re.compile(r"\\(?:u([0-9A-Fa-f]{4})|U([0-9A-Fa-f]{8}))")
_ABSOLUTE = re.compile("<[A-Za-z][A-Za-z0-9+.-]*:")
_PLACE = re.compile(r"error at (\d+):(\d+): (.*)", re.DOTALL)
_LONGEST_REASON = 60
_REFUSED = re.compile("service", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Token:
    """A piece of a query: what kind of thing it is, its text, and where it begins."""

    kind: str
    """iri, string, variable, language, blank_node, name (prefixed), word, number or sign."""
    text: str
    start: int


def tokens(query: str) -> Iterator[Token]:
    """The tokens of `query`, without blanks and comments.

    >>> [token.text for token in tokens("ASK { ?s a <x:y> } # why")]
    ['ASK', '{', '?s', 'a', '<x:y>', '}']
    """
    for match in _TOKEN.finditer(query):
        kind = match.lastgroup or ""
        if kind != "blank":
            yield Token(kind, match[0], match.start())


def check(query: str) -> None:
    """Refuse a query that would, or might, call another endpoint.

    Raises:
        QuerySyntaxError: SERVICE is used, or the text is built so that it cannot be told.

    """
    plain = _unescaped(query)
    if not _REFUSED.search(plain):
        return
    found = list(tokens(plain))
    call = next((token for token in found if token.kind == "word" and token.text.upper() == "SERVICE"), None)
    if call:
        raise _refusal("SERVICE is refused: kg asks no other endpoint", plain, call.start)
    for token in found:
        doubtful = token.kind == "iri" and not _PLAIN_IRI.fullmatch(token.text)
        if doubtful or (token.kind == "sign" and token.text in "'\""):
            raise _refusal("cannot tell whether this calls another endpoint: write IRIs with ://", plain, token.start)


def datasets(query: str, base: str | None = None) -> tuple[tuple[str, ...], tuple[str, ...]] | None:
    """IRIs of the graphs that `query` names with FROM and with FROM NAMED; None where that cannot be told.

    Relative IRIs are relative to what BASE says, else to `base`.

    >>> datasets("PREFIX x: <http://x/> SELECT * FROM x:a FROM <http://x/b> FROM NAMED x:c { ?s ?p ?o }")
    (('http://x/a', 'http://x/b'), ('http://x/c',))
    """
    if "from" not in query.lower():
        return (), ()
    found: dict[str, list[str]] = {"FROM": [], "NAMED": []}
    prefixes, depth, before = dict(PREFIXES), 0, ("", "")
    for token in tokens(_unescaped(query)):
        word = token.text.upper() if token.kind == "word" else ""
        depth += {"{": 1, "}": -1}.get(token.text, 0) if token.kind == "sign" else 0
        if token.kind == "iri" and before[0] == "PREFIX":
            prefixes[before[1]] = urljoin(base or "", token.text[1:-1])
        elif token.kind == "iri" and before[0] == "BASE":
            base = urljoin(base or "", token.text[1:-1])
        elif depth == 0 and before[0] in found and token.kind in {"iri", "name"}:
            iri = _resolved(token, prefixes, base)
            if iri is None:
                return None
            found[before[0]].append(iri)
        if token.kind == "name" and before == ("PREFIX", ""):
            before = ("PREFIX", token.text.removesuffix(":"))
        else:
            before = (word, "")
    return tuple(dict.fromkeys(found["FROM"])), tuple(dict.fromkeys(found["NAMED"]))


def undeclared(query: str) -> list[str]:
    """The prefixes of `kg.vocab` that `query` uses and does not declare itself, sorted.

    >>> undeclared("PREFIX st: <http://x/> ASK { ?s vne:status st:a }")
    ['vne']
    """
    used: set[str] = set()
    declared: set[str] = set()
    before = ""
    for token in tokens(query):
        if token.kind == "name":
            (declared if before == "PREFIX" else used).add(token.text.partition(":")[0])
        before = token.text.upper() if token.kind == "word" else ""
    return sorted((used - declared) & PREFIXES.keys())


def _resolved(token: Token, prefixes: Mapping[str, str], base: str | None) -> str | None:
    """The absolute IRI that a token stands for."""
    if token.kind == "iri":
        full = urljoin(base or "", token.text[1:-1])
        return full if _ABSOLUTE.match(f"<{full}") else None
    prefix, _, local = token.text.partition(":")
    iri = prefixes.get(prefix)
    return None if iri is None or not _ABSOLUTE.match(f"<{iri}") else iri + re.sub(r"\\(.)", r"\1", local)


def syntax_error(query: str, problem: SyntaxError) -> QuerySyntaxError:
    """The error that shows the line of `query` at which the engine stopped, with a caret under the place."""
    message = problem.msg or str(problem)
    match = _PLACE.match(message)
    if not match:
        return QuerySyntaxError(f"the query does not parse: {message}")
    line, column = int(match[1]), int(match[2])
    text = query.splitlines(keepends=True)
    start = sum(map(len, text[: line - 1])) + column - 1
    # Of a long list of what might stand there nothing is learnt.
    expected = f" ({match[3]})" if len(match[3]) <= _LONGEST_REASON else ""
    return _refusal(f"the query does not parse{expected}", query, start)


def _refusal(message: str, query: str, start: int) -> QuerySyntaxError:
    """An error at `start`; the hint shows the line with a caret under the place."""
    begin = max(query.rfind("\n", 0, start), query.rfind("\r", 0, start)) + 1
    end = min((place for place in (query.find("\n", start), query.find("\r", start)) if place >= 0), default=len(query))
    line = query[begin:end]
    # A tab stays a tab so that the caret stands under the same character.
    blanks = "".join("\t" if letter == "\t" else " " for letter in line[: start - begin])
    place = f"line {query.count(chr(10), 0, begin) + 1}, column {start - begin + 1}"
    return QuerySyntaxError(f"{message} at {place}", hint=f"{line}\n{blanks}^")


def _unescaped(query: str) -> str:
    """`query` with code point escapes resolved: the language allows them anywhere, in keywords too."""

    def letter(match: re.Match[str]) -> str:
        number = int(match[1] or match[2], 16)
        return chr(number) if number <= 0x10FFFF else "\N{REPLACEMENT CHARACTER}"

    return _ESCAPE.sub(letter, query)
