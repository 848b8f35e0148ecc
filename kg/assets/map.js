/* The drawing: which marks and lines stand on it, where, and what the reader sees of it. Systems stand where the page says;
   only a province that is unfolded among folded ones is given room here, outside the marks. */

const map = byId("map");
const systemNodes = data.network.nodes.filter((node) => typeof node.id === "number");
const foldNode = data.network.nodes.find((node) => typeof node.id === "string");
const nodeSet = new vis.DataSet();
const lineSet = new vis.DataSet();
let network = null;
let placed = new Map(); // unfolded province -> the rectangle of its systems
let untouched = true; // until the reader moves the map, all of it stays in sight

const layout = () => data.network.layouts[state.units === "2025" ? data.network.layouts.length - 1 : 0];
const foldId = (home) => "p" + home;
const homeOfFold = (id) => Number(id.slice(1));

/* What stands for a system on the map: itself, or its province where that is folded. */
function standIn(place) {
  const home = homeOf(place);
  return home === null || state.open.has(home) ? place : foldId(home);
}

/* Gives each unfolded province its rectangle. Among folded ones it goes outwards from its mark until it meets nothing. */
function placeOpen() {
  const { boxes, middle } = layout();
  const open = boxes.filter((box) => state.open.has(box.home));
  if (state.level === "system") {
    placed = new Map(open.map((box) => [box.home, box]));
    return;
  }
  const taken = [{ x: 0, y: 0, width: middle[0], height: middle[1] }];
  for (const box of boxes) if (!state.open.has(box.home)) taken.push({ x: box.mark[0], y: box.mark[1], width: 130, height: 60 });
  placed = new Map();
  for (const box of open) {
    const far = Math.hypot(...box.mark) || 1;
    const way = [box.mark[0] / far, box.mark[1] / far];
    let spot = null;
    for (let away = far; !spot || taken.some((other) => meets(spot, other)); away += 20) {
      spot = { ...box, x: Math.round(way[0] * away), y: Math.round(way[1] * away) };
    }
    taken.push(spot);
    placed.set(box.home, spot);
  }
}

function meets(one, other) {
  return Math.abs(one.x - other.x) < (one.width + other.width) / 2 + 40 && Math.abs(one.y - other.y) < (one.height + other.height) / 2 + 40;
}

function pointOf(place) {
  const [x, y] = layout().points[place];
  const home = homeOf(place);
  if (state.level === "system" || home === null) return { x, y };
  const box = layout().boxes.find((one) => one.home === home);
  const spot = placed.get(home);
  return { x: x - box.x + spot.x, y: y - box.y + spot.y };
}

function systemNode(place) {
  const { level, claims } = data.systems[place];
  const claim = current(claims);
  const group = Object.hasOwn(data.network.options.groups, level || "other") ? level || "other" : "other";
  return { ...systemNodes[place], ...pointOf(place), group: claim && claim.status !== "operational" ? group + " hollow" : group };
}

function provinceNode(box, systems) {
  const [x, y] = state.level === "system" ? [box.x, box.y] : box.mark;
  return { ...foldNode, id: foldId(box.home), x, y, systems };
}

function visibleNodes() {
  const nodes = [];
  const folded = new Map();
  for (const place of shown.systems) {
    const home = homeOf(place);
    if (home === null || state.open.has(home)) nodes.push(systemNode(place));
    else folded.set(home, (folded.get(home) || 0) + 1);
  }
  for (const box of layout().boxes) if (folded.has(box.home)) nodes.push(provinceNode(box, folded.get(box.home)));
  return nodes;
}

/* Legs of connections between the same two marks and of the same status are one line. */
function visibleLines() {
  const on = new Set(shown.connections);
  const lines = new Map();
  for (const leg of data.network.edges) {
    const [from, to] = [standIn(leg.from), standIn(leg.to)];
    for (const index of from === to ? [] : leg.connections) {
      if (!on.has(index)) continue;
      const id = from + ">" + to + ">" + statusOf(index);
      if (!lines.has(id)) lines.set(id, { id, from, to, status: statusOf(index), connections: new Set() });
      lines.get(id).connections.add(index);
    }
  }
  const pair = (line) => [line.from, line.to].map(String).sort().join(">");
  const bends = new Map();
  return [...lines.values()].map(function (line) {
    const key = pair(line);
    bends.set(key, (bends.get(key) || 0) + 1);
    return styled(line, bends.get(key) - 1);
  });
}

/* The first line of a pair is straight; further ones bend aside, ever farther, to the one side and the other. */
function styled(line, bend) {
  const style = data.network.lines[Object.hasOwn(data.network.lines, line.status) ? line.status : ""];
  return {
    id: line.id,
    from: line.from,
    to: line.to,
    connections: [...line.connections],
    color: { color: style.color, highlight: "#000000", hover: "#000000", inherit: false, opacity: 0.8 },
    dashes: style.dashes.length ? style.dashes : false,
    width: Math.min(1.4 + 0.5 * Math.log2(line.connections.size), 6),
    smooth: bend ? { enabled: true, type: bend % 2 ? "curvedCW" : "curvedCCW", roundness: 0.1 * Math.ceil(bend / 2) } : false,
  };
}

/* Brings the drawing up to date; what did not change is left alone. */
function draw() {
  placeOpen();
  const [nodes, lines] = [visibleNodes(), visibleLines()];
  if (!network) {
    nodeSet.add(nodes);
    lineSet.add(lines);
    network = new vis.Network(map, { nodes: nodeSet, edges: lineSet }, data.network.options);
    listen();
  } else {
    keep(lineSet, lines);
    keep(nodeSet, nodes);
    nodeSet.update(nodes);
    lineSet.update(lines);
  }
  network.setOptions({ interaction: { hideEdgesOnDrag: lines.length > 1500, hideEdgesOnZoom: lines.length > 1500 } });
}

function keep(set, items) {
  const wanted = new Set(items.map((item) => item.id));
  set.remove(set.getIds().filter((id) => !wanted.has(id)));
}

/* Unfolds every province, as far as the page stays quick; returns how many stay folded. */
function unfoldAll() {
  const size = new Map();
  for (const place of data.systems.keys()) size.set(homeOf(place), (size.get(homeOf(place)) || 0) + 1);
  let room = WHOLE - (size.get(null) || 0);
  state.open.clear();
  for (const { home } of layout().boxes) {
    room -= size.get(home);
    if (room >= 0) state.open.add(home);
    else room += size.get(home);
  }
  return layout().boxes.length - state.open.size;
}

/* ---------------------------------------------------------------- what is in sight */

/* Room on the screen beside what is drawn, for names that keep their size. */
const margins = () => (narrow() ? { side: 46, top: 28, bottom: 44 } : { side: 74, top: 30, bottom: 50 });

function rectangles(ids) {
  const chosen = ids && new Set(ids);
  const marks = nodeSet.get().filter((node) => !chosen || chosen.has(node.id));
  const rects = marks.map((node) => ({ x: node.x, y: node.y, width: 2 * (node.size || 30), height: 2 * (node.size || 30) }));
  return chosen ? rects : rects.concat([...placed.values()]);
}

function fit(rects, most) {
  if (!rects.length) return;
  const left = Math.min(...rects.map((rect) => rect.x - rect.width / 2));
  const right = Math.max(...rects.map((rect) => rect.x + rect.width / 2));
  const top = Math.min(...rects.map((rect) => rect.y - rect.height / 2));
  const bottom = Math.max(...rects.map((rect) => rect.y + rect.height / 2));
  const room = margins();
  const wide = Math.max(map.clientWidth - 2 * room.side, 80);
  const high = Math.max(map.clientHeight - room.top - room.bottom, 80);
  const scale = Math.min(wide / (right - left || 1), high / (bottom - top || 1), most);
  const position = { x: (left + right) / 2, y: (top + bottom) / 2 + (room.bottom - room.top) / 2 / scale };
  network.moveTo({ position, scale, animation: false });
}

const fitAll = () => fit(rectangles(), 1.2);

function fitTo(ids) {
  untouched = false;
  fit(rectangles(ids), 0.9);
}

/* Moves the map only if a mark is out of sight. */
function reveal(id) {
  const node = nodeSet.get(id);
  if (!node) return;
  const at = network.canvasToDOM(node);
  const inside = at.x > 30 && at.y > 30 && at.x < map.clientWidth - 30 && at.y < map.clientHeight - 60;
  if (!inside) network.moveTo({ position: { x: node.x, y: node.y }, animation: false });
}

function zoom(factor) {
  untouched = false;
  network.moveTo({ scale: network.getScale() * factor, animation: false });
}

/* ---------------------------------------------------------------- pointer and keys */

function listen() {
  for (const kind of ["zoom", "dragStart"]) network.on(kind, () => { untouched = false; });
  network.on("resize", () => { if (untouched) setTimeout(fitAll); });
  const pointer = (shape) => () => { map.style.cursor = shape; };
  for (const kind of ["Node", "Edge"]) {
    network.on("hover" + kind, pointer("pointer"));
    network.on("blur" + kind, pointer("default"));
  }
  network.on("click", function (event) {
    const id = event.nodes.length ? event.nodes[0] : nearest(event.pointer.canvas, 16 / network.getScale());
    const home = titleAt(event.pointer.canvas);
    if (id !== undefined) pick(id);
    else if (home !== null) choose({ province: home });
    else if (event.edges.length) choose({ line: event.edges[0] });
    else choose(null);
  });
  network.on("beforeDrawing", drawBoxes);
  network.on("afterDrawing", drawOver);
}

/* A click on a folded province unfolds it. */
function pick(id) {
  if (typeof id === "number") return choose({ system: id });
  const home = homeOfFold(id);
  fold(home, false);
  choose({ province: home });
}

function fold(home, folded) {
  if (folded) state.open.delete(home);
  else state.open.add(home);
  refresh();
  if (!folded) {
    untouched = false;
    fit([placed.get(home)], 0.9);
  } else if (state.level === "province") fitAll();
}

function nearest(at, most) {
  let best;
  for (const node of nodeSet.get()) {
    const away = Math.hypot(node.x - at.x, node.y - at.y);
    if (away <= most) [best, most] = [node.id, away];
  }
  return best;
}

/* Arrow keys go to the nearest mark in that direction. */
const DIRECTIONS = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] };

function go([dx, dy]) {
  const here = markChosen() || network.getViewPosition();
  let [best, least] = [null, Infinity];
  for (const node of nodeSet.get()) {
    const [x, y] = [node.x - here.x, node.y - here.y];
    const along = x * dx + y * dy;
    const across = Math.abs(x * dy) + Math.abs(y * dx);
    if (node.id !== here.id && along > 1 && along + 2 * across < least) [best, least] = [node.id, along + 2 * across];
  }
  if (best === null) return;
  choose(typeof best === "number" ? { system: best } : { province: homeOfFold(best) });
  reveal(best);
}

/* The mark of what the panel shows. */
function markChosen() {
  const { system, province } = state.chosen || {};
  if (system !== undefined) return nodeSet.get(standIn(system));
  return province === undefined ? null : nodeSet.get(foldId(province)) || placed.get(province) || null;
}

map.addEventListener("keydown", function (event) {
  if (event.ctrlKey || event.altKey || event.metaKey) return;
  const keys = {
    "+": () => zoom(1.25),
    "=": () => zoom(1.25),
    "-": () => zoom(0.8),
    0: () => byId("whole").click(),
    Escape: () => choose(null),
    Enter: () => byId("panel").focus(),
    " ": () => { const mark = markChosen(); if (mark && typeof mark.id === "string") fold(homeOfFold(mark.id), false); },
  };
  const action = DIRECTIONS[event.key] ? () => go(DIRECTIONS[event.key]) : keys[event.key];
  if (!action) return;
  event.preventDefault();
  action();
});
