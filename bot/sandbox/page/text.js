import { el, icon } from "./dom.js";
import { drawn } from "./emoji.js";
import { dayOf, say } from "./words.js";

/**
 * A text with its entities, as nodes. Offsets count UTF-16 units, as JavaScript's strings do. `follow` does what a tap
 * on a command, a mention or an address does: `follow("bot_command", "/help")`.
 */
export function rendered(text, entities, follow) {
  const inOrder = [...(entities ?? [])].sort((a, b) => a.offset - b.offset || b.length - a.length);
  return nodes(text, 0, text.length, inOrder, follow);
}

const BLOCKS = new Set(["blockquote", "expandable_blockquote", "pre"]);

function nodes(text, start, end, entities, follow) {
  const made = [];
  const waiting = [...entities];
  let at = start;
  while (waiting.length) {
    const entity = waiting.shift();
    const from = Math.max(entity.offset, at);
    const to = Math.min(entity.offset + entity.length, end);
    if (to <= from) continue;
    const isBlock = BLOCKS.has(entity.type);
    if (from > at) made.push(isBlock ? withoutLastBreak(text.slice(at, from)) : text.slice(at, from));
    const inside = waiting.filter((other) => other.offset < to);
    made.push(wrapped(entity, text.slice(from, to), nodes(text, from, to, inside, follow), follow));
    at = isBlock && text[to] === "\n" ? to + 1 : to; // a block ends its line by itself
  }
  if (at < end) made.push(text.slice(at, end));
  return made.filter((node) => node !== "").flatMap((node) => (typeof node === "string" ? drawn(node) : node));
}

const withoutLastBreak = (text) => (text.endsWith("\n") ? text.slice(0, -1) : text);

/** A day that Telegram's apps put into a calendar at a tap. */
export function moment(seconds, inner) {
  const at = new Date(1000 * seconds);
  return el("time.moment", { datetime: at.toISOString().slice(0, 10), title: dayOf(seconds) }, inner);
}

const TAGS = { bold: "strong", italic: "em", underline: "u", strikethrough: "s", code: "code", pre: "pre" };

function wrapped(entity, text, inner, follow) {
  switch (entity.type) {
    case "blockquote":
      return el("blockquote", {}, inner);
    case "expandable_blockquote":
      return expandable(inner);
    case "text_link":
      return link(entity.url, inner, follow);
    case "url":
      return link(/^https?:/i.test(text) ? text : `https://${text}`, inner, follow);
    case "spoiler":
      return spoiler(inner);
    case "bot_command":
    case "mention":
      return el("button.link", { type: "button", onclick: () => follow(entity.type, text) }, inner);
    case "date_time":
      return moment(entity.unix_time, inner);
    case "hashtag":
    case "text_mention":
      return el("span.link", {}, inner);
    default:
      return entity.type in TAGS ? el(TAGS[entity.type], {}, inner) : el("span", {}, inner);
  }
}

/** A link that opens beside the page; one that isn't of the web is shown as text only. */
export function link(address, inner, follow) {
  if (!/^https?:\/\//i.test(address)) return el("span", {}, inner);
  const onclick = (pressed) => {
    if (pressed.button !== 0 || pressed.ctrlKey || pressed.metaKey) return;
    pressed.preventDefault();
    follow("url", address);
  };
  return el("a", { href: address, target: "_blank", rel: "noopener noreferrer", onclick }, inner);
}

export function spoiler(inner) {
  const hidden = el("span.spoiler", { role: "button", tabindex: 0, "aria-label": say("reveal") }, inner);
  const reveal = () => {
    hidden.classList.add("revealed");
    for (const name of ["role", "tabindex", "aria-label"]) hidden.removeAttribute(name);
  };
  hidden.addEventListener("click", reveal);
  hidden.addEventListener("keydown", (event) => event.key === "Enter" && reveal());
  return hidden;
}

/** A quote that shows its first lines until it is opened; one that is short has nothing to open. */
function expandable(inner) {
  const words = el("span");
  const button = el("button.expand", { type: "button", "aria-expanded": "false" }, words, icon("down"));
  const quoted = el(".quoted", {}, inner);
  const quote = el("blockquote.expandable", {}, quoted, button);
  const show = (open) => {
    quote.classList.toggle("open", open);
    button.setAttribute("aria-expanded", open);
    words.textContent = say(open ? "collapse" : "expand");
  };
  button.addEventListener("click", () => show(!quote.classList.contains("open")));
  show(false);
  new ResizeObserver(() => {
    if (!quote.classList.contains("open")) button.hidden = quoted.scrollHeight <= quoted.clientHeight + 1;
  }).observe(quoted);
  return quote;
}
