// What can be switched. Every request carries the token that came with the address, which no other site knows.

import { byId, duration, element } from "./dom.js";

const RATES = [0, 1, 5, 20, 50, 100, 200, 500];
const KEPT = "rehearsal-token";

const token = takeToken();
let offer = null;
let service = "";
let rate = 0;
let over = false;

/** The token stays out of the address bar, so that a copied address lets somebody look, not switch. */
function takeToken() {
  if (location.hash.length > 1) {
    sessionStorage.setItem(KEPT, location.hash.slice(1));
    history.replaceState(null, "", location.pathname);
  }
  return sessionStorage.getItem(KEPT);
}

export function showOffer(newOffer, address) {
  offer = newOffer;
  service = address;
  over = false;
  byId("readonly").hidden = !offer || Boolean(token);
  for (const id of ["switches", "load", "sample"]) byId(id).hidden = !offer || !token;
  if (!offer) return;
  const items = offer.outages.map(item);
  byId("mesh-outages").replaceChildren(...items.filter((each) => each.dataset.where === "mesh"));
  byId("wire-outages").replaceChildren(...items.filter((each) => each.dataset.where === "wire"));
  byId("wire").hidden = !items.some((each) => each.dataset.where === "wire");
  showSample();
}

export function showSwitched(inForce, newRate) {
  rate = newRate;
  byId("load-rate").textContent = rate + (rate === 1 ? " write/s" : " writes/s");
  byId("load-down").disabled = over || rate === 0;
  byId("load-up").disabled = over || rate >= (offer?.mostRate ?? 0);
  byId("stop").disabled = over || inForce.length === 0;
  for (const shown of document.querySelectorAll(".outages li")) {
    const on = inForce.includes(shown.dataset.id);
    shown.classList.toggle("in-force", on);
    const button = shown.querySelector("button");
    button.textContent = on ? "End" : "Start";
    button.setAttribute("aria-pressed", String(on));
    button.disabled = over;
    if (on) shown.closest("#wire")?.setAttribute("open", "");
  }
}

export function nothingMoreToSwitch() {
  over = true;
  for (const id of ["switches", "load", "sample"]) {
    for (const button of byId(id).querySelectorAll("button:not(#copy)")) button.disabled = true;
  }
}

function item(outage) {
  const button = element("button", "", "Start");
  button.type = "button";
  button.setAttribute("aria-pressed", "false");
  button.setAttribute("aria-label", "Outage: " + outage.title);
  button.addEventListener("click", () =>
    button.getAttribute("aria-pressed") === "true"
      ? change("outage/stop", {})
      : change("outage/start", { id: outage.id, cut: byId("cut").checked }));
  const shown = element("li", "", element("span", "title", outage.title), button,
    ...outage.explanation.slice(0, 1).map((text) => element("p", "", text)));
  if (outage.explanation.length > 1) {
    shown.append(element("details", "", element("summary", "", "more"), ...outage.explanation.slice(1).map((text) => element("p", "", text))));
  }
  shown.dataset.id = outage.id;
  shown.dataset.where = outage.where;
  return shown;
}

async function change(path, wish) {
  const problem = byId("switch-problem");
  try {
    const answer = await post(path, wish);
    problem.hidden = answer.ok;
    if (!answer.ok) problem.textContent = (await answer.json()).detail;
  } catch {
    problem.hidden = false;
    problem.textContent = "The rehearsal's process does not answer.";
  }
}

function post(path, wish) {
  return fetch(path, {
    method: "POST",
    headers: { "Content-Type": "application/json", "X-Rehearsal-Token": token },
    body: JSON.stringify(wish),
  });
}

function showSample() {
  byId("sample-title").textContent = offer.sample.method + " " + offer.sample.path;
  byId("sample-fields").replaceChildren(...Object.entries(offer.sample.body).map(([name, example]) => {
    const input = element("input");
    input.type = typeof example === "number" ? "number" : "text";
    input.name = name;
    // What is neither a number nor a text is written as JSON has it.
    input.dataset.json = !["number", "string"].includes(typeof example);
    input.value = input.dataset.json === "true" ? JSON.stringify(example) : example;
    input.autocomplete = "off";
    input.addEventListener("input", showCurl);
    return element("label", "", name, input);
  }));
  showCurl();
}

function filledIn() {
  return Object.fromEntries([...byId("sample-fields").querySelectorAll("input")].map((input) => [input.name, value(input)]));
}

function value(input) {
  if (input.type === "number" && input.value !== "") return Number(input.value);
  if (input.dataset.json !== "true") return input.value;
  try {
    return JSON.parse(input.value);
  } catch {
    return input.value;
  }
}

function showCurl() {
  const content = JSON.stringify(filledIn()).replaceAll("'", "'\\''");
  const body = Object.keys(offer.sample.body).length === 0 ? "" : ` -H 'Content-Type: application/json' -d '${content}'`;
  byId("curl").textContent = `curl -i -X ${offer.sample.method}${body} ${new URL(offer.sample.path, service)}`;
}

async function send(event) {
  event.preventDefault();
  const [title, text] = [byId("sample-answer").querySelector("h3"), byId("sample-answer").querySelector("pre")];
  byId("sample-answer").hidden = false;
  title.textContent = "waiting for an answer";
  text.textContent = "";
  try {
    const answer = await (await post("sample", filledIn())).json();
    title.textContent = answer.status === undefined ? "It was not sent" : (answer.status || "No answer") + " after " + duration(answer.millis);
    text.textContent = answer.detail ?? [...answer.headers, "", pretty(answer.body)].join("\n").trim();
  } catch {
    title.textContent = "The rehearsal's process does not answer";
  }
}

function pretty(text) {
  try {
    return JSON.stringify(JSON.parse(text), null, 2);
  } catch {
    return text;
  }
}

const step = (up) => () => change("load", { rate: up
  ? RATES.find((each) => each > rate) ?? rate
  : RATES.filter((each) => each < rate).pop() ?? 0 });
byId("load-up").addEventListener("click", step(true));
byId("load-down").addEventListener("click", step(false));
byId("stop").addEventListener("click", () => change("outage/stop", {}));
byId("sample-form").addEventListener("submit", send);
byId("copy").addEventListener("click", () => navigator.clipboard.writeText(byId("curl").textContent));
