// The pyvis page: draws what pyvis was given, all of it taken as data.

const given = JSON.parse(document.getElementById("network-data").textContent);
const container = document.getElementById("mynetwork");
container.style.width = given.width;
container.style.height = given.height;
// eslint-disable-next-line no-unused-vars -- pyvis pages name it so, for those who look at it from outside
const network = new vis.Network(container, { nodes: new vis.DataSet(given.nodes), edges: new vis.DataSet(given.edges) }, given.options);
network.once("afterDrawing", () => network.moveTo({ scale: network.getScale() * 0.88 })); // vis leaves no room for labels at the edge
