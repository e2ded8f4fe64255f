import { el } from "./dom.js";
import { media } from "./media.js";
import { link, moment, spoiler } from "./text.js";

/** A rich message as nodes, block by block. Of films and sounds there are the captions only. */
export function drawn(rich, follow, press = () => {}) {
  const text = (value) => words(value, follow);
  const row = (buttons) => buttons.map((button) => pressable(button, text, press));
  const blocks = (list) => list.map((block) => drawnBlock(block, text, blocks, row));
  return blocks(rich.blocks);
}

/** Its words, in one line. */
export const plain = (rich) =>
  drawn(rich, () => {})
    .map((node) => node.textContent.trim())
    .filter(Boolean)
    .join(" ");

const TAGS = {
  bold: "strong",
  italic: "em",
  underline: "u",
  strikethrough: "s",
  subscript: "sub",
  superscript: "sup",
  marked: "mark",
  code: "code",
};

function words(value, follow) {
  if (value === undefined || typeof value === "string") return [value ?? ""];
  if (Array.isArray(value)) return value.flatMap((each) => words(each, follow));
  const inner = words(value.text ?? value.alternative_text ?? value.expression ?? value.button?.text, follow);
  switch (value.type) {
    case "url":
      return [link(value.url, inner, follow)];
    case "spoiler":
      return [spoiler(inner)];
    case "date_time":
      return [moment(value.unix_time, inner)];
    case "reference":
      return [el("span", { "data-name": value.name }, inner)];
    case "reference_link":
      return [leading(value.reference_name, inner)];
    case "bot_command":
    case "mention":
      return [tappable(value.type, inner, follow)];
    default:
      return [el(TAGS[value.type] ?? "span", {}, inner)];
  }
}

/** What a tap follows, by its words. */
function tappable(kind, inner, follow) {
  const node = el("button.link", { type: "button", onclick: () => follow(kind, node.textContent) }, inner);
  return node;
}

/** What a tap leads to: the reference of this name in the same message. */
function leading(name, inner) {
  const node = el("button.link", { type: "button" }, inner);
  node.addEventListener("click", () => {
    const target = node.closest(".rich").querySelector(`[data-name="${CSS.escape(name)}"]`);
    target?.scrollIntoView({ block: "center" });
    target?.animate({ background: ["var(--accent)", "transparent"] }, 900);
  });
  return node;
}

function drawnBlock(block, text, blocks, row) {
  switch (block.type) {
    case "heading":
      return el("h3.heading", {}, text(block.text));
    case "pre":
      return el("pre", {}, text(block.text));
    case "footer":
      return el("p.small", {}, text(block.text));
    case "divider":
      return el("hr");
    case "blockquote":
      return el("blockquote", {}, blocks(block.blocks), credit(block, text));
    case "expandable_blockquote":
    case "pullquote":
      return el("blockquote", {}, el("p", {}, text(block.text)), credit(block, text));
    case "list":
      return el("div.items", {}, block.items.map((item) => listed(item, blocks)));
    case "table":
      return table(block, text);
    case "details":
      return el("details", { open: block.is_open }, el("summary", {}, text(block.summary)), blocks(block.blocks));
    case "photo":
    case "document":
      return el("figure", {}, filed(block), caption(block, text));
    case "buttons":
      return el("p.beside", {}, row(block.buttons));
    default:
      return el(
        "figure",
        {},
        el("p", {}, text(block.text ?? block.expression)),
        blocks(block.blocks ?? []),
        caption(block, text),
      );
  }
}

const filed = (block) =>
  block.photo?.length || block.document?.file_id ? media({ ...block, caption: said(block.caption) }) : null;

/** What a screen reader says of a picture. */
const said = (of) => (of ? words(of.text, () => {}).map((each) => each.textContent ?? each).join("") : undefined);

function pressable(button, text, press) {
  const node = el("button.link", { type: "button" }, text(button.text));
  node.addEventListener("click", async () => {
    if (node.hasAttribute("aria-busy")) return;
    node.setAttribute("aria-busy", "true");
    await press(button);
    node.removeAttribute("aria-busy");
  });
  return node;
}

const credit = (of, text) => (of.credit ? el("p.small", {}, text(of.credit)) : null);

const caption = ({ caption: of }, text) =>
  of ? el("figcaption.small", {}, el("p", {}, text(of.text)), credit(of, text)) : null;

function listed(item, blocks) {
  const box = item.is_checked ? "☑" : "☐";
  return el(".item", {}, el("span", {}, item.has_checkbox ? box : item.label), el("div", {}, blocks(item.blocks)));
}

function table(block, text) {
  const cell = (of) => el(of.is_header ? "th" : "td", { colspan: of.colspan, rowspan: of.rowspan }, text(of.text));
  const rows = block.cells.map((row) => el("tr", {}, row.map(cell)));
  const title = block.caption ? el("caption", {}, text(block.caption)) : null;
  return el(".wide", {}, el("table", {}, title, el("tbody", {}, rows)));
}
