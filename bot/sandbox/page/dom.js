/**
 * An element: `el("button.link", { type: "button", onclick }, "text", child)`. Attributes and children that are null,
 * undefined or false are left out. Text only ever becomes text nodes.
 */
export function el(what, attributes = {}, ...children) {
  const [tag, ...classes] = what.split(".");
  const node = document.createElement(tag || "div");
  if (classes.length) node.className = classes.join(" ");
  for (const [name, value] of Object.entries(attributes)) {
    if (value === null || value === undefined || value === false) continue;
    if (name.startsWith("on")) node.addEventListener(name.slice(2), value);
    else node.setAttribute(name, value === true ? "" : value);
  }
  node.append(...present(children));
  return node;
}

/** Puts these in the place of all that the node holds; the focus stays on what stands where it was. */
export function fill(node, ...children) {
  const at = focusable(node).indexOf(document.activeElement);
  node.replaceChildren(...present(children));
  if (at >= 0) focusable(node)[at]?.focus({ preventScroll: true });
  return node;
}

/** The controls in a node, in order. */
export const focusable = (node) => [...(node?.querySelectorAll("button, a[href]") ?? [])];

function present(children) {
  return children.flat(3).filter((child) => child !== null && child !== undefined && child !== false);
}

const SVG = "http://www.w3.org/2000/svg";
const PATHS = {
  thumb: "M2 21h4V10H2zm20-10a2 2 0 0 0-2-2h-6l1-4.500v-.300c0-.400-.200-.800-.400-1L13.500 2 7.600 8c-.400.300-.600.800-.600 1.400V19a2 2 0 0 0 2 2h9c.800 0 1.500-.500 1.800-1.200l3-7c.1-.300.2-.500.2-.800z",
  play: "M8 5v14l11-7z",
  pin: "M16 9V4h1V2H7v2h1v5a3 3 0 0 1-3 3v2h6v7l1 1 1-1v-7h6v-2a3 3 0 0 1-3-3z",
  person: "M12 12a4 4 0 1 0 0-8 4 4 0 0 0 0 8zm0 2c-2.700 0-8 1.300-8 4v2h16v-2c0-2.700-5.300-4-8-4z",
  pause: "M6 5h4v14H6zm8 0h4v14h-4z",
  mail: "M20 4H4a2 2 0 0 0-2 2v12a2 2 0 0 0 2 2h16a2 2 0 0 0 2-2V6a2 2 0 0 0-2-2zm0 4-8 5-8-5V6l8 5 8-5z",
  forbidden: "M12 2a10 10 0 1 0 0 20 10 10 0 0 0 0-20zM4 12a8 8 0 0 1 12.900-6.300L5.700 16.900A8 8 0 0 1 4 12zm8 8a8 8 0 0 1-4.900-1.700L18.300 7.100A8 8 0 0 1 12 20z",
  bell: "M12 22a2 2 0 0 0 2-2h-4a2 2 0 0 0 2 2zm6-6v-5a6 6 0 0 0-4.500-5.800V4a1.500 1.500 0 0 0-3 0v1.200A6 6 0 0 0 6 11v5l-2 2v1h16v-1z",
  back: "M20 11H7.800l5.6-5.600L12 4l-8 8 8 8 1.4-1.400L7.8 13H20z",
  bulb: "M9 21h6v-1.500H9zm3-19a7 7 0 0 0-4 12.700V17h8v-2.300A7 7 0 0 0 12 2zm2.8 11.5-.8.600V15h-4v-.900l-.8-.600a5 5 0 1 1 5.6 0z",
  check: "M9.5 17.3 4.2 12l1.4-1.4 3.9 3.9 8.9-8.9L19.8 7z",
  close: "m18.3 7.1-1.4-1.4-4.9 4.9-4.9-4.9-1.4 1.4 4.9 4.9-4.9 4.9 1.4 1.4 4.9-4.9 4.9 4.9 1.4-1.4-4.9-4.900z",
  copy: "M16 2H5a2 2 0 0 0-2 2v12h2V4h11zm3 4H9a2 2 0 0 0-2 2v12a2 2 0 0 0 2 2h10a2 2 0 0 0 2-2V8a2 2 0 0 0-2-2zm0 14H9V8h10z",
  down: "M12 15.4 6.6 10 8 8.600l4 4 4-4 1.4 1.400z",
  edit: "M4 16.500V20h3.500L18 9.5 14.5 6zM20.7 6.800a1 1 0 0 0 0-1.400l-2.1-2.100a1 1 0 0 0-1.4 0L15.6 4.900l3.5 3.500z",
  eye: "M12 5C7 5 2.7 8.100 1 12.500 2.7 16.900 7 20 12 20s9.3-3.100 11-7.500C21.3 8.100 17 5 12 5zm0 12.500a5 5 0 1 1 0-10 5 5 0 0 1 0 10zm0-8a3 3 0 1 0 0 6 3 3 0 0 0 0-6z",
  file: "M6 2a2 2 0 0 0-2 2v16c0 1.1.9 2 2 2h12a2 2 0 0 0 2-2V8l-6-6zm7 7V3.500L18.5 9z",
  inspect: "M9.4 16.6 4.8 12l4.6-4.6L8 6l-6 6 6 6zm5.2 0 4.6-4.6-4.6-4.6L16 6l6 6-6 6z",
  menu: "M4 6h16v2H4zm0 5h16v2H4zm0 5h16v2H4z",
  more: "M12 8a2 2 0 1 0 0-4 2 2 0 0 0 0 4zm0 2a2 2 0 1 0 0 4 2 2 0 0 0 0-4zm0 6a2 2 0 1 0 0 4 2 2 0 0 0 0-4z",
  attach:
    "M16.5 6v11.500a4 4 0 0 1-8 0V5a2.5 2.5 0 0 1 5 0v10.500a1 1 0 0 1-2 0V6H10v9.500a2.5 2.5 0 0 0 5 0V5a4 4 0 0 0-8 0v12.500a5.5 5.5 0 0 0 11 0V6z",
  open: "M14 4v2h2.600l-9.3 9.3 1.4 1.400L18 7.400V10h2V4zM5 6h5V4H5a2 2 0 0 0-2 2v13c0 1.1.9 2 2 2h13a2 2 0 0 0 2-2v-5h-2v5H5z",
  reply: "M10 9V5l-7 7 7 7v-4.100c5 0 8.5 1.6 11 5.1-1-5-4-10-11-11z",
  send: "m2.4 21 19.6-9L2.4 3 2 10l14 2-14 2z",
  slash: "M7 21h2.300L17 3h-2.300z",
  topic: "M4 4h16a1 1 0 0 1 1 1v11a1 1 0 0 1-1 1H9l-5 4V5a1 1 0 0 1 0-1zm3 4v2h10V8zm0 4v2h7v-2z",
  trash: "M6 19a2 2 0 0 0 2 2h8a2 2 0 0 0 2-2V7H6zM19 4h-3.500l-1-1h-5l-1 1H5v2h14z",
};

/** One of the icons above, for the eye only: what carries it has a name of its own. */
export function icon(name) {
  const svg = document.createElementNS(SVG, "svg");
  svg.setAttribute("viewBox", "0 0 24 24");
  svg.setAttribute("class", `icon icon-${name}`);
  svg.setAttribute("aria-hidden", "true");
  const path = document.createElementNS(SVG, "path");
  path.setAttribute("d", PATHS[name]);
  svg.append(path);
  return svg;
}

/** A button that shows an icon only; `label` is what it is called. */
export function iconButton(name, label, onclick, attributes = {}) {
  return el("button.round", { type: "button", "aria-label": label, title: label, onclick, ...attributes }, icon(name));
}
