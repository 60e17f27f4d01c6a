// The data as the page works with it: nodes, edges and groups that know each other. Only this module reads the payload.

export const ROLES = ["lead", "support", "responsible", "guide"];

/** What the legend switches, in its order; `on` says whether it is shown at first. */
export const LAYERS = [
  { id: "lead", on: true },
  { id: "responsible", on: true },
  { id: "support", on: true },
  { id: "guide", on: true },
  { id: "announced", on: true },
  { id: "inferred", on: false },
  { id: "instrument", on: true },
  { id: "region", on: false },
  { id: "addressee", on: false },
];

/** Return the rows of a packed table as records; a value that says nothing is left out. */
export function unpackTable({ size, columns }) {
  const rows = Array.from({ length: size }, () => ({}));
  for (const [name, column] of Object.entries(columns)) {
    eachValue(column, (row, value) => {
      if (value !== null && value !== false && value !== "" && !(Array.isArray(value) && !value.length)) rows[row][name] = value;
    });
  }
  return rows;
}

function eachValue(column, take) {
  if (Array.isArray(column)) column.forEach((value, row) => take(row, value));
  else if (column.at) column.at.forEach((place, row) => take(row, place === null ? null : column.of[place]));
  else column.rows.forEach((row, place) => take(row, column.values[place]));
}

const BLANK_NODE = { label: "", english: "", aliases: [], initials: [], level: "", region: "", path: "", act: "", status: "", year: "", province: "", families: [] };

/** Return the model of the embedded data. */
export function readModel(data) {
  const whole = (id) => (/^[a-z][a-z0-9+.-]*:/i.test(id) ? id : data.base + id);
  const documents = unpackTable(data.documents).map((record, index) => ({ title: "", ...record, index, key: record.id }));
  const groups = readGroups(data, documents);
  const nodes = unpackTable(data.nodes).map((record, index) => readNode(record, index, groups, documents));
  const edges = readEdges(data, nodes, whole);
  const names = new Map(unpackTable(data.names).map((record) => [record.id, record]));
  const byId = new Map(nodes.map((node) => [node.id, node]));
  const edgeById = new Map(edges.map((edge) => [edge.id, edge]));
  const evidence = unpackTable(data.evidence);
  const short = (id) => (id.startsWith(data.base) ? id.slice(data.base.length) : id);
  const byKey = new Map(documents.map((document) => [document.key, document]));
  const headings = new Map(unpackTable(data.headings).map(({ document, path, title }) => [`${documents[document].key} ${path}`, title ?? ""]));
  const layers = new Set(edges.flatMap((edge) => (edge.inferred ? [edge.kind, "inferred"] : [edge.kind])));
  return {
    title: data.title,
    counts: unpackTable(data.counts),
    nodes,
    edges,
    groups,
    documents,
    layers,
    trees: data.trees.map((key) => ({ key, labels: { words: `tree-${key}` }, roots: groups.filter((group) => group.tree === key && !group.parent) })),
    measures: nodes.filter((node) => node.kind === "measure"),
    firstLayers: firstLayers(edges),
    texts: data.texts,
    network: readNetwork(data, nodes),
    iri: whole,
    expand: (name) => expandName(data.prefixes, name),
    node: (id) => byId.get(short(id)),
    edge: (id) => edgeById.get(id) ?? edgeById.get(short(id)),
    document: (key) => byKey.get(key),
    heading: (document, path) => headings.get(`${document} ${path}`) ?? "",
    family: (id) => names.get(id) ?? { zh: id, en: id },
    place: (id) => names.get(id) ?? { zh: id, en: id },
    evidence: (edge) => (edge.evidence === undefined ? undefined : withQuote(evidence[edge.evidence], data.texts)),
  };
}

function readGroups(data, documents) {
  const groups = unpackTable(data.groups).map((record, index) => ({ key: "", zh: "", en: "", open: false, ...record, index, groups: [], nodes: [] }));
  for (const group of groups) {
    group.parent = group.parent === undefined ? null : groups[group.parent];
    group.parent?.groups.push(group);
    if (group.document !== undefined) nameDocument(group, documents[group.document]);
    else if (["level", "kind"].includes(group.kind)) group.words = `${group.kind}-${group.key || "other"}`;
    else if (!group.zh) group.words = "unknown";
  }
  return groups;
}

function nameDocument(group, document) {
  group.zh = document.title;
  group.date = document.date ?? document.published ?? "";
  if (!document.title) group.words = "no-title";
}

function readNode(record, index, groups, documents) {
  const node = { ...BLANK_NODE, ...record, index, edges: [] };
  node.group = record.group === undefined ? null : groups[record.group];
  node.group?.nodes.push(node);
  node.year = String(node.year);
  node.document = record.document === undefined ? "" : documents[record.document].key;
  node.province ||= record.document === undefined ? "" : (documents[record.document].province ?? "");
  node.rank = rankOf(node);
  node.short = shortName(node);
  return node;
}

/** Return the level that a body or region stands under in its tree: local offices of central bodies have one of their own. */
function rankOf(node) {
  let top = node.group;
  while (top?.parent) top = top.parent;
  return top?.kind === "level" ? top.key : "";
}

/** The name to write where room is scarce: a long official one gives way to the shortest alias that still says who. */
function shortName({ label, aliases, kind }) {
  if (label.length <= 12 || kind === "measure") return label;
  const fitting = aliases.filter((alias) => alias.length >= 4 && alias.length < label.length);
  return fitting.sort((one, other) => one.length - other.length || (one < other ? -1 : 1))[0] ?? label;
}

function readEdges(data, nodes, whole) {
  return unpackTable(data.edges).map((record, index) => {
    const edge = { ...record, index, inferred: record.inferred ?? false, source: nodes[record.source ?? 0], target: nodes[record.target ?? 0] };
    edge.id = record.id ?? `${whole(edge.source.id)}|${edge.kind}|${whole(edge.target.id)}`;
    edge.via = record.via === undefined ? undefined : nodes[record.via];
    edge.layers = needsLayers(edge);
    edge.source.edges.push(edge);
    edge.target.edges.push(edge);
    return edge;
  });
}

function readNetwork(data, nodes) {
  const order = new Map();
  const community = new Map();
  unpackTable(data.network).forEach((record, place) => {
    order.set(nodes[record.node], place);
    community.set(nodes[record.node], record.community ?? 0);
  });
  return { order, community, communities: data.communities.map((node) => nodes[node]) };
}

/** Return evidence with its quote, which the payload leaves out where the text holds it. */
function withQuote(evidence, texts) {
  if (evidence.quote !== undefined) return evidence;
  const found = (texts[evidence.source] ?? []).findLast(([start]) => start <= evidence.start);
  const points = found ? Array.from(found[1]).slice(evidence.start - found[0], evidence.end - found[0]) : [];
  return { ...evidence, quote: points.join("") };
}

function expandName(prefixes, name) {
  const cut = name.indexOf(":");
  return Object.hasOwn(prefixes, name.slice(0, cut)) ? prefixes[name.slice(0, cut)] + name.slice(cut + 1) : name;
}

/** Return the layers shown at first: where no body has a role, as in news, all that the sentences name. */
function firstLayers(edges) {
  const roles = edges.some((edge) => ROLES.includes(edge.kind));
  return LAYERS.filter(({ id, on }) => on || (!roles && id !== "inferred")).map(({ id }) => id);
}

/** Return the layers that an edge needs switched on; it keeps them as `layers`. */
function needsLayers(edge) {
  const own = edge.kind === "member" ? [] : [edge.kind];
  return edge.inferred ? [...own, "inferred"] : own;
}

/** Tell whether an edge is shown with these layers on. */
export function isShown(edge, layers) {
  return edge.layers.every((layer) => layers.has(layer));
}

/** Tell whether a node is a body: an agency, or a group of them. */
export function isBody(node) {
  return node.kind === "agency" || node.kind === "group";
}

/** Return the other end of an edge. */
export function otherEnd(edge, node) {
  return edge.source === node ? edge.target : edge.source;
}

/** Return the measure that an edge speaks of, if any. */
export function measureOf(edge) {
  return edge.source.kind === "measure" ? edge.source : undefined;
}

/** Return the document in which an edge is stated, if any. */
export function documentOf(model, edge) {
  return model.document(measureOf(edge)?.document);
}

/** Return how many stated edges of each role a body has. */
export function countRoles(node) {
  const count = { lead: 0, responsible: 0, support: 0, guide: 0, announced: 0 };
  for (const edge of node.edges) {
    if (!edge.inferred && edge.kind in count) count[edge.kind] += 1;
  }
  return count;
}

/** Compare two nodes by their place in the trees, which for measures is the order of reading. */
export function byPlace(a, b) {
  return placeOf(a) - placeOf(b) || a.index - b.index;
}

/** Return the place of a node's group in the order of display. */
export function placeOf(node) {
  return node.group ? node.group.index : Infinity;
}
