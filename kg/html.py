"""Graph → one self-contained HTML page. pyvis' only door.

pyvis gives the drawing's data and the bundled vis-network; the page around it is ours (`kg/assets`), because pyvis' own
asks other servers for its parts and runs script out of data. The page asks for nothing: its policy forbids every request,
only the two scripts and one style sheet in it may run, known by their hashes, and all data stands in one block of JSON
that the script writes as text.
"""

from __future__ import annotations

import base64
import hashlib
import json
import math
import re
from collections import Counter
from collections.abc import Mapping
from contextlib import suppress
from functools import lru_cache
from html import escape
from pathlib import Path
from typing import Any

from kg.drawing import HEAD, Box, Drawing, Group, arrange
from kg.errors import OutputError
from kg.links import current
from kg.messages import LANGUAGES, families, say
from kg.pagedata import EvidenceOf, page_data
from kg.view import View, by_home
from kg.vocab import slug

COLOURS = {
    "national": "#0072b2",
    "ministry": "#e69f00",
    "province": "#009e73",
    "district": "#cc79a7",
    "commune": "#7f7f7f",
    "": "#56b4e9",
}
"""Level of a system → fill; told apart by colour-blind readers too."""
LINES: dict[str, tuple[str, list[int] | bool]] = {
    "operational": ("#33414e", False),
    "pilot": ("#33414e", [14, 5]),
    "ready": ("#5b6b7a", [9, 6]),
    "in_progress": ("#5b6b7a", [5, 6]),
    "planned": ("#7d8b99", [2, 6]),
    "suspended": ("#c4501b", [14, 5, 3, 5]),
    "discontinued": ("#c4501b", [5, 4, 2, 4]),
    "absent": ("#c4501b", [2, 5]),
    "": ("#a8b2bc", [1, 7]),
}
"""Status → colour and dashes of a line."""
TITLE_LENGTH = 72
"""Characters of a province's name that are drawn on the map, and of the page's title."""
_ASSETS = Path(__file__).with_name("assets")
_SLOT = re.compile(r"<!--kg:(\w+)-->")
_UNSAFE = re.compile("[<>&\u2028\u2029\ud800-\udfff]")
_BREAKS = re.compile("[\x00-\x1f\x7f-\x9f\u2028\u2029\u200e\u200f\u202a-\u202e\u2066-\u2069\ud800-\udfff]+")


def render(view: View, evidence: EvidenceOf, lang: str = "vi") -> str:
    """The page of `view` as HTML text.

    Args:
        view: What to draw.
        evidence: Where to look up the passages behind a claim.
        lang: Language the page opens in; it holds both.

    Returns:
        The same text for the same graph, free of references to anything outside.
    """
    drawn = arrange(_groups(view))
    data = page_data(view, evidence, lang)
    data["network"] = network(view, drawn)
    data["boxes"] = [_box(view, home, box) for home, box in drawn.boxes.items()]
    data["legend"] = _legend(view)
    library, app, style = _library(), _asset("page.js"), _asset("page.css")
    policy = "; ".join(
        (
            "default-src 'none'",
            f"script-src {_hash(library)} {_hash(app)}",
            f"style-src {_hash(style)}",
            "img-src data:",
            "base-uri 'none'",
            "form-action 'none'",
        )
    )
    parts = {
        "lang": lang,
        "policy": policy,
        "title": escape(_short(data["title"][LANGUAGES.index(lang)])),
        "noscript": escape(say("page.no-script", lang)),
        "style": style,
        "library": library,
        "app": app,
        "data": script_json(data),
    }
    return _SLOT.sub(lambda slot: parts[slot[1]], _asset("page.html"))


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


def network(view: View, drawn: Drawing) -> dict[str, Any]:
    """Nodes, lines and options of the drawing, as pyvis gives them. Node ids are places in `view.systems`.

    A connection is drawn as the legs of its path, and legs of one pair and status are one line, so that a hub looks like
    one; `connections` of a line are places in `view.edges`.
    """
    from pyvis.network import Network

    net = Network(directed=True, cdn_resources="in_line")
    degree = Counter(iri for edge, _ in view.edges for iri in set(edge.path))
    number = {iri: index for index, iri in enumerate(view.systems)}
    shapes = {name: family.shape for family in families() for name in family.types}
    for iri in view.systems:
        net.add_node(number[iri], **_node(view, drawn, shapes, degree[iri], iri))
    legs: dict[tuple[int, int, str], list[int]] = {}
    for place, (edge, claim) in enumerate(view.edges):
        for start, end in zip(edge.path, edge.path[1:], strict=False):
            legs.setdefault((number[start], number[end], claim.status if claim else ""), []).append(place)
    pairs = Counter(frozenset(leg[:2]) for leg in legs)
    bends: Counter[frozenset[int]] = Counter()
    for one, other, status in sorted(legs):
        pair = frozenset((one, other))
        bend = 0.12 * (bends[pair] + 1) if pairs[pair] > 1 else 0.0
        bends[pair] += 1
        net.add_edge(one, other, **_line(status, legs[one, other, status], bend))
    net.options = _OPTIONS
    nodes, lines, _, _, _, options = net.get_network_data()
    return {"nodes": nodes, "edges": lines, "options": json.loads(options)}


_OPTIONS: dict[str, Any] = {
    "physics": False,
    "layout": {"improvedLayout": False, "randomSeed": 1},
    "interaction": {
        "dragNodes": False,
        "hover": True,
        "hideEdgesOnDrag": False,
        "keyboard": {"enabled": True, "bindToWindow": False},
        "multiselect": False,
        "hoverConnectedEdges": False,
        "selectConnectedEdges": True,
        "tooltipDelay": 86400000,
        "zoomSpeed": 0.7,
    },
    "nodes": {
        "borderWidth": 2,
        "borderWidthSelected": 5,
    },
    "edges": {"arrowStrikethrough": False, "selectionWidth": 2.5, "smooth": False},
}


def _node(view: View, drawn: Drawing, shapes: Mapping[str, str], degree: int, iri: str) -> dict[str, Any]:
    links = view.links
    system = links.systems[iri]
    claim = current(links.claims.get(iri, ()))
    colour = COLOURS.get(system.level, COLOURS[""])
    hollow = claim is not None and claim.status != "operational"
    shape = next((shapes[name] for name in system.types if name in shapes), families()[-1].shape)
    point = drawn.points[iri]
    fill = "#ffffff" if hollow else colour
    chosen = {"background": fill, "border": "#000000"}
    return {
        # The page draws names itself, so that they keep their size and never overlap.
        "label": " ",
        "shape": shape,
        "size": round(9 + 3.2 * math.sqrt(degree), 1) if degree else 6,
        "x": point.x,
        "y": point.y,
        "color": {"background": fill, "border": colour, "highlight": chosen, "hover": chosen},
        "shapeProperties": {"borderDashes": [5, 3] if hollow else False},
        **({} if degree else {"borderWidth": 1}),
    }


def _line(status: str, connections: list[int], bend: float) -> dict[str, Any]:
    colour, dashes = LINES.get(status, LINES[""])
    return {
        "connections": connections,
        "color": {"color": colour, "highlight": "#000000", "hover": "#000000", "inherit": False, "opacity": 0.75},
        "dashes": dashes,
        "width": round(1.4 + 0.5 * math.log2(len(connections)), 2),
        "arrows": {"to": {"enabled": True, "scaleFactor": 0.55}},
        **({"smooth": {"enabled": True, "type": "curvedCW", "roundness": round(bend, 2)}} if bend else {}),
    }


def _groups(view: View) -> list[Group]:
    """The blocks of the page, each with its most connected systems first."""
    links = view.links
    degree = Counter(iri for edge, _ in view.edges for iri in set(edge.path))

    def rank(iri: str) -> tuple[int, str]:
        return -degree[iri], iri

    groups = []
    for home, systems in by_home(view).items():
        joined = sorted((iri for iri in systems if degree[iri]), key=rank)
        ring = [iri for iri in joined if not home and links.systems[iri].level == "ministry"]
        alone = sorted((iri for iri in systems if not degree[iri]), key=rank)
        groups.append(Group(home, tuple(iri for iri in joined if iri not in ring), tuple(ring), tuple(alone)))
    return groups


def _box(view: View, home: str, box: Box) -> dict[str, Any]:
    labels = [_short(view.links.label(home, lang)) for lang in LANGUAGES]
    return {"label": labels, "x": box.x, "y": box.y, "width": box.width, "height": box.height, "head": HEAD}


def _legend(view: View) -> dict[str, Any]:
    """Shapes, colours and lines that occur on the page, in a fixed order."""
    types = {name for iri in view.systems for name in view.links.systems[iri].types}
    levels = {view.links.systems[iri].level for iri in view.systems}
    statuses = {claim.status if claim else "" for _, claim in view.edges}
    return {
        "shapes": [
            {"shape": family.shape, "label": [family.labels[lang] for lang in LANGUAGES]}
            for family in families()
            if family.types & types
        ],
        "colours": [{"colour": colour, "level": level} for level, colour in COLOURS.items() if level in levels],
        "lines": [
            {"colour": colour, "dashes": dashes or [], "status": status}
            for status, (colour, dashes) in LINES.items()
            if status in statuses
        ],
    }


def _short(label: str) -> str:
    plain = _plain(label)
    return plain if len(plain) <= TITLE_LENGTH else plain[: TITLE_LENGTH - 1].rstrip() + "…"


def _plain(label: str) -> str:
    """A name without characters that break lines or turn the reading direction."""
    return _BREAKS.sub(" ", label).strip() or "?"


@lru_cache(maxsize=8)
def _asset(name: str) -> str:
    return (_ASSETS / name).read_text(encoding="utf-8").strip("\n") + "\n"


@lru_cache(maxsize=1)
def _library() -> str:
    """vis-network as pyvis bundles it, with its licence notice at the head."""
    import pyvis

    bundled = Path(pyvis.__file__).parent / "templates" / "lib" / "vis-9.1.2" / "vis-network.min.js"
    text = bundled.read_text(encoding="utf-8")
    # An HTML parser must not see an end of the element, or the start of a comment, inside the script.
    return text.replace("</script", "<\\/script").replace("<!--", "<\\!--")


def _hash(text: str) -> str:
    digest = hashlib.sha256(text.encode("utf-8")).digest()
    return f"'sha256-{base64.b64encode(digest).decode('ascii')}'"
