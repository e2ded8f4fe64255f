"""Articles of our own, told as newspapers do."""


def article(text: str, published: str = "2025-10-02", publisher: str = "Báo A", title: str = "Tin") -> dict[str, str]:
    return {"text": text, "published": published, "publisher": publisher, "title": title}
