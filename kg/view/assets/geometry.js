// Where edges run: from the side of a measure to the mark of a body, level at both ends.

/** Return the extreme of `values` by `choose` (Math.min, Math.max); unlike spreading, it bears any number of values. */
export function reduce(choose, values) {
  return values.reduce((a, b) => choose(a, b));
}

/** Tell edges between the same two nodes how far to keep apart. */
export function shiftParallels(edges) {
  const pairs = new Map();
  for (const edge of edges) {
    const key = `${edge.source.id} ${edge.target.id}`;
    pairs.set(key, [...(pairs.get(key) ?? []), edge]);
  }
  for (const pair of pairs.values()) {
    pair.forEach((edge, place) => (edge.shift = (place - (pair.length - 1) / 2) * 7));
  }
}

/** Return where the mark of a body stands: at the end of its label that looks to the middle. */
export function anchorOf(node, column) {
  return { x: node.x + (node.side === "left" ? 1 : -1) * (column / 2 - 6), y: node.y };
}

/** Return the four points of an edge's curve, which leaves and arrives level. */
export function makeCurve(edge, column) {
  const end = edge.target.kind === "measure" ? edge.target : anchorOf(edge.target, column);
  const side = Math.sign(end.x - edge.source.x) || 1;
  const isMeasure = edge.source.kind === "measure";
  const from = isMeasure ? { x: edge.source.x + (side * column) / 2, y: edge.source.y } : anchorOf(edge.source, column);
  const start = { x: from.x, y: from.y + edge.shift * 0.5 };
  const inward = edge.target.side === "left" ? 1 : -1;
  const reach = Math.max(60, Math.abs(end.x - start.x) * 0.45);
  const out = isMeasure ? side : edge.source.side === "left" ? 1 : -1;
  return [
    start,
    { x: start.x + out * reach, y: start.y + edge.shift * 1.6 },
    { x: end.x + inward * reach, y: end.y + edge.shift * 1.6 },
    end,
  ];
}

/** Return points along the middle part of a curve. */
export function sample([a, b, c, d]) {
  return [0.12, 0.2, 0.28, 0.36, 0.44, 0.52, 0.6, 0.68, 0.76, 0.84, 0.9].map((t) => {
    const s = 1 - t;
    const at = (axis) => s * s * s * a[axis] + 3 * s * s * t * b[axis] + 3 * s * t * t * c[axis] + t * t * t * d[axis];
    return { x: at("x"), y: at("y") };
  });
}

/** Return the point of `candidates` whose nearest neighbour among `others` is farthest. */
export function clearest(candidates, others) {
  const room = (point) => reduce(Math.min, [Infinity, ...others.map((other) => Math.hypot(point.x - other.x, point.y - other.y))]);
  const rooms = candidates.map(room);
  return candidates[rooms.indexOf(reduce(Math.max, rooms))];
}
