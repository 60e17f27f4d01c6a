// Edges between rows: all statements of one role between two rows are one line, the thicker the more they are.

/** Return one bundle for each pair of rows and role; `rowOf` maps nodes to the rows that stand for them. */
export function bundleEdges(edges, rowOf) {
  const bundles = new Map(); // by source row, target row and role, as one number: tens of thousands of edges pass here
  for (const edge of edges) {
    if (edge.kind === "member") continue;
    const source = rowOf.get(edge.source);
    const target = rowOf.get(edge.target);
    if (!source || !target || source === target) continue;
    const place = (source.index * MOST_PLACES + target.index) * DRAWN_FIRST.length + DRAWN_FIRST.indexOf(edge.kind);
    const bundle = bundles.get(place);
    if (bundle) bundle.edges.push(edge);
    else bundles.set(place, { key: `${source.key}|${target.key}|${edge.kind}`, kind: edge.kind, source, target, edges: [edge] });
  }
  return [...bundles.values()];
}

const MOST_PLACES = 1 << 20;

/**
 * Return about `most` of the heaviest bundles, in the order in which they are drawn: light ones first, lead on top.
 * Of bundles that weigh the same either all are there or none, up to three times as many: a choice would be arbitrary.
 */
export function heaviest(bundles, most) {
  const byWeight = [...bundles].sort((a, b) => b.edges.length - a.edges.length || DRAWN_FIRST.indexOf(b.kind) - DRAWN_FIRST.indexOf(a.kind));
  const last = byWeight[most]?.edges.length ?? 0;
  const ties = byWeight.filter((bundle) => bundle.edges.length >= last);
  const heavier = byWeight.filter((bundle) => bundle.edges.length > last);
  const chosen = ties.length <= 3 * most ? ties : heavier.length ? heavier : byWeight.slice(0, most);
  return chosen.sort((a, b) => DRAWN_FIRST.indexOf(a.kind) - DRAWN_FIRST.indexOf(b.kind));
}

/**
 * Return the keys of the lines that stand out: between two columns with more than `crowd` lines those of who leads, and
 * those heavier than half of the others there; where there are fewer, all. Lines that weigh the same are treated the same.
 */
export function standingOut(lines, crowd) {
  const sides = [lines.filter(({ kind }) => !KINDS_RIGHT.includes(kind)), lines.filter(({ kind }) => KINDS_RIGHT.includes(kind))];
  return new Set(sides.flatMap((side) => (side.length <= crowd ? side : outstanding(side))).map((line) => line.key));
}

function outstanding(side) {
  const weights = side.map((line) => line.edges.length).sort((a, b) => a - b);
  const middle = weights[Math.floor(weights.length / 2)];
  return side.filter((line) => line.kind === "lead" || line.edges.length > middle);
}

const KINDS_RIGHT = ["instrument", "region", "addressee"];
const DRAWN_FIRST = ["member", "addressee", "region", "instrument", "guide", "support", "announced", "responsible", "lead"];

/** Return whether every statement of a bundle was inferred. */
export function isInferred(bundle) {
  return bundle.edges.every((edge) => edge.inferred);
}
