// The table of measures: sorted and filtered by column; only the rows that are to be seen stand on the page.

import { button, make } from "./dom.js";
import { compareText, fold } from "./text.js";

const HEIGHT = 48;
const AROUND = 8; // rows kept above and below those to be seen
const KINDS = ["lead", "responsible", "support", "guide", "announced", "instrument", "region"];

/** The columns in their order, with their widths in pixels. */
const TABLE_COLUMNS = [
  { key: "measure", width: 222 },
  { key: "lead", width: 156 },
  { key: "responsible", width: 120 },
  { key: "support", width: 206 },
  { key: "guide", width: 116 },
  { key: "announced", width: 116 },
  { key: "instrument", width: 186 },
  { key: "region", width: 140 },
  { key: "document", width: 240 },
  { key: "path", width: 96 },
  { key: "year", width: 76 },
];

/** Return the texts asked for by column from the state's word, `key:text` parts joined by `|`. */
export function readFind(find) {
  return new Map(
    find
      .split("|")
      .map((part) => [part.slice(0, part.indexOf(":")), part.slice(part.indexOf(":") + 1)])
      .filter(([key, text]) => key && text),
  );
}

/** Return the state's word for what is asked for by column. */
export function writeFind(asked) {
  return [...asked].filter(([, text]) => text).map(([key, text]) => `${key}:${text.replaceAll("|", " ")}`).join("|");
}

/** Return one record for each measure of `part`: its edges by kind, and the text of each column. */
export function tableRecords(model, part) {
  const byMeasure = new Map(part.measures.map((measure) => [measure, Object.fromEntries(KINDS.map((kind) => [kind, []]))]));
  for (const edge of part.edges) byMeasure.get(edge.source)?.[edge.kind]?.push(edge);
  return part.measures.map((measure) => {
    const edges = byMeasure.get(measure);
    const texts = Object.fromEntries(KINDS.map((kind) => [kind, edges[kind].map((edge) => edge.target.label).join(" ")]));
    const document = model.document(measure.document)?.title ?? "";
    return { measure, edges, texts: { ...texts, measure: measure.label, document, path: measure.path, year: measure.year } };
  });
}

/** Return the records that hold every text asked for, sorted by the column named in `sort` (`-` before it: backwards). */
export function pickRecords(records, asked, sort) {
  const wanted = [...asked].map(([key, text]) => [key, fold(text)]);
  const found = records.filter(({ texts }) => wanted.every(([key, text]) => fold(texts[key] ?? "").includes(text)));
  const key = sort.replace(/^-/, "");
  if (!TABLE_COLUMNS.some((column) => column.key === key)) return found;
  const sign = sort.startsWith("-") ? -1 : 1;
  const empty = (record) => Number(!record.texts[key]);
  return found
    .map((record, place) => ({ record, place }))
    .sort((a, b) => empty(a.record) - empty(b.record) || sign * compareText(a.record.texts[key], b.record.texts[key]) || a.place - b.place)
    .map(({ record }) => record);
}

/** Return a name that a click or Enter follows; unlike a button it breaks across lines as text does. */
function nameLink(text, inferred, follow) {
  const onkeydown = (event) => {
    if (event.key !== "Enter") return;
    event.stopPropagation();
    follow();
  };
  return make("span", { class: `cell-link${inferred ? " guess" : ""}`, role: "button", tabIndex: -1, onclick: follow, onkeydown }, text);
}

/** Build the table in `element`. */
export function makeTable({ element, model, strings, actions }) {
  const head = make("div", { class: "table-head", role: "row" });
  const body = make("div", { class: "table-body", role: "rowgroup" });
  const grid = make("div", { class: "table-scroll", role: "grid" }, make("div", { role: "rowgroup", class: "table-top" }, head), body);
  element.append(grid);
  const drawn = new Map();
  let records = [];
  let columns = TABLE_COLUMNS;
  let state = null;
  let active = 0;
  let headFor = "";

  function show(part, next) {
    state = next;
    const all = tableRecords(model, part);
    columns = TABLE_COLUMNS.filter(({ key }) => !KINDS.includes(key) || all.some((record) => record.texts[key]));
    if (element.clientWidth < 600) columns = columns.map(({ key, width }) => ({ key, width: key === "measure" ? 150 : width }));
    records = pickRecords(all, readFind(state.find), state.sort);
    active = Math.min(active, Math.max(0, records.length - 1));
    grid.style.setProperty("--columns", columns.map(({ width }) => `minmax(${width}px, ${width}fr)`).join(" "));
    grid.style.setProperty("--width", `${columns.reduce((sum, { width }) => sum + width, 0)}px`);
    grid.setAttribute("aria-rowcount", String(records.length + 1));
    grid.setAttribute("aria-label", strings.say("table-label", { count: strings.number(records.length) }));
    drawHead();
    body.style.height = `${records.length * HEIGHT}px`;
    clearRows();
    drawRows();
    return records;
  }

  function drawHead() {
    const key = `${strings.language}|${columns.map((column) => column.key).join()}`;
    if (key !== headFor) head.replaceChildren(...columns.map(headCell));
    headFor = key;
    head.querySelector(".count").textContent = strings.number(records.length);
    const asked = readFind(state.find);
    for (const cell of head.children) {
      const own = state.sort.replace(/^-/, "") === cell.dataset.key;
      cell.setAttribute("aria-sort", own ? (state.sort.startsWith("-") ? "descending" : "ascending") : "none");
      const input = cell.querySelector("input");
      if (input !== document.activeElement) input.value = asked.get(cell.dataset.key) ?? "";
    }
  }

  function headCell({ key }) {
    const name = strings.say(`column-${key}`);
    const count = key === "measure" ? make("small", { class: "count" }) : "";
    const sorter = button({ class: "sort", onclick: () => actions.sort(nextSort(key)) }, name, make("span", { class: "arrow", "aria-hidden": "true" }), count);
    const label = strings.say("filter-column", { name });
    const input = make("input", { type: "search", placeholder: strings.say("filter"), "aria-label": label, spellcheck: false });
    input.addEventListener("input", () => actions.find(writeFind(readFind(state.find).set(key, input.value))));
    return make("div", { class: `cell ${key}`, role: "columnheader", "data-key": key }, sorter, input);
  }

  function nextSort(key) {
    if (state.sort === key) return `-${key}`;
    return state.sort === `-${key}` ? "" : key;
  }

  // --- rows ---

  function clearRows() {
    drawn.clear();
    body.replaceChildren();
  }

  function drawRows() {
    const first = Math.max(0, Math.floor(grid.scrollTop / HEIGHT) - AROUND);
    const last = Math.min(records.length, Math.ceil((grid.scrollTop + grid.clientHeight) / HEIGHT) + AROUND);
    for (const [place, row] of drawn) {
      if ((place < first || place >= last) && !row.contains(document.activeElement)) {
        row.remove();
        drawn.delete(place);
      }
    }
    for (let place = first; place < last; place += 1) {
      if (!drawn.has(place)) drawn.set(place, rowOf(records[place], place));
      if (!drawn.get(place).isConnected) body.append(drawn.get(place));
    }
    if (!records.length) body.replaceChildren(make("p", { class: "nothing" }, strings.say("no-rows")));
  }

  function rowOf(record, place) {
    const chosen = record.measure.id === state.node;
    const row = make("div", { class: `table-row${chosen ? " chosen" : ""}`, role: "row", tabIndex: place === active ? 0 : -1, "aria-rowindex": place + 2 });
    row.style.transform = `translateY(${place * HEIGHT}px)`;
    row.dataset.place = String(place);
    row.append(...columns.map((column) => cellOf(record, column.key)));
    return row;
  }

  function cellOf(record, key) {
    const cell = make("div", { class: `cell ${key}`, role: "gridcell" });
    if (key === "measure") cell.append(nameLink(strings.short(record.measure), false, () => actions.node(record.measure)));
    else if (KINDS.includes(key)) cell.append(...namesOf(record.edges[key]));
    else cell.textContent = record.texts[key];
    cell.title = record.texts[key];
    return cell;
  }

  function namesOf(edges) {
    return edges.flatMap((edge, place) => [
      place ? make("span", { class: "comma" }, strings.language === "zh" ? "、" : ", ") : "",
      nameLink(strings.short(edge.target), edge.inferred, () => actions.edge(edge)),
    ]).filter(Boolean);
  }

  // --- keys ---

  function goTo(place) {
    active = Math.min(Math.max(place, 0), records.length - 1);
    const top = active * HEIGHT;
    const room = grid.clientHeight - head.offsetHeight;
    if (top < grid.scrollTop) grid.scrollTop = top;
    else if (top + HEIGHT > grid.scrollTop + room) grid.scrollTop = top + HEIGHT - room;
    drawRows();
    for (const [each, row] of drawn) row.tabIndex = each === active ? 0 : -1;
    drawn.get(active)?.focus({ preventScroll: true });
  }

  function goAlong(row, step) {
    const links = [row, ...row.querySelectorAll(".cell-link")];
    const place = links.indexOf(document.activeElement);
    links[Math.min(Math.max(place + step, 0), links.length - 1)].focus();
  }

  body.addEventListener("keydown", (event) => {
    const row = event.target.closest(".table-row");
    if (!row) return;
    const place = Number(row.dataset.place);
    const page = Math.max(1, Math.floor(grid.clientHeight / HEIGHT) - 2);
    const to = { ArrowDown: place + 1, ArrowUp: place - 1, PageDown: place + page, PageUp: place - page, Home: 0, End: records.length - 1 }[event.key];
    if (to !== undefined) goTo(to);
    else if (event.key === "ArrowRight" || event.key === "ArrowLeft") goAlong(row, event.key === "ArrowRight" ? 1 : -1);
    else if (event.key === "Enter" && event.target === row) actions.node(records[place].measure);
    else return;
    event.preventDefault();
  });
  grid.addEventListener("scroll", drawRows, { passive: true });

  return { show, draw: drawRows, goTo };
}
