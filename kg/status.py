"""What a clause claims: done, planned, denied …. ConText-like: cues have a scope, the nearer and graver one wins.

After the trigger-scope-terminator method of ConText (Harkema, Dowling, Thornblade and Chapman, 2009): a cue speaks for the
clause it stands in; a comma that opens a new clause, a semicolon and the next link end its scope.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from kg.ontology import Ontology
from kg.stream import VERBS, Chunk, Stream
from kg.text import alternation, any_of
from kg.vocab import STATUSES

_GRAVITY = ("suspended", "discontinued", "absent", "planned", "ready", "pilot", "in_progress", "operational")
"""Of several cues of one clause the first of these counts; a plan outranks what it plans."""


@dataclass(frozen=True, slots=True)
class Claim:
    """Status of a clause, and whether the clause itself says so."""

    status: str
    stated: bool


def _semicolon(tags: str, start: int) -> int:
    place = tags.find(";", start)
    return place if place >= 0 else len(tags)


_NOT_OURS = re.compile(r"[ubtnN]*[xRdO]")
"""A negation right before another word than the link's verb denies that word."""


_ORDER = re.compile(r"[|tn]*[CGYXMEh]")
"""A line that begins with a verb tells what is to be done."""
_BEFORE_CLAUSE = ",;:" + VERBS.replace("U", "").replace("h", "")
"""Tags of what a verb's clause begins behind."""
_FRONTED = re.compile("[utnxTI]+,(?=S)")
"""Tags of a phrase that opens a sentence and names nothing."""
_BY_WHOM = re.compile(r"u[xO]{1,3}u?$")
"""Tags of 'đang được Sở (hoàn thiện)' in front of a verb."""
_STATEMENT = re.compile(r"[|tn]*[dj]")
"""One that begins with data, or with where something runs, tells what is done, whoever names no system."""
_ASSIGNED = re.compile("S[,xO]*O$")
"""Tags of a name that goes on with who gave the task: 'phần mềm theo dõi nhiệm vụ UBND tỉnh (giao)'."""
_BOUND = re.compile(rf"[ubtnNx]*[{re.escape(VERBS)}j]|[uI]{{0,2}}n")
"""What an obligation binds: the next verb, or the date until which it is put off."""


class StatusReader:
    """Reads the status of clauses."""

    def __init__(self, ontology: Ontology) -> None:
        self._not_yet = tuple(f" {word} " for word in ontology.words["status.not_yet"])
        self._repair = re.compile(ontology.tables["status.patterns"]["repaired"])
        self._completive = frozenset(ontology.words["status.completive"])
        self._later = alternation(ontology.words["status.later"])
        self._titles = frozenset(ontology.words["status.titles"])
        self._naming = frozenset(ontology.words["status.naming"])
        self._doing = frozenset(ontology.words["status.doing"])
        self._carrying_out = frozenset(ontology.words["status.carrying_out"])
        self._whichever = tuple(ontology.words["status.whichever"])
        self._any = tuple(f" {word}" for word in ontology.words["status.any"])
        self._present = frozenset(ontology.words["status.present"])
        self._labelled = re.compile(rf"\s*(?:{any_of(ontology.words['status.task'])})[^:;.]{{0,20}}:")
        self._obligation = frozenset(ontology.words["status.obligation"])
        self._already = frozenset(ontology.words["status.already"])
        self._direct = tuple(ontology.words["status.direct"])
        self._consequences = frozenset(ontology.words["status.consequences"])
        self._aims = frozenset(ontology.words["status.aims"])
        self._done = tuple(f"{word} " for word in ontology.words["status.done"])
        self._able = tuple(f" {word}" for word in ontology.words["status.able"])
        self._requests = frozenset(ontology.words["status.requests"])
        self._assigning = frozenset(ontology.words["status.assigning"])
        self._according = frozenset(ontology.words["status.according"])
        self._waiting = frozenset(ontology.words["status.waiting"])

    def claim(
        self, stream: Stream, verb: int, end: int, earlier: Claim | None, mood: str | None, low: str, *, subject: bool
    ) -> Claim:
        """Claim of the link whose verb is at index `verb` and whose complement ends before index `end`.

        `mood` is what the section says of its lines: 'planned', or 'directive' where a sentence without `subject` is
        an order; `low` is the sentence.
        """
        near = self._near(stream, verb, end)
        grave = self._gravest(near)
        tail = self.signals(stream, end, _semicolon(stream.tags, end))
        if grave in ("suspended", "discontinued") and self.repaired(low):
            return Claim("operational", True)
        if grave == "absent" and self._dated_for_later(stream, end):
            return Claim("planned", True)
        if grave == "discontinued" and "suspended" in tail:  # 'từng kết nối, nay tạm dừng'
            grave = "suspended"
        ordered = self._ordered(stream, verb, mood, low, subject=subject)
        if (grave == "planned" and self._done_before_it(stream, verb)) or (
            grave == "absent" and self._indirect(stream, verb)
        ):
            grave = "operational"
        if grave == "operational" and self._only_completion(stream, verb, end):
            grave = None
        if grave is not None:
            return Claim(grave, True)
        if self._being_done(stream, verb):
            return Claim("in_progress", True)
        since = max(stream.tags.rfind(mark, 0, verb) for mark in ";:")
        own = re.search(r",[utnJ]*S[^;:]*$", stream.tags[:verb])
        since = max(since, own.start()) if own else since
        if "planned" in self.signals(stream, since + 1, verb):
            return Claim("planned", True)
        if self._nominal(stream, verb) and (late := self._gravest(tail) or self._under_way(stream, end)):
            over = late in ("suspended", "discontinued") and self.repaired(low)
            return Claim("operational" if over else late, True)
        if earlier is not None and self._carries_on(stream, verb, earlier):
            return earlier
        if "pilot" in self._fronted(stream, verb) or (not ordered and self._tried(stream, end)):
            return Claim("pilot", True)
        return Claim("planned" if ordered else "operational", False)

    def _fronted(self, stream: Stream, verb: int) -> list[str]:
        """Statuses that a phrase in front of the subject speaks of: 'Trong giai đoạn dùng thử, A …'."""
        phrase = _FRONTED.match(stream.tags, 0, verb)
        return self.signals(stream, 0, phrase.end()) if phrase else []

    def _ordered(self, stream: Stream, verb: int, mood: str | None, low: str, *, subject: bool) -> bool:
        """Whether the section, or a label such as 'Nhiệm vụ:', makes an order or a plan of the clause."""
        if self._at_present(stream, verb) or self._achieved(stream, verb):
            return False
        if ":" in stream.tags[:verb] and self._labelled.match(low):
            return True
        if mood is None:
            return False
        order = _ORDER.match(stream.tags) is not None
        return mood == "planned" or order or not (subject or _STATEMENT.match(stream.tags))

    def _tried(self, stream: Stream, end: int) -> bool:
        """Whether the words behind a link, up to the next system, call it a pilot: 'nối A với B, Sở mới cho chạy thử'."""
        named = stream.tags.find("S", end)
        told = self.signals(stream, end, named if named >= 0 else len(stream.tags))
        return "pilot" in told and "ready" not in told

    def repaired(self, low: str) -> str | None:
        """'operational' where a clause says that an outage is over."""
        return "operational" if self.said(self._repair, low) else None

    def said(self, words: re.Pattern[str], low: str) -> bool:
        """Whether `words` are said in `low`, and not of a time to come: 'chưa nối lại được', 'khi thông lại'."""
        return any(not f" {low[: match.start()]}".endswith(self._not_yet) for match in words.finditer(low))

    def gravest_of(self, clause: Sequence[Chunk]) -> str | None:
        """The gravest status that words of a clause signal; None where none does."""
        tags = "".join(chunk.tag for chunk in clause)
        return self._gravest(self.signals(Stream(tuple(clause), tags, ()), 0, len(clause)))

    def _indirect(self, stream: Stream, verb: int) -> bool:
        """'không kết nối trực tiếp với B mà qua C': no more is denied than that nothing stands between."""
        near = stream.chunks[verb : verb + 2]
        return bool(stream.via) and any(chunk.low.endswith(self._direct) for chunk in near)

    def _being_done(self, stream: Stream, verb: int) -> bool:
        """'đang (được) kết nối': work on the link; 'đang khai thác', 'đang chạy trên' tell of its use."""
        before = stream.chunks[max(0, verb - 2) : verb]
        by_whom = _BY_WHOM.search(stream.tags, 0, verb)
        doer = by_whom is not None and stream.chunks[by_whom.start()].low in self._doing
        return stream.tags[verb] in "CGYE" and (doer or any(c.low in self._doing for c in before))

    def _under_way(self, stream: Stream, end: int) -> str | None:
        """'in_progress' where somebody is at the link that is the subject: '… đang được Sở thực hiện'."""
        rest = [chunk.low for chunk in stream.chunks[end : end + 5]]
        begun = any(rest[0].endswith(word) for word in self._doing) if rest else False
        return "in_progress" if begun and not self._carrying_out.isdisjoint(rest[1:]) else None

    def _done_before_it(self, stream: Stream, verb: int) -> bool:
        """'đã kết nối với B trước ngày …': what is done is no plan for what comes behind the verb."""
        before = self.signals(stream, self._clause_start(stream, verb), verb)
        return stream.chunks[verb - 1].signals == "operational" and "planned" not in before if verb else False

    def _at_present(self, stream: Stream, verb: int) -> bool:
        """'hiện nhận dữ liệu từ': among plans, too, it tells how things are."""
        return any(chunk.low in self._present for chunk in stream.chunks[self._clause_start(stream, verb) : verb])

    def _achieved(self, stream: Stream, verb: int) -> bool:
        """'lấy được', 'đã thông': the verb itself tells that it is done, unless it is what something is done for."""
        low, before = stream.chunks[verb].low, stream.chunks[self._clause_start(stream, verb) : verb]
        done = low.startswith(self._done) or low.endswith(self._able) or stream.tags[verb + 1 : verb + 2] == "b"
        return done and not any(chunk.low in self._aims for chunk in before)

    def _only_completion(self, stream: Stream, verb: int, end: int) -> bool:
        """Whether nothing but 'hoàn thành' and the like, without 'đã', says that the link stands."""
        stop = len(stream.chunks) if stream.tags[end : end + 1] == "|" else end + 4
        near = stream.chunks[self._clause_start(stream, verb) : stop]
        done = [c.low for c in near if c.signals == "operational"]
        return bool(done) and all(low in self._completive for low in done)

    def _dated_for_later(self, stream: Stream, end: int) -> bool:
        """'chưa … nhưng sẽ …': what is denied now and planned in the same sentence is a plan."""
        return any(self._later.match(c.low) for c in stream.chunks[end : _semicolon(stream.tags, end)])

    def _nominal(self, stream: Stream, verb: int) -> bool:
        """'Việc kết nối A với B … vẫn ở mức thử': the link itself is the subject of the rest."""
        named = verb > 0 and stream.chunks[verb - 1].low in self._naming
        return (
            named
            or stream.tags[verb + 1 : verb + 3].lstrip("d").startswith("B")
            or "c" in stream.tags[max(0, verb - 1) : verb + 1]
        )

    def _near(self, stream: Stream, verb: int, end: int) -> list[str]:
        start = self._clause_start(stream, verb)
        if stream.tags[end : end + 1] == "|":
            return self._cell(stream, end)
        stop = end + 1 if re.match(r":[ubNUt]", stream.tags[end:]) else end
        while stop < len(stream.tags) and stream.tags[stop] not in ",;:.A" + VERBS.replace("U", ""):
            if stream.chunks[stop].low in self._consequences:
                break
            stop += 1
        if stream.tags[stop : stop + 1] in (*VERBS, "A"):
            while stop > end and stream.tags[stop - 1] in "ubNtx":
                stop -= 1
        return self.signals(stream, start, stop)

    def _cell(self, stream: Stream, bar: int) -> list[str]:
        """Signals of the first table cell from `bar` on that holds any; a bare 'no' counts where no other tells more."""
        bars = [i for i, tag in enumerate(stream.tags) if tag == "|" and i >= bar]
        cells = list(zip(bars, [*bars[1:], len(stream.tags)], strict=True))
        told = [
            (found, stream.tags[start + 1 : stop])
            for start, stop in cells
            if (found := self.signals(stream, start, stop))
        ]
        return next((found for found, tags in told if tags != "N"), told[0][0] if told else [])

    @staticmethod
    def _clause_start(stream: Stream, verb: int) -> int:
        """Where the clause of a verb begins; 'không có luồng nào' denies what follows, 'đang xây dựng luồng' speaks of it."""
        index = verb - 1
        while index >= 0 and (
            stream.tags[index] not in _BEFORE_CLAUSE
            or stream.tags[max(index - 1, 0) : index + 1] == "Nc"
            or (index == verb - 1 and stream.tags[index] == "c")
        ):
            index -= 1
        return index + 1

    def signals(self, stream: Stream, start: int, stop: int) -> list[str]:
        """Statuses that the chunks from index `start` up to `stop` speak of, of the link at hand."""
        told = [
            (c.low, c.signals)
            for i, c in enumerate(stream.chunks[start:stop], start)
            if c.signals in STATUSES
            and not (c.tag == "N" and self._of_another(stream, i))
            and not (c.signals == "planned" and i and stream.tags[i - 1] == "N")
            and not (c.low in self._titles and stream.tags[i + 1 : i + 2] == "n")
            and not (c.low in self._obligation and not self._binding(stream, i))
            and not (c.low in self._requests and i and stream.chunks[i - 1].low in self._according)
            and not (c.low in self._assigning and _ASSIGNED.search(stream.tags[:i]) and self._nobody(stream, i))
        ]
        ready = any(signal == "ready" for _, signal in told)  # what is ready may wait for others
        return [signal for low, signal in told if not (ready and low in self._waiting)]

    @staticmethod
    def _nobody(stream: Stream, index: int) -> bool:
        """Whether nobody is told to do anything by the word at `index`: 'nhiệm vụ UBND tỉnh giao, …'."""
        return stream.tags[index + 1 : index + 2] not in tuple("OxRSnG")

    def _of_another(self, stream: Stream, index: int) -> bool:
        """Whether the denial at `index` is of another word than the link's verb: not 'không hệ thống nào … kết nối'."""
        other = _NOT_OURS.match(stream.tags, index + 1)
        if other is None:
            return False
        denied = stream.chunks[other.end() - 1].low
        ours = denied.endswith(self._whichever) or (
            f" {denied}".endswith(self._any) and stream.tags[other.end() : other.end() + 1] in tuple("cCGYXM")
        )
        return not ours

    def _binding(self, stream: Stream, index: int) -> bool:
        """Whether 'phải' at `index` tells of a duty yet to be done: not 'nay phải', 'phải (đi) qua', 'phải khen'."""
        before = stream.chunks[index - 1].low if index else ""
        return before not in self._already and _BOUND.match(stream.tags, index + 1) is not None

    @staticmethod
    def _gravest(signals: list[str]) -> str | None:
        return next((s for s in _GRAVITY if s in signals), None)

    @staticmethod
    def _carries_on(stream: Stream, verb: int, earlier: Claim) -> bool:
        """Whether a coordinated verb shares the claim before it; over a semicolon only a plan or a fact lasts."""
        mark = re.search(r"([,A;])[ubtn]*$", stream.tags[:verb])
        lasting = mark is not None and (mark.group(1) != ";" or earlier.status in ("planned", "operational"))
        return earlier.stated and lasting
