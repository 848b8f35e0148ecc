/* Filters, switches and downloads; what the reader changes passes through `refresh`, and the page begins here. */

/* Brings everything up to date with `state`. */
function refresh() {
  if (state.province !== null) state.open.add(state.province);
  count();
  draw();
  stress();
  drawTable();
  showPanel();
  tell();
}

/* What the map does not say by itself: an outage, a path that is looked for, what is left out. */
function tell() {
  const notes = [];
  if (state.failed !== null) {
    const hit = impact(state.failed).filter((one) => one.role === "dependent").length;
    const note = make("p", "alarm", word("down", { name: nameOf(state.failed), count: hit }) + " ");
    note.append(button(word("who-is-hit"), "", () => choose(null)), button(word("outage-end"), "", () => { fail(null); panel.focus(); }));
    notes.push(note);
  }
  if (state.start !== null) {
    const note = make("p", "", word("path-to", { name: nameOf(state.start) }) + " ");
    note.append(button(word("cancel"), "", () => { state.start = null; showPanel(); tell(); }));
    notes.push(note);
  }
  const folded = layout().boxes.length - state.open.size;
  if (state.level === "system" && state.limited && folded) notes.push(make("p", "", word("limited", { count: folded, whole: WHOLE })));
  byId("alerts").replaceChildren(...notes);
  const counted = word("counted", { systems: shown.systems.length, connections: shown.connections.length });
  const hidden = data.systems.length - shown.systems.length;
  const lines = [counted + (hidden ? " " + word("filtered", { count: hidden }) : ""), ...data.notes.map(text)];
  byId("notes").replaceChildren(...lines.map((line) => make("p", "", line)));
  byId("filters").querySelector("summary").textContent = word("filters") + (filtersOn() ? " (" + filtersOn() + ")" : "");
}

/* ---------------------------------------------------------------- filters */

function filtersOn() {
  const all = data.legend.statuses.length === state.statuses.size;
  return [!all, state.type, state.province !== null, state.year, state.units, state.joined].filter(Boolean).length;
}

function filter(change) {
  return function (value) {
    change(value);
    refresh();
    if (untouched) fitAll();
  };
}

function drawFilters() {
  const statuses = make("fieldset");
  statuses.append(make("legend", "", word("status")));
  for (const status of data.legend.statuses) {
    const box = checkbox(term("status", status), state.statuses.has(status), filter((on) => (on ? state.statuses.add(status) : state.statuses.delete(status))));
    box.querySelector("input").value = status;
    box.append(statusLine(status));
    statuses.append(box);
  }
  const types = Object.keys(data.terms.type).map((type) => [type, term("type", type)]).sort((a, b) => compare(a[1], b[1]));
  const provinces = layout().boxes.map(({ home }) => [String(home), provinceName(home)]).sort((a, b) => compare(a[1], b[1]));
  const generations = [["", word("units-stated")], ["2024", word("units-2024")], ["2025", word("units-2025")]];
  const controls = [
    ["type", select([["", word("any")], ...types], state.type, filter((value) => { state.type = value; }))],
    ["province", select([["", word("any")], ...provinces], state.province === null ? "" : String(state.province), filter(chooseProvince))],
    ["year", select([["", word("any-year")], ...years().map((year) => [year, word("until", { year })])], state.year, filter((value) => { state.year = value; }))],
    ["units", select(generations, state.units, chooseUnits)],
  ];
  for (const [key, control] of controls) control.id = "filter-" + key;
  byId("filters").querySelector("div").replaceChildren(
    statuses,
    ...controls.map(([key, control]) => labelled(word(key), control)),
    checkbox(word("joined"), state.joined, filter((on) => { state.joined = on; })),
    button(word("reset"), "reset", reset)
  );
}

function chooseProvince(value) {
  state.province = value === "" ? null : Number(value);
  untouched = true;
}

/* Another generation of provinces is another map: what was unfolded is so again where it still can be. */
function chooseUnits(value) {
  const level = state.level;
  state.units = value;
  state.province = null;
  if (state.chosen && state.chosen.province !== undefined) state.chosen = null;
  state.open.clear();
  setLevel(level);
  drawFilters();
  byId("filter-units").focus();
}

function reset() {
  Object.assign(state, { statuses: new Set(data.legend.statuses), type: "", province: null, year: "", joined: false });
  chooseUnits("");
}

/* ---------------------------------------------------------------- switches */

function setLevel(level) {
  state.level = level;
  state.open.clear();
  state.limited = level === "system" && unfoldAll() > 0;
  press("level", level);
  refresh();
  untouched = true;
  fitAll();
}

function setMode(mode) {
  state.table = mode === "table";
  press("mode", mode);
  drawTable();
  if (!state.table) {
    network.setSize("100%", "100%");
    network.redraw();
    if (untouched) fitAll();
  }
}

function press(group, chosen) {
  for (const one of byId(group + "s").querySelectorAll("button")) one.setAttribute("aria-pressed", String(one.id === group + "-" + chosen));
}

for (const level of ["province", "system"]) byId("level-" + level).addEventListener("click", () => setLevel(level));
for (const mode of ["map", "table"]) byId("mode-" + mode).addEventListener("click", () => setMode(mode));
byId("whole").addEventListener("click", () => { untouched = true; fitAll(); });
byId("language").addEventListener("click", () => { state.lang = 1 - state.lang; write(); });

/* Menus close by Escape, and when the reader goes on elsewhere. */
for (const menu of document.querySelectorAll(".menu")) {
  menu.addEventListener("keydown", function (event) {
    if (event.key !== "Escape") return;
    menu.open = false;
    menu.querySelector("summary").focus();
  });
  document.addEventListener("pointerdown", (event) => { if (!menu.contains(event.target)) menu.open = false; });
}

/* ---------------------------------------------------------------- downloads */

function drawDownloads() {
  byId("downloads").querySelector("summary").textContent = word("downloads");
  const kinds = Object.keys(COLUMNS).map((kind) => button(word("csv-" + kind), "", () => { const { rows } = state; state.rows = kind; saveTable(); state.rows = rows; }));
  byId("downloads").querySelector("div").replaceChildren(button(word("png"), "png", savePicture), ...kinds);
}

/* The map as it is seen, with its title above and what it rests on below. */
function savePicture() {
  const drawn = map.querySelector("canvas");
  const ratio = drawn.width / map.clientWidth;
  const picture = make("canvas");
  picture.width = drawn.width;
  picture.height = drawn.height + 84 * ratio;
  const canvas = picture.getContext("2d");
  canvas.fillStyle = "#ffffff";
  canvas.fillRect(0, 0, picture.width, picture.height);
  canvas.drawImage(drawn, 0, 44 * ratio);
  canvas.scale(ratio, ratio);
  canvas.fillStyle = "#1b242c";
  canvas.font = "600 18px " + FONT;
  canvas.fillText(clean(text(data.title)), 16, 28, map.clientWidth - 32);
  canvas.font = "12px " + FONT;
  const notes = Array.from(byId("notes").children, (note) => note.textContent);
  canvas.fillText(clean(notes.join("  ")), 16, map.clientHeight + 68, map.clientWidth - 32);
  picture.toBlob((blob) => save(blob, fileName(".png")), "image/png");
}

/* ---------------------------------------------------------------- words, and the beginning */

const WRITTEN = {
  "query-label": "search",
  "level-province": "level-province",
  "level-system": "level-system",
  "mode-map": "mode-map",
  "mode-table": "mode-table",
  whole: "whole",
  language: "language",
};

function write() {
  document.documentElement.lang = LANGUAGES[state.lang];
  document.title = text(data.title);
  byId("title").textContent = text(data.title);
  for (const [id, key] of Object.entries(WRITTEN)) byId(id).textContent = word(key);
  byId("query").placeholder = word("search-hint");
  byId("language").lang = LANGUAGES[1 - state.lang];
  for (const [id, key] of [["map", "map"], ["panel", "panel"], ["levels", "levels"], ["modes", "modes"]]) byId(id).setAttribute("aria-label", word(key));
  panel.setAttribute("role", "region");
  byId("levels").hidden = !data.provinces.length;
  search();
  drawLegend();
  drawPages();
  drawDownloads();
  drawFilters();
  if (network) refresh();
}

/* index.html#<IRI of a system or connection> opens with it. */
function openFragment() {
  let wanted = "";
  try { wanted = decodeURIComponent(location.hash.slice(1)); } catch { return; }
  if (!wanted) return;
  const named = (one) => one.id === wanted || data.prefixes.some(([name, iri]) => one.id === name + ":" + wanted.slice(iri.length) && wanted.startsWith(iri));
  const system = data.systems.findIndex(named);
  const connection = data.connections.findIndex(named);
  if (system >= 0) choose({ system }, true);
  else if (connection >= 0) choose({ connection }, true);
}

/* Large maps open with provinces folded, small ones with all systems; #provinces and #systems say which. */
function firstLevel() {
  const asked = { "#provinces": "province", "#systems": "system" }[location.hash];
  const many = data.view === "national" && data.systems.length > (narrow() ? READABLE / 5 : READABLE);
  return asked || (many ? "province" : "system");
}

function begin() {
  state.failed = data.failed;
  state.level = firstLevel();
  if (state.level === "system") state.limited = unfoldAll() > 0;
  byId("legend").open = !narrow();
  press("level", state.level);
  press("mode", "map");
  write();
  refresh();
  // The words above may have changed the map's size: tell the canvas before fitting, or it would rescale later.
  network.setSize("100%", "100%");
  fitAll();
  openFragment();
}

window.addEventListener("hashchange", openFragment);
begin();
