// Building the page: text reaches it as text alone.

/** Return an element with properties set, and children (elements or text) put in. */
export function make(tag, properties = {}, ...children) {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(properties)) {
    if (value === undefined) continue;
    if (name === "class") element.className = value;
    else if (name.startsWith("on")) element.addEventListener(name.slice(2), value);
    else if (name in element && !name.startsWith("aria")) element[name] = value;
    else element.setAttribute(name, value);
  }
  element.append(...children.filter((child) => child !== undefined && child !== "" && child !== null));
  return element;
}

/** Return a button that does not send a form. */
export function button(properties, ...children) {
  return make("button", { type: "button", ...properties }, ...children);
}

/** Return a sample of how edges of a kind are drawn. */
export function swatch(kind) {
  return make("span", { class: `swatch ${kind}`, "aria-hidden": "true" });
}

/** Return a mark of the kind of a node, as the picture draws it. */
export function nodeMark(node) {
  return make("span", { class: `mark ${node.kind}${node.regulator ? " regulator" : ""}`, "data-mark": markName(node), "aria-hidden": "true" });
}

function markName(node) {
  return node.regulator ? "regulator" : node.kind;
}

const SVG = "http://www.w3.org/2000/svg";

/** Return a line drawing of 16 by 16 from the data of its path. */
export function icon(path) {
  const svg = document.createElementNS(SVG, "svg");
  const attributes = { viewBox: "0 0 16 16", width: 16, height: 16, fill: "none", stroke: "currentColor", "stroke-width": 1.5, "aria-hidden": "true" };
  for (const [name, value] of Object.entries({ ...attributes, "stroke-linecap": "round", "stroke-linejoin": "round" })) svg.setAttribute(name, value);
  const line = document.createElementNS(SVG, "path");
  line.setAttribute("d", path);
  svg.append(line);
  return svg;
}

/** Return a link to a web address that tells the other side nothing. */
export function outward(address, text) {
  return make("a", { href: address, target: "_blank", rel: "noopener noreferrer" }, text);
}

/** Show `items` by `draw` in `list`, so many at a time, with a button for more after it. */
export function pagedList(list, items, draw, first, words) {
  let shown = 0;
  const more = button({ class: "more" });
  const page = (count) => {
    list.append(...items.slice(shown, shown + count).map(draw));
    shown += count;
    more.hidden = shown >= items.length;
    more.textContent = words(Math.max(0, items.length - shown));
  };
  more.addEventListener("click", () => page(100));
  page(first);
  return [list, ...(more.hidden ? [] : [more])];
}
