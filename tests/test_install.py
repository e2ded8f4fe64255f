"""How far pip is, while `make run` sets up."""

from deploy.install import progress


def test_each_package_and_the_unpacking_are_told_and_nothing_else() -> None:
    pip = """Obtaining file:///somewhere
  Preparing editable metadata (pyproject.toml): finished with status 'done'
Requirement already satisfied: pip in ./lib
Collecting lxml-html-clean>=0.4 (from trich==0.1.0)
  Downloading lxml_html_clean-0.4.6-py3-none-any.whl (14 kB)
Collecting numpy
Installing collected packages: numpy, lxml_html_clean, trich
Successfully installed numpy-2.4.0
"""
    assert [*progress(pip.splitlines(keepends=True))] == [
        "fetching packages: 1, pip",
        "fetching packages: 2, lxml-html-clean",
        "fetching packages: 3, numpy",
        "unpacking 3 packages (half a minute)",
    ]
