// The legend, whose boxes switch roles on and off, and the filters.

import { button, make, nodeMark, pagedList, swatch } from "./dom.js";
import { countFacet } from "./filter.js";
import { LAYERS } from "./model.js";
import { FACETS } from "./state.js";
import { sheetHead } from "./sheets.js";
import { compareText, fold } from "./text.js";

const FIRST_CHOICES = 12;

/** Return the legend for the layers that the data has. */
export function drawLegend(model, strings, layers, onChange) {
  const boxes = LAYERS.filter(({ id }) => model.layers.has(id)).map(({ id }) => {
    const box = make("input", { type: "checkbox", checked: layers.has(id), "data-layer": id });
    box.addEventListener("change", () => onChange(id, box.checked));
    return make("label", {}, box, swatch(id), strings.say(`layer-${id}`));
  });
  return [make("fieldset", {}, make("legend", {}, strings.say("legend")), ...boxes), shapeKey(strings)];
}

/** Return what the shapes of nodes mean. */
function shapeKey(strings) {
  const kinds = [{ kind: "measure" }, { kind: "agency" }, { kind: "agency", regulator: true }, { kind: "group" }];
  const words = kinds.map((node) => make("span", {}, nodeMark(node), strings.say(node.regulator ? "regulator" : `kind-${node.kind}`)));
  return make("div", { class: "node-key" }, ...words);
}

/** Return how a facet's value is called. */
export function nameValue(model, strings, facet, value) {
  if (facet === "document") return model.document(value)?.title ?? value;
  if (facet === "level") return strings.say(`level-${value}`, {}, value);
  if (facet === "family") return strings.title(model.family(value));
  if (facet === "region") return model.node(value)?.label ?? strings.title(model.place(value));
  return value;
}

/** Return the filters: for each facet a list of what can be asked for, with a box to narrow long ones. */
export function drawFilters(model, strings, state, onChange, close) {
  const parts = FACETS.map((facet) => drawFacet(model, strings, state, facet, onChange)).filter(Boolean);
  return [
    sheetHead(strings, strings.say("filters"), close, button({ class: "plain-button", onclick: () => onChange(null) }, strings.say("filters-clear"))),
    ...parts,
  ];
}

function drawFacet(model, strings, state, facet, onChange) {
  const values = [...countFacet(model, facet)].map(([value, count]) => ({ value, count, name: nameValue(model, strings, facet, value) }));
  if (values.length < 2) return null;
  values.sort(facet === "year" ? (a, b) => compareText(b.name, a.name) : facet === "level" ? (a, b) => rankPlace(model, a.value) - rankPlace(model, b.value) : (a, b) => b.count - a.count || compareText(a.name, b.name));
  const wanted = new Set(state.filters[facet]);
  const list = make("div", { class: "choices" });
  const fill = (text) => {
    list.replaceChildren();
    const found = values.filter(({ name }) => fold(name).includes(fold(text)));
    found.sort((a, b) => Number(wanted.has(b.value)) - Number(wanted.has(a.value)));
    list.append(...pagedList(make("div", { class: "choices-list" }), found, drawChoice, FIRST_CHOICES, (count) => strings.say("show-more", { count })));
  };
  const drawChoice = ({ value, count, name }) => {
    const box = make("input", { type: "checkbox", checked: wanted.has(value), "data-facet": facet, "data-value": value });
    box.addEventListener("change", () => {
      wanted[box.checked ? "add" : "delete"](value);
      onChange(facet, [...wanted]);
    });
    return make("label", { title: name }, box, make("span", { class: "name" }, name), make("small", {}, strings.number(count)));
  };
  const label = strings.say("filter-column", { name: strings.say(`facet-${facet}`) });
  const narrow = values.length > FIRST_CHOICES ? make("input", { type: "search", placeholder: strings.say("narrow"), "aria-label": label, oninput: (event) => fill(event.target.value) }) : "";
  fill("");
  const chosen = wanted.size ? make("b", {}, ` ${wanted.size}`) : "";
  return make("details", { class: "facet", open: wanted.size > 0 || values.length <= FIRST_CHOICES }, make("summary", {}, strings.say(`facet-${facet}`), chosen), narrow, list);
}

/** Return where a level stands in the tree of bodies. */
function rankPlace(model, rank) {
  return model.groups.findIndex((group) => group.tree === "body" && group.kind === "level" && group.key === rank);
}

/** Return the filters in force as chips, each of which a click takes away. */
export function drawChips(model, strings, state, onRemove) {
  return FACETS.flatMap((facet) =>
    state.filters[facet].map((value) => {
      const name = nameValue(model, strings, facet, value);
      const label = strings.say("remove-filter", { name });
      return button({ class: "filter-chip", title: label, "aria-label": label, onclick: () => onRemove(facet, value) }, make("small", {}, strings.say(`facet-${facet}`)), make("span", { class: "name" }, name), make("span", { "aria-hidden": "true" }, "×"));
    }),
  );
}
