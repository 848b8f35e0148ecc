"""Writes Vietnamese in encodings from before Unicode that Python has no codec for, to test that they are recognised."""

from __future__ import annotations

import unicodedata

_TCVN3 = dict(
    zip(
        "àảãáạăằẳẵắặâầẩẫấậđèẻẽéẹêềểễếệìỉĩíịòỏõóọôồổỗốộơờởỡớợùủũúụưừửữứựỳỷỹýỵ",
        bytes.fromhex(
            "b5b6b7b8b9a8bbbcbdbec6a9c7c8c9cacbaecccecfd0d1aad2d3d4d5d6d7d8dcdddedfe1e2e3e4abe5e6e7e8e9aceaebeced"
            "eeeff1f2f3f4adf5f6f7f8f9fafbfcfdfe"
        ),
        strict=True,
    )
)
_VNI_LETTERS = dict(zip("đươíìỉĩịỵ", bytes.fromhex("f1f6f4edece6f3f2ee"), strict=True))
_VNI_MARKS = dict(
    zip(
        [
            "\u0300",
            "\u0301",
            "\u0309",
            "\u0303",
            "\u0323",
            "\u0302",
            "\u0302\u0301",
            "\u0302\u0300",
            "\u0302\u0309",
            "\u0302\u0303",
            "\u0302\u0323",
            "\u0306",
            "\u0306\u0301",
            "\u0306\u0300",
            "\u0306\u0309",
            "\u0306\u0303",
            "\u0306\u0323",
        ],
        bytes.fromhex("f8f9fbf5efe2e1e0e5e3e4eae9e8fafceb"),
        strict=True,
    )
)
SENTENCE = (
    "Đến nay, tỉnh đã kết nối cổng dịch vụ công với nền tảng tích hợp, chia sẻ dữ liệu; việc gửi nhận văn bản điện tử "
    "giữa các cơ quan nhà nước được thực hiện thường xuyên, bảo đảm an toàn thông tin theo quy định của Chính phủ.\n"
)
"""Prose with enough marked letters to be told apart."""


def tcvn3(text: str) -> bytes:
    """`text` in the bytes of the ABC fonts; capitals in those of small letters, as the fonts of capitals have them."""
    return bytes(ord(char) if char.isascii() else _TCVN3[char.lower()] for char in text)


def vni(text: str) -> bytes:
    """`text` in the bytes of the VNI fonts: a vowel, then its marks as one more byte."""
    out = bytearray()
    for char in text.lower():
        if char.isascii():
            out.append(ord(char))
        elif char in _VNI_LETTERS:
            out.append(_VNI_LETTERS[char])
        else:
            base, *marks = unicodedata.normalize("NFD", char)
            if "\u031b" in marks:
                marks.remove("\u031b")
                out.append(_VNI_LETTERS["ơ" if base == "o" else "ư"])
            else:
                out.append(ord(base))
            if marks:
                # The mark below comes first in canonical order, but the table names the circumflex and breve first.
                out.append(_VNI_MARKS["".join(sorted(marks, key=lambda mark: mark not in "\u0302\u0306"))])
    return bytes(out)
