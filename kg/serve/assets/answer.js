// Shows an answer: rows as a table whose names lead to their pages, anything else as text.

/** Put the answer into `place` and return a line that says how much it is. Text goes in as text, never as HTML. */
export function showAnswer(place, response, text, terms) {
  const cut = response.headers.get("Kg-Truncated");
  const type = response.headers.get("Content-Type");
  const more = cut ? ` 结果被截断，仅前 ${cut} 条 · cut after ${cut}` : "";
  if (!type.includes("json")) {
    place.replaceChildren(Object.assign(document.createElement("pre"), { textContent: text }));
    return `${type}${more}`;
  }
  const answer = JSON.parse(text);
  if ("boolean" in answer) return answer.boolean ? "是 true" : "否 false";
  const { head, results } = answer;
  place.replaceChildren(table(head.vars, results.bindings, terms));
  return `${results.bindings.length} 行 rows${more}`;
}

function table(names, rows, terms) {
  const grid = document.createElement("table");
  const head = grid.createTHead().insertRow();
  for (const name of names) head.append(Object.assign(document.createElement("th"), { textContent: name, scope: "col" }));
  const body = grid.createTBody();
  for (const row of rows) {
    const line = body.insertRow();
    for (const name of names) line.insertCell().append(...(row[name] ? cell(row[name], terms) : []));
  }
  return grid;
}

function cell(term, terms) {
  if (term.type !== "uri") return [valueOf(term)];
  return [Object.assign(document.createElement("a"), { href: pathOf(term.value, terms.base), textContent: shorten(term.value, terms.prefixes), title: term.value })];
}

const valueOf = ({ type, value }) => (type === "triple" ? JSON.stringify(value) : value);

function pathOf(iri, base) {
  const own = iri.startsWith(base) && /^[\w-]+\/[\w.~%-]+$/.test(iri.slice(base.length));
  return own ? `/id/${iri.slice(base.length)}` : `/resource?iri=${encodeURIComponent(iri)}`;
}

function shorten(iri, prefixes) {
  const head = iri.slice(0, Math.max(iri.lastIndexOf("/"), iri.lastIndexOf("#")) + 1);
  const prefix = Object.keys(prefixes).find((each) => prefixes[each] === head);
  return prefix && iri !== head ? `${prefix}:${iri.slice(head.length)}` : iri;
}
