"""The questions that the page offers to tap are answered from the samples, the words marked; one shows a refusal."""

from pathlib import Path

from bot.sandbox.scene import set_scene
from bot.sandbox.world import World
from retrieval import Library
from retrieval.config_files import data_folder

REFUSED = "Chủ đề hội nghị ngoại giao lần thứ 31 là gì?"  # the articles tell of the 32nd


def test_samples_are_answered(tmp_path: Path) -> None:
    library = Library.open([Path(data_folder("seeds"))], tmp_path)
    offered = {each for samples in set_scene(World()).values() for each in samples if not each.startswith("/")}
    answers = {question: library.ask(question) for question in offered}
    assert {question for question, answer in answers.items() if answer.status == "not_found"} == {REFUSED}
    assert all(answer.quotes[0].answer for question, answer in answers.items() if question != REFUSED)
