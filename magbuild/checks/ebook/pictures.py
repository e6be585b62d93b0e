"""The pictures of a finished e-book: their words for those who can't see them, their size, their kind.

Each check is called like the code it reports, and its docstring is that code's manual page.
"""

import re
from collections.abc import Iterator
from io import BytesIO
from pathlib import PurePosixPath
from typing import Final

from lxml import etree
from PIL import Image

from magbuild.checks.ebook.book import Book, Item, Page
from magbuild.checks.ebook.finding import Finding, fault, flaw
from magbuild.checks.ebook.kinds import PICTURES, kind_of
from magbuild.editions.epub.xhtml import MATHML, SVG, TYPE, html, words

MOST_PIXELS: Final = 4_000_000  # what Apple's shop takes without a word
HEAVY_PICTURE: Final = 5_000_000  # bytes, Kobo's limit
HEAVY_COVER: Final = 3_000_000  # bytes, Kobo's limit
SMALL_COVER: Final = 1400  # pixels of the shorter side that shops want
KINDLE: Final = ("image/jpeg", "image/png", "image/gif", "image/svg+xml")

_UNREADABLE: Final = (OSError, SyntaxError, ValueError, Image.DecompressionBombError)
_ALT: Final = "write what it shows, for those who can't see it"
_FILE_NAME = re.compile(r"(?:^|[\s/])[\w.-]+\.(?:jpe?g|png|gif|svg|webp|tiff?|avif)$", re.IGNORECASE)
_EMPTY_WORDS: Final = frozenset({"image", "picture", "photo", "photograph", "figure", "graphic", "img", "bild", "foto"})


def picture_without_alt(book: Book) -> Iterator[Finding]:
    """A picture has no alternative text at all.

    Screen readers then read out the name of its file. Write what it shows into `alt`; `alt=""` is for ornaments.
    """
    for page in book.texts:
        for image in page.all("img", "area"):
            named = image.get("aria-label") or image.get("aria-labelledby") or image.get("title")
            if image.get("alt") is None and not named:
                what = image.get("src") or "a picture"
                yield fault(image, f"'{what}' has no alternative text", _ALT)


def undescribed_picture(book: Book) -> Iterator[Finding]:
    """A picture that stands as a figure counts as an ornament: its alternative text is empty.

    Write into `alt` what it shows.
    """
    for page in book.texts:
        for figure in page.all("figure"):
            for image in figure.iter(html("img")):
                ornament = image.get("role") in ("presentation", "none") or image.get("aria-hidden") == "true"
                if image.get("alt") is not None and not image.get("alt", "").strip() and not ornament:
                    yield flaw(image, f"'{image.get('src')}' counts as an ornament: its alt is empty", _ALT)


def alt_says_nothing(book: Book) -> Iterator[Finding]:
    """An alternative text is the name of the file, or a word such as "image".

    Those who hear it know no more than before. Write what the picture shows.
    """
    for page in book.texts:
        for image in page.all("img"):
            alt = (image.get("alt") or "").strip()
            stem = PurePosixPath(image.get("src") or "").stem
            same = alt.casefold() in _EMPTY_WORDS or re.sub(r"\W+", "-", alt.casefold()) == stem.casefold()
            if alt and (_FILE_NAME.search(alt) or (same and " " not in alt)):
                yield flaw(image, f"the alternative text '{alt}' says nothing", _ALT)


def cover_without_words(book: Book) -> Iterator[Finding]:
    """The cover has no words for those who can't see it.

    Write the title and what the picture shows into its `alt`.
    """
    for page in book.texts:
        for image in page.all("img"):
            target = book.address(page.name, image.get("src") or "")
            is_cover = book.cover is not None and target is not None and target.name == book.cover.name
            if is_cover and image.get("alt") is not None and not image.get("alt", "").strip():
                yield flaw(image, "the cover has no words", "write its title and what it shows into alt")


def mute_drawing(book: Book) -> Iterator[Finding]:
    """A drawing within the text has no title.

    Screen readers pass it over, or read out its parts. Give it `role="img"` and a `title`, or `aria-hidden="true"` when
    it is an ornament.
    """
    for page in book.texts:
        for drawing in page.all("svg", space=SVG):
            if drawing.get("aria-hidden") == "true" or drawing.get("role") in ("presentation", "none"):
                continue
            title = drawing.find(f"{{{SVG}}}title")
            named = drawing.get("aria-label") or _heard(page, drawing) or (title is not None and words(title))
            if not named and not _holds_cover(book, page, drawing):
                yield flaw(drawing, "a drawing has no title", "give it role='img' and a title")


def _heard(page: Page, element: etree._Element) -> bool:
    named = (element.get("aria-labelledby") or "").split()
    return any(words(one) for one in page.tree.iter("*") if one.get("id") in named)


def _holds_cover(book: Book, page: Page, drawing: etree._Element) -> bool:
    """Whether a drawing only frames the cover, as many programs write it."""
    return any("cover" in (one.get(TYPE) or "").split() for one in drawing.iterancestors())


def mute_formula(book: Book) -> Iterator[Finding]:
    """A formula has no words.

    Reading systems without MathML have nothing to say. Write it in words into `alttext`.
    """
    for page in book.texts:
        for formula in page.all("math", space=MATHML):
            if not formula.get("alttext") and formula.find(f".//{{{MATHML}}}annotation-xml") is None:
                yield flaw(formula, "a formula has no words", "write it in words into alttext")


def broken_image(book: Book) -> Iterator[Finding]:
    """A picture can't be read to its end.

    It was cut off or changed on the way. Put it in anew.
    """
    for item, data in _pictures(book):
        if not _is_whole(data):
            yield fault(item.element, f"'{item.name}' can't be read as a picture", "save it again, and put it in anew")


def _is_whole(data: bytes) -> bool:
    """Whether a picture has its head and its end; what lies between is guarded by the archive's own sums."""
    try:
        with Image.open(BytesIO(data)) as image:
            if image.format == "JPEG":  # whose end may be followed by what cameras add
                return data.rfind(b"\xff\xd9") > len(data) // 2
            image.verify()
    except _UNREADABLE:
        return False
    return True


def heavy_picture(book: Book) -> Iterator[Finding]:
    """A picture has more pixels or bytes than shops and e-readers take.

    Apple takes 4 megapixels, Kobo 5 MB (3 MB for the cover); larger ones are refused or turn pages slowly. Reduce it.
    """
    for item, data in _pictures(book):
        size = _size(data)
        if size and size[0] * size[1] > MOST_PIXELS:
            pixels = f"{size[0]} by {size[1]} pixels"
            yield flaw(item.element, f"'{item.name}' has {pixels}, more than 4 megapixels", "reduce it")
        most = HEAVY_COVER if "cover-image" in item.properties else HEAVY_PICTURE
        if len(data) > most:
            weight = f"{len(data) / 1e6:.1f} MB"
            yield flaw(item.element, f"'{item.name}' has {weight}, more than {most / 1e6:.0f}", "reduce it")


def small_cover(book: Book) -> Iterator[Finding]:
    """The cover picture is too small for shops, or isn't upright.

    They want at least 1400 pixels on the shorter side; 1600 by 2400 is right everywhere.
    """
    light = book.path.stem.endswith("-light")
    if book.cover is None or book.cover.name not in book.files:
        return
    size = _size(book.files[book.cover.name])
    if size and min(size) < (700 if light else SMALL_COVER):
        message = f"the cover has {size[0]} by {size[1]} pixels, too few for shops"
        yield flaw(book.cover.element, message, "make it 1600 by 2400 pixels")
    elif size and size[0] > size[1]:
        yield flaw(book.cover.element, "the cover is wider than it is high", "make it 1600 by 2400 pixels")


def unusual_picture(book: Book) -> Iterator[Finding]:
    """A picture is of a kind that some readers don't show.

    JPEG, PNG, GIF and SVG are shown everywhere; Kindle shows no WebP, and nobody TIFF or CMYK colours. Save it as a
    JPEG in sRGB, or as PNG.
    """
    for item in book.items:
        if not item.media_type.startswith("image/"):
            continue
        if item.media_type not in PICTURES and not item.element.get("fallback"):
            yield flaw(item.element, f"'{item.name}' is of a kind that readers don't show", "save it as JPEG or PNG")
        elif item.media_type not in KINDLE:
            yield flaw(item.element, f"'{item.name}' is of a kind that Kindle doesn't show", "save it as JPEG or PNG")
        elif _mode(book.files.get(item.name, b"")) == "CMYK":
            yield flaw(item.element, f"'{item.name}' has the colours of print (CMYK)", "save it in sRGB")


def _pictures(book: Book) -> Iterator[tuple[Item, bytes]]:
    for item in book.items:
        data = book.files.get(item.name)
        drawn = data is None or "image/svg+xml" in (item.media_type, kind_of(data))
        if data is not None and item.media_type in PICTURES and not drawn:
            yield item, data


def _size(data: bytes) -> tuple[int, int] | None:
    try:
        with Image.open(BytesIO(data)) as image:
            return image.size
    except _UNREADABLE:
        return None


def _mode(data: bytes) -> str:
    try:
        with Image.open(BytesIO(data)) as image:
            return image.mode
    except _UNREADABLE:
        return ""
