// The data as the page works with it: nodes and edges that know each other, and which of them are shown.

export const ROLES = ["lead", "support", "responsible"];

/** What the legend switches, in its order; `on` says whether it is shown at first. */
export const LAYERS = [
  { id: "lead", on: true },
  { id: "responsible", on: true },
  { id: "support", on: true },
  { id: "announced", on: true },
  { id: "inferred", on: false },
  { id: "instrument", on: false },
  { id: "region", on: false },
  { id: "addressee", on: false },
];

/** Return the layers shown at first: where no body has a role, as in news, all that the sentences name. */
export function firstLayers(model) {
  const roles = model.edges.some((edge) => ROLES.includes(edge.kind));
  return new Set(LAYERS.filter(({ id, on }) => on || (!roles && id !== "inferred")).map(({ id }) => id));
}

/** The name to write where room is scarce: a long official one gives way to the shortest alias that still says who. */
function shortName({ label, aliases }) {
  const fitting = aliases.filter((alias) => alias.length >= 4).sort((one, other) => one.length - other.length || (one < other ? -1 : 1));
  return label.length > 12 && fitting.length ? fitting[0] : label;
}

/** Return the model of the embedded data. */
export function readModel(data) {
  const nodes = data.nodes.map((node) => ({ aliases: [], ...node, fx: node.x, fy: node.y, edges: [] }));
  for (const node of nodes) node.short = shortName(node);
  const byId = new Map(nodes.map((node) => [node.id, node]));
  const edges = data.edges
    .map((edge) => ({ ...edge, source: byId.get(edge.source), target: byId.get(edge.target) }))
    .filter((edge) => edge.source && edge.target);
  for (const edge of edges) {
    edge.layers = layersOf(edge);
    edge.source.edges.push(edge);
    edge.target.edges.push(edge);
  }
  return {
    title: data.title,
    base: data.base,
    row: data.row,
    column: data.column,
    blocks: data.blocks,
    nodes,
    edges,
    texts: data.texts,
    node: (id) => byId.get(id) ?? byId.get(id.replace(data.base, "")),
    edge: lookup(edges, data.base),
    evidence: lookup(data.evidence, data.base),
    document: lookup(data.documents, data.base),
    documents: data.documents,
  };
}

function lookup(items, base) {
  const byId = new Map(items.map((item) => [item.id, item]));
  return (id) => (id === undefined ? undefined : (byId.get(id) ?? byId.get(id.replaceAll(base, ""))));
}

/** Return the layers that an edge needs switched on; it keeps them as `layers`. */
function layersOf(edge) {
  const own = edge.kind === "member" ? [] : [edge.kind];
  return edge.inferred ? [...own, "inferred"] : own;
}

/** Tell whether an edge is shown with these layers on. */
export function isShown(edge, layers) {
  return edge.layers.every((layer) => layers.has(layer));
}

/** Tell whether a node is shown: measures always, others as the end of a shown edge. */
export function isNodeShown(node, layers) {
  return node.kind === "measure" || node.edges.some((edge) => isShown(edge, layers));
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
  const count = { lead: 0, support: 0, responsible: 0, announced: 0 };
  for (const edge of node.edges) {
    if (!edge.inferred && edge.kind in count) count[edge.kind] += 1;
  }
  return count;
}

/** Compare two nodes by their place: column by column, from the top, which for measures is the order of reading. */
export function byPlace(a, b) {
  return a.x - b.x || a.y - b.y;
}
