/* What every part uses: the data, what the reader has chosen, words in both languages, elements.
   Whatever comes from texts is written with textContent only. */

const data = JSON.parse(document.getElementById("data").textContent);
const LANGUAGES = ["vi", "en"];
const WHOLE = 2000; // systems drawn at once; beyond that provinces stay folded
const READABLE = 300; // systems up to which a page opens with every province unfolded
const narrow = () => window.innerWidth <= 800;

const state = {
  lang: data.lang,
  level: "system", // "province": provinces stand around the middle as marks, unless unfolded
  open: new Set(), // provinces that are unfolded
  statuses: new Set(data.legend.statuses),
  type: "",
  province: null,
  year: "",
  units: data.units,
  joined: false, // only systems with a connection
  failed: null, // system that is taken to be down
  wider: false, // an outage counts every status shown, not only what is operational
  start: null, // where the path that is looked for begins
  chosen: null, // what the panel shows
  table: false,
  rows: "connections", // what the table lists
};

const byId = (id) => document.getElementById(id);
const text = (value) => (Array.isArray(value) ? value[state.lang] : value);
const word = (key, values) => fill(data.words[key][state.lang], values);
const fill = (sentence, values) => (values ? sentence.replace(/\{(\w+)\}/g, (_, key) => String(values[key])) : sentence);
const term = (group, key) => (Object.hasOwn(data.terms[group], key) ? text(data.terms[group][key]) : key);
const nameOf = (place) => text(data.systems[place].label);
function provinceName(home) {
  const { label, since } = data.provinces[home];
  return since && state.units !== "2025" ? word("since", { name: text(label), date: since }) : text(label);
}
const typesOf = (place) => data.systems[place].types || [];
const pathName = (path) => path.map(nameOf).join(" → ");
const compare = (one, other) => one.localeCompare(other, LANGUAGES[state.lang]);

/* Letters without marks: what readers without a Vietnamese keyboard type. */
function plain(value) {
  return value.normalize("NFD").replace(/\p{M}/gu, "").toLowerCase().replace(/[đð]/g, "d").replace(/[^\p{L}\p{N}]+/gu, " ").trim();
}

function make(tag, className, content) {
  const element = document.createElement(tag);
  if (className) element.className = className;
  if (content !== undefined) element.textContent = content;
  return element;
}

function button(content, className, action) {
  const element = make("button", className, content);
  element.type = "button";
  element.addEventListener("click", action);
  return element;
}

/* A labelled control of a form. */
function labelled(content, control) {
  const label = make("label");
  label.append(make("span", "", content), control);
  return label;
}

function checkbox(content, checked, action) {
  const box = make("input");
  box.type = "checkbox";
  box.checked = checked;
  box.addEventListener("change", () => action(box.checked));
  const label = make("label", "check");
  label.append(box, make("span", "", content));
  return label;
}

/* `options`: pairs of value and text. */
function select(options, chosen, action) {
  const element = make("select");
  for (const [value, content] of options) {
    const option = make("option", "", content);
    option.value = value;
    option.selected = value === chosen;
    element.append(option);
  }
  element.addEventListener("change", () => action(element.value));
  return element;
}

function svg(tag, attributes) {
  const element = document.createElementNS("http://www.w3.org/2000/svg", tag);
  for (const [key, value] of Object.entries(attributes)) element.setAttribute(key, value);
  return element;
}

function save(blob, name) {
  const link = make("a");
  link.href = URL.createObjectURL(blob);
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 10000);
}

/* What a downloaded file is called: the title of the page in plain letters. */
function fileName(ending) {
  return (plain(text(data.title)).replace(/ /g, "-").slice(0, 60) || "kg") + ending;
}
