"""Store → `Links`: one plain select a property, because a join costs more here than a dictionary does."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
from typing import TYPE_CHECKING

from kg.links import COUNTRY, Claim, Edge, Edges, Links, Paper, Place, System
from kg.model import Evidence, Span
from kg.names import Named, iri_of, loose
from kg.succession import successions
from kg.vocab import SYS, local_name

if TYPE_CHECKING:
    from kg.store import Store

_DEFAULT_RELATION = "connectsTo"


def links(store: Store) -> Links:
    """Everything that a dependency question or a page needs, read from `store`."""
    claims = _claims(store)
    edges = _edges(store, claims)
    return Links(
        systems=_systems(store, edges.values(), claims),
        edges=Edges(edges),
        claims={iri: found for iri, found in sorted(claims.items()) if iri not in edges},
        places=_places(store),
        papers=_papers(store),
        labels=_labels(store),
        aliases=_many(store, "skos:altLabel|skos:hiddenLabel|skos:notation"),
        successions=successions(store),
    )


def named_systems(links: Links, text: str | None = None) -> Iterator[Named]:
    """Every system of the graph and of the lexicon with its names, for `kg.names.resolve`; those of `text` where asked."""
    if text is not None and links.names is not None:
        known = {*links.names.get(loose(text), ()), *({iri_of(text) or text} & links.systems.keys())}
    else:
        known = set(links.systems) | {iri for iri in links.labels["vi"] if iri.startswith(SYS)}
    for iri in sorted(known):
        yield Named(iri, _main(links, iri), links.aliases.get(iri, ()))


def named_provinces(links: Links) -> Iterator[Named]:
    """Every province with its names, also with the kind of unit before them."""
    for iri, place in links.places.items():
        if links.province(iri) == iri:
            labels = _main(links, iri)
            kinds = tuple(f"{place.kind} {label}" for label in labels if place.kind)
            yield Named(iri, labels, kinds + links.aliases.get(iri, ()))


def named_types(store: Store, links: Links) -> Iterator[Named]:
    """Every class of systems with its names."""
    for row in store.select("SELECT DISTINCT ?c WHERE { ?c rdfs:subClassOf+ vne:System } ORDER BY ?c"):
        iri = row["c"] or ""
        yield Named(iri, (local_name(iri), *_main(links, iri)))


def evidence(store: Store, claims: Collection[str]) -> dict[str, tuple[Evidence, ...]]:
    """Attestation → the passages it rests on, the one that was read first at the head; of those in `claims`."""
    found: dict[str, list[Evidence]] = {}
    for batch in _batches(sorted(claims)):
        values = " ".join(f"<{iri}>" for iri in batch)
        cues = _cues(store, values)
        seen: set[str] = set()
        for row in store.select(_PASSAGES.replace("$claims", values)):
            claim, target = row["a"] or "", row["t"] or ""
            if target not in seen:
                seen.add(target)
                found.setdefault(claim, []).append(_passage(row, cues.get(target, ())))
    return {claim: tuple(passages) for claim, passages in found.items()}


_PASSAGES = """
SELECT ?a ?t ?d ?file ?quote ?start ?end ?rule ?confidence WHERE {
  VALUES ?a { $claims }
  ?a oa:hasTarget ?t .
  ?t oa:hasSource ?d ; oa:hasSelector ?words .
  ?words oa:exact ?quote .
  OPTIONAL { ?t oa:hasSelector ?place . ?place oa:start ?start ; oa:end ?end }
  OPTIONAL { ?d dcterms:identifier ?file }
  OPTIONAL { ?t vne:rule ?own } OPTIONAL { ?a vne:rule ?first } BIND(COALESCE(?own, ?first, "") AS ?rule)
  OPTIONAL { ?t vne:confidence ?c } OPTIONAL { ?a vne:confidence ?f } BIND(COALESCE(?c, ?f, 0) AS ?confidence)
} ORDER BY ?a ?t ?quote ?start ?end ?file"""

_QUOTES = """SELECT ?a ?quote WHERE { VALUES ?a { $claims } ?a oa:hasTarget ?t . ?t oa:hasSelector/oa:exact ?quote }
ORDER BY ?a ?t ?quote"""
_CUES = """
SELECT ?t ?start ?end WHERE {
  VALUES ?a { $claims }
  ?a oa:hasTarget ?t . ?t vne:cue ?c . ?c oa:start ?start ; oa:end ?end
}"""


def _passage(row: Mapping[str, str | None], cues: Iterable[Span]) -> Evidence:
    quote = row["quote"] or ""
    start = int(row["start"] or 0)
    return Evidence(
        document=row["file"] or local_name(row["d"] or ""),
        start=start,
        end=int(row["end"] or start + len(quote)),
        quote=quote,
        rule=row["rule"] or "",
        confidence=float(row["confidence"] or 0),
        cues=tuple(sorted(cues, key=lambda span: (span.start, span.end))),
    )


def _cues(store: Store, values: str) -> dict[str, set[Span]]:
    found: dict[str, set[Span]] = {}
    for row in store.select(_CUES.replace("$claims", values)):
        found.setdefault(row["t"] or "", set()).add(Span(int(row["start"] or 0), int(row["end"] or 0)))
    return found


def quotes(store: Store, claims: Collection[str]) -> dict[str, str]:
    """Attestation → the quote at its head, of those in `claims`."""
    found: dict[str, str] = {}
    for batch in _batches(sorted(claims)):
        for row in store.select(_QUOTES.replace("$claims", " ".join(f"<{iri}>" for iri in batch))):
            found.setdefault(row["a"] or "", row["quote"] or "")
    return found


def _confidence(store: Store) -> dict[str, float]:
    """Attestation → how sure its best passage is read, 0 to 1."""
    best = {iri: float(value) for iri, value in sorted(_pairs(store, "vne:confidence"))}
    for claim, sure in _pairs(store, "oa:hasTarget/vne:confidence"):
        best[claim] = max(best.get(claim, 0), float(sure))
    return best


def _main(links: Links, iri: str) -> tuple[str, ...]:
    return tuple(dict.fromkeys((links.label(iri), links.label(iri, "en"))))


def _batches(items: list[str], size: int = 500) -> Iterator[list[str]]:
    for start in range(0, len(items), size):
        yield items[start : start + size]


def _pairs(store: Store, path: str) -> Iterator[tuple[str, str]]:
    """Subject and object of every triple along `path`."""
    for row in store.select(f"SELECT ?s ?o WHERE {{ ?s {path} ?o }}"):
        yield row["s"] or "", row["o"] or ""


def _one(store: Store, path: str) -> dict[str, str]:
    """Subject → object; the least where there are several, so that the choice does not depend on the store's order."""
    found: dict[str, str] = {}
    for subject, value in _pairs(store, path):
        found[subject] = min(value, found.get(subject, value))
    return found


def _many(store: Store, path: str) -> dict[str, tuple[str, ...]]:
    """Subject → its objects, sorted."""
    found: dict[str, set[str]] = {}
    for subject, value in _pairs(store, path):
        found.setdefault(subject, set()).add(value)
    return {subject: tuple(sorted(values)) for subject, values in found.items()}


def _claims(store: Store) -> dict[str, tuple[Claim, ...]]:
    """What it speaks of → the claims, oldest first."""
    status, day, due = _one(store, "vne:status"), _one(store, "vne:asOf"), _one(store, "vne:due")
    period, document = _one(store, "dcterms:temporal"), _one(store, "oa:hasTarget/oa:hasSource")
    sure = _confidence(store)
    found: dict[str, list[Claim]] = {}
    for att, subject in _one(store, "vne:attests").items():
        if att in status:
            date = day.get(att, "")
            said = (period.get(att) or date, due.get(att, ""), document.get(att, ""), sure.get(att))
            claim = Claim(att, local_name(status[att]), date, *said)
            found.setdefault(subject, []).append(claim)
    return {iri: tuple(sorted(claims, key=lambda claim: (claim.day, claim.id))) for iri, claims in found.items()}


def _edges(store: Store, claims: Mapping[str, tuple[Claim, ...]]) -> dict[str, Edge]:
    target, relation, latest = (_one(store, f"vne:{name}") for name in ("target", "relationType", "latestStatus"))
    via = _via(store)
    edges = {}
    for iri, source in sorted(_one(store, "vne:source").items()):
        if iri in target:
            stated = claims.get(iri, ())
            if not stated and iri in latest:  # RDF from elsewhere may give a status without saying who claims it
                stated = (Claim("", local_name(latest[iri]), "", "", "", ""),)
            name = local_name(relation[iri]) if iri in relation else _DEFAULT_RELATION
            edges[iri] = Edge(iri, source, name, target[iri], via.get(iri, ()), stated)
    return edges


def _via(store: Store) -> dict[str, tuple[str, ...]]:
    """Connection → intermediaries by the order of its hops; those without a hop come last, by IRI."""
    order, system = _one(store, "vne:hopOrder"), _one(store, "vne:hopSystem")
    hops: dict[str, set[tuple[int, str]]] = {}
    for connection, hop in _pairs(store, "vne:hop"):
        if hop in system:
            hops.setdefault(connection, set()).add((int(order.get(hop) or 0), system[hop]))
    found = {connection: [iri for _, iri in sorted(steps)] for connection, steps in hops.items()}
    for connection, systems in _many(store, "vne:via").items():
        path = found.setdefault(connection, [])
        path.extend(iri for iri in systems if iri not in path)
    return {connection: tuple(dict.fromkeys(path)) for connection, path in found.items()}


def _systems(store: Store, edges: Iterable[Edge], claimed: Iterable[str]) -> dict[str, System]:
    """Everything with a scope, and every end and intermediary of a connection."""
    scope, level, operators = _one(store, "vne:scope"), _one(store, "vne:level"), _many(store, "vne:operator")
    joined = {iri for edge in edges for iri in edge.path}
    told = joined.union(claimed, *(_one(store, path).values() for path in ("vne:usesSystem", "vne:measureOf")))
    vocabulary = {row["s"] for row in store.select("SELECT ?s WHERE { GRAPH graph:lexicon { ?s vne:scope ?o } }")}
    types, column = _types(store, joined.union(scope)), _one(store, "vne:matrixColumn")
    relays = {local_name(iri) for iri, passes in _one(store, "vne:passesOn").items() if passes == "true"}
    return {
        iri: System(
            iri,
            types.get(iri, ()),
            scope.get(iri, ""),
            local_name(level.get(iri, "")),
            operators.get(iri, ()),
            iri in told or iri not in vocabulary,
            int(column[iri]) if column.get(iri, "").isdecimal() else 0,
            not relays.isdisjoint(types.get(iri, ())),
        )
        for iri in sorted(joined.union(scope))
    }


def _types(store: Store, known: Collection[str]) -> dict[str, tuple[str, ...]]:
    """System → its classes as local names, those left out that another of them says more precisely."""
    parents = _many(store, "rdfs:subClassOf")
    found: dict[str, set[str]] = {}
    # Classes first: most things in a graph are no systems.
    for row in store.select("SELECT ?s ?o WHERE { { SELECT ?o WHERE { ?o rdfs:subClassOf* vne:System } } ?s a ?o }"):
        if row["s"] in known:
            found.setdefault(row["s"] or "", set()).add(row["o"] or "")
    above = {cls: _above(cls, parents) for cls in set().union(*found.values())}
    return {
        iri: tuple(sorted(local_name(cls) for cls in classes if not any(cls in above[other] for other in classes)))
        for iri, classes in found.items()
    }


def _above(cls: str, parents: Mapping[str, tuple[str, ...]]) -> frozenset[str]:
    """The classes that `cls` is a kind of, itself left out."""
    found: set[str] = set()
    waiting = [cls]
    while waiting:
        for parent in parents.get(waiting.pop(), ()):
            if parent not in found and parent != cls:
                found.add(parent)
                waiting.append(parent)
    return frozenset(found)


def _places(store: Store) -> dict[str, Place]:
    parent, successor, kind = _one(store, "dcterms:isPartOf"), _one(store, "vne:mergedInto"), _one(store, "vne:kind")
    since, until = _one(store, "vne:validFrom"), _one(store, "vne:validUntil")
    columns = (parent, successor, kind, since, until)
    units = {*_of_class(store, "vne:AdministrativeUnit"), COUNTRY}
    return {iri: Place(iri, *(column.get(iri, "") for column in columns)) for iri in sorted(units)}


def _papers(store: Store) -> dict[str, Paper]:
    """The documents, with the date in the precision they give it."""
    file, title, publisher = (_one(store, f"dcterms:{name}") for name in ("identifier", "title", "publisher"))
    period, issued, place = (_one(store, f"dcterms:{name}") for name in ("date", "issued", "spatial"))
    origin = _one(store, "prov:wasDerivedFrom/dcterms:identifier")
    return {
        iri: Paper(
            iri,
            file.get(iri) or local_name(iri),
            title.get(iri, ""),
            publisher.get(iri, ""),
            period.get(iri) or issued.get(iri, ""),
            place.get(iri, ""),
            origin.get(iri, ""),
        )
        for iri in _of_class(store, "sdo:DigitalDocument")
    }


def _of_class(store: Store, name: str) -> list[str]:
    """IRIs of the things of a class, sorted."""
    return sorted({row["s"] or "" for row in store.select(f"SELECT ?s WHERE {{ ?s a {name} }}")})


def _labels(store: Store) -> dict[str, dict[str, str]]:
    """Language → IRI → label; preferred before plain ones, a label without language stands for Vietnamese."""
    found: dict[str, dict[str, str]] = {"vi": {}, "en": {}}
    for path in ("skos:prefLabel", "rdfs:label"):
        rows = store.select(f"SELECT ?s ?o (LANG(?o) AS ?lang) WHERE {{ ?s {path} ?o }}")
        for lang, subject, label in sorted((row["lang"] or "vi", row["s"] or "", row["o"] or "") for row in rows):
            if lang in found:
                found[lang].setdefault(subject, label)
    return found
