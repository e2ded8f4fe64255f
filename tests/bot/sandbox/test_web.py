"""The page as files, and what a browser is told to refuse."""

import re
from pathlib import Path

import httpx
import pytest

from bot.sandbox.server import create_app
from bot.sandbox.web import FOLDER
from bot.sandbox.world import World

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
