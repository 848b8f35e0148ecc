/* The same as a table: connections or systems as filtered, sorted by any column, and as CSV. */

const ROWS = 500; // drawn at once; the rest comes by a button, and all of them in the CSV
const FORMULA = /^[=+\-@\t\r]/;
let sorting = { column: 0, down: false };

const COLUMNS = {
  connections: [
    ["source", (index) => nameOf(data.connections[index].path[0])],
    ["relation", (index) => term("relation", data.connections[index].relation)],
    ["target", (index) => nameOf(data.connections[index].path.at(-1))],
    ["via", (index) => data.connections[index].path.slice(1, -1).map(nameOf).join("; ")],
    ["status", (index) => term("status", statusOf(index))],
    ["as-of", (index) => (shown.claims[index] && shown.claims[index].as_of) || ""],
    ["due", (index) => (shown.claims[index] && shown.claims[index].due) || ""],
    ["province", (index) => [...new Set(data.connections[index].path.map(homeOf))].filter((home) => home !== null).map(provinceName).join("; ")],
    ["document", (index) => filesOf(data.connections[index].claims)],
  ],
  systems: [
    ["system", (place) => nameOf(place)],
    ["type", (place) => typesOf(place).map((type) => term("type", type)).join("; ")],
    ["province", (place) => (homeOf(place) === null ? "" : provinceName(homeOf(place)))],
    ["level", (place) => (data.systems[place].level ? term("level", data.systems[place].level) : "")],
    ["operator", (place) => (data.systems[place].operators || []).map(text).join("; ")],
    ["status", (place) => { const claim = current(data.systems[place].claims); return claim ? term("status", claim.status) : ""; }],
    ["as-of", (place) => { const claim = current(data.systems[place].claims); return (claim && claim.as_of) || ""; }],
    ["connections", (place) => shown.degree[place]],
    ["document", (place) => filesOf(data.systems[place].claims)],
  ],
};

function filesOf(claims) {
  const papers = (claims || []).flatMap((claim) => (claim.document === undefined ? [] : [data.documents[claim.document].file]));
  return [...new Set(papers)].join("; ");
}

/* Places of the rows, as the reader sorted them. */
function sortedRows() {
  const value = COLUMNS[state.rows][sorting.column][1];
  const rows = shown[state.rows].map((place) => [value(place), place]);
  const order = ([a], [b]) => (typeof a === "number" ? a - b : compare(a, b));
  rows.sort((one, other) => (sorting.down ? order(other, one) : order(one, other)) || one[1] - other[1]);
  return rows.map(([, place]) => place);
}

function drawTable() {
  const part = byId("table");
  part.hidden = !state.table;
  map.hidden = state.table;
  if (!state.table) return part.replaceChildren();
  const rows = sortedRows();
  const kinds = make("div", "row");
  for (const kind of Object.keys(COLUMNS)) {
    const choice = button(word(kind) + " (" + shown[kind].length + ")", "", () => { state.rows = kind; sorting = { column: 0, down: false }; drawTable(); });
    choice.setAttribute("aria-pressed", String(state.rows === kind));
    choice.dataset.rows = kind;
    kinds.append(choice);
  }
  kinds.append(button(word("csv"), "csv", saveTable));
  const table = make("table");
  table.append(make("caption", "hidden", word(state.rows)), heading(), make("tbody"));
  part.replaceChildren(kinds, table);
  addRows(part, table.tBodies[0], rows);
}

function heading() {
  const head = make("thead");
  const row = make("tr");
  COLUMNS[state.rows].forEach(function ([key], column) {
    const cell = make("th");
    const here = column === sorting.column;
    cell.scope = "col";
    cell.setAttribute("aria-sort", here ? (sorting.down ? "descending" : "ascending") : "none");
    cell.append(button(word(key) + (here ? (sorting.down ? " ▼" : " ▲") : ""), "", function () {
      sorting = { column, down: here && !sorting.down };
      drawTable();
      byId("table").querySelectorAll("th button")[column].focus();
    }));
    row.append(cell);
  });
  head.append(row);
  return head;
}

const short = (content) => (content.length > 300 ? content.slice(0, 300) + "…" : content);

function addRows(part, body, rows) {
  for (const place of rows.slice(0, ROWS)) {
    const row = make("tr");
    COLUMNS[state.rows].forEach(function ([, value], column) {
      const cell = make("td", "", column ? short(String(value(place))) : undefined);
      const target = state.rows === "systems" ? { system: place } : { connection: place };
      if (!column) cell.append(button(short(value(place)), "link", () => { choose(target); panel.focus(); }));
      row.append(cell);
    });
    body.append(row);
  }
  const rest = rows.slice(ROWS);
  if (!rest.length) return;
  const more = make("p", "more", word("rows-shown", { shown: body.rows.length, count: body.rows.length + rest.length }) + " ");
  more.append(button(word("more", { count: Math.min(ROWS, rest.length) }), "", () => { more.remove(); addRows(part, body, rest); }));
  part.append(more);
}

/* CSV as spreadsheets of every country read it: with a byte order mark, and no cell that would be taken for a formula. */
function csv() {
  const cell = function (value) {
    const content = String(value);
    return '"' + (FORMULA.test(content) ? "'" + content : content).replaceAll('"', '""') + '"';
  };
  const columns = COLUMNS[state.rows];
  const id = (place) => (state.rows === "systems" ? data.systems : data.connections)[place].id;
  const lines = [[...columns.map(([key]) => word(key)), "id"]];
  for (const place of sortedRows()) lines.push([...columns.map(([, value]) => value(place)), id(place)]);
  return "\ufeff" + lines.map((line) => line.map(cell).join(",")).join("\r\n") + "\r\n";
}

function saveTable() {
  save(new Blob([csv()], { type: "text/csv;charset=utf-8" }), fileName("-" + state.rows + ".csv"));
}
