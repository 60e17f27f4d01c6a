// The page: reads the embedded data, keeps what is chosen, and tells picture, panel and search about it.

import { firstLayers, readModel, isShown } from "./model.js";
import { makeStrings } from "./strings.js";
import { make } from "./dom.js";
import { makeScene } from "./scene.js";
import { makeIndex, wireSearch } from "./search.js";
import { legend, nodeCard, overview } from "./panel.js";
import { proofCard } from "./proof.js";

const byId = (id) => document.getElementById(id);
const embedded = (id) => JSON.parse(byId(id).textContent);

const model = readModel(embedded("kg-data"));
const strings = makeStrings(embedded("kg-strings"));
const find = makeIndex(model.nodes);
const state = { layers: firstLayers(model), node: null, edge: null };
const calm = matchMedia("(prefers-reduced-motion: reduce)");
const scene = makeScene({
  element: byId("picture"),
  model,
  strings,
  state,
  onNode: (node) => focus(node, { move: false }),
  onEdge: (edge) => prove(edge),
  onBackground: () => clear(),
  onHover: showTip,
});

// --- choosing ---

function focus(node, { move = true } = {}) {
  if (!node) return;
  Object.assign(state, { node, edge: null });
  if (!node.edges.some((edge) => isShown(edge, state.layers))) node.edges.slice(0, 1).forEach(showLayers);
  if (move) scene.centre(node, pace());
  present();
}

function prove(edge) {
  const from = state.node && [edge.source, edge.target].includes(state.node) ? state.node : null;
  Object.assign(state, { node: from, edge });
  showLayers(edge);
  present();
}

function clear() {
  Object.assign(state, { node: null, edge: null });
  present();
}

function showLayers(edge) {
  edge.layers.forEach((layer) => state.layers.add(layer));
  drawLegend();
}

function pace() {
  return calm.matches ? 0 : 350;
}

// --- showing ---

function present({ keepFocus = false } = {}) {
  scene.light(lighted());
  byId("panel").replaceChildren(...card());
  document.body.classList.toggle("chosen", Boolean(state.node || state.edge));
  byId("panel").scrollTop = 0;
  scrollToMark();
  if (!keepFocus) byId("panel").querySelector("h2")?.focus({ preventScroll: true });
}

function card() {
  const actions = { focus, prove, clear, from: state.node };
  if (state.edge) return proofCard(model, state.edge, strings, actions);
  if (state.node) return nodeCard(model, state.node, strings, actions, state.layers);
  return overview(model, strings, actions);
}

function lighted() {
  if (state.edge) return { nodes: new Set([state.edge.source, state.edge.target]), edges: new Set([state.edge]) };
  if (!state.node) return null;
  const edges = state.node.edges.filter((edge) => isShown(edge, state.layers));
  return { nodes: new Set([state.node, ...edges.flatMap((edge) => [edge.source, edge.target])]), edges: new Set(edges) };
}

/** Bring the marked quote to the middle of its box, without moving the page. */
function scrollToMark() {
  const mark = byId("panel").querySelector("mark");
  const box = mark?.closest(".passage");
  if (box) box.scrollTop += mark.getBoundingClientRect().top - box.getBoundingClientRect().top - box.clientHeight / 4;
}

function showTip(item) {
  const tip = byId("tip");
  tip.hidden = !item;
  if (!item) return;
  const isEdge = Boolean(item.source);
  const lines = isEdge ? [`${strings.name(item.target)} → ${item.source.label}`, strings.both(item.kind)] : [strings.name(item), item.path];
  tip.replaceChildren(...lines.filter(Boolean).map((line) => make("div", {}, line)));
}

function moveTip(event) {
  const tip = byId("tip");
  const box = byId("stage").getBoundingClientRect();
  const [x, y] = [event.clientX - box.left, event.clientY - box.top];
  tip.style.left = `${Math.min(x + 14, box.width - tip.offsetWidth - 8)}px`;
  tip.style.top = `${Math.min(y + 16, box.height - tip.offsetHeight - 8)}px`;
}

function drawLegend() {
  const parts = legend(model, strings, state, (layer, on) => {
    state.layers[on ? "add" : "delete"](layer);
    present({ keepFocus: true });
    scene.fit(pace());
  });
  byId("legend").replaceChildren(...parts);
}

function drawZoom() {
  const buttons = [
    ["+", "zoom-in", () => scene.zoomBy(1.4)],
    ["−", "zoom-out", () => scene.zoomBy(1 / 1.4)],
    ["⤢", "zoom-fit", () => scene.fit(pace())],
  ].map(([sign, key, onclick]) => make("button", { type: "button", title: strings.say(key), "aria-label": strings.say(key), onclick }, sign));
  byId("zoom").replaceChildren(...buttons);
}

function speak() {
  document.documentElement.lang = strings.language === "zh" ? "zh-CN" : "en";
  const input = byId("search");
  input.placeholder = strings.say("search");
  input.setAttribute("aria-label", strings.say("search"));
  byId("hits").setAttribute("aria-label", strings.say("hits"));
  byId("language").textContent = strings.say("other-language");
  byId("panel").setAttribute("aria-label", strings.say("panel"));
  byId("picture").setAttribute("aria-label", strings.say("picture", { nodes: model.nodes.length, edges: model.edges.length }));
  drawLegend();
  drawZoom();
  present({ keepFocus: true });
}

// --- starting ---

function wire() {
  wireSearch({ input: byId("search"), list: byId("hits"), find, strings, choose: (node) => focus(node) });
  byId("language").addEventListener("click", () => {
    strings.toggle();
    speak();
  });
  document.addEventListener("keydown", (event) => {
    if (event.key === "Escape") clear();
    if (event.key === "/" && document.activeElement !== byId("search")) {
      event.preventDefault();
      byId("search").focus();
    }
  });
  byId("stage").addEventListener("pointermove", moveTip, { passive: true });
  matchMedia("(prefers-color-scheme: dark)").addEventListener("change", scene.recolour);
  new ResizeObserver(() => {
    scene.resize();
    if (!state.node && !state.edge) scene.fit();
  }).observe(byId("picture"));
}

function expose() {
  window.kgView = Object.freeze({
    ready: true,
    nodeCount: model.nodes.length,
    edgeCount: model.edges.length,
    search: (query) => find(query).map(({ node, name }) => ({ id: node.id, label: node.label, name })),
    focus: (id) => focus(model.node(id)),
    openProof: (id) => prove(model.edge(id)),
    nodeScreenPosition: (id) => scene.nodePosition(model.node(id)),
    edgeScreenPosition: (id) => scene.edgePosition(model.edge(id)),
  });
}

wire();
speak();
scene.resize();
scene.fit();
expose();
