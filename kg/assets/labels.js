/* What is drawn beside marks and lines: rectangles of provinces, the veil over what is not meant, names. */

const OVERVIEW = 90; // systems named at most when the map is seen from afar
const PIXELS = 12; // size of a name on the screen, at every zoom
const FONT = '"Segoe UI", Roboto, "Noto Sans", Arial, sans-serif';
const HIT = "#b02a00";
const CONTROL = /[\u0000-\u001f\u007f-\u009f\u200e\u200f\u2028-\u202e\u2066-\u2069]+/g;
const wrapped = new Map();
let titles = []; // rectangles of the names of provinces, as drawn last
let meant = null; // { nodes, lines } that stand out; null for all

function drawBoxes(canvas) {
  canvas.save();
  canvas.lineWidth = 2;
  canvas.fillStyle = "#f1f6f4";
  canvas.strokeStyle = "#c3d6cd";
  const head = layout().head;
  for (const box of placed.values()) {
    canvas.beginPath();
    canvas.roundRect(box.x - box.width / 2, box.y - box.height / 2 + head, box.width, box.height - head, 18);
    canvas.fill();
    canvas.stroke();
  }
  canvas.restore();
}

function drawOver(canvas) {
  canvas.save();
  if (meant) unveil(canvas);
  drawNames(canvas);
  canvas.restore();
  document.body.dataset.ready = "true";
}

/* Everything fades, and what is meant is drawn once more on top. */
function unveil(canvas) {
  canvas.save();
  canvas.setTransform(1, 0, 0, 1, 0, 0);
  canvas.fillStyle = "rgb(255 255 255 / 84%)";
  canvas.fillRect(0, 0, canvas.canvas.width, canvas.canvas.height);
  canvas.restore();
  const { nodes, edges } = network.body;
  for (const id of meant.lines) if (edges[id]) { edges[id].draw(canvas); edges[id].drawArrows(canvas); }
  for (const id of meant.nodes) if (nodes[id]) nodes[id].draw(canvas);
  if (state.failed === null) return;
  const unit = 1 / network.getScale();
  canvas.strokeStyle = HIT;
  canvas.lineWidth = 2.5 * unit;
  for (const id of meant.nodes) if (nodes[id] && id !== standIn(state.failed)) ring(canvas, nodeSet.get(id), 4 * unit);
  cross(canvas, nodeSet.get(standIn(state.failed)), unit);
}

function ring(canvas, node, gap) {
  canvas.beginPath();
  canvas.arc(node.x, node.y, (node.size || 30) + gap, 0, 2 * Math.PI);
  canvas.stroke();
}

/* Down: a cross, so that it is not told by colour alone. */
function cross(canvas, node, unit) {
  if (!node) return;
  const half = Math.max(node.size || 30, 9 * unit);
  canvas.lineWidth = 5 * unit;
  canvas.beginPath();
  for (const sign of [1, -1]) {
    canvas.moveTo(node.x - half, node.y - sign * half);
    canvas.lineTo(node.x + half, node.y + sign * half);
  }
  canvas.stroke();
}

/* ---------------------------------------------------------------- names */

/* Names keep their size on the screen. The weightiest comes first, and none is drawn over another or over a mark. */
function drawNames(canvas) {
  const unit = 1 / network.getScale();
  const corner = network.DOMtoCanvas({ x: 0, y: 0 });
  const seen = { left: corner.x, top: corner.y, right: corner.x + map.clientWidth * unit, bottom: corner.y + map.clientHeight * unit };
  const taken = [];
  canvas.textAlign = "center";
  canvas.textBaseline = "top";
  canvas.lineJoin = "round";
  canvas.direction = "ltr";
  const nodes = nodeSet.get().filter((node) => node.x > seen.left && node.x < seen.right && node.y > seen.top && node.y < seen.bottom);
  drawTitles(canvas, unit, taken);
  for (const node of nodes) {
    const half = (node.size || 26) * 0.9;
    taken.push([node.x - half, node.y - half, node.x + half, node.y + half]);
  }
  canvas.font = PIXELS * unit + "px " + FONT;
  canvas.fillStyle = "#1b242c";
  canvas.strokeStyle = "rgb(255 255 255 / 88%)";
  canvas.lineWidth = 4 * unit;
  const mark = markChosen();
  const first = (node) => (mark && node.id === mark.id ? 2 : meant && meant.nodes.has(node.id) ? 1 : 0);
  const weight = (node) => (typeof node.id === "string" ? 1e6 : shown.degree[node.id]);
  nodes.sort((a, b) => first(b) - first(a) || weight(b) - weight(a) || String(a.id).localeCompare(String(b.id), "en", { numeric: true }));
  let left = unit > 2.2 ? OVERVIEW : Infinity;
  for (const node of nodes) {
    if (left <= 0 || (meant && !first(node))) break;
    if (first(node) || named(node, weight(node), unit)) left -= drawName(canvas, node, unit, taken, seen, first(node) === 2) ? 1 : 0;
  }
}

/* From far away, names of provinces stand for those of their systems; a small mark is named only when one comes near. */
function named(node, weight, unit) {
  if (unit > 5 && typeof node.id === "number" && homeOf(node.id) !== null) return false;
  return weight > 0 || unit < 1.2;
}

function drawTitles(canvas, unit, taken) {
  titles = [];
  canvas.font = "600 " + 15 * unit + "px " + FONT;
  for (const box of placed.values()) {
    const name = clean(provinceName(box.home));
    const top = box.y - box.height / 2 + layout().head - 20 * unit;
    const width = canvas.measureText(name).width;
    const rect = [box.x - width / 2, top, box.x + width / 2, top + 18 * unit];
    if (!free(taken, null, rect)) continue;
    const faded = meant && !shown.systems.some((place) => meant.nodes.has(place) && homeOf(place) === box.home);
    canvas.strokeStyle = "rgb(255 255 255 / 80%)";
    canvas.lineWidth = 4 * unit;
    canvas.strokeText(name, box.x, top);
    canvas.fillStyle = faded ? "#a9bdb5" : "#00573f";
    canvas.fillText(name, box.x, top);
    titles.push({ home: box.home, rect });
  }
}

function titleAt({ x, y }) {
  const found = titles.find(({ rect }) => x >= rect[0] && x <= rect[2] && y >= rect[1] && y <= rect[3]);
  return found ? found.home : null;
}

/* Where the whole name finds no room the short one may: below the mark, above it, or beside it. From afar all are short.
   With `always`, it goes over other marks rather than be missing. */
function drawName(canvas, node, unit, taken, seen, always) {
  const half = (typeof node.id === "string" ? 24 : node.size) + (state.failed !== null && meant && meant.nodes.has(node.id) ? 5 * unit : 0);
  for (const kind of unit > 1.5 ? ["short"] : ["label", "short"]) {
    const name = lines(canvas, node.id, kind, unit);
    const [width, height] = [name.width * unit, name.lines.length * PIXELS * 1.15 * unit];
    const spots = [
      ["center", node.x, node.y + half + 3 * unit],
      ["center", node.x, node.y - half - 3 * unit - height],
      ["left", node.x + half + 4 * unit, node.y - height / 2],
      ["right", node.x - half - 4 * unit, node.y - height / 2],
    ];
    for (const [align, x, top] of spots) {
      const left = x - width * { left: 0, center: 0.5, right: 1 }[align];
      const rect = [left, top, left + width, top + height];
      if (!free(always && kind === "short" ? [] : taken, seen, rect)) continue;
      if (always) taken.push(rect);
      canvas.textAlign = align;
      name.lines.forEach(function (line, index) {
        canvas.strokeText(line, x, top + index * PIXELS * 1.15 * unit);
        canvas.fillText(line, x, top + index * PIXELS * 1.15 * unit);
      });
      return true;
    }
  }
  return false;
}

/* A name in at most three lines, and its width on the screen. */
function lines(canvas, id, kind, unit) {
  const key = kind + state.lang + ":" + id;
  if (typeof id === "number" && wrapped.has(key)) return wrapped.get(key);
  const measure = (content) => canvas.measureText(content).width / unit;
  const name = { lines: [""], width: 0 };
  const whole = typeof id === "string" ? provinceName(homeOfFold(id)) + " (" + nodeSet.get(id).systems + ")" : text(data.systems[id][kind]);
  for (const part of clean(whole).slice(0, 120).split(/\s+/u)) {
    const last = name.lines.length - 1;
    const longer = (name.lines[last] + " " + part.slice(0, 30)).trim();
    if (measure(longer) <= 125 || !name.lines[last]) name.lines[last] = longer;
    else if (last < 2) name.lines.push(part.slice(0, 30));
    else { name.lines[last] += " …"; break; }
  }
  name.width = Math.max(...name.lines.map(measure));
  wrapped.set(key, name);
  return name;
}

const clean = (name) => name.replace(CONTROL, " ");

/* Whether nothing stands in a rectangle, which then is taken; with `seen` it must also lie within the map. */
function free(taken, seen, rect) {
  if (seen && (rect[0] < seen.left || rect[2] > seen.right || rect[1] < seen.top || rect[3] > seen.bottom)) return false;
  for (const other of taken) if (rect[0] < other[2] && other[0] < rect[2] && rect[1] < other[3] && other[1] < rect[3]) return false;
  taken.push(rect);
  return true;
}
