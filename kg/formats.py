"""Kinds of files that hold more than text: what is taken out of each as the text of the document.

    bytes ─▶ web page │ word processor's file │ PDF ─▶ text, a line for each paragraph, list item and row of a table

The same bytes give the same text. It is the document's own text from here on: offsets count in it.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import PurePath

from kg.errors import UnreadableError
from kg.pdf import PdfError, pdf_text
from kg.plaintext import TooBigError, tidy
from kg.webpage import page_text
from kg.word import word_text

PAGES = (".htm", ".html")
"""Endings of web pages, which are text themselves."""
PACKED = (".docx", ".pdf")
"""Endings of files that are not."""
EXTRACTED = (*PAGES, *PACKED)
"""Endings of all files that a text is taken out of."""


def is_extracted(file: str) -> bool:
    """Whether the text of a document of this name is not the file itself.

    >>> is_extracted("report/a.PDF"), is_extracted("a.md")
    (True, False)
    """
    return PurePath(file).suffix.lower() in EXTRACTED


def text_of_page(file: str, page: str) -> str:
    """Main text of a web page.

    Raises:
        UnreadableError: there is none.
    """
    text = _guarded(file, lambda: page_text(page), "a broken web page", "save it as text (.txt)")
    if not text:
        raise UnreadableError(f"{file}: a web page without a text of its own", "save its text as .txt")
    return text


def text_of_packed(file: str, data: bytes) -> str:
    """Text of a .docx or .pdf file, by the ending of its name.

    Raises:
        UnreadableError: it is broken, locked, larger than the limits, or has no text.
    """
    if file.lower().endswith(".pdf"):
        text = _guarded(file, lambda: pdf_text(data), "a broken PDF", "print it as PDF anew")
        if not text:
            raise UnreadableError(f"{file}: a scan without a text layer", "run text recognition (OCR) on it first")
        return text
    text = _guarded(
        file, lambda: word_text(data), "not a .docx file, or a broken one", "open it and save it as .docx anew"
    )
    if not text:
        raise UnreadableError(f"{file}: empty", "a document needs some text")
    return text


def _guarded(file: str, read: Callable[[], str], message: str, hint: str) -> str:
    try:
        return tidy(read())
    except PdfError as error:
        raise UnreadableError(f"{file}: {error.message}", error.hint) from error
    except TooBigError as error:
        raise UnreadableError(f"{file}: holds more than a document may", "split it into several files") from error
    except Exception as error:  # a broken file makes these libraries fail in every way there is
        raise UnreadableError(f"{file}: {message}", hint) from error
