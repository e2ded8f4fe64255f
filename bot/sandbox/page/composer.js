import { avatar } from "./avatars.js";
import { el, fill, icon, iconButton } from "./dom.js";
import { openMenu } from "./menu.js";
import { draft, setDraft } from "./preferences.js";
import { Suggestions } from "./suggestions.js";
import { summary } from "./summary.js";
import { say } from "./words.js";

/** Where one writes: as whom, in reply to what, or instead of what. */
export class Composer {
  constructor(root, session, samples) {
    this.session = session;
    this.samples = samples;
    this.about = null; // { kind: "reply" | "edit", view }
    this.bar = el(".about", { hidden: true });
    this.field = el("textarea", { id: "write", rows: 1, enterkeyhint: "send", maxlength: 10000 });
    this.suggestions = new Suggestions(this.field, session);
    this.file = el("input", { type: "file", hidden: true });
    this.left = el(".tools");
    this.right = el(".tools");
    this.send = iconButton("send", say("send"), null, { type: "submit", class: "round send" });
    this.form = el(
      "form.composer",
      {},
      this.suggestions.node,
      this.bar,
      el(".line", {}, this.left, this.field, this.right, this.send),
      this.file,
    );
    root.append(this.form);
    this.#listen();
  }

  #listen() {
    this.form.addEventListener("submit", (event) => {
      event.preventDefault();
      this.#submit();
    });
    this.field.addEventListener("input", () => {
      this.#grow();
      if (this.about?.kind !== "edit") setDraft(location.hash, this.field.value);
      this.suggestions.typed();
    });
    this.field.addEventListener("keydown", (event) => this.#pressed(event));
    this.file.addEventListener("change", () => this.#sendFile());
    this.session.addEventListener("compose", ({ detail }) => this.compose(detail));
  }

  show() {
    const { session } = this;
    const { chat, me } = session;
    this.form.hidden = !session.mayWrite();
    if (!session.mayWrite()) return;
    const placeholder = say(chat.type === "channel" ? "channelPost" : "message");
    this.field.placeholder = placeholder;
    this.field.setAttribute("aria-label", placeholder);
    this.send.setAttribute("aria-label", say("send"));
    const label = say("writeAs", { name: me.first_name });
    const writer = el(
      "button.writer",
      {
        type: "button",
        "aria-label": label,
        title: label,
        "aria-haspopup": "menu",
        onclick: () => this.#chooseWho(writer),
      },
      avatar({ id: me.id, name: me.first_name }),
    );
    fill(
      this.left,
      chat.type === "private" ? null : writer,
      iconButton("slash", say("commands"), () => this.suggestions.offerAll(), { class: "round slash" }),
    );
    const samples = iconButton("bulb", say("samples"), () => this.samples.openUnder(samples), {
      "aria-haspopup": "menu",
    });
    fill(
      this.right,
      samples,
      iconButton("attach", say("attach"), () => this.file.click()),
    );
    this.#showAbout();
  }

  /** Put the text into the field, to be written on. */
  compose(text) {
    this.field.value = text;
    this.field.dispatchEvent(new Event("input"));
    this.field.focus();
  }

  /** Begin anew in another chat, with what was being written there. */
  arrive() {
    this.about = null;
    this.field.value = draft(location.hash);
    this.#grow();
    this.suggestions.close();
  }

  reply(view) {
    this.about = { kind: "reply", view };
    this.#showAbout();
    this.field.focus();
  }

  edit(view) {
    this.about = { kind: "edit", view };
    this.compose(view.message.text ?? view.message.caption ?? "");
    this.#showAbout();
  }

  #showAbout() {
    this.bar.hidden = !this.about;
    if (!this.about) return;
    const { kind, view } = this.about;
    const sender = this.session.world.sender(view.message);
    const title =
      kind === "edit" ? say("editing") : say("replyingTo", { name: sender?.title ?? sender?.first_name ?? "" });
    const drop = () => {
      this.about = null;
      if (kind === "edit") this.compose("");
      this.#showAbout();
      this.field.focus();
    };
    fill(
      this.bar,
      icon(kind),
      el(".what", {}, el("strong", {}, title), el("span", {}, summary(view.message))),
      iconButton("close", say("cancel"), drop),
    );
  }

  async #submit() {
    const text = this.field.value;
    if (!text.trim()) return;
    const about = this.about;
    const done =
      about?.kind === "edit"
        ? await this.session.edit(about.view.message, text)
        : await this.session.write(text, about?.view.message_id ?? null);
    if (!done || this.field.value !== text) return;
    this.about = null;
    this.compose("");
    this.#showAbout();
  }

  async #sendFile() {
    const [file] = this.file.files;
    if (file && (await this.session.sendFile(file, this.field.value))) this.compose("");
    this.file.value = "";
  }

  #pressed(event) {
    if (event.isComposing) return; // Vietnamese is typed with an input method: its Enter isn't ours
    if (this.suggestions.pressed(event)) {
      event.preventDefault();
    } else if (event.key === "Enter" && !event.shiftKey) {
      event.preventDefault();
      this.#submit();
    } else if (event.key === "Escape" && this.about) {
      this.bar.querySelector("button").click();
    } else if (event.key === "ArrowUp" && !this.field.value && !event.altKey) {
      this.#editLast(event);
    }
  }

  #editLast(event) {
    const { messages, me } = this.session;
    const last = messages.findLast((view) => view.author === me.id && view.message.text);
    if (!last) return;
    event.preventDefault();
    this.edit(last);
  }

  #chooseWho(button) {
    const { world, chat, me, place, topic } = this.session;
    const writers = world.people.filter(
      (user) => user.id in chat.members && (chat.type !== "channel" || world.isAdmin(chat, user.id)),
    );
    const items = writers.map((user) => ({
      label: user.first_name,
      picture: avatar({ id: user.id, name: user.first_name }),
      checked: user.id === me.id,
      act: () => place.go({ account: user.id, chat: chat.id, topic }),
    }));
    openMenu([{ heading: say("account") }, ...items], { under: button, label: say("account") });
  }

  /** As tall as what it holds, in browsers that can't see to it by themselves (see composer.css). */
  #grow() {
    if (CSS.supports("field-sizing", "content")) return;
    this.field.style.height = "auto";
    this.field.style.height = `${this.field.scrollHeight}px`;
  }
}
