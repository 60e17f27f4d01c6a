// The parts of the page's script that need no page: text and offsets, the address, rows, lines, search, the ring.
import assert from "node:assert/strict";
import { test } from "node:test";

import { bundleEdges, heaviest } from "../../kg/view/assets/bundles.js";
import { bendShare, distanceTo, firstPart, levelCurve, pointAt } from "../../kg/view/assets/geometry.js";
import { unpackTable } from "../../kg/view/assets/model.js";
import { arrangeRing, pairBodies } from "../../kg/view/assets/ring.js";
import { listRows, PAGE, standIns } from "../../kg/view/assets/rows.js";
import { makeIndex } from "../../kg/view/assets/search.js";
import { firstState, readHash, writeHash } from "../../kg/view/assets/state.js";
import { cutQuote, fold, utf16Index, webAddress } from "../../kg/view/assets/text.js";

test("offsets count code points, also past characters of two units", () => {
  assert.equal(utf16Index("𠮷祥🏦开", 3), 5);
  const excerpts = [[0, "甲牵头。🏦"], [10, "🏦🏦甲牵头。"]];
  const cut = cutQuote(excerpts, { start: 12, end: 16, quote: "甲牵头。" });
  assert.deepEqual([cut.before, cut.quote, cut.after], ["🏦🏦", "甲牵头。", ""]);
});

test("a quote that is not at its offsets is shown with its neighbours alone", () => {
  const cut = cutQuote([[0, "别的话"]], { start: 0, end: 2, quote: "牵头", prefix: "由甲", suffix: "。" });
  assert.deepEqual([cut.before, cut.quote, cut.after], ["由甲", "牵头", "。"]);
});

test("only web addresses become links", () => {
  const hostile = ["javascript:alert(1)", "data:text/html,x", "vbscript:x", " java\nscript:alert(1)", "file:///etc/passwd", "//x", ""];
  assert.deepEqual(hostile.map(webAddress), hostile.map(() => ""));
  assert.equal(webAddress("https://example.org/a?b=1"), "https://example.org/a?b=1");
});

test("the address holds the whole state and gives it back", () => {
  const state = { ...firstState(), picture: "matrix", node: "agency/1&x=#~", opened: ["甲.乙", "c~d"], layers: ["lead"], only: true, hops: 2, find: "lead:财政|body:局" };
  state.filters = { ...state.filters, region: ["region/440000", "长三角"], year: ["2022"] };
  assert.deepEqual(readHash(`#${writeHash(state)}`), state);
  assert.equal(writeHash(firstState()), "");
});

test("an empty choice of layers is not the same as none made", () => {
  assert.deepEqual(readHash(`#${writeHash({ ...firstState(), layers: [] })}`).layers, []);
});

test("unknown and broken parts of an address are as at first", () => {
  for (const hash of ["#p=nonsense", "#__proto__=1", "#x=1&y", "#n=%E0%A4%A", "#constructor=a", "#f.none=1", "#hops=9"]) {
    assert.deepEqual(readHash(hash), firstState(), hash);
  }
});

test("packed tables are read in all three forms", () => {
  const columns = { id: ["a", "b", "c"], kind: { of: ["x", "y"], at: [1, 0, 1] }, n: { rows: [2], values: [0] }, empty: ["", null, []] };
  assert.deepEqual(unpackTable({ size: 3, columns }), [{ id: "a", kind: "y" }, { id: "b", kind: "x" }, { id: "c", kind: "y", n: 0 }]);
});

/** A tree of one group with `count` nodes. */
function tree(count) {
  const group = { id: "g", index: 0, groups: [], nodes: [] };
  group.nodes = Array.from({ length: count }, (_, index) => ({ id: `n${index}`, index, group }));
  return group;
}

test("every node has one row that stands for it, open or closed, and long groups are paged", () => {
  for (const open of [true, false]) {
    const group = tree(200);
    const rows = listRows({ roots: [group] }, { counts: [200], nodes: new Set(group.nodes), isOpen: () => open, limit: () => PAGE });
    const found = standIns(rows);
    assert.equal(found.size, 200);
    assert.equal(rows.length, open ? PAGE + 2 : 1);
    assert.equal(rows.reduce((sum, row) => sum + (row.kind === "group" ? 0 : row.count), 0), open ? 200 : 0);
  }
});

test("lines weigh as much as the statements they stand for", () => {
  const rows = ["a", "b", "c"].map((key, index) => ({ key, index }));
  const [a, b, c] = rows;
  const rowOf = new Map([[1, a], [2, a], [3, b], [4, c]]);
  const edge = (source, target, kind) => ({ source, target, kind });
  const edges = [edge(1, 3, "lead"), edge(2, 3, "lead"), edge(1, 3, "support"), edge(1, 4, "lead"), edge(1, 2, "lead"), edge(1, 9, "lead")];
  const bundles = bundleEdges(edges, rowOf);
  assert.deepEqual(bundles.map((bundle) => [bundle.key, bundle.edges.length]), [["a|b|lead", 2], ["a|b|support", 1], ["a|c|lead", 1]]);
  assert.deepEqual(heaviest(bundles, 1).map((bundle) => bundle.edges.length).includes(2), true);
});

test("curves end where they should and bend between", () => {
  const curve = levelCurve({ x: 0, y: 0 }, { x: 100, y: 50 });
  assert.deepEqual([pointAt(curve, 0), pointAt(curve, 1)], [{ x: 0, y: 0 }, { x: 100, y: 50 }]);
  assert.ok(distanceTo(pointAt(curve, 0.3), curve) < 1);
  const part = firstPart(curve, 0.4);
  assert.ok(Math.hypot(part[3].x - pointAt(curve, 0.4).x, part[3].y - pointAt(curve, 0.4).y) < 1e-9);
  for (const [from, to] of [[0, 400], [400, 0], [200, 200]]) {
    const share = bendShare({ y: from }, { y: to }, { top: 0, bottom: 400 });
    assert.ok(share > 0.1 && share < 0.9);
  }
});

const names = [
  { id: 1, kind: "agency", label: "广东省地方金融监督管理局", aliases: ["省金融监管局"], english: "", initials: ["gdsdfjrjdglj"], edges: [], index: 0 },
  { id: 2, kind: "agency", label: "中国人民银行广州分行", aliases: [], english: "PBOC Guangzhou", initials: ["zgrmyhgzfh"], edges: [], index: 1 },
  { id: 3, kind: "measure", label: "金融局牵头", aliases: [], english: "", initials: ["jrjqt"], edges: [], index: 2 },
];

test("search finds names, aliases, initials and short forms", () => {
  const find = makeIndex(names);
  for (const [query, id] of [["人行广州", 2], ["省金融局", 1], ["pboc", 2], ["gdsdf", 1], ["ＧＤＳ", 1], ["金融局", 3], ["金融监管", 1], ["广州人行", 2], ["广州行行行", undefined]]) {
    assert.equal(find(query)[0]?.node.id, id, query);
  }
  assert.deepEqual(find("  "), []);
  assert.equal(fold("Ａ b"), "ab");
});

test("the ring holds each body once, in its order, within its room", () => {
  const bodies = Array.from({ length: 60 }, (_, index) => ({ index }));
  const edges = bodies.slice(1).flatMap((body, index) => {
    const measure = { index };
    return [{ kind: "lead", source: measure, target: bodies[0] }, { kind: "support", source: measure, target: body }];
  });
  const model = { network: { order: new Map(bodies.map((body, place) => [body, place])), community: new Map(bodies.map((body) => [body, body.index % 3])) } };
  const pairs = pairBodies(edges);
  assert.equal(pairs.length, 59);
  const ring = arrangeRing(model, pairs, { room: 30, chosen: null, least: 50 });
  const angles = ring.spots.map((spot) => spot.angle);
  assert.ok(ring.spots.length <= 30 && ring.spots.length > 20);
  assert.deepEqual(angles, [...angles].sort((one, other) => one - other));
  assert.ok(ring.radius * (angles[1] - angles[0]) >= 15.9);
});
