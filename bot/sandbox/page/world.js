/** What the page knows of the world: people, chats and their messages, as the stream tells of them. */
export class World extends EventTarget {
  constructor() {
    super();
    this.reader = () => null; // whose eyes are looked through
    this.forget();
  }

  forget() {
    this.bot = null;
    this.users = new Map();
    this.chats = new Map();
    this.messages = new Map(); // by chat id: by message id
    this.actions = new Map(); // by chat id: what the bot is seen doing
  }

  hello({ bot }) {
    this.forget();
    this.bot = bot;
  }

  /** Take in what has changed, and tell of it. */
  take(news) {
    for (const user of news.users) this.users.set(user.id, user);
    for (const chat of news.chats) this.chats.set(chat.id, chat);
    for (const view of news.messages) this.#takeMessage(view);
    for (const action of news.actions) this.#takeAction(action);
    this.dispatchEvent(new CustomEvent("change", { detail: news }));
  }

  #takeMessage(view) {
    const inChat = this.messages.get(view.chat_id) ?? new Map();
    this.messages.set(view.chat_id, inChat);
    if (view.deleted) inChat.delete(view.message_id);
    else inChat.set(view.message_id, view);
    if (view.author === this.bot.id) this.actions.delete(view.chat_id);
  }

  #takeAction(action) {
    this.actions.set(action.chat_id, action);
    setTimeout(() => {
      if (this.actions.get(action.chat_id) !== action) return;
      this.actions.delete(action.chat_id);
      this.dispatchEvent(new CustomEvent("change", { detail: NOTHING }));
    }, action.left);
  }

  get people() {
    return [...this.users.values()].filter((user) => !user.is_bot);
  }

  /** The chats that a person has in their list. */
  chatsOf(account) {
    const theirs = (chat) => (chat.type === "private" ? chat.id === account : account in chat.members);
    return [...this.chats.values()].filter((chat) => theirs(chat) && !chat.migrated_to);
  }

  /** The views of a chat's messages that the reader sees in order, of one topic or thread where it is given. */
  messagesIn(chatId, topic) {
    const reader = this.reader();
    const all = [...(this.messages.get(chatId)?.values() ?? [])].filter((view) => sees(view, reader)).sort(inOrder);
    return topic ? all.filter((view) => stands(view.message, topic, this.chats.get(chatId))) : all;
  }

  /** What a channel's post has become in the discussion group. */
  copyOf(post) {
    const group = this.chats.get(post.chat.id)?.linked_chat_id;
    return this.messagesIn(group).find(
      ({ message }) => message.is_automatic_forward && message.forward_origin?.message_id === post.message_id,
    );
  }

  title(chat) {
    return chat.type === "private" ? this.bot.first_name : chat.title;
  }

  /** Who stands above a message. */
  sender(message) {
    return message.sender_chat ?? message.from;
  }

  isAdmin(chat, account) {
    return ["creator", "administrator"].includes(chat.members[account]?.status);
  }
}

export const GENERAL = 1;
const NOTHING = { users: [], chats: [], messages: [], actions: [] };

/** What one person alone sees has a negative id, and stands below another message. */
const inOrder = (a, b) => heightOf(a) - heightOf(b) || b.message_id - a.message_id;
export const heightOf = (view) => view.below ?? view.message_id;

function sees({ message, author }, reader) {
  return !message.ephemeral_message_id || (message.receiver_user?.id ?? author) === reader;
}

function stands(message, topic, chat) {
  if (chat?.is_forum && topic === GENERAL) return !message.is_topic_message;
  return message.message_thread_id === topic || message.message_id === topic;
}
