"""What stands under and beside the texts: buttons, cards, pages, links. Pure."""
