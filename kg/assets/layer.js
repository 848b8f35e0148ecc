/* What counts at the moment: connections on their date and status, systems, provinces, what depends on what.
   Nothing here touches the page. */

const shown = { claims: [], connections: [], systems: [], degree: [] };

/* Claims up to this day count; the sign sorts after every digit. */
function lastDay() {
  const year = state.year ? state.year + "~" : "~";
  return data.until && data.until < year ? data.until : year;
}

/* The claim that counts: the latest, on one day the weightier; claims stand newest first. */
function current(claims) {
  const last = lastDay();
  let best = null;
  for (const claim of claims || []) {
    const day = claim.day || "";
    if (day > last || (!day && last !== "~")) continue;
    if (!best || day > (best.day || "") || (day === (best.day || "") && rank(claim) > rank(best))) best = claim;
  }
  return best;
}

function rank(claim) {
  return Object.hasOwn(data.rules.rank, claim.status) ? data.rules.rank[claim.status] : 0;
}

/* Whether a connection counts on the date, with one of the statuses. */
function counts(index, statuses) {
  const claim = shown.claims[index];
  return claim ? statuses.has(claim.status) : lastDay() === "~" && statuses.has("");
}

const statusOf = (index) => (shown.claims[index] ? shown.claims[index].status : "");

/* The province a system counts for, null for national ones. */
function homeOf(place) {
  const home = data.systems[place].home;
  if (home === undefined) return null;
  return state.units === "2025" ? data.provinces[home].next : home;
}

function years() {
  const found = new Set();
  const stated = data.connections.concat(data.systems);
  for (const one of stated) for (const claim of one.claims || []) if (claim.day) found.add(claim.day.slice(0, 4));
  return [...found].sort();
}

/* Brings `shown` up to date with `state`. */
function count() {
  shown.claims = data.connections.map((connection) => current(connection.claims));
  const wanted = (place) => (!state.type || typesOf(place).includes(state.type)) && (state.province === null || homeOf(place) === state.province);
  const narrowed = state.type || state.province !== null;
  const subjects = new Set(data.systems.keys());
  if (narrowed) for (const place of data.systems.keys()) if (!wanted(place)) subjects.delete(place);
  shown.connections = data.connections.flatMap(function (connection, index) {
    return counts(index, state.statuses) && (!narrowed || connection.path.some((place) => subjects.has(place))) ? [index] : [];
  });
  shown.degree = data.systems.map(() => 0);
  for (const index of shown.connections) for (const place of new Set(data.connections[index].path)) shown.degree[place] += 1;
  shown.systems = [...data.systems.keys()].filter((place) => shown.degree[place] || (!state.joined && subjects.has(place)));
}

/* The statuses by which an outage is reckoned: what is operational, as `kg impact` does, or all that are shown. */
function outageStatuses() {
  return state.wider ? state.statuses : new Set(["operational"]);
}

/* Who is hit when a system is down: the rule of `kg impact`, `ontology/derive/04-depends-on.rq`.
   Dependents over all hops, then counterparts: what others reach through it, and what it feeds. */
function impact(failed) {
  const users = data.systems.map(() => []);
  const counterparts = new Set();
  for (const [index, { path, relation }] of data.connections.entries()) {
    if (!counts(index, outageStatuses())) continue;
    const [source, target] = [path[0], path[path.length - 1]];
    for (const place of path.slice(1)) if (place !== source) users[place].push(source);
    const through = path.slice(1, -1).concat(data.rules.feeds.includes(relation) ? [source] : []);
    if (through.includes(failed) && target !== failed) counterparts.add(target);
  }
  const hits = [];
  const reached = new Set([failed]);
  for (let edge = [failed], hop = 1; edge.length; hop += 1) {
    const next = new Set(edge.flatMap((place) => users[place]).filter((place) => !reached.has(place)));
    for (const place of next) reached.add(place);
    for (const place of next) hits.push({ place, hop, role: "dependent" });
    edge = [...next];
  }
  for (const place of counterparts) hits.push({ place, hop: 1, role: "counterpart" });
  return hits;
}

/* A shortest way between two systems over the connections shown, by steps of their paths; null for none.
   Where none follows the direction of the connections, one that does not. */
function shortest(start, end) {
  return walk(start, end, true) || walk(start, end, false);
}

function walk(start, end, directed) {
  const steps = new Map();
  const add = function (from, to, connection) {
    if (!steps.has(from)) steps.set(from, []);
    steps.get(from).push({ to, connection });
  };
  for (const index of shown.connections) {
    const path = data.connections[index].path;
    for (let hop = 1; hop < path.length; hop += 1) {
      add(path[hop - 1], path[hop], index);
      if (!directed) add(path[hop], path[hop - 1], index);
    }
  }
  const came = new Map([[start, null]]);
  for (const place of came.keys()) {
    if (place === end) break;
    for (const step of steps.get(place) || []) if (!came.has(step.to)) came.set(step.to, { from: place, connection: step.connection });
  }
  if (!came.has(end)) return null;
  const way = { places: [end], connections: [], directed };
  for (let back = came.get(end); back; back = came.get(back.from)) {
    way.places.unshift(back.from);
    way.connections.unshift(back.connection);
  }
  return way;
}
