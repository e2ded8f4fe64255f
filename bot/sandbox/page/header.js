import { avatar } from "./avatars.js";
import { el, fill, icon, iconButton } from "./dom.js";
import { openMenu } from "./menu.js";
import { say } from "./words.js";
import { GENERAL } from "./world.js";

/** What stands above the messages: where one is, and the switch of the inspector. */
export class Header {
  constructor(root, session, inspector) {
    this.session = session;
    this.inspector = inspector;
    this.bar = el("header.bar");
    this.offline = el(".offline", { role: "status", hidden: true });
    root.append(this.bar, this.offline);
  }

  live(connected) {
    this.offline.hidden = connected;
    this.offline.textContent = connected ? "" : say("lost");
  }

  show() {
    const { session } = this;
    const { chat, topic, world, place } = session;
    if (!chat) {
      fill(this.bar, el("h2", {}, say("pickChat")));
      return;
    }
    const out = chat.is_forum ? { chat: topic ? chat.id : null } : { chat: null };
    const threadOut = !chat.is_forum && topic && chat.linked_chat_id ? { chat: chat.linked_chat_id } : out;
    const back = el(
      "a.round.back",
      { href: place.address(threadOut), "aria-label": say("phone"), title: say("phone") },
      icon("back"),
    );
    if (threadOut !== out) back.classList.add("always");
    const open = this.inspector.isOpen;
    const inspect = iconButton("inspect", say("inspector"), () => this.inspector.toggle(), {
      "aria-pressed": `${open}`,
    });
    const picture = avatar({ id: chat.id, name: world.title(chat), isBot: chat.type === "private" });
    const where = el(".where", {}, el("h2", {}, this.#title()), el("p", {}, this.#about()));
    fill(this.bar, back, picture, where, this.#management(), inspect);
  }

  /** For administrators: what becomes of the bot in the group. */
  #management() {
    const { session } = this;
    const { chat, me, world } = session;
    if (chat.type === "private" || !world.isAdmin(chat, me.id)) return null;
    const open = iconButton("more", say("botHere"), () => openMenu(items, { under: open, label: say("botHere") }), {
      "aria-haspopup": "menu",
    });
    const status = session.botsStatus;
    const choice = (label, how, checked) => ({
      label: say(label),
      checked,
      act: () => checked || session.changeBot(how),
    });
    const items = [
      { heading: say("botHere") },
      choice("botAdmin", "promote", status === "administrator"),
      choice("botMember", status ? "demote" : "join", status === "member"),
      choice("botOut", "kick", !status),
    ];
    return open;
  }

  #title() {
    const { chat, topic, world } = this.session;
    if (!topic) return world.title(chat);
    if (!chat.is_forum) return say("comments");
    return chat.topics.find((each) => each.id === topic)?.name ?? (topic === GENERAL ? "General" : "");
  }

  #about() {
    const { chat, topic, world } = this.session;
    const action = world.actions.get(chat.id);
    if (action) return el("span.busy", {}, say(action.action === "typing" ? "typing" : "upload"));
    if (topic) return say("inChat", { chat: world.title(chat) });
    const people = Object.keys(chat.members).length;
    if (chat.type === "private") return say("bot");
    const size = say(chat.type === "channel" ? "followers" : "members", { n: people });
    return world.bot.id in chat.members ? size : `${size}, ${say("guest")}`;
  }
}
