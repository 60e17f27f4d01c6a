// The side panel: what there is, what a node is part of, and the proof of an edge, as lists for keyboard and reader.

import { clip } from "./text.js";
import { byPlace, countRoles, documentOf, isShown, LAYERS, measureOf, otherEnd, ROLES } from "./model.js";
import { make, nodeMark, swatch } from "./dom.js";

const FIRST_ROWS = 12;
const KIND_ORDER = ["lead", "responsible", "support", "announced", "instrument", "addressee", "region", "member"];

/** Return the panel's content when nothing is chosen: counts, the bodies by their load, the documents. */
export function overview(model, strings, actions) {
  const bodies = model.nodes.filter(isBody).filter((node) => total(countRoles(node)) > 0);
  return [
    make("h2", { tabIndex: -1 }, strings.say("overview")),
    totals(model, bodies, strings),
    make("p", { class: "hint" }, strings.say("hint")),
    bodyTable(bodies, strings, actions),
    ...documentList(model, strings, actions),
  ];
}

function isBody(node) {
  return node.kind === "agency" || node.kind === "group";
}

function totals(model, bodies, strings) {
  const stated = model.edges.filter((edge) => ROLES.includes(edge.kind) && !edge.inferred);
  const counts = {
    documents: model.documents.length,
    measures: model.nodes.filter((node) => node.kind === "measure").length,
    bodies: bodies.length,
    assignments: stated.length,
  };
  const cells = Object.entries(counts).map(([key, count]) =>
    make("div", {}, make("dd", {}, count.toLocaleString(strings.language)), make("dt", {}, strings.say(`count-${key}`))),
  );
  return make("dl", { class: "totals" }, ...cells);
}

function bodyTable(bodies, strings, actions) {
  const rows = bodies
    .map((node) => ({ node, count: countRoles(node) }))
    .sort((a, b) => b.count.lead - a.count.lead || total(b.count) - total(a.count) || (a.node.id < b.node.id ? -1 : 1));
  const body = make("tbody", {}, ...rows.slice(0, FIRST_ROWS).map((row) => bodyRow(row, strings, actions)));
  const columns = ["lead", "responsible", "support", "announced"];
  const head = columns.map((kind) => make("th", { scope: "col" }, swatch(kind), make("span", {}, strings.say(`short-${kind}`))));
  const table = make("table", { class: "bodies" });
  table.append(make("thead", {}, make("tr", {}, make("th", { scope: "col" }, strings.say("body")), ...head)), body);
  return make("section", {}, make("h3", {}, strings.say("who-leads")), table, moreButton(rows, body, strings, actions));
}

function moreButton(rows, body, strings, actions) {
  if (rows.length <= FIRST_ROWS) return undefined;
  const button = make("button", { type: "button", class: "more" }, strings.say("show-all", { count: rows.length }));
  button.addEventListener("click", () => {
    body.append(...rows.slice(FIRST_ROWS).map((row) => bodyRow(row, strings, actions)));
    button.remove();
  });
  return button;
}

function total(count) {
  return count.lead + count.support + count.responsible + count.announced;
}

function bodyRow({ node, count }, strings, actions) {
  const cells = ["lead", "responsible", "support", "announced"].map((kind) =>
    make("td", { class: count[kind] ? kind : "zero" }, String(count[kind] || "·")),
  );
  return make("tr", {}, make("th", { scope: "row" }, nodeButton(node, strings, actions)), ...cells);
}

function nodeButton(node, strings, actions) {
  const name = make("span", { class: "name" }, strings.name(node) === node.label ? node.short : strings.name(node));
  return make("button", { type: "button", class: "link", title: node.label, onclick: () => actions.focus(node) }, nodeMark(node), name);
}

function documentList(model, strings, actions) {
  const measures = model.nodes.filter((node) => node.kind === "measure").sort(byPlace);
  const byDocument = groupBy(measures, (node) => node.document);
  const items = [...byDocument].map(([id, measures]) => {
    const document = model.document(id);
    const summary = make("summary", {}, make("span", {}, document?.title ?? strings.say("no-title")));
    summary.append(make("small", {}, [document?.date ?? document?.published, strings.say("n-measures", { count: measures.length })].filter(Boolean).join(" · ")));
    const list = measures.map((node) => make("li", {}, nodeButton(node, strings, actions)));
    return make("details", {}, summary, make("ol", { class: "plain" }, ...list));
  });
  return [make("h3", {}, strings.say("documents")), ...items];
}

function groupBy(items, keyOf) {
  const groups = new Map();
  for (const item of items) {
    if (!groups.has(keyOf(item))) groups.set(keyOf(item), []);
    groups.get(keyOf(item)).push(item);
  }
  return groups;
}

/** Return the panel's content for one node: what it is and every edge it has. */
export function nodeCard(model, node, strings, actions, layers) {
  return [
    backButton(strings.say("back-overview"), strings, actions.clear),
    make("h2", { tabIndex: -1 }, nodeMark(node), strings.name(node)),
    make("p", { class: "facts" }, factsOf(model, node, strings)),
    node.aliases.length ? make("p", { class: "facts" }, `${strings.say("aliases")} ${node.aliases.join("、")}`) : "",
    ...edgeLists(model, node, strings, actions, layers),
  ].filter(Boolean);
}

function factsOf(model, node, strings) {
  const document = model.document(node.document);
  const words = [
    strings.say(`kind-${node.kind}`),
    node.act,
    node.status ? strings.say(`status-${node.status}`) : "",
    node.level && isBody(node) ? strings.say(`level-${node.level}`, {}, node.level) : "",
    node.region ?? "",
    node.vertical ? strings.say("vertical") : "",
    node.regulator ? strings.say("regulator") : "",
    node.membership ? strings.say(`membership-${node.membership}`, {}, node.membership) : "",
    document ? clip(document.title, 40) : "",
    node.path ? strings.say("section", { path: node.path }) : "",
  ];
  return words.filter(Boolean).join(" · ");
}

function edgeLists(model, node, strings, actions, layers) {
  const lists = KIND_ORDER.flatMap((kind) => {
    const edges = node.edges.filter((edge) => edge.kind === kind).sort((a, b) => byPlace(otherEnd(a, node), otherEnd(b, node)));
    const own = edges.filter((edge) => isShown(edge, layers) || !edge.inferred);
    const hidden = edges.length - own.length;
    if (!edges.length) return [];
    const heading = make("h3", { class: kind }, swatch(kind), strings.say(headingKey(kind, node)), make("small", {}, ` ${own.length}`));
    const rows = own.map((edge) => make("li", {}, edgeButton(model, edge, node, strings, actions)));
    const note = hidden ? make("p", { class: "hint" }, strings.say("hidden-inferred", { count: hidden })) : "";
    return [heading, make("ul", { class: "plain edges" }, ...rows), note];
  });
  return lists.length ? lists : [make("p", { class: "hint" }, strings.say("no-edges"))];
}

function headingKey(kind, node) {
  return kind === "member" && node.kind !== "group" ? "member-of" : node.kind === "measure" ? `by-${kind}` : `of-${kind}`;
}

function edgeButton(model, edge, node, strings, actions) {
  const other = otherEnd(edge, node);
  const document = documentOf(model, edge);
  const where = [other.kind === "measure" ? other.path : "", document && document.id !== node.document ? document.title : ""];
  const label = make("span", { class: "name" }, strings.name(other));
  const small = where.filter(Boolean).join(" · ");
  const note = edge.inferred ? make("span", { class: "badge" }, strings.say("inferred")) : "";
  const open = () => (measureOf(edge) ? actions.prove(edge) : actions.focus(other));
  return make("button", { type: "button", class: "row", "data-edge": edge.id, onclick: open }, nodeMark(other), label, note, small ? make("small", {}, small) : "");
}

/** Return a button that leads back. */
export function backButton(text, strings, onclick) {
  return make("button", { type: "button", class: "back", onclick }, `← ${text}`);
}

/** Return the legend, whose boxes switch layers on and off. */
export function legend(model, strings, state, onChange) {
  const present = new Set(model.edges.flatMap((edge) => (edge.inferred ? [edge.kind, "inferred"] : [edge.kind])));
  const boxes = LAYERS.filter(({ id }) => present.has(id)).map(({ id }) => {
    const box = make("input", { type: "checkbox", checked: state.layers.has(id), "data-layer": id });
    box.addEventListener("change", () => onChange(id, box.checked));
    return make("label", {}, box, swatch(id), strings.say(`layer-${id}`));
  });
  return [make("fieldset", {}, make("legend", {}, strings.say("legend")), ...boxes), nodeKey(strings)];
}

/** Return what the shapes of nodes mean. */
function nodeKey(strings) {
  const kinds = [{ kind: "measure" }, { kind: "agency" }, { kind: "agency", regulator: true }, { kind: "group" }];
  const words = kinds.map((node) => make("span", {}, nodeMark(node), strings.say(node.regulator ? "regulator" : `kind-${node.kind}`)));
  return make("div", { class: "node-key" }, ...words);
}
