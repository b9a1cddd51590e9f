// The service graph. Nodes and rates are text in the page; the lines between them are drawn beneath.

import { byId, bytes, element, figure, shape } from "./dom.js";

const QUIET_AFTER_SECONDS = 3;
const RANKS = { CALLERS: 0, SERVICE: 1, DATABASE: 2, DIVERSION: 2 };

const graph = byId("graph");
const lines = shape("svg", { "aria-hidden": "true" });
const ranks = ["", " services", " targets"].map((which) => element("div", "rank" + which));
const drawn = new Map();
let scene = null;
let faults = [];
let shownRule = null;

graph.append(lines, ...ranks);
new ResizeObserver(() => drawLines()).observe(graph);

export function showGraph(newScene, wireFaults) {
  byId("graph-problem").hidden = !newScene?.problem;
  byId("graph-problem").textContent = newScene?.problem ?? "";
  if (!newScene || newScene.problem) return;
  scene = newScene;
  faults = wireFaults;
  showNodes();
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
      shown.replaceChildren(element("span", "name", ...breakable(node.name)), element("span", "note", note(node)));
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
  for (const button of graph.querySelectorAll(".badge")) button.setAttribute("aria-expanded", String(Boolean(ruled)));
  if (!ruled || panel.dataset.text === ruled.text) return;
  panel.dataset.text = ruled.text;
  panel.querySelector("h3").textContent = ruled.rule;
  const [sentence, source] = panel.querySelectorAll("p");
  sentence.textContent = ruled.sentence;
  source.textContent = "applied from " + ruled.source;
  panel.querySelector("pre").textContent = ruled.text;
}

function drawLines() {
  if (!scene) return;
  const home = graph.getBoundingClientRect();
  const upright = ranks[0].getBoundingClientRect().bottom <= ranks[1].getBoundingClientRect().top;
  const rates = [];
  lines.replaceChildren();
  for (const edge of scene.edges) {
    const from = drawn.get(edge.from)?.getBoundingClientRect();
    const to = drawn.get(edge.to)?.getBoundingClientRect();
    if (!from || !to) continue;
    const way = upright ? downwards(from, to, home) : sidewards(from, to, home);
    lines.append(...line(edge, way));
    rates.push(rate(edge, way));
  }
  for (const old of graph.querySelectorAll(".rate")) old.remove();
  graph.append(...rates);
}

function sidewards(from, to, home) {
  const [x1, y1] = [from.right - home.left, from.top + from.height / 2 - home.top];
  const [x2, y2] = [to.left - home.left, to.top + to.height / 2 - home.top];
  const middle = (x1 + x2) / 2;
  return { path: `M${x1},${y1} C${middle},${y1} ${middle},${y2} ${x2},${y2}`, x: middle, y: y1 + (y2 - y1) * 0.6 - (Math.abs(y2 - y1) < 8 ? 30 : 0) };
}

function downwards(from, to, home) {
  const [x1, y1] = [from.left + from.width / 2 - home.left, from.bottom - home.top];
  const [x2, y2] = [to.left + to.width / 2 - home.left, to.top - home.top];
  const middle = (y1 + y2) / 2;
  return { path: `M${x1},${y1} C${x1},${middle} ${x2},${middle} ${x2},${y2}`, x: x1 + (x2 - x1) * 0.8, y: y1 + (y2 - y1) * 0.56 };
}

function line(edge, way) {
  const isHttp = edge.open === null && edge.bytes === null;
  const amount = isHttp ? (edge.requests ?? 0) * 300 : (edge.bytes ?? 0) + (edge.failed ?? 0) * 100;
  const width = Math.min(11, 1.5 + 1.7 * Math.log10(1 + amount / 20));
  const target = scene.nodes.find((node) => node.id === edge.to);
  const state = isQuiet(edge) ? " quiet" : isHttp ? " http" : target.kind === "DIVERSION" ? " diverted" : "";
  const lower = shape("path", { d: way.path, class: "edge" + state, "stroke-width": width.toFixed(1) });
  if (isQuiet(edge) || amount === 0) return [lower];
  return [lower, shape("path", { d: way.path, class: "edge flow", "stroke-width": Math.max(1, width / 2.4).toFixed(1) })];
}

function isQuiet(edge) {
  return edge.quiet >= QUIET_AFTER_SECONDS;
}

function rate(edge, way) {
  const name = (id) => scene.nodes.find((node) => node.id === id)?.name ?? id;
  const label = element("div", "rate", element("span", "unseen", name(edge.from) + " to " + name(edge.to) + ": "));
  if (edge.open === null && edge.bytes === null) {
    label.append(element("b", "", figure(edge.requests) + " requests/s"));
  } else {
    label.append(element("b", "", bytes(edge.bytes)), figure(edge.open) + " open · " + figure(edge.opened) + " new/s");
    if (edge.failed > 0) label.append(element("div", "bad", figure(edge.failed) + " refused/s"));
  }
  if (isQuiet(edge)) label.append(element("div", "", "no traffic for " + edge.quiet + " s"));
  label.style.left = way.x + "px";
  label.style.top = way.y + "px";
  return label;
}
