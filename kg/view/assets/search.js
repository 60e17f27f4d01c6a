// Search as you type: by name, alias, English name, pinyin initials, or characters picked out of a name in order.

import { clip, fold } from "./text.js";
import { make, nodeMark } from "./dom.js";

const MOST_HITS = 20;
const EXACT = 0;
const START = 1;
const INITIALS = 2;
const WITHIN = 3;
const PICKED = 5;
const WORST = 7;

/** Return a function that gives the nodes that answer a query, the best first, each with the name that matched. */
export function makeIndex(nodes) {
  const entries = nodes.map((node) => {
    const names = [node.label, ...node.aliases, node.english].filter(Boolean);
    return { node, names, keys: names.map(fold), initials: node.initials, lag: node.kind === "measure" ? 0.5 : 0 };
  });
  return (query) => {
    const key = fold(query);
    return key ? bestOf(entries, key) : [];
  };
}

function bestOf(entries, key) {
  const letters = /^[a-z0-9]+$/.test(key);
  const ranks = Array.from({ length: 2 * WORST + 2 }, () => []);
  for (const entry of entries) {
    const hit = matchEntry(entry, key, letters);
    if (hit) ranks[Math.round(hit.rank * 2)].push(hit);
  }
  const found = [];
  for (const hits of ranks) {
    if (found.length < MOST_HITS) found.push(...hits.sort(byWeight));
  }
  return found.slice(0, MOST_HITS);
}

function byWeight(a, b) {
  return a.span - b.span || b.node.edges.length - a.node.edges.length || a.node.index - b.node.index;
}

function matchEntry(entry, key, letters) {
  let best;
  const keep = (rank, place, span = 0) => {
    if (!best || rank < best.rank) best = { node: entry.node, name: entry.names[place], rank, span };
  };
  entry.keys.forEach((name, place) => {
    const at = name.indexOf(key);
    if (at >= 0) keep(entry.lag + (name === key ? EXACT : at === 0 ? START : WITHIN), place);
    else if (!best && key.length > 1 && !letters) {
      const span = spanOf(name, key);
      if (span) keep(entry.lag + PICKED, place, span);
    }
  });
  if (letters && (!best || best.rank > INITIALS)) matchInitials(entry, key, keep);
  return best;
}

function matchInitials(entry, key, keep) {
  for (const initials of entry.initials) {
    if (initials === key) keep(entry.lag + START, 0);
    else if (initials.startsWith(key)) keep(entry.lag + INITIALS, 0);
    else if (key.length > 1 && initials.includes(key)) keep(entry.lag + WITHIN + 1, 0);
    else if (key.length > 2 && spanOf(initials, key)) keep(entry.lag + PICKED + 1, 0, initials.length);
  }
}

/** Return over how many characters of `name` those of `key` are spread, in their order, or 0 where they are not all there. */
export function spanOf(name, key) {
  let place = name.indexOf(key[0]);
  const start = place;
  for (let next = 1; place >= 0 && next < key.length; next += 1) place = name.indexOf(key[next], place + 1);
  return place < 0 || start < 0 ? 0 : place - start + 1;
}

/** Make `input` a search box that shows hits in `list` and calls `choose` with the chosen node. */
export function wireSearch({ input, list, find, strings, choose }) {
  let hits = [];
  let active = -1;

  function show() {
    hits = find(input.value);
    active = hits.length ? 0 : -1;
    const nothing = input.value.trim() && !hits.length;
    list.replaceChildren(...hits.map(hitRow), ...(nothing ? [make("li", { class: "none" }, strings.say("no-hits"))] : []));
    list.hidden = !hits.length && !nothing;
    input.setAttribute("aria-expanded", String(!list.hidden));
    mark();
  }

  function hitRow({ node, name }, place) {
    const alias = name === node.label ? "" : make("span", { class: "alias" }, clip(name, 16));
    return make(
      "li",
      { id: `hit-${place}`, role: "option", onmousedown: (event) => event.preventDefault(), onclick: () => take(place) },
      nodeMark(node),
      make("span", { class: "name" }, node.label),
      alias,
      make("span", { class: "kind" }, strings.say(`kind-${node.act ? "action" : node.kind}`)),
    );
  }

  function mark() {
    [...list.children].forEach((row, place) => row.setAttribute("aria-selected", String(place === active)));
    if (active >= 0) {
      input.setAttribute("aria-activedescendant", `hit-${active}`);
      list.children[active].scrollIntoView({ block: "nearest" });
    } else {
      input.removeAttribute("aria-activedescendant");
    }
  }

  function hide() {
    list.hidden = true;
    input.setAttribute("aria-expanded", "false");
    input.removeAttribute("aria-activedescendant");
  }

  function take(place) {
    const hit = hits[place];
    hide();
    if (hit) choose(hit.node);
  }

  function onKey(event) {
    if (event.isComposing) return; // an input method is still turning pinyin into characters
    if (event.key === "ArrowDown" || event.key === "ArrowUp") {
      event.preventDefault();
      if (list.hidden) show();
      else if (hits.length) {
        active = (active + (event.key === "ArrowDown" ? 1 : hits.length - 1)) % hits.length;
        mark();
      }
    }
    if (event.key === "Enter" && !list.hidden) take(active);
    if (event.key === "Escape" && !list.hidden) {
      event.stopPropagation();
      hide();
    }
  }

  input.addEventListener("input", show);
  input.addEventListener("keydown", onKey);
  input.addEventListener("blur", hide);
}
