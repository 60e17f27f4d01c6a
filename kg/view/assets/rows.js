// Which rows of a tree stand open on the screen, and which row stands for a node that is not itself to be seen.

export const PAGE = 60; // rows of one group shown at a time
export const MOST_ROWS = 300;

/** Return for every group (by its index) how many of `nodes` stand below it. */
export function countBelow(model, nodes) {
  const counts = new Int32Array(model.groups.length);
  for (const node of nodes) {
    for (let group = node.group; group; group = group.parent) counts[group.index] += 1;
  }
  return counts;
}

/**
 * Return the rows of a tree from the top: groups, nodes, and `more` rows for what a long group holds back.
 * `view` says what to show: `counts` by group, `nodes` (a set), `isOpen(group)`, `limit(group)`.
 */
export function listRows(tree, view) {
  const rows = [];
  tree.roots.forEach((group) => addGroup(rows, group, 0, view));
  return rows;
}

function addGroup(rows, group, depth, view) {
  const count = view.counts[group.index];
  if (!count) return;
  const open = view.isOpen(group);
  rows.push({ key: `g:${group.id}`, kind: "group", group, depth, count, open });
  if (!open) return;
  group.groups.forEach((inner) => addGroup(rows, inner, depth + 1, view));
  addNodes(rows, group, depth + 1, view);
}

function addNodes(rows, group, depth, view) {
  const nodes = group.nodes.filter((node) => view.nodes.has(node));
  const limit = nodes.length <= view.limit(group) + 5 ? nodes.length : view.limit(group);
  for (const node of nodes.slice(0, limit)) rows.push({ key: `n:${node.id}`, kind: "node", node, group, depth, count: 1 });
  const rest = nodes.slice(limit);
  if (rest.length) rows.push({ key: `m:${group.id}`, kind: "more", group, nodes: rest, depth, count: rest.length });
}

/** Return a map from each node below these rows to the row that stands for it. */
export function standIns(rows) {
  const found = new Map();
  for (const row of rows) {
    if (row.kind === "node") found.set(row.node, row);
    else if (row.kind === "more") row.nodes.forEach((node) => found.set(node, row));
    else if (!row.open) eachNode(row.group, (node) => found.set(node, row));
  }
  return found;
}

/** Call `visit` with every node in a group, however deep. */
export function eachNode(group, visit) {
  group.nodes.forEach(visit);
  group.groups.forEach((inner) => eachNode(inner, visit));
}

/** Return the groups that a node stands in, the innermost first. */
export function groupsAbove(node) {
  const found = [];
  for (let group = node.group; group; group = group.parent) found.push(group);
  return found;
}
