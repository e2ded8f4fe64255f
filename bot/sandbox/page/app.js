import { Chats } from "./chats.js";
import { Composer } from "./composer.js";
import { el } from "./dom.js";
import { Header } from "./header.js";
import { History } from "./history.js";
import { Inspector } from "./inspector.js";
import { attempted } from "./notices.js";
import { Place } from "./place.js";
import { Samples } from "./samples.js";
import * as server from "./server.js";
import { Session } from "./session.js";
import { say, speak } from "./words.js";
import { World } from "./world.js";

const PAUSE = 1000; // milliseconds in which news of a new chat comes
const phone = matchMedia("(max-width: 720px)");

function start() {
  const world = new World();
  const place = new Place();
  const session = new Session(world, place);
  const samples = new Samples(session);
  const root = document.getElementById("chat");
  const inspector = new Inspector(document.getElementById("inspector"), session);
  const header = new Header(root, session, inspector);
  const history = new History(root, session, {
    reply: (view) => composer.reply(view),
    edit: (view) => composer.edit(view),
    inspect: (view) => inspector.of(view),
    samples,
  });
  const composer = new Composer(root, session, samples);
  const chats = new Chats(document.getElementById("chats"), session);
  const skip = el("button.skip", { type: "button", onclick: () => composer.field.focus() });
  document.body.prepend(skip);
  inspector.addEventListener("change", () => header.show());

  let arrived = false; // whether the place has been shown: the first time, one can write at once
  const show = () => {
    if (!world.bot || !session.me) return;
    if (!isThere(world, place)) {
      // At the first sight all is known that there is; later a place may be so new that no news of it has come yet.
      setTimeout(() => leaveFor(world, place), document.body.dataset.place ? PAUSE : 0);
      return;
    }
    speak(session.me.language_code);
    skip.textContent = say("skip");
    document.body.dataset.at = session.isOpen ? "chat" : "list";
    document.getElementById("opening")?.remove();
    for (const part of [header, history, composer, chats, inspector]) part.show();
    if (arrived) return;
    arrived = true;
    document.body.dataset.place = location.hash;
    composer.arrive();
    const found = document.activeElement.closest("#chat [data-id]"); // who came to a message reads it
    if (!phone.matches && session.isOpen && !found) composer.field.focus({ preventScroll: true });
  };
  const moved = () => {
    arrived = false;
    inspector.follow();
    show();
  };

  place.addEventListener("change", moved);
  world.addEventListener("change", show);
  document.addEventListener("visibilitychange", show);
  document.addEventListener("keydown", (pressed) => jump(pressed));
  attempted(server.samples).then((questions) => {
    samples.questions = questions ?? {};
    show();
  });
  new server.Stream({
    hello: (told) => world.hello(told),
    news: (news) => world.take(news),
    live: (connected) => header.live(connected),
  });
}

/** Whether the place is one that there is. */
function isThere(world, place) {
  return world.users.has(place.account) && (!place.chat || world.chats.has(place.chat));
}

/** Goes from nowhere to the first person's chat with the bot. */
function leaveFor(world, place) {
  if (isThere(world, place)) return;
  const [first] = world.people;
  place.replace({ account: first.id, chat: phone.matches ? null : first.id });
}

/** Alt with the arrows goes to the chat above or below. */
function jump(pressed) {
  const step = { ArrowDown: 1, ArrowUp: -1 }[pressed.key];
  if (!step || !pressed.altKey) return;
  const rows = [...document.querySelectorAll("#chats .row")];
  const here = rows.findIndex((row) => row.getAttribute("aria-current"));
  const next = rows[here + step];
  if (!next) return;
  pressed.preventDefault();
  next.click();
}

start();
