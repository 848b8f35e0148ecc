/* What if a system were down: the switch, and who is hit. */

function fail(place) {
  state.failed = place;
  if (place !== null) state.start = null;
  stress();
  showPanel();
  tell();
  if (place !== null && !state.table) fitTo([...meant.nodes]);
}

function showOutage() {
  open(word("if-down", { name: nameOf(state.failed) }));
  outageList();
}

/* Who is hit, by hop; what others only reach through it comes last. */
function outageList() {
  const hits = impact(state.failed);
  const dependents = hits.filter((hit) => hit.role === "dependent");
  const provinces = [...new Set(dependents.map((hit) => homeOf(hit.place)))].filter((home) => home !== null).map(provinceName).sort(compare);
  const part = make("div", "outage");
  part.id = "hits";
  part.append(make("h3", "", word("who-is-hit")), make("p", "", word("hit-count", { systems: dependents.length, provinces: provinces.length })));
  if (provinces.length) part.append(make("p", "quiet", provinces.join(", ")));
  part.append(checkbox(word("wider"), state.wider, (on) => { state.wider = on; fail(state.failed); byId("hits").querySelector("input").focus(); }));
  for (let hop = 1; dependents.some((hit) => hit.hop === hop); hop += 1) part.append(hitList(word("hop", { hop }), dependents.filter((hit) => hit.hop === hop)));
  const counterparts = hits.filter((hit) => hit.role === "counterpart");
  if (counterparts.length) part.append(hitList(word("counterparts"), counterparts));
  panel.append(part);
}

function hitList(title, hits) {
  const list = make("ul", "plain");
  hits.sort((a, b) => compare(nameOf(a.place), nameOf(b.place)));
  for (const { place, hop, role } of hits) {
    const item = make("li");
    Object.assign(item.dataset, { id: data.systems[place].id, hop, role });
    item.append(systemButton(place));
    list.append(item);
  }
  const group = make("section");
  group.append(make("h4", "", title + " (" + hits.length + ")"), list);
  return group;
}

/* Connections that carry an outage to those it hits. */
function outageConnections() {
  const down = new Set([state.failed, ...impact(state.failed).filter((hit) => hit.role === "dependent").map((hit) => hit.place)]);
  return shown.connections.filter(function (index) {
    const path = data.connections[index].path;
    return counts(index, outageStatuses()) && (path.includes(state.failed) || (down.has(path[0]) && path.slice(1).some((place) => down.has(place))));
  });
}
