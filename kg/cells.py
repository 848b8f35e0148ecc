"""Links that the columns of a table's row state."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from kg.layout import Unit
from kg.matching import Found, Matcher
from kg.status import Claim
from kg.stream import Chunk
from kg.tables import Cells

RULE = "columns"


def row_links(
    stated: Sequence[Cells], matcher: Matcher, usual: tuple[str, ...], row: Sequence[Chunk], unit: Unit
) -> Iterator[Found]:
    """The links of a row.

    Args:
        stated: what its columns say.
        matcher: of the document.
        usual: the way that links of the table go where their row names none.
        row: its chunks.
        unit: where it stands.

    """
    start, end = row[0].start, max(row[-1].end, row[0].end)
    for cells in stated:
        status = _status(cells.status, matcher)
        claim = Claim(status, bool(cells.status))
        ways = cells.via or (usual if status != "absent" else ())
        dating = matcher.dating(cells.status[0].start if cells.status else start, claim, unit)
        for source in cells.sources:
            for target in cells.target.refs:
                if source != target:
                    way = tuple(i for i in ways if i not in (source, target))
                    yield Found(source, cells.relation, target, way, claim, dating, RULE, 0.9, start, end, ())


def _status(words: Sequence[Chunk], matcher: Matcher) -> str:
    """How the link stands: planned where it will only be done at a date to come, 'quý II năm sau hoàn thành'."""
    status = matcher.status.gravest_of(words) or "operational"
    put_off = status == "absent" and any(chunk.signals == "planned" for chunk in words)
    if words and (status == "operational" or put_off):
        low = matcher.normal.low[words[0].start : words[-1].end]
        return "planned" if matcher.dates.future(low, 0, matcher.date) else status
    return status
