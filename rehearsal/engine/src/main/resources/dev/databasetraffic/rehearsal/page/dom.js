// Whatever comes from the service or the mesh is set as text and never as markup.

export const byId = (id) => document.getElementById(id);

/** An element with a class and texts or elements in it. */
export function element(name, className = "", ...content) {
  const made = document.createElement(name);
  if (className) made.className = className;
  made.append(...content);
  return made;
}

/** An element of SVG. */
export function shape(name, attributes, text) {
  const made = document.createElementNS("http://www.w3.org/2000/svg", name);
  for (const [key, value] of Object.entries(attributes)) made.setAttribute(key, value);
  if (text !== undefined) made.textContent = text;
  return made;
}

export function clock(millis) {
  return new Date(millis).toLocaleTimeString([], { hour: "2-digit", minute: "2-digit", second: "2-digit", hour12: false });
}

/** A figure for a reader; one that nobody knows is a dash. */
export function figure(value) {
  if (value === null || value === undefined) return "–";
  return value < 10 && value % 1 !== 0 ? value.toFixed(1) : Math.round(value).toLocaleString("en");
}

export function bytes(perSecond) {
  if (perSecond === null) return "– B/s";
  if (perSecond < 1000) return Math.round(perSecond) + " B/s";
  const kilo = perSecond / 1000;
  return kilo < 1000 ? figure(kilo) + " kB/s" : figure(kilo / 1000) + " MB/s";
}

export function duration(millis) {
  if (millis < 9.95) return millis.toFixed(1) + " ms";
  return millis < 999.5 ? Math.round(millis) + " ms" : (millis / 1000).toFixed(millis < 9950 ? 1 : 0) + " s";
}
