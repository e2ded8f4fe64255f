"""All that is remembered of chats and of what was asked in them, over one file."""

from dataclasses import dataclass
from datetime import timedelta
from typing import Self

from bot.memory.answers import Answers
from bot.memory.asked import LastAsked
from bot.memory.chats import Chats
from bot.memory.curated import CuratedAnswers
from bot.memory.exchanges import Exchanges
from bot.memory.follow_ups import FollowUps
from bot.memory.looks import Looks
from bot.memory.state import State
from bot.memory.subjects import Subjects
from bot.settings import ChatsSettings


@dataclass(frozen=True, slots=True)
class Memory:
    """Opened and closed with the application. `asked` and `follow_ups` are not kept over a restart."""

    state: State
    chats: Chats
    answers: Answers
    subjects: Subjects
    exchanges: Exchanges
    curated: CuratedAnswers
    asked: LastAsked
    follow_ups: FollowUps
    looks: Looks

    @classmethod
    def of(cls, settings: ChatsSettings) -> Self:
        """Not yet opened."""
        state = State(settings.path)
        return cls(
            state=state,
            chats=Chats(state),
            answers=Answers(state, timedelta(days=settings.answers_days)),
            subjects=Subjects(state, timedelta(days=settings.timelines_days)),
            exchanges=Exchanges(state, timedelta(days=settings.exchanges_days)),
            curated=CuratedAnswers(state),
            asked=LastAsked(),
            follow_ups=FollowUps(),
            looks=Looks(state),
        )

    async def open(self) -> None:
        """Read what is needed at every message. Raises StateError."""
        await self.state.open()
        await self.chats.load()
        await self.curated.load()
        await self.looks.load()

    async def close(self) -> None:
        """Finish what is being written."""
        await self.state.close()
