"""What users call things → IRIs: systems and provinces by IRI, prefixed name, label, alias or acronym.

Diacritics, case, hyphens and punctuation are forgiven; doubt is not: several things of one name are an error that lists
them, and so is a name that nothing bears, with the nearest ones.
"""

from __future__ import annotations

import difflib
import heapq
import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass

from kg.errors import AmbiguousNameError, UnknownNameError
from kg.text import fold, normalise
from kg.vocab import compact, expand, local_name

_IRI = re.compile(r"<?[A-Za-z][A-Za-z0-9+.\-]*:\S+")
_BRACKETED = re.compile(r"^(?P<before>.+?)\s*\((?P<inside>[^()]+)\)\s*$")
_NEAREST = 5
_COMPARED = 1000
"""Names that are compared letter by letter for the nearest ones."""


@dataclass(frozen=True, slots=True)
class Named:
    """A thing with its names: the main one in each language first, then every alias."""

    id: str
    labels: tuple[str, ...]
    aliases: tuple[str, ...] = ()


def resolve(text: str, things: Iterable[Named], kind: str) -> str:
    """IRI of the one thing that `text` names.

    Tried in this order, and the first that finds anything decides: IRI or prefixed name; main label, then alias, as
    written; main label, then alias, without diacritics; local name of the IRI; label without its bracketed acronym, or
    that acronym.

    Args:
        text: What the user wrote.
        things: Everything of this kind, names included.
        kind: What is looked for, for the message: 'system', 'province'.

    Raises:
        UnknownNameError: nothing is called so; `choices` holds the nearest labels.
        AmbiguousNameError: several things are; `choices` holds each as `label <prefixed name>`.

    >>> resolve("ket noi", [Named("https://x.example/a", ("Kết nối",))], "system")
    'https://x.example/a'
    """
    return _found(text, things, kind, alike=False)[0]


def resolve_alike(text: str, things: Iterable[Named], kind: str) -> tuple[str, ...]:
    """As `resolve`, but several things of one and the same main label are no doubt: all of them are meant.

    A province and the unit that took its name after a merger are called the same.
    """
    return _found(text, things, kind, alike=True)


def _found(text: str, things: Iterable[Named], kind: str, alike: bool) -> tuple[str, ...]:
    pool = sorted(things, key=lambda thing: thing.id)
    found = matches(text, pool)
    if len(found) == 1 or (found and alike and len({thing.labels[0] for thing in found}) == 1):
        return tuple(thing.id for thing in found)
    if found:
        choices = tuple(sorted(f"{thing.labels[0]} <{compact(thing.id)}>" for thing in found))
        raise AmbiguousNameError(
            f"{len(found)} {kind}s are called {text!r}", choices, hint=f"name one of: {'; '.join(choices)}"
        )
    near = nearest(local_name(text) if iri_of(text) else text, pool)
    raise UnknownNameError(
        f"no {kind} is called {text!r}", near, hint=f"nearest: {'; '.join(near)}" if near else f"see kg list {kind}s"
    )


def matches(text: str, things: Iterable[Named]) -> tuple[Named, ...]:
    """The things that `text` may name: those of the first way of reading it that finds any, by IRI order.

    >>> matches("tinh b", [Named("https://x.example/b", ("B",), ("Tỉnh B",))])[0].labels
    ('B',)
    """
    pool = tuple(things)
    wanted = iri_of(text)
    if wanted:
        return tuple(thing for thing in pool if thing.id == wanted)
    exact, plain = _exact(text), loose(text)
    if not plain:
        return ()
    ways: tuple[Callable[[Named], bool], ...] = (
        lambda thing: exact in map(_exact, thing.labels),
        lambda thing: exact in map(_exact, thing.aliases),
        lambda thing: plain in map(loose, thing.labels),
        lambda thing: plain in map(loose, thing.aliases),
        lambda thing: plain == loose(local_name(thing.id)),
        lambda thing: plain in map(loose, _split(thing.labels)),
    )
    for named_so in ways:
        found = tuple(thing for thing in pool if named_so(thing))
        if found:
            return found
    return ()


def loose(name: str) -> str:
    """`name` as it is compared where diacritics, case, hyphens and punctuation are forgiven.

    >>> loose("Cổng DVC - tỉnh")
    'cong dvc tinh'
    """
    return " ".join(re.findall(r"\w+", fold(name).replace("_", " ")))


def spellings(thing: Named) -> tuple[str, ...]:
    """Loose spellings of every name under which `matches` finds `thing`, sorted: an index of them loses nothing."""
    names = (*thing.labels, *thing.aliases, local_name(thing.id), *_split(thing.labels))
    return tuple(sorted({loose(name) for name in names} - {""}))


def nearest(text: str, things: Iterable[Named]) -> tuple[str, ...]:
    """Labels of the things whose names look most like `text`, the likest first, at most five."""
    names: dict[str, str] = {}
    for thing in things:
        for name in (*thing.labels, *thing.aliases):
            names.setdefault(loose(name), thing.labels[0])
    plain = loose(text)
    holding = sorted((name for name in names if plain and plain in name), key=lambda name: (len(name), name))
    alike = difflib.get_close_matches(plain, _likely(plain, sorted(names)), n=_NEAREST, cutoff=0.5)
    return tuple(dict.fromkeys(names[name] for name in (*holding[:_NEAREST], *alike)))[:_NEAREST]


def _likely(plain: str, names: list[str]) -> list[str]:
    """Of many names those that share most runs of three letters: to compare all of a nation's takes seconds."""
    if len(names) <= _COMPARED:
        return names
    wanted = _runs(plain)

    def shared(name: str) -> float:
        runs = _runs(name)
        return -2 * len(runs & wanted) / (len(runs) + len(wanted))

    return sorted(heapq.nsmallest(_COMPARED, names, key=lambda name: (shared(name), name)))


def _runs(name: str) -> set[str]:
    padded = f" {name} "
    return {padded[at : at + 3] for at in range(len(padded) - 2)}


def iri_of(text: str) -> str | None:
    """The IRI that `text` spells, None where it is a name."""
    stripped = text.strip()
    if not _IRI.fullmatch(stripped):
        return None
    try:
        return expand(stripped)
    except UnknownNameError:
        return None


def _exact(name: str) -> str:
    return " ".join(normalise(name).low.split())


def _split(labels: Iterable[str]) -> Iterator[str]:
    """'Name' and 'N' of every label 'Name (N)'."""
    for label in labels:
        match = _BRACKETED.match(label)
        if match:
            yield from match.groups()
