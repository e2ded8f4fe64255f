"""The settings of a group or of a topic, as they are shown; pure."""

from dataclasses import dataclass

from bot.memory.policy import Mode, Policy


@dataclass(frozen=True, slots=True)
class Panel:
    """The settings of a topic (of the whole chat: None), shown in a message that stands in the topic `here`."""

    policy: Policy
    topic: int | None
    here: int | None
    hidden: bool = False  # privacy mode keeps from the bot what it should answer
    is_admin: bool = True  # whether the bot is one of the group

    @property
    def mode(self) -> Mode:
        """What holds there."""
        return self.policy.mode_in(self.topic)

    @property
    def follows(self) -> bool:
        """Whether the topic has no setting of its own."""
        return self.topic is not None and self.topic not in self.policy.topics
