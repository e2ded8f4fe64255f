import { alert, attempted, notice } from "./notices.js";
import * as server from "./server.js";
import { say } from "./words.js";
import { GENERAL } from "./world.js";

/** Who one is, where, and what one does there. */
export class Session extends EventTarget {
  constructor(world, place) {
    super();
    this.world = world;
    this.world.reader = () => this.me?.id;
    this.place = place;
  }

  get me() {
    return this.world.users.get(this.place.account) ?? this.world.people[0];
  }

  get chat() {
    return this.world.chats.get(this.place.chat);
  }

  /** The topic of a forum or the thread of comments that is open; null where the chat has none. */
  get topic() {
    return this.place.topic;
  }

  /** Whether there is anything to show: a forum wants a topic. */
  get isOpen() {
    return Boolean(this.chat) && !(this.chat.is_forum && !this.topic);
  }

  get messages() {
    return this.isOpen ? this.world.messagesIn(this.chat.id, this.topic) : [];
  }

  /** In which place a message stands, for the addresses of links. */
  placeOf(message) {
    const chat = this.world.chats.get(message.chat.id);
    const topic = chat?.is_forum ? (message.is_topic_message ? message.message_thread_id : GENERAL) : null;
    return { chat: message.chat.id, topic };
  }

  mayWrite() {
    const { chat, me } = this;
    return this.isOpen && !chat.gone && (chat.type !== "channel" || this.world.isAdmin(chat, me.id));
  }

  /** Send a text here; whether it went out. */
  async write(text, replyTo = null) {
    const who = { user: this.me.id, chat: this.chat.id, text };
    const said = this.#summons(text)
      ? () => server.act("summon", who)
      : () => server.act("say", { ...who, topic: this.topic, reply_to: replyTo });
    return (await attempted(said)) !== undefined;
  }

  /** Whether the text names the bot where it is no member: then it may answer as a guest, once. */
  #summons(text) {
    const { bot } = this.world;
    return (
      this.chat.type !== "private" && !(bot.id in this.chat.members) && text.toLowerCase().includes(`@${bot.username}`)
    );
  }

  async writeInPrivate(text) {
    const chat = await attempted(() => server.act("private_chat", { user: this.me.id }));
    if (!chat) return;
    this.place.go({ chat: chat.id });
    await attempted(() => server.act("say", { user: this.me.id, chat: chat.id, text }));
  }

  /** Ask a sample question: in a group the bot hears commands and what names it. */
  ask(question) {
    const addressed = this.chat.type === "private" || question.startsWith("/");
    return this.write(addressed ? question : `@${this.world.bot.username} ${question}`);
  }

  async sendFile(file, caption) {
    const send = () => server.sendFile(this.me.id, this.chat.id, this.topic, file, caption);
    return (await attempted(send)) !== undefined;
  }

  async edit(message, text) {
    const values = { message: [message.chat.id, message.message_id], text };
    return (await attempted(() => server.act("edit", values))) !== undefined;
  }

  remove(message) {
    return attempted(() => server.act("delete", { message: [message.chat.id, message.message_id] }));
  }

  /** Add the emoji to one's reactions to a message, or take it away; a person has one at a time. */
  react(view, emoji) {
    const mine = view.reactions.find((each) => each.user_id === this.me.id)?.emoji ?? [];
    const values = {
      user: this.me.id,
      message: [view.chat_id, view.message_id],
      emoji: mine.includes(emoji) ? [] : [emoji],
    };
    return attempted(() => server.act("react", values));
  }

  /** Do what an inline button does. */
  async press(message, button) {
    if (button.copy_text) return this.copy(button.copy_text.text);
    if (button.url) return this.visit(button.url);
    if (button.callback_data !== undefined) return this.#tap(message, button.callback_data);
    const query =
      button.switch_inline_query_current_chat ??
      button.switch_inline_query ??
      button.switch_inline_query_chosen_chat?.query ??
      "";
    return this.dispatchEvent(new CustomEvent("compose", { detail: `@${this.world.bot.username} ${query}` }));
  }

  async #tap(message, data) {
    const answer = await attempted(() => server.tap(this.me.id, message, data));
    this.dispatchEvent(new Event("answered"));
    if (answer === null) notice(say("tooLong"));
    if (answer?.text) (answer.show_alert ? alert : notice)(answer.text);
    if (answer?.url) this.visit(answer.url);
  }

  async copy(text) {
    await navigator.clipboard.writeText(text);
    notice(say("copied"));
  }

  /** Open an address beside the page; that of the bot itself here: t.me/trich_bot?start=… sends /start …. */
  visit(address) {
    const { hostname, pathname, searchParams } = new URL(address);
    if (hostname === "t.me" && pathname === `/${this.world.bot.username}`) {
      const parameter = searchParams.get("start");
      return this.writeInPrivate(parameter ? `/start ${parameter}` : "/start");
    }
    return window.open(address, "_blank", "noopener,noreferrer");
  }

  /** A tap on a command sends it, on an address opens it, on a name begins a message to it. */
  follow(kind, text) {
    if (kind === "bot_command") return this.write(text);
    if (kind === "url") return this.visit(text);
    return this.dispatchEvent(new CustomEvent("compose", { detail: `${text} ` }));
  }

  /** What the bot is in this group or channel: "administrator", "member"; undefined where it isn't in it. */
  get botsStatus() {
    return this.chat.members[this.world.bot.id]?.status;
  }

  /** Make it an administrator, an ordinary member, bring it in, or throw it out. */
  changeBot(how) {
    return attempted(() => server.act(how, { chat: this.chat.id, user: this.world.bot.id, by: this.me.id }));
  }

  speakLanguage(code) {
    return attempted(() => server.act("set_language", { user: this.me.id, language_code: code }));
  }
}
