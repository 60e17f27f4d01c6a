// The picture of the coordination network: a ring of names, chords from who leads (thick) to who supports (thin).

import { make } from "./dom.js";
import { chordCurve, clearestPoint, nearestItem, pointAt } from "./geometry.js";
import { drawMark, FONT, readColours } from "./marks.js";
import { arrangeRing, pairBodies, SLOT } from "./ring.js";
import { clip } from "./text.js";

const LABEL = { wide: 13, narrow: 9 }; // characters
const BAND = 9; // between the dots and the chords, where the communities are marked
const AROUND_RING = 14; // from the ring to its names
const HUES = 10;
const NARROW = 600;
const SMALLEST_SCALE = 0.84; // of the names at first
const USUAL_OUTSIDE = 150;

/** Build the network in `element`; `actions` are told what the reader does. */
export function makeNetwork({ element, model, strings, actions, isCalm }) {
  const canvas = make("canvas", { tabIndex: 0, role: "application", "aria-roledescription": "graph" });
  element.append(canvas);
  const ctx = canvas.getContext("2d");
  let colours = readColours();
  let ring = { spots: [], pairs: [], radius: 1, left: 0 };
  let chords = [];
  let chosen = null; // a node
  let pairKey = "";
  let hovered = null; // a spot or a chord
  let transform = d3.zoomIdentity;
  let waiting = 0;
  let shownFor = "";
  let outside = 0; // room for the names around the ring

  const zoom = d3
    .zoom()
    .scaleExtent([0.2, 6])
    .on("zoom", (event) => {
      transform = event.transform;
      draw();
    });
  d3.select(canvas).call(zoom).on("dblclick.zoom", null);

  function show(part, state, { quiet = false } = {}) {
    chosen = state.node ? model.node(state.node) : null;
    pairKey = state.bundle;
    const pairs = pairBodies(part.edges);
    ring = arrangeRing(model, state.only && chosen ? pairs.filter((pair) => pair.from === chosen || pair.to === chosen) : pairs, { room: roomOnRing(), chosen, least: leastRadius() });
    const spotOf = new Map(ring.spots.map((spot) => [spot.node, spot]));
    const most = Math.max(1, ...ring.pairs.map((pair) => pair.weight));
    chords = ring.pairs.map((pair) => chordOf(pair, spotOf, most)).sort((a, b) => a.weight - b.weight);
    canvas.setAttribute("aria-label", strings.say("network-label", { bodies: ring.spots.length, pairs: chords.length }));
    ctx.font = `600 12px ${FONT}`;
    outside = AROUND_RING + 8 + Math.max(0, ...ring.spots.map((spot) => ctx.measureText(labelFor(spot.node)).width));
    const key = `${ring.spots.length}|${ring.radius}`;
    if (key !== shownFor) fit(quiet ? 0 : 250);
    shownFor = key;
    draw();
    return { ring, pairs };
  }

  function labelFor(node) {
    const most = LABEL[isNarrow() ? "narrow" : "wide"];
    return clip(strings.short(node), /^[ -~]+$/.test(strings.short(node)) ? 2 * most : most);
  }

  /** Return for how many names the ring has room while they stay large enough to read. */
  function roomOnRing() {
    if (isNarrow()) return 34;
    const reach = Math.min(element.clientWidth, element.clientHeight) / 2 / SMALLEST_SCALE - USUAL_OUTSIDE;
    return Math.max(40, Math.min(132, Math.floor((reach * 2 * Math.PI) / SLOT)));
  }

  /** Return the radius at which few names fill the picture without being drawn larger than they are set. */
  function leastRadius() {
    return isNarrow() ? 90 : Math.max(120, Math.min(element.clientWidth, element.clientHeight) / 2 - USUAL_OUTSIDE - 40);
  }

  function isNarrow() {
    return element.clientWidth < NARROW;
  }

  function chordOf(pair, spotOf, most) {
    const [from, to] = [spotOf.get(pair.from), spotOf.get(pair.to)];
    const inner = ring.radius - BAND;
    const shift = Math.min(0.02, ring.step * 0.12); // so that there and back are two chords
    const curve = chordCurve(onCircle(from.angle + shift, inner), onCircle(to.angle - shift, inner), inner);
    return { ...pair, key: `${pair.from.id}>${pair.to.id}`, spotFrom: from, spotTo: to, curve, thick: 1 + 9 * Math.sqrt(pair.weight / Math.max(most, 9)) };
  }

  // --- drawing ---

  function draw() {
    if (!waiting) waiting = requestAnimationFrame(drawNow);
  }

  function drawNow() {
    waiting = 0;
    if (element.hidden) return;
    const [width, height] = [element.clientWidth, element.clientHeight];
    const scale = window.devicePixelRatio || 1;
    if (canvas.width !== Math.round(width * scale) || canvas.height !== Math.round(height * scale)) {
      [canvas.width, canvas.height] = [Math.round(width * scale), Math.round(height * scale)];
    }
    ctx.setTransform(scale, 0, 0, scale, 0, 0);
    ctx.clearRect(0, 0, width, height);
    paint(ctx);
  }

  function paint(on) {
    on.save();
    on.translate(transform.x, transform.y);
    on.scale(transform.k, transform.k);
    const light = lightNow();
    for (const chord of chords) if (!light || !light.chords.has(chord)) paintChord(on, chord, light ? 0.05 : fadeOf(chord), colourOf(chord.spotFrom));
    if (light) for (const chord of chords) if (light.chords.has(chord)) paintChord(on, chord, 0.82, litColour(chord, light));
    paintCommunities(on);
    for (const spot of ring.spots) paintSpot(on, spot, light);
    on.restore();
  }

  function fadeOf(chord) {
    const crowd = Math.min(1, Math.sqrt(140 / Math.max(chords.length, 1)));
    return Math.min(0.75, (0.22 + 0.1 * chord.weight) * crowd + 0.06);
  }

  /** Return what is to stand out: what the pointer is on, else what is chosen. */
  function lightNow() {
    const node = hovered?.node ?? chosen;
    const one = hovered?.curve ? hovered : chords.find((chord) => chord.key === pairKey);
    const lit = hovered?.node || !one ? chords.filter((chord) => node && (chord.from === node || chord.to === node)) : [one];
    if (!lit.length) return null;
    return { node, chords: new Set(lit), nodes: new Set(lit.flatMap((chord) => [chord.from, chord.to])) };
  }

  function litColour(chord, light) {
    if (!light.node) return colours.lead;
    return chord.from === light.node ? colours.lead : colours.support;
  }

  function colourOf(spot) {
    return spot.community < 0 ? colours.soft : colours[`hue-${spot.community % HUES}`];
  }

  /** Draw a chord that thins from who leads to who supports. */
  function paintChord(on, { curve, thick }, alpha, colour) {
    const steps = 18;
    const sides = [[], []];
    for (let step = 0; step <= steps; step += 1) {
      const [at, next] = [pointAt(curve, step / steps), pointAt(curve, Math.min(1, step / steps + 0.01))];
      const before = pointAt(curve, Math.max(0, step / steps - 0.01));
      const [dx, dy] = [next.x - before.x, next.y - before.y];
      const half = (thick * (1 - (0.85 * step) / steps)) / 2 / (Math.hypot(dx, dy) || 1);
      sides[0].push([at.x - dy * half, at.y + dx * half]);
      sides[1].unshift([at.x + dy * half, at.y - dx * half]);
    }
    on.beginPath();
    [...sides[0], ...sides[1]].forEach(([x, y], place) => (place ? on.lineTo(x, y) : on.moveTo(x, y)));
    on.closePath();
    on.globalAlpha = alpha;
    on.fillStyle = colour;
    on.fill();
    on.globalAlpha = 1;
  }

  function paintCommunities(on) {
    let start = 0;
    ring.spots.forEach((spot, place) => {
      if (ring.spots[place + 1]?.community === spot.community) return;
      on.beginPath();
      on.arc(0, 0, ring.radius - BAND / 2 - 1, ring.spots[start].angle - ring.step * 0.4, spot.angle + ring.step * 0.4);
      on.strokeStyle = colourOf(spot);
      on.lineWidth = 3;
      on.stroke();
      start = place + 1;
    });
  }

  function paintSpot(on, spot, light) {
    const { node, angle } = spot;
    const lit = !light || light.nodes.has(node);
    const at = onCircle(angle, ring.radius + 4);
    on.globalAlpha = lit ? 1 : 0.28;
    drawMark(on, node.regulator ? "regulator" : node.kind, at, Math.min(11, 6 + Math.sqrt(spot.weight) * 0.7), { ...colours, body: colourOf(spot), agency: colourOf(spot), regulator: colourOf(spot), group: colourOf(spot) });
    const back = Math.cos(angle) < -1e-6;
    on.save();
    on.rotate(back ? angle + Math.PI : angle);
    on.font = `${node === chosen || node === hovered?.node ? "600" : "400"} 12px ${FONT}`;
    on.textAlign = back ? "right" : "left";
    on.textBaseline = "middle";
    on.fillStyle = colours.ink;
    const reach = ring.radius + AROUND_RING;
    on.fillText(labelFor(node), back ? -reach : reach, 0.5);
    on.restore();
    on.globalAlpha = 1;
  }

  // --- the pointer and the keys ---

  function under(event) {
    const box = canvas.getBoundingClientRect();
    const [x, y] = transform.invert([event.clientX - box.left, event.clientY - box.top]);
    const distance = Math.hypot(x, y);
    if (distance > ring.radius - BAND) return distance > ring.radius + outside ? null : spotAt(Math.atan2(y, x));
    const bright = lightNow();
    const seen = bright && chosen ? chords.filter((chord) => bright.chords.has(chord)) : chords;
    return nearestItem({ x, y }, seen, 6 / transform.k) ?? null;
  }

  function spotAt(angle) {
    const apart = (spot) => Math.abs(((spot.angle - angle + 3 * Math.PI) % (2 * Math.PI)) - Math.PI);
    const near = ring.spots.reduce((best, spot) => (!best || apart(spot) < apart(best) ? spot : best), null);
    return near && apart(near) < ring.step * 0.7 ? near : null;
  }

  function hover(event) {
    const next = event.buttons ? null : under(event);
    canvas.classList.toggle("pointing", Boolean(next));
    if (next !== hovered) {
      hovered = next;
      draw();
    }
    actions.hover(next, event);
  }

  canvas.addEventListener("pointermove", hover, { passive: true });
  canvas.addEventListener("pointerleave", (event) => {
    hovered = null;
    draw();
    actions.hover(null, event);
  });
  canvas.addEventListener("click", (event) => {
    if (event.defaultPrevented) return;
    const hit = under(event);
    if (hit?.node) actions.node(hit.node);
    else if (hit) actions.pair(hit);
    else actions.nothing();
  });
  canvas.addEventListener("keydown", (event) => {
    const step = { ArrowRight: 1, ArrowDown: 1, ArrowLeft: -1, ArrowUp: -1 }[event.key];
    if (!step || !ring.spots.length) return;
    event.preventDefault();
    const place = ring.spots.findIndex((spot) => spot.node === chosen);
    const next = (place + step + ring.spots.length) % ring.spots.length;
    actions.node(ring.spots[place < 0 ? 0 : next].node, { keepFocus: true });
  });

  // --- the view ---

  function fit(duration = 0) {
    const [width, height] = [element.clientWidth, element.clientHeight];
    const reach = 2 * (ring.radius + outside);
    const k = Math.min(width / reach, height / reach, 1.4);
    move(d3.zoomIdentity.translate(width / 2, height / 2).scale(k), duration);
  }

  function move(to, duration) {
    const target = d3.select(canvas);
    if (duration && !isCalm()) target.transition().duration(duration).call(zoom.transform, to);
    else target.call(zoom.transform, to);
  }

  function onScreen({ x, y }) {
    const box = canvas.getBoundingClientRect();
    const [sx, sy] = transform.apply([x, y]);
    return { x: sx + box.left, y: sy + box.top };
  }

  return {
    show,
    draw,
    fit,
    paint,
    panBy: (by) => d3.select(canvas).call(zoom.translateBy, by, by / 2),
    zoomBy: (factor) => (factor ? d3.select(canvas).call(zoom.scaleBy, factor) : fit(250)),
    recolour() {
      colours = readColours();
      draw();
    },
    /** Return the place of a body on the screen, or null where the ring does not hold it. */
    nodePosition(node) {
      const spot = ring.spots.find((each) => each.node === node);
      return spot ? onScreen(onCircle(spot.angle, ring.radius + 4)) : null;
    },
    /** Return the place on a statement's chord that is farthest from the others. */
    edgePosition(edge) {
      const chord = chords.find((each) => each.edges.includes(edge));
      return chord ? onScreen(clearestPoint(chord, chords)) : null;
    },
  };
}

function onCircle(angle, radius) {
  return { x: Math.cos(angle) * radius, y: Math.sin(angle) * radius };
}
