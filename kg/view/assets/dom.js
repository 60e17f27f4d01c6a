// Building the page: text reaches it as text alone.

/** Return an element with properties set, and children (elements or text) put in. */
export function make(tag, properties = {}, ...children) {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(properties)) {
    if (name === "class") element.className = value;
    else if (name.startsWith("on")) element.addEventListener(name.slice(2), value);
    else if (name in element) element[name] = value;
    else element.setAttribute(name, value);
  }
  element.append(...children.filter((child) => child !== undefined && child !== ""));
  return element;
}

/** Return a sample of how edges of a kind are drawn. */
export function swatch(kind) {
  return make("span", { class: `swatch ${kind}`, "aria-hidden": "true" });
}

/** Return a mark of the kind of a node, as the picture draws it. */
export function nodeMark(node) {
  return make("span", { class: `mark ${node.kind}${node.regulator ? " regulator" : ""}`, "aria-hidden": "true" });
}

/** Return a link to a web address that tells the other side nothing. */
export function outward(address, text) {
  return make("a", { href: address, target: "_blank", rel: "noopener noreferrer" }, text);
}
