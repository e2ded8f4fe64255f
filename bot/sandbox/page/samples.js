import { el } from "./dom.js";
import { openMenu } from "./menu.js";
import { say, spoken } from "./words.js";

/** Questions to tap: in a chat where nothing has been said, and on a button at any time. */
export class Samples {
  constructor(session) {
    this.session = session;
    this.questions = {};
  }

  get here() {
    return this.questions[spoken()] ?? [];
  }

  greeting() {
    if (!this.session.isOpen)
      return el(".greeting.idle", {}, el("p", {}, say(this.session.chat ? "pickTopic" : "pickChat")));
    const chips = this.here.map((question) =>
      el("button.sample", { type: "button", onclick: () => this.session.ask(question) }, question),
    );
    return el(
      ".greeting",
      {},
      el("span.avatar.mark", { "aria-hidden": "true" }),
      el("h3", {}, say("greeting")),
      el("p", {}, say("greetingMore")),
      this.session.mayWrite() && chips.length ? [el("p.hint", {}, say("sampleHint")), el(".samples", {}, chips)] : null,
    );
  }

  openUnder(button) {
    const items = this.here.map((question) => ({
      label: question,
      icon: "bulb",
      act: () => this.session.ask(question),
    }));
    openMenu([{ heading: say("samples") }, ...items], { under: button, label: say("samples") });
  }
}
