import { el, fill, iconButton } from "./dom.js";
import { explained } from "./explanation.js";
import { json } from "./json.js";
import { attempted } from "./notices.js";
import { inspecting, setInspecting } from "./preferences.js";
import * as server from "./server.js";
import { say } from "./words.js";

const PAUSE = 120; // milliseconds without news until it looks again

/** Beside the chat: what the bot did about the last message, or about one that is picked. */
export class Inspector extends EventTarget {
  constructor(root, session) {
    super();
    this.root = root;
    this.session = session;
    this.picked = null; // a view; none: what happens is followed
    this.shown = "";
    this.head = el("header.bar");
    this.body = el(".inside", { tabindex: 0, role: "region" });
    root.append(this.head, this.body);
    root.addEventListener("keydown", (pressed) => pressed.key === "Escape" && this.toggle());
    session.addEventListener("answered", () => this.show());
    root.hidden = !inspecting();
  }

  get isOpen() {
    return !this.root.hidden;
  }

  toggle() {
    this.#open(!this.isOpen);
    setInspecting(this.isOpen);
  }

  #open(open) {
    this.root.hidden = !open;
    this.picked = null;
    this.dispatchEvent(new Event("change"));
    if (open) {
      this.show();
      this.body.focus({ preventScroll: true });
    } else document.querySelector("#chat header button[aria-pressed]")?.focus();
  }

  /** Show what the bot did about this message. */
  of(view) {
    if (!this.isOpen) this.#open(true);
    this.picked = view;
    this.show();
    this.body.focus({ preventScroll: true });
  }

  /** Show what happens, as it happens. */
  follow() {
    this.picked = null;
  }

  show() {
    if (!this.isOpen) return;
    this.root.setAttribute("aria-label", say("inspector"));
    this.body.setAttribute("aria-label", say("inspector"));
    fill(
      this.head,
      el("h2", {}, say("inspector")),
      iconButton("close", say("close"), () => this.toggle()),
    );
    clearTimeout(this.timer);
    this.timer = setTimeout(() => this.#look(), PAUSE);
  }

  async #look() {
    const { chat } = this.session;
    const about = this.picked?.message_id ?? this.#last();
    const turn = chat && about ? await attempted(() => server.turn(chat.id, about)) : null;
    const now = JSON.stringify([turn ?? null, document.documentElement.lang]);
    if (now === this.shown) return;
    this.shown = now;
    fill(this.body, turn ? drawn(turn) : el("p.hint", {}, say("noTurn")));
    this.body.scrollTop = 0;
  }

  /** The last message of the open chat. */
  #last() {
    return this.session.messages.at(-1)?.message_id;
  }
}

function drawn({ update, queued, calls, explanation }) {
  return [
    queued ? null : el("p.hint", {}, say("notQueued")),
    explanation ? explained(explanation) : queued ? el("p.hint", {}, say("notAsked")) : null,
    el("details", {}, el("summary", {}, say("update")), json(update)),
    el("h3", {}, say("calls")),
    calls.length ? calls.map(call) : el("p.hint", {}, say("noCalls")),
  ];
}

function call({ method, params, error, after }) {
  const time = `${Math.round(1000 * after)} ms`;
  return el(
    "details.call",
    {},
    el("summary", {}, el("code", {}, method), el("span.small", {}, time), error ? el("span.error", {}, error) : null),
    json(params),
  );
}
