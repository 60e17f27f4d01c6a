// Search as you type: by name, alias, English name, pinyin initials, or characters picked out of a name.

import { clip, fold } from "./text.js";
import { make, nodeMark } from "./dom.js";

const MOST_HITS = 20;
const EXACT = 0;
const START = 1;
const INITIALS = 2;
const WITHIN = 3;
const PICKED = 5;
const ANY_ORDER = 7;
const FEW_HITS = 5; // with fewer, names that have the characters in any order are given too
const WORST = 8;

/** Return a function that gives the nodes that answer a query, the best first, each with the name that matched. */
export function makeIndex(nodes) {
  let entries = null;
  const prepare = () => (entries ??= nodes.map(makeEntry));
  const warmUp = () => ["zzz", "\u4e00\u4e00"].forEach((key) => bestOf(prepare(), key)); // a first search is ten times slower
  setTimeout(warmUp, 300); // after the first picture, before anyone has typed
  return (query) => {
    const key = fold(query);
    return key ? bestOf(prepare(), key) : [];
  };
}

function makeEntry(node) {
  const names = [node.label, ...node.aliases, node.english].filter(Boolean);
  const keys = names.map(fold);
  return { node, names, keys, all: keys.join("\n"), letters: node.initials.join("\n"), initials: node.initials, lag: node.kind === "measure" ? 0.5 : 0 };
}

function bestOf(entries, key) {
  const ranks = Array.from({ length: 2 * WORST + 2 }, () => []);
  const letters = /^[a-z0-9]+$/.test(key);
  const count = collect(entries, ranks, (entry) => matchWhole(entry, key, letters));
  const picked = count < MOST_HITS && key.length > 1 ? collect(entries, ranks, (entry) => matchPicked(entry, key, letters)) : 0;
  if (count + picked < FEW_HITS && key.length > 2 && !letters) collect(entries, ranks, matchAnyOrder.bind(null, tally(key)));
  const found = new Map();
  for (const hits of ranks) {
    if (found.size >= MOST_HITS) break;
    for (const hit of hits.sort(byWeight)) if (!found.has(hit.node)) found.set(hit.node, hit);
  }
  return [...found.values()].slice(0, MOST_HITS);
}

function collect(entries, ranks, match) {
  let count = 0;
  for (const entry of entries) {
    const hit = match(entry);
    if (!hit) continue;
    ranks[Math.round((hit.rank + entry.lag) * 2)].push({ node: entry.node, name: entry.names[hit.place], span: hit.span ?? 0 });
    count += 1;
  }
  return count;
}

function byWeight(a, b) {
  return a.span - b.span || b.node.edges.length - a.node.edges.length || a.node.index - b.node.index;
}

/** Match the query as it stands in a name, or in the initials of one. */
function matchWhole(entry, key, letters) {
  let best = null;
  if (entry.all.includes(key)) {
    entry.keys.forEach((name, place) => {
      const at = name.indexOf(key);
      const rank = name === key ? EXACT : at === 0 ? START : WITHIN;
      if (at >= 0 && (!best || rank < best.rank)) best = { rank, place };
    });
  }
  if (!letters || !entry.letters.includes(key) || best?.rank <= START) return best;
  for (const initials of entry.initials) {
    const rank = initials === key ? START : initials.startsWith(key) ? INITIALS : WITHIN + 1;
    if (initials.includes(key) && (!best || rank < best.rank)) best = { rank, place: 0 };
  }
  return best;
}

/** Match characters picked out of a name in order, as short forms do: 省金融局 in 广东省地方金融监督管理局. */
function matchPicked(entry, key, letters) {
  const all = letters ? entry.letters : entry.all;
  if (key.length < (letters ? 3 : 2) || !spanOf(all, key)) return null; // most end here
  let best = null;
  (letters ? entry.initials : entry.keys).forEach((name, place) => {
    const span = spanOf(name, key);
    if (span && (!best || span < best.span)) best = { rank: letters ? PICKED + 1 : PICKED, place: letters ? 0 : place, span };
  });
  return best;
}

/** Return the characters of `key`, each with how often it is asked for. */
function tally(key) {
  const counts = new Map();
  for (const char of key) counts.set(char, (counts.get(char) ?? 0) + 1);
  return [...counts];
}

/** Match characters that one name holds in any order: 深圳人行 in 中国人民银行深圳市中心支行. The shortest such name is the best. */
function matchAnyOrder(wanted, entry) {
  if (!wanted.every(([char]) => entry.all.includes(char))) return null; // most end here
  let best = null;
  entry.keys.forEach((name, place) => {
    const holds = wanted.every(([char, count]) => name.split(char).length > count);
    if (holds && (!best || name.length < best.span)) best = { rank: ANY_ORDER, place, span: name.length };
  });
  return best;
}

/** Return over how many characters of `name` those of `key` are spread, in their order, or 0 where they are not all there. */
export function spanOf(name, key) {
  const start = name.indexOf(key[0]);
  let place = start;
  for (let next = 1; place >= 0 && next < key.length; next += 1) place = name.indexOf(key[next], place + 1);
  return place < 0 ? 0 : place - start + 1;
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
