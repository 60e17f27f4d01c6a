// The proof of an edge: the sentence it rests on, marked where it stands in the document.

import { clip, cutQuote, webAddress } from "./text.js";
import { documentOf } from "./model.js";
import { button, make, outward, swatch } from "./dom.js";
import { backButton } from "./panel.js";

const LONGEST_HEADING = 20;

/** Return the panel's content for one edge; `back` says where it was reached from. */
export function proofCard(model, edge, strings, actions, back) {
  const evidence = model.evidence(edge);
  const document = documentOf(model, edge);
  return [
    backButton(back.text, back.go),
    make("h2", { tabIndex: -1 }, swatch(edge.kind), strings.both(edge.kind)),
    make("p", { class: "claim" }, endButton(edge.target, strings, actions), " → ", endButton(edge.source, strings, actions)),
    sourceLines(model, edge, document, strings),
    evidence ? passage(model, edge, evidence, strings) : make("p", { class: "hint" }, strings.say("no-evidence")),
    factRows(model, edge, strings),
  ];
}

function endButton(node, strings, actions) {
  return button({ class: "link", onclick: () => actions.node(node) }, strings.name(node));
}

function sourceLines(model, edge, document, strings) {
  if (!document) return "";
  const address = webAddress(document.link ?? "");
  const details = [
    document.number,
    document.date ? strings.say("dated", { date: document.date }) : "",
    document.published ? strings.say("published", { date: document.published }) : "",
    document.publisher,
  ];
  const lines = make("div", { class: "source" }, make("p", { class: "document" }, document.title || strings.say("no-title")));
  lines.append(make("p", {}, details.filter(Boolean).join(" · ")));
  if (edge.source.path) lines.append(make("p", { class: "section" }, strings.say("section", { path: sectionWords(model, edge.source) })));
  if (address) lines.append(make("p", {}, outward(address, strings.say("open-source"))));
  else if (document.link) lines.append(make("p", { class: "hint" }, document.link));
  return lines;
}

/** Return the sections that a measure stands in, the widest first, each with its heading where it has one. */
function sectionWords(model, { document, path }) {
  const numbers = path.split("/");
  const words = numbers.map((number, place) => {
    const heading = model.heading(document, numbers.slice(0, place + 1).join("/"));
    return heading ? `${number} ${clip(heading, LONGEST_HEADING)}` : number;
  });
  return words.join(" › ");
}

function passage(model, edge, evidence, strings) {
  const { before, quote, after, cut } = cutQuote(model.texts[evidence.source], evidence);
  const marked = make("mark", {}, ...emphasise(quote, edge.surface ?? ""));
  const box = make("blockquote", { class: "passage", tabIndex: 0, "aria-label": strings.say("passage") });
  box.append(cut && before ? "…" : "", before, marked, after);
  return box;
}

/** Return the quote with the body's own words in bold, where they stand in it once and so cannot be mistaken. */
function emphasise(quote, words) {
  const place = words ? quote.indexOf(words) : -1;
  if (place < 0 || quote.indexOf(words, place + 1) >= 0) return [quote];
  return [quote.slice(0, place), make("strong", {}, words), quote.slice(place + words.length)];
}

function factRows(model, edge, strings) {
  const pairs = [
    ["role", strings.both(edge.kind)],
    ["act", edge.source.act],
    ["status", edge.source.status && strings.say(`status-${edge.source.status}`, {}, edge.source.status)],
    ["raw", edge.raw],
    ["surface", edge.surface],
    ["resolution", edge.resolution && strings.say(`resolution-${edge.resolution}`, {}, edge.resolution)],
    ["confidence", typeof edge.confidence === "number" ? strings.say(confidenceKey(edge.confidence), { value: Math.round(edge.confidence * 100) }) : ""],
    ["via", edge.via && (edge.via.label ?? edge.via)],
    ["standing", strings.say(edge.inferred ? "standing-inferred" : "standing-stated")],
  ];
  const rows = pairs.filter(([, value]) => value).map(([key, value]) => make("div", {}, make("dt", {}, strings.say(`fact-${key}`)), make("dd", {}, value)));
  return make("dl", { class: "facts-list" }, ...rows);
}

function confidenceKey(confidence) {
  if (confidence >= 0.9) return "confidence-high";
  return confidence >= 0.7 ? "confidence-middle" : "confidence-low";
}
