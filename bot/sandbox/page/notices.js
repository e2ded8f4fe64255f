import { el } from "./dom.js";
import { say } from "./words.js";

const SECONDS = 4;

/** A short word at the foot of the page, read out by screen readers. */
export function notice(text) {
  const shown = el(".notice", {}, text);
  document.getElementById("notices").append(shown);
  setTimeout(() => shown.remove(), 1000 * SECONDS);
}

/** A word that waits until it is put away. */
export function alert(text) {
  const dialog = el("dialog.alert", { "aria-label": text }, el("p", {}, text));
  dialog.append(el("form", { method: "dialog" }, el("button.plain", { autofocus: true }, "OK")));
  dialog.addEventListener("close", () => dialog.remove());
  document.body.append(dialog);
  dialog.showModal();
}

/** Carry out what may be refused; a refusal is shown in the words of the Bot API. */
export async function attempted(work) {
  try {
    return await work();
  } catch (error) {
    notice(error instanceof TypeError ? say("lost") : error.message);
    return undefined;
  }
}
