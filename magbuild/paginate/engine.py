"""The layout engine's door: what is laid out with WeasyPrint, and what is asked of its boxes."""

import gc
import re
from collections.abc import Collection, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from itertools import pairwise

import weasyprint
from weasyprint.formatting_structure import boxes
from weasyprint.urls import URLFetcher, URLFetcherResponse

from magbuild import artwork, pictures
from magbuild.compose import PICTURE_SCHEME, Galley, picture_address
from magbuild.enginelog import LOGGER, hearing, translated
from magbuild.lines import Measured
from magbuild.paginate import Proof, ProofPage, Sheet, arrays, bitmaps, hyphens, layouts, tagging
from magbuild.paginate.boxtree import text_boxes
from magbuild.paginate.lists import number_lists
from magbuild.paginate.losses import losses
from magbuild.paginate.measuring import measured
from magbuild.paginate.mended import mended
from magbuild.paginate.notecalls import feet_of_notes
from magbuild.paginate.notefeet import NoRoomForNotes
from magbuild.paginate.starts import starts
from magbuild.paginate.styling import OnlyFonts, read_rules, styling
from magbuild.paginate.typecase import borrowed
from magbuild.pictures.svg import parse_svg, size_of
from magbuild.problem import Place, Problem
from magbuild.sheaf import Sheaf

PX_TO_PT = 0.75
_FLOATING = re.compile(r'class="(?:figure|pullquote) page')
_WITH_NOTES = 'role="doc-footnote"'
HELD_BACK = 60.0  # pt
_SHOWN = (boxes.TextBox, boxes.ReplacedBox)


def lay_out(galley: Galley) -> Proof:
    """Lay out one galley, as `paginate` says."""
    with hearing() as heard, _undisturbed():
        setting = _laid_out(galley)
        document = setting.document
        pdf = _written(galley, document) if document is not None else b""
        pages = tuple(_proof_pages(galley, document)) if document is not None else ()
        lent = tuple(dict.fromkeys(_borrowed(galley, document))) if document is not None else ()
    messages = translated(galley.path, heard, galley.styles)
    problems = tuple(dict.fromkeys((*messages, *setting.wrong)))
    return Proof(
        slug=galley.slug,
        sheaf=Sheaf.of(pdf),
        pages=pages,
        measured=setting.measured,
        borrowed=lent,
        problems=problems,
    )


def count_pages(galley: Galley) -> int:
    """Return how many pages one galley has, as `magbuild.paginate.count_pages` says."""
    with hearing(), _undisturbed():
        document = _laid_out(galley).document
    return len(document.pages) if document is not None else 0


def _borrowed(galley: Galley, document: weasyprint.Document) -> Iterator[tuple[str, str]]:
    """Yield the letters that another font than they should be set in had to lend, with the family that lacks them."""
    for page in document.pages:
        for box in text_boxes(page._page_box):
            families = box.style["font_family"]
            for letter in borrowed(galley.styles, families, box.text):
                yield letter, families[0]


def _written(galley: Galley, document: weasyprint.Document) -> bytes:
    # Uncompressed: every edition packs the proof anew, and the engine would pack all of it twice for its identifier.
    options = {"pdf_tags": True, "uncompressed_pdf": True}
    with arrays.made(), bitmaps.handed_on(), layouts.copied(), tagging.own_tags(document, galley.slug):
        return bytes(document.write_pdf(pdf_identifier=galley.slug.encode(), **options))


@dataclass(frozen=True, slots=True)
class _Setting:
    """A galley as it was laid out, if it could be, what is wrong with it, and what stands where on its pages.

    `held_back` are the pages on which text is held back.
    """

    document: weasyprint.Document | None
    wrong: tuple[Problem, ...]
    measured: tuple[Measured, ...] = ()
    held_back: frozenset[int] = frozenset()

    @property
    def failings(self) -> tuple[bool, int, int]:
        """What is bad about it: the less, the better."""
        return self.document is None, len(self.wrong), len(self.held_back)

    @property
    def suffers_from_notes(self) -> bool:
        """Whether notes at the foot of pages may be what is bad about it."""
        if self.document is None:
            return True
        pages = {number for number, page in enumerate(self.document.pages) if feet_of_notes(page)}
        return bool(self.wrong) or not pages.isdisjoint(self.held_back)


def _laid_out(galley: Galley) -> _Setting:
    """Lay a galley out, with notes at its end where they can't stand at the foot of its pages."""
    best = _with_or_without_floats(galley, "")
    if _WITH_NOTES in galley.html and best.suffers_from_notes:
        at_end = _with_or_without_floats(galley, " end-notes")
        best = at_end if best.document is None or at_end.failings < best.failings else best
    return best


def _with_or_without_floats(galley: Galley, notes: str) -> _Setting:
    """Lay a galley out, without floats if need be."""
    best = _Setting(None, ())
    for way in (notes, f"{notes} no-floats"):
        try:
            document, wrong = _rendered(galley, galley.html.replace('class="galley', f'class="galley{way}', 1))
        except NoRoomForNotes as error:
            return _Setting(None, (_not_laid_out(galley, error),))
        except Exception as error:  # the engine stumbles over some combinations of floats and spans
            best = best if best.document is not None else _Setting(None, (_not_laid_out(galley, error),))
            continue
        # What floats to the foot can hold the text back, and the next floats with it, for pages; notes leave holes.
        floating = _FLOATING.search(galley.html) is not None
        pages = measured(document)
        held_back = frozenset(_held_back(pages) if floating or _WITH_NOTES in galley.html else ())
        if best.document is None or (len(wrong), len(document.pages)) < (len(best.wrong), len(best.document.pages)):
            best = _Setting(document, wrong, pages, held_back)
        if not wrong and not (floating and held_back):
            break
    return best


def _held_back(pages: Sequence[Measured]) -> Iterator[int]:
    """Yield the pages, from 0, amid which text ends, with nothing under it, though it goes on behind them."""
    texts = [[line.bottom for line in page.lines if line.column.row and line.flows] for page in pages]
    for number, (page, following) in enumerate(pairwise(pages)):
        text = texts[number]
        if not text or following.forced or not any(texts[number + 1 :]):
            continue
        below = [thing.top for things in (page.lines, page.areas) for thing in things if thing.top >= max(text)]
        if min(below, default=page.bottom) - max(text) > HELD_BACK:
            yield number


def _proof_pages(galley: Galley, document: weasyprint.Document) -> Iterator[ProofPage]:
    root = tagging.root_of(document)
    own = [element for element in root.iter() if "article" in (element.tag, element.get("role"))]
    articles = {inner: article.get("id", "") for article in own for inner in article.iter()}
    for page, begun in zip(document.pages, starts(document, galley.stories), strict=True):
        # No finer than can be told: ways of coming to the same place differ in the last digits.
        spots = ((name, round(x * PX_TO_PT, 4), round(y * PX_TO_PT, 4)) for name, (x, y, *_) in page.anchors.items())
        shown = (box.element for box in page._page_box.descendants() if isinstance(box, _SHOWN))
        names = dict.fromkeys(articles.get(element, "") for element in shown)
        yield ProofPage(anchors=tuple(spots), articles=tuple(filter(None, names)), starts=begun)


def _rendered(galley: Galley, source: str) -> tuple[weasyprint.Document, tuple[Problem, ...]]:
    fonts, sheet, messages = styling(galley.styles)
    for message in messages:  # heard when the styles were parsed, and told of every galley
        LOGGER.warning(message)
    with mended():
        html = weasyprint.HTML(string=source, base_url="galley:/", url_fetcher=_Fetcher(galley))
        number_lists(html.etree_element)
        document = html.render(font_config=fonts, stylesheets=[sheet])
    return document, tuple(losses(galley, html.etree_element, document))


class _Fetcher(URLFetcher):  # type: ignore[misc]
    """Hands the layout engine the galley's own pictures, and nothing from anywhere else."""

    def __init__(self, galley: Galley) -> None:
        super().__init__(allowed_protocols=("data",))
        self._files = {picture_address(file): path for file, path in galley.pictures}
        self._artworks = {placed.address: placed for placed in galley.artworks}

    def fetch(self, url: str, headers: dict[str, str] | None = None) -> URLFetcherResponse:
        if url.startswith("data:image/"):  # inside a drawing
            return super().fetch(url, headers)
        if url in self._artworks:
            placed = self._artworks[url]
            return URLFetcherResponse(url, artwork.stand_in(placed.path, placed.part), {"Content-Type": "image/jpeg"})
        path = self._files.get(url)
        if path is None:
            raise ValueError("only the issue's own pictures are loaded")
        variant = pictures.for_page(path, examined=True)
        return URLFetcherResponse(url, variant.data, {"Content-Type": variant.media_type})


def get_ready(rules: str, languages: Collection[str]) -> None:
    """Read rules, and the patterns of languages, for all processes that are forked from this one."""
    with mended():
        read_rules(rules)
        hyphens.read(languages)


def set_drawing(svg: bytes, styles: str) -> bytes:
    """Return an SVG as a one-page PDF of its own proportions, 600 pt wide, drawn with the fonts of `styles`."""
    name = "the drawing"
    width, height = size_of(parse_svg(svg, name), name)
    page = f"@page{{size:600pt {600 * height / width:.3f}pt;margin:0}}body{{margin:0}}img{{display:block;width:600pt}}"

    class Drawing(URLFetcher):  # type: ignore[misc]
        def fetch(self, url: str, headers: dict[str, str] | None = None) -> URLFetcherResponse:
            if url == f"{PICTURE_SCHEME}drawing":
                return URLFetcherResponse(url, svg, {"Content-Type": "image/svg+xml"})
            if url.startswith("data:image/"):
                return super().fetch(url, headers)
            raise ValueError("a drawing loads nothing")

    fonts, sheet, _ = styling(styles)  # the same for all drawings
    own_page = weasyprint.CSS(string=page)
    html = weasyprint.HTML(
        string=f'<body><img src="{PICTURE_SCHEME}drawing" alt="">', url_fetcher=Drawing(allowed_protocols=("data",))
    )
    with arrays.made(), layouts.copied(), _undisturbed():
        return bytes(html.write_pdf(font_config=fonts, stylesheets=[sheet, own_page]))


def set_sheet(html: str, styles: str, name: str) -> Sheet:
    """Set HTML as an untagged PDF, as `magbuild.paginate.set_sheet` says."""
    fonts, sheet, _ = styling(styles)
    source = weasyprint.HTML(string=html, base_url="galley:/", url_fetcher=OnlyFonts())
    with mended(), arrays.made(), _undisturbed():
        document = source.render(font_config=fonts, stylesheets=[sheet])
        return Sheet(pdf=bytes(document.write_pdf(pdf_identifier=name.encode())), measured=measured(document))


def _not_laid_out(galley: Galley, error: Exception) -> Problem:
    return Problem(
        Place(galley.path),
        "not-laid-out",
        f"the layout engine gave up on {galley.slug} ({type(error).__name__}: {error})",
        "take out the last figure, table or block that was put into it, and send the story to the developers",
    )


# --- Quiet while the engine works ---


@contextmanager
def _undisturbed() -> Iterator[None]:
    """Hold back the garbage collector: a layout makes boxes by the hundred thousand and drops none (7 % faster)."""
    gc.disable()
    try:
        yield
    finally:
        gc.enable()
