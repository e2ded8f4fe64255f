"""python -m retrieval ask: an answer in the terminal."""

from pathlib import Path

from retrieval import dates
from retrieval.records import Answer, Article, Quote, opening


def show(answer: Answer) -> None:
    """The quotes that answer, or what may have been meant and the nearest, clearly none; each with date and source."""
    if answer.status == "not_found":
        print("Chưa tìm thấy câu trả lời trong các bài đã đọc.")
        for suggestion in answer.suggestions:
            print(f"Có phải bạn hỏi: “{suggestion}”?")
        if answer.nearest:
            print("Vài câu có thể liên quan:")
    for quote in answer.quotes or answer.nearest:
        before = f"“{quote.before.text}”\n  " if quote.before else ""
        print(f"\n  {before}“{quote.text}”\n  — {_cited(quote)}")


def _cited(quote: Quote) -> str:
    """The date spoken of, or else the day that the whole article tells of, and the source."""
    date = quote.date or quote.article.event_date
    about = "sự việc " if date and not quote.date else ""
    note = dates.basis_note(date)
    when = f"{about}{dates.for_people(date)}" + (f" ({note})" if note else "")
    return f"{when} · {source(quote.article)}"


def source(article: Article) -> str:
    """Title, publishers, day of publication and address of an article, as far as they are known."""
    published = f"đăng {dates.for_people(article.published)}" if article.published else None
    publisher = article.publisher or f"không rõ nguồn, tệp {Path(article.path).name}"
    also = [place.publisher or place.path for place in article.also]
    publisher += f"; cũng có ở {', '.join(also)}" if also else ""
    title = article.title or f"không có tựa, mở đầu “{opening(article)}…”"
    return " · ".join(filter(None, [title, publisher, published, article.url]))
