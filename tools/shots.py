"""Photograph the main pages as the demo roles see them, wide and narrow, light and dark, into `shots/`.

Each role's first page is photographed for every role, and every other page once, by the first role who can walk
there in two steps. `ROLES="anne bo" make shots` takes only some. `shots/index.html` is the contact
sheet, `shots/sheet.png` the same as one picture.
"""

from __future__ import annotations

import html
import os
import re
import shutil
import socket
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from playwright.sync_api import Browser, Page, sync_playwright

from tools import chromium, serve
from tools.ready import ROOT, Missing

FOLDER = ROOT / "shots"
WIDTHS = {"wide": 1280, "narrow": 360}
SCHEMES = ("light", "dark")
LINKS = "nav a[href^='/'], main a[href^='/']"
STEPS = 2
NOT_PAGES = re.compile(r"\.\w+$|/(export|download)")  # files, not pages


@dataclass(frozen=True)
class Shot:
    role: str
    path: str
    width: str
    scheme: str

    @property
    def file(self) -> str:
        page = re.sub(r"[^\w-]+", "-", self.path.strip("/")) or "front"
        return f"{self.role}/{page}-{self.width}-{self.scheme}.png"

    @property
    def caption(self) -> str:
        return f"{self.role} {self.path} {self.width} {self.scheme}"


@contextmanager
def demo_server() -> Iterator[str]:
    """The demo on a port of its own; only the server, for nothing is ordered here."""
    with socket.socket() as free:
        free.bind((serve.HOST, 0))
        port = free.getsockname()[1]
    processes = {"server": subprocess.Popen(serve.commands(port)["server"], cwd=ROOT, start_new_session=True)}
    try:
        serve.wait_until_ready(port, processes)
        yield f"http://{serve.HOST}:{port}"
    finally:
        serve.stop(processes)


def roles(browser: Browser, address: str) -> list[str]:
    page = browser.new_page()
    page.goto(f"{address}/demo/")
    found = page.locator("[name=role]").evaluate_all("all => all.map(one => one.value)")
    page.close()
    chosen = os.environ.get("ROLES", "").split()
    return [role for role in found if not chosen or role in chosen]


def photograph(browser: Browser, address: str, role: str, seen: set[str]) -> Iterator[Shot]:
    """Step in as `role`, and take each page that leads from there and nobody has taken yet."""
    context = browser.new_context(locale="nb-NO", timezone_id="Europe/Oslo")
    page = context.new_page()
    page.goto(f"{address}/demo/")
    page.locator(f"[name=role][value='{role}']").click()
    page.wait_for_load_state()
    home = page.url.removeprefix(address)
    ahead = [(home, 0)]
    for path, steps in ahead:
        route = re.sub(r"\d+", "#", path.partition("?")[0])
        if path == home or not (route in seen or NOT_PAGES.search(path)):
            seen.add(route)
            yield from take(page, address, role, path)
            if steps < STEPS:
                links: list[str] = page.locator(LINKS).evaluate_all("all => all.map(one => one.pathname + one.search)")
                ahead += [(link, steps + 1) for link in dict.fromkeys(links) if link != home]
    context.close()


def take(page: Page, address: str, role: str, path: str) -> Iterator[Shot]:
    answer = page.goto(address + path)
    if answer is None or not answer.ok:
        print(f"{role} got {answer.status if answer else 'no answer'} on {path}")
    for width, pixels in WIDTHS.items():
        for scheme in SCHEMES:
            shot = Shot(role, path, width, scheme)
            page.set_viewport_size({"width": pixels, "height": 900})
            page.emulate_media(color_scheme="dark" if scheme == "dark" else "light")
            page.screenshot(path=FOLDER / shot.file, full_page=True, animations="disabled")
            yield shot


def contact_sheet(browser: Browser, shots: list[Shot]) -> None:
    figures = "\n".join(
        f'<figure><a href="{shot.file}"><img src="{shot.file}" alt=""></a>'
        f"<figcaption>{html.escape(shot.caption)}</figcaption></figure>"
        for shot in shots
    )
    style = (
        "body{font:12px sans-serif;display:flex;flex-wrap:wrap;gap:12px;align-items:start}figure{margin:0}"
        "img{width:280px;max-height:420px;object-fit:cover;object-position:top;border:1px solid #999}"
    )
    sheet = FOLDER / "index.html"
    sheet.write_text(f"<!doctype html><meta charset=utf-8><style>{style}</style>\n{figures}\n", "utf-8")
    page = browser.new_page(viewport={"width": 1500, "height": 900})
    page.goto(sheet.as_uri())
    page.screenshot(path=FOLDER / "sheet.png", full_page=True)


def main() -> None:
    shutil.rmtree(FOLDER, ignore_errors=True)
    shots: list[Shot] = []
    seen: set[str] = set()
    program, arguments = chromium.executable(), chromium.arguments()
    with demo_server() as address, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=program, args=arguments)
        for role in roles(browser, address):
            shots += photograph(browser, address, role, seen)
        contact_sheet(browser, shots)
        browser.close()
    print(f"{len(shots)} pictures: {(FOLDER / 'index.html').relative_to(Path.cwd())}")


if __name__ == "__main__":
    try:
        main()
    except Missing as missing:
        sys.exit(str(missing))
