// Where lines run: level out of the edge of one row, level into the edge of another.

/** Return the four points of a curve from `a` to `b`, level at both ends, that bends at `share` of the way across. */
export function levelCurve(a, b, share = 0.5) {
  const bend = a.x + (b.x - a.x) * share;
  return [a, { x: bend, y: a.y }, { x: bend, y: b.y }, b];
}

/**
 * Return where a line between two columns bends: of lines that run down, the higher ones farther across, and of lines
 * that run up, the lower ones. So lines that go the same way run beside each other instead of through each other.
 */
export function bendShare(from, to, { top, bottom }) {
  const place = Math.min(1, Math.max(0, (from.y - top) / Math.max(1, bottom - top)));
  const steep = Math.min(1, Math.abs(to.y - from.y) / 120);
  return 0.5 + 0.3 * steep * (to.y > from.y ? 1 - 2 * place : 2 * place - 1);
}

/** Return the four points of a chord between two points of a circle about the origin, bent towards its middle. */
export function chordCurve(a, b, radius) {
  const apart = Math.hypot(a.x - b.x, a.y - b.y) / (2 * radius);
  const pull = 0.72 - 0.6 * apart;
  return [a, scalePoint(a, pull), scalePoint(b, pull), b];
}

function scalePoint({ x, y }, factor) {
  return { x: x * factor, y: y * factor };
}

/** Return the point at `t` (0 to 1) of a curve. */
export function pointAt([a, b, c, d], t) {
  const s = 1 - t;
  const [u, v, w, z] = [s * s * s, 3 * s * s * t, 3 * s * t * t, t * t * t];
  return { x: u * a.x + v * b.x + w * c.x + z * d.x, y: u * a.y + v * b.y + w * c.y + z * d.y };
}

/** Return `count` points spread along a curve, without its ends. */
export function samplePoints(curve, count) {
  return Array.from({ length: count }, (_, place) => pointAt(curve, (place + 1) / (count + 1)));
}

/** Return the distance from `point` to a curve. */
export function distanceTo(point, curve) {
  let nearest = Infinity;
  let last = curve[0];
  for (let step = 1; step <= 24; step += 1) {
    const next = pointAt(curve, step / 24);
    nearest = Math.min(nearest, distanceToStretch(point, last, next));
    last = next;
  }
  return nearest;
}

function distanceToStretch(point, a, b) {
  const [dx, dy] = [b.x - a.x, b.y - a.y];
  const along = ((point.x - a.x) * dx + (point.y - a.y) * dy) / (dx * dx + dy * dy || 1);
  const t = Math.min(1, Math.max(0, along));
  return Math.hypot(point.x - a.x - t * dx, point.y - a.y - t * dy);
}

/** Return the curve of `items` nearest to `point` within `reach`, or undefined; ties go to the one drawn last. */
export function nearestItem(point, items, reach) {
  let found;
  let least = reach;
  for (const item of items) {
    const distance = distanceTo(point, item.curve);
    if (distance <= least) [found, least] = [item, distance];
  }
  return found;
}

/** Return the place on `item` that is farthest from the other items, so that a click there means it. */
export function clearestPoint(item, items) {
  const others = items.filter((other) => other !== item);
  const rooms = samplePoints(item.curve, 15).map((point) => ({
    point,
    room: Math.min(20, ...others.map((other) => distanceTo(point, other.curve))),
  }));
  return rooms.reduce((best, next) => (next.room > best.room ? next : best)).point;
}

/** Return the part of a curve from its start to `t`. */
export function firstPart([a, b, c, d], t) {
  const between = (p, q) => ({ x: p.x + (q.x - p.x) * t, y: p.y + (q.y - p.y) * t });
  const [ab, bc, cd] = [between(a, b), between(b, c), between(c, d)];
  const [abc, bcd] = [between(ab, bc), between(bc, cd)];
  return [a, ab, abc, between(abc, bcd)];
}

/** Return the beginning of a curve, up to about `reach` pixels from its start. */
export function beginning(curve, reach) {
  let t = 0.02;
  const apart = (point) => Math.hypot(point.x - curve[0].x, point.y - curve[0].y);
  while (t < 1 && apart(pointAt(curve, t)) < reach) t += 0.02;
  return firstPart(curve, Math.min(t, 1));
}

/** Trace a curve on a drawing context, and from its end straight on to `tail` where that is given. */
export function traceCurve(ctx, [a, b, c, d], tail) {
  ctx.beginPath();
  ctx.moveTo(a.x, a.y);
  ctx.bezierCurveTo(b.x, b.y, c.x, c.y, d.x, d.y);
  if (tail !== undefined) ctx.lineTo(tail, d.y);
}
