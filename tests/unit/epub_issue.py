"""Small issues, a few lines at a time, and the EPUB files that become of them."""

import datetime
import zipfile
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from importlib.resources import files
from io import BytesIO
from pathlib import Path
from typing import Any, cast

from lxml import etree
from PIL import Image

from magbuild.editions import epub
from magbuild.fonts import Font
from magbuild.layout import Layout
from magbuild.manuscript import Manuscript
from magbuild.model import (
    FrontMatter,
    Issue,
    IssueSheet,
    Magazine,
    Person,
    Story,
)
from magbuild.pagelist import PrintedPage

HOUSE = Path(__file__).parents[2] / "layouts" / "house"
STAMP = datetime.datetime(2026, 3, 1, 12, 30, tzinfo=datetime.UTC)
XML = "{http://www.w3.org/XML/1998/namespace}"
EPUB = "{http://www.idpf.org/2007/ops}"
SPACES = {
    "h": "http://www.w3.org/1999/xhtml",
    "o": "http://www.idpf.org/2007/opf",
    "d": "http://purl.org/dc/elements/1.1/",
    "n": "http://www.daisy.org/z3986/2005/ncx/",
    "m": "http://www.w3.org/1998/Math/MathML",
}
SENTENCE = "People who grew no crops cut pillars from the living rock and stood them in rings on the ridge. "

Piece = tuple[Story, Manuscript]


ADA, BO = Person(name="Ada Wick"), Person(name="Bo Lee")


def jpeg(width: int = 60, height: int = 80) -> bytes:
    out = BytesIO()
    Image.new("RGB", (width, height), (180, 20, 30)).save(out, "JPEG")
    return out.getvalue()


def piece(slug: str, title: str = "A title", body: str = "", notes: str = "", **fields: Any) -> Piece:
    front = FrontMatter(title=title, **{"language": "en-GB", **fields})
    story = Story(slug=slug, path=Path(f"{slug}.md"), front=front, body="", body_line=1)
    return story, Manuscript(slug=slug, body=body, notes=notes, pictures=(), links=(), words=0)


def magazine(**fields: Any) -> Magazine:
    return Magazine(**{"title": "Foundations", "language": "en-GB", "issn": "2049-3630", **fields})


def sheet(**fields: Any) -> IssueSheet:
    return IssueSheet(**{"number": 37, "published": datetime.date(2026, 3, 20), **fields})


def issue_of(folder: Path, *pieces: Piece, order: tuple[str, ...] = (), **fields: Any) -> Issue:
    stories = tuple(story for story, _ in pieces)
    standard = {"magazine": magazine(), "sheet": sheet()}
    order = order or ("contents", *(story.slug for story in stories), "imprint")
    return Issue(folder=folder, stories=stories, order=order, **{**standard, **fields})


def plain_layout() -> Layout:
    return Layout(name="house", chain=(HOUSE,), fonts=())


@dataclass(frozen=True, slots=True, kw_only=True)
class Ebook:
    path: Path
    members: Mapping[str, bytes]

    def tree(self, name: str) -> etree._Element:
        return etree.fromstring(self.members[f"EPUB/{name}"])

    def page(self, slug: str) -> etree._Element:
        return self.tree(f"{slug}.xhtml")

    @property
    def package(self) -> etree._Element:
        return self.tree("content.opf")

    def facts(self, prop: str) -> list[str | None]:
        return [fact.text for fact in found(self.package, f"//o:meta[@property='{prop}']")]

    def dc(self, name: str) -> list[str | None]:
        return [fact.text for fact in found(self.package, f"//d:{name}")]

    @property
    def spine(self) -> list[str]:
        return [item.get("idref", "").removeprefix("page-") for item in found(self.package, "//o:itemref")]

    @property
    def media_types(self) -> dict[str, str]:
        items = found(self.package, "//o:item")
        return {item.get("href", ""): item.get("media-type", "") for item in items}


OPTIONS = ("layout", "artwork", "stamp", "rasterise", "cover", "printed")


def make(folder: Path, *pieces: Piece, **fields: Any) -> Ebook:
    options = {name: fields.pop(name) for name in OPTIONS if name in fields}
    issue = issue_of(folder, *pieces, **fields)
    return bound(issue, {manuscript.slug: manuscript for _, manuscript in pieces}, **options)


def bound(
    issue: Issue,
    manuscripts: Mapping[str, Manuscript],
    layout: Layout | None = None,
    artwork: Mapping[str, bytes] | None = None,
    stamp: datetime.datetime = STAMP,
    rasterise: Any = None,
    cover: bytes = b"",
    printed: Sequence[PrintedPage] = (),
) -> Ebook:
    target = issue.folder / "issue.epub"
    layout = layout or plain_layout()
    made = cover or jpeg()
    epub.make(issue, manuscripts, layout, made, artwork or {}, stamp, target, rasterise=rasterise, printed=printed)
    with zipfile.ZipFile(target) as archive:
        return Ebook(path=target, members={name: archive.read(name) for name in archive.namelist()})


def found(root: etree._Element, path: str) -> list[etree._Element]:
    return cast(list[etree._Element], root.xpath(path, namespaces=SPACES))


def words(element: etree._Element) -> str:
    return " ".join("".join(str(text) for text in element.itertext()).split())


def paragraphs(*texts: str) -> str:
    return "".join(f"<p>{text}</p>\n" for text in texts)


def call(slug: str, note: int, again: str = "") -> str:
    return (
        f'<a class="noteref" role="doc-noteref" id="{slug}--ref-{note}{again}" href="#{slug}--note-{note}">{note}</a>'
    )


def note(slug: str, number: int, *texts: str) -> str:
    href = f"#{slug}--ref-{number}"
    back = f'<a class="backlink" role="doc-backlink" href="{href}" aria-label="x">{number}</a> '
    return (
        f'<div class="note" role="doc-footnote" id="{slug}--note-{number}">'
        f"{paragraphs(back + texts[0], *texts[1:])}</div>"
    )


def house_font(file: str, weight: int = 400, style: str = "normal", **fields: Any) -> Font:
    sort = "sans" if "Sans" in file else "serif"
    shelf = Path(str(files(f"font_source_{sort}_pro") / "files"))
    standard = {"path": shelf / file, "licence": shelf / "LICENSE.txt"}
    family = f"Source {sort.title()} Pro"
    return Font(**{"family": family, "weight": weight, "style": style, **standard, **fields})


def with_fonts(*fonts: Font) -> Layout:
    return replace(plain_layout(), fonts=fonts)
