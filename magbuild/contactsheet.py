"""An issue comes in; a contact sheet of all its spreads goes out as a PNG, drawn from its screen PDF."""

import io
import math
from collections.abc import Iterator
from pathlib import Path
from typing import Final

import pypdfium2
from PIL import Image, ImageDraw, ImageFilter

from magbuild.build import Listener, build
from magbuild.delivery import beside, deliver
from magbuild.impression import Impression, Wanted
from magbuild.layout import find_layout
from magbuild.load import load
from magbuild.model import EditionName, Issue
from magbuild.problem import Report, Stopped
from magbuild.store import Store
from magbuild.whereabouts import project_of, shelf_of, store_of

FILE: Final = "contact-sheet.png"
WIDTH: Final = 2400  # px
SHAPE = 1.5  # times its height is what a sheet is wide, as nearly as rows and columns allow
TABLE, SHADE = (226, 224, 219), 90
FINE = 2  # pages are drawn so many times larger and then made smaller, for smooth type

Spread = tuple[int | None, int | None]


def contact_sheet(
    folder: Path,
    out: Path,
    report: Report,
    *,
    width: int = WIDTH,
    jobs: int = 0,
    tell: Listener = lambda stage, detail: None,
) -> Path:
    """Draw the contact sheet of an issue's folder into `out/<folder name>` and return its path.

    The screen PDF there is used when it is younger than all that it was made of; otherwise it is built first.
    Raises Stopped, with problems in the report, when it can't be built.
    """
    shelf = out / folder.resolve().name
    screen = next(iter(sorted(shelf.glob("*-screen.pdf"))), None)
    changed = max((path.stat().st_mtime for path in _sources(folder)), default=math.inf)
    if screen is None or screen.stat().st_mtime < changed:
        wanted = (EditionName.SCREEN,)
        run = Impression(Wanted(folder=folder, editions=wanted), Store(store_of(folder)))
        built = build(folder, out, report, editions=wanted, jobs=jobs, impression=run, tell=tell)
        screen = next(file for file in built.files if file.name.endswith("-screen.pdf"))
    tell("sheet", screen.name)
    with beside(out) as bench:
        drawn = bench / FILE
        drawn.write_bytes(draw(screen.read_bytes(), width))
        (file,) = deliver((drawn,), bench, shelf)
    return file


def _sources(folder: Path) -> Iterator[Path]:
    """Yield the files that an issue is made of: its own, the magazine's sheet, its layout's."""
    folders = [folder]
    try:
        issue = load(folder, Report())
        if issue is not None:
            folders += find_layout(issue.magazine.layout, project_of(folder), folder, Report()).chain
    except Stopped:  # a build tells why
        pass
    yield from (path for place in folders for path in place.rglob("*") if path.is_file())
    sheet = shelf_of(folder) / Issue.MAGAZINE
    if sheet.exists():
        yield sheet


# --- The sheet ---


def draw(pdf: bytes, width: int) -> bytes:
    """Return all spreads of a PDF, side by side and in rows, as a PNG so many pixels wide."""
    document = pypdfium2.PdfDocument(pdf)
    try:
        size = document[0].get_size()
        pages = len(document)
        spreads = _spreads(pages)
        columns = _columns(len(spreads), 2 * size[0] / size[1])
        gap = max(2, round(width * 0.011))
        page_width = (width - gap) // columns - gap
        page_width //= 2
        page_height = round(page_width * size[1] / size[0])
        rows = math.ceil(len(spreads) / columns)
        table = Image.new("RGB", (width, rows * (page_height + gap) + gap), TABLE)
        for number, spread in enumerate(spreads):
            left = gap + number % columns * (2 * page_width + gap)
            top = gap + number // columns * (page_height + gap)
            drawn = [None if at is None else _page(document[at], page_width, page_height) for at in spread]
            _lay(table, drawn, left, top, page_width)
    finally:
        document.close()
    packed = io.BytesIO()
    # A palette makes a file of a third, and at this size nobody sees it.
    table.quantize(256, method=Image.Quantize.MEDIANCUT, dither=Image.Dither.FLOYDSTEINBERG).save(
        packed, "PNG", optimize=True
    )
    return packed.getvalue()


def _spreads(pages: int) -> list[Spread]:
    """Return the indexes of pages that face each other; the first page and an even last one stand alone."""
    numbers: list[int | None] = [None, *range(pages)]
    if len(numbers) % 2:
        numbers.append(None)
    return list(zip(numbers[::2], numbers[1::2], strict=True))


def _columns(spreads: int, proportion: float) -> int:
    """Return how many spreads of a proportion stand side by side, so that the sheet has its shape."""
    return max(1, min(spreads, round(math.sqrt(spreads * SHAPE / proportion))))


def _page(page: pypdfium2.PdfPage, width: int, height: int) -> Image.Image:
    drawn: Image.Image = page.render(scale=FINE * width / page.get_width()).to_pil().convert("RGB")
    return drawn.resize((width, height), Image.Resampling.LANCZOS)


def _lay(table: Image.Image, pages: list[Image.Image | None], left: int, top: int, width: int) -> None:
    """Lay a spread onto the table, with the shadow that it throws and the fold between its pages."""
    there = [(left + at * width, page) for at, page in enumerate(pages) if page is not None]
    height = there[0][1].height
    area = (there[0][0], top, there[-1][0] + width, top + height)
    drop = max(1, width // 60)
    shadow = Image.new("L", table.size)
    ImageDraw.Draw(shadow).rectangle((area[0], area[1] + drop, area[2], area[3] + drop), fill=SHADE)
    table.paste((60, 56, 50), mask=shadow.filter(ImageFilter.GaussianBlur(drop)))
    for x, page in there:
        table.paste(page, (x, top))
    if len(there) == 2:
        fold = Image.new("L", (2 * drop, height))
        for x in range(2 * drop):
            ImageDraw.Draw(fold).line((x, 0, x, height), fill=round(46 * (1 - abs(x - drop) / drop)))
        table.paste((60, 56, 50), (left + width - drop, top), fold)
