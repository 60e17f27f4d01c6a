// What the overview shows for a state: the rows of every column, the lines between them, and what is in the light.

import { bundleEdges, heaviest } from "./bundles.js";
import { activePart, neighbourhood } from "./filter.js";
import { countBelow, groupsAbove, listRows, MOST_ROWS, PAGE, standIns } from "./rows.js";

const COLUMNS = [["body"], ["document"], ["instrument", "region", "addressee"]];
const MOST_LINES = 80; // more of them between two columns are a wall; the heaviest are drawn, and all that is in the light
const MOST_LIT = 400;
const SIDES_OF_LINES = [
  ["lead", "responsible", "support", "guide", "announced"],
  ["instrument", "region", "addressee"],
];
const OPEN_WHEN_ALONE = 120; // up to so many things in the light are opened up when only they are shown

/** Return the layers in use: those of the state, else those that suit the data. */
export function layersOf(model, state) {
  return new Set(state.layers ?? model.firstLayers);
}

/** Return what is in the light while something is chosen, or null: the nodes and the statements. */
export function lightOf(model, state, part) {
  const edge = state.edge && model.edge(state.edge);
  if (edge) return { nodes: new Set([edge.source, edge.target]), edges: [edge] };
  const node = state.node && model.node(state.node);
  return node ? neighbourhood(node, part.among, state.hops) : null;
}

/** Return the scene for `state`; `pages` says how many pages of a long group are shown, by its identifier. */
export function composeScene(model, state, pages = new Map()) {
  const layers = layersOf(model, state);
  const part = partOf(model, layers, state);
  const light = lightOf(model, state, part);
  const alone = state.only && light !== null;
  const shown = alone ? withChosen(model, state, part, light) : part;
  const columns = composeColumns(model, state, { layers, shown, light, alone, pages });
  const rows = columns.flat().flatMap((tree) => tree.rows);
  rows.forEach((row, index) => (row.index = index));
  const rowOf = standIns(rows);
  const bundles = bundleEdges(shown.edges, rowOf);
  const lit = lightOfBundle(state, bundles) ?? light;
  return { layers, part, light: lit, alone, columns, rows, rowOf, bundles, ...drawn(bundles, lit, alone, rowOf) };
}

/** Return what is in the light while a heavy line is chosen. */
function lightOfBundle(state, bundles) {
  const heavy = !state.edge && state.bundle && bundles.find((bundle) => bundle.key === state.bundle);
  return heavy ? { nodes: new Set(heavy.edges.flatMap((edge) => [edge.source, edge.target])), edges: heavy.edges } : null;
}

function composeColumns(model, state, { layers, shown, light, alone, pages }) {
  const view = makeView(model, state, { shown, light, alone, pages });
  return COLUMNS.map((keys) => keys.flatMap((key) => treeRows(model, key, view, layers)));
}

/** Return how many rows there would be with these groups open. */
function countRows(model, state, pages) {
  const layers = layersOf(model, state);
  const part = partOf(model, layers, state);
  const light = state.only ? lightOf(model, state, part) : null;
  const shown = light ? withChosen(model, state, part, light) : part;
  const columns = composeColumns(model, state, { layers, shown, light, alone: light !== null, pages });
  return columns.flat().reduce((sum, tree) => sum + tree.rows.length, 0);
}

let lastPart = { key: "", part: null };

/** Return the active part, worked out anew only when layers or filters have changed. */
function partOf(model, layers, state) {
  const key = JSON.stringify([[...layers].sort(), state.filters]);
  if (lastPart.key !== key || lastPart.model !== model) lastPart = { key, model, part: activePart(model, layers, state.filters) };
  return lastPart.part;
}

/** Return what is shown when the rest is hidden: what is in the light, and all around the node that is chosen. */
function withChosen(model, state, part, light) {
  const node = state.node && model.node(state.node);
  return node ? neighbourhood(node, part.among, state.hops) : light;
}

function treeRows(model, key, view, layers) {
  const tree = model.trees.find((each) => each.key === key);
  if (!tree || (["instrument", "region", "addressee"].includes(key) && !layers.has(key))) return [];
  const rows = listRows(tree, view);
  return rows.length ? [{ tree, rows }] : [];
}

function makeView(model, state, { shown, light, alone, pages }) {
  const [opened, closed] = [new Set(state.opened), new Set(state.closed)];
  const above = new Set(alone && light.nodes.size <= OPEN_WHEN_ALONE ? [...light.nodes].flatMap(groupsAbove) : []);
  const isOpen = (group) => (closed.has(group.id) ? false : opened.has(group.id) || group.open || above.has(group));
  const chosen = state.node && model.node(state.node);
  const limit = (group) => {
    const place = chosen?.group === group ? group.nodes.filter((node) => shown.nodes.has(node)).indexOf(chosen) : 0;
    return Math.max(pages.get(group.id) ?? 1, Math.ceil((place + 1) / PAGE)) * PAGE;
  };
  return { counts: countBelow(model, shown.nodes), nodes: shown.nodes, isOpen, limit };
}

function drawn(bundles, light, alone, rowOf) {
  const lit = light && bundleEdges(light.edges, rowOf);
  const litKeys = new Set(lit?.map((bundle) => bundle.key));
  const seen = alone ? [] : SIDES_OF_LINES.flatMap((kinds) => heaviest(bundles.filter(({ kind }) => kinds.includes(kind)), MOST_LINES));
  const dim = seen.filter((bundle) => !litKeys.has(bundle.key));
  const litRows = light && new Set([...light.nodes].flatMap((node) => [rowOf.get(node)?.key, ...groupsAbove(node).map((group) => `g:${group.id}`)]));
  return {
    lines: [...dim, ...heaviest(lit ?? [], MOST_LIT)].map((bundle) => ({ ...bundle, lit: litKeys.has(bundle.key) })),
    unseen: alone ? 0 : bundles.length - seen.length,
    litRows,
  };
}

/** Return the state's lists of opened and closed groups after `group` was opened or closed, within the most rows. */
export function toggleGroup(model, state, group, open, pages) {
  const without = (list) => list.filter((id) => id !== group.id);
  let opened = without(state.opened);
  let closed = without(state.closed);
  if (!open) return { opened, closed: group.open || state.only ? [...closed, group.id] : closed };
  if (!group.open) opened = [...opened, group.id];
  const kept = new Set([group.id, ...ancestors(group)]);
  const count = () => countRows(model, { ...state, opened, closed }, pages);
  for (const other of [...opened, ...model.groups.filter((each) => each.open && each.parent).map((each) => each.id)]) {
    if (kept.has(other) || closed.includes(other)) continue;
    if (count() <= MOST_ROWS) break;
    if (opened.includes(other)) opened = opened.filter((id) => id !== other);
    else closed = [...closed, other];
  }
  return { opened, closed };
}

function ancestors(group) {
  const found = [];
  for (let parent = group.parent; parent; parent = parent.parent) found.push(parent.id);
  return found;
}

/** Return the lists of opened and closed groups with which `node` is to be seen. */
export function revealNode(model, state, node, pages) {
  let next = { opened: state.opened, closed: state.closed };
  for (const group of groupsAbove(node).reverse()) {
    const open = next.closed.includes(group.id) ? false : group.open || next.opened.includes(group.id);
    if (!open) next = toggleGroup(model, { ...state, ...next }, group, true, pages);
  }
  return next;
}
