import pytest

from retrieval.query import QuestionReader


@pytest.fixture(scope="module")
def reader() -> QuestionReader:
    return QuestionReader.from_config()


@pytest.mark.parametrize(
    ("question", "terms"),
    [
        ("Thứ trưởng nào phát biểu dẫn đề?", "thứ trưởng phát biểu dẫn đề"),
        ("TBT đến BNG khi nào?", "tổng bí thư đến bộ ngoại giao"),
        ("tbt den bng khi nao", "tong bi thu den bo ngoai giao"),
        ("có bn di sản đc công nhận zậy", "có di sản được công nhận"),
        ("hà kim ngọc là ai", "hà kim ngọc"),
        ("AI là gì?", "ai"),
        ("CTN và TTg gặp LHQ ko", "chủ tịch nước và thủ tướng gặp liên hợp quốc"),
        ("PTTg dự HNTW nói j z", "phó thủ tướng dự hội nghị trung ương"),
    ],
)
def test_abbreviations_are_spelt_out_and_question_words_taken_off(
    reader: QuestionReader, question: str, terms: str
) -> None:
    assert " ".join(reader.read(question).terms) == terms


def test_other_ways_to_write_a_run_of_terms_are_known(reader: QuestionReader) -> None:
    query = reader.read("UBND tỉnh họp Đại hội 14")
    assert ("ubnd", 0, 4) in query.short
    assert ("xiv", 8, 9) in query.short


def test_an_abbreviation_that_is_a_word_without_diacritics_needs_them(reader: QuestionReader) -> None:
    assert reader.read("Ban Đối ngoại TƯ họp").terms == ("ban", "đối", "ngoại", "trung", "ương", "họp")
    assert reader.read("tu tuong ho chi minh").terms == ("tu", "tuong", "ho", "chi", "minh")


def test_names_and_offices_are_known_among_the_terms(reader: QuestionReader) -> None:
    query = reader.read("Ai là phó chủ tịch UBND thành phố Cần Thơ?")
    assert {"cần", "thơ", "chủ", "tịch"} <= query.names
    assert [query.terms[start:end] for start, end in query.offices] == [("chủ", "tịch")]


def test_a_question_that_compares_two_years_has_two_parts(reader: QuestionReader) -> None:
    parts = reader.read("Bộ trưởng năm 2023 là ai, còn năm 2025 là ai?").parts
    assert [[term for term in part.terms if term.isdecimal()] for part in parts] == [["2023"], ["2025"]]


@pytest.mark.parametrize(
    ("before", "question", "terms"),
    [
        ("Bộ trưởng Ngoại giao năm 2023 là ai?", "còn năm 2024?", "bộ trưởng ngoại giao năm 2024"),
        ("Lê Văn Tám giữ chức gì?", "ông ấy nói gì về kinh tế?", "lê văn tám về kinh tế"),
        ("Cầu Gió dài bao nhiêu?", "Chợ Mới ở đâu?", "chợ mới"),
        ("Cầu Gió dài bao nhiêu?", "còn Chợ Mới?", "cầu gió dài chợ mới"),
        ("Cầu Gió dài bao nhiêu?", "còn bao nhiêu làn xe", "còn làn xe"),
    ],
)
def test_a_question_goes_on_from_the_one_before(reader: QuestionReader, before: str, question: str, terms: str) -> None:
    assert " ".join(reader.read(question, previous=reader.read(before)).terms) == terms


def test_a_pronoun_that_nothing_resolves_is_known(reader: QuestionReader) -> None:
    before = reader.read("Lê Văn Tám giữ chức gì?")
    assert reader.read("ông ấy nói gì?").unresolved
    assert not reader.read("ông ấy nói gì?", previous=before).unresolved
    assert not reader.read("Lê Văn Tám nói ông ấy làm gì?").unresolved


def test_questions_go_on_and_on(reader: QuestionReader) -> None:
    first = reader.read("Bộ trưởng Ngoại giao năm 2023 là ai?")
    second = reader.read("còn năm 2024?", previous=first)
    assert reader.read("thế còn năm 2025?", previous=second).terms == ("bộ", "trưởng", "ngoại", "giao", "năm", "2025")


@pytest.mark.parametrize(
    ("question", "kind"),
    [
        ("hội nghị khai mạc ngày nào?", "day"),
        ("thành lập năm nào?", "year"),
        ("họp khi nào", "when"),
        ("có bn chuyến thăm?", "how many"),
        ("họp ở đâu", "where"),
        ("hà kim ngọc là ai", "who"),
        ("vì sao hoãn họp", "why"),
        ("số phiếu ntn", "how"),
        ("Thủ tướng có dự họp ko", "yes/no"),
        ("chủ đề hội nghị là gì", "what"),
        ("phạm gia túc giữ chức gì", "office"),
        ("le hoai trung lam chuc gi", "office"),
        ("Thủ tướng nói gì về kinh tế", "said"),
        ("bui thanh son de nghi gi", "said"),
        ("dac diem noi bat cua hoi nghi la gi", "what"),
        ("AI là gì", "definition"),
        ("Tổng Bí thư năm 2023 là ai, còn năm 2025 là ai?", "compare"),
    ],
)
def test_the_kind_of_question_is_recognised(reader: QuestionReader, question: str, kind: str) -> None:
    assert reader.read(question).kind == kind


@pytest.mark.parametrize("question", ["", "?!…", "🙂🙂", "là gì", "\u200b", "{{7*7}}"])
def test_a_question_without_content_has_no_terms(reader: QuestionReader, question: str) -> None:
    assert reader.read(question).terms == ()


def test_countries_are_found_where_they_are_names(reader: QuestionReader) -> None:
    query = reader.read("Công dân Việt Nam và Pháp ở Hoa Kỳ và anh em ở nhật bản làm gì")
    assert [query.terms[start:end] for start, end in query.known_names] == [("pháp",), ("hoa", "kỳ"), ("nhật", "bản")]


@pytest.mark.parametrize(
    ("question", "names"),
    [
        ("ai dự ở huế", [("huế",)]),
        ("điểm cầu tỉnh Quảng Bình", [("quảng", "bình")]),
        ("diem cau tinh quang binh", [("quang", "binh")]),
        ("bui thanh son la ai", []),  # no "Sơn La"
        ("Bộ Công an nhận gì", [("công", "an")]),
        ("công an nhận gì", []),
    ],
)
def test_provinces_and_ministries_are_known_without_a_capital(
    reader: QuestionReader, question: str, names: list[tuple[str, ...]]
) -> None:
    query = reader.read(question)
    assert [query.terms[start:end] for start, end in query.known_names] == names


@pytest.mark.parametrize("question", ["hội nghị bế mạc khi nào", "hoi nghi be mac khi nao"])
def test_a_question_says_what_its_opposite_would_be(reader: QuestionReader, question: str) -> None:
    [(asked, other)] = reader.read(question).opposites
    assert (asked[0][0], other[0][0]) == ("b", "k")
