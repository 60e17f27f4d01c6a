// The side panel: what there is, what a node is part of, and what a line stands for, as lists for keyboard and reader.

import { clip } from "./text.js";
import { byPlace, countRoles, documentOf, isBody, isShown, measureOf, otherEnd } from "./model.js";
import { button, make, nodeMark, pagedList, swatch } from "./dom.js";

const FIRST_ROWS = 12;
const FIRST_EDGES = 60;
const FIRST_BARE = 3;
const KIND_ORDER = ["lead", "responsible", "support", "guide", "announced", "instrument", "addressee", "region", "member"];

/** Return the panel's content when nothing is chosen: counts, what to do, the bodies by their load. */
export function summaryCard(model, { part, unseen }, strings, actions, picture) {
  const load = loadOf(part.edges);
  return [
    heading(strings.say("overview")),
    totals(model, strings),
    shownLine(model, part, load.size, strings),
    bareLine(model, part, strings),
    model.nodes.length ? make("p", { class: "hint" }, strings.say("hint")) : "",
    unseen && picture === "overview" ? make("p", { class: "hint" }, strings.say("unseen-lines", { count: strings.number(unseen) })) : "",
    ...(load.size ? bodyTable(load, strings, actions) : []),
  ];
}

function heading(...parts) {
  return make("h2", { tabIndex: -1 }, ...parts);
}

/** Return how many measures each body has in each role; a measure counts once, however many clauses say so. */
function loadOf(edges) {
  const load = new Map();
  const counted = new Set();
  for (const edge of edges) {
    const once = `${edge.source.index} ${edge.kind} ${edge.target.index}`;
    if (!isBody(edge.target) || edge.kind === "member" || counted.has(once)) continue;
    counted.add(once);
    if (!load.has(edge.target)) load.set(edge.target, { lead: 0, responsible: 0, support: 0, guide: 0, announced: 0 });
    load.get(edge.target)[edge.kind] += 1;
  }
  return load;
}

/** Return what the whole graph holds, as `kg build` and the report count it; what is counted as one stands on hover and below. */
function totals(model, strings) {
  const counts = model.counts.filter(({ number }) => number).map((count) => ({ ...count, name: strings.title(count), meaning: strings.title({ zh: count.meaningZh, en: count.meaningEn }) }));
  const cells = counts.map(({ number, name, meaning }) => make("div", { title: meaning }, make("dd", {}, strings.number(number)), make("dt", {}, name)));
  const meanings = counts.map(({ name, meaning }) => make("div", {}, make("dt", {}, name), make("dd", {}, meaning)));
  return make("div", {}, make("dl", { class: "totals" }, ...cells), make("details", { class: "meanings" }, make("summary", {}, strings.say("how-counted")), make("dl", {}, ...meanings)));
}

/** Return how much of it is left where something is filtered away. */
function shownLine(model, part, bodies, strings) {
  if (part.measures.length === model.measures.length) return "";
  return make("p", { class: "hint shown" }, strings.say("shown-rows", { rows: strings.number(part.measures.length), bodies: strings.number(bodies) }));
}

/** Return the documents in which no measure was found; they are there as long as nothing is filtered away. */
function bareDocuments(model, part) {
  if (part.measures.length < model.measures.length) return [];
  const told = new Set(part.measures.map((node) => node.document));
  return model.documents.filter(({ key }) => !told.has(key));
}

function bareLine(model, part, strings) {
  const bare = bareDocuments(model, part);
  const titles = bare.slice(0, FIRST_BARE).map(({ title }) => clip(title || strings.say("no-title"), 30));
  const left = bare.length > FIRST_BARE ? "…" : "";
  return bare.length ? make("p", { class: "hint" }, strings.say("bare-documents", { count: bare.length, titles: titles.join(strings.say("between")) + left })) : "";
}

function bodyTable(load, strings, actions) {
  const kinds = ["lead", "responsible", "support", "guide", "announced"].filter((kind) => [...load.values()].some((count) => count[kind]));
  const rows = [...load]
    .map(([node, count]) => ({ node, count, sum: Object.values(count).reduce((a, b) => a + b) }))
    .sort((a, b) => b.count.lead - a.count.lead || b.sum - a.sum || a.node.index - b.node.index);
  const head = kinds.map((kind) => make("th", { scope: "col" }, swatch(kind), make("span", {}, strings.say(`short-${kind}`))));
  const body = make("tbody");
  const draw = ({ node, count }) => make("tr", {}, make("th", { scope: "row" }, nodeButton(node, strings, actions)), ...kinds.map((kind) => make("td", { class: count[kind] ? kind : "zero" }, String(count[kind] || "·"))));
  const [, more] = pagedList(body, rows, draw, FIRST_ROWS, (count) => strings.say("show-more", { count }));
  const table = make("table", { class: "bodies" });
  table.append(make("thead", {}, make("tr", {}, make("th", { scope: "col" }, strings.say("body")), ...head)), body);
  return [make("h3", {}, strings.say("who-leads")), table, more].filter(Boolean);
}

/** Return a button that leads to a node. */
export function nodeButton(node, strings, actions) {
  return button({ class: "link", title: node.label, onclick: () => actions.node(node) }, nodeMark(node), make("span", { class: "name" }, strings.short(node)));
}

/** Return the panel's content for one node: what it is, how far its light reaches, and every edge it has. */
export function nodeCard(model, node, strings, actions, { layers, state, part }) {
  return [
    backButton(strings.say(`picture-${state.picture}`), actions.clear),
    heading(nodeMark(node), strings.name(node)),
    make("p", { class: "facts" }, factsOf(model, node, strings)),
    node.aliases.length ? make("p", { class: "facts" }, `${strings.say("aliases")} ${node.aliases.join("、")}`) : "",
    focusSwitches(state, strings, actions),
    ...edgeLists(model, node, strings, actions, layers, part),
  ].filter(Boolean);
}

function factsOf(model, node, strings) {
  const document = model.document(node.document);
  const words = [
    strings.say(node.act ? "kind-action" : `kind-${node.kind}`),
    node.act,
    node.status ? strings.say(`status-${node.status}`, {}, node.status) : "",
    node.level && isBody(node) ? strings.say(`level-${node.level}`, {}, node.level) : "",
    isBody(node) ? node.region : "",
    node.vertical ? strings.say("vertical") : "",
    node.regulator ? strings.say("regulator") : "",
    node.membership ? strings.say(`membership-${node.membership}`, {}, node.membership) : "",
    node.families.length ? strings.say("family", { name: node.families.map((id) => strings.title(model.family(id))).join(" › ") }) : "",
    document ? clip(document.title, 40) : "",
    node.path ? strings.say("section", { path: node.path }) : "",
  ];
  return words.filter(Boolean).join(" · ");
}

/** Return the switches for how far the light reaches and whether the rest is hidden. */
function focusSwitches(state, strings, actions) {
  const hops = [1, 2].map((count) => button({ class: "choice", "aria-pressed": String(state.hops === count), onclick: () => actions.set({ hops: count }) }, strings.say(`hops-${count}`)));
  const only = button({ class: "choice", "aria-pressed": String(state.only), onclick: () => actions.set({ only: !state.only }) }, strings.say("only"));
  return make("div", { class: "switches" }, make("span", { class: "segment", role: "group", "aria-label": strings.say("hops") }, ...hops), only);
}

function edgeLists(model, node, strings, actions, layers, part) {
  const lists = KIND_ORDER.flatMap((kind) => {
    const edges = node.edges.filter((edge) => edge.kind === kind).sort((a, b) => byPlace(otherEnd(a, node), otherEnd(b, node)));
    if (!edges.length) return [];
    const own = edges.filter((edge) => part.among.has(edge) || (!edge.inferred && !isShown(edge, layers)));
    const guesses = edges.filter((edge) => edge.inferred && !own.includes(edge)).length;
    const rest = edges.length - own.length - guesses;
    const head = make("h3", { class: kind }, swatch(kind), strings.say(headingKey(kind, node)), make("small", {}, ` ${own.length}`));
    const draw = (edge) => make("li", {}, edgeButton(model, edge, node, strings, actions));
    const list = own.length ? pagedList(make("ul", { class: "plain edges" }), own, draw, FIRST_EDGES, (count) => strings.say("show-more", { count })) : [];
    return [
      head,
      ...list,
      guesses ? make("p", { class: "hint" }, strings.say("hidden-inferred", { count: guesses })) : "",
      rest > 0 ? make("p", { class: "hint" }, strings.say("hidden-filtered", { count: rest })) : "",
    ];
  });
  return lists.length ? lists : [make("p", { class: "hint" }, strings.say("no-edges"))];
}

function headingKey(kind, node) {
  if (kind === "member" && node.kind !== "group") return "member-of";
  return node.kind === "measure" ? `by-${kind}` : `of-${kind}`;
}

function edgeButton(model, edge, node, strings, actions) {
  const other = otherEnd(edge, node);
  const document = documentOf(model, edge);
  const where = [other.kind === "measure" ? other.path : "", document && document.key !== node.document ? document.title : ""];
  return rowButton({ edge, other, small: where.filter(Boolean).join(" · ") }, strings, () => (measureOf(edge) ? actions.edge(edge) : actions.node(other)));
}

function rowButton({ edge, other, label, small }, strings, onclick) {
  const note = edge.inferred ? make("span", { class: "badge" }, strings.say("inferred")) : "";
  const name = make("span", { class: "name" }, label ?? strings.name(other));
  return button({ class: "item", "data-edge": edge.id, onclick }, nodeMark(other), name, note, small ? make("small", {}, small) : "");
}

/** Return the panel's content for a heavy line: the statements it stands for, each leading to its proof. */
export function bundleCard(model, { kind, from, to, edges }, strings, actions) {
  const draw = (edge) => make("li", {}, rowButton({ edge, other: edge.source, label: edge.source.label, small: `${strings.short(edge.target)} · ${model.document(edge.source.document)?.title ?? ""}` }, strings, () => actions.edge(edge)));
  return [
    backButton(strings.say("back-overview"), actions.clear),
    heading(swatch(kind), strings.both(kind), make("small", {}, ` ${edges.length}`)),
    make("p", { class: "claim" }, from, " → ", to),
    ...pagedList(make("ul", { class: "plain edges" }), edges, draw, FIRST_EDGES, (count) => strings.say("show-more", { count })),
  ];
}

/** Return the panel's content for two bodies that work together: each shared measure with both proofs. */
export function pairCard(model, pair, strings, actions) {
  const draw = (measure) => {
    const own = pair.edges.filter((edge) => edge.source === measure);
    const proofs = own.map((edge) => button({ class: `chip ${edge.kind}`, "data-edge": edge.id, onclick: () => actions.edge(edge) }, swatch(edge.kind), strings.short(edge.target)));
    return make("li", { class: "shared" }, button({ class: "link", onclick: () => actions.node(measure) }, nodeMark(measure), make("span", { class: "name" }, measure.label)), make("div", { class: "chips" }, ...proofs));
  };
  return [
    backButton(strings.say("back-network"), actions.clear),
    heading(strings.say("pair", { count: pair.weight })),
    make("p", { class: "claim" }, nodeButton(pair.from, strings, actions), ` ${strings.say("pair-lead")} → `, nodeButton(pair.to, strings, actions), ` ${strings.say("pair-support")}`),
    ...pagedList(make("ul", { class: "plain" }), [...pair.measures], draw, FIRST_EDGES, (count) => strings.say("show-more", { count })),
  ];
}

/** Return the panel's content for the network when nothing is chosen: communities and the pairs that share most. */
export function networkCard(model, { ring, pairs }, strings, actions) {
  const communities = [...new Set(ring.spots.map((spot) => spot.community))].map((index) => {
    const own = ring.spots.filter((spot) => spot.community === index).length;
    const name = index < 0 ? strings.say("no-community") : strings.short(model.network.communities[index]);
    return make("li", {}, make("span", { class: `hue hue-${index < 0 ? "none" : index % 10}`, "aria-hidden": "true" }), make("span", { class: "name" }, name), make("small", {}, String(own)));
  });
  const draw = (pair) => make("li", {}, button({ class: "item pair", onclick: () => actions.pair(pair) }, make("span", { class: "name" }, `${strings.short(pair.from)} → ${strings.short(pair.to)}`), make("b", {}, String(pair.weight))));
  const list = pagedList(make("ul", { class: "plain" }), pairs, draw, FIRST_ROWS, (count) => strings.say("show-more", { count }));
  return [
    heading(strings.say("network")),
    make("p", { class: "hint" }, strings.say("network-hint")),
    ring.left > 0 ? make("p", { class: "hint" }, strings.say("network-left", { count: ring.spots.length, left: ring.left })) : "",
    ...(pairs.length ? [make("h3", {}, strings.say("communities")), make("ul", { class: "plain communities" }, ...communities), make("h3", {}, strings.say("pairs")), ...list] : []),
  ].filter(Boolean);
}

/** Return a button that leads back. */
export function backButton(text, onclick) {
  return button({ class: "back", onclick }, `← ${text}`);
}

/** Return how many stated edges of each role a body has, in words for a tip. */
export function loadWords(node, strings) {
  const count = countRoles(node);
  return Object.entries(count)
    .filter(([, value]) => value)
    .map(([kind, value]) => `${strings.say(`layer-${kind}`)} ${value}`)
    .join(" · ");
}
