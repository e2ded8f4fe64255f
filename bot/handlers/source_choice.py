"""/caidat, "Nguồn": a group's admins choose the papers and channels that its answers come from."""

from telegram import InlineKeyboardButton, InlineKeyboardMarkup, Message, Update
from telegram.constants import ChatType

from bot.context import Context
from bot.finding import sources
from bot.ground.splitting import visible
from bot.handlers.policies import admins_of
from bot.handlers.sending import language, notice, replace
from bot.memory.chats import Chats
from bot.pages.source_choice import Button, SourceChoice, Tap, name_of, read_tap
from bot.querylog.log import Outcome
from bot.texts.reply import Language, Replies

_LABEL = 60  # characters of a source's name on a button


async def choose(update: Update, context: Context) -> Outcome:
    """A tap on one of the buttons, by whoever may: as `policies.choose`."""
    query, replies, words = update.callback_query, context.services.replies, language(update)
    tap = read_tap(query.data or "") if query else None
    if query is None or tap is None or not isinstance(query.message, Message):
        return Outcome("ignored")
    chat = query.message.chat
    if chat.type == ChatType.PRIVATE:
        await notice(query)
        return Outcome("ignored")
    if query.from_user.id not in await admins_of(chat):
        await notice(query, visible(replies.page("admins_only", words)))
        return Outcome("help")
    chats, names = context.services.memory.chats, await context.services.library.find(sources.names)
    await _set(chats, chat.id, tap, [*names, *chats.policy(chat.id).sources])
    await notice(query)
    choice = SourceChoice(chats.policy(chat.id), names, tap.number)
    await replace(query, replies.source_choice(choice, words), _keyboard(replies, choice, words))
    return Outcome("help")


async def _set(chats: Chats, chat_id: int, tap: Tap, names: list[str]) -> None:
    chosen = chats.policy(chat_id).sources
    if tap.way == "all":
        for name in chosen:
            await chats.choose_source(chat_id, name, chosen=False)
    if tap.way is not None:
        await chats.set_only(chat_id, only=tap.way == "only")
    source = next((name for name in names if name_of(name) == tap.source), None)
    if source is not None:
        await chats.choose_source(chat_id, source, chosen=source not in chosen)


def _keyboard(replies: Replies, choice: SourceChoice, words: Language) -> InlineKeyboardMarkup:
    def shown(button: Button) -> InlineKeyboardButton:
        label = visible(replies.render(button.label, words)) if button.label else button.source[:_LABEL]
        return InlineKeyboardButton(f"✓ {label}" if button.chosen else label, callback_data=button.data)

    return InlineKeyboardMarkup([[shown(button) for button in row] for row in choice.rows()])
