"""Small PDF files made by hand: text at given places, rules, any number of pages."""

from __future__ import annotations

from collections.abc import Sequence

Text = tuple[float, float, str]
"""Left, distance from the top, words; every letter is half as wide as it is high."""
Rule = tuple[float, float, float, float]
SIZE = 12
_HEIGHT = 800


def pdf(*pages: Sequence[Text | Rule], trailer: str = "") -> bytes:
    """A PDF of these pages, its text in a font that maps its codes to Unicode as office programs write it."""
    letters = sorted({letter for page in pages for thing in page if len(thing) == 3 for letter in thing[2]})
    pairs = "".join(f"<{ord(letter):04X}> <{ord(letter):04X}>\n" for letter in letters)
    cmap = f"1 begincodespacerange <0000> <FFFF> endcodespacerange {len(letters)} beginbfchar\n{pairs}endbfchar"
    kids = " ".join(f"{7 + 2 * number} 0 R" for number in range(len(pages)))
    parts = [
        "<< /Type /Catalog /Pages 2 0 R >>",
        f"<< /Type /Pages /Kids [{kids}] /Count {len(pages)} /MediaBox [0 0 600 {_HEIGHT}] >>",
        "<< /Type /Font /Subtype /Type0 /BaseFont /F /Encoding /Identity-H /DescendantFonts [4 0 R] /ToUnicode 6 0 R >>",
        "<< /Type /Font /Subtype /CIDFontType2 /BaseFont /F /DW 500 /FontDescriptor 5 0 R"
        " /CIDSystemInfo << /Registry (Adobe) /Ordering (Identity) /Supplement 0 >> >>",
        "<< /Type /FontDescriptor /FontName /F /Flags 4 /FontBBox [0 -200 1000 800] /Ascent 800 /Descent -200 >>",
        _stream(f"/CIDInit /ProcSet findresource begin begincmap {cmap} endcmap end"),
    ]
    for number, page in enumerate(pages):
        parts.append(
            f"<< /Type /Page /Parent 2 0 R /Resources << /Font << /F 3 0 R >> >> /Contents {8 + 2 * number} 0 R >>"
        )
        parts.append(_stream("\n".join(_drawn(thing) for thing in page)))
    return _file(parts, trailer)


def locked() -> bytes:
    """A PDF that opens with a password only."""
    secret = "41" * 32
    encrypt = f"/Encrypt << /Filter /Standard /V 1 /R 2 /O <{secret}> /U <{secret}> /P -4 >> /ID [<00> <00>]"
    return pdf([(50, 50, "x")], trailer=encrypt)


def _drawn(thing: Text | Rule) -> str:
    if len(thing) == 3:
        left, top, words = thing
        codes = "".join(f"{ord(letter):04X}" for letter in words)
        return f"BT /F {SIZE} Tf {left} {_HEIGHT - top - SIZE} Td <{codes}> Tj ET"
    left, top, right, bottom = thing
    return f"{left} {_HEIGHT - top} m {right} {_HEIGHT - bottom} l S"


def _stream(content: str) -> str:
    return f"<< /Length {len(content.encode())} >>\nstream\n{content}\nendstream"


def _file(parts: Sequence[str], trailer: str) -> bytes:
    out, places = b"%PDF-1.7\n", []
    for number, part in enumerate(parts, 1):
        places.append(len(out))
        out += f"{number} 0 obj\n{part}\nendobj\n".encode()
    table = "".join(f"{place:010d} 00000 n \n" for place in places)
    size = len(parts) + 1
    end = f"xref\n0 {size}\n0000000000 65535 f \n{table}trailer\n<< /Size {size} /Root 1 0 R {trailer} >>\n"
    return out + f"{end}startxref\n{len(out)}\n%%EOF\n".encode()
