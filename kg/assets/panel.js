/* The panel: what the reader has chosen, with every passage that speaks of it. */

const panel = byId("panel");

/* `target`: {system}, {connection}, {line}, {province}, {path} or null. With `move` the map goes there. */
function choose(target, move) {
  if (target && target.system !== undefined && state.start !== null && target.system !== state.start) {
    target = { path: [state.start, target.system] };
    state.start = null;
    move = true;
  }
  state.chosen = target;
  const folded = move && marksOf(target).find((id) => typeof id === "string");
  if (folded && target.province === undefined) {
    for (const id of marksOf(target)) if (typeof id === "string") state.open.add(homeOfFold(id));
    refresh();
  } else {
    stress();
    showPanel();
  }
  if (target) say(panel.querySelector("h2").textContent);
  if (move && !state.table) fitTo(meant && target.province === undefined ? [...meant.nodes] : marksOf(target));
  tell();
}

/* Places on the map of what is chosen. */
function marksOf(target) {
  const { system, connection, line, province, path } = target || {};
  if (system !== undefined) return [standIn(system)];
  if (connection !== undefined) return data.connections[connection].path.map(standIn);
  if (line !== undefined && lineSet.get(line)) return [lineSet.get(line).from, lineSet.get(line).to];
  if (province !== undefined) return state.open.has(province) ? shown.systems.filter((place) => homeOf(place) === province) : [foldId(province)];
  if (path) return ((shortest(...path) || {}).places || path).map(standIn);
  return [];
}

/* What stands out on the map: an outage, else what is chosen and its neighbours. */
function stress() {
  meant = state.failed !== null ? stressed(outageConnections(), [state.failed, ...impact(state.failed).map((hit) => hit.place)]) : stressChosen();
  if (!network) return;
  const marks = marksOf(state.chosen).filter((id) => nodeSet.get(id));
  const { line, connection } = state.chosen || {};
  const lines = line !== undefined && lineSet.get(line) ? [line] : connection !== undefined ? [...meant.lines].filter((id) => lineSet.get(id)) : [];
  network.setSelection({ nodes: marks.length === 1 ? marks : [], edges: lines }, { highlightEdges: false });
  network.redraw();
}

function stressChosen() {
  const { system, connection, line, province, path } = state.chosen || {};
  const touching = (wanted) => shown.connections.filter((index) => data.connections[index].path.some(wanted));
  const around = (indexes) => stressed(indexes, indexes.flatMap((index) => data.connections[index].path));
  if (system !== undefined) {
    const indexes = touching((place) => place === system);
    return stressed(indexes, [system, ...indexes.flatMap((index) => data.connections[index].path)]);
  }
  if (connection !== undefined) return around([connection]);
  if (line !== undefined && lineSet.get(line)) return around(lineSet.get(line).connections);
  if (province !== undefined) {
    const own = data.systems.flatMap((_, place) => (homeOf(place) === province ? [place] : []));
    const indexes = touching((place) => homeOf(place) === province);
    return stressed(indexes, own.concat(indexes.flatMap((index) => data.connections[index].path)));
  }
  const way = path && shortest(...path);
  return way ? stressed(way.connections, way.places) : null;
}

function stressed(connections, places) {
  const wanted = new Set(connections);
  const lines = lineSet.get({ filter: (line) => line.connections.some((index) => wanted.has(index)) });
  return { nodes: new Set(places.map(standIn)), lines: new Set(lines.map((line) => line.id)) };
}

/* ---------------------------------------------------------------- contents */

/* Whoever reads in the panel by keyboard stays in it, on the same button where it is still there. */
function showPanel() {
  const focused = panel.contains(document.activeElement) ? document.activeElement.id || "panel" : null;
  fillPanel();
  if (focused) (byId(focused) || panel).focus({ preventScroll: true });
}

function fillPanel() {
  const { system, connection, line, province, path } = state.chosen || {};
  panel.scrollTop = 0;
  if (system !== undefined) showSystem(system);
  else if (connection !== undefined) showConnection(connection);
  else if (line !== undefined && lineSet.get(line)) showLine(lineSet.get(line));
  else if (province !== undefined) showProvince(province);
  else if (path) showPath(...path);
  else if (state.failed !== null) showOutage();
  else showWelcome();
}

function open(title) {
  const close = button("×", "close", () => choose(null));
  close.setAttribute("aria-label", word("close"));
  panel.replaceChildren(close, make("h2", "", title));
  byId("legend").open = false;
}

function section(title, ...contents) {
  panel.append(make("h3", "", title), ...contents);
}

function facts(pairs) {
  const list = make("dl");
  for (const [key, value] of pairs) if (value) list.append(make("dt", "", key), make("dd", "", value));
  return list;
}

const dated = (claim) => (claim.as_of || "") + (claim.due ? " (" + word("due") + " " + claim.due + ")" : "");

function showSystem(place) {
  const system = data.systems[place];
  const claim = current(system.claims);
  open(nameOf(place));
  const down = button(word("outage"), "", () => fail(state.failed === place ? null : place));
  down.id = "outage";
  down.setAttribute("aria-pressed", String(state.failed === place));
  const from = button(word("path-from"), "", () => { state.start = state.start === place ? null : place; showPanel(); tell(); });
  from.id = "path-from";
  from.setAttribute("aria-pressed", String(state.start === place));
  const row = make("p", "row");
  row.append(down, from);
  panel.append(row);
  if (state.failed === place) outageList();
  panel.append(facts([
    [word("type"), typesOf(place).map((type) => term("type", type)).join(", ")],
    [word("scope"), [system.scope && text(system.scope), system.level && term("level", system.level)].filter(Boolean).join(" · ")],
    [word("operator"), (system.operators || []).map(text).join(", ")],
    [word("status"), claim && [term("status", claim.status), dated(claim)].filter(Boolean).join(" · ")],
  ]));
  const indexes = shown.connections.filter((index) => data.connections[index].path.includes(place));
  section(word("connections") + " (" + indexes.length + ")", ...indexes.map(connectionButton));
  if (!indexes.length) panel.append(make("p", "quiet", word("no-connections")));
  section(word("stated"), ...claimBlocks(system.claims, "no-claims"));
  if (system.names) section(word("aliases"), make("p", "quiet", system.names.join("; ")));
}

function showConnection(index) {
  const { path, relation, claims } = data.connections[index];
  open(pathName(path));
  panel.append(facts([[word("relation"), term("relation", relation)], [word("status"), term("status", statusOf(index))]]));
  panel.append(...path.map(systemButton));
  section(word("stated"), ...claimBlocks(claims, "unattested"));
}

function showLine(line) {
  if (line.connections.length === 1) return showConnection(line.connections[0]);
  const name = (id) => (typeof id === "string" ? provinceName(homeOfFold(id)) : nameOf(id));
  open(name(line.from) + " → " + name(line.to));
  section(word("connections") + " (" + line.connections.length + ")", ...some(line.connections, connectionButton));
}

function showProvince(home) {
  open(provinceName(home));
  const folded = !state.open.has(home);
  const own = shown.systems.filter((place) => homeOf(place) === home);
  const row = make("p", "row");
  row.append(button(word(folded ? "unfold" : "fold"), "", () => fold(home, !folded)));
  const page = data.pages.find((one) => one.view === "province" && one.id === data.provinces[home].id);
  if (page) row.append(pageLink(page));
  panel.append(row);
  own.sort((a, b) => shown.degree[b] - shown.degree[a] || a - b);
  section(word("systems") + " (" + own.length + ")", ...some(own, systemButton));
}

function showPath(start, end) {
  const way = shortest(start, end);
  open(nameOf(start) + " ⇢ " + nameOf(end));
  if (!way) return panel.append(make("p", "", word("no-path")));
  panel.append(make("p", "quiet", word(way.directed ? "path-directed" : "path-undirected", { hops: way.connections.length })));
  panel.append(...way.places.map(systemButton));
  section(word("connections"), ...[...new Set(way.connections)].map(connectionButton));
}

function showWelcome() {
  byId("legend").open = !narrow();
  panel.replaceChildren(make("p", "", word("welcome")));
  const list = make("ul", "plain");
  const silent = data.silences[state.units === "2025" ? "2025" : "2024"];
  for (const sentence of silent.sentences) list.append(make("li", "", text(sentence)));
  if (silent.provinces.length) {
    const names = make("details");
    names.append(make("summary", "small", word("silent-names")), make("p", "quiet", silent.provinces.map(text).join(", ")));
    list.firstChild.append(names);
  }
  section(word("not-shown"), list);
  section(word("sources") + " (" + data.documents.length + ")", ...some(data.documents, function (paper) {
    const block = make("div", "claim");
    sourceLines(block, paper);
    return block;
  }));
}

/* ---------------------------------------------------------------- parts */

/* At most so many at first, and a button for the others. */
function some(items, show, first = 100) {
  if (items.length <= first) return items.map(show);
  const more = button(word("more", { count: items.length - first }), "", () => more.replaceWith(...some(items.slice(first), show, first)));
  return [...items.slice(0, first).map(show), more];
}

function systemButton(place) {
  const home = homeOf(place);
  const element = button(nameOf(place), "path", () => choose({ system: place }, true));
  if (home !== null) element.append(make("small", "", provinceName(home)));
  return element;
}

function connectionButton(index) {
  const { path, relation } = data.connections[index];
  const element = button(pathName(path), "path", () => choose({ connection: index }, true));
  const claim = shown.claims[index];
  element.append(make("small", "", [term("relation", relation), term("status", statusOf(index)), claim && dated(claim)].filter(Boolean).join(" · ")));
  return element;
}

function claimBlocks(claims, none) {
  return claims && claims.length ? claims.map(claimBlock) : [make("p", "quiet", word(none))];
}

function claimBlock(claim) {
  const block = make("div", data.rules.denied.includes(claim.status) ? "claim denied" : "claim");
  const paper = claim.document === undefined ? null : data.documents[claim.document];
  block.append(make("p", "status", [term("status", claim.status), dated(claim)].filter(Boolean).join(" · ")));
  for (const passage of claim.passages || []) {
    block.append(quoteBlock(passage));
    block.append(make("p", "quiet", word("rule") + ": " + passage.rule + " · " + word("confidence") + " " + passage.confidence));
    block.append(button(word("cite"), "cite", () => copy(citation(passage, paper))));
  }
  if (paper) sourceLines(block, paper);
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

function citation(passage, paper) {
  const { title, publisher, date, file } = paper || {};
  return "“" + passage.quote + "” — " + [title, publisher, date].filter(Boolean).concat(file ? ["(" + file + ")"] : []).join(", ");
}

/* Browsers that open a page from a file may have no clipboard to write to but the old one. */
async function copy(content) {
  try {
    await navigator.clipboard.writeText(content);
  } catch {
    const area = make("textarea", "hidden");
    area.value = content;
    document.body.append(area);
    area.select();
    document.execCommand("copy");
    area.remove();
  }
  say(word("copied"));
}
