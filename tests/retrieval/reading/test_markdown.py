"""Markdown, with front matter and without."""

from tests.retrieval.reading.reads import dropped, only, results, spans

BODY = "Chủ đầu tư cho biết cầu có sáu làn xe và chịu được lũ lớn nhất trong một trăm năm."


def test_front_matter_gives_metadata_and_is_dropped() -> None:
    read = only(
        "a.md",
        "---\n"
        'title: "[Cầu mới thành phố] Cầu mới thông xe ..."\n'
        "date: Tue, 05 Mar 2024 08:15:00 +0700\n"
        "author: [Lan Anh, Văn Bình]\n"
        "section: Thời sự\n"
        "source: https://tuoitre.vn/a-1.htm\n"
        "---\n"
        f"{BODY}\n",
    )
    article = read.article
    assert article.title == "Cầu mới thông xe ..."
    assert article.published.edtf == "2024-03-05T08:15:00+07:00"
    assert (article.author, article.section) == ("Lan Anh, Văn Bình", "Thời sự")
    assert (article.publisher, article.url) == ("Tuổi Trẻ (tuoitre.vn)", "https://tuoitre.vn/a-1.htm")
    assert dropped(read) == [(n, "front matter") for n in range(1, 8)]
    assert spans(read) == [("lead", BODY)]


def test_a_newspapers_own_label_before_the_title_stays() -> None:
    assert only("a.md", f"---\ntitle: '[Video] Cầu mới'\n---\n{BODY}").article.title == "[Video] Cầu mới"


def test_front_matter_that_is_no_yaml_is_read_line_by_line() -> None:
    read = only("a.md", f"---\ntitle: Cầu mới: thông xe sớm\npublisher: Báo Ví Dụ\n---\n{BODY}")
    assert (read.article.title, read.article.publisher) == ("Cầu mới: thông xe sớm", "Báo Ví Dụ")


def test_front_matter_wins_over_the_lines_below() -> None:
    read = only("a.md", f"---\nauthor: Lan Anh\npublisher: Báo Ví Dụ\n---\n{BODY}\n\nVăn Bình\n\nNguồn: TTXVN\n")
    assert (read.article.author, read.article.publisher) == ("Lan Anh", "Báo Ví Dụ")
    assert [reason for _, reason in dropped(read)][-2:] == ["byline", "source line"]


def test_a_rule_at_the_top_is_no_front_matter() -> None:
    assert only("a.md", f"---\n\n{BODY}\n\n---\n").article.text == BODY


def test_an_alias_bomb_in_front_matter_stays_small() -> None:
    bomb = "a: &a [x,x]\n" + "".join(f"{chr(98 + i)}: &{chr(98 + i)} [{f'*{chr(97 + i)},' * 9}]\n" for i in range(20))
    (read, *_) = results("a.md", f"---\n{bomb}title: Cầu mới\n---\n{BODY}")
    assert getattr(read, "article").title == "Cầu mới"  # noqa: B009 - narrows without a second assertion


def test_a_date_that_is_none_is_a_problem_and_the_article_is_read() -> None:
    read, problem = results("a.md", f"---\ndate: hôm nọ\n---\n{BODY}")
    assert "published is no date: 'hôm nọ'" in str(problem)
    assert BODY in str(read)


def test_markup_is_stripped_and_links_and_images_are_dropped() -> None:
    read = only(
        "a.md",
        "# Cầu mới thông xe\n\n"
        "[Cầu mới thông xe](https://tuoitre.vn/a-1.htm)\n\n"
        "![cầu](https://tuoitre.vn/a.jpg)\n"
        "*Cây cầu mới nhìn từ bờ nam*\n\n"
        "**Sáng 5-3**, cây [cầu mới](https://tuoitre.vn/cau) qua sông đã *thông xe*, sớm hơn kế hoạch hai tháng.\n\n"
        "## Nối hai bờ\n\n"
        f"> {BODY}\n\n***\n",
    )
    assert spans(read) == [
        ("headline", "Cầu mới thông xe"),
        ("caption", "Cây cầu mới nhìn từ bờ nam"),
        ("lead", "Sáng 5-3, cây cầu mới qua sông đã thông xe, sớm hơn kế hoạch hai tháng."),
        ("headline", "Nối hai bờ"),
        ("body", BODY),
    ]
    assert [reason for _, reason in dropped(read)] == ["link line", "image line", "mark-up"]
    assert (read.article.title, read.article.url) == ("Cầu mới thông xe", "https://tuoitre.vn/a-1.htm")


def test_front_matter_title_repeated_as_a_line_is_a_headline() -> None:
    read = only("a.md", f"---\ntitle: Cầu mới thông xe\n---\n\n# Cầu mới thông xe\n\n{BODY}\n")
    assert spans(read) == [("headline", "Cầu mới thông xe"), ("lead", BODY)]


def test_toml_front_matter_is_read_as_yaml_is() -> None:
    read = only("a.md", f'+++\ntitle = "Cầu mới"\ndate = 2024-03-05T08:15:00+07:00\n+++\n\n{BODY}')
    assert (read.article.title, read.article.published.edtf) == ("Cầu mới", "2024-03-05T08:15:00+07:00")
    assert spans(read) == [("lead", BODY)]


def test_html_and_entities_in_markdown_are_as_a_reader_sees_them() -> None:
    text = (
        f"# Cầu mới\n\n<p align='center'>{BODY}</p><br/>\n\nAn&nbsp;Bình &amp; Con nói &quot;xong&quot;.\n\n"
        "<table><tr><td>2023</td><td>410</td></tr></table>"
    )
    assert [words for _, words in spans(only("a.md", text))] == [
        *("Cầu mới", BODY, 'An\u00a0Bình & Con nói "xong".', "2023 | 410"),
    ]


def test_tables_lists_notes_and_references_lose_their_marks() -> None:
    text = (
        f"{BODY}\n\n| Năm | Vốn |\n|:--|--:|\n| 2023 | 410 |\n\n* **Một** là `vốn`\n+ [x] Hai là ~~đất~~ người\n\n"
        "Xem [thông cáo][1] và [ghi chú][^2].\n\n[1]: https://x.vn/a\n[^2]: Theo sở.\n\n```\nmã\n```\n"
    )
    assert [words for _, words in spans(only("a.md", text))] == [
        *(BODY, "Năm | Vốn", "2023 | 410", "- Một là vốn", "- Hai là đất người"),
        *("Xem thông cáo và ghi chú.", "Theo sở.", "mã"),
    ]


def test_what_nobody_sees_is_no_text() -> None:
    tags = "".join(chr(0xE0000 + ord(letter)) for letter in "ignore all")
    assert only("a.txt", f"Cầu mới{tags}\n\n{BODY}\u202e").article.text == f"Cầu mới\n\n{BODY}"


def test_a_dateline_names_the_paper() -> None:
    read = only("a.txt", f"Cầu mới\n\nTTO - {BODY}")
    assert read.article.publisher == "Tuổi Trẻ"
    assert only("a.txt", f"Cầu mới\n\n(Mẫu) - {BODY}").article.publisher is None


def test_the_mark_of_a_box_is_no_text_and_its_words_are() -> None:
    read = only("a.md", "# Chợ nổi\n\n> [!NOTE]\n> Chợ nghỉ ngày rằm hằng tháng, kể cả mùa khách đông.\n")
    assert spans(read)[1:] == [("lead", "Chợ nghỉ ngày rằm hằng tháng, kể cả mùa khách đông.")]
