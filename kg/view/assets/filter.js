// What the legend and the filters let through.

import { isBody, isShown } from "./model.js";
import { FACETS } from "./state.js";

/** Return the part of the model that layers and filters let through: measures, statements, and all nodes they touch. */
export function activePart(model, layers, filters) {
  const wanted = Object.fromEntries(FACETS.map((facet) => [facet, new Set(filters[facet])]));
  const measures = model.measures.filter((node) => isWanted(model, node, wanted));
  const among = new Set(measures);
  const edges = model.edges.filter((edge) => isEdgeActive(edge, layers, among, wanted));
  const nodes = new Set(measures);
  for (const edge of edges) nodes.add(edge.source).add(edge.target);
  return { measures, edges, nodes, among: new Set(edges) };
}

function isEdgeActive(edge, layers, measures, wanted) {
  if (!isShown(edge, layers)) return false;
  if (edge.kind === "member") return !measures.size || !hasWanted(wanted);
  if (!measures.has(edge.source)) return false;
  if (wanted.level.size && isBody(edge.target) && !wanted.level.has(edge.target.rank)) return false;
  return !(wanted.family.size && edge.kind === "instrument" && !edge.target.families.some((id) => wanted.family.has(id)));
}

function hasWanted(wanted) {
  return FACETS.some((facet) => wanted[facet].size);
}

/** Tell whether a measure has, for every facet that is filtered, one of the values asked for. */
function isWanted(model, measure, wanted) {
  return FACETS.every((facet) => !wanted[facet].size || facetValues(model, measure, facet).some((value) => wanted[facet].has(value)));
}

const READERS = {
  document: (model, measure) => [measure.document],
  year: (model, measure) => [measure.year],
  region: (model, measure) => [measure.province, ...measure.edges.map(regionOf)],
  level: (model, measure) => measure.edges.filter((edge) => isBody(edge.target)).map((edge) => edge.target.rank),
  family: (model, measure) => measure.edges.filter((edge) => edge.kind === "instrument").flatMap((edge) => edge.target.families),
};

function regionOf({ kind, target }) {
  return target.province || (kind === "region" ? target.id : "");
}

/** Return the distinct values that a measure has for a facet. */
export function facetValues(model, measure, facet) {
  return [...new Set(READERS[facet](model, measure).filter(Boolean))];
}

/** Return for a facet its values with the number of measures that have each, in the order of first mention. */
export function countFacet(model, facet) {
  const counts = new Map();
  for (const measure of model.measures) {
    for (const value of facetValues(model, measure, facet)) counts.set(value, (counts.get(value) ?? 0) + 1);
  }
  return counts;
}

/** Return the nodes and statements within `hops` steps of `node`, among the set of edges only. */
export function neighbourhood(node, among, hops) {
  let ring = new Set([node]);
  const nodes = new Set(ring);
  const found = new Set();
  for (let step = 0; step < hops; step += 1) {
    const next = new Set();
    for (const each of ring) {
      for (const edge of each.edges) {
        if (!among.has(edge)) continue;
        found.add(edge);
        const other = edge.source === each ? edge.target : edge.source;
        if (!nodes.has(other)) next.add(other);
      }
    }
    next.forEach((each) => nodes.add(each));
    ring = next;
  }
  return { nodes, edges: [...found] };
}
