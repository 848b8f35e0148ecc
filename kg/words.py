"""What the lexicon knows of words, which of them are ambiguous, and which names of texts it does not know.

A name that no entry of the lexicon covers is still read as a system of its own, after its head noun. Here such names come
out with what would make them known: a line of Turtle.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from kg.lexicon import Entry, Lexicon
from kg.linking import Heard
from kg.links import alphabet
from kg.mention import Mention
from kg.messages import say
from kg.model import Answer, Document, SystemFact
from kg.ontology import Ontology
from kg.rdf import Literal
from kg.relate import Reader
from kg.text import fold, normalise, slug
from kg.vocab import KIND, SYS, compact, short_hash

# -- what the lexicon knows ------------------------------------------------------------------------------------------


def look_up(ontology: Ontology, text: str, lang: str = "vi") -> Answer:
    """What `text` may mean: as a whole, else each form in it that the lexicon knows, else however it is accented.

    Args:
        ontology: whose lexicon to ask.
        text: a name or a phrase; '' lists all that the lexicon knows.
        lang: language of labels and notes.

    """
    lexicon = Lexicon(ontology)
    entries = _entries(ontology, lexicon, text) if text else _everything(ontology, lexicon)
    rows = tuple(_entry(entry, lang) for entry in entries)
    notes = () if rows else (say("words.none", lang, text=text),)
    return Answer("words", {"text": text, "lang": lang}, rows, notes)


def ambiguous(ontology: Ontology, text: str = "", lang: str = "vi") -> Answer:
    """Forms that name several things of one sort; only those in which `text` occurs, however it is accented."""
    lexicon = Lexicon(ontology)
    rows = [
        {
            "form": form,
            "sort": lexicon.meanings(form)[0].sort,
            "meanings": [ontology.label(iri, lang) for iri in iris],
            "concepts": list(map(compact, iris)),
        }
        for form, iris in lexicon.ambiguities().items()
        if fold(text) in fold(form)
    ]
    return Answer("ambiguous", {"text": text, "lang": lang}, tuple(rows))


def _entries(ontology: Ontology, lexicon: Lexicon, text: str) -> Iterable[Entry]:
    whole = lexicon.meanings(text)
    if whole:
        return whole
    normal = normalise(text)
    inside = [entry for hit in lexicon.find(normal, 0, len(normal.low)) for entry in hit.entries]
    plain = fold(text)
    like = {w for c in ontology.concepts.values() for w in c.wordings if fold(w) == plain}
    return _once(e for wording in sorted(like, key=alphabet) for e in lexicon.meanings(wording)) or inside


def _everything(ontology: Ontology, lexicon: Lexicon) -> list[Entry]:
    forms = {wording for concept in ontology.concepts.values() for wording in concept.wordings}
    return _once(entry for form in sorted(forms, key=alphabet) for entry in lexicon.meanings(form))


def _once(entries: Iterable[Entry]) -> list[Entry]:
    return list({(e.form, e.sort, e.concept.id if e.concept else ""): e for e in entries}.values())


def _entry(entry: Entry, lang: str) -> dict[str, Any]:
    concept = entry.concept
    return {
        "form": entry.form,
        "sort": entry.sort,
        "label": concept.label(lang) if concept else None,
        "concept": compact(concept.id) if concept else None,
        "type": (concept.one("systemType") or next(iter(concept.types), None)) if concept else None,
        "tag": entry.tag or None,
        "signals": concept.one("signals") if concept else None,
        "written": entry.shape or None,
        "file": concept.file.name if concept else None,
    }


# -- names that it does not know -------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class OpenName:
    """One place of a text where a system is named by words that no entry covers."""

    name: str
    """As the text writes it, without scope and alias; with the head that a list of names shares."""
    label: str
    """What the graph calls the system, its place included."""
    type: str
    national: bool
    document: str
    sentence: str


def open_names(reader: Reader, document: Document) -> Iterator[OpenName]:
    """The names of `document` that begin with a head noun or are a brand, and that no entry of the lexicon covers."""
    heard: list[Heard] = []
    reading = reader.read(document, heard.append)
    systems = {fact.ref.id: fact for fact in reading.facts if isinstance(fact, SystemFact)}
    normal = normalise(document.text, document.body)
    for one in heard:
        for mention, ids in one.named:
            if not ids or ids[0] not in systems or not _open(mention):
                continue
            fact = systems[ids[0]]
            written = " ".join(normal.text[mention.start : mention.core_end].replace('"', " ").split())
            name = written if written.lower() == mention.core else mention.core[:1].upper() + mention.core[1:]
            first, last = normal.raw(one.unit.start, one.unit.end)
            sentence = " ".join(document.text[first:last].split())
            national = fact.ref.scope == "national"
            yield OpenName(name, fact.ref.label, fact.ref.type, national, document.file, sentence)


def _open(mention: Mention) -> bool:
    return mention.sort == "name" and not (mention.known or mention.kind or mention.alias)


def unknown(names: Iterable[OpenName], ontology: Ontology, lang: str = "vi") -> Answer:
    """`names` grouped, the most frequent first, each with a sentence and the line that would make it known."""
    groups: dict[tuple[str, str, bool], list[OpenName]] = {}
    for one in names:
        groups.setdefault((one.name.lower(), one.type, one.national), []).append(one)
    ordered = sorted(groups.values(), key=lambda group: (-len(group), alphabet(group[0].name), group[0].type))
    taken = set(ontology.concepts)
    rows = tuple(_group(group, taken) for group in ordered)
    documents = {one.document for group in ordered for one in group}
    counts = {"names": len(rows), "count": sum(row["count"] for row in rows), "documents": len(documents)}
    return Answer("unknown", {"lang": lang}, rows, (say("words.unknown", lang, **counts),))


def _group(group: list[OpenName], taken: set[str]) -> dict[str, Any]:
    first = group[0]
    return {
        "name": first.name,
        "count": len(group),
        "type": first.type,
        "documents": sorted({one.document for one in group}),
        "sentence": first.sentence,
        "file": "lexicon.ttl" if first.national else "wordings.ttl",
        "turtle": _turtle(first, taken),
    }


def _turtle(name: OpenName, taken: set[str]) -> str:
    """A system of the nation is an entry of its own; anybody else's is a kind that every place may have."""
    if name.national:
        node = _free(SYS, name.label, taken)
        label = _text(name.label)
        return f"{node} a vne:{name.type} ; skos:prefLabel {label} ; vne:scope place:vn ; vne:level lv:national ."
    node = _free(KIND, name.name, taken)
    return f"{node} a vne:SystemKind ; vne:systemType vne:{name.type} ; skos:prefLabel {_text(name.name)} ."


def _free(namespace: str, name: str, taken: set[str]) -> str:
    """Prefixed name of an id that nothing bears yet."""
    plain = namespace + (slug(name) or "x")
    node = plain if plain not in taken else f"{plain}-{short_hash(name)}"
    taken.add(node)
    return compact(node)


def _text(label: str) -> str:
    return str(Literal(label[:1].upper() + label[1:], language="vi"))


def as_turtle(answer: Answer) -> Iterator[str]:
    """The lines of `unknown`, each under the sentence that it comes from, ready for the files of the ontology."""
    for file in ("lexicon.ttl", "wordings.ttl"):
        rows = [row for row in answer.rows if row["file"] == file]
        if rows:
            yield f"# for {file}"
        for row in rows:
            yield f"# {row['count']}x, {row['documents'][0]}: {row['sentence']}"
            yield row["turtle"]
