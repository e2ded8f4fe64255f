"""The page as files, and what a browser is told to refuse."""

import json
import re
from pathlib import Path

import httpx
import pytest

from bot.sandbox.live import Page
from bot.sandbox.server import create_app
from bot.sandbox.web import FOLDER
from bot.sandbox.world import World
from bot.texts.catalogue import languages, short_texts

PARTS = [str(path.relative_to(FOLDER)) for path in sorted(FOLDER.rglob("*.*"))]


async def test_the_page_runs_its_own_scripts_only_and_stands_in_no_frame(client: httpx.AsyncClient) -> None:
    answer = await client.get("/")
    policy = answer.headers["content-security-policy"].split("; ")
    assert "default-src 'none'" in policy
    assert "script-src 'self'" in policy
    assert "frame-ancestors 'none'" in policy
    assert not [each for each in policy if "unsafe" in each]
    assert answer.headers["x-content-type-options"] == "nosniff"


async def test_every_part_that_the_page_names_is_served(client: httpx.AsyncClient) -> None:
    named = set(re.findall(r'(?:href|src)="(/[^"]+)"', (FOLDER / "index.html").read_text(encoding="utf-8")))
    for style in FOLDER.glob("style/*.css"):
        named |= set(re.findall(r'url\("(/[^"]+)"\)', style.read_text(encoding="utf-8")))
    for script in FOLDER.glob("*.js"):
        named |= {f"/page/{name}" for name in re.findall(r'from "\./([^"]+)"', script.read_text(encoding="utf-8"))}
    assert len(named) > 20
    assert {path: (await client.get(path)).status_code for path in named} == dict.fromkeys(named, 200)


async def test_on_a_slow_line_no_module_waits_for_another_and_all_are_compressed(client: httpx.AsyncClient) -> None:
    index = (await client.get("/")).text
    hinted = set(re.findall(r'rel="modulepreload" href="/page/([^"]+)"', index))
    scripts = [path.read_text(encoding="utf-8") for path in FOLDER.glob("*.js")]
    assert hinted == {name for text in scripts for name in re.findall(r'from "\./([^"]+)"', text)} | {"app.js"}
    for path in ("/page/app.js", "/page/style.css", "/letters/BeVietnamPro-Regular.ttf"):
        answer = await client.get(path, headers={"Accept-Encoding": "gzip"})
        assert answer.headers["content-encoding"] == "gzip"


async def test_the_first_paint_waits_for_one_stylesheet_with_all_of_them(client: httpx.AsyncClient) -> None:
    styles = re.findall(r'rel="stylesheet" href="([^"]+)"', (await client.get("/")).text)
    assert len(styles) == 1
    style = (await client.get(styles[0])).text
    assert all(path.read_text(encoding="utf-8") in style for path in FOLDER.glob("style/*.css"))


async def test_the_page_says_what_stands_in_the_folders_of_the_languages(world: World) -> None:
    page = Page(words={"vi": {"send": "Gửi"}, "xx": {"send": "Yollo"}})
    transport = httpx.ASGITransport(create_app(world, page=page))
    async with httpx.AsyncClient(transport=transport, base_url="http://127.0.0.1") as client:
        catalogue = await client.get("/page/catalogue.js")
    assert catalogue.headers["content-type"].startswith("text/javascript")
    assert json.loads(catalogue.text.removeprefix("export const CATALOGUE = ").rstrip(";\n")) == page.words


@pytest.mark.parametrize("language", languages())
def test_every_language_has_every_word_of_the_page_with_the_same_blanks(language: str) -> None:
    blanks = re.compile(r"\{\w+\}")
    here, vietnamese = (
        {name: sorted(blanks.findall(text)) for name, text in short_texts(code, "page").items()}
        for code in (language, "vi")
    )
    assert here == vietnamese
    scripts = "".join(path.read_text(encoding="utf-8") for path in FOLDER.glob("*.js"))
    assert set(re.findall(r'\bsay\("(\w+)"', scripts)) <= set(here)


@pytest.mark.parametrize("part", PARTS)
def test_no_part_comes_from_elsewhere_or_writes_markup(part: str) -> None:
    text = (FOLDER / part).read_text(encoding="utf-8").replace("http://www.w3.org/2000/svg", "")
    assert not re.findall(r"(?:src|href|url|import|from)\W{0,3}https?://", text)
    assert not re.findall(r"innerHTML|outerHTML|insertAdjacentHTML|document\.write|\beval\b", text)


@pytest.mark.parametrize("part", PARTS)
def test_the_parts_stay_small(part: str) -> None:
    assert Path(FOLDER / part).read_text(encoding="utf-8").count("\n") <= 300


@pytest.mark.parametrize(
    "headers",
    [
        {"Host": "evil.example"},
        {"Host": "evil.example:80"},
        {"Origin": "https://evil.example"},
        {"Sec-Fetch-Site": "cross-site"},
        {"Sec-Fetch-Site": "same-site"},
        {"Origin": "null"},
    ],
)
async def test_other_sites_neither_read_nor_drive_it(client: httpx.AsyncClient, headers: dict[str, str]) -> None:
    for answer in (
        await client.get("/", headers=headers),
        await client.get("/sandbox/chats", headers=headers),
        await client.post("/sandbox/act", json={"act": "add_user", "first_name": "Mallory"}, headers=headers),
    ):
        assert answer.status_code == 403


async def test_a_path_out_of_the_folder_is_not_served(world: World) -> None:
    transport = httpx.ASGITransport(create_app(world))
    async with httpx.AsyncClient(transport=transport, base_url="http://127.0.0.1") as client:
        for path in ("/page/../web.py", "/page/%2e%2e/web.py", "/page/..%2fweb.py", "/letters/../__init__.py"):
            assert (await client.get(path)).status_code == 404
