"""Pointers → systems: 'hệ thống này', 'cả hai nơi', a bare 'Cổng', 'từ đó' become what they point to.

After centering theory (Grosz, Joshi and Weinstein, 1995): a pointer prefers what the last clause was about, and the object of
a clause does not point to its own subject.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from kg.nouns import Nouns
from kg.roles import Roles
from kg.stream import GOVERNORS, OWNED, PARTIES, VERBS, Chunk, Discourse, tags_of

_OF = GOVERNORS + "o"
_AGENT = re.compile(f"(?:^|(?<=[;:]))[^S;:]*(?<![{re.escape(_OF + VERBS)}])S")
"""The first system of a clause, where it is no object."""
_MUTUAL = re.compile(rf"[ubNt]*(?:X|[{re.escape(VERBS)}][^;.]*V)")
"""What two that stand for each other's partners do: something 'với nhau', or exchange documents."""
_EXCHANGES = re.compile("[ubNtn]{0,4}X")
"""What only a system that sends and receives documents does."""
_SINCE_THEN = re.compile(r"F.,[ut]*S[ubtnxN]*L")
"""'Từ đó, A lấy được …': what A draws does not come from there, it may do so since then."""
_LED_THROUGH = re.compile("Qx?$")
"""Tags of 'qua', 'qua cái': what follows carries links of others, whatever it is called."""
_LABEL = re.compile("S(?:,?A|,)S:[lun]*$")
"""Tags of a line's label that names two, right before what points to them: 'A và B: hai …'."""
_RECALL = 6
"""How many mentions back a bare 'Cổng' or 'Trung tâm' may find what it means."""


def resolved(
    row: list[Chunk],
    discourse: Discourse,
    heads: Nouns,
    roles: Roles,
) -> list[Chunk]:
    """The row with each pointer that finds systems as these, any other as a class.

    Args:
        row: chunks of the sentence.
        discourse: what earlier sentences leave behind.
        heads: words that may point back to a system.
        roles: what the systems do for others.

    """
    search = _Search(list(row), discourse, heads, roles)
    for index, chunk in enumerate(row):
        if chunk.tag in "ZRl":
            search.row[index] = search.resolve(chunk, index)
    return search.row


class _Search:
    """The pointers of one sentence."""

    def __init__(
        self,
        row: list[Chunk],
        discourse: Discourse,
        heads: Nouns,
        roles: Roles,
    ) -> None:
        self.row, self.discourse, self.heads, self.roles = row, discourse, heads, roles

    def resolve(self, chunk: Chunk, index: int) -> Chunk:
        """The chunk at `index`, resolved where it is a pointer."""
        if chunk.tag == "Z":
            return self._plural(chunk, index) if chunk.plural else self._singular(chunk, index)
        if chunk.tag == "R" and self._bare(chunk, index):
            return self._headed(chunk, index)
        if chunk.tag == "l" and chunk.plural and self._stands_alone(index):
            return self._plural(chunk, index)
        return chunk

    def _before(self, index: int) -> list[str]:
        return [i for c in self.row[:index] if c.tag == "S" for i in c.refs]

    def _subject(self, index: int) -> tuple[str, ...]:
        """Who the clause of the object at `index` speaks of; nobody where the pointer is no object."""
        if not index or self.row[index - 1].tag not in _OF:
            return ()
        found: list[str] = []
        for place in range(index - 1, -1, -1):
            tag = self.row[place].tag
            if tag == ";" or (found and tag not in ",AS") or (tag == "," and self.row[place + 1].tag in "xO"):
                break
            if tag == "S" and (found or not (place and self.row[place - 1].tag in _OF + VERBS)):
                found += self.row[place].refs
        return tuple(found)

    def _objects(self, index: int) -> set[str]:
        """What follows the subject at `index` in its clause: a subject does not point to its own object."""
        if index and self.row[index - 1].tag in _OF:
            return set()
        behind = self.row[index + 1 :]
        stop = next((n for n, chunk in enumerate(behind) if chunk.tag in ";."), len(behind))
        return {ref for chunk in behind[:stop] if chunk.tag == "S" for ref in chunk.refs}

    def _headed(self, chunk: Chunk, index: int) -> Chunk:
        """A head noun alone: the last system of that head."""
        order = [*self.discourse.recent, *self._before(index)][-_RECALL:]
        meant = [i for i in order if chunk.head in self.heads(i)][-1:]
        return chunk._replace(tag="S", refs=tuple(meant)) if meant else chunk

    def _spoken_of(self, chunk: Chunk, index: int) -> tuple[str, ...]:
        """Who a sentence that begins with 'hệ thống' alone speaks of: the one system that was the subject before."""
        opens = all(before.tag in "ubtnk,x" for before in self.row[:index])
        meant = self.discourse.subject or self.discourse.topic
        return meant if opens and len(meant) == 1 and self.roles.any_may_be(chunk.head) else ()

    def _plural(self, chunk: Chunk, index: int) -> Chunk:
        """Two systems: the last of the head where it has one, else the last two, without the clause's own subject."""
        mutual = chunk.signals == PARTIES
        between = index > 0 and self.row[index - 1].tag == "B"
        if mutual and not between and not _MUTUAL.match(tags_of(self.row), index + 1):
            return chunk._replace(tag="x", signals=None)
        subject, latest = self._subject(index), self.discourse.latest
        order = [i for i in (*self.discourse.recent, *self._before(index)) if i not in subject]
        fitting = [i for i in order if chunk.head in self.heads(i)] if chunk.head else []
        if _EXCHANGES.match(tags_of(self.row), index + 1):
            parties = [i for i in order if self.roles.exchange((i,))]
            fitting = parties if len(set(parties)) > 1 else fitting
        spoken = self.discourse.subject
        spoken = spoken if len(spoken) == 2 and set(spoken) <= set(latest) and not subject else ()
        any_head = self.roles.any_may_be(chunk.head)
        pair = (any_head and (self._labelled(index) or spoken)) or _last_two(fitting)
        if not pair and (mutual or chunk.signals == "pointed" or chunk.tag == "l"):
            pair = spoken or _last_two(order)
            if chunk.tag == "l":
                pair = pair if set(pair) <= set(latest) else ()
        return chunk._replace(tag="S" if pair else "l" if chunk.tag == "l" else "R", refs=pair, signals=None)

    def _labelled(self, index: int) -> tuple[str, ...]:
        """The two that the label of the line names: 'A và B: hai hệ thống đã …'; nobody where it names not two."""
        label = _LABEL.search(tags_of(self.row[:index]))
        named = [c.refs for c in self.row[label.start() : label.end()] if c.tag == "S"] if label else []
        return tuple(ref for refs in named for ref in refs) if all(len(refs) == 1 for refs in named) else ()

    def _singular(self, chunk: Chunk, index: int) -> Chunk:
        if chunk.signals == "there" and index and _SINCE_THEN.match(tags_of(self.row), index - 1):
            return chunk._replace(tag="x", signals=None)
        discourse, before, subject = self.discourse, self._before(index), self._subject(index)
        order = [*discourse.recent, *before]
        named = self._called(chunk, order, {*discourse.latest, *before})
        named = named - self._objects(index) or named
        if chunk.head and chunk.signals is None and named.isdisjoint(before):
            named = set(filter(self.roles.near, named)) or named
        if not named and chunk.head and _LED_THROUGH.search(tags_of(self.row[:index])):
            named = {i for i in order if self.roles.carries((i,))}
        if chunk.head and _EXCHANGES.match(tags_of(self.row), index + 1):
            named = {i for i in order if self.roles.exchange((i,))} or named
        fitting = [i for i in order if i in named and i not in subject] or [i for i in order if i in named]
        if chunk.signals and chunk.signals.startswith(OWNED):
            fitting = [i for i in fitting if self.roles.owned(i, chunk.signals.removeprefix(OWNED))]
        if chunk.head and chunk.signals is None and not chunk.refs and (meant := self._spoken_of(chunk, index)):
            return chunk._replace(tag="S", refs=meant)
        if chunk.head and chunk.signals != "pointed" and not fitting and not chunk.refs:
            return chunk._replace(tag="R")
        closing = named & discourse.closing
        spoken = [
            i
            for i in fitting
            if i in discourse.subject and i in discourse.latest and i in (closing or named) and not named & set(before)
        ]
        if chunk.signals is None and not spoken and (chunk.head or tags_of(self.row[index - 1 : index]) == ";"):
            first = next((c.refs for c in self.row[:index] if c.tag == "S"), ())
            spoken = [i for i in first if i in fitting or not chunk.head][:1]
        others = [i for i in before or discourse.subject or discourse.recent if i not in subject]
        hosts = (
            [i for i in order if self.roles.hosts((i,))]
            if not chunk.head and index and self.row[index - 1].tag in "jT"
            else []
        )
        said = self._elsewhere(chunk, index, before) or self._agents(chunk, index, subject)
        pool = fitting or hosts or said or others or before or discourse.subject
        refs = tuple((spoken or fitting)[-1:]) or chunk.refs or tuple(pool[-1:])
        return chunk._replace(tag="S" if refs else "R", refs=refs, signals=None)

    def _called(self, chunk: Chunk, order: Sequence[str], near: set[str]) -> set[str]:
        """Systems of the pointer's noun; of 'phần mềm này', rather what was just called by its brand alone."""
        named = {i for i in set(order) if chunk.head in self.heads(i)}
        if chunk.head and chunk.signals == "pointed" and named.isdisjoint(near):
            return {i for i in near if chunk.head in self.heads.of_type(i)} or named
        return named

    def _agents(self, chunk: Chunk, index: int, subject: Sequence[str]) -> list[str]:
        """What 'nó' may mean: the subject of the last clause that has one, else that of the sentence before."""
        if chunk.head or chunk.signals:
            return []
        return [i for i in self._clause(index) or self.discourse.subject if i not in subject]

    def _clause(self, index: int) -> tuple[str, ...]:
        """The subject of the last clause before `index` that has one; nobody where none has."""
        found = [self.row[agent.end() - 1].refs for agent in _AGENT.finditer(tags_of(self.row[:index]))]
        return found[-1] if found else ()

    def _elsewhere(self, chunk: Chunk, index: int, before: Sequence[str]) -> list[str]:
        """What 'về đó', 'Từ đó, …' may mean: what other sentences spoke of, rather what gathers data."""
        led = tags_of(self.row[max(0, index - 2) : index])
        if chunk.signals != "there" or (led[-1:] not in tuple("WIT") and led not in ("F", ",F", ";F")):
            return []
        subject = {*self._subject(index), *self._origins(index)}
        if led[-1] == "F" and (near := [i for i in before if i not in subject]):
            return near
        if near := [i for i in before if i not in subject and self.roles.gathers(i)]:
            return [i for i in self._clause(index) if i in near] or near
        others = [i for i in (*self.discourse.recent, *self.discourse.subject) if i not in before]
        return [i for i in others if self.roles.gathers(i)] or others

    def _origins(self, index: int) -> Iterator[str]:
        """What the clause says its data are of or from: 'số liệu của A và hình ảnh từ B đều truyền về đây'."""
        for place in range(index - 1, 0, -1):
            if self.row[place].tag in ";:":
                return
            if self.row[place].tag == "S" and self.row[place - 1].tag in "oF":
                yield from self.row[place].refs

    def _bare(self, chunk: Chunk, index: int) -> bool:
        """'Cổng lấy dữ liệu …', '… đồng bộ về kho': a head noun alone, as subject or object of a clause."""
        alone = bool(chunk.head) and chunk.low == chunk.head and not chunk.plural
        before = self.row[index - 1].tag if index else "."
        behind = self.row[index + 1].tag if index + 1 < len(self.row) else "."
        return alone and before in ",;:.A" + "WIFQ" and behind in ",;:.ubNtA" + VERBS

    def _stands_alone(self, index: int) -> bool:
        """Whether no noun follows 'cả hai': it is the subject, or an object, itself."""
        before = tags_of(self.row[max(0, index - 1) : index])
        behind = tags_of(self.row[index + 1 : index + 2])
        return behind in ("", *"ubN.,;" + VERBS) and (not before or before in ",;:." + GOVERNORS)


def _last_two(ids: Sequence[str]) -> tuple[str, ...]:
    """The last two different ones, in their order; empty where there are fewer."""
    latest = list(dict.fromkeys(reversed(ids)))[:2]
    return tuple(reversed(latest)) if len(latest) == 2 else ()
