// Search as you type, by name or alias, worked by keyboard as a combobox.

import { fold } from "./text.js";
import { make, nodeMark } from "./dom.js";

const MOST_HITS = 20;

/** Return the nodes that answer `query`, the best first, each with the name that matched. */
export function makeIndex(nodes) {
  const entries = nodes.flatMap((node) =>
    [node.label, ...node.aliases, node.english ?? ""].filter(Boolean).map((name) => ({ node, name, key: fold(name) })),
  );
  return (query) => {
    const key = fold(query);
    if (!key) return [];
    const found = entries.filter((entry) => entry.key.includes(key));
    found.sort((a, b) => rank(a, key) - rank(b, key) || b.node.edges.length - a.node.edges.length);
    const seen = new Set();
    return found.filter(({ node }) => !seen.has(node) && seen.add(node)).slice(0, MOST_HITS);
  };
}

function rank(entry, key) {
  const measure = entry.node.kind === "measure" ? 0.5 : 0;
  if (entry.key === key) return measure;
  return (entry.key.startsWith(key) ? 1 : 2) + measure;
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
    const alias = name === node.label ? "" : make("span", { class: "alias" }, name);
    return make(
      "li",
      { id: `hit-${place}`, role: "option", onmousedown: (event) => event.preventDefault(), onclick: () => take(place) },
      nodeMark(node),
      make("span", { class: "name" }, node.label),
      alias,
      make("span", { class: "kind" }, strings.say(`kind-${node.kind}`)),
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
      if (list.hidden) return show();
      if (!hits.length) return undefined;
      active = (active + (event.key === "ArrowDown" ? 1 : hits.length - 1)) % hits.length;
      return mark();
    }
    if (event.key === "Enter" && !list.hidden) take(active);
    if (event.key === "Escape" && !list.hidden) {
      event.stopPropagation();
      hide();
    }
    return undefined;
  }

  input.addEventListener("input", show);
  input.addEventListener("keydown", onKey);
  input.addEventListener("blur", hide);
}
