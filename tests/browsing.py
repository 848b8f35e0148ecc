"""Pages in a real browser that has no network: whatever a page asks for, logs or is forbidden fails the test."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from io import BytesIO
from pathlib import Path
from urllib.parse import quote

from axe_playwright_python.sync_playwright import Axe
from PIL import Image
from playwright.sync_api import Browser, Page, sync_playwright

from tests.conftest import PROJECT

SIZES = {"1280x800": (1280, 800), "1920x1080": (1920, 1080), "phone": (390, 844)}
SHOTS = PROJECT / "tests" / "screenshots"
# Runs before the page's own script: keeps what the policy forbids, and what the last frame wrote on the map.
WATCH = """
  window.forbidden = [];
  document.addEventListener("securitypolicyviolation", (event) => forbidden.push(event.violatedDirective + " " + event.blockedURI));
  window.written = [];
  const pen = CanvasRenderingContext2D.prototype;
  const { clearRect, fillText } = pen;
  pen.clearRect = function (...where) { written.length = 0; return clearRect.apply(this, where); };
  pen.fillText = function (text, x, y) {
    const { a, e, f } = this.getTransform();
    const wide = this.measureText(text).width * a;
    const left = x * a + e - wide * { left: 0, center: 0.5, right: 1 }[this.textAlign];
    written.push({ text, left, top: y * a + f, right: left + wide, bottom: y * a + f + parseFloat(this.font.match(/[\\d.]+px/)) * a });
    return fillText.call(this, text, x, y);
  };
"""


class Visit:
    """One page that is open, and all that it asked for and complained of."""

    def __init__(self, page: Page, path: Path, fragment: str = "") -> None:
        self.page = page
        self.requests: list[str] = []
        self.complaints: list[str] = []
        page.on("request", lambda request: self.requests.append(request.url))
        page.on("console", lambda message: self.complaints.append(message.text))
        page.on("pageerror", lambda error: self.complaints.append(str(error)))
        page.on("dialog", lambda dialog: (self.complaints.append(dialog.message), dialog.dismiss()))
        page.add_init_script(WATCH)
        page.goto(path.as_uri() + (f"#{quote(fragment, safe='')}" if fragment else ""))
        page.wait_for_selector("body[data-ready]")

    def text(self, selector: str) -> str:
        """The text of the first element that fits."""
        return self.page.inner_text(selector)

    def texts(self, selector: str) -> list[str]:
        """The texts of all elements that fit."""
        return self.page.locator(selector).all_inner_texts()

    def click(self, selector: str) -> None:
        """Click as a reader does: only what can be seen and reached."""
        self.page.click(selector)

    def find(self, words: str) -> list[str]:
        """What the search lists for `words`."""
        self.page.fill("#query", words)
        return self.texts("#results button")

    def go(self, name: str) -> None:
        """Open the first hit of a search for `name`."""
        self.page.fill("#query", name)
        self.page.press("#query", "Enter")

    def filter(self, name: str, value: str) -> None:
        """Choose a value in the menu of filters."""
        if self.page.locator("#filters").get_attribute("open") is None:
            self.click("#filters > summary")
        self.page.select_option(f"#filter-{name}", value)

    def counted(self) -> tuple[int, int]:
        """How many systems and connections the page says it shows."""
        words = self.text("#notes p").split()
        return int(words[0]), int(words[3] if words[2].startswith("thống") else words[2])

    def names(self) -> list[dict[str, float | str]]:
        """What the last frame wrote on the map, with its place in pixels of the canvas."""
        self.page.evaluate("() => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)))")
        return self.page.evaluate("() => written")  # type: ignore[no-any-return]

    def picture(self) -> Image.Image:
        """The map as it is seen."""
        return Image.open(BytesIO(self.page.locator("#map").screenshot())).convert("RGB")

    def shot(self, name: str) -> None:
        """Keep a picture of the page for whoever wants to look."""
        SHOTS.mkdir(exist_ok=True)
        self.page.screenshot(path=SHOTS / f"{name}.png")

    def barriers(self) -> list[str]:
        """What axe-core finds serious or worse: rule and first element."""
        found = Axe().run(self.page).response["violations"]
        return [
            f"{one['id']}: {one['nodes'][0]['html'][:200]}" for one in found if one["impact"] in {"serious", "critical"}
        ]

    def quiet(self) -> None:
        """Assert that the page asked for nothing but itself and that nobody complained."""
        assert [url for url in self.requests[1:] if not url.startswith(("data:", "blob:"))] == []
        assert self.complaints == []
        assert self.page.evaluate("() => forbidden") == []
        assert self.page.evaluate("() => document.body.dataset.hacked") is None


Open = Callable[..., AbstractContextManager[Visit]]
"""How a test opens a page."""


@contextmanager
def browser(program: str) -> Iterator[Browser]:
    """Chromium without a head."""
    with sync_playwright() as playwright:
        found = playwright.chromium.launch(executable_path=program, args=["--no-sandbox"])
        yield found
        found.close()


@contextmanager
def visit(browser: Browser, path: Path, size: str = "1280x800", fragment: str = "") -> Iterator[Visit]:
    """A page opened from its file, without network; that it kept quiet is asserted at the end."""
    width, height = SIZES[size]
    context = browser.new_context(
        viewport={"width": width, "height": height},
        offline=True,
        has_touch=size == "phone",
        permissions=["clipboard-read", "clipboard-write"],
    )
    context.set_default_timeout(15_000)
    try:
        opened = Visit(context.new_page(), path, fragment)
        yield opened
        opened.quiet()
    finally:
        context.close()


def spot(picture: Image.Image, colour: tuple[int, int, int], around: int = 2) -> tuple[int, int]:
    """A pixel of the map in the midst of a mark of `colour`."""
    pixels = picture.load()
    for y in range(around, picture.height - around):
        for x in range(around, picture.width - around):
            block = {pixels[x + dx, y + dy] for dx in range(-around, around + 1) for dy in range(-around, around + 1)}
            if block == {colour}:
                return x, y
    raise AssertionError(f"nothing of colour {colour} on the map")


def amount(picture: Image.Image, colour: tuple[int, int, int]) -> int:
    """How many pixels of the map have `colour`."""
    return sum(count for count, found in picture.getcolors(1 << 24) if found == colour)
