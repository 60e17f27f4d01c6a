// The query page: a named question fills the editor; what is in the editor is asked; rows come as a table.
import { createEditor } from "./editor.js";
import { showAnswer } from "./answer.js";

const ENDPOINT = "/sparql";
const FORMATS = {
  SELECT: ["csv", "tsv", "json", "xml"],
  ASK: ["json", "xml"],
  CONSTRUCT: ["ttl", "nt", "jsonld", "rdf", "trig", "nq"],
};
const ACCEPT = "application/sparql-results+json, text/turtle;q=0.9";
const FIRST = "SELECT * WHERE {\n  ?measure zc:leadAgency ?agency ; rdfs:label ?label .\n} LIMIT 50\n";

const at = (id) => document.getElementById(id);
const [queries, terms] = await Promise.all(["/queries.json", "/terms.json"].map(async (path) => (await fetch(path)).json()));
const editor = createEditor(at("editor"), { terms, run, text: FIRST, changed: offerFormats });
let asking = null;

/** Ask what stands in the editor and show the answer, or say in words why there is none. */
async function run() {
  asking?.abort();
  asking = new AbortController();
  say("……");
  at("answer").replaceChildren();
  try {
    const response = await ask(editor.text(), ACCEPT, asking.signal);
    const text = await response.text();
    if (!response.ok) return say(text.trim(), true);
    say(showAnswer(at("answer"), response, text, terms));
  } catch (error) {
    if (error.name !== "AbortError") say(String(error), true);
  }
}

function ask(query, accept, signal, format) {
  const body = new URLSearchParams(format ? { query, format } : { query });
  return fetch(ENDPOINT, { method: "POST", body, headers: { Accept: accept }, signal });
}

function say(text, wrong = false) {
  at("status").textContent = text;
  at("status").classList.toggle("wrong", wrong);
}

/** Show the fields of a named question and put its text, with their values, into the editor. */
async function choose(name) {
  const query = queries.find((each) => each.name === name);
  for (const link of at("questions").querySelectorAll("a")) link.removeAttribute("aria-current");
  at("parameters").hidden = !query?.parameters.length;
  at("parameters").replaceChildren(...(query?.parameters.map(field) ?? []));
  if (!query) return;
  at(`question-${name}`).setAttribute("aria-current", "true");
  await fill(name);
}

function field({ name, default: preset, about, kind }) {
  const label = document.createElement("label");
  const title = Object.assign(document.createElement("b"), { textContent: name });
  const input = Object.assign(document.createElement("input"), { name, value: preset, placeholder: kind });
  label.append(title, about, input);
  return label;
}

/** The server puts the values in, as terms: text never becomes query. */
async function fill(name) {
  const values = new URLSearchParams(new FormData(at("parameters")));
  const response = await fetch(`/queries/${encodeURIComponent(name)}.rq?${values}`);
  const text = await response.text();
  if (!response.ok) {
    say(text.trim(), true);
    return false;
  }
  editor.setText(text);
  return true;
}

const current = () => decodeURIComponent(location.hash.slice(1));

async function fillAndRun(event) {
  event.preventDefault();
  if (await fill(current())) await run();
}

function offerFormats(text) {
  const bare = text.replace(/<[^<>\s]*>|"(?:[^"\\\n]|\\.)*"|#[^\n]*/g, " ");
  const form = /\b(SELECT|ASK|CONSTRUCT|DESCRIBE)\b/i.exec(bare)?.[1].toUpperCase() ?? "SELECT";
  const names = FORMATS[form] ?? FORMATS.CONSTRUCT;
  if (at("download").dataset.names === String(names)) return;
  at("download").dataset.names = names;
  at("download").replaceChildren(...names.map((name) => new Option(name)));
}

async function save() {
  const format = at("download").value;
  const response = await ask(editor.text(), "*/*", undefined, format);
  if (!response.ok) return say((await response.text()).trim(), true);
  const url = URL.createObjectURL(await response.blob());
  Object.assign(document.createElement("a"), { href: url, download: `${current() || "answer"}.${format}` }).click();
  URL.revokeObjectURL(url);
}

function filter() {
  const words = at("filter").value.toLowerCase();
  for (const item of at("questions").children) item.hidden = !item.textContent.toLowerCase().includes(words);
}

at("run").addEventListener("click", (event) => (at("parameters").hidden ? run() : fillUnlessEdited(event)));
at("save").addEventListener("click", save);
at("filter").addEventListener("input", filter);
at("parameters").addEventListener("submit", fillAndRun);
at("parameters").addEventListener("input", () => (at("parameters").dataset.fresh = "yes"));
addEventListener("hashchange", () => choose(current()));

/** Fields that changed since the query was filled go in first; a query edited by hand is asked as it stands. */
async function fillUnlessEdited(event) {
  if (!at("parameters").dataset.fresh) return run();
  delete at("parameters").dataset.fresh;
  return fillAndRun(event);
}

offerFormats(editor.text());
if (current()) await choose(current());
document.documentElement.dataset.ready = "yes";
