import { el } from "./dom.js";

const TINTS = 7;

/** One of the tints of `colours.css`, always the same for the same id. */
export const tintOf = (id) => `tint-${Math.abs(id) % TINTS}`;

/** The round picture of a person or chat: its initials; the bot's own mark for the bot. */
export function avatar({ id, name, isBot = false }) {
  if (isBot) return el("span.avatar.mark", { "aria-hidden": "true" });
  return el(`span.avatar.${tintOf(id)}`, { "aria-hidden": "true" }, initials(name));
}

function initials(name) {
  const words = name.split(/\s+/).filter(Boolean);
  return [words[0], words.length > 1 ? words.at(-1) : ""]
    .map((word) => [...word][0] ?? "")
    .join("")
    .toUpperCase();
}
