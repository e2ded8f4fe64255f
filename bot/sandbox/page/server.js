/** What the page asks of the sandbox: acts of people (see bot/sandbox/acts.py), and the rest of /sandbox/. */

async function answered(response) {
  const isJson = response.headers.get("content-type") === "application/json";
  if (!isJson) throw new Refused(`${response.status} ${response.statusText}`);
  const answer = await response.json();
  if (!answer.ok) throw new Refused(answer.description);
  return answer.result;
}

/** The sandbox said no, in the words of the Bot API. */
export class Refused extends Error {}

async function get(path) {
  return answered(await fetch(`/sandbox/${path}`));
}

/** Carry out an act; raises Refused. */
export async function act(name, values) {
  const body = JSON.stringify({ act: name, ...values });
  return answered(
    await fetch("/sandbox/act", { method: "POST", headers: { "Content-Type": "application/json" }, body }),
  );
}

/** Tap a button with callback data; the bot's answer, null where it gives none in time. */
export async function tap(user, message, data) {
  const update = await act("tap", { user, message: [message.chat.id, message.message_id], data });
  return get(`taps/${update.callback_query.id}`);
}

/** Ask the bot inline; the query with its answer, null where it gives none in time. */
export async function askInline(user, text, offset, chatType) {
  const query = await act("ask_inline", { user, text, offset, chat_type: chatType });
  return { query, answer: await get(`inline/${query.id}`) };
}

export const menu = (chat, user) => get(`menu?chat=${chat}&user=${user}`);
export const samples = () => get("samples");
export const turn = (chat, message) => get(`turns?chat=${chat}${message ? `&message=${message}` : ""}`);
export const fileAddress = (id) => `/sandbox/files/${encodeURIComponent(id)}`;

/** Send a picture or document that the person has picked. */
export async function sendFile(user, chat, topic, file, caption) {
  const content = await base64(file);
  const values = { user, chat, content, caption, ...(topic ? { topic } : {}) };
  if (file.type === "image/png" || file.type === "image/jpeg") return act("send_photo", values);
  return act("send_document", { ...values, name: file.name });
}

async function base64(file) {
  const bytes = new Uint8Array(await file.arrayBuffer());
  let text = "";
  for (let at = 0; at < bytes.length; at += 0x8000) text += String.fromCharCode(...bytes.subarray(at, at + 0x8000));
  return btoa(text);
}

/**
 * What changes in the world, as it changes: `hello` when all is told from the beginning, `news` at each change, `live`
 * with whether the connection stands. Browsers open few connections to one place, so a tab that nobody looks at lets
 * its own go, and catches up when it is looked at again.
 */
export class Stream {
  constructor({ hello, news, live }) {
    this.told = { hello, news, live };
    this.last = "";
    document.addEventListener("visibilitychange", () => (document.hidden ? this.close() : this.open()));
    this.open();
  }

  open() {
    if (this.source) return;
    this.source = new EventSource(`/sandbox/events?after=${encodeURIComponent(this.last)}`);
    this.source.addEventListener("hello", (event) => this.told.hello(JSON.parse(event.data)));
    this.source.onmessage = (event) => {
      this.last = event.lastEventId;
      this.told.live(true);
      this.told.news(JSON.parse(event.data));
    };
    this.source.onerror = () => {
      this.told.live(false);
      if (this.source.readyState === EventSource.CLOSED) setTimeout(() => this.again(), 1000);
    };
    this.source.onopen = () => this.told.live(true);
  }

  again() {
    this.close();
    if (!document.hidden) this.open();
  }

  close() {
    this.source?.close();
    this.source = null;
  }
}
