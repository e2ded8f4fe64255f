import { el, icon } from "./dom.js";

/** Signs that the bot's buttons and answers carry, and the icons that stand for them where no font has them. */
const ICONS = {
  "👍": "thumb",
  "👎": "thumb.turned",
  "📌": "pin",
  "🔔": "bell",
  "👤": "person",
  "📨": "mail",
  "🚫": "forbidden",
  "🗑": "trash",
  "⏸": "pause",
  "▶": "play",
};
const SIGNS = new RegExp(`(${Object.keys(ICONS).join("|")})\\uFE0F?`, "u");
const NOWHERE = "\u{10FFFE}"; // no font has it: what it looks like is what is missing looks like

let missing = null; // whether the fonts here have none of them; found out when first asked

/** The text, in which the signs that no font here has are drawn as icons. */
export function drawn(text) {
  missing ??= looks("👍") === looks(NOWHERE) || looks("👍") === looks(" ");
  if (!missing) return text;
  return text.split(SIGNS).map((part) => (part in ICONS ? sign(part) : part));
}

function sign(emoji) {
  const [name, ...classes] = ICONS[emoji].split(".");
  return el(["span", "sign", ...classes].join("."), { role: "img", "aria-label": emoji }, icon(name));
}

/** The pixels of a sign. */
function looks(text) {
  const canvas = el("canvas", { width: 24, height: 24 });
  const context = canvas.getContext("2d", { willReadFrequently: true });
  context.font = "18px sans-serif";
  context.textBaseline = "top";
  context.fillText(text, 2, 2);
  return String(context.getImageData(0, 0, 24, 24).data);
}
