/* Search, legend, the pages beside this one. */

/* ---------------------------------------------------------------- search */

const haystack = [
  ...data.provinces.map((province, home) => [{ province: home }, plain([].concat(province.label).join(" | "))]),
  ...data.systems.map((system, place) => [{ system: place }, plain([].concat(system.label, system.names || [], system.scope || []).join(" | "))]),
];

function search() {
  const wanted = plain(byId("query").value);
  const list = byId("results");
  list.replaceChildren();
  list.hidden = !wanted;
  if (!wanted) return say("");
  const parts = wanted.split(" ");
  const hits = haystack.filter(([target, names]) => parts.every((part) => names.includes(part)) && hasHome(target));
  hits.sort(([a], [b]) => (b.province !== undefined) - (a.province !== undefined) || targetName(a).length - targetName(b).length);
  for (const [target] of hits.slice(0, 40)) {
    const item = make("li");
    const found = button(targetName(target), "", function () {
      list.hidden = true;
      if (target.province !== undefined && !state.open.has(target.province)) fold(target.province, false);
      choose(target, true);
      panel.focus();
    });
    if (target.province !== undefined) found.append(make("small", "", word("province")));
    else if (homeOf(target.system) !== null) found.append(make("small", "", provinceName(homeOf(target.system))));
    item.append(found);
    list.append(item);
  }
  if (!hits.length) list.append(make("li", "quiet", word("none-found")));
  say(hits.length + " " + word("found"));
}

const targetName = (target) => (target.province === undefined ? nameOf(target.system) : provinceName(target.province));

/* Provinces that systems no longer count for are not found. */
const hasHome = ({ province }) => province === undefined || layout().boxes.some((box) => box.home === province);

function say(content) {
  byId("found").textContent = content;
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

const OUTLINES = {
  hexagon: "4,2 12,2 16,8 12,14 4,14 0,8",
  square: "2,2 14,2 14,14 2,14",
  diamond: "8,0 16,8 8,16 0,8",
  triangle: "8,1 16,15 0,15",
  triangleDown: "8,15 16,1 0,1",
  star: "8,0 10,6 16,6 11,10 13,16 8,12 3,16 5,10 0,6 6,6",
};

function picture(width, tag, attributes) {
  const image = svg("svg", { width, height: 16, "aria-hidden": "true" });
  image.append(svg(tag, attributes));
  return image;
}

function outline(shape, fill) {
  if (shape === "dot") return picture(16, "circle", { cx: 8, cy: 8, r: 7, fill });
  return picture(16, "polygon", { points: OUTLINES[shape], fill });
}

function statusLine(status) {
  const { color, dashes } = data.network.lines[status];
  return picture(44, "line", { x1: 1, y1: 8, x2: 43, y2: 8, stroke: color, "stroke-width": 2.4, "stroke-dasharray": dashes.join(" ") });
}

function legendPart(title, entries) {
  const part = make("section");
  const list = make("ul", "plain");
  for (const [image, content] of entries) {
    const item = make("li");
    item.append(image, make("span", "", content));
    list.append(item);
  }
  part.append(make("h3", "", title), list);
  return part;
}

function drawLegend() {
  const { shapes, colours, statuses } = data.legend;
  byId("legend").querySelector("summary").textContent = word("legend");
  byId("legend-body").setAttribute("aria-label", word("legend"));
  byId("legend-body").replaceChildren(
    legendPart(word("types"), shapes.map((entry) => [outline(entry.shape, "#55626e"), entry.label[state.lang]])),
    legendPart(word("scopes"), colours.map((entry) => [outline("dot", entry.colour), entry.level ? term("level", entry.level) : word("unknown")])),
    legendPart(word("statuses"), statuses.map((status) => [statusLine(status), term("status", status)])),
    make("p", "", word("hollow")),
    make("p", "", word("outage-marks")),
    ...(data.provinces.length ? [make("p", "", word("folded"))] : [])
  );
}

/* ---------------------------------------------------------------- pages */

function pageLink(page) {
  const link = make("a", "", page.label[state.lang]);
  link.href = page.file;
  return link;
}

function drawPages() {
  const menu = byId("pages");
  menu.hidden = !data.pages.length;
  menu.querySelector("summary").textContent = word("pages");
  const parts = ["national", "province", "system"].flatMap(function (view) {
    const links = data.pages.filter((page) => page.view === view);
    if (!links.length) return [];
    const list = make("ul", "plain");
    for (const page of links) {
      const item = make("li");
      item.append(pageLink(page));
      list.append(item);
    }
    return [make("h3", "", word("pages-" + view)), list];
  });
  menu.querySelector("div").replaceChildren(...parts);
}
