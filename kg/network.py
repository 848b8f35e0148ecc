"""View → the data of its drawing: nodes, lines and options as pyvis gives them, and where everything stands.

pyvis' only door. The page draws what stands here and computes no place of a system itself.
"""

from __future__ import annotations

import math
import re
from collections import Counter
from functools import lru_cache
from pathlib import Path
from typing import Any

from kg.drawing import HEAD, Box, Drawing, Group, arrange
from kg.links import current
from kg.messages import families
from kg.view import View, by_home, homes

COLOURS = {
    "national": "#0072b2",
    "ministry": "#e69f00",
    "province": "#009e73",
    "district": "#cc79a7",
    "commune": "#7f7f7f",
    "": "#56b4e9",
}
"""Level of a system → fill; told apart by colour-blind readers too."""
LINES: dict[str, tuple[str, list[int]]] = {
    "operational": ("#33414e", []),
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
OUTER = ("district", "commune")
"""Levels of systems that stand at the edge of their province's block."""
GENERATIONS = (None, "2025")
"""Units by which the page can arrange provinces: as texts name them, and after the merger."""
_CLOSING = re.compile(r"</(?=script)|<!(?=--)", re.IGNORECASE)


def network(view: View) -> dict[str, Any]:
    """Nodes, lines and options of the drawing, as pyvis gives them.

    Returns:
        `nodes`: one a system, its id the place in `view.systems`, then one a province, its id `p` and the place in
        `homes(view)`. `edges`: one a leg of the paths of connections, with the places in `view.edges` of all that take
        it as `connections`. `layouts`: where they stand, see `layouts`. `lines`: how a status is drawn.
    """
    from pyvis.network import Network

    net = Network(directed=True, cdn_resources="in_line")
    known: set[int | str] = set()
    # pyvis looks through a list for both ends of each line: minutes where there are many.
    net.get_nodes = lambda: known
    degree = Counter(iri for edge, _ in view.edges for iri in set(edge.path))
    number = {iri: index for index, iri in enumerate(view.systems)}
    shapes = {name: family.shape for family in families() for name in family.types}
    for iri in view.systems:
        types = view.links.systems[iri].types
        shape = next((shapes[name] for name in types if name in shapes), families()[-1].shape)
        # The page draws names itself, so that they keep their size and never overlap.
        net.add_node(number[iri], label=" ", shape=shape, size=_size(degree[iri]), group=group_of(view, iri))
    for index, _ in enumerate(homes(view)):
        net.add_node(f"p{index}", label=" ", shape="box", group="fold")
    known.update(net.node_ids)
    legs: dict[tuple[int, int], list[int]] = {}
    for place, (edge, _) in enumerate(view.edges):
        for start, end in zip(edge.path, edge.path[1:], strict=False):
            legs.setdefault((number[start], number[end]), []).append(place)
    for one, other in sorted(legs):
        net.add_edge(one, other, connections=legs[one, other])
    net.options = _options()
    nodes, edges, *_ = net.get_network_data()
    lines = {status: {"color": colour, "dashes": dashes} for status, (colour, dashes) in LINES.items()}
    nodes = [{key: value for key, value in node.items() if key not in {"font", "label"}} for node in nodes]
    edges = [{key: value for key, value in edge.items() if key != "arrows"} for edge in edges]
    return {"nodes": nodes, "edges": edges, "options": net.options, "lines": lines, "layouts": layouts(view)}


def group_of(view: View, iri: str) -> str:
    """The scope by which a system is coloured, and whether it runs: 'province', 'province hollow' …"""
    level = view.links.systems[iri].level
    claim = current(view.links.claims.get(iri, ()))
    hollow = " hollow" if claim is not None and claim.status != "operational" else ""
    return (level if level in COLOURS and level else "other") + hollow


def layouts(view: View) -> list[dict[str, Any]]:
    """Where systems, blocks and marks of provinces stand, for each of `GENERATIONS`; the same one only once."""
    order = {home: index for index, home in enumerate(homes(view))}
    found = [_layout(view, order, arrange(_groups(view, units))) for units in GENERATIONS]
    return found if found[0] != found[1] else found[:1]


def _layout(view: View, order: dict[str, int], drawn: Drawing) -> dict[str, Any]:
    def box(home: str, place: Box) -> dict[str, Any]:
        mark = drawn.marks[home]
        size = {"x": place.x, "y": place.y, "width": place.width, "height": place.height}
        return {"home": order[home], **size, "mark": [mark.x, mark.y]}

    return {
        "points": [[drawn.points[iri].x, drawn.points[iri].y] for iri in view.systems],
        "boxes": [box(home, place) for home, place in drawn.boxes.items()],
        "middle": [drawn.middle.width, drawn.middle.height],
        "head": HEAD,
    }


def _groups(view: View, units: str | None) -> list[Group]:
    """The blocks of the page, each with its most connected systems first and those of districts and communes last."""
    links = view.links
    degree = Counter(iri for edge, _ in view.edges for iri in set(edge.path))

    def rank(iri: str) -> tuple[bool, int, str]:
        return links.systems[iri].level in OUTER, -degree[iri], iri

    groups = []
    for home, systems in by_home(view, units).items():
        joined = sorted((iri for iri in systems if degree[iri]), key=rank)
        ring = [iri for iri in joined if not home and links.systems[iri].level == "ministry"]
        alone = sorted((iri for iri in systems if not degree[iri]), key=rank)
        groups.append(Group(home, tuple(iri for iri in joined if iri not in ring), tuple(ring), tuple(alone)))
    return groups


def _size(degree: int) -> float:
    return round(9 + 3.2 * math.sqrt(min(degree, 60)), 1) if degree else 6


def _options() -> dict[str, Any]:
    groups: dict[str, Any] = {}
    for level, colour in COLOURS.items():
        for hollow in (False, True):
            fill = "#ffffff" if hollow else colour
            chosen = {"background": fill, "border": "#000000"}
            groups[(level or "other") + (" hollow" if hollow else "")] = {
                "color": {"background": fill, "border": colour, "highlight": chosen, "hover": chosen},
                "shapeProperties": {"borderDashes": [5, 3] if hollow else False},
            }
    chosen = {"background": "#d9ece4", "border": "#000000"}
    groups["fold"] = {
        "color": {"background": "#e8f3ee", "border": COLOURS["province"], "highlight": chosen, "hover": chosen},
        "widthConstraint": {"minimum": 56},
        "heightConstraint": {"minimum": 36},
    }
    return {
        "physics": False,
        "layout": {"improvedLayout": False, "randomSeed": 1},
        "groups": groups,
        "interaction": {
            "dragNodes": False,
            "hover": True,
            "hoverConnectedEdges": False,
            "keyboard": False,
            "multiselect": False,
            "selectConnectedEdges": False,
            "tooltipDelay": 86400000,
            "zoomSpeed": 0.7,
        },
        "nodes": {"borderWidth": 2, "borderWidthSelected": 3},
        "edges": {
            "arrows": {"to": {"enabled": True, "scaleFactor": 0.55}},
            "arrowStrikethrough": False,
            "selectionWidth": 2.5,
            "smooth": False,
        },
    }


@lru_cache(maxsize=1)
def library() -> str:
    """vis-network as pyvis bundles it, with its licence notice at the head, fit to stand in a script element."""
    import pyvis

    bundled = Path(pyvis.__file__).parent / "templates" / "lib" / "vis-9.1.2" / "vis-network.min.js"
    # An HTML parser must not see an end of the element, or the start of a comment, inside the script.
    return _CLOSING.sub(lambda found: found[0][0] + "\\" + found[0][1], bundled.read_text(encoding="utf-8"))
