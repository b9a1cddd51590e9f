// Follows the rehearsal's events, and hands each to the part of the page that shows it.

import { byId, element } from "./dom.js";
import { showGraph } from "./graph.js";
import { addLines, resetLog } from "./log.js";
import { nothingMoreToSwitch, showOffer, showSwitched } from "./switches.js";
import { addMoment, addSlices, drawTimeline, resetTimeline } from "./timeline.js";

const GONE_AFTER = 5000;
const TRY_AGAIN_AFTER = 3000;
const MOST_LINES = 200;

let source = null;
let over = false;
let lastHeard = Date.now();
let ahead = 0;
let drained = null;
let outages = new Map();

function connect() {
  source = new EventSource("events");
  const on = (name, show) => source.addEventListener(name, (event) => {
    lastHeard = Date.now();
    show(JSON.parse(event.data));
  });
  source.addEventListener("open", () => connection("live", "live"));
  source.addEventListener("error", lost);
  on("snapshot", snapshot);
  on("tick", tick);
  on("run", showRun);
  on("moment", (moment) => {
    addMoment(moment);
    byId("moment-said").textContent = [moment.text, moment.detail].filter(Boolean).join(": ");
    drawTimeline(Date.now() + ahead);
  });
  on("log", addLines);
  on("says", say);
  on("row", addRow);
  on("end", end);
}

function connection(state, text) {
  const pill = byId("connection");
  pill.className = "pill " + state;
  if (pill.textContent !== text) pill.textContent = text;
}

/** The browser tries again by itself, but for an answer that is no stream. */
function lost() {
  if (over) return;
  const long = Date.now() - lastHeard > GONE_AFTER;
  connection(long ? "gone" : "", long ? "no answer: the process has ended, or is out of reach" : "connecting again");
  if (source.readyState === EventSource.CLOSED) {
    setTimeout(connect, TRY_AGAIN_AFTER);
  }
}

function snapshot(all) {
  byId("title").textContent = document.title = all.title;
  byId("subject").textContent = all.subject ? `${all.subject.service} at ${all.subject.address}, its database ${all.subject.host}` : "";
  byId("starting").hidden = Boolean(all.subject) || all.rows.length > 0 || Boolean(all.ending);
  for (const section of document.querySelectorAll(".needs-system")) section.hidden = !all.subject && !all.ending;
  outages = new Map((all.offer?.outages ?? []).map((outage) => [outage.id, outage]));
  byId("says").replaceChildren();
  all.says.forEach(say);
  byId("rows").querySelector("ol").replaceChildren();
  all.rows.forEach(addRow);
  showOffer(all.offer, all.subject?.address);
  resetTimeline(all.outcomes, all.moments);
  resetLog(all.log);
  showRun(all.tick.run);
  tick(all.tick);
  if (all.ending) end(all.ending);
}

function tick(now) {
  ahead = now.now - Date.now();
  drained = now.drained;
  const faults = now.inForce.map((id) => outages.get(id)).filter((outage) => outage?.where === "wire");
  showGraph(now.scene, faults.map((fault) => fault.title));
  addSlices(now.slices, now.now);
  drawTimeline(now.now);
  showSwitched(now.inForce, now.rate);
  showRun(now.run);
  countDown();
}

function countDown() {
  const left = drained === null ? 0 : drained - Date.now() - ahead;
  const shown = byId("drain");
  shown.hidden = left <= 0;
  if (left > 0) shown.textContent = `open connections live ${(left / 1000).toFixed(1)} s more`;
}

function showRun(run) {
  byId("run").hidden = !run.phase && !run.step;
  byId("run-title").textContent = [run.step, run.phase].filter(Boolean).join(": ");
  const progress = byId("run-progress");
  if (run.planned > 0) {
    progress.max = run.planned;
    progress.value = Math.min(run.planned, Date.now() + ahead - run.began);
  } else {
    progress.removeAttribute("value");
  }
  for (const [id, count] of [["acknowledged", run.acknowledged], ["failed", run.failed], ["unknown", run.unknown], ["flight", run.inFlight]]) {
    byId("count-" + id).textContent = count.toLocaleString("en");
  }
}

function say(line) {
  append(byId("says"), line);
}

function addRow(line) {
  byId("rows").hidden = false;
  append(byId("rows").querySelector("ol"), line);
}

function append(list, line) {
  list.append(element("li", "", line));
  if (list.children.length > MOST_LINES) list.firstChild.remove();
}

function end(ending) {
  over = true;
  source.close();
  connection("gone", "ended");
  drained = null;
  countDown();
  nothingMoreToSwitch();
  byId("starting").hidden = true;
  byId("run").hidden = true;
  byId("verdict").className = ending.state;
  byId("verdict").hidden = false;
  byId("verdict-title").textContent = ending.headline;
  byId("remarks").replaceChildren(...ending.remarks.map((remark) => element("li", "", remark)));
  byId("claims").hidden = ending.checks.length === 0;
  const mark = { held: "✓ ", broken: "✗ ", open: "– " };
  byId("claims").querySelector("tbody").replaceChildren(...ending.checks.map((check) => element("tr", "",
    element("td", "", mark[check.state] + check.claim), element("td", "", check.observed), element("td", "muted", check.tolerance))));
  if (ending.report) keepReport(ending);
  byId("verdict").focus();
}

/** Kept by the browser, so that it can be read when the process has gone; a page cannot link to a file. */
function keepReport(ending) {
  const [link, place] = [byId("report").querySelector("a"), byId("report").querySelector("span")];
  link.href = URL.createObjectURL(new Blob([ending.report], { type: "text/html" }));
  place.textContent = "or later: " + ending.file;
  byId("report").hidden = false;
}

setInterval(countDown, 100);
connect();
