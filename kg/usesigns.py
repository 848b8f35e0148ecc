"""What there is to see of one who may use a system: who it is, what stands around, what lies between the two."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from kg.ranker import Signs
from kg.users import Token

_LETTERS = re.compile(r"[^\W\d_]+")
_SQUEEZED = re.compile(r"x+")
_CLOSE = 6
"""Words within which a user's own verb stands."""
_REACH = 7
"""Words within which the next verb is looked for."""
VERBS, USERS = "uV", "AaGOP"
"""Tags of verbs, and of whoever may use a system."""
MANY = 4
"""So many systems or users of a sentence, and more, are the same to the model."""
_LISTED = 12
"""Users of a list that are looked over to either side."""
_SHORT = 14
"""Tags of a way between the two that is told tag by tag."""


def of_row(systems: int, users: int) -> Signs:
    """Signs of a sentence that names so many systems and users, `MANY` for more."""
    return {"systems": [str(systems)], "users": [str(users)]}


def of_user(row: Sequence[Token], at: int, low: str) -> dict[str, list[str | None]]:
    """Signs of the user at place `at` of a sentence; `low` is the text that offsets count in."""
    user = row[at]
    noun = _LETTERS.findall(low[user.start : user.end])
    before, two_before = _word(row, at - 1), _word(row, at - 2)
    behind, two_behind = _word(row, at + 1), _word(row, at + 2)
    signs: dict[str, list[str | None]] = {
        "tag": [user.tag],
        "noun": [" ".join(noun[:1])],
        "two-nouns": [" ".join(noun[:2])],
        "before": [before],
        "two-before": [f"{two_before} {before}"],
        "behind": [behind],
        "two-behind": [f"{behind} {two_behind}"],
    }
    if verb := _verb(row[at + 1 : at + 1 + _REACH]):
        signs["next-verb"] = [verb.word]
        signs["doing"] = [f"{user.tag} {verb.tag}"]
    if verb := _verb(row[max(0, at - 1 - _REACH) : at][::-1]):
        signs["verb-before"] = [verb.word]
    first, last = _listed(row, at, -1), _listed(row, at, 1)
    if first < last:
        signs["list-before"] = [_word(row, first - 1)]
        signs["list-behind"] = [_word(row, last + 1)]
    return signs


def denied(row: Sequence[Token], user: int, system: int) -> bool:
    """Whether what the user at a place does, up to the verb, is denied, or what lies between it and a system behind it."""
    ahead = row[user + 1 : user + _CLOSE]
    verb = user + 1 + next((n for n, token in enumerate(ahead) if token.tag in VERBS), len(ahead))
    return any(token.tag == "D" for token in row[user + 1 : max(system, verb)])


def of_both(row: Sequence[Token], user: int, system: int) -> Signs:
    """Signs of a user and a system of the same sentence, at these places."""
    order = "behind" if user < system else "before"
    first, last = min(user, system), max(user, system)
    between = row[first + 1 : last]
    words = [t.word for t in between if t.word]
    verbs = [t.word for t in between if t.tag in VERBS]
    tags = "".join(t.tag for t in between)
    signs: dict[str, list[str | None]] = {
        "order": [order],
        "near": [None],
        "distance": [f"{order} {min(len(tags), 12) // 2}"],
        "between": [f"{order} {word}" for word in dict.fromkeys(words)],
        "systems-between": [str(min(tags.count("S"), 3))],
        "users-between": [str(min(sum(tag in USERS for tag in tags), 3))],
        "clauses-between": [str(min(tags.count(";") + tags.count("."), 2))],
        "behind-system": [_word(row, system + 1)],
        "before-system": [_word(row, system - 1)],
    }
    if len(tags) <= _SHORT:
        signs["way"] = [f"{order} {_squeezed(tags)}"]
        signs["whose-way"] = [f"{row[user].tag} {order} {_squeezed(tags)}"]
    if verbs:
        signs["first-verb"], signs["last-verb"] = [f"{order} {verbs[0]}"], [f"{order} {verbs[-1]}"]
    else:
        signs["no-verb"] = [order]
    return signs


def from_afar(alone: Signs, where: Sequence[str], number: int, *, here: bool) -> Signs:
    """Signs of a user and a system named before its sentence.

    Args:
        alone: the signs of the user.
        where: where the system was named.
        number: of the sentence in its paragraph, from 1.
        here: whether the sentence itself names systems.

    """
    told = "+".join(sorted(where))
    signs: dict[str, Sequence[str | None]] = {
        "afar": [None],
        "named": [told],
        "named-and-here": [f"{told} {here:d}"],
        "sentence": [str(min(number, 3))],
    }
    return signs if here else signs | {f"only-{kind}": list(alone[kind]) for kind in _AROUND}


def of_type(type_: str, tag: str) -> Signs:
    """Signs of a system's type beside a user's tag."""
    return {"type": [type_], "type-and-tag": [f"{type_} {tag}"]}


def together(parts: Sequence[Signs]) -> Mapping[str, Sequence[str | None]]:
    """All signs of several parts, no kind of which is in two."""
    return {kind: list(values) for part in parts for kind, values in part.items()}


_AROUND = ("noun", "two-nouns", "before", "two-before", "behind", "two-behind")


def _word(row: Sequence[Token], at: int) -> str:
    """The word at a place, a phrase's tag; '^' and '$' beyond the ends."""
    if at < 0:
        return "^"
    return (row[at].word or row[at].tag) if at < len(row) else "$"


def _verb(row: Sequence[Token]) -> Token | None:
    return next((token for token in row if token.tag in VERBS), None)


def _listed(row: Sequence[Token], at: int, step: int) -> int:
    """Place of the last user that stands in a list with the one at a place, on from there or back, as far as it is looked over."""
    for _ in range(_LISTED):
        ahead = next((at + n for n in (2 * step, 3 * step) if 0 <= at + n < len(row) and row[at + n].tag in USERS), at)
        if not any(token.tag in ",;" for token in row[min(at, ahead) : max(at, ahead)]):
            break
        at = ahead
    return at


def _squeezed(tags: str) -> str:
    return _SQUEEZED.sub("x", tags)
