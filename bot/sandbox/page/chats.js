import { avatar } from "./avatars.js";
import { el, fill, icon, iconButton } from "./dom.js";
import { openMenu } from "./menu.js";
import { seen, setTheme, theme, themes } from "./preferences.js";
import { said } from "./search.js";
import { event, summary } from "./summary.js";
import { dayOf, names, say, spoken, timeOf } from "./words.js";
import { GENERAL, heightOf } from "./world.js";

/** The column of chats; of a forum, its topics. */
export class Chats {
  constructor(root, session) {
    this.root = root;
    this.session = session;
    this.head = el("header.bar");
    this.list = el("ul.rows", { onkeydown: (pressed) => this.#move(pressed) });
    this.search = el("input.search", { type: "search", oninput: () => this.show(), autocomplete: "off" });
    root.append(this.head, this.search, this.list);
  }

  show() {
    const { world, place, chat } = this.session;
    const focused = document.activeElement?.closest?.(".rows a")?.hash;
    const topics = chat?.is_forum ? chat : null;
    this.root.setAttribute("aria-label", say(topics ? "topics" : "chats"));
    fill(this.head, topics ? this.#topicsHead(topics) : this.#chatsHead());
    this.search.placeholder = say("search");
    this.search.setAttribute("aria-label", say("search"));
    const sought = this.search.value.trim();
    const rows = sought
      ? this.#found(topics ? [topics] : world.chatsOf(this.session.me.id), sought)
      : topics
      ? topics.topics.map((topic) => this.#topicRow(topics, topic))
      : world.chatsOf(this.session.me.id).map((each) => this.#chatRow(each));
    rows.sort((a, b) => b.date - a.date);
    fill(
      this.list,
      rows.map((row) => el("li", {}, row.link)),
      sought && !rows.length ? el("li.none", {}, say("nothingSaid")) : null,
    );
    if (focused) this.list.querySelector(`a[href="${focused}"]`)?.focus();
    document.title = this.#title(place);
  }

  #title() {
    const unread = this.list.querySelectorAll(".badge").length;
    return `${unread ? `(${unread}) ` : ""}${this.session.chat ? this.session.world.title(this.session.chat) : "Trích"}`;
  }

  #chatsHead() {
    const open = iconButton("menu", say("menu"), () => this.#menu(open), { "aria-haspopup": "menu" });
    return [open, el("h1", {}, "Trích"), el("span.whoami", {}, this.session.me.first_name)];
  }

  #topicsHead(forum) {
    const leave = el(
      "a.round",
      { href: this.session.place.address({}), "aria-label": say("back"), title: say("back") },
      icon("back"),
    );
    return [leave, el("h1", {}, forum.title)];
  }

  #menu(button) {
    const { session } = this;
    const { world, place, me } = session;
    const accounts = world.people.map((user) => ({
      label: user.first_name,
      picture: avatar({ id: user.id, name: user.first_name }),
      checked: user.id === me.id,
      act: () => place.go({ account: user.id, ...sameChat(world, place, user) }),
    }));
    const languages = Object.entries(names()).map(([code, label]) => ({
      label,
      checked: spoken() === code,
      act: () => session.speakLanguage(code),
    }));
    const choices = { auto: "themeAuto", light: "themeLight", dark: "themeDark" };
    const looks = themes.map((each) => ({
      label: say(choices[each]),
      checked: theme() === each,
      act: () => setTheme(each),
    }));
    openMenu(
      [
        { heading: say("account") },
        ...accounts,
        { heading: say("language") },
        ...languages,
        { heading: say("theme") },
        ...looks,
      ],
      { under: button, label: say("menu") },
    );
  }

  #chatRow(chat) {
    const { world, me } = this.session;
    const views = world.messagesIn(chat.id);
    const name = world.title(chat);
    const picture = avatar({ id: chat.id, name, isBot: chat.type === "private" });
    return this.#row({ chat: chat.id, topic: null }, picture, name, views, unread(views, me.id, chat, null));
  }

  #topicRow(forum, topic) {
    const views = this.session.world.messagesIn(forum.id, topic.id);
    const picture = el(`span.avatar.topic`, { "aria-hidden": "true" }, topic.id === GENERAL ? "#" : icon("topic"));
    return this.#row(
      { chat: forum.id, topic: topic.id },
      picture,
      topic.name,
      views,
      unread(views, this.session.me.id, forum, topic.id),
    );
  }

  /** The messages in which it was said, each leading to where it stands. */
  #found(chats, sought) {
    const { session } = this;
    const { world, me, place } = session;
    return said(world, chats, sought).map((view) => {
      const { message } = view;
      const name = world.title(message.chat);
      const link = el(
        "a.row",
        {
          href: place.address(session.placeOf(message)),
          onclick: () => session.dispatchEvent(new CustomEvent("find", { detail: view })),
        },
        avatar({ id: message.chat.id, name, isBot: message.chat.type === "private" }),
        el("span.name", {}, view.author === me.id ? say("you") : (world.sender(message)?.first_name ?? name)),
        el("span.when", {}, shortly(message.date)),
        el("span.preview", {}, preview(view, me, world)),
      );
      return { link, date: message.date };
    });
  }

  #row(where, picture, name, views, count) {
    const { place, me, world } = this.session;
    const last = views.at(-1);
    const here = place.is(where);
    const news = here && !document.hidden ? 0 : count; // what is looked at is no news
    const sent = last?.author === me.id && !event(last.message);
    const link = el(
      "a.row",
      { href: place.address(where), "aria-current": here ? "true" : null },
      picture,
      el("span.name", {}, name),
      el("span.when", {}, sent ? icon("check") : null, last ? shortly(last.message.date) : ""),
      el("span.preview", {}, last ? preview(last, me, world) : say("empty")),
      news ? el("span.badge", { role: "img", "aria-label": say("unread", { n: news }) }, news) : null,
    );
    return { link, date: last?.message.date ?? (where.chat === me.id ? Infinity : 0) };
  }

  #move(pressed) {
    const links = [...this.list.querySelectorAll("a")];
    const step = { ArrowDown: 1, ArrowUp: -1 }[pressed.key];
    const next = links[links.indexOf(document.activeElement) + step];
    if (!step || pressed.altKey || !next) return;
    pressed.preventDefault();
    next.focus();
  }
}

/** How many messages of others came since one last looked; none where one never did, as all is old then. */
function unread(views, account, chat, topic) {
  const last = seen(account, chat.id, topic);
  if (last === null) return 0;
  return views.filter((view) => heightOf(view) > last && view.author !== account && !event(view.message)).length;
}

function preview(view, me, world) {
  const { message } = view;
  const said = summary(message).replace(/\s+/g, " ").slice(0, 120);
  if (event(message) || message.chat.type !== "supergroup") return said;
  const who = view.author === me.id ? say("you") : (world.sender(message)?.first_name ?? world.sender(message)?.title);
  return [el("span.who", {}, `${who}: `), said];
}

function shortly(date) {
  return dayOf(date) === say("today") ? timeOf(date) : dayOf(date);
}

/** The chat that is open, if the other account has it too. */
function sameChat(world, place, user) {
  const kept = world.chatsOf(user.id).some((chat) => chat.id === place.chat);
  return kept ? { chat: place.chat, topic: place.topic } : { chat: user.id };
}
