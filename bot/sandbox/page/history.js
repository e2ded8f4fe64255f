import { bubble } from "./bubble.js";
import { el, focusable, iconButton } from "./dom.js";
import { drawn } from "./emoji.js";
import { openMenu } from "./menu.js";
import { setSeen } from "./preferences.js";
import { event } from "./summary.js";
import { dayOf, say, spoken } from "./words.js";
import { heightOf } from "./world.js";

const QUICK_REACTIONS = ["👍", "👎", "❤", "🔥", "👏", "🤔", "😁"];
const NEAR = 120; // pixels from the end within which new messages are followed
const TOGETHER = 600; // seconds within which messages of one sender stand together

/** The messages of the open chat. What is there stays in place: only what has changed is drawn anew. */
export class History {
  constructor(root, session, { reply, edit, inspect, samples }) {
    this.session = session;
    this.act = { reply, edit, inspect, menu: (view, where) => this.#menu(view, where), find: (id) => this.#find(id) };
    this.samples = samples;
    this.greeting = { of: "", node: null };
    this.drawn = new Map(); // by message id: the view and its element
    this.place = "";
    this.list = el(".messages", { role: "log", tabindex: 0, onkeydown: (pressed) => this.#move(pressed) });
    this.down = iconButton("down", say("scrollDown"), () => this.#toEnd("smooth"), {
      class: "round down",
      hidden: true,
    });
    this.list.addEventListener("scroll", () => this.#scrolled(), { passive: true });
    root.append(el(".history", {}, this.list, this.down));
    this.following = true; // whether the end is looked at, and so new messages are followed
    this.put = 0; // where the list was scrolled to last, by us
    this.wanted = null; // the view of a message that is looked for
    session.addEventListener("find", ({ detail }) => {
      this.wanted = detail;
      this.#seek();
    });
    const stay = () => this.following && this.#toEnd();
    new ResizeObserver(stay).observe(this.list);
    document.fonts.addEventListener("loadingdone", stay); // they come after the messages, which are taller in them
  }

  show() {
    const { session } = this;
    const place = `${session.me.id}/${session.chat?.id}/${session.topic}/${spoken()}`;
    const moved = place !== this.place;
    const mine = session.messages.findLast((view) => view.author === session.me.id);
    const sent = mine && !this.drawn.has(mine.message_id); // who writes wants to see it, answered already or not
    const follow = moved || this.following || sent;
    if (moved) this.drawn.clear();
    this.place = place;
    this.list.setAttribute(
      "aria-label",
      session.chat ? say("messages", { chat: session.world.title(session.chat) }) : say("pickChat"),
    );
    this.down.setAttribute("aria-label", say("scrollDown"));
    this.#draw(session.messages);
    if (follow) this.#toEnd();
    this.#scrolled();
    this.#seek();
  }

  /** Goes to the message that is looked for, once its chat is open. */
  #seek() {
    const { wanted } = this;
    if (!wanted || wanted.chat_id !== this.session.chat?.id || !this.drawn.has(wanted.message_id)) return;
    this.wanted = null;
    this.following = false;
    this.#find(wanted.message_id);
  }

  #draw(views) {
    const focus = focusIn(this.list);
    const shown = [];
    let before = null;
    for (const [at, view] of views.entries()) {
      if (!before || dayOf(before.message.date) !== dayOf(view.message.date)) shown.push(day(view));
      const node = this.#node(view);
      node.classList.toggle("first", !together(before, view));
      node.classList.toggle("last", !together(view, views[at + 1]));
      shown.push(node);
      before = view;
    }
    if (!views.some((view) => !event(view.message))) shown.push(this.#greeting());
    for (const typing of this.#typing()) shown.push(typing);
    for (const id of [...this.drawn.keys()]) if (!views.some((view) => view.message_id === id)) this.drawn.delete(id);
    arrange(this.list, shown);
    focus.back(this.drawn);
  }

  #node(view) {
    const known = this.drawn.get(view.message_id);
    const comments = view.message.chat.type === "channel"; // their number changes while the post doesn't
    if (known?.view === view && !comments) return known.node;
    const node = bubble(view, this.session, this.act);
    if (!known && this.drawn.size) {
      node.classList.add("fresh");
      if (view.wants_reply && view.message.chat.type === "private") this.act.reply(view); // as Telegram's apps do
    }
    this.drawn.set(view.message_id, { view, node });
    return node;
  }

  #greeting() {
    const of = `${this.place}/${this.samples.here.length}/${this.session.mayWrite()}`;
    if (this.greeting.of !== of) this.greeting = { of, node: this.samples.greeting() };
    return this.greeting.node;
  }

  #typing() {
    const { world, chat, topic } = this.session;
    const action = world.actions.get(chat?.id);
    if (!action || (action.thread ?? null) !== (chat.is_forum && topic !== 1 ? topic : null)) return [];
    const words = say(action.action === "typing" ? "typing" : "upload");
    return [
      el(
        ".message.typing.first.last",
        {},
        el("span.avatar.mark", { "aria-hidden": "true" }),
        el(".bubble", { "aria-label": words }, el("i"), el("i"), el("i")),
      ),
    ];
  }

  get atEnd() {
    return this.list.scrollHeight - this.list.scrollTop - this.list.clientHeight < NEAR;
  }

  #toEnd(behavior = "instant") {
    this.list.scrollTo({ top: this.list.scrollHeight, behavior });
    if (behavior === "instant") [this.following, this.put] = [true, this.list.scrollTop];
  }

  #scrolled() {
    // Told of our own scrolling late, when the messages may have grown: that is nobody's going away from the end.
    if (this.list.scrollTop !== this.put) this.following = this.atEnd;
    this.down.hidden = this.following;
    const { me, chat, topic, messages } = this.session;
    if (chat && this.following && !document.hidden) {
      setSeen(me.id, chat.id, topic, lastOf(messages));
      if (!chat.is_forum) setSeen(me.id, chat.id, null, lastOf(this.session.world.messagesIn(chat.id)));
    }
  }

  #find(messageId) {
    const node = this.drawn.get(messageId)?.node;
    if (!node) return;
    node.scrollIntoView({ block: "center", behavior: "smooth" });
    node.classList.add("found");
    node.addEventListener("animationend", () => node.classList.remove("found"), { once: true });
    node.focus({ preventScroll: true });
  }

  #menu(view, where) {
    const { session } = this;
    const { message } = view;
    const mine = view.author === session.me.id;
    const text = message.text ?? message.caption;
    const emoji = QUICK_REACTIONS.map((each) =>
      el(
        "button",
        {
          type: "button",
          role: "menuitem",
          tabindex: -1,
          "aria-label": say("react", { emoji: each }),
          onclick: () => session.react(view, each),
        },
        drawn(each),
      ),
    );
    openMenu(
      [
        el(".emoji", { role: "group", "aria-label": say("reactions") }, emoji),
        session.mayWrite() &&
          message.chat.type !== "channel" && { label: say("reply"), icon: "reply", act: () => this.act.reply(view) },
        text && { label: say("copy"), icon: "copy", act: () => session.copy(text) },
        mine && text && { label: say("edit"), icon: "edit", act: () => this.act.edit(view) },
        { label: say("inspect"), icon: "inspect", act: () => this.act.inspect(view) },
        mine && { label: say("deleteIt"), icon: "trash", danger: true, act: () => session.remove(message) },
      ],
      { ...where, label: say("more") },
    );
  }

  /** Arrows go from message to message, Enter opens what one can do with it. */
  #move(pressed) {
    const nodes = [...this.list.querySelectorAll("[data-id]")];
    const here = document.activeElement.closest("[data-id]");
    if (pressed.key === "Enter" && here && document.activeElement === here) {
      const known = this.drawn.get(Number(here.dataset.id));
      pressed.preventDefault();
      this.#menu(known.view, { under: here.querySelector(".bubble") ?? here });
    }
    const step = { ArrowDown: 1, ArrowUp: -1 }[pressed.key];
    if (!step || pressed.altKey) return;
    const next = here ? nodes[nodes.indexOf(here) + step] : nodes.at(-1);
    if (!next) return;
    pressed.preventDefault();
    next.focus();
  }
}

const lastOf = (views) => (views.length ? heightOf(views.at(-1)) : 0);

function day(view) {
  return el(".event.day", {}, el("span", {}, dayOf(view.message.date)));
}

function together(first, second) {
  if (!first || !second || event(first.message) || event(second.message)) return false;
  const sender = (view) => (view.message.sender_chat ?? view.message.from)?.id;
  const near = second.message.date - first.message.date < TOGETHER;
  return near && sender(first) === sender(second) && dayOf(first.message.date) === dayOf(second.message.date);
}

/** Makes these the children of the node, moving and removing as few as can be: what stays keeps its place and state. */
function arrange(parent, children) {
  const wanted = new Set(children);
  for (const child of [...parent.children]) if (!wanted.has(child)) child.remove();
  children.forEach((child, at) => {
    if (parent.children[at] !== child) parent.insertBefore(child, parent.children[at] ?? null);
  });
}

/** Remembers what in the list has the focus, so that it comes back to the same button of a message drawn anew. */
function focusIn(list) {
  const active = document.activeElement;
  const holder = list.contains(active) ? active.closest("[data-id]") : null;
  const at = holder ? focusable(holder).indexOf(active) : -1;
  return {
    back(drawn) {
      if (!holder || holder.isConnected) return;
      const node = drawn.get(Number(holder.dataset.id))?.node;
      (focusable(node)[at] ?? node ?? list).focus({ preventScroll: true });
    },
  };
}
