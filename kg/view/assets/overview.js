// The overview: rows in columns, which are lists for keyboard and screen reader too, and the lines between them.

import { isInferred, standingOut } from "./bundles.js";
import { button, make, nodeMark } from "./dom.js";
import { beginning, bendShare, clearestPoint, levelCurve, nearestItem, traceCurve } from "./geometry.js";
import { EDGE_STYLES, readColours } from "./marks.js";
import { wireTree } from "./tree.js";

const REACH = 7; // how far from a line, in pixels, the pointer may be to mean it
const MOVE = 200; // milliseconds that rows take to their new places
const SETTLE = 180; // milliseconds between settings of the text while zooming
const CROWD = 50; // lines between two columns from which on the lighter ones recede
const SHORT = 24; // a column of so few rows stands in the middle, so that its lines spread to both sides
const FEW = 8; // and so few stand farther apart
const RECEDING = 0.55;
const STUB = 34; // pixels of a line that are drawn where its other end has been scrolled away
const FULL_INK = 50; // lines that may be drawn in full strength before they turn into a wall
const THICKEST = 14;
const SIDES = ["body", "document", "instrument"];

/** Build the overview in `element`; `actions` are told what the reader does. */
export function makeOverview({ element, strings, actions, isCalm }) {
  const canvas = make("canvas", { class: "lines", "aria-hidden": "true" });
  const columns = SIDES.map((side, place) => make("div", { class: `column ${side}`, "data-column": place }));
  element.append(canvas, ...columns);
  const items = new Map(); // the rows on the page by their key
  let scene = null;
  let colours = readColours();
  let lines = []; // what is drawn, with its curve relative to the element
  let hovered = null; // a row's key or a line
  let waiting = 0;
  let strong = new Set(); // lines that stand out while nothing is chosen
  let movingUntil = 0;
  let zoom = 1;
  let settled = 1; // the zoom at which the text was last set
  let settling = 0;

  // --- rows ---

  function show(next, { quiet = false } = {}) {
    const before = quiet || isCalm() || !scene ? null : tops();
    scene = next;
    strong = standingOut(scene.lines, CROWD);
    scene.columns.forEach((trees, place) => fillColumn(columns[place], trees));
    element.classList.toggle("alone", scene.alone);
    element.dataset.columns = String(scene.columns.filter((trees) => trees.length).length);
    for (const key of items.keys()) if (!items.get(key).isConnected) items.delete(key);
    if (before) moveRows(before);
    draw();
  }

  function fillColumn(column, trees) {
    column.hidden = trees.length === 0;
    const count = trees.reduce((sum, { rows }) => sum + rows.length, 0);
    column.classList.toggle("short", count <= SHORT);
    column.classList.toggle("few", count <= FEW);
    const focused = column.contains(document.activeElement) ? document.activeElement : null;
    const { scrollTop } = column;
    column.replaceChildren(...trees.flatMap(({ tree, rows }) => [headOf(tree, rows), listOf(tree, rows)]));
    column.scrollTop = scrollTop;
    if (focused?.isConnected) focused.focus({ preventScroll: true });
  }

  function headOf(tree, rows) {
    const count = rows.filter((row) => row.depth === 0).reduce((sum, row) => sum + row.count, 0);
    const fold = button({ class: "fold", title: strings.say("close-all"), "aria-label": strings.say("close-all"), onclick: () => actions.closeAll(tree) }, "⌃");
    const canFold = rows.some((row) => row.kind === "group" && row.open);
    return make("h2", { class: "tree-head" }, make("span", { class: "name" }, strings.title(tree.labels)), make("small", {}, strings.number(count)), canFold ? fold : "");
  }

  function listOf(tree, rows) {
    const list = make("ul", { class: "tree", role: "tree", "aria-label": strings.title(tree.labels), "data-tree": tree.key });
    list.append(...rows.map((row) => itemOf(row, tree)));
    wireTree(list, { open: actions.toggle, choose: act });
    return list;
  }

  function itemOf(row, tree) {
    const item = items.get(row.key) ?? make("li", { role: "treeitem", tabIndex: -1, "data-key": row.key });
    items.set(row.key, item);
    item.row = row;
    item.className = `row ${row.kind} ${row.kind === "group" ? `of-${row.group.kind}` : ""}`;
    item.classList.toggle("dim", Boolean(scene.litRows && !scene.litRows.has(row.key)));
    item.classList.toggle("lit", Boolean(scene.litRows?.has(row.key)));
    item.classList.toggle("chosen", scene.chosen === row.node && row.node !== undefined);
    item.style.setProperty("--depth", row.depth);
    item.setAttribute("aria-level", String(row.depth + 1));
    if (row.kind === "group") item.setAttribute("aria-expanded", String(row.open));
    if (row.kind === "node") item.setAttribute("aria-selected", String(scene.chosen === row.node));
    item.replaceChildren(...partsOf(row, tree));
    return item;
  }

  function partsOf(row, tree) {
    if (row.kind === "more") return [make("span", { class: "name" }, strings.say("more-rows", { count: strings.number(row.count) }))];
    if (row.kind === "node") return [nodeMark(row.node), make("span", { class: "name" }, strings.short(row.node))];
    const twisty = make("span", { class: "twisty", "aria-hidden": "true" }, row.open ? "▾" : "▸");
    const words = tree.key === "document" && row.group.date ? `${row.group.date.slice(0, 4)} · ${row.count}` : strings.number(row.count);
    return [twisty, make("span", { class: "name" }, strings.title(row.group)), make("small", { class: "count" }, words)];
  }

  function act(row) {
    if (row.kind === "group") actions.toggle(row.group, !row.open);
    else if (row.kind === "more") actions.more(row.group);
    else actions.node(row.node);
  }

  // --- gentle movement ---

  function tops() {
    return new Map([...items].map(([key, item]) => [key, item.getBoundingClientRect().top]));
  }

  function moveRows(before) {
    for (const row of scene.rows) {
      const item = items.get(row.key);
      const from = before.get(row.key);
      const by = from === undefined ? -8 : from - item.getBoundingClientRect().top;
      if (Math.abs(by) < 1 || Math.abs(by) > 2000) continue;
      const start = from === undefined ? { opacity: 0, transform: `translateY(${by}px)` } : { transform: `translateY(${by}px)` };
      item.animate([start, { transform: "none" }], { duration: MOVE, easing: "ease-out" });
    }
    movingUntil = performance.now() + MOVE + 50;
  }

  // --- lines ---

  function draw() {
    if (!waiting) waiting = requestAnimationFrame(drawNow);
  }

  function drawNow() {
    waiting = 0;
    if (!scene || element.hidden) return;
    const [width, height] = [element.clientWidth, element.clientHeight];
    const scale = window.devicePixelRatio || 1;
    if (canvas.width !== Math.round(width * scale) || canvas.height !== Math.round(height * scale)) {
      [canvas.width, canvas.height] = [Math.round(width * scale), Math.round(height * scale)];
    }
    const ctx = canvas.getContext("2d");
    ctx.setTransform(scale, 0, 0, scale, 0, 0);
    ctx.clearRect(0, 0, width, height);
    placeLines();
    paintLines(ctx);
    if (performance.now() < movingUntil) draw();
  }

  /** Work out where every line runs now that columns may have been scrolled. */
  function placeLines() {
    const frame = element.getBoundingClientRect();
    const rooms = columns.map((column) => roomOf(column, frame));
    const ends = new Map();
    const endOf = (row) => {
      if (!ends.has(row.key)) ends.set(row.key, placeOf(row, frame, rooms));
      return ends.get(row.key);
    };
    lines = scene.lines.flatMap((line) => {
      const [a, b] = [endOf(line.source), endOf(line.target)];
      if (!a || !b || (a.out && a.out === b.out)) return [];
      const [left, right] = a.column < b.column ? [a, b] : [b, a];
      const shift = { lead: -2, responsible: 0, support: 2 }[line.kind] ?? 0;
      const [from, to] = [{ x: left.right, y: left.y + shift }, { x: rooms[right.column].left, y: right.y + shift }];
      const curve = levelCurve(from, to, bendShare(from, to, rooms[left.column]));
      return [{ ...line, curve, tail: right.left, stub: stubOf(curve, left, right), out: Boolean(a.out || b.out), both: Boolean(a.out && b.out) }];
    });
  }

  /** Return the beginning of a line at the row that is to be seen, where its other end has been scrolled away. */
  function stubOf(curve, left, right) {
    if (!left.out && !right.out) return null;
    return beginning(right.out ? curve : [...curve].reverse(), STUB);
  }

  function roomOf(column, frame) {
    const box = column.getBoundingClientRect();
    const head = column.querySelector(".tree-head")?.offsetHeight ?? 0;
    return { top: box.top - frame.top + head, bottom: box.bottom - frame.top, left: box.left - frame.left, hidden: column.hidden || box.width === 0 };
  }

  function placeOf(row, frame, rooms) {
    const item = items.get(row.key);
    const column = Number(item?.closest(".column")?.dataset.column ?? -1);
    if (column < 0 || rooms[column].hidden) return null;
    const box = item.getBoundingClientRect();
    const middle = box.top - frame.top + box.height / 2;
    const { top, bottom } = rooms[column];
    const out = middle < top ? "above" : middle > bottom ? "below" : "";
    return { column, out, y: Math.min(bottom - 2, Math.max(top + 2, middle)), left: box.left - frame.left, right: box.right - frame.left };
  }

  function isBright(line) {
    if (!hovered) return line.lit && (!scene.own || line.source.key === scene.own || line.target.key === scene.own);
    return line.key === hovered.key || line.source.key === hovered.key || line.target.key === hovered.key;
  }

  function paintLines(ctx) {
    const some = hovered || scene.light;
    const near = lines.filter((line) => !line.out).length;
    const fade = Math.min(1, Math.sqrt(FULL_INK / Math.max(near, 1)));
    const ordered = [...lines].sort((a, b) => Number(isBright(a)) - Number(isBright(b)));
    for (const line of ordered) {
      const bright = isBright(line);
      if (bright) paintLine(ctx, line, line.curve, line.out ? 0.4 : 0.95);
      else if (!line.both) paintLine(ctx, line, line.stub ?? line.curve, fade * inkOf(line, some));
    }
    ctx.setLineDash([]);
    ctx.globalAlpha = 1;
  }

  /** Return how strongly a line is drawn that is not in the light. */
  function inkOf(line, some) {
    const { ink } = EDGE_STYLES[line.kind];
    if (some && !line.lit) return 0.09 * ink;
    return ink * (line.out ? 0.5 : 1) * (strong.has(line.key) ? 1 : RECEDING);
  }

  function paintLine(ctx, line, curve, ink) {
    const style = EDGE_STYLES[line.kind];
    ctx.strokeStyle = colours[line.kind];
    ctx.setLineDash([]);
    traceCurve(ctx, curve, curve === line.stub ? undefined : line.tail);
    if (line.edges.length > 1) strokeBand(ctx, line, ink);
    ctx.globalAlpha = ink;
    ctx.lineWidth = style.width + (line.key === hovered?.key ? 1 : 0);
    ctx.setLineDash(isInferred(line) ? [1.5, 4] : style.dash);
    ctx.stroke();
  }

  /** Draw the pale band whose width tells how many statements a line stands for. */
  function strokeBand(ctx, line, ink) {
    ctx.globalAlpha = ink * 0.28;
    ctx.lineWidth = Math.min(THICKEST, 2 + 1.7 * Math.sqrt(line.edges.length));
    ctx.stroke();
  }

  // --- the pointer ---

  function lineUnder(event) {
    if (event.target.closest?.(".column")) return undefined;
    const frame = element.getBoundingClientRect();
    const point = { x: event.clientX - frame.left, y: event.clientY - frame.top };
    const some = scene?.light && !hovered?.row;
    const seen = lines.filter((line) => !line.both && (!some || line.lit || !scene.alone));
    return nearestItem(point, seen.filter((line) => line.lit), REACH) ?? nearestItem(point, seen, REACH);
  }

  function hover(event) {
    const item = event.target.closest?.(".row");
    const next = item ? { key: item.dataset.key, row: item.row } : (lineUnder(event) ?? null);
    element.classList.toggle("pointing", Boolean(next && !next.row));
    if ((next?.key ?? "") !== (hovered?.key ?? "")) {
      hovered = next;
      draw();
    }
    actions.hover(next, event);
  }

  function wirePointer() {
    let from = null;
    element.addEventListener("pointerdown", (event) => {
      if (!event.target.closest(".column")) from = { y: event.clientY, moved: false };
    });
    element.addEventListener("pointermove", (event) => {
      if (!from || !event.buttons) return;
      const by = event.clientY - from.y;
      if (Math.abs(by) > 3 || from.moved) {
        columns.forEach((column) => (column.scrollTop -= by));
        from = { y: event.clientY, moved: true };
      }
    });
    element.addEventListener("click", (event) => {
      const moved = from?.moved;
      const item = event.target.closest(".row");
      from = null;
      if (item) act(item.row);
      else if (!moved && !event.target.closest(".column")) chooseAt(event);
    });
    element.addEventListener("wheel", onWheel, { passive: false });
  }

  function chooseAt(event) {
    const line = lineUnder(event);
    if (line) actions.line(line);
    else actions.nothing();
  }

  function onWheel(event) {
    if (event.ctrlKey) {
      event.preventDefault();
      zoomBy(Math.exp(-event.deltaY / 400));
    } else if (!event.target.closest(".column")) {
      columns.forEach((column) => (column.scrollTop += event.deltaY));
    }
  }

  /** Make the text larger or smaller: at once by stretching what is drawn, and some times a second by setting it anew. */
  function zoomBy(factor) {
    zoom = factor ? Math.min(1.8, Math.max(0.6, zoom * factor)) : 1;
    columns.forEach((column) => (column.style.transform = `scale(${zoom / settled})`));
    settling ||= setTimeout(settleZoom, SETTLE);
    draw();
  }

  function settleZoom() {
    settling = 0;
    settled = zoom;
    element.style.setProperty("--zoom", zoom.toFixed(3));
    columns.forEach((column) => (column.style.transform = ""));
    draw();
  }

  element.addEventListener("pointermove", hover, { passive: true });
  element.addEventListener("pointerleave", (event) => {
    hovered = null;
    draw();
    actions.hover(null, event);
  });
  columns.forEach((column) => column.addEventListener("scroll", draw, { passive: true }));
  wirePointer();

  // --- finding one's way ---

  function itemFor(node) {
    const row = scene?.rowOf.get(node);
    return row && items.get(row.key);
  }

  /** Scroll `node` into view, and every other column to what is in the light if none of that is to be seen. */
  function centre(node) {
    const own = itemFor(node);
    if (own && !isSeen(own, own.closest(".column"))) scrollTo(own, 0.4);
    columns.filter((column) => !column.contains(own)).forEach((column) => {
      const lit = [...column.querySelectorAll(".row.lit:not([aria-expanded='true'])")];
      const seen = lit.filter((item) => isSeen(item, column));
      if (seen.length * 2 < lit.length) scrollTo(lit[0], 0.12);
    });
    draw();
  }

  function isSeen(item, column) {
    const [box, room] = [item.getBoundingClientRect(), column.getBoundingClientRect()];
    return box.top > room.top + 20 && box.bottom < room.bottom;
  }

  function scrollTo(item, share) {
    const column = item.closest(".column");
    const by = item.getBoundingClientRect().top - column.getBoundingClientRect().top - column.clientHeight * share;
    column.scrollTop += by;
  }

  return {
    show,
    draw,
    centre,
    zoomBy,
    /** Give the keyboard's place to a node's row; return whether it stands in the picture. */
    focusRow(node) {
      const item = itemFor(node);
      item?.focus({ preventScroll: true });
      return Boolean(item);
    },
    /** Scroll every column. */
    panBy: (by) => columns.forEach((column) => (column.scrollTop += by)),
    /** Read the colours again after the scheme has changed. */
    recolour() {
      colours = readColours();
      draw();
    },
    /** Paint the lines as they stand on another drawing context. */
    paint: (ctx) => paintLines(ctx),
    /** Return the middle of a node's row, or of the row that stands for it, relative to the window. */
    nodePosition(node) {
      const box = itemFor(node)?.getBoundingClientRect();
      return box && { x: box.left + box.width / 2, y: box.top + box.height / 2 };
    },
    /** Return the place on the line of a statement that is farthest from all other lines, relative to the window. */
    edgePosition(edge) {
      drawNow();
      const line = lines.find((each) => each.edges.includes(edge));
      if (!line) return null;
      const frame = element.getBoundingClientRect();
      const point = clearestPoint(line, lines.filter((each) => !each.both));
      return { x: point.x + frame.left, y: point.y + frame.top };
    },
  };
}
