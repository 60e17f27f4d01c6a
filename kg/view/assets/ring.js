// The coordination network: who leads with whose support, the bodies on a ring in the order that Python found.

export const SLOT = 16; // pixels of the ring that a name needs
const GAP = 1.4; // slots between two communities

/** Return who leads with whose support: one pair for each leading and supporting body, with the measures they share. */
export function pairBodies(edges) {
  const pairs = new Map();
  for (const [measure, own] of groupByMeasure(edges)) {
    const leads = own.filter((edge) => edge.kind === "lead");
    const heads = leads.length ? leads : own.filter((edge) => edge.kind === "responsible");
    for (const head of heads) {
      for (const help of own) {
        if (help.kind === "support" && help.target !== head.target) addPair(pairs, head, help, measure);
      }
    }
  }
  return [...pairs.values()].sort((a, b) => b.weight - a.weight || a.from.index - b.from.index || a.to.index - b.to.index);
}

function groupByMeasure(edges) {
  const found = new Map();
  for (const edge of edges) {
    if (!["lead", "responsible", "support"].includes(edge.kind)) continue;
    if (found.has(edge.source)) found.get(edge.source).push(edge);
    else found.set(edge.source, [edge]);
  }
  return found;
}

function addPair(pairs, head, help, measure) {
  const key = `${head.target.index}|${help.target.index}`;
  let pair = pairs.get(key);
  if (!pair) {
    pair = { key, from: head.target, to: help.target, measures: new Set(), edges: [], weight: 0 };
    pairs.set(key, pair);
  }
  pair.measures.add(measure);
  pair.edges.push(head, help);
  pair.weight = pair.measures.size;
}

/**
 * Return the ring, no smaller in radius than `least`: as many bodies as `room` slots hold, the heaviest and those beside
 * `chosen`, each with its angle, and the pairs they make.
 */
export function arrangeRing(model, pairs, { room, chosen, least }) {
  const weights = weigh(pairs);
  const bodies = fitBodies(model, chooseBodies(pairs, weights, room, chosen), room);
  const placed = [...bodies].sort((a, b) => orderOf(model, a) - orderOf(model, b) || a.index - b.index);
  const starts = placed.map((node, place) => place === 0 || community(model, node) !== community(model, placed[place - 1]));
  const slots = placed.length + starts.filter(Boolean).length * GAP;
  const radius = Math.max(least, (slots * SLOT) / (2 * Math.PI));
  let slot = 0;
  const spots = placed.map((node, place) => {
    slot += place === 0 ? GAP / 2 : starts[place] ? 1 + GAP : 1;
    const angle = (slot / slots) * 2 * Math.PI - Math.PI / 2;
    return { node, angle, community: community(model, node), weight: weights.get(node) ?? 0 };
  });
  const among = new Set(bodies);
  const shown = pairs.filter((pair) => among.has(pair.from) && among.has(pair.to));
  return { radius, spots, pairs: shown, left: weights.size - spots.length, step: (2 * Math.PI) / slots };
}

/** Return the first of `bodies` that fit on a ring of `room` slots together with the gaps between communities. */
function fitBodies(model, bodies, room) {
  const met = new Set();
  let slots = 0;
  return bodies.filter((node) => {
    const own = community(model, node);
    const need = met.has(own) ? 1 : 1 + GAP;
    if (slots + need > room) return false;
    met.add(own);
    slots += need;
    return true;
  });
}

function weigh(pairs) {
  const weights = new Map();
  for (const { from, to, weight } of pairs) {
    for (const node of [from, to]) weights.set(node, (weights.get(node) ?? 0) + weight);
  }
  return weights;
}

function chooseBodies(pairs, weights, most, chosen) {
  const first = [];
  if (chosen && weights.has(chosen)) {
    first.push(chosen);
    for (const { from, to } of pairs) if (from === chosen || to === chosen) first.push(from === chosen ? to : from);
  }
  const rest = [...weights.keys()].sort((a, b) => weights.get(b) - weights.get(a) || a.index - b.index);
  return [...new Set([...first, ...rest])].slice(0, most);
}

function orderOf(model, node) {
  return model.network.order.get(node) ?? Infinity;
}

function community(model, node) {
  return model.network.community.get(node) ?? -1;
}
