import { el } from "./dom.js";

/** A value as JSON, coloured: strings that hold JSON themselves, as forms carry objects, are shown opened. */
export function json(value) {
  return el("pre.json", { tabindex: 0 }, lines(opened(value), ""));
}

function opened(value) {
  if (typeof value === "string" && /^[[{]/.test(value)) {
    try {
      return opened(JSON.parse(value));
    } catch {
      return value;
    }
  }
  if (Array.isArray(value)) return value.map(opened);
  if (value === null || typeof value !== "object") return value;
  return Object.fromEntries(Object.entries(value).map(([key, each]) => [key, opened(each)]));
}

function lines(value, indent) {
  if (value === null || typeof value !== "object") {
    return [el(`span.${typeof value === "string" ? "text" : "number"}`, {}, JSON.stringify(value))];
  }
  const isList = Array.isArray(value);
  const entries = Object.entries(value);
  const [open, close] = isList ? "[]" : "{}";
  if (!entries.length) return [open + close];
  const deeper = `${indent}  `;
  const inner = entries.flatMap(([key, each], at) => [
    `${at ? "," : ""}\n${deeper}`,
    ...(isList ? [] : [el("span.key", {}, JSON.stringify(key)), ": "]),
    ...lines(each, deeper),
  ]);
  return [open, ...inner, `\n${indent}${close}`];
}
