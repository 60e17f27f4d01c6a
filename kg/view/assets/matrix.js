// The matrix of bodies and measures: a mark where a body has a role. Only the marks that are to be seen stand on the page.

import { button, make } from "./dom.js";
import { isBody, placeOf, ROLES } from "./model.js";
import { readFind, writeFind } from "./table.js";
import { fold } from "./text.js";

const ROW_HEIGHT = 30;
const COLUMN_WIDTH = 30;
const MARGIN = 4; // rows and columns kept around those to be seen
const MARKED = [...ROLES, "announced"];

/** Return rows (measures), columns (bodies) and the edges where they meet, sorted and filtered as the state says. */
export function makeGrid(model, part, { find, sort }) {
  const asked = readFind(find);
  const holds = (node, key) => !asked.get(key) || [node.label, ...node.aliases, node.english].some((name) => fold(name).includes(fold(asked.get(key))));
  const edges = part.edges.filter((edge) => MARKED.includes(edge.kind) && isBody(edge.target) && holds(edge.source, "measure") && holds(edge.target, "body"));
  const weights = new Map();
  const marks = new Map();
  for (const edge of edges) {
    weights.set(edge.target, (weights.get(edge.target) ?? 0) + 1);
    if (!marks.has(edge.source)) marks.set(edge.source, new Map());
    const own = marks.get(edge.source);
    if (!own.has(edge.target) || MARKED.indexOf(edge.kind) < MARKED.indexOf(own.get(edge.target).kind)) own.set(edge.target, edge);
  }
  const byPlace = sort === "level";
  const bodies = [...weights.keys()].sort((a, b) => (byPlace ? placeOf(a) - placeOf(b) : weights.get(b) - weights.get(a)) || a.index - b.index);
  const first = sort.startsWith("@") ? model.node(sort.slice(1)) : undefined;
  const rank = (measure) => (marks.get(measure).has(first) ? MARKED.indexOf(marks.get(measure).get(first).kind) : MARKED.length);
  const measures = part.measures.filter((measure) => marks.has(measure));
  const rows = first ? measures.map((measure, place) => ({ measure, place })).sort((a, b) => rank(a.measure) - rank(b.measure) || a.place - b.place).map(({ measure }) => measure) : measures;
  return { rows, columns: bodies, marks, weights };
}

/** Build the matrix in `element`. */
export function makeMatrix({ element, model, strings, actions }) {
  const top = make("div", { class: "matrix-top" });
  const left = make("div", { class: "matrix-left" });
  const cells = make("div", { class: "matrix-cells" });
  const corner = make("div", { class: "matrix-corner" });
  const scroll = make("div", { class: "matrix-scroll", role: "application", tabIndex: 0 }, corner, top, left, cells);
  element.append(scroll);
  const cross = [make("div", { class: "cross across" }), make("div", { class: "cross down" })];
  let grid = { rows: [], columns: [], marks: new Map() };
  let state = null;
  let active = { row: 0, column: 0 };
  let keyed = false;
  let cornerFor = "";

  function show(part, next) {
    state = next;
    grid = makeGrid(model, part, state);
    active = { row: Math.min(active.row, Math.max(0, grid.rows.length - 1)), column: Math.min(active.column, Math.max(0, grid.columns.length - 1)) };
    scroll.style.setProperty("--rows", `${grid.rows.length * ROW_HEIGHT}px`);
    scroll.style.setProperty("--columns", `${grid.columns.length * COLUMN_WIDTH}px`);
    scroll.setAttribute("aria-label", strings.say("matrix-label", { rows: grid.rows.length, columns: grid.columns.length }));
    drawCorner();
    draw();
    return grid;
  }

  function drawCorner() {
    if (cornerFor !== strings.language) {
      const inputs = ["measure", "body"].map((key) => finder(key));
      const order = make("select", { "aria-label": strings.say("sort-bodies"), onchange: () => actions.sort(order.value) });
      order.append(...["", "level"].map((value) => make("option", { value }, strings.say(`sort-${value || "weight"}`))));
      corner.replaceChildren(...inputs, order);
    }
    cornerFor = strings.language;
    const asked = readFind(state.find);
    for (const input of corner.querySelectorAll("input")) if (input !== document.activeElement) input.value = asked.get(input.name) ?? "";
    corner.querySelector("select").value = state.sort === "level" ? "level" : "";
  }

  function finder(key) {
    const words = strings.say(`find-${key}`);
    const input = make("input", { type: "search", name: key, placeholder: words, "aria-label": words });
    input.addEventListener("input", () => actions.find(writeFind(readFind(state.find).set(key, input.value))));
    return input;
  }

  // --- drawing ---

  function range(from, room, size, count) {
    return [Math.max(0, Math.floor(from / size) - MARGIN), Math.min(count, Math.ceil((from + room) / size) + MARGIN)];
  }

  function draw() {
    const [firstRow, lastRow] = range(scroll.scrollTop, scroll.clientHeight, ROW_HEIGHT, grid.rows.length);
    const [firstColumn, lastColumn] = range(scroll.scrollLeft, scroll.clientWidth, COLUMN_WIDTH, grid.columns.length);
    const rows = grid.rows.slice(firstRow, lastRow);
    const columns = grid.columns.slice(firstColumn, lastColumn);
    left.replaceChildren(...rows.map((measure, place) => rowHead(measure, firstRow + place)));
    top.replaceChildren(...columns.map((body, place) => columnHead(body, firstColumn + place)));
    const shown = rows.flatMap((measure, row) => columns.map((body, column) => markOf(measure, body, firstRow + row, firstColumn + column)).filter(Boolean));
    cells.replaceChildren(...cross, ...shown);
    if (!grid.rows.length) cells.replaceChildren(make("p", { class: "nothing" }, strings.say("no-rows")));
    cells.classList.toggle("keyed", keyed);
    drawCross(active);
  }

  function rowHead(measure, row) {
    const document = row === 0 || grid.rows[row - 1].document !== measure.document ? " first" : "";
    const head = button({ class: `row-head${document}${measure.id === state.node ? " chosen" : ""}`, tabIndex: -1, title: `${measure.path} ${measure.label}`, onclick: () => actions.node(measure) }, strings.short(measure));
    head.style.top = `${row * ROW_HEIGHT}px`;
    return head;
  }

  function columnHead(body, column) {
    const chosen = body.id === state.node || state.sort === `@${body.id}` ? " chosen" : "";
    const name = strings.language === "zh" ? body.short : strings.short(body);
    const text = make("span", { class: /^[ -~]+$/.test(name) ? "latin" : "" }, name); // only letters lie on their side
    const head = button({ class: `column-head${chosen}`, tabIndex: -1, title: `${body.label} · ${grid.weights.get(body)}`, onclick: () => actions.column(body) }, text);
    head.style.left = `${column * COLUMN_WIDTH}px`;
    return head;
  }

  function markOf(measure, body, row, column) {
    const edge = grid.marks.get(measure).get(body);
    if (!edge) return null;
    const words = `${strings.short(body)} ${strings.say(edge.kind)} ${measure.label}`;
    const mark = button({ class: `tick ${edge.kind}${edge.inferred ? " guess" : ""}${edge.id === state.edge ? " chosen" : ""}`, id: `tick-${row}-${column}`, tabIndex: -1, title: words, "aria-label": words, onclick: () => actions.edge(edge) }, strings.say(`sign-${edge.kind}`));
    mark.style.transform = `translate(${column * COLUMN_WIDTH}px, ${row * ROW_HEIGHT}px)`;
    return mark;
  }

  function drawCross({ row, column }) {
    cross[0].style.transform = `translateY(${row * ROW_HEIGHT}px)`;
    cross[1].style.transform = `translateX(${column * COLUMN_WIDTH}px)`;
  }

  // --- pointer and keys ---

  cells.addEventListener("pointermove", (event) => {
    const box = cells.getBoundingClientRect();
    keyed = true;
    cells.classList.add("keyed");
    drawCross({ row: Math.floor((event.clientY - box.top) / ROW_HEIGHT), column: Math.floor((event.clientX - box.left) / COLUMN_WIDTH) });
  });
  scroll.addEventListener("scroll", draw, { passive: true });
  scroll.addEventListener("keydown", (event) => {
    if (event.target !== scroll) return;
    const step = { ArrowDown: [1, 0], ArrowUp: [-1, 0], ArrowRight: [0, 1], ArrowLeft: [0, -1], PageDown: [12, 0], PageUp: [-12, 0] }[event.key];
    const edge = grid.marks.get(grid.rows[active.row])?.get(grid.columns[active.column]);
    if (step) go(active.row + step[0], active.column + step[1]);
    else if (event.key === "Home") go(active.row, 0);
    else if (event.key === "End") go(active.row, grid.columns.length - 1);
    else if (event.key === "Enter" && edge) actions.edge(edge);
    else return;
    event.preventDefault();
  });

  function go(row, column) {
    keyed = true;
    active = { row: Math.min(Math.max(row, 0), grid.rows.length - 1), column: Math.min(Math.max(column, 0), grid.columns.length - 1) };
    const room = { width: scroll.clientWidth - left.offsetWidth, height: scroll.clientHeight - top.offsetHeight };
    scroll.scrollTop = within(scroll.scrollTop, active.row * ROW_HEIGHT, ROW_HEIGHT, room.height);
    scroll.scrollLeft = within(scroll.scrollLeft, active.column * COLUMN_WIDTH, COLUMN_WIDTH, room.width);
    draw();
    const here = document.getElementById(`tick-${active.row}-${active.column}`);
    if (here) scroll.setAttribute("aria-activedescendant", here.id);
    else scroll.removeAttribute("aria-activedescendant");
    actions.say(`${strings.short(grid.rows[active.row])} · ${strings.short(grid.columns[active.column])} · ${here?.textContent ?? strings.say("no-role")}`);
  }

  return { show, draw };
}

/** Return the scroll position nearest to `now` from which a stretch is wholly to be seen. */
function within(now, start, size, room) {
  if (start < now) return start;
  return start + size > now + room ? start + size - room : now;
}
