/** All that the page itself says, in the languages of its people. */

const WORDS = {
  vi: {
    account: "Bạn đang là", active: "đang dùng", admin: "quản trị", answered: "Trả lời", attach: "Gửi ảnh hoặc tệp",
    back: "Quay lại", bot: "bot", calls: "Bot đã gọi", candidates: "Câu được xét", cancel: "Thôi",
    channel: "kênh", channelPost: "Đăng lên kênh…", chats: "Các cuộc trò chuyện", close: "Đóng", collapse: "Thu gọn",
    commands: "Lệnh của bot", comments: "Bình luận", comment: "Bình luận", copied: "Đã chép", copy: "Chép nội dung",
    confidenceOf: "Độ chắc {share} %, cần {threshold} %", created: "Chủ đề “{name}” được mở",
    closedTopic: "Chủ đề đã đóng", reopenedTopic: "Chủ đề được mở lại",
    deleteIt: "Xóa", download: "Tải {name}", edit: "Sửa", edited: "đã sửa", editing: "Sửa tin nhắn",
    empty: "Chưa có tin nhắn", expand: "Xem thêm", factors: "Vì sao chắc chừng ấy",
    followers: "{n} người theo dõi",
    greeting: "Hỏi thời sự, nhận câu trích", greetingMore: "Trích trả lời bằng nguyên văn câu báo, kèm nguồn và ngày. Không có thì nói là không có.",
    inChat: "trong {chat}", inline: "Kết quả để gửi vào đây", inspect: "Bot đã làm gì?", inspector: "Bên trong câu trả lời",
    invite: "{who} thêm {whom}", joined: "{who} vào nhóm", kind: "Kiểu câu hỏi", language: "Ngôn ngữ",
    left: "{who} rời nhóm", kicked: "{who} bị đưa ra khỏi nhóm", lost: "Mất kết nối, đang nối lại…", members: "{n} thành viên", menu: "Trình đơn",
    message: "Tin nhắn…", messages: "Tin nhắn trong {chat}", more: "Thêm việc với tin này", names: "Tên riêng", nearest: "Gần nhất",
    noCalls: "Bot chưa gọi gì.", noTurn: "Chưa có gì để xem: hãy hỏi một câu.",
    notAsked: "Tin này không phải một câu hỏi tìm trong bài: không có gì được xếp hạng.",
    notQueued: "Telegram không chuyển tin này cho bot: trong nhóm, bot ở chế độ riêng tư chỉ nhận lệnh, lời nhắc tên và trả lời.",
    numbers: "Con số", objection: "Bác vì", offices: "Chức vụ", online: "trực tuyến", owner: "chủ", pickChat: "Chọn một cuộc trò chuyện",
    pickTopic: "Chọn một chủ đề", phone: "Trở về danh sách", photo: "Ảnh", query: "Câu hỏi được hiểu là",
    question: "Câu hỏi", react: "Thả {emoji}", reactions: "Cảm xúc", read: "bot đã nhận",
    reason: "Lý do", refused: "Từ chối", reply: "Trả lời", replyingTo: "Trả lời {name}", reveal: "Hiện chữ bị che",
    samples: "Câu hỏi mẫu", saidBy: "{name}, {time}", scrollDown: "Xuống cuối", score: "điểm", sampleHint: "Thử một câu:",
    send: "Gửi", sent: "đã gửi", skip: "Đến ô nhập tin", terms: "Từ tìm", file: "Tệp",
    theme: "Giao diện", themeAuto: "Theo máy", themeDark: "Tối", themeLight: "Sáng", threshold: "ngưỡng",
    today: "Hôm nay", tooLong: "Bot không trả lời kịp.", topics: "Chủ đề", typing: "đang soạn tin…", upload: "đang gửi tệp…",
    unread: "{n} tin chưa đọc", update: "Cập nhật mà bot nhận", upgraded: "Nhóm đã lên siêu nhóm", via: "qua @{name}",
    withoutAccents: "gõ không dấu", writeAs: "Viết với tư cách {name}", yesterday: "Hôm qua", you: "Bạn", unresolved: "Chưa rõ câu hỏi nói đến ai.",
    bm25: "BM25 câu {sentence} · đoạn {passage}", value: "giá trị", weight: "trọng số", adds: "cộng", feature: "yếu tố", options: "{n} mục", start: "Mở trò chuyện riêng",
    noReason: "Đủ chắc: độ chắc không dưới ngưỡng.", anotherOffice: "Câu nói về một chức vụ khác.", anotherPerson: "Câu nói về một người khác.", anotherNumber: "Câu nói về một con số khác.", nothingOfKind: "Câu không có loại thông tin được hỏi.",
    botAdmin: "Là quản trị viên: nghe mọi tin", botHere: "Bot trong nhóm này", botMember: "Là thành viên", botOut: "Không ở trong nhóm",
    noWords: "Không có từ nào để tìm.", nothingFound: "Không tìm thấy câu nào.", notSure: "Chưa đủ chắc: độ chắc dưới ngưỡng.", guest: "bot không ở trong nhóm",
  },
  en: {
    account: "You are", active: "active", admin: "admin", answered: "Answered", attach: "Send a picture or file",
    back: "Back", bot: "bot", calls: "Calls the bot made", candidates: "Sentences considered", cancel: "Cancel",
    channel: "channel", channelPost: "Post to the channel…", chats: "Chats", close: "Close", collapse: "Show less",
    commands: "The bot's commands", comments: "Comments", comment: "Comment", copied: "Copied", copy: "Copy text",
    confidenceOf: "Confidence {share}%, {threshold}% needed", created: "Topic “{name}” was created",
    closedTopic: "The topic was closed", reopenedTopic: "The topic was reopened",
    deleteIt: "Delete", download: "Download {name}", edit: "Edit", edited: "edited", editing: "Edit message",
    empty: "No messages yet", expand: "Show more", factors: "Why it is this sure",
    followers: "{n} followers",
    greeting: "Ask the news, get the quote", greetingMore: "Trích answers with the articles' own sentences, each with its source and date. Where they hold no answer, it says so.",
    inChat: "in {chat}", inline: "Results to send here", inspect: "What did the bot do?", inspector: "Inside the answer",
    invite: "{who} added {whom}", joined: "{who} joined", kind: "Kind of question", language: "Language",
    left: "{who} left", kicked: "{who} was removed", lost: "Connection lost, reconnecting…", members: "{n} members", menu: "Menu",
    message: "Message…", messages: "Messages in {chat}", more: "More about this message", names: "Names", nearest: "Nearest",
    noCalls: "The bot has called nothing yet.", noTurn: "Nothing to see yet: ask a question.",
    notAsked: "Nothing was searched for with this, so nothing was ranked.",
    notQueued: "Telegram did not bring this to the bot: in groups, a bot in privacy mode gets only commands, mentions and replies.",
    numbers: "Numbers", objection: "Objection", offices: "Offices", online: "online", owner: "owner", pickChat: "Choose a chat",
    pickTopic: "Choose a topic", phone: "Back to the list", photo: "Photo", query: "The question as understood",
    question: "Question", react: "React with {emoji}", reactions: "Reactions", read: "the bot has it",
    reason: "Reason", refused: "Refused", reply: "Reply", replyingTo: "Reply to {name}", reveal: "Reveal hidden text",
    samples: "Sample questions", saidBy: "{name}, {time}", scrollDown: "To the end", score: "score", sampleHint: "Try one:",
    send: "Send", sent: "sent", skip: "Skip to the message field", terms: "Terms looked for", file: "File",
    theme: "Theme", themeAuto: "System", themeDark: "Dark", themeLight: "Light", threshold: "threshold",
    today: "Today", tooLong: "The bot did not answer in time.", topics: "Topics", typing: "typing…", upload: "sending a file…",
    unread: "{n} unread", update: "The update the bot got", upgraded: "The group became a supergroup", via: "via @{name}",
    withoutAccents: "typed without accents", writeAs: "Write as {name}", yesterday: "Yesterday", you: "You", unresolved: "Whom it means is not said.",
    bm25: "BM25 sentence {sentence} · passage {passage}", value: "value", weight: "weight", adds: "adds", feature: "feature", options: "{n} options", start: "Open the private chat",
    noReason: "Sure enough: not below the threshold.", anotherOffice: "The sentence speaks of another office.", anotherPerson: "The sentence speaks of another person.", anotherNumber: "The sentence speaks of another number.", nothingOfKind: "The sentence has nothing of the kind asked for.",
    botAdmin: "An administrator: it hears everything", botHere: "The bot in this chat", botMember: "A member", botOut: "Not in the chat",
    noWords: "There are no words to look for.", nothingFound: "No sentence was found.", notSure: "Not sure enough: below the threshold.", guest: "the bot is not in the group",
  },
};

let language = "vi";

/** Speak the language of this code from now on: English for "en", else Vietnamese. */
export function speak(code) {
  language = code === "en" ? "en" : "vi";
  document.documentElement.lang = language;
}

export const spoken = () => language;

/** What is said under this name, `{blanks}` filled. */
export function say(name, blanks = {}) {
  return WORDS[language][name].replace(/\{(\w+)\}/g, (_, blank) => blanks[blank]);
}

const clock = { vi: new Intl.DateTimeFormat("vi", { hour: "2-digit", minute: "2-digit" }),
  en: new Intl.DateTimeFormat("en-GB", { hour: "2-digit", minute: "2-digit" }) };
const calendar = { vi: new Intl.DateTimeFormat("vi", { day: "numeric", month: "long" }),
  en: new Intl.DateTimeFormat("en-GB", { day: "numeric", month: "long" }) };

/** The time of day of a Unix time. */
export const timeOf = (seconds) => clock[language].format(1000 * seconds);

/** The day of a Unix time, as people call it. */
export function dayOf(seconds) {
  const days = Math.round((startOfDay(Date.now()) - startOfDay(1000 * seconds)) / 86_400_000);
  if (days === 0) return say("today");
  return days === 1 ? say("yesterday") : calendar[language].format(1000 * seconds);
}

function startOfDay(milliseconds) {
  return new Date(milliseconds).setHours(0, 0, 0, 0);
}
