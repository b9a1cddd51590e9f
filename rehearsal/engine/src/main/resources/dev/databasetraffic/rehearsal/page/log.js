// The service's log. Its lines are data: they are shown as text, whatever stands in them.

import { byId, element } from "./dom.js";

const MOST = 500;
const FAILURE = /🚫|\b(ERROR|FATAL|SEVERE|Exception)\b/;
const SUCCESS = /✅/;

const log = byId("log");
const filter = byId("log-filter");
const failuresOnly = byId("log-failures");
const pause = byId("log-pause");
let lines = [];
let paused = false;

export function resetLog(newLines) {
  lines = newLines.slice(-MOST);
  if (!paused) showAll();
}

export function addLines(newLines) {
  lines = lines.concat(newLines).slice(-MOST);
  if (paused) {
    pause.textContent = "Go on";
    return;
  }
  const atEnd = log.scrollHeight - log.scrollTop - log.clientHeight < 40;
  log.append(...newLines.filter(isShown).map(shown));
  while (log.children.length > MOST) log.firstChild.remove();
  if (atEnd) log.scrollTop = log.scrollHeight;
}

function isShown(line) {
  return (!failuresOnly.checked || FAILURE.test(line)) && line.toLowerCase().includes(filter.value.toLowerCase());
}

function shown(line) {
  return element("p", FAILURE.test(line) ? "bad" : SUCCESS.test(line) ? "good" : "", line);
}

function showAll() {
  log.replaceChildren(...lines.filter(isShown).map(shown));
  log.scrollTop = log.scrollHeight;
}

filter.addEventListener("input", showAll);
failuresOnly.addEventListener("change", showAll);
pause.addEventListener("click", () => {
  paused = !paused;
  pause.setAttribute("aria-pressed", String(paused));
  pause.textContent = paused ? "Go on" : "Pause";
  if (!paused) showAll();
});
