// What the reader takes away: a picture, or the statements that are chosen as CSV or Turtle.

import { measureOf } from "./model.js";

const CSV_COLUMNS = ["role", "body", "body_iri", "measure", "measure_iri", "path", "document", "date", "quote", "raw", "surface", "confidence", "inferred"];

/** Return the statements that are meant: of what is chosen, else of all that is shown. */
export function chosenEdges(model, state, scene, lines) {
  if (state.edge && model.edge(state.edge)) return [model.edge(state.edge)];
  if (lines) return lines;
  if (scene.light) return scene.light.edges;
  return scene.part.edges;
}

/** Return statements as CSV with a heading, for spreadsheets: a leading = + - @ is kept from being run as a formula. */
export function toCsv(model, edges) {
  const rows = edges.map((edge) => csvRow(model, edge));
  return `\ufeff${[CSV_COLUMNS, ...rows].map((row) => row.map(csvCell).join(",")).join("\r\n")}\r\n`;
}

function csvRow(model, edge) {
  const measure = measureOf(edge) ?? edge.source;
  const document = model.document(measure.document);
  const evidence = model.evidence(edge);
  return [
    edge.kind,
    edge.target.label,
    model.iri(edge.target.id),
    measure.label,
    model.iri(measure.id),
    measure.path,
    document?.title,
    document?.date ?? document?.published,
    evidence?.quote,
    edge.raw,
    edge.surface,
    edge.confidence,
    edge.inferred,
  ];
}

function csvCell(value) {
  const text = String(value ?? "");
  const safe = /^[=+\-@\t\r]/.test(text) && Number.isNaN(Number(text)) ? `'${text}` : text;
  return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}

/** Return statements as Turtle: the direct triples, with the names of both ends. */
export function toTurtle(model, edges) {
  const nodes = new Set(edges.flatMap((edge) => [edge.source, edge.target]));
  const labels = [...nodes].filter((node) => node.named).map((node) => labelOf(model, node));
  const types = [...nodes].filter((node) => node.type).map((node) => `${iriRef(model.iri(node.id))} a ${iriRef(model.expand(node.type))} .`);
  const triples = edges.filter((edge) => edge.predicate).map((edge) => `${iriRef(model.iri(edge.source.id))} ${iriRef(model.expand(edge.predicate))} ${iriRef(model.iri(edge.target.id))} .`);
  return `${[...new Set([...triples, ...types, ...labels])].join("\n")}\n`;
}

/** Return the triple that names a node, as the graph states it: `named` is a predicate and, after @, a language. */
function labelOf(model, node) {
  const [predicate, language] = node.named.split("@");
  return `${iriRef(model.iri(node.id))} ${iriRef(model.expand(predicate))} ${literal(node.label)}${language ? `@${language}` : ""} .`;
}

function iriRef(iri) {
  // eslint-disable-next-line no-control-regex
  return `<${iri.replace(/[\u0000-\u0020<>"{}|^`\\]/g, (char) => `\\u${char.charCodeAt(0).toString(16).padStart(4, "0")}`)}>`;
}

function literal(text) {
  return JSON.stringify(text).replace(/\\u([0-9a-f]{4})/g, (_, code) => `\\u${code.toUpperCase()}`);
}

/** Offer `content` to the reader as a file. */
export function download(name, content, type) {
  const address = URL.createObjectURL(content instanceof Blob ? content : new Blob([content], { type }));
  const link = document.createElement("a");
  link.href = address;
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(address), 10_000);
}

/** Copy `text`; where the browser forbids that, offer it as a file. Return which of the two was done. */
export async function copyOrDownload(text, name, type) {
  try {
    await navigator.clipboard.writeText(text);
    return "copied";
  } catch {
    download(name, text, type);
    return "downloaded";
  }
}
