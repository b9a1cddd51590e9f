// The service graph. Nodes and rates are text in the page, in columns that the page lays out; the lines from node to node
// are drawn beneath, each along the rate that is its own.

import { byId, bytes, element, figure, shape } from "./dom.js";

const QUIET_AFTER_SECONDS = 3;
const RANKS = { CALLERS: 0, SERVICE: 1, DATABASE: 2, DIVERSION: 2 };

const graph = byId("graph");
const lines = shape("svg", { "aria-hidden": "true" });
const ranks = ["", " services", " targets"].map((which) => element("div", "rank" + which));
const ways = ["", " connections"].map((which) => element("div", "ways" + which));
const drawn = new Map();
const rates = new Map();
let scene = null;
let faults = [];
let shownRule = null;

graph.append(lines, ranks[0], ways[0], ranks[1], ways[1], ranks[2]);
new ResizeObserver(() => drawLines()).observe(graph);

export function showGraph(newScene, wireFaults) {
  byId("graph-problem").hidden = !newScene?.problem;
  byId("graph-problem").textContent = newScene?.problem ?? "";
  if (!newScene || newScene.problem) return;
  scene = newScene;
  faults = wireFaults;
  showNodes();
  showRates();
  showRule();
  drawLines();
}

function showNodes() {
  const present = new Set(scene.nodes.map((node) => node.id));
  for (const [id, node] of drawn) {
    if (!present.has(id)) {
      node.remove();
      drawn.delete(id);
    }
  }
  for (const node of scene.nodes) {
    let shown = drawn.get(node.id);
    if (!shown) {
      shown = element("div");
      drawn.set(node.id, shown);
      ranks[RANKS[node.kind]].append(shown);
    }
    const fault = node.kind === "SERVICE" && faults.length ? "fault on the wire: " + faults.join(", ") : "";
    const state = JSON.stringify([node.name, note(node), node.badge?.rule, fault]);
    // Left alone while nothing changes, so that a focused button stays focused.
    if (shown.dataset.state !== state) {
      shown.dataset.state = state;
      shown.className = "node " + node.kind.toLowerCase() + (node.badge ? " ruled" : "");
      shown.replaceChildren(element("span", "name", ...breakable(node.name)), element("span", "note", ...breakable(note(node))));
      if (fault) shown.append(element("span", "fault", fault));
      if (node.badge) shown.append(badge(node));
    }
  }
}

/** A host name may be broken at its dots. */
function breakable(name) {
  return name.split(/(?<=\.)/).flatMap((part) => [part, element("wbr")]);
}

function note(node) {
  return node.kind === "SERVICE" ? "with its proxy: " + node.note : node.note;
}

function badge(node) {
  const button = element("button", "badge", "rule in force");
  button.type = "button";
  button.dataset.node = node.id;
  button.setAttribute("aria-controls", "rule");
  button.setAttribute("aria-expanded", String(shownRule === node.id));
  button.setAttribute("aria-label", "Rule in force for " + node.name + ": what it does");
  button.addEventListener("click", () => {
    shownRule = shownRule === node.id ? null : node.id;
    showRule();
  });
  return button;
}

function showRule() {
  const ruled = scene.nodes.find((node) => node.id === shownRule)?.badge;
  const panel = byId("rule");
  if (!ruled) shownRule = null;
  panel.hidden = !ruled;
  for (const button of graph.querySelectorAll(".badge")) button.setAttribute("aria-expanded", String(button.dataset.node === shownRule));
  if (!ruled || panel.dataset.text === JSON.stringify(ruled)) return;
  panel.dataset.text = JSON.stringify(ruled);
  panel.querySelector("h3").textContent = ruled.rule;
  const [sentence, source] = panel.querySelectorAll("p");
  sentence.textContent = ruled.sentence;
  source.textContent = ruled.source ? "applied from " + ruled.source
    : ruled.text ? "as it is in the mesh; who applied it is not known here" : "Which resource does so is not known here.";
  panel.querySelector("pre").textContent = ruled.text;
  panel.querySelector("pre").hidden = !ruled.text;
}

function showRates() {
  rates.clear();
  // In the order of the nodes that they come from and go to, so that few lines cross.
  const place = (edge) => scene.nodes.findIndex((node) => node.id === edge.from) * 2 +
    (scene.nodes.find((node) => node.id === edge.to)?.kind === "DIVERSION" ? 1 : 0);
  scene.edges.sort((one, other) => place(one) - place(other));
  for (const edge of scene.edges) rates.set(edge, rate(edge));
  ways[0].replaceChildren(...scene.edges.filter(isHttp).map((edge) => rates.get(edge)));
  ways[1].replaceChildren(...scene.edges.filter((edge) => !isHttp(edge)).map((edge) => rates.get(edge)));
}

function drawLines() {
  if (!scene) return;
  const home = graph.getBoundingClientRect();
  const box = (shown) => {
    const of = shown.getBoundingClientRect();
    return { left: of.left - home.left, right: of.right - home.left, top: of.top - home.top, bottom: of.bottom - home.top,
      x: of.left + of.width / 2 - home.left, y: of.top + of.height / 2 - home.top };
  };
  const upright = box(ranks[0]).bottom <= box(ranks[1]).top;
  lines.replaceChildren(...scene.edges.filter((edge) => drawn.has(edge.from) && drawn.has(edge.to)).flatMap((edge) => {
    const [from, over, to] = [drawn.get(edge.from), rates.get(edge), drawn.get(edge.to)].map(box);
    return line(edge, upright ? downwards(from, over, to) : sidewards(from, over, to));
  }));
}

/** The rate stands on its line. */
function sidewards(from, over, to) {
  const [before, after] = [(from.right + over.left) / 2, (over.right + to.left) / 2];
  return `M${from.right},${from.y} C${before},${from.y} ${before},${over.bottom} ${over.left},${over.bottom}` +
    `L${over.right},${over.bottom} C${after},${over.bottom} ${after},${to.y} ${to.left},${to.y}`;
}

/** The line passes behind its rate. */
function downwards(from, over, to) {
  const [before, after] = [(from.bottom + over.top) / 2, (over.bottom + to.top) / 2];
  return `M${from.x},${from.bottom} C${from.x},${before} ${over.x},${before} ${over.x},${over.top}` +
    `L${over.x},${over.bottom} C${over.x},${after} ${to.x},${after} ${to.x},${to.top}`;
}

function isHttp(edge) {
  return edge.open === null && edge.bytes === null;
}

function line(edge, way) {
  const amount = isHttp(edge) ? (edge.requests ?? 0) * 300 : (edge.bytes ?? 0) + (edge.failed ?? 0) * 100;
  const width = Math.min(11, 1.5 + 1.7 * Math.log10(1 + amount / 20));
  const target = scene.nodes.find((node) => node.id === edge.to);
  const state = isQuiet(edge) ? " quiet" : isHttp(edge) ? " http" : target.kind === "DIVERSION" ? " diverted" : "";
  const lower = shape("path", { d: way, class: "edge" + state, "stroke-width": width.toFixed(1) });
  if (isQuiet(edge) || amount === 0) return [lower];
  return [lower, shape("path", { d: way, class: "edge flow", "stroke-width": Math.max(1, width / 2.4).toFixed(1) })];
}

function isQuiet(edge) {
  return edge.quiet >= QUIET_AFTER_SECONDS;
}

function rate(edge) {
  const name = (id) => scene.nodes.find((node) => node.id === id)?.name ?? id;
  const label = element("div", "rate", element("span", "unseen", name(edge.from) + " to " + name(edge.to) + ": "));
  if (isHttp(edge)) {
    label.append(element("b", "", figure(edge.requests) + " requests/s"));
  } else {
    label.append(element("b", "", bytes(edge.bytes)), figure(edge.open) + " open · " + figure(edge.opened) + " new/s");
    if (edge.failed > 0) label.append(element("div", "bad", figure(edge.failed) + " refused/s"));
  }
  if (isQuiet(edge)) label.append(element("div", "", "no traffic for " + edge.quiet + " s"));
  return label;
}
