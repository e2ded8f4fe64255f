import { avatar, tintOf } from "./avatars.js";
import { keyboard } from "./buttons.js";
import { el, icon, iconButton } from "./dom.js";
import { media } from "./media.js";
import { drawn } from "./emoji.js";
import { drawn as blocks } from "./rich.js";
import { event, summary } from "./summary.js";
import { rendered } from "./text.js";
import { say, timeOf } from "./words.js";

/** A message as a bubble; `view` is what the stream tells of it, `act.menu(view, at)` opens what one can do with it. */
export function bubble(view, session, act) {
  const { message } = view;
  const told = event(message);
  if (told) return el(".event", { role: "article", tabindex: -1, "data-id": view.message_id }, el("span", {}, told));
  const mine = view.author === session.me.id && message.chat.type !== "channel";
  const sender = session.world.sender(message);
  const name = sender?.title ?? sender?.first_name ?? "";
  const node = el(
    `.message${mine ? ".mine" : ""}${message.ephemeral_message_id ? ".ephemeral" : ""}${message.chat.type === "private" ? ".private" : ""}`,
    {
      role: "article",
      tabindex: -1,
      "data-id": view.message_id,
      "aria-label": say("saidBy", { name: mine ? say("you") : name, time: timeOf(message.date) }),
    },
    el(
      ".bubble",
      {},
      el(`.name.${tintOf(sender?.id ?? 0)}`, {}, name, badge(message, session), via(message)),
      message.ephemeral_message_id ? el("span.alone", {}, icon("eye"), say("onlyYou")) : null,
      repliedTo(message, session, act),
      media(message),
      words(view, mine, session),
      comments(message, session),
    ),
    keyboard(message, session),
    iconButton("more", say("more"), (pressed) => act.menu(view, { under: pressed.currentTarget }), {
      class: "round more",
      "aria-haspopup": "menu",
    }),
  );
  const picture = avatar({ id: sender?.id ?? 0, name, isBot: sender?.id === session.world.bot.id });
  node.prepend(picture);
  node.addEventListener("contextmenu", (pressed) => {
    if (getSelection()?.toString() || pressed.target.closest("a")) return;
    pressed.preventDefault();
    act.menu(view, { at: { x: pressed.clientX, y: pressed.clientY } });
  });
  return node;
}

function badge(message, session) {
  const { chat } = session;
  if (message.sender_chat || chat.type === "private") return null;
  const status = chat.members[message.from?.id]?.status;
  const shown = { creator: "owner", administrator: "admin" }[status];
  return shown ? el("span.rank", {}, say(shown)) : null;
}

function via(message) {
  return message.via_bot ? el("span.via", {}, say("via", { name: message.via_bot.username })) : null;
}

/** The message replied to, where somebody replied: threads set it for all that stands in them. */
function repliedTo(message, session, act) {
  if (message.external_reply) return repliedElsewhere(message, session);
  const original = message.reply_to_message;
  if (!original || (original.message_id === message.message_thread_id && original.message_id === session.topic))
    return null;
  if (original.forum_topic_created) return null;
  const sender = session.world.sender(original);
  const text = message.quote?.text ?? summary(original);
  return el(
    `button.replied.${tintOf(sender?.id ?? 0)}`,
    { type: "button", onclick: () => act.find(original.message_id) },
    el("span.who", {}, sender?.title ?? sender?.first_name ?? ""),
    el("span.what", {}, text.slice(0, 200)),
  );
}

/** A message of another chat that is replied to, with its chat's name; a tap opens that chat. */
function repliedElsewhere({ external_reply: { chat }, quote }, session) {
  return el(
    `button.replied.${tintOf(chat.id)}`,
    { type: "button", onclick: () => session.place.go({ chat: chat.id }) },
    el("span.who", {}, chat.title ?? ""),
    el("span.what", {}, (quote?.text ?? "").slice(0, 200)),
  );
}

/** The text, and after it the reactions and the time: on its last line where there is room. */
function words(view, mine, session) {
  const { message } = view;
  const entities = message.text === undefined ? message.caption_entities : message.entities;
  const follow = (kind, what) => session.follow(kind, what);
  const text = message.rich_message
    ? el(".rich", {}, blocks(message.rich_message, follow, (button) => session.press(message, button)))
    : rendered(message.text ?? message.caption ?? "", entities, follow);
  const chips = reactions(view, session);
  if (chips) return [el(".text", {}, text), el(".foot", {}, chips, meta(view, mine))];
  return el(".text", {}, text, meta(view, mine));
}

function meta(view, mine) {
  const { message } = view;
  const state = say(view.read ? "read" : "sent");
  const ticks = mine
    ? el(
        `span.ticks${view.read ? ".read" : ""}`,
        { role: "img", "aria-label": state, title: state },
        icon("check"),
        icon("check"),
      )
    : null;
  const time = el("time", { datetime: new Date(1000 * message.date).toISOString() }, timeOf(message.date));
  return el("span.meta", {}, message.edit_date ? el("span.edited", {}, say("edited")) : null, time, ticks);
}

function reactions(view, session) {
  const counts = new Map();
  for (const { user_id: user, emoji } of view.reactions) {
    for (const each of emoji) counts.set(each, [...(counts.get(each) ?? []), user]);
  }
  if (!counts.size) return null;
  const chips = [...counts].map(([emoji, users]) => {
    const mine = users.includes(session.me.id);
    const label = `${emoji} ${users.length}`;
    return el(
      "button.chip",
      { type: "button", "aria-pressed": `${mine}`, "aria-label": label, onclick: () => session.react(view, emoji) },
      el("span", {}, drawn(emoji)),
      el("span.count", {}, users.length),
    );
  });
  return el("span.reactions", { role: "group", "aria-label": say("reactions") }, chips);
}

/** Under a channel's post: the way to its comments. */
function comments(message, session) {
  if (message.chat.type !== "channel") return null;
  const copy = session.world.copyOf(message);
  if (!copy) return null;
  const count = session.world.messagesIn(copy.chat_id, copy.message_id).length - 1;
  const address = session.place.address({ chat: copy.chat_id, topic: copy.message_id });
  return el("a.comments", { href: address }, icon("topic"), count ? `${say("comments")} (${count})` : say("comment"));
}
