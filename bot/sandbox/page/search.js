import { summary } from "./summary.js";

const MOST = 50; // messages that are shown

/** What was said in these chats with all of the words in it, the newest first; how it is written makes no difference. */
export function said(world, chats, words) {
  const wanted = folded(words).split(/\s+/).filter(Boolean);
  const views = chats.flatMap((chat) => world.messagesIn(chat.id));
  const found = views.filter((view) => {
    const text = folded(summary(view.message));
    return wanted.every((word) => text.includes(word));
  });
  return found.sort((a, b) => b.message.date - a.message.date || b.message_id - a.message_id).slice(0, MOST);
}

/** Without diacritics and capitals. */
const folded = (text) => text.normalize("NFD").replace(/\p{M}/gu, "").replace(/[đĐ]/g, "d").toLowerCase();
