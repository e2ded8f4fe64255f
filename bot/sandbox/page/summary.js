import { plain } from "./rich.js";
import { say } from "./words.js";

/** What a message holds, in one line of text. */
export function summary(message) {
  if (message.rich_message) return plain(message.rich_message);
  const text = message.text ?? message.caption;
  if (message.photo) return text ? `${say("photo")}, ${text}` : say("photo");
  if (message.document) return text ? `${message.document.file_name}, ${text}` : message.document.file_name;
  return text ?? event(message) ?? "";
}

/** What a service message tells of; null for what somebody wrote. */
export function event(message) {
  const who = message.from?.first_name ?? "";
  const names = (users) => users.map((user) => user.first_name).join(", ");
  if (message.forum_topic_created) return say("created", { name: message.forum_topic_created.name });
  if (message.forum_topic_closed) return say("closedTopic");
  if (message.forum_topic_reopened) return say("reopenedTopic");
  if (message.migrate_to_chat_id || message.migrate_from_chat_id) return say("upgraded");
  if (message.left_chat_member) {
    const gone = message.left_chat_member;
    return say(gone.id === message.from?.id ? "left" : "kicked", { who: gone.first_name });
  }
  if (!message.new_chat_members) return null;
  const came = message.new_chat_members;
  return came[0].id === message.from?.id ? say("joined", { who }) : say("invite", { who, whom: names(came) });
}
