"""Which encoding bytes are in that are not UTF-8, guessed from the bytes alone.

Vietnamese texts from before Unicode come in encodings that give every byte a meaning, so that decoding never fails and the
result is silently wrong. They are told apart by the bytes of the letters that Vietnamese prose uses most. The guess is for
a message only: nothing is ever decoded by it.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

SAMPLE = 256 * 1024
"""Bytes that a guess looks at."""

_ENOUGH = 12
"""Fewer telling bytes than these prove nothing."""


@dataclass(frozen=True, slots=True)
class Guess:
    """An encoding, as users know it and, where a common tool converts it, as `iconv` knows it."""

    name: str
    iconv: str | None


UTF16 = Guess("UTF-16", "UTF-16")
UTF32 = Guess("UTF-32", "UTF-32")
_TCVN3 = Guess("TCVN3 (ABC)", "TCVN5712-1")
_VNI = Guess("VNI", None)
_VISCII = Guess("VISCII", "VISCII")
_CP1258 = Guess("Windows-1258", "CP1258")

# The letters that make up some three quarters of all marked letters in running text: d with stroke, a grave, e circumflex
# dot, … in the bytes of each encoding.
_FREQUENT = {
    _TCVN3: frozenset(bytes.fromhex("ae b5 d6 b8 e8 ad ab d5 b6 d2 e9 aa b9 f1 f4 de ac ed d8 ca a9 dd")),
    _VISCII: frozenset(bytes.fromhex("f0 e0 ae e1 af df f4 aa e4 ab b5 ea d5 fc f8 b8 bd be ef a4 e2 ed")),
    _CP1258: frozenset(bytes.fromhex("f0 e0 e1 f4 ea fd f5 e2 e3 ec f2 cc d2 de d0")),
}
# Bytes of TCVN3 letters that are signs, not letters, in the encodings of Western Europe (its quotation marks left out).
_NO_LETTERS = bytes.fromhex("a8 a9 aa ac ad ae b5 b6 b7 b8 b9")
# VNI writes a vowel and then its marks as a letter of their own; a few letters stand alone.
_VNI_PAIR = re.compile(
    rb"[AEOUYaeouy\xd4\xd6\xf4\xf6][\xc0-\xc5\xc8-\xcb\xcf\xd5\xd8-\xdc\xe0-\xe5\xe8-\xeb\xef\xf5\xf8-\xfc]"
)
_VNI_ALONE = frozenset(bytes.fromhex("f1 f6 f4 ed ec e6 d1 d6 d4"))
_CONTROL = bytes([*range(0x09), 0x0B, *range(0x0E, 0x20), 0x7F])


def wide(data: bytes) -> Guess | None:
    """UTF-16 or UTF-32, told by a byte order mark or by where the zero bytes stand; None for neither."""
    if data.startswith((b"\xff\xfe\0\0", b"\0\0\xfe\xff")):
        return UTF32
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        return UTF16
    head = data[: SAMPLE // 4 * 4]
    quarter = len(head) // 4
    if not quarter:
        return None
    shares = [head[offset::4].count(0) / quarter for offset in range(4)]
    least, less, more, _ = sorted(shares)
    if least < 0.1 and less > 0.3 and more > 0.95:
        return UTF32
    low, high = sorted((shares[0] + shares[2], shares[1] + shares[3]))
    return UTF16 if high > 0.8 and low < 0.1 else None


def binary(data: bytes) -> bool:
    """Whether this is no text at all: a zero byte, or more than a stray control character."""
    if b"\0" in data:
        return True
    return len(data) - len(data.translate(None, _CONTROL)) > max(2, len(data) // 100)


def legacy(data: bytes) -> Guess | None:
    """The old Vietnamese encoding that the marked letters of `data` fit, None where none fits."""
    head = data[:SAMPLE]
    high = head.translate(None, bytes(range(0x80)))
    if len(high) < _ENOUGH:
        return None
    scores = {guess: sum(high.count(byte) for byte in letters) / len(high) for guess, letters in _FREQUENT.items()}
    pairs = len(_VNI_PAIR.findall(head))
    # A letter that stands alone and is the first of a pair counts once as either, so the sum stays below one and a half.
    scores[_VNI] = (pairs + sum(high.count(byte) for byte in _VNI_ALONE)) / len(high) if pairs * 3 > len(high) else 0.0
    best = max(scores, key=lambda guess: (scores[guess], guess.name))
    if best is _TCVN3 and sum(high.count(byte) for byte in _NO_LETTERS) < 0.2 * len(high):
        return None
    return best if scores[best] >= 0.55 else None


def transcoded(text: str) -> Guess | None:
    """The old encoding whose bytes were taken for Western European letters on the way to Unicode, None for none.

    Only where no letter of `text` is beyond that repertoire: real Vietnamese in Unicode has such letters in every line.
    """
    try:
        data = text[:SAMPLE].encode("cp1252")
    except UnicodeEncodeError:
        return None
    guess = legacy(data)
    return guess if guess in (_TCVN3, _VNI) else None
