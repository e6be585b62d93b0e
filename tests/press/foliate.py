"""An EPUB file is opened in foliate-js, the reader of Foliate and Readest, in a browser without a window."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path
from typing import Any, Literal

from PIL import Image
from playwright.sync_api import Browser, Page, Route, sync_playwright

from tests.press.browser import find_browser

HERE = Path(__file__).parent
FOLIATE = HERE.parent.parent / ".venv" / "node_modules" / "foliate-js"
# A name that a browser trusts like https; nothing listens there, every file is handed over by `_serve`.
HOST = "http://localhost/"
# Nothing that asks for the network, and nothing that a machine without a screen lacks.
QUIET = (
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-gpu",
    "--disable-quic",
    "--disable-sync",
    "--no-first-run",
)
PHONE, TABLET = (390, 844), (820, 1180)

# By day, with the system's dark colours, and with colours of the app that no book may overrule.
Look = Literal["day", "dark", "night"]
SCHEMES: dict[Look, Literal["light", "dark"]] = {"day": "light", "dark": "dark", "night": "light"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """A line of the contents or of the list of pages; `href` is empty for a section, which is no document."""

    label: str
    href: str
    items: tuple["Entry", ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Picture:
    """A picture with its own size and the one that it is shown at, in pixels; filters change its colours."""

    alt: str
    own: tuple[int, int]
    shown: tuple[float, float]
    filters: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Seen:
    """What is seen of one document: its text, elements wider than the screen, pictures, contrasts (1 to 21) of texts.

    Elements are told by name, such as "p#where.class".
    """

    text: str
    wide: tuple[str, ...]
    pictures: tuple[Picture, ...]
    contrasts: tuple[tuple[str, float], ...]


class Book:
    """An e-book that is open: contents, list of pages, metadata as foliate-js understands it, names of documents."""

    def __init__(self, page: Page, facts: dict[str, Any]) -> None:
        self._page = page
        self.contents = _entries(facts["contents"])
        self.pages = _entries(facts["pages"])
        self.metadata: dict[str, Any] = facts["metadata"]
        self.documents: tuple[str, ...] = tuple(facts["documents"])

    def show(self, target: str) -> Seen:
        """Go to a document, or to a place in it, and return what is seen."""
        facts = self._page.evaluate("target => reader.show(target)", target)
        return Seen(
            text=facts["text"],
            wide=tuple(facts["wide"]),
            pictures=tuple(map(_picture, facts["pictures"])),
            contrasts=tuple((name, contrast) for name, contrast in facts["contrasts"]),
        )

    @property
    def page(self) -> str:
        """The last printed page that begins on the screen or before, "" when it isn't known."""
        return str(self._page.evaluate("reader.page()"))

    def note(self, reference: int) -> str:
        """Return the text of the small window that opens at a click on a reference (from 0) of the document shown."""
        return str(self._page.evaluate("reference => reader.note(reference)", reference))

    def draw(self, picture: int | None = None) -> Image.Image:
        """Return what is on the screen, or one picture (from 0) of the document shown."""
        if picture is None:
            drawn = self._page.screenshot()
        else:
            _, shown, *_ = self._page.frames
            drawn = shown.locator("img").nth(picture).screenshot()
        return Image.open(BytesIO(drawn)).convert("RGB")


@contextmanager
def browsing() -> Iterator[Browser]:
    """Start a browser; there can't be two at a time in one process."""
    with (
        sync_playwright() as playwright,
        playwright.chromium.launch(executable_path=find_browser(), args=QUIET) as browser,
    ):
        yield browser


@contextmanager
def reading(
    browser: Browser, epub: Path, *, look: Look = "day", size: tuple[int, int] = PHONE, scrolled: bool = True
) -> Iterator[Book]:
    """Open an EPUB file; what it asks for that isn't in it, and any word of complaint, fails the test."""
    complaints: list[str] = []
    with browser.new_context(viewport={"width": size[0], "height": size[1]}, color_scheme=SCHEMES[look]) as window:
        page = window.new_page()
        page.route("**/*", lambda route: _serve(route, epub, complaints))
        page.on("console", lambda message: complaints.extend([message.text] * (message.type == "error")))
        page.goto(f"{HOST}foliate.html")
        opened = ["issue.epub", "night" if look == "night" else "system", "scrolled" if scrolled else "paginated"]
        yield Book(page, page.evaluate("words => reader.open(...words)", opened))
    assert not complaints, complaints


def _serve(route: Route, epub: Path, complaints: list[str]) -> None:
    name = route.request.url.removeprefix(HOST)
    if name == "issue.epub":
        route.fulfill(path=epub, content_type="application/epub+zip")
    elif name.startswith("foliate/"):
        route.fulfill(path=FOLIATE / name.removeprefix("foliate/"))
    elif name in ("foliate.html", "foliate.js"):
        route.fulfill(path=HERE / name)
    else:
        complaints.append(f"asked for {name}")
        route.abort()


def _entries(facts: list[dict[str, Any]]) -> tuple[Entry, ...]:
    return tuple(Entry(label=one["label"], href=one["href"] or "", items=_entries(one["items"])) for one in facts)


def _picture(facts: dict[str, Any]) -> Picture:
    (width, height), shown = facts["own"], facts["shown"]
    return Picture(alt=facts["alt"], own=(width, height), shown=(shown[0], shown[1]), filters=tuple(facts["filters"]))
