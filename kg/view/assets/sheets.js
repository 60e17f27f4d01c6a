// What opens over the picture: filters, help, and the ways to take something away.

import { button, icon, make } from "./dom.js";

const ICONS = {
  filter: "M2 3h12L9.4 8.4V13l-2.8-1.4V8.4z",
  take: "M8 2v8m-3.3-3.2L8 10l3.3-3.2M2.5 13.5h11",
  theme: "M13.5 9.6A6 6 0 1 1 6.4 2.5a4.8 4.8 0 0 0 7.1 7.1z",
  help: "M5.8 6a2.2 2.2 0 1 1 3.2 2c-.7.4-1 .8-1 1.6m0 2.4v.1",
};

const KEYS = [
  ["/", "search"], ["1 2 3 4", "pictures"], ["↑ ↓", "rows"], ["→ ←", "open"], ["Enter", "choose"], ["Tab", "next"],
  ["Esc", "clear"], ["o", "only"], ["h", "hops"], ["f", "filter"], ["t", "take"], ["+ − 0", "zoom"], ["g", "language"], ["d", "theme"], ["?", "help"],
];

/** Return the buttons of the bar; `handlers` by name, `filtered` the number of filters in force. */
export function drawTools(strings, handlers, filtered) {
  const tool = (name, ...more) => button({ id: `tool-${name}`, title: strings.say(`tool-${name}`), "aria-label": strings.say(`tool-${name}`), onclick: handlers[name] }, icon(ICONS[name]), ...more);
  return [
    tool("filter", make("span", { class: "words" }, strings.say("tool-filter")), filtered ? make("b", {}, String(filtered)) : ""),
    tool("take", make("span", { class: "words" }, strings.say("tool-take"))),
    tool("theme"),
    button({ id: "language", onclick: handlers.language }, strings.say("other-language")),
    tool("help"),
  ];
}

/** Return a function that shows `parts` in the dialog, named `name`; asking for the one that is open closes it. */
export function makeSheet(dialog) {
  dialog.addEventListener("click", (event) => {
    if (event.target === dialog) dialog.close();
  });
  return {
    open(name, parts) {
      dialog.dataset.name = name;
      dialog.replaceChildren(...parts);
      if (!dialog.open) dialog.showModal();
      dialog.querySelector("h2")?.focus();
    },
    fill: (parts) => dialog.replaceChildren(...parts),
    close: () => dialog.close(),
    shows: (name) => dialog.open && dialog.dataset.name === name,
  };
}

/** Return the head of a sheet, with buttons of its own and one that closes it. */
export function sheetHead(strings, title, close, ...more) {
  return make("div", { class: "sheet-head" }, make("h2", { tabIndex: -1 }, title), ...more, button({ class: "plain-button", onclick: close }, strings.say("close")));
}

/** Return the content of the help. */
export function drawHelp(strings, close) {
  const rows = KEYS.flatMap(([keys, name]) => [make("dt", {}, ...keys.split(" ").flatMap((key) => [make("kbd", {}, key), " "])), make("dd", {}, strings.say(`key-${name}`))]);
  return [sheetHead(strings, strings.say("tool-help"), close), make("p", { class: "hint" }, strings.say("help-lines")), make("dl", { class: "keys" }, ...rows)];
}

/** Return the content of the menu of things to take away; `count` statements are chosen. */
export function drawTakeaway(strings, close, { count, pictures, handlers }) {
  const item = (name) => button({ onclick: () => handlers[name]() }, strings.say(`take-${name}`), make("small", {}, strings.say(`take-${name}-note`, {}, "")));
  const names = [...(pictures ? ["png", "svg"] : []), "csv", "turtle", "csv-file", "turtle-file", "link"];
  return [sheetHead(strings, strings.say("tool-take"), close), make("p", { class: "hint" }, strings.say("take-count", { count: strings.number(count) })), make("div", { class: "menu" }, ...names.map(item))];
}
