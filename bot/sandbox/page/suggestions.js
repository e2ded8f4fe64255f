import { el, fill } from "./dom.js";
import { attempted } from "./notices.js";
import * as server from "./server.js";
import { say } from "./words.js";

const PAUSE = 250; // milliseconds without a key until the bot is asked inline

/**
 * What is offered while one types: commands after "/", results of the bot after "@its_name ". The focus stays in the
 * field; arrows choose, Enter or Tab takes.
 */
export class Suggestions {
  constructor(field, session) {
    this.field = field;
    this.session = session;
    this.list = el("ul", { role: "listbox", id: "suggestions" });
    this.status = el("span.unseen", { role: "status" });
    this.node = el(".suggestions", { hidden: true }, this.list, this.status);
    this.chosen = -1;
    this.options = [];
    this.list.addEventListener("scroll", () => this.#more(), { passive: true });
    field.setAttribute("aria-controls", "suggestions");
    field.setAttribute("aria-autocomplete", "list");
  }

  /** The text in the field has changed. */
  async typed() {
    const { value } = this.field;
    const inline = this.#inlineQuery(value);
    clearTimeout(this.timer);
    this.#mark(-1); // what is listed was offered for another text: Enter must not take it
    if (inline !== null) this.timer = setTimeout(() => this.#askInline(inline), PAUSE);
    else if (/^\/[\w]*$/.test(value)) await this.#offerCommands(value);
    else this.close();
  }

  /** All commands of the bot, to choose from. */
  async offerAll() {
    await this.#offerCommands("/");
    this.field.focus();
  }

  #inlineQuery(text) {
    const name = `@${this.session.world.bot.username} `;
    return text.toLowerCase().startsWith(name) ? text.slice(name.length) : null;
  }

  async #offerCommands(typed) {
    const { chat, me, world } = this.session;
    const before = this.field.value;
    const commands = await attempted(() => server.menu(chat.id, me.id));
    if (this.field.value !== before) return; // typed on meanwhile
    const fitting = (commands ?? []).filter(({ command }) => `/${command}`.startsWith(typed.toLowerCase()));
    const suffix = chat.type === "private" ? "" : `@${world.bot.username}`;
    this.#offer(
      fitting.map(({ command, description }) => ({
        shown: [el("strong", {}, `/${command}`), el("span", {}, description)],
        take: () => this.#takeCommand(`/${command}`, suffix),
        fillIn: () => this.#put(`/${command} `),
      })),
      say("commands"),
      0,
    );
  }

  #takeCommand(command, suffix) {
    this.#put("");
    this.session.write(`${command}${suffix}`);
  }

  #put(text) {
    this.field.value = text;
    this.field.dispatchEvent(new Event("input", { bubbles: true }));
    this.field.focus();
  }

  async #askInline(text, offset = "") {
    const { me, chat } = this.session;
    const type = chat.type === "private" ? "sender" : chat.type;
    const found = await attempted(() => server.askInline(me.id, text, offset, type));
    if (this.#inlineQuery(this.field.value) !== text || !found?.answer) return;
    const { query, answer } = found;
    const results = answer.results.map((result) => ({
      shown: [el("strong", {}, result.title), el("span", {}, result.description ?? "")],
      take: () => this.#choose(query, result),
      classes: ".result",
    }));
    const button =
      answer.button && !offset
        ? [{ shown: [el("strong", {}, answer.button.text)], take: () => this.#start(answer.button), classes: ".lead" }]
        : [];
    this.next = answer.next_offset ? { text, offset: answer.next_offset } : null;
    this.#offer(
      offset ? [...this.options, ...results] : [...button, ...results],
      say("inline"),
      offset ? this.chosen : -1,
    );
  }

  async #choose(query, result) {
    const { me, chat } = this.session;
    this.#put("");
    await attempted(() => server.act("choose", { user: me.id, query: query.id, result_id: result.id, chat: chat.id }));
  }

  #start(button) {
    this.#put("");
    this.session.writeInPrivate(`/start ${button.start_parameter}`);
  }

  #more() {
    const { scrollHeight, scrollTop, clientHeight } = this.list;
    if (!this.next || scrollHeight - scrollTop - clientHeight > 80) return;
    const { text, offset } = this.next;
    this.next = null;
    this.#askInline(text, offset);
  }

  /** Shows the options, the one at `marked` as what Enter takes; none: Enter sends what is written. */
  #offer(options, label, marked) {
    this.options = options;
    this.list.setAttribute("aria-label", label);
    fill(
      this.list,
      options.map((option, at) => this.#option(option, at)),
    );
    this.node.hidden = options.length === 0;
    this.status.textContent = options.length ? say("options", { n: options.length }) : "";
    this.#mark(options.length ? marked : -1);
  }

  #option({ shown, take, classes = "" }, at) {
    return el(
      `li.option${classes}`,
      {
        role: "option",
        id: `option-${at}`,
        "aria-selected": "false",
        onmousedown: (pressed) => pressed.preventDefault(),
        onclick: take,
      },
      shown,
    );
  }

  #mark(at) {
    this.chosen = at;
    [...this.list.children].forEach((node, index) => node.setAttribute("aria-selected", `${index === at}`));
    if (at < 0) this.field.removeAttribute("aria-activedescendant");
    else this.field.setAttribute("aria-activedescendant", `option-${at}`);
    this.list.children[at]?.scrollIntoView({ block: "nearest" });
  }

  /** Whether the key was for the suggestions. */
  pressed(event) {
    if (this.node.hidden) return false;
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    const option = this.options[this.chosen];
    if (step)
      this.#mark(
        this.chosen < 0 && step < 0
          ? this.options.length - 1
          : (this.chosen + step + this.options.length) % this.options.length,
      );
    else if (event.key === "Escape") this.close();
    else if (event.key === "Tab" && option?.fillIn && !event.shiftKey) option.fillIn();
    else if (event.key === "Enter" && !event.shiftKey && option) option.take();
    else return false;
    return true;
  }

  close() {
    clearTimeout(this.timer);
    this.next = null;
    this.#offer([], say("commands"), -1);
  }
}
