"use strict";
// The query page of the server: what it shows comes from this page and from the endpoint beside it, nothing else.
const data = JSON.parse(document.getElementById("data").textContent);
const at = (id) => document.getElementById(id);
const LANGUAGES = ["vi", "en"];
const SHOWN = 1000;
let lang = LANGUAGES.includes(navigator.language.slice(0, 2)) ? navigator.language.slice(0, 2) : "vi";
let asked = null;   // what the last answer was asked with: {address, options}
let running = null; // an AbortController

const say = (key, values = {}) =>
  (data.words[key] || {})[lang].replace(/\{(\w+)\}/g, (_, name) => String(values[name]));

function make(name, text, more = {}) {
  const node = Object.assign(document.createElement(name), more);
  if (text !== undefined) node.textContent = text;
  return node;
}

function question() {
  return data.questions.find((one) => one.name === at("question").value);
}

function translate() {
  document.documentElement.lang = lang;
  for (const node of document.querySelectorAll("[data-text]")) node.textContent = say(node.dataset.text);
  document.title = say("title");
  at("language").textContent = lang === "vi" ? "English" : "Tiếng Việt";
  const chosen = at("question").value;
  at("question").replaceChildren(
    make("option", say("own"), { value: "" }),
    ...data.questions.map((one) => make("option", one.title[lang] || one.title.vi, { value: one.name })),
  );
  at("question").value = chosen;
  describe();
}

function describe() {
  const one = question();
  at("description").textContent = one ? one.description[lang] || one.description.en || "" : "";
}

function choose() {
  const one = question();
  describe();
  at("parameters").replaceChildren();
  if (!one) return;
  at("text").value = one.text;
  for (const parameter of one.parameters) {
    const id = `parameter-${parameter.name}`;
    const input = make("input", undefined, { id, name: parameter.name, value: parameter.default || "" });
    at("parameters").append(make("label", `${parameter.name} (${parameter.type})`, { htmlFor: id }), input);
  }
}

// A question as it stands is asked by its name, so that names become IRIs; a text that was changed is asked as it is.
function request(accept) {
  const one = question(), headers = { Accept: accept };
  if (one && at("text").value === one.text) {
    const given = new URLSearchParams(new FormData(at("parameters")));
    return { address: `/api/query/${encodeURIComponent(one.name)}?${given}`, options: { headers } };
  }
  headers["Content-Type"] = "application/sparql-query";
  return { address: "/sparql", options: { method: "POST", body: at("text").value, headers } };
}

async function run() {
  if (running) running.abort();
  running = new AbortController();
  const mine = running, begin = performance.now();
  at("stop").disabled = false;
  at("state").textContent = say("running");
  at("downloads").hidden = true;
  at("result").replaceChildren();
  try {
    asked = request("application/sparql-results+json, text/turtle;q=0.9");
    const answer = await fetch(asked.address, { ...asked.options, signal: mine.signal });
    const text = await answer.text();
    const type = (answer.headers.get("Content-Type") || "").split(";")[0];
    const taken = Math.round(performance.now() - begin);
    if (!answer.ok) refuse(JSON.parse(text));
    else if (type === "text/turtle") graph(text, taken);
    else show(JSON.parse(text), taken);
  } catch (error) {
    if (mine === running) refuse({ detail: error.name === "AbortError" ? say("stopped") : `${say("lost")} ${error.message}` });
  } finally {
    if (mine === running) {
      running = null;
      at("stop").disabled = true;
      document.body.dataset.ready = "true";
    }
  }
}

function refuse(problem) {
  at("state").textContent = "";
  const told = [problem.detail || problem.title, problem.hint, ...(problem.choices || [])].filter(Boolean).join("\n");
  at("result").replaceChildren(make("pre", told, { className: "wrong" }));
}

function show(found, taken) {
  if ("boolean" in found) {
    at("state").textContent = say("took", { count: 1, taken });
    at("result").replaceChildren(make("pre", say(found.boolean ? "yes" : "no")));
    return offer(["json", "csv"]);
  }
  const names = found.head.vars, rows = found.results.bindings;
  at("state").textContent = say("took", { count: rows.length, taken });
  const body = make("tbody");
  for (const row of rows.slice(0, SHOWN)) {
    const line = make("tr");
    for (const name of names) line.append(cell(row[name]));
    body.append(line);
  }
  const head = make("tr");
  for (const name of names) head.append(make("th", name, { scope: "col" }));
  const table = make("table"), top = make("thead");
  top.append(head);
  table.append(top, body);
  at("result").replaceChildren(table);
  if (rows.length > SHOWN) at("result").append(make("p", say("cut", { shown: SHOWN, count: rows.length }), { className: "quiet" }));
  offer(["csv", "json"]);
}

function cell(term) {
  if (!term) return make("td", "");
  if (term.type === "uri") return make("td", compact(term.value), { className: "node", title: term.value });
  return make("td", term.value, { lang: term["xml:lang"] || "", title: term.datatype ? compact(term.datatype) : "" });
}

function compact(iri) {
  let best = "";
  for (const name of Object.keys(data.prefixes)) {
    const start = data.prefixes[name];
    if (iri.startsWith(start) && start.length > (data.prefixes[best] || "").length) best = name;
  }
  const rest = best ? iri.slice(data.prefixes[best].length) : "";
  return best && /^[A-Za-z0-9_][A-Za-z0-9_.-]*$/.test(rest) ? `${best}:${rest}` : iri;
}

function graph(text, taken) {
  at("state").textContent = say("graph", { taken });
  at("result").replaceChildren(make("pre", text));
  offer(["turtle", "jsonld"]);
}

const MEDIA = {
  csv: "text/csv", json: "application/sparql-results+json", turtle: "text/turtle", jsonld: "application/ld+json",
};

function offer(formats) {
  at("downloads").replaceChildren(make("span", say("download")));
  for (const format of formats) {
    const button = make("button", format, { type: "button" });
    button.addEventListener("click", () => download(format));
    at("downloads").append(button);
  }
  at("downloads").hidden = false;
}

async function download(format) {
  const { address, options } = asked;
  const answer = await fetch(address, { ...options, headers: { ...options.headers, Accept: MEDIA[format] } });
  if (!answer.ok) return refuse(await answer.json());
  const link = make("a", "", { href: URL.createObjectURL(await answer.blob()), download: `kg.${format}` });
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 1000);
}

for (const name of Object.keys(data.prefixes)) {
  const button = make("button", `${name}:`, { type: "button", title: data.prefixes[name] });
  button.addEventListener("click", () => at("text").setRangeText(`${name}:`, at("text").selectionStart, at("text").selectionEnd, "end"));
  at("prefixes").append(button);
}
at("question").addEventListener("change", choose);
at("run").addEventListener("click", run);
at("stop").addEventListener("click", () => running && running.abort());
at("language").addEventListener("click", () => { lang = lang === "vi" ? "en" : "vi"; translate(); });
at("parameters").addEventListener("submit", (event) => { event.preventDefault(); run(); });
at("text").addEventListener("keydown", (event) => {
  if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) { event.preventDefault(); run(); }
});
translate();
at("text").value = data.example;
// #hubs opens a question and asks it; #?query=… a text.
const wanted = decodeURIComponent(location.hash.slice(1));
if (data.questions.some((one) => one.name === wanted)) {
  at("question").value = wanted;
  choose();
  run();
} else if (wanted.startsWith("?query=")) {
  at("text").value = wanted.slice(7);
  run();
}
