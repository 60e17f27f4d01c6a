// A drawing context that writes SVG: the part of a canvas context that the painters use, so that one painter serves both.

const SVG_NAMESPACE = "http://www.w3.org/2000/svg";
// characters that XML cannot hold, which text from documents may bring along
// eslint-disable-next-line no-control-regex
const NOT_XML = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]|[\ud800-\udbff](?![\udc00-\udfff])|(?<![\ud800-\udbff])[\udc00-\udfff]/g;
const KEPT = ["fillStyle", "strokeStyle", "lineWidth", "lineJoin", "globalAlpha", "font", "textAlign", "textBaseline"];
const ANCHORS = { left: "start", center: "middle", right: "end" };
const BASELINES = { middle: "central", alphabetic: "alphabetic", top: "hanging" };

/** A context of `width` by `height` pixels; `text()` gives the finished SVG. */
export class SvgContext {
  constructor(width, height) {
    this.root = element("svg", { xmlns: SVG_NAMESPACE, viewBox: `0 0 ${width} ${height}`, width, height });
    this.place = this.root;
    this.stack = [];
    this.clips = 0;
    this.dash = [];
    this.ruler = document.createElement("canvas").getContext("2d");
    Object.assign(this, { fillStyle: "#000", strokeStyle: "#000", lineWidth: 1, lineJoin: "miter", globalAlpha: 1 });
    Object.assign(this, { font: "12px sans-serif", textAlign: "left", textBaseline: "alphabetic" });
    this.beginPath();
  }

  save() {
    this.stack.push({ place: this.place, dash: this.dash, ...Object.fromEntries(KEPT.map((name) => [name, this[name]])) });
  }

  restore() {
    Object.assign(this, this.stack.pop());
  }

  transform(words) {
    const group = element("g", { transform: words });
    this.place.append(group);
    this.place = group;
  }

  translate(x, y) {
    this.transform(`translate(${round(x)} ${round(y)})`);
  }

  rotate(angle) {
    this.transform(`rotate(${round((angle * 180) / Math.PI)})`);
  }

  scale(x, y) {
    this.transform(`scale(${round(x)} ${round(y)})`);
  }

  /** Keep what follows within the current path, until `restore`. */
  clip() {
    const id = `clip${(this.clips += 1)}`;
    const clip = element("clipPath", { id });
    clip.append(element("path", { d: this.path.toString() }));
    const group = element("g", { "clip-path": `url(#${id})` });
    this.place.append(clip, group);
    this.place = group;
  }

  beginPath() {
    this.path = d3.path();
  }

  moveTo(x, y) {
    this.path.moveTo(round(x), round(y));
  }

  lineTo(x, y) {
    this.path.lineTo(round(x), round(y));
  }

  bezierCurveTo(...points) {
    this.path.bezierCurveTo(...points.map(round));
  }

  arc(x, y, radius, from, to, back) {
    this.path.arc(round(x), round(y), radius, from, to, back);
  }

  rect(x, y, width, height) {
    this.path.rect(round(x), round(y), round(width), round(height));
  }

  roundRect(x, y, width, height, radius) {
    const r = Math.min(radius, width / 2, height / 2);
    this.path.moveTo(x + r, y);
    this.path.arcTo(x + width, y, x + width, y + height, r);
    this.path.arcTo(x + width, y + height, x, y + height, r);
    this.path.arcTo(x, y + height, x, y, r);
    this.path.arcTo(x, y, x + width, y, r);
    this.path.closePath();
  }

  closePath() {
    this.path.closePath();
  }

  setLineDash(dash) {
    this.dash = dash;
  }

  fill() {
    this.put("path", { d: this.path.toString(), fill: this.fillStyle });
  }

  stroke() {
    this.put("path", { d: this.path.toString(), fill: "none", ...this.pen() });
  }

  fillRect(x, y, width, height) {
    this.put("rect", { x: round(x), y: round(y), width: round(width), height: round(height), fill: this.fillStyle });
  }

  fillText(text, x, y) {
    this.write(text, x, y, { fill: this.fillStyle });
  }

  strokeText(text, x, y) {
    this.write(text, x, y, { fill: "none", ...this.pen() });
  }

  measureText(text) {
    this.ruler.font = this.font;
    return this.ruler.measureText(text);
  }

  pen() {
    const dash = this.dash.length ? { "stroke-dasharray": this.dash.join(" ") } : {};
    return { stroke: this.strokeStyle, "stroke-width": round(this.lineWidth), "stroke-linejoin": this.lineJoin, ...dash };
  }

  write(text, x, y, paint) {
    const [, weight = "400", size, family] = /^(?:(\d{3}|bold|normal) )?([\d.]+px) (.*)$/.exec(this.font);
    const anchor = { "text-anchor": ANCHORS[this.textAlign] ?? "start", "dominant-baseline": BASELINES[this.textBaseline] ?? "alphabetic" };
    const put = this.put("text", { x: round(x), y: round(y), "font-family": family, "font-size": size, "font-weight": weight, ...anchor, ...paint });
    put.textContent = text.replace(NOT_XML, "\ufffd");
  }

  put(name, attributes) {
    const made = element(name, this.globalAlpha < 1 ? { ...attributes, opacity: round(this.globalAlpha) } : attributes);
    this.place.append(made);
    return made;
  }

  /** Return the drawing as the text of an SVG file. */
  text() {
    return new XMLSerializer().serializeToString(this.root);
  }
}

function element(name, attributes) {
  const made = document.createElementNS(SVG_NAMESPACE, name);
  for (const [key, value] of Object.entries(attributes)) if (key !== "xmlns") made.setAttribute(key, value);
  return made;
}

function round(value) {
  return Math.round(value * 100) / 100;
}
