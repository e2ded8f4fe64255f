"""The people and chats that one finds in the page at first, and questions to tap: what `scene.toml` says."""

import tomllib
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any, Literal

from bot.sandbox.chats import User
from bot.sandbox.world import World

# Of `scene.toml`: the channel's name, and the number that the first person gets.
CHANNEL = "ban_tin_thu"
FIRST_PERSON = 1001
_SCENE = Path(__file__).with_name("scene.toml")


def set_scene(world: World) -> Mapping[str, Sequence[str]]:
    """Put them into the world; the questions, by language."""
    scene = tomllib.loads(_SCENE.read_text(encoding="utf-8"))
    people = {
        each["key"]: world.add_user(each["name"], each["username"], each.get("language", "vi"))
        for each in scene["people"]
    }
    for person in people.values():
        world.private_chat(person)
    _group(world, scene["group"], people)
    _group(world, scene["friends"], people, bot=None)
    _forum(world, scene["forum"], people)
    _channel(world, scene["channel"], people)
    samples: Mapping[str, Sequence[str]] = scene["samples"]
    return samples


def _group(
    world: World, group: Mapping[str, Any], people: Mapping[str, User], bot: Literal["member"] | None = "member"
) -> None:
    chat = world.add_group(group["title"], owner=people[group["owner"]], members=_members(group, people), bot=bot)
    for who, text in group["says"]:
        world.say(people[who], chat, text)


def _forum(world: World, forum: Mapping[str, Any], people: Mapping[str, User]) -> None:
    chat = world.add_group(forum["title"], forum=True, owner=people[forum["owner"]], members=_members(forum, people))
    for name in forum["topics"]:
        world.add_topic(chat, name)


def _channel(world: World, channel: Mapping[str, Any], people: Mapping[str, User]) -> None:
    owner, members = people[channel["owner"]], _members(channel, people)
    discussion = world.add_group(channel["discussion"], owner=owner, members=members)
    chat = world.add_channel(
        channel["title"], username=channel["username"], owner=owner, members=members, discussion=discussion
    )
    for post in channel["posts"]:
        world.say(owner, chat, post)


def _members(chat: Mapping[str, Any], people: Mapping[str, User]) -> list[User]:
    return [people[key] for key in chat["members"]]
