// What the page of the view uses of d3: panning and zooming, curves, and paths written as text for SVG.
export { path } from "d3-path";
export { select } from "d3-selection";
export { arc } from "d3-shape";
export { zoom, zoomIdentity, zoomTransform } from "d3-zoom";
