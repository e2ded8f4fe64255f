import { el, icon } from "./dom.js";

/**
 * A menu at a point or under a button: arrows move in it, Escape and a tap elsewhere close it, and the focus goes back.
 * `items`: `{ label, icon?, checked?, danger?, act }`, or `{ heading }`, or an element of its own.
 */
export function openMenu(items, { at, under, label }) {
  const before = document.activeElement;
  const menu = el(".menu", { role: "menu", popover: "auto", "aria-label": label });
  menu.append(...items.filter(Boolean).map((item) => shown(item, () => menu.hidePopover())));
  menu.addEventListener("keydown", (event) => moved(event, menu));
  menu.addEventListener("toggle", (event) => {
    if (event.newState !== "closed") return;
    const hadFocus = menu.contains(document.activeElement) || document.activeElement === document.body;
    menu.remove();
    if (hadFocus && before?.isConnected) before.focus();
  });
  document.body.append(menu);
  menu.showPopover();
  place(menu, under ? below(under) : at);
  menu.querySelector("[role^=menuitem]")?.focus();
}

function shown(item, close) {
  if (item instanceof Node) {
    item.addEventListener("click", close);
    return item;
  }
  if (item.heading) return el(".heading", { role: "presentation" }, item.heading);
  const role = item.checked === undefined ? "menuitem" : "menuitemradio";
  const attributes = {
    type: "button",
    role,
    tabindex: -1,
    "aria-checked": item.checked === undefined ? null : `${item.checked}`,
  };
  const choose = () => {
    close();
    item.act();
  };
  return el(
    `button.item${item.danger ? ".danger" : ""}`,
    { ...attributes, onclick: choose },
    item.picture ?? (item.icon ? icon(item.icon) : el("span.icon")),
    el("span", {}, item.label),
    item.checked ? icon("check") : null,
  );
}

function moved(event, menu) {
  const items = [...menu.querySelectorAll("[role^=menuitem]")];
  const here = items.indexOf(document.activeElement);
  const steps = { ArrowDown: here + 1, ArrowUp: here - 1, ArrowRight: here + 1, ArrowLeft: here - 1, Home: 0, End: -1 };
  if (event.key === "Tab") menu.hidePopover();
  if (!(event.key in steps)) return;
  event.preventDefault();
  items.at(steps[event.key] % items.length)?.focus();
}

function below(button) {
  const box = button.getBoundingClientRect();
  return { x: box.left, y: box.bottom + 4, above: box.top - 4 };
}

function place(menu, { x, y, above = y }) {
  const { width, height } = menu.getBoundingClientRect();
  const fits = y + height + 8 <= innerHeight;
  menu.style.left = `${Math.max(8, Math.min(x, innerWidth - width - 8))}px`;
  menu.style.top = `${fits ? y : Math.max(8, above - height)}px`;
}
