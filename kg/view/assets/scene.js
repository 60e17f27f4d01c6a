// The picture: a canvas on which every node has its fixed place.

import { clip } from "./text.js";
import { anchorOf, clearest, makeCurve, reduce, sample, shiftParallels } from "./geometry.js";
import { isNodeShown, isShown } from "./model.js";

const FONT = '"Noto Sans CJK SC", "Noto Sans SC", "PingFang SC", "Microsoft YaHei", "Hiragino Sans GB", sans-serif';
const LABEL_LENGTH = 14;
const FONT_SIZE = 12;
const SMALLEST_TEXT = 6.5; // on the screen; below it only the most important labels are drawn, at a fixed size
const FIXED_TEXT = 11;
const PAPER = 24; // blank around the picture when it is fitted to the screen
const SMALLEST_FOCUS = 0.8; // zoom at which a chosen node is shown when its neighbours lie too far apart
const DIM = 0.1;
const COARSE = 0.4; // below this ink dashes can no longer be told from lines and only cost time
const FULL_INK = 500; // edges that may be drawn in full strength before they turn into a wall
const COLOURS = ["paper", "ink", "soft", "line", "pill", "pill-line", "block", "body", "group", "accent"];
const EDGE_STYLES = {
  lead: { width: 2.4, dash: [] },
  responsible: { width: 2, dash: [9, 3, 2, 3] },
  support: { width: 1.2, dash: [5, 4] },
  announced: { width: 1.8, dash: [2, 3] },
  instrument: { width: 1.1, dash: [] },
  region: { width: 1.1, dash: [] },
  addressee: { width: 1.1, dash: [6, 3] },
  member: { width: 1, dash: [1, 3] },
};
const DRAWN_FIRST = ["member", "addressee", "region", "instrument", "support", "announced", "responsible", "lead"];

/** Draw the model into `element` and return what the page steers it by. */
export function makeScene({ element, model, strings, state, onNode, onEdge, onBackground, onHover }) {
  let colours = readColours();
  let lit = null; // the nodes and edges in the light while something is chosen
  let hovered = null;
  let edgeOfScreen = { left: 0, right: 0 };
  let fade = 1; // the more edges, the paler each
  const taken = []; // places of labels already drawn in this frame
  const nodes = [...model.nodes].sort((a, b) => b.edges.length - a.edges.length);
  const edges = [...model.edges].sort((a, b) => DRAWN_FIRST.indexOf(a.kind) - DRAWN_FIRST.indexOf(b.kind));
  edges.forEach((edge) => (edge.curve = null));
  shiftParallels(edges);

  const graph = new ForceGraph(element)
    .d3Force("charge", null)
    .d3Force("center", null)
    .d3Force("link", null)
    .cooldownTicks(0)
    .graphData({ nodes, links: edges })
    .nodeLabel(() => "")
    .linkLabel(() => "")
    .enableNodeDrag(false)
    .minZoom(0.02)
    .maxZoom(5)
    .nodeVisibility((node) => isNodeShown(node, state.layers))
    .linkVisibility((edge) => isShown(edge, state.layers))
    .linkCanvasObjectMode(() => "replace")
    .linkCanvasObject(paintEdge)
    .linkPointerAreaPaint(paintEdgeArea)
    .nodeCanvasObject(paintNode)
    .nodePointerAreaPaint(paintNodeArea)
    .onRenderFramePre(paintBlocks)
    .onRenderFramePost(paintHeadings)
    .onNodeClick(onNode)
    .onLinkClick(onEdge)
    .onBackgroundClick(onBackground)
    .onNodeHover((node) => hover(node))
    .onLinkHover((edge) => hover(edge));

  function hover(item) {
    hovered = item;
    onHover(item);
    redraw();
  }

  function redraw() {
    graph.nodeCanvasObject(paintNode);
  }

  // --- edges ---

  function curveOf(edge) {
    edge.curve ??= makeCurve(edge, model.column);
    return edge.curve;
  }

  function trace(edge, ctx) {
    const [a, b, c, d] = curveOf(edge);
    ctx.beginPath();
    ctx.moveTo(a.x, a.y);
    ctx.bezierCurveTo(b.x, b.y, c.x, c.y, d.x, d.y);
  }

  function isLit(edge) {
    return lit ? lit.edges.has(edge) : hovered !== null && (edge === hovered || edge.source === hovered || edge.target === hovered);
  }

  function paintEdge(edge, ctx, scale) {
    const style = EDGE_STYLES[edge.kind];
    const bright = isLit(edge);
    const unit = 1 / Math.min(Math.max(scale, 0.25), 1.6);
    trace(edge, ctx);
    ctx.globalAlpha = bright ? 1 : fade * (lit ? DIM : edge.inferred || edge.kind === "support" ? 0.5 : 0.8);
    ctx.strokeStyle = colours[edge.kind];
    ctx.lineWidth = style.width * unit * (bright ? 1.5 : 1) * (edge === state.edge ? 1.6 : 1);
    if (fade > COARSE || bright) ctx.setLineDash((edge.inferred ? [1.5, 4] : style.dash).map((length) => length * unit));
    ctx.stroke();
    ctx.setLineDash([]);
    ctx.globalAlpha = 1;
  }

  function paintEdgeArea(edge, colour, ctx, scale) {
    trace(edge, ctx);
    ctx.strokeStyle = colour;
    ctx.lineWidth = 7 / scale;
    ctx.stroke();
  }

  // --- nodes ---

  function paintNode(node, ctx, scale) {
    const bright = !lit || lit.nodes.has(node);
    ctx.globalAlpha = bright ? 1 : 0.22;
    if (node.kind === "measure") paintMeasure(node, ctx, scale);
    else paintBody(node, ctx, scale, bright);
    ctx.globalAlpha = 1;
  }

  function isMarked(node) {
    return node === state.node || node === hovered || (state.edge && (state.edge.source === node || state.edge.target === node));
  }

  function paintMeasure(node, ctx, scale) {
    const [width, height] = [model.column, model.row - 4];
    ctx.beginPath();
    ctx.roundRect(node.x - width / 2, node.y - height / 2, width, height, 6);
    ctx.fillStyle = colours.pill;
    ctx.fill();
    ctx.lineWidth = isMarked(node) ? 2.5 : 1;
    ctx.strokeStyle = isMarked(node) ? colours.accent : colours["pill-line"];
    ctx.stroke();
    if (FONT_SIZE * scale < SMALLEST_TEXT) return;
    ctx.font = `${FONT_SIZE}px ${FONT}`;
    ctx.textAlign = "center";
    ctx.textBaseline = "middle";
    ctx.fillStyle = colours.ink;
    ctx.fillText(shorten(ctx, node.label, width - 12), node.x, node.y + 0.5);
  }

  function paintBody(node, ctx, scale, bright) {
    const anchor = anchorOf(node, model.column);
    shape(node, anchor, ctx);
    ctx.fillStyle = node.kind in colours ? colours[node.kind] : colours.body;
    ctx.fill();
    if (node.regulator) paintRing(anchor, ctx);
    if (isMarked(node)) {
      shape(node, anchor, ctx);
      ctx.lineWidth = 2.5;
      ctx.strokeStyle = colours.accent;
      ctx.stroke();
    }
    paintLabel(node, anchor, ctx, scale, bright);
  }

  /** Make the dot of a financial regulator a ring. */
  function paintRing({ x, y }, ctx) {
    ctx.beginPath();
    ctx.arc(x, y, 2.4, 0, 2 * Math.PI);
    ctx.fillStyle = colours.block;
    ctx.fill();
  }

  function paintLabel(node, anchor, ctx, scale, bright) {
    const small = FONT_SIZE * scale < SMALLEST_TEXT;
    const size = small ? FIXED_TEXT / scale : FONT_SIZE;
    const left = node.side === "left";
    ctx.font = `${isMarked(node) ? "600 " : ""}${size}px ${FONT}`;
    const text = small ? clip(node.short, LABEL_LENGTH) : shorten(ctx, node.short, model.column - 20);
    const width = ctx.measureText(text).width;
    let x = anchor.x + (left ? -10 - width : 10);
    if (small) {
      x = Math.max(edgeOfScreen.left, Math.min(x, edgeOfScreen.right - width));
      if (!bright || !reserve({ left: x, top: anchor.y - size / 2, width, height: size })) return;
    }
    ctx.textAlign = "left";
    ctx.textBaseline = "middle";
    ctx.lineJoin = "round";
    ctx.lineWidth = size / 4;
    ctx.strokeStyle = small ? colours.paper : colours.block;
    ctx.strokeText(text, x, anchor.y + 0.5);
    ctx.fillStyle = colours.ink;
    ctx.fillText(text, x, anchor.y + 0.5);
  }

  function reserve(box) {
    const free = taken.every(
      (other) =>
        box.left > other.left + other.width ||
        other.left > box.left + box.width ||
        box.top > other.top + other.height ||
        other.top > box.top + box.height,
    );
    if (free) taken.push(box);
    return free;
  }

  function paintNodeArea(node, colour, ctx) {
    const [width, height] = [model.column, model.row - 4];
    ctx.fillStyle = colour;
    ctx.fillRect(node.x - width / 2 + 2, node.y - height / 2, width - 4, height);
  }

  // --- headings ---

  function paintBlocks(ctx) {
    taken.length = 0;
    edgeOfScreen = { left: graph.screen2GraphCoords(4, 0).x, right: graph.screen2GraphCoords(graph.width() - 4, 0).x };
    const shown = edges.filter((edge) => isShown(edge, state.layers)).length;
    fade = Math.min(1, Math.sqrt(FULL_INK / Math.max(shown, 1)));
    for (const block of model.blocks.filter(isBlockShown)) {
      const width = model.column + 8;
      ctx.fillStyle = colours.block;
      ctx.beginPath();
      ctx.roundRect(block.x - width / 2, block.y, width, block.height + 5, 8);
      ctx.fill();
    }
  }

  /** Write the headings last, with a rim, so that edges do not strike them through. */
  function paintHeadings(ctx, scale) {
    const size = Math.max(12, 10.5 / scale);
    if (size > 24) return;
    ctx.font = `600 ${size}px ${FONT}`;
    ctx.textBaseline = "middle";
    ctx.lineJoin = "round";
    ctx.lineWidth = size / 3;
    ctx.strokeStyle = colours.block;
    ctx.fillStyle = colours.soft;
    const width = model.column - 8;
    for (const block of model.blocks.filter(isBlockShown)) {
      const place = { left: ["right", 1], right: ["left", -1], middle: ["center", 0] }[block.side];
      ctx.textAlign = place[0];
      const [text, x, y] = [shorten(ctx, headingOf(block), width), block.x + (place[1] * width) / 2, block.y + model.row / 2 + 1];
      ctx.strokeText(text, x, y);
      ctx.fillText(text, x, y);
    }
  }

  function headingOf(block) {
    const [kind, ...rest] = block.key.split(":");
    const name = rest.join(":");
    if (kind === "level") return strings.say(`level-${name}`, {}, name);
    return model.document(name)?.title ?? "";
  }

  function isBlockShown(block) {
    const layer = { "level:member": "inferred", "level:instrument": "instrument", "level:region": "region", "level:addressee": "addressee" }[block.key];
    return layer === undefined || state.layers.has(layer);
  }

  // --- the view ---

  function bounds(shown) {
    const halfWidth = model.column / 2 + 8;
    const xs = shown.map((node) => node.x);
    const ys = shown.map((node) => node.y);
    return {
      left: reduce(Math.min, xs) - halfWidth,
      right: reduce(Math.max, xs) + halfWidth,
      top: reduce(Math.min, ys) - model.row * 1.6,
      bottom: reduce(Math.max, ys) + model.row,
    };
  }

  function fit(duration = 0) {
    show(nodes.filter((node) => isNodeShown(node, state.layers)), 1.5, duration);
  }

  /** Bring these nodes into view, as large as they fit but no larger than `most`. */
  function show(shown, most, duration) {
    if (!shown.length) return;
    const box = bounds(shown);
    const [width, height] = [graph.width(), graph.height()];
    const whole = Math.min((width - PAPER) / (box.right - box.left), (height - PAPER) / (box.bottom - box.top), most);
    graph.zoom(whole, duration);
    graph.centerAt((box.left + box.right) / 2, (box.top + box.bottom) / 2, duration);
  }

  /** Bring a node and its neighbours into view, or the node alone where that would make the text too small to read. */
  function centre(node, duration) {
    const edges = node.edges.filter((edge) => isShown(edge, state.layers));
    const near = [node, ...edges.flatMap((edge) => [edge.source, edge.target])];
    const box = bounds(near);
    const scale = Math.min(graph.width() / (box.right - box.left), graph.height() / (box.bottom - box.top));
    if (FONT_SIZE * scale >= SMALLEST_TEXT) return show(near, 1.2, duration);
    graph.zoom(Math.max(graph.zoom(), SMALLEST_FOCUS), duration);
    return graph.centerAt(node.x, node.y, duration);
  }

  function readColours() {
    const style = getComputedStyle(document.documentElement);
    const names = [...COLOURS, ...Object.keys(EDGE_STYLES)];
    return Object.fromEntries(names.map((name) => [name, style.getPropertyValue(`--${name}`).trim()]));
  }

  return {
    redraw,
    fit,
    centre,
    /** Take the size of the element. */
    resize: () => graph.width(element.clientWidth).height(element.clientHeight),
    /** Zoom by a factor about the middle. */
    zoomBy: (factor) => graph.zoom(graph.zoom() * factor, 150),
    /** Put these nodes and edges in the light and dim the rest; `null` lights all. */
    light(next) {
      lit = next;
      redraw();
    },
    /** Read the colours again after the scheme has changed. */
    recolour() {
      colours = readColours();
      redraw();
    },
    /** Return the place of a node on the screen, relative to the window. */
    nodePosition(node) {
      const anchor = node.kind === "measure" ? node : anchorOf(node, model.column);
      return onScreen(anchor);
    },
    /** Return the place on an edge that is farthest from all other edges, relative to the window. */
    edgePosition(edge) {
      const others = edges.filter((other) => other !== edge && isShown(other, state.layers)).map((other) => sample(curveOf(other)));
      return onScreen(clearest(sample(curveOf(edge)), others.flat()));
    },
  };

  function onScreen(point) {
    const box = element.getBoundingClientRect();
    const { x, y } = graph.graph2ScreenCoords(point.x, point.y);
    return { x: x + box.left, y: y + box.top };
  }
}

const shortened = new Map();

/** Return as much of `text` as fits into `width` in the current font, with an ellipsis where something is left out. */
function shorten(ctx, text, width) {
  const key = `${ctx.font}|${width}|${text}`;
  if (!shortened.has(key)) {
    if (shortened.size > 20000) shortened.clear();
    const points = Array.from(text);
    let length = Math.min(points.length, 60);
    const cut = () => (length < points.length ? `${points.slice(0, length).join("")}…` : text);
    while (length > 1 && ctx.measureText(cut()).width > width) length -= 1;
    shortened.set(key, cut());
  }
  return shortened.get(key);
}

/** Trace the shape that says what kind of node this is. */
function shape(node, { x, y }, ctx) {
  const size = Math.min(4 + Math.sqrt(node.edges.length) * 0.6, 8);
  ctx.beginPath();
  if (node.kind === "group") {
    ctx.moveTo(x - size - 1, y);
    ctx.lineTo(x, y - size - 1);
    ctx.lineTo(x + size + 1, y);
    ctx.lineTo(x, y + size + 1);
    ctx.closePath();
  } else if (node.kind === "instrument") {
    ctx.rect(x - 5, y - 5, 10, 10);
  } else if (node.kind === "addressee") {
    ctx.rect(x - 6, y - 3, 12, 6);
  } else if (node.kind === "region") {
    ctx.moveTo(x, y - 6);
    ctx.lineTo(x + 6, y + 5);
    ctx.lineTo(x - 6, y + 5);
    ctx.closePath();
  } else {
    ctx.arc(x, y, size, 0, 2 * Math.PI);
  }
}
