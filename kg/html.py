"""Graph → one self-contained HTML page.

pyvis gives the drawing's data and the bundled vis-network (`kg.network`); the page around it is ours (`kg/assets`),
because pyvis' own asks other servers for its parts and runs script out of data. The page asks for nothing: its policy
forbids every request, only the two scripts and one style sheet in it may run, known by their hashes, and all data stands
in one block of JSON that the script writes as text.
"""

from __future__ import annotations

import base64
import hashlib
import json
import re
from collections.abc import Sequence
from contextlib import suppress
from functools import lru_cache
from html import escape
from pathlib import Path

from kg.errors import OutputError
from kg.messages import LANGUAGES, say
from kg.network import library, network
from kg.pagedata import EvidenceOf, legend, page_data
from kg.view import View
from kg.vocab import compact, slug

SCRIPTS = ("base", "layer", "map", "labels", "panel", "outage", "lists", "table", "controls")
"""Parts of the page's script, in their order: `assets/<name>.js` each, one scope for all."""
TITLE_LENGTH = 72
"""Characters of a name that stand in the page's title."""
_ASSETS = Path(__file__).with_name("assets")
_SLOT = re.compile(r"<!--kg:(\w+)-->")
_UNSAFE = re.compile("[<>&\u2028\u2029\ud800-\udfff]")
_BREAKS = re.compile("[\x00-\x1f\x7f-\x9f\u2028\u2029\u200e\u200f\u202a-\u202e\u2066-\u2069\ud800-\udfff]+")


def render(
    view: View,
    evidence: EvidenceOf,
    lang: str = "vi",
    as_of: str | None = None,
    units: str | None = None,
    pages: Sequence[View] = (),
) -> str:
    """The page of `view` as HTML text.

    Args:
        view: What to draw.
        evidence: Where to look up the passages behind a claim.
        lang: Language the page opens in; it holds both.
        as_of: Only claims until this date count.
        units: Unit generation the page opens with, '2024' or '2025'; without it each unit as texts name it.
        pages: Pages that stand in the same folder, to be named on this one.

    Returns:
        The same text for the same graph, free of references to anything outside.
    """
    data = page_data(view, evidence, lang, as_of, units)
    data["network"] = network(view)
    data["legend"] = legend(view, data["network"])
    data["pages"] = [_entry(page) for page in pages if page.about != view.about]
    app, style = _app(), _asset("page.css")
    policy = "; ".join(
        (
            "default-src 'none'",
            f"script-src {_hash(library())} {_hash(app)}",
            f"style-src {_hash(style)}",
            "img-src data:",
            "base-uri 'none'",
            "form-action 'none'",
        )
    )
    title = data["title"]
    parts = {
        "lang": lang,
        "policy": policy,
        "title": escape(_short(title if isinstance(title, str) else title[LANGUAGES.index(lang)])),
        "noscript": escape(say("page.no-script", lang)),
        "style": style,
        "library": library(),
        "app": app,
        "data": script_json(data),
    }
    return _SLOT.sub(lambda slot: parts[slot[1]], _asset("page.html"))


def _entry(page: View) -> dict[str, object]:
    """A page as another one names it; `id` is the province or system it is about."""
    labels = [
        page.links.label(page.about[0], lang) if page.about else say("page.title-national", lang) for lang in LANGUAGES
    ]
    about = compact(page.about[0]) if page.about else ""
    return {"file": page_name(page), "view": page.name, "id": about, "label": [_short(label) for label in labels]}


def page_name(view: View, index: str = "index") -> str:
    """File name of the page of `view`; the national one is called `index`.

    >>> page_name(view)    # doctest: +SKIP
    'province-khanh-hoa.html'
    """
    if view.name == "national":
        return f"{index}.html"
    return f"{view.name}-{slug(view.about[0].rsplit('/', 1)[-1])}.html"


def write_page(text: str, path: Path) -> Path:
    """Write a page as UTF-8, whole or not at all, and return its path.

    Raises:
        OutputError: the file cannot be written.
    """
    draft = path.with_name(f".{path.name}.part")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        draft.write_text(text, encoding="utf-8", newline="\n")
        draft.replace(path)
    except OSError as error:
        with suppress(OSError):
            draft.unlink(missing_ok=True)
        raise OutputError(f"cannot write {path}: {error.strerror}", hint="name another file with -o") from error
    return path


def script_json(value: object) -> str:
    """`value` as JSON that can stand in a script element: no character of it ends the element or a line of script.

    >>> script_json("</script>")
    '"\\\\u003c/script\\\\u003e"'
    """
    text = json.dumps(value, ensure_ascii=False, separators=(",", ":"), sort_keys=True)
    return _UNSAFE.sub(lambda match: f"\\u{ord(match[0]):04x}", text)


def _short(label: str) -> str:
    plain = _plain(label)
    return plain if len(plain) <= TITLE_LENGTH else plain[: TITLE_LENGTH - 1].rstrip() + "…"


def _plain(label: str) -> str:
    """A name without characters that break lines or turn the reading direction."""
    return _BREAKS.sub(" ", label).strip() or "?"


@lru_cache(maxsize=2 + len(SCRIPTS))
def _asset(name: str) -> str:
    return (_ASSETS / name).read_text(encoding="utf-8").strip("\n") + "\n"


@lru_cache(maxsize=1)
def _app() -> str:
    """The page's script: all its parts in one function, so that they share names and leave none behind."""
    parts = "\n".join(_asset(f"{name}.js") for name in SCRIPTS)
    return f'"use strict";\n(function () {{\n{parts}}})();\n'


def _hash(text: str) -> str:
    digest = hashlib.sha256(text.encode("utf-8")).digest()
    return f"'sha256-{base64.b64encode(digest).decode('ascii')}'"
