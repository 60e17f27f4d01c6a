// The shapes that say what kind of thing a row or a dot is, for drawings; page.css draws the same shapes for rows.

/** Draw the mark `name` about a point, `size` pixels wide. */
export function drawMark(ctx, name, { x, y }, size, colours) {
  const half = size / 2;
  ctx.beginPath();
  if (name === "group") traceCorners(ctx, [[x - half, y], [x, y - half], [x + half, y], [x, y + half]]);
  else if (name === "region") traceCorners(ctx, [[x, y - half], [x + half, y + half], [x - half, y + half]]);
  else if (name === "instrument") ctx.rect(x - half, y - half, size, size);
  else if (name === "addressee") ctx.rect(x - half, y - half / 2, size, half);
  else if (name === "measure") ctx.roundRect(x - half, y - half * 0.7, size, size * 0.7, 2);
  else ctx.arc(x, y, half, 0, 2 * Math.PI);
  ctx.fillStyle = colours[name] ?? colours.body;
  ctx.fill();
  if (name !== "regulator") return;
  ctx.beginPath();
  ctx.arc(x, y, half * 0.42, 0, 2 * Math.PI);
  ctx.fillStyle = colours.panel;
  ctx.fill();
}

function traceCorners(ctx, corners) {
  corners.forEach(([x, y], place) => (place ? ctx.lineTo(x, y) : ctx.moveTo(x, y)));
  ctx.closePath();
}

const NAMES = [
  "paper", "panel", "ink", "soft", "line", "pill", "pill-line", "block", "body", "group", "accent", "hover",
  "lead", "responsible", "support", "guide", "announced", "instrument", "region", "addressee", "member", "measure",
  ...Array.from({ length: 10 }, (_, place) => `hue-${place}`),
];

/** Return the colours of the page in the scheme in use, by name. */
export function readColours() {
  const probe = document.createElement("i"); // a variable is given as it is written; a property, as it is in this scheme
  document.body.append(probe);
  const style = getComputedStyle(probe);
  const colours = NAMES.map((name) => {
    probe.style.color = `var(--${name})`;
    return [name, style.color];
  });
  probe.remove();
  return Object.fromEntries(colours);
}

export const FONT = '"Noto Sans CJK SC", "Noto Sans SC", "PingFang SC", "Microsoft YaHei", "Hiragino Sans GB", sans-serif';

/** How statements of each role are drawn. */
export const EDGE_STYLES = {
  lead: { width: 1.8, dash: [], ink: 0.8 },
  responsible: { width: 1.6, dash: [9, 3, 2, 3], ink: 0.8 },
  support: { width: 1.1, dash: [5, 4], ink: 0.46 },
  guide: { width: 1.1, dash: [1, 2], ink: 0.7 },
  announced: { width: 1.4, dash: [2, 3], ink: 0.75 },
  instrument: { width: 1, dash: [], ink: 0.5 },
  region: { width: 1, dash: [], ink: 0.5 },
  addressee: { width: 1, dash: [6, 3], ink: 0.5 },
  member: { width: 1, dash: [1, 3], ink: 0.5 },
};
