// The page: reads the embedded data, keeps what is chosen, and tells pictures, panel and search about it.

import { button, make } from "./dom.js";
import { groupsAbove } from "./rows.js";
import { drawChips, drawFilters, drawLegend } from "./legend.js";
import { readColours } from "./marks.js";
import { makeMatrix } from "./matrix.js";
import { readModel } from "./model.js";
import { makeNetwork } from "./network.js";
import { makeOverview } from "./overview.js";
import { bundleCard, loadWords, networkCard, nodeCard, pairCard, summaryCard } from "./panel.js";
import { drawElement } from "./portrait.js";
import { proofCard } from "./proof.js";
import { pairBodies } from "./ring.js";
import { composeScene, layersOf, revealNode, toggleGroup } from "./scene.js";
import { makeIndex, wireSearch } from "./search.js";
import { drawHelp, drawTakeaway, drawTools, makeSheet } from "./sheets.js";
import { firstState, makeStore, PICTURES, readHash, writeHash } from "./state.js";
import { makeStrings, ownLanguage } from "./strings.js";
import { SvgContext } from "./svg.js";
import { makeTable } from "./table.js";
import { chosenEdges, copyOrDownload, download, toCsv, toTurtle } from "./takeaway.js";
import { clip } from "./text.js";

const byId = (id) => document.getElementById(id);
const calm = matchMedia("(prefers-reduced-motion: reduce)");
const dark = matchMedia("(prefers-color-scheme: dark)");
const phone = matchMedia("(width <= 820px)");

const model = readModel(await embedded("kg-data"));
const strings = makeStrings(await embedded("kg-strings"));
const find = makeIndex(model.nodes);
const store = makeStore(readHash(location.hash));
const pages = new Map(); // how many pages of a long group are shown
const sheet = makeSheet(byId("sheet"));
let scene = null;
let network = null; // what the network shows: ring and pairs
let records = [];
let toastTimer = 0;

/** Return the JSON of a script block; large ones come compressed. */
async function embedded(id) {
  const block = byId(id);
  if (block.type === "application/json") return JSON.parse(block.textContent);
  const packed = atob(block.textContent);
  const bytes = new Uint8Array(packed.length);
  for (let place = 0; place < packed.length; place += 1) bytes[place] = packed.charCodeAt(place);
  const stream = new Blob([bytes]).stream().pipeThrough(new DecompressionStream("deflate"));
  return JSON.parse(await new Response(stream).text());
}

// --- what the reader does ---

const actions = {
  set: (patch) => store.set(patch),
  clear: () => store.set({ node: "", edge: "", bundle: "" }, { step: true }),
  node: (node, options) => focus(node, options),
  edge: (edge) => prove(edge),
  pair: (pair) => store.set({ bundle: `${pair.from.id}>${pair.to.id}`, edge: "" }, { step: true }),
  line: (line) => (line.edges.length === 1 ? prove(line.edges[0]) : store.set({ bundle: line.key, edge: "" }, { step: true })),
  toggle: (group, open) => toggle(group, open),
  more(group) {
    pages.set(group.id, (pages.get(group.id) ?? 1) + 1);
    store.set({});
  },
  closeAll: (tree) => closeAll(tree),
  nothing: () => actions.clear(),
  sort: (sort) => store.set({ sort }),
  find: (text) => store.set({ find: text }),
  column: (body) => store.set({ sort: `@${body.id}`, node: body.id, edge: "", bundle: "" }, { step: true }),
  hover: (item, event) => showTip(item, event),
  say: (text) => (byId("toast").textContent = text), // read aloud as a status, not shown
};

function focus(node, { keepFocus = false } = {}) {
  if (!node) return;
  const state = store.get();
  const layers = layersOf(model, state);
  const layered = node.edges.some((edge) => edge.layers.every((layer) => layers.has(layer))) ? state : { ...state, layers: [...layers, ...(node.edges[0]?.layers ?? [])] };
  const seen = revealNode(model, layered, node, pages);
  store.set({ ...seen, layers: layered.layers, node: node.id, edge: "", bundle: "" }, { step: true });
  centre(node);
  if (!keepFocus) focusPanel();
}

function prove(edge) {
  if (!edge) return;
  const state = store.get();
  const layers = layersOf(model, state);
  const missing = edge.layers.filter((layer) => !layers.has(layer));
  const chosen = state.node && model.node(state.node);
  const node = chosen && [edge.source, edge.target].includes(chosen) ? state.node : "";
  store.set({ node, edge: edge.id, layers: missing.length ? [...layers, ...missing] : state.layers }, { step: true });
  if (state.picture === "overview") centre(edge.source);
  focusPanel();
}

function toggle(group, open) {
  const state = store.get();
  store.set(toggleGroup(model, state, group, open, pages));
}

function closeAll(tree) {
  const state = store.get();
  const own = new Set();
  const walk = (group) => {
    own.add(group.id);
    group.groups.forEach(walk);
  };
  tree.roots.forEach(walk);
  const open = model.groups.filter((group) => own.has(group.id) && group.open).map((group) => group.id);
  store.set({ opened: state.opened.filter((id) => !own.has(id)), closed: [...state.closed.filter((id) => !own.has(id)), ...open] });
}

function centre(node) {
  if (store.get().picture !== "overview") return;
  if (phone.matches) setPair(node.kind === "agency" || node.kind === "group" ? "left" : node.kind === "measure" ? pair : "right");
  overview.centre(node);
}

function focusPanel() {
  byId("panel").querySelector("h2")?.focus({ preventScroll: true });
}

// --- pictures ---

const isCalm = () => calm.matches;
const overview = makeOverview({ element: byId("overview"), strings, actions, isCalm });
const pictures = {
  overview,
  network: makeNetwork({ element: byId("network"), model, strings, actions, isCalm }),
  table: makeTable({ element: byId("table"), model, strings, actions }),
  matrix: makeMatrix({ element: byId("matrix"), model, strings, actions }),
};
let pair = "left"; // which two columns a phone shows

function setPair(next) {
  pair = next;
  byId("overview").dataset.pair = pair;
  const choices = [["left", "pair-left"], ["right", "pair-right"]].map(([name, key]) => button({ "aria-pressed": String(pair === name), onclick: () => setPair(name) }, strings.say(key)));
  byId("pair-switch").replaceChildren(...choices);
  overview.draw();
}

function showPicture(state, before) {
  for (const name of PICTURES) byId(name).hidden = name !== state.picture;
  byId("pair-switch").hidden = state.picture !== "overview";
  const moved = before?.picture !== state.picture;
  if (state.picture === "overview") overview.show(scene, { quiet: moved });
  if (state.picture === "network") network = pictures.network.show(scene.part, state, { quiet: moved });
  if (state.picture === "table") records = pictures.table.show(scene.part, state);
  if (state.picture === "matrix") pictures.matrix.show(scene.part, state);
  byId("nothing").hidden = !isBare(state.picture);
  byId("nothing").textContent = strings.say(scene.part.measures.length ? "no-pairs" : "no-rows");
}

/** Tell whether a picture has nothing to show; table and matrix say so themselves. */
function isBare(picture) {
  return (picture === "overview" && !scene.rows.length) || (picture === "network" && !network.ring.spots.length);
}

// --- the rest of the page ---

function present(state, before) {
  strings.use(state.language);
  document.documentElement.dataset.theme = state.theme;
  if (before?.theme !== state.theme) recolour();
  scene = composeScene(model, state, pages);
  scene.chosen = state.node ? model.node(state.node) : undefined;
  scene.own = scene.chosen && !state.edge && !state.bundle ? scene.rowOf.get(scene.chosen)?.key : undefined;
  if (!before || before.language !== state.language) speak();
  showPicture(state, before);
  drawAround(state);
  if (!before || CARD_PARTS.some((part) => state[part] !== before[part])) drawCard(state, before);
}

const CARD_PARTS = ["picture", "node", "edge", "bundle", "layers", "filters", "hops", "only", "find", "language"];

function drawAround(state) {
  const parts = drawLegend(model, strings, scene.layers, (layer, on) => {
    const layers = layersOf(model, store.get());
    layers[on ? "add" : "delete"](layer);
    store.set({ layers: [...layers] }, { step: true });
  });
  const box = document.activeElement?.dataset?.layer;
  byId("legend").replaceChildren(...parts);
  if (box) byId("legend").querySelector(`[data-layer="${box}"]`)?.focus();
  const chips = drawChips(model, strings, state, (facet, value) => filterBy(facet, state.filters[facet].filter((each) => each !== value)));
  byId("chips").replaceChildren(...chips);
  byId("chips").hidden = !chips.length;
  byId("tools").replaceChildren(...drawTools(strings, tools, chips.length), ...drawZoom(state));
  for (const tab of byId("tabs").children) {
    const own = tab.dataset.picture === state.picture;
    tab.setAttribute("aria-selected", String(own));
    tab.tabIndex = own ? 0 : -1;
  }
}

function drawCard(state, before) {
  byId("panel").replaceChildren(...card(state).filter((part) => part !== ""));
  byId("panel").scrollTop = 0;
  const isChosen = Boolean(state.node || state.edge || state.bundle);
  const changed = !before || ["node", "edge", "bundle"].some((part) => state[part] !== before[part]);
  if (changed) setSheet(isChosen ? "half" : "peek");
  byId("handle").textContent = byId("panel").querySelector("h2")?.textContent ?? "";
  scrollToMark();
}

function card(state) {
  const edge = state.edge && model.edge(state.edge);
  if (edge) return proofCard(model, edge, strings, actions, wayBack(state, edge));
  const heavy = state.bundle && bundleFor(state.bundle);
  if (heavy?.from) return pairCard(model, heavy, strings, actions);
  if (heavy) return bundleCard(model, { ...heavy, from: nameRow(heavy.target), to: nameRow(heavy.source) }, strings, actions);
  const node = state.node && model.node(state.node);
  if (node) return nodeCard(model, node, strings, actions, { layers: scene.layers, state, part: scene.part });
  if (state.picture === "network") return networkCard(model, network, strings, actions);
  const seen = state.picture === "table" && state.find ? { part: { measures: records.map(({ measure }) => measure), edges: recordEdges() } } : scene;
  return summaryCard(model, seen, strings, actions, state.picture);
}

/** Return the statements that the table shows. */
function recordEdges() {
  return records.flatMap((record) => Object.values(record.edges).flat());
}

function wayBack(state, edge) {
  const heavy = state.bundle && bundleFor(state.bundle);
  if (heavy) return { text: strings.say("back-list"), go: () => store.set({ edge: "" }, { step: true }) };
  const node = (state.node && model.node(state.node)) || edge.target;
  return { text: strings.short(node), go: () => focus(node) };
}

function bundleFor(key) {
  if (!key.includes("|")) return pairBodies(scene.part.edges).find((each) => `${each.from.id}>${each.to.id}` === key);
  return scene.bundles.find((each) => each.key === key);
}

function nameRow(row) {
  if (row.kind === "node") return strings.short(row.node);
  return row.kind === "more" ? strings.say("more-rows", { count: row.count }) : strings.title(row.group);
}

/** Bring the marked quote to the middle of its box, without moving the page. */
function scrollToMark() {
  const mark = byId("panel").querySelector("mark");
  const box = mark?.closest(".passage");
  if (box) box.scrollTop += mark.getBoundingClientRect().top - box.getBoundingClientRect().top - box.clientHeight / 4;
}

function setSheet(size) {
  byId("panel-frame").dataset.sheet = size;
}

function showTip(item, event) {
  const tip = byId("tip");
  tip.hidden = !item || event.pointerType === "touch";
  if (tip.hidden) return;
  const lines = tipLines(item).filter(Boolean);
  tip.hidden = !lines.length;
  tip.replaceChildren(...lines.map((line, place) => make(place ? "small" : "div", {}, line)));
  const box = byId("stage").getBoundingClientRect();
  const [x, y] = [event.clientX - box.left, event.clientY - box.top];
  tip.style.left = `${Math.max(4, Math.min(x + 14, box.width - tip.offsetWidth - 8))}px`;
  tip.style.top = `${y + 18 + tip.offsetHeight > box.height ? y - tip.offsetHeight - 10 : y + 18}px`;
}

function tipLines(item) {
  if (item.row?.kind === "node" || item.node) {
    const node = item.row?.node ?? item.node;
    return [strings.name(node), node.kind === "measure" ? [model.document(node.document)?.title, node.path].filter(Boolean).join(" · ") : loadWords(node, strings)];
  }
  if (item.row) return item.row.kind === "group" && strings.title(item.row.group).length > 12 ? [strings.title(item.row.group)] : [];
  if (item.spotFrom) return [`${strings.short(item.from)} → ${strings.short(item.to)}`, strings.say("n-measures", { count: item.weight })];
  return [`${clip(nameRow(item.target), 24)} → ${clip(nameRow(item.source), 24)}`, `${strings.say(`layer-${item.kind}`)} × ${item.edges.length}`];
}

function toast(text) {
  const element = byId("toast");
  element.textContent = text;
  element.classList.add("shown");
  clearTimeout(toastTimer);
  toastTimer = setTimeout(() => element.classList.remove("shown"), 2200);
}

// --- filters, help, things to take away ---

function filterBy(facet, values) {
  const state = store.get();
  const filters = facet === null ? firstState().filters : { ...state.filters, [facet]: values };
  store.set({ filters }, { step: true });
  if (facet === null && sheet.shows("filter")) openFilters();
}

function openFilters() {
  sheet.open("filter", drawFilters(model, strings, store.get(), filterBy, sheet.close));
}

function openTakeaway() {
  const drawable = ["overview", "network", "table", "matrix"].includes(store.get().picture);
  sheet.open("take", drawTakeaway(strings, sheet.close, { count: chosenNow().length, pictures: drawable, handlers: takers }));
}

const tools = {
  filter: openFilters,
  take: openTakeaway,
  help: () => sheet.open("help", drawHelp(strings, sheet.close)),
  theme: () => store.set({ theme: unlessOwn(isDark() ? "light" : "dark", dark.matches ? "dark" : "light") }),
  language: () => store.set({ language: unlessOwn(strings.language === "zh" ? "en" : "zh", ownLanguage()) }),
};

/** Return what the reader asks for, or nothing where the browser's own setting is the same: a link need not say it. */
function unlessOwn(asked, own) {
  return asked === own ? "" : asked;
}

function isDark() {
  const { theme } = store.get();
  return theme ? theme === "dark" : dark.matches;
}

function chosenNow() {
  const state = store.get();
  const heavy = state.bundle && bundleFor(state.bundle);
  if (state.picture === "table" && !state.node && !state.edge) return recordEdges();
  return chosenEdges(model, state, scene, heavy && [...new Set(heavy.edges)]);
}

const fileName = (ending) => `${(model.title || "graph").replace(/[^\p{L}\p{N}]+/gu, "-").slice(0, 60)}.${ending}`;

const takers = {
  csv: () => copy(exportCsv(), fileName("csv"), "text/csv"),
  turtle: () => copy(exportTurtle(), fileName("ttl"), "text/turtle"),
  "csv-file": () => done(download(fileName("csv"), exportCsv(), "text/csv")),
  "turtle-file": () => done(download(fileName("ttl"), exportTurtle(), "text/turtle")),
  svg: () => done(download(fileName("svg"), exportSvg(), "image/svg+xml")),
  png: () => exportPng((blob) => done(download(fileName("png"), blob))),
  link: () => copy(location.href, fileName("txt"), "text/plain"),
};

function done() {
  sheet.close();
}

async function copy(text, name, type) {
  const how = await copyOrDownload(text, name, type);
  sheet.close();
  toast(strings.say(how));
}

const exportCsv = () => toCsv(model, chosenNow());
const exportTurtle = () => toTurtle(model, chosenNow());

/** Draw what is seen on a context: the ground, then the picture. */
function portray(ctx) {
  const frame = byId("picture").getBoundingClientRect();
  const colours = readColours();
  const { picture } = store.get();
  ctx.fillStyle = colours.paper;
  ctx.fillRect(0, 0, frame.width, frame.height);
  if (picture !== "network") drawElement(ctx, byId(picture), frame, colours);
  pictures[picture].paint?.(ctx);
}

function exportSvg() {
  const { width, height } = byId("picture").getBoundingClientRect();
  const ctx = new SvgContext(width, height);
  portray(ctx);
  return ctx.text();
}

function exportPng(take) {
  const { width, height } = byId("picture").getBoundingClientRect();
  const canvas = make("canvas", { width: width * 2, height: height * 2 });
  const ctx = canvas.getContext("2d");
  ctx.scale(2, 2);
  portray(ctx);
  canvas.toBlob(take, "image/png");
}

// --- words ---

function speak() {
  document.documentElement.lang = strings.language === "zh" ? "zh-CN" : "en";
  const input = byId("search");
  input.placeholder = strings.say("search");
  input.setAttribute("aria-label", strings.say("search"));
  byId("hits").setAttribute("aria-label", strings.say("hits"));
  byId("panel-frame").setAttribute("aria-label", strings.say("panel"));
  byId("handle").setAttribute("aria-label", strings.say("panel-size"));
  byId("tabs").setAttribute("aria-label", strings.say("pictures"));
  byId("overview").setAttribute("aria-label", strings.say("picture", { nodes: model.nodes.length, edges: model.edges.length }));
  byId("tabs").replaceChildren(...PICTURES.map(drawTab));
  setPair(pair);
}

function drawTab(name) {
  return button({ role: "tab", id: `tab-${name}`, "data-picture": name, "aria-controls": "stage", onclick: () => choosePicture(name) }, strings.say(`picture-${name}`));
}

function choosePicture(picture) {
  if (!PICTURES.includes(picture)) return;
  const state = store.get();
  const shared = state.bundle.includes("|") === (picture === "overview");
  store.set({ picture, sort: "", bundle: shared ? state.bundle : "" }, { step: true });
  if (state.node && picture === "overview") centre(model.node(state.node));
}

function drawZoom({ picture }) {
  if (!["overview", "network"].includes(picture)) return [];
  const buttons = [
    ["+", "zoom-in", 1.25],
    ["−", "zoom-out", 0.8],
    ["⤢", "zoom-fit", 0],
  ].map(([sign, key, factor]) => button({ title: strings.say(key), "aria-label": strings.say(key), onclick: () => zoomBy(factor) }, sign));
  return [make("span", { class: "zoom" }, ...buttons)];
}

function zoomBy(factor) {
  pictures[store.get().picture].zoomBy?.(factor);
}

function recolour() {
  overview.recolour();
  pictures.network.recolour();
}

// --- starting ---

const SHORTCUTS = {
  "/": () => byId("search").select(),
  "?": () => tools.help(),
  f: () => tools.filter(),
  t: () => tools.take(),
  d: () => tools.theme(),
  g: () => tools.language(),
  o: () => store.set({ only: !store.get().only }),
  h: () => store.set({ hops: 3 - store.get().hops }),
  "+": () => zoomBy(1.25),
  "=": () => zoomBy(1.25),
  "-": () => zoomBy(0.8),
  0: () => zoomBy(0),
  ...Object.fromEntries(PICTURES.map((name, place) => [place + 1, () => choosePicture(name)])),
};

function onKey(event) {
  if (event.ctrlKey || event.metaKey || event.altKey || event.isComposing || byId("sheet").open) return;
  if (event.key === "Escape") {
    stepBack();
    return;
  }
  if (event.target.closest?.("input, select, textarea") || !Object.hasOwn(SHORTCUTS, event.key)) return;
  event.preventDefault();
  SHORTCUTS[event.key]();
}

/** Leave what was chosen last: a proof, then its list, then the row, to which the keyboard is led back. */
function stepBack() {
  const { picture, node, edge, bundle } = store.get();
  if ([node, edge, bundle].filter(Boolean).length > 1) {
    store.set(edge ? { edge: "" } : { bundle: "" }, { step: true });
    focusPanel();
    return;
  }
  actions.clear();
  if (picture !== "overview" || !node || !overview.focusRow(model.node(node))) document.activeElement?.blur?.();
}

function wire() {
  wireSearch({ input: byId("search"), list: byId("hits"), find, strings, choose: (node) => focus(node) });
  document.addEventListener("keydown", onKey);
  addEventListener("popstate", () => sheet.close()); // its boxes are those of the step that was left
  byId("tabs").addEventListener("keydown", (event) => {
    const step = { ArrowRight: 1, ArrowLeft: -1 }[event.key];
    if (!step) return;
    const next = PICTURES[(PICTURES.indexOf(store.get().picture) + step + PICTURES.length) % PICTURES.length];
    choosePicture(next);
    byId(`tab-${next}`).focus();
  });
  byId("handle").addEventListener("click", () => setSheet({ peek: "half", half: "full", full: "peek" }[byId("panel-frame").dataset.sheet]));
  dark.addEventListener("change", recolour);
  new ResizeObserver(() => {
    const { picture } = store.get();
    pictures[picture].draw();
    if (picture === "network") pictures.network.fit();
  }).observe(byId("picture"));
  store.watch(present);
}

/** Move the picture for half of the time and zoom it for the other, and return how many frames a second were drawn. */
function frames(seconds) {
  return new Promise((resolve) => {
    const start = performance.now();
    let count = 0;
    const step = (now) => {
      count += 1;
      const wave = Math.sin((now - start) / 300);
      if (now - start < seconds * 500) pictures[store.get().picture].panBy?.(wave * 40);
      else zoomBy(1 + wave * 0.02);
      if (now - start < seconds * 1000) requestAnimationFrame(step);
      else resolve((count * 1000) / (now - start));
    };
    requestAnimationFrame(step);
  });
}

function expose() {
  const group = (id) => model.groups.find((each) => each.id === id);
  window.kgView = Object.freeze({
    ready: true,
    nodeCount: model.nodes.length,
    edgeCount: model.edges.length,
    search: (query) => find(query).map(({ node, name }) => ({ id: node.id, label: node.label, name })),
    focus: (id) => focus(model.node(id)),
    openProof: (id) => prove(model.edge(id)),
    clear: () => actions.clear(),
    nodeScreenPosition: (id) => pictures[store.get().picture].nodePosition?.(model.node(id)) ?? null,
    edgeScreenPosition: (id) => pictures[store.get().picture].edgePosition?.(model.edge(id)) ?? null,
    visibleRows: () => scene.rows.map(({ key, kind, depth, count, open, node, group: own }) => ({ key, kind, depth, count, open, id: node?.id ?? own.id, label: node ? node.label : own.zh })),
    visibleLines: () => scene.lines.map(({ key, kind, edges, lit }) => ({ key, kind, lit, weight: edges.length })),
    groupsOf: (id) => groupsAbove(model.node(id)).map((each) => each.id),
    expand: (id) => toggle(group(id), true),
    collapse: (id) => toggle(group(id), false),
    picture: choosePicture,
    set: (patch) => store.set(patch),
    state: () => writeHash(store.get()),
    exportSvg,
    exportCsv,
    exportTurtle,
    frames,
  });
}

wire();
present(store.get());
if (store.get().node && model.node(store.get().node)) centre(model.node(store.get().node));
expose();
