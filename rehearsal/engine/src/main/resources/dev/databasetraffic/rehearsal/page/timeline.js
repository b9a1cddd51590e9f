// The last minutes of writes: how many a second by what became of them, and how long their callers waited.

import { byId, clock, duration, element, figure, shape } from "./dom.js";

const SECONDS = 180;
const MOST_MOMENTS = 40;
const COUNTS = { top: 22, height: 130 };
const LATENCY = { top: 176, height: 84 };
const RIGHT = 8;
const BALL = 18; // from one number of a moment to the next
const LEFT = 48;
const LATENCIES = [1, 10, 100, 1000, 10000, 100000];

const picture = byId("timeline");
const slices = new Map();
let moments = [];
let outcomes = [];

new ResizeObserver(() => drawTimeline(lastNow)).observe(picture);
let lastNow = Date.now();

export function resetTimeline(names, allMoments) {
  outcomes = names;
  slices.clear();
  moments = [];
  byId("moments").replaceChildren();
  byId("no-moments").hidden = false;
  byId("legend").replaceChildren(
    ...names.map((name, index) => element("li", "", element("span", "outcome-" + index), name)));
  allMoments.forEach(addMoment);
}

export function addSlices(added, now) {
  for (const slice of added) slices.set(slice.at, slice);
  for (const at of slices.keys()) {
    if (at < now / 1000 - SECONDS - 5) slices.delete(at);
  }
}

export function addMoment(moment) {
  // It may have come with the snapshot before.
  if (moments.some((each) => each.id === moment.id)) return;
  moments.push(moment);
  moments.sort((one, other) => one.at - other.at);
  moments = moments.slice(-MOST_MOMENTS);
  let number = 0;
  for (const each of moments) each.number = each.kind === "note" ? null : ++number;
  byId("no-moments").hidden = true;
  byId("moments").replaceChildren(...moments.map(item).reverse());
}

function item(moment) {
  const shown = element("li", moment.kind);
  if (moment.number) shown.append(element("span", "number", String(moment.number)), element("time", "", clock(moment.at)));
  shown.append(element("span", "what", moment.text));
  if (moment.detail) shown.append(element("span", "detail", moment.detail));
  return shown;
}

export function drawTimeline(now) {
  lastNow = now;
  const width = picture.clientWidth;
  byId("no-writes").hidden = slices.size > 0;
  if (width === 0) return;
  const end = Math.floor(now / 1000);
  const step = (width - LEFT - RIGHT) / SECONDS;
  const x = (seconds) => LEFT + (seconds - (end - SECONDS)) * step;
  const shown = [...slices.values()].filter((slice) => slice.at >= end - SECONDS);
  picture.replaceChildren(...shades(end, x), ...axes(width, end, x), ...bars(shown, x, step), ...latencies(shown, x, step), ...marks(end, x));
  picture.setAttribute("aria-label", inWords(shown, end));
}

function shades(end, x) {
  const drawn = [];
  let begin = null;
  const upTo = (until) => {
    const from = Math.max(end - SECONDS, begin);
    if (until > from) drawn.push(shape("rect", { class: "shade", x: x(from), y: COUNTS.top, width: x(until) - x(from), height: LATENCY.top + LATENCY.height - COUNTS.top }));
  };
  for (const moment of moments) {
    if (moment.kind === "applied" && begin === null) begin = moment.at / 1000;
    if (moment.kind === "removed" && begin !== null) {
      upTo(Math.min(end, moment.at / 1000));
      begin = null;
    }
  }
  if (begin !== null) upTo(end);
  return drawn;
}

function most(shown) {
  const highest = Math.max(5, ...shown.map((slice) => slice.counts.reduce((sum, count) => sum + count, 0)));
  const digits = 10 ** Math.floor(Math.log10(highest));
  return [1, 2, 5, 10].map((factor) => factor * digits).find((limit) => limit >= highest);
}

function latencyY(millis) {
  const share = Math.log10(Math.max(1, millis)) / Math.log10(LATENCIES[LATENCIES.length - 1]);
  return LATENCY.top + LATENCY.height * (1 - Math.min(1, share));
}

function axes(width, end, x) {
  const drawn = [
    shape("text", { x: LEFT, y: 12 }, "writes per second"),
    shape("text", { x: LEFT, y: LATENCY.top - 8 }, "waited: median, 99th percentile, slowest failure"),
  ];
  const limit = most([...slices.values()]);
  for (const value of [0, limit / 2, limit]) {
    const y = COUNTS.top + COUNTS.height * (1 - value / limit);
    drawn.push(shape("line", { class: "grid", x1: LEFT, x2: width - RIGHT, y1: y, y2: y }), shape("text", { class: "end", x: LEFT - 6, y: y + 4 }, figure(value)));
  }
  for (const millis of [1, 100, 10000]) {
    const y = latencyY(millis);
    drawn.push(shape("line", { class: "grid", x1: LEFT, x2: width - RIGHT, y1: y, y2: y }), shape("text", { class: "end", x: LEFT - 6, y: y + 4 }, millis < 1000 ? millis + " ms" : millis / 1000 + " s"));
  }
  const every = width < 500 ? 60 : 30;
  for (let at = Math.ceil((end - SECONDS) / every) * every; at <= end; at += every) {
    if (x(at) > LEFT + 20 && x(at) < width - 32) drawn.push(shape("text", { class: "middle", x: x(at), y: LATENCY.top + LATENCY.height + 18 }, clock(at * 1000)));
  }
  return drawn;
}

function bars(shown, x, step) {
  const limit = most([...slices.values()]);
  const paths = outcomes.map(() => "");
  for (const slice of shown) {
    let below = 0;
    slice.counts.forEach((count, outcome) => {
      if (count === 0) return;
      const height = (COUNTS.height * count) / limit;
      const y = COUNTS.top + COUNTS.height - (COUNTS.height * below) / limit - height;
      paths[outcome] += `M${x(slice.at).toFixed(1)},${y.toFixed(1)}h${(step * 0.86).toFixed(2)}v${height.toFixed(1)}h${(-step * 0.86).toFixed(2)}z`;
      below += count;
    });
  }
  return paths.map((d, outcome) => shape("path", { d, class: "outcome-" + outcome })).filter((path) => path.getAttribute("d"));
}

function latencies(shown, x, step) {
  let line = "";
  let last = -1;
  const dots = [];
  for (const slice of shown) {
    const at = x(slice.at) + step / 2;
    if (slice.p50 !== null) {
      line += (slice.at === last + 1 ? "L" : "M") + `${at.toFixed(1)},${latencyY(slice.p50).toFixed(1)}h0.1`;
      last = slice.at;
      dots.push(shape("circle", { class: "p99", cx: at, cy: latencyY(slice.p99), r: 1.4 }));
    }
    if (slice.failed !== null) dots.push(shape("circle", { class: "slowest", cx: at, cy: latencyY(slice.failed), r: 2 }));
  }
  return [...dots, shape("path", { d: line, class: "p50" })];
}

function marks(end, x) {
  const drawn = [];
  const shown = moments.filter((each) => each.number && each.at / 1000 >= end - SECONDS);
  let free = -100;
  for (const [index, moment] of shown.entries()) {
    const at = x(moment.at / 1000);
    // Beside the one before, and with room for those that follow.
    const ball = Math.min(Math.max(at, free), x(end) - BALL * (shown.length - 1 - index));
    free = ball + BALL;
    drawn.push(
      shape("line", { class: "moment", x1: at, x2: at, y1: COUNTS.top, y2: LATENCY.top + LATENCY.height }),
      shape("circle", { class: "ball", cx: ball, cy: COUNTS.top - 6, r: 8 }),
      shape("text", { class: "number", x: ball, y: COUNTS.top - 2.5 }, String(moment.number)));
  }
  return drawn;
}

function inWords(shown, end) {
  const last = shown[shown.length - 1];
  if (!last) return "No writes in the last three minutes.";
  // The second before this one is the last that is full.
  if (last.at < end - 2) return "No write has ended for " + (end - last.at - 1) + " s.";
  const counts = outcomes.map((name, index) => [name, last.counts[index]]).filter(([, count]) => count > 0);
  return "Writes in the last full second: " + counts.map(([name, count]) => count + " " + name).join(", ") +
    (last.p50 === null ? "." : "; median wait " + duration(last.p50) + ".");
}
