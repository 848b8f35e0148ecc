"use strict";
/* The page's own script. Whatever comes from texts is written with textContent only. */
(function () {
  const data = JSON.parse(document.getElementById("data").textContent);
  const MARK = /\p{M}/gu;
  const DENIED = ["suspended", "discontinued", "absent"];
  let lang = data.lang;
  let shown = null; // what the panel shows: {system} or {connections}

  const byId = (id) => document.getElementById(id);
  const word = (key) => data.words[key][lang];
  const term = (group, key) => (Object.hasOwn(data.terms[group], key) ? data.terms[group][key][lang] : key);
  const name = (place) => data.systems[place].label[lang];
  const fold = (text) => text.normalize("NFD").replace(MARK, "").toLowerCase().replace(/[đð]/g, "d").replace(/[^\p{L}\p{N}]+/gu, " ").trim();

  function make(tag, className, text) {
    const element = document.createElement(tag);
    if (className) element.className = className;
    if (text !== undefined) element.textContent = text;
    return element;
  }

  function button(text, className, action) {
    const element = make("button", className, text);
    element.type = "button";
    element.addEventListener("click", action);
    return element;
  }

  /* ---------------------------------------------------------------- map */

  byId("notes").replaceChildren(...data.notes.map((note) => make("p", "", note[lang])));
  byId("title").textContent = data.title[lang];
  const spots = data.network.nodes;
  const degree = spots.map(() => 0);
  for (const connection of data.connections) for (const place of new Set(connection.path)) degree[place] += 1;
  const byWeight = spots.map((_, place) => place).sort((a, b) => degree[b] - degree[a] || a - b);
  const wrapped = new Map();

  const network = new vis.Network(
    byId("map"),
    { nodes: new vis.DataSet(spots.map(({ label, ...rest }) => rest)), edges: new vis.DataSet(data.network.edges) },
    data.network.options
  );

  const OVERVIEW = 80; // systems named at most when the map is seen from afar
  const PIXELS = 12; // size of a label on the screen, at every zoom
  const FONT = '"Segoe UI", Roboto, "Noto Sans", Arial, sans-serif';

  network.on("beforeDrawing", function (canvas) {
    canvas.save();
    canvas.lineWidth = 2;
    canvas.fillStyle = "#f1f6f4";
    canvas.strokeStyle = "#c3d6cd";
    for (const box of data.boxes) {
      canvas.beginPath();
      canvas.roundRect(box.x - box.width / 2, box.y - box.height / 2 + box.head, box.width, box.height - box.head, 18);
      canvas.fill();
      canvas.stroke();
    }
    canvas.restore();
  });

  /* Labels keep their size on the screen. The weightiest comes first, and none is drawn over another. */
  network.on("afterDrawing", function (canvas) {
    const unit = 1 / network.getScale();
    const map = byId("map");
    const corner = network.DOMtoCanvas({ x: 0, y: 0 });
    const seen = { left: corner.x, top: corner.y, right: corner.x + map.clientWidth * unit, bottom: corner.y + map.clientHeight * unit };
    const taken = [];
    canvas.save();
    canvas.textAlign = "center";
    canvas.textBaseline = "top";
    canvas.lineJoin = "round";
    canvas.font = "600 " + 15 * unit + "px " + FONT;
    canvas.fillStyle = "#00573f";
    for (const box of data.boxes) {
      const top = box.y - box.height / 2 + box.head - 20 * unit;
      const width = canvas.measureText(box.label[lang]).width;
      if (free(taken, null, box.x - width / 2, top, width, 18 * unit)) canvas.fillText(box.label[lang], box.x, top);
    }
    canvas.font = PIXELS * unit + "px " + FONT;
    canvas.fillStyle = "#1b242c";
    canvas.strokeStyle = "rgb(255 255 255 / 85%)";
    canvas.lineWidth = 4 * unit;
    const chosen = network.getSelectedNodes();
    for (const place of byWeight) if (degree[place]) mark(taken, spots[place]);
    const most = unit > 2.2 ? byWeight.slice(0, OVERVIEW) : byWeight;
    for (const place of chosen.concat(most)) {
      // Where the whole name finds no room the short one may; a small mark is named only when one comes near.
      if (degree[place] || unit < 1.2 || chosen.includes(place)) {
        drawLabel(canvas, place, "label", unit, taken, seen) || drawLabel(canvas, place, "short", unit, taken, seen);
      }
    }
    canvas.restore();
    document.body.dataset.ready = "true";
  });

  function mark(taken, spot) {
    const half = spot.size * 0.8;
    taken.push([spot.x - half, spot.y - half, spot.x + half, spot.y + half]);
  }

  function drawLabel(canvas, place, kind, unit, taken, seen) {
    const spot = spots[place];
    if (spot.x < seen.left || spot.x > seen.right || spot.y < seen.top || spot.y > seen.bottom) return true;
    const text = lines(canvas, place, kind, unit);
    const top = spot.y + spot.size + 3 * unit;
    const step = PIXELS * 1.15 * unit;
    if (!free(taken, seen, spot.x - (text.width * unit) / 2, top, text.width * unit, text.lines.length * step)) return false;
    text.lines.forEach(function (line, index) {
      canvas.strokeText(line, spot.x, top + index * step);
      canvas.fillText(line, spot.x, top + index * step);
    });
    return true;
  }

  /* A name in at most three lines, and its width on the screen. */
  function lines(canvas, place, kind, unit) {
    const key = kind + lang + ":" + place;
    if (wrapped.has(key)) return wrapped.get(key);
    const measure = (text) => canvas.measureText(text).width / unit;
    const text = { lines: [""], width: 0 };
    for (const part of data.systems[place][kind][lang].slice(0, 120).split(/\s+/u)) {
      const last = text.lines.length - 1;
      const longer = (text.lines[last] + " " + part.slice(0, 30)).trim();
      if (measure(longer) <= 120 || !text.lines[last]) text.lines[last] = longer;
      else if (last < 2) text.lines.push(part.slice(0, 30));
      else { text.lines[last] += " …"; break; }
    }
    text.width = Math.max(...text.lines.map(measure));
    wrapped.set(key, text);
    return text;
  }

  /* Whether nothing stands in a rectangle, which then is taken; with `seen` it must also lie within the map. */
  function free(taken, seen, left, top, width, height) {
    if (seen && (left < seen.left || left + width > seen.right)) return false;
    for (const other of taken) {
      if (left < other[2] && other[0] < left + width && top < other[3] && other[1] < top + height) return false;
    }
    taken.push([left, top, left + width, top + height]);
    return true;
  }

  /* The whole map stays in sight until the reader moves it. */
  let untouched = true;
  for (const kind of ["zoom", "dragStart"]) network.on(kind, () => { untouched = false; });
  network.on("resize", () => { if (untouched && !shown) setTimeout(fitAll); });

  const pointer = (shape) => () => { byId("map").style.cursor = shape; };
  for (const kind of ["Node", "Edge"]) {
    network.on("hover" + kind, pointer("pointer"));
    network.on("blur" + kind, pointer("default"));
  }

  network.on("click", function (event) {
    if (event.nodes.length) showSystem(event.nodes[0], false);
    else if (event.edges.length) showLine(event.edges[0]);
    else showNothing();
  });

  function focus(places) {
    network.fit({ nodes: places, maxZoomLevel: 0.9, animation: false });
  }

  /* vis fits nodes alone: labels and the names of provinces need room too. */
  function fitAll() {
    const parts = spots.map((spot) => ({ x: spot.x, y: spot.y, width: 190, height: 130 })).concat(data.boxes);
    if (!parts.length) return;
    const left = Math.min(...parts.map((part) => part.x - part.width / 2));
    const right = Math.max(...parts.map((part) => part.x + part.width / 2));
    const top = Math.min(...parts.map((part) => part.y - part.height / 2));
    const bottom = Math.max(...parts.map((part) => part.y + part.height / 2));
    const map = byId("map");
    const scale = Math.min(map.clientWidth / (right - left), map.clientHeight / (bottom - top), 1.2) * 0.96;
    network.moveTo({ position: { x: (left + right) / 2, y: (top + bottom) / 2 }, scale, animation: false });
  }

  /* ---------------------------------------------------------------- panel */

  function showSystem(place, move) {
    shown = { system: place };
    network.selectNodes([place], true);
    if (move) focus([place]);
    const system = data.systems[place];
    const panel = open(system.label[lang]);
    const facts = make("dl");
    fact(facts, word("type"), system.types.map((type) => term("type", type)).join(", "));
    fact(facts, word("scope"), [system.scope && system.scope[lang], system.level && term("level", system.level)].filter(Boolean).join(" · "));
    fact(facts, word("operator"), system.operators.map((label) => label[lang]).join(", "));
    fact(facts, word("aliases"), system.names.join("; "));
    panel.append(facts);
    const places = data.connections.flatMap((connection, index) => (connection.path.includes(place) ? [index] : []));
    panel.append(make("h3", "", word("connections") + " (" + places.length + ")"));
    if (!places.length) panel.append(make("p", "quiet", word("no-connections")));
    for (const index of places) panel.append(pathButton(index));
    panel.append(make("h3", "", word("stated")));
    if (!system.claims.length) panel.append(make("p", "quiet", word("no-claims")));
    for (const claim of system.claims) panel.append(claimBlock(claim));
  }

  function showLine(id) {
    const line = network.body.data.edges.get(id);
    if (line.connections.length === 1) return showConnection(line.connections[0], false);
    shown = { line: id };
    network.setSelection({ nodes: [], edges: [id] });
    const panel = open(name(line.from) + " → " + name(line.to));
    panel.append(make("h3", "", word("connections") + " (" + line.connections.length + ")"));
    for (const index of line.connections) panel.append(pathButton(index));
  }

  function showConnection(index, move) {
    shown = { connection: index };
    const connection = data.connections[index];
    const lines = network.body.data.edges.get({ filter: (line) => line.connections.includes(index) });
    network.setSelection({ nodes: [], edges: lines.map((line) => line.id) });
    if (move) focus(connection.path);
    const panel = open(connection.path.map(name).join(" → "));
    const facts = make("dl");
    fact(facts, word("type"), term("relation", connection.relation));
    panel.append(facts);
    connection.path.forEach((place) => panel.append(button(name(place), "path", () => showSystem(place, true))));
    panel.append(make("h3", "", word("stated")));
    for (const claim of connection.claims) panel.append(claimBlock(claim));
  }

  function showNothing() {
    shown = null;
    byId("legend").open = !narrow();
    network.unselectAll();
    const panel = byId("panel");
    panel.replaceChildren(make("p", "", word("welcome")), make("h3", "", word("sources")));
    for (const paper of data.documents) {
      const block = make("div", "claim");
      sourceLines(block, paper);
      panel.append(block);
    }
  }

  function narrow() {
    return window.innerWidth <= 800;
  }

  function open(title) {
    const panel = byId("panel");
    const close = button("×", "close", showNothing);
    close.setAttribute("aria-label", word("close"));
    panel.replaceChildren(close, make("h2", "", title));
    panel.scrollTop = 0;
    byId("legend").open = false;
    return panel;
  }

  function fact(list, key, value) {
    if (value) list.append(make("dt", "", key), make("dd", "", value));
  }

  function pathButton(index) {
    const connection = data.connections[index];
    const element = button(connection.path.map(name).join(" → "), "path", () => showConnection(index, true));
    element.append(make("small", "", term("relation", connection.relation) + " · " + term("status", connection.status)));
    return element;
  }

  function claimBlock(claim) {
    const block = make("div", DENIED.includes(claim.status) ? "claim denied" : "claim");
    const date = claim.as_of + (claim.due ? " (" + word("due") + " " + claim.due + ")" : "");
    block.append(make("p", "status", term("status", claim.status) + (date ? " · " + date : "")));
    for (const passage of claim.passages) {
      block.append(quoteBlock(passage));
      block.append(make("p", "quiet", word("rule") + ": " + passage.rule + " · " + word("confidence") + " " + passage.confidence));
    }
    if (claim.document !== null) sourceLines(block, data.documents[claim.document]);
    return block;
  }

  function quoteBlock(passage) {
    const block = make("blockquote");
    // Offsets count code points, not UTF-16 units.
    const chars = Array.from(passage.quote);
    let last = 0;
    block.append("“");
    for (const [start, end] of passage.cues) {
      block.append(chars.slice(last, start).join(""), make("mark", "", chars.slice(start, end).join("")));
      last = end;
    }
    block.append(chars.slice(last).join(""), "”");
    return block;
  }

  function sourceLines(block, paper) {
    block.append(make("p", "", paper.title || paper.file));
    block.append(make("p", "quiet", [paper.publisher, paper.date, paper.file].filter(Boolean).join(" · ")));
    if (paper.source) block.append(make("p", "quiet", word("brief") + " " + paper.source));
  }

  /* ---------------------------------------------------------------- search */

  const haystack = data.systems.map((system) => fold([...system.label, ...system.names].join(" | ")));

  function search() {
    const wanted = fold(byId("query").value);
    const list = byId("results");
    list.replaceChildren();
    list.hidden = !wanted;
    if (!wanted) return say("");
    const parts = wanted.split(" ");
    const hits = haystack.flatMap((text, place) => (parts.every((part) => text.includes(part)) ? [place] : []));
    hits.sort((a, b) => name(a).length - name(b).length || a - b);
    for (const place of hits.slice(0, 40)) {
      const item = make("li");
      item.append(button(name(place), "", () => { list.hidden = true; showSystem(place, true); byId("panel").focus(); }));
      list.append(item);
    }
    if (!hits.length) list.append(make("li", "quiet", word("none-found")));
    say(hits.length + " " + word("found"));
  }

  function say(text) {
    byId("found").textContent = text;
  }

  byId("query").addEventListener("input", search);
  byId("search").addEventListener("submit", function (event) {
    event.preventDefault();
    const first = byId("results").querySelector("button");
    if (first) first.click();
  });
  byId("search").addEventListener("keydown", function (event) {
    const buttons = Array.from(byId("results").querySelectorAll("button"));
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (event.key === "Escape") byId("results").hidden = true;
    if (!step || !buttons.length) return;
    event.preventDefault();
    const next = buttons.indexOf(document.activeElement) + step;
    (next < 0 ? byId("query") : buttons[Math.min(next, buttons.length - 1)]).focus();
  });

  /* ---------------------------------------------------------------- legend */

  function drawing(width, content) {
    const svg = document.createElementNS("http://www.w3.org/2000/svg", "svg");
    svg.setAttribute("width", width);
    svg.setAttribute("height", 16);
    svg.setAttribute("aria-hidden", "true");
    const shape = document.createElementNS("http://www.w3.org/2000/svg", content.tag);
    for (const [key, value] of Object.entries(content)) if (key !== "tag") shape.setAttribute(key, value);
    svg.append(shape);
    return svg;
  }

  const OUTLINES = {
    hexagon: "4,2 12,2 16,8 12,14 4,14 0,8",
    square: "2,2 14,2 14,14 2,14",
    diamond: "8,0 16,8 8,16 0,8",
    triangle: "8,1 16,15 0,15",
    triangleDown: "8,15 16,1 0,1",
    star: "8,0 10,6 16,6 11,10 13,16 8,12 3,16 5,10 0,6 6,6",
  };

  function outline(shape, colour) {
    if (shape === "dot") return drawing(16, { tag: "circle", cx: 8, cy: 8, r: 7, fill: colour });
    return drawing(16, { tag: "polygon", points: OUTLINES[shape], fill: colour });
  }

  function legendList(title, entries) {
    const part = make("section");
    const list = make("ul");
    for (const [picture, text] of entries) {
      const item = make("li");
      item.append(picture, make("span", "", text));
      list.append(item);
    }
    part.append(make("h3", "", title), list);
    return part;
  }

  function drawLegend() {
    const { shapes, colours, lines } = data.legend;
    byId("legend").querySelector("summary").textContent = word("legend");
    byId("legend-body").replaceChildren(
      legendList(word("types"), shapes.map((entry) => [outline(entry.shape, "#55626e"), entry.label[lang]])),
      legendList(word("scopes"), colours.map((entry) => [outline("dot", entry.colour), entry.level ? term("level", entry.level) : word("unknown")])),
      legendList(word("statuses"), lines.map((entry) => [
        drawing(44, { tag: "line", x1: 1, y1: 8, x2: 43, y2: 8, stroke: entry.colour, "stroke-width": 2.4, "stroke-dasharray": entry.dashes.join(" ") }),
        term("status", entry.status),
      ])),
      make("p", "", word("hollow"))
    );
  }

  /* ---------------------------------------------------------------- words */

  function write() {
    document.documentElement.lang = ["vi", "en"][lang];
    document.title = data.title[lang];
    byId("title").textContent = data.title[lang];
    byId("query-label").textContent = word("search");
    byId("query").placeholder = word("search-hint");
    byId("whole").textContent = word("whole");
    byId("language").textContent = word("language");
    byId("map").setAttribute("aria-label", word("map"));
    byId("panel").setAttribute("aria-label", word("stated"));
    byId("notes").replaceChildren(...data.notes.map((note) => make("p", "", note[lang])));
    drawLegend();
    if (!shown) showNothing();
    else if ("system" in shown) showSystem(shown.system, false);
    else if ("connection" in shown) showConnection(shown.connection, false);
    else showLine(shown.line);
    network.redraw();
  }

  byId("whole").addEventListener("click", () => { untouched = true; fitAll(); });
  byId("language").addEventListener("click", () => { lang = 1 - lang; search(); write(); });
  /* index.html#<IRI of a system or connection> opens with it. */
  function openFragment() {
    let wanted = "";
    try { wanted = decodeURIComponent(location.hash.slice(1)); } catch { return; }
    const system = data.systems.findIndex((entry) => entry.id === wanted);
    const connection = data.connections.findIndex((entry) => entry.id === wanted);
    if (wanted && system >= 0) showSystem(system, true);
    else if (wanted && connection >= 0) showConnection(connection, true);
  }

  window.addEventListener("hashchange", openFragment);
  write();
  // The words above may have changed the map's size: tell the canvas before fitting, or it would rescale later.
  network.setSize("100%", "100%");
  fitAll();
  openFragment();
})();
