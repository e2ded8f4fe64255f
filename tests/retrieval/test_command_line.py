import json
import subprocess
import sys
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from retrieval.__main__ import app

ARTICLE = "Cầu Gió dài 950 m thông xe sáng 1/10/2025.\n\nCầu có bốn làn xe.\n\nZalo\n"


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("TRICH_LIBRARY__CACHE", str(tmp_path / "cache"))
    articles = tmp_path / "articles"
    articles.mkdir()
    (articles / "cau.txt").write_text(ARTICLE, encoding="utf-8")
    return articles


def run(*arguments: object) -> Result:
    return CliRunner().invoke(app, [str(argument) for argument in arguments])


def test_an_answer_is_printed_with_source_and_date_and_exits_0(folder: Path) -> None:
    result = run("ask", "Cầu Gió dài bao nhiêu?", "--library", folder)
    assert result.exit_code == 0
    assert "“Cầu Gió dài 950 m thông xe sáng 1/10/2025.”" in result.stdout
    assert "1/10/2025" in result.stdout
    assert "cau.txt" in result.stdout


def test_a_question_may_be_limited_to_days(folder: Path) -> None:
    asked = ("ask", "Cầu Gió dài bao nhiêu?", "--library", folder)
    assert run(*asked, "--since", "9/2025", "--until", "hôm nay").exit_code == 0
    assert run(*asked, "--since", "2/10/2025").exit_code == 1
    assert run(*asked, "--until", "2024").exit_code == 1
    answer = json.loads(run(*asked, "--until", "2024", "--json").stdout)
    assert (answer["nearest"], answer["since"], answer["until"]) == ([], None, "2024-12-31")


def test_a_refusal_says_so_and_exits_1(folder: Path) -> None:
    result = run("ask", "ai là thị trưởng Paris", "--library", folder)
    assert result.exit_code == 1
    assert "Chưa tìm thấy câu trả lời" in result.stdout


def test_json_has_the_records_own_field_names(folder: Path) -> None:
    answer = json.loads(run("ask", "Cầu Gió dài bao nhiêu?", "--json", "--library", folder).stdout)
    fields = [
        "question",
        "status",
        "quotes",
        "nearest",
        "confidence",
        "kind",
        "suggestions",
        "since",
        "until",
        "partial",
    ]
    assert list(answer) == fields
    quote = answer["quotes"][0]
    assert quote["text"] == (folder / quote["article"]["id"]).read_text(encoding="utf-8")[quote["start"] : quote["end"]]
    assert list(quote["article"]) == ["id", "title", "publisher", "url", "published", "event_date"]
    assert quote["date"]["edtf"] == "2025-10-01"


@pytest.mark.parametrize(
    ("command", "why"),
    [
        (["ask", ""], "nothing is asked"),
        (["ask", "?! "], "nothing is asked"),
        (["who", " "], "nobody is asked for"),
        (
            ["timeline", "cầu Gió", "--since", "2025", "--until", "2024"],
            "the first date, 2025-01-01, is after the last",
        ),
        (["ask", "cầu Gió?", "--since", "2025", "--until", "2024"], "the first date, 2025-01-01, is after the last"),
        (["ask", "cầu Gió?", "--until", "hôm nào đó"], "'hôm nào đó' is no date"),
    ],
)
def test_what_asks_nothing_exits_2_and_says_why(folder: Path, command: list[str], why: str) -> None:
    result = run(*command, "--library", folder)
    assert result.exit_code == 2
    assert why in result.stderr


def test_help_imports_nothing_that_reads_or_answers() -> None:
    heavy = ("numpy", "telegram", "underthesea", "pydantic")
    code = f"import sys, bot.command_line; print([name for name in {heavy} if name in sys.modules])"
    done = subprocess.run([sys.executable, "-c", code], check=True, capture_output=True, text=True)  # noqa: S603
    assert done.stdout.strip() == "[]"


def test_several_paths_may_follow_library(folder: Path, tmp_path: Path) -> None:
    more = tmp_path / "more.jsonl"
    more.write_text('{"id": "x", "text": "Chợ Mới mở cửa."}\n', encoding="utf-8")
    for paths in (["--library", folder, more], ["--library", folder, "--library", more]):
        read = json.loads(run("articles", "--json", *paths).stdout)
        assert [article["id"] for article in read["articles"]] == ["cau.txt", "x"]


@pytest.mark.parametrize(
    ("command", "status"), [(["ask", "gì"], 2), (["timeline", "gì"], 2), (["who", "ai"], 2), (["articles"], 0)]
)
def test_a_library_of_which_nothing_can_be_read_is_an_error_but_for_who_asks_what_was_read(
    tmp_path: Path, command: list[str], status: int
) -> None:
    broken = tmp_path / "broken.jsonl"
    broken.write_text("{", encoding="utf-8")
    result = run(*command, "--library", broken)
    assert result.exit_code == status
    assert "broken.jsonl" in result.stderr


def test_an_empty_library_holds_no_answer(tmp_path: Path) -> None:
    assert run("ask", "gì", "--library", tmp_path).exit_code == 1


@pytest.mark.parametrize("command", [["ask", "gì"], ["articles"], ["refresh"]])
def test_a_missing_path_is_named_and_exits_2(folder: Path, command: list[str]) -> None:
    result = run(*command, "--library", folder / "none")
    assert result.exit_code == 2
    assert f"{folder / 'none'}: no such file or folder" in result.stderr


def test_a_bad_file_is_named_and_the_rest_is_read(folder: Path) -> None:
    (folder / "hong.txt").write_bytes(bytes(range(256)) * 20)
    result = run("articles", "--library", folder)
    assert result.exit_code == 0
    assert "cau.txt" in result.stdout
    assert "hong.txt: " in result.stderr


@pytest.mark.parametrize("kind", ["doc", "rtf", "odt", "epub", "csv"])
def test_a_file_of_a_kind_that_is_not_read_is_named_with_the_kinds_that_are(folder: Path, kind: str) -> None:
    (folder / f"bai.{kind}").write_bytes(b"x")
    for where in ((folder,), (folder, folder / f"bai.{kind}")):
        result = run("articles", *where)
        assert result.exit_code == 0
        assert f"bai.{kind}: not a kind of file that is read: .txt .md" in result.stderr


def test_a_folder_can_be_given_by_itself_where_no_question_is_asked(folder: Path) -> None:
    assert run("articles", folder).stdout == run("articles", "--library", folder).stdout
    assert json.loads(run("refresh", "--json", folder).stdout)["unchanged"] == 1


def test_explain_shows_dropped_lines_with_their_reasons(folder: Path) -> None:
    assert "share button: Zalo" in run("articles", "--explain", "--library", folder).stdout


def test_refresh_counts_what_it_did(folder: Path) -> None:
    assert json.loads(run("refresh", "--json", "--library", folder).stdout)["new"] == 1
    assert json.loads(run("refresh", "--json", "--library", folder).stdout)["unchanged"] == 1


def test_eval_measures_hits_and_refusals(folder: Path, tmp_path: Path) -> None:
    questions = tmp_path / "questions.jsonl"
    lines = [
        {"id": "1", "question": "Cầu Gió dài bao nhiêu?", "answerable": True, "gold": ["Cầu Gió dài 950 m"]},
        {"id": "2", "question": "Cầu Gió mấy làn xe?", "answerable": True, "gold": ["không có câu này"]},
        {"id": "3", "question": "ai là thị trưởng Paris", "answerable": False, "gold": []},
    ]
    questions.write_text("\n".join(map(json.dumps, lines)), encoding="utf-8")
    figures = json.loads(run("eval", questions, "--json", "--library", folder).stdout)
    assert (figures["hit_at_1"], figures["hit_at_3"], figures["refused"]) == (0.5, 0.5, 1.0)


@pytest.mark.parametrize(
    ("content", "message"),
    [
        ("", "holds no question"),
        ("{", ":1: not a JSON object"),
        ("[]", ":1: not a JSON object"),
        ('{"id": "1"}', ":1: the key 'answerable' is missing"),
        ('{"id": "1", "question": "x", "answerable": true, "gold": []}', ":1: answerable, but without a gold sentence"),
    ],
)
def test_a_bad_file_of_questions_is_named_with_line_and_reason(
    folder: Path, tmp_path: Path, content: str, message: str
) -> None:
    questions = tmp_path / "questions.jsonl"
    questions.write_text(content, encoding="utf-8")
    result = run("eval", questions, "--library", folder)
    assert result.exit_code == 2
    assert message in result.stderr


def test_a_wrong_setting_is_named(folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    own = tmp_path / "own.toml"
    own.write_text("[library]\npath = 'x'\n", encoding="utf-8")
    monkeypatch.setenv("TRICH_CONFIG", str(own))
    result = run("ask", "gì", "--library", folder)
    assert result.exit_code == 2
    assert "library.path" in result.stderr
