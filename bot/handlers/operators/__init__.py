"""What those who run the bot ask of it, in their private chats: figures, articles, channels, groups."""
