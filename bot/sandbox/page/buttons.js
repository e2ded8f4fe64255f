import { el, icon } from "./dom.js";
import { drawn } from "./emoji.js";

/** The rows of buttons under a message; null where it has none. */
export function keyboard(message, session) {
  const rows = message.reply_markup?.inline_keyboard;
  if (!rows?.length) return null;
  return el(
    ".keyboard",
    {},
    rows.map((row) =>
      el(
        ".buttons",
        {},
        row.map((button) => shown(message, button, session)),
      ),
    ),
  );
}

function shown(message, button, session) {
  const sign = button.url ? "open" : button.copy_text ? "copy" : null;
  const node = el(
    `button.key${button.style ? `.${button.style}` : ""}`,
    { type: "button" },
    el("span", {}, drawn(button.text)),
    sign ? icon(sign) : null,
  );
  node.addEventListener("click", async () => {
    if (node.hasAttribute("aria-busy")) return;
    node.setAttribute("aria-busy", "true");
    await session.press(message, button);
    node.removeAttribute("aria-busy");
  });
  return node;
}
