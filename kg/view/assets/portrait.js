// Draws what stands on the page (rows, cells, headings) on a drawing context, for pictures to save.

import { drawMark, FONT } from "./marks.js";

/** Draw `root` and all that is to be seen in it, with the left upper corner of `frame` as the origin. */
export function drawElement(ctx, root, frame, colours) {
  if (root.hidden || root.tagName === "CANVAS") return;
  const style = getComputedStyle(root);
  const box = root.getBoundingClientRect();
  if (style.visibility === "hidden" || style.display === "none" || !meets(box, frame)) return;
  const [x, y] = [box.left - frame.left, box.top - frame.top];
  ctx.save();
  ctx.globalAlpha *= Number(style.opacity);
  if (root.dataset.mark) drawMark(ctx, root.dataset.mark, { x: x + box.width / 2, y: y + box.height / 2 }, Math.max(box.width, 9), colours);
  else drawBox(ctx, style, { x, y, width: box.width, height: box.height });
  if (/(auto|scroll|hidden|clip)/.test(style.overflowY + style.overflowX)) {
    ctx.beginPath();
    ctx.rect(x, y, box.width, box.height);
    ctx.clip();
  }
  for (const child of root.childNodes) {
    if (child.nodeType === Node.TEXT_NODE) drawText(ctx, child, root, style, frame);
    else if (child.nodeType === Node.ELEMENT_NODE && !(child instanceof SVGElement)) drawElement(ctx, child, frame, colours);
  }
  ctx.restore();
}

function meets(box, frame) {
  return box.width > 0 && box.height > 0 && box.right > frame.left && box.left < frame.right && box.bottom > frame.top && box.top < frame.bottom;
}

function drawBox(ctx, style, { x, y, width, height }) {
  const paint = style.backgroundColor;
  const border = parseFloat(style.borderTopWidth) || 0;
  const line = parseFloat(style.borderBottomWidth) || 0;
  if (!isClear(paint)) {
    ctx.beginPath();
    ctx.roundRect(x, y, width, height, parseFloat(style.borderTopLeftRadius) || 0);
    ctx.fillStyle = paint;
    ctx.fill();
  }
  if (border && !isClear(style.borderTopColor)) {
    ctx.beginPath();
    ctx.roundRect(x + border / 2, y + border / 2, width - border, height - border, parseFloat(style.borderTopLeftRadius) || 0);
    ctx.strokeStyle = style.borderTopColor;
    ctx.lineWidth = border;
    ctx.stroke();
  } else if (line && !isClear(style.borderBottomColor)) {
    ctx.fillStyle = style.borderBottomColor;
    ctx.fillRect(x, y + height - line, width, line);
  }
}

function isClear(colour) {
  return colour === "transparent" || /, 0\)$/.test(colour);
}

/** Draw a piece of text line by line, each cut to the room it has. */
function drawText(ctx, node, parent, style, frame) {
  if (!node.data.trim()) return;
  if (style.writingMode.startsWith("vertical")) {
    drawVertical(ctx, node, parent, style, frame);
    return;
  }
  ctx.font = `${style.fontWeight} ${style.fontSize} ${FONT}`;
  ctx.fillStyle = style.color;
  ctx.textAlign = "left";
  ctx.textBaseline = "middle";
  const room = parent.getBoundingClientRect();
  for (const { text, box } of linesOf(node)) {
    if (box.top < room.top - 2 || box.bottom > room.bottom + 2) continue;
    const cut = cutToWidth(ctx, text, room.right - box.left + 1);
    ctx.fillText(cut, box.left - frame.left, box.top + box.height / 2 - frame.top);
  }
}

function drawVertical(ctx, node, parent, style, frame) {
  const text = node.data.trim();
  const box = parent.getBoundingClientRect();
  const size = parseFloat(style.fontSize);
  ctx.font = `${style.fontWeight} ${style.fontSize} ${FONT}`;
  ctx.fillStyle = style.color;
  ctx.textAlign = "center";
  ctx.textBaseline = "middle";
  const room = Math.floor(box.height / size);
  [...text].slice(0, room).forEach((char, place) => {
    ctx.fillText(char, box.left + box.width / 2 - frame.left, box.bottom - (Math.min(room, [...text].length) - place - 0.5) * size - frame.top);
  });
}

/** Return the lines into which the browser has broken a piece of text, with their boxes. */
function linesOf(node) {
  const range = document.createRange();
  range.selectNodeContents(node);
  const boxes = [...range.getClientRects()];
  if (boxes.length < 2) return boxes.map((box) => ({ text: node.data, box }));
  const lines = [];
  let start = 0;
  for (let place = 1; place <= node.data.length; place += 1) {
    range.setStart(node, start);
    range.setEnd(node, place);
    const now = range.getClientRects();
    if (now.length < 2 || place - start < 2) continue;
    lines.push({ text: node.data.slice(start, place - 1), box: now[0] });
    start = place - 1;
  }
  range.setStart(node, start);
  range.setEnd(node, node.data.length);
  lines.push({ text: node.data.slice(start), box: range.getBoundingClientRect() });
  return lines;
}

/** Return as much of `text` as fits into `width` in the current font, with an ellipsis where something is left out. */
export function cutToWidth(ctx, text, width) {
  if (ctx.measureText(text).width <= width) return text;
  const points = Array.from(text);
  let [least, most] = [0, points.length];
  while (least < most) {
    const middle = Math.ceil((least + most) / 2);
    if (ctx.measureText(`${points.slice(0, middle).join("")}…`).width <= width) least = middle;
    else most = middle - 1;
  }
  return `${points.slice(0, least).join("")}…`;
}
