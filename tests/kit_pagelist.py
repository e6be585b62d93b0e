"""Printed pages as poppler reads them and page breaks as a reading system finds them, compared letter by letter."""

import re
import subprocess
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pikepdf
from lxml import etree

from magbuild.compose import lay_out_desk
from magbuild.copydesk import read
from magbuild.ebookrun import artwork_pictures
from magbuild.editions import epub
from magbuild.layout import find_layout
from magbuild.pagelist import printed_pages
from magbuild.problem import Report, Severity
from magbuild.settle import Onlooker, settle
from magbuild.workshop import Workshop
from tests.kit import picture
from tests.kit_pages import MM
from tests.unit.epub_issue import STAMP

XHTML = "{http://www.w3.org/1999/xhtml}"
TYPE = "{http://www.idpf.org/2007/ops}type"
RUNNING_HEAD, FOLIO = 16 * MM, 16 * MM  # at the head and at the foot of a page of the house layout
PICTURE = "\ufffc"
MADE = {"cover.xhtml", "contents.xhtml", "imprint.xhtml"}
BESIDE = {"table", "before h2", "before h3", "before aside"}
BULLET = re.compile(r"^(?:[•–·]|\d+[.)]*)(?: |$)")  # or the rest of "(page 14)"
REFERENCE = re.compile(
    r" ?\(?\b(?:page|Seite|oldal)\b"
)  # what `{.page}` puts behind a link to a story, or in its place
INDENT = 60.0  # pt: lines that begin so near to the left edge are of the first column
_RUNS_ON = {"a", "abbr", "cite", "code", "em", "i", "q", "s", "span", "strong", "sub", "sup", "u"}


@dataclass(frozen=True, slots=True)
class Mark:
    """A page break of an e-book: its folio, the page that it stands on, the text before and behind it there.

    `around` are the names and classes of the elements that it stands in, and "before h2" for what it stands before;
    `title` is that of its story, `link` the text of the link behind which it stands, if any.
    """

    folio: str
    name: str
    title: str
    link: str
    around: frozenset[str]
    before: str
    behind: str


def marks(path: Path) -> list[Mark]:
    """Return the page breaks of an e-book in the order of its page list, read as a reading system would.

    They must be listed once each, in the order of reading, by NCX and contents alike, and no mark may be unlisted.
    """
    with zipfile.ZipFile(path) as archive:
        files = {name.removeprefix("EPUB/"): archive.read(name) for name in archive.namelist()}
    trees = {name: etree.fromstring(data) for name, data in files.items() if name.endswith(".xhtml")}
    listed = [link for nav in navs(trees["contents.xhtml"], "page-list") for link in nav.iter(f"{XHTML}a")]
    found = []
    for link in listed:
        name, _, target = (link.get("href") or "").partition("#")
        (mark,) = (element for element in trees[name].iter() if element.get("id") == target)
        assert (mark.tag, mark.get("role"), mark.get(TYPE)) == (f"{XHTML}span", "doc-pagebreak", "pagebreak")
        assert mark.get("aria-label") == link.text
        assert not "".join(map(str, mark.itertext()))
        before, _, behind = text_of(trees[name], mark).partition("\0")
        title = "".join(text for head in trees[name].iter(f"{XHTML}h1") for text in map(str, head.itertext()))
        found.append(Mark(str(link.text), name, title, link_before(mark), frozenset(around(mark)), before, behind))
    folios = [mark.folio for mark in found]
    assert len(folios) == len(set(folios))
    opf = etree.fromstring(files["content.opf"])
    hrefs = {item.get("id"): item.get("href") for item in opf.iter("{*}item")}
    order = [hrefs[item.get("idref")] for item in opf.iter("{*}itemref")]
    trees_as_read = sorted(trees, key=lambda name: order.index(name) if name in order else len(order))
    standing = [
        str(element.get("aria-label"))
        for name in trees_as_read
        for element in trees[name].iter()
        if element.get("role") == "doc-pagebreak"
    ]
    assert folios == standing
    check_ncx(files["toc.ncx"], [(mark.folio, str(link.get("href"))) for mark, link in zip(found, listed, strict=True)])
    return found


def around(mark: etree._Element) -> Iterator[str]:
    for element in mark.iterancestors():
        yield str(element.tag).removeprefix(XHTML)
        yield from (element.get("class") or "").split()
    following = mark.getnext()
    if following is not None and not (mark.tail or "").strip():
        yield f"before {str(following.tag).removeprefix(XHTML)}"


def link_before(mark: etree._Element) -> str:
    element = mark.getprevious()
    if element is None or element.tag != f"{XHTML}a" or (element.tail or "").strip():
        return ""
    return "".join(map(str, element.itertext()))


def navs(contents: etree._Element, kind: str) -> Iterator[etree._Element]:
    return (nav for nav in contents.iter(f"{XHTML}nav") if nav.get(TYPE) == kind)


def check_ncx(ncx: bytes, listed: list[tuple[str, str]]) -> None:
    """Assert that old readers get the same pages, and that every address has one number in the order of reading."""
    space = "{http://www.daisy.org/z3986/2005/ncx/}"
    tree = etree.fromstring(ncx)
    pages = [(str(page.get("value")), str(page[1].get("src"))) for page in tree.iter(f"{space}pageTarget")]
    assert pages == listed
    told = {meta.get("name"): meta.get("content") for meta in tree.iter(f"{space}meta")}
    assert told["dtb:totalPageCount"] == str(len(listed))
    assert told["dtb:maxPageNumber"] == max((folio for folio, _ in listed), key=int, default="0")
    orders: dict[str | None, set[str | None]] = {}
    for content in tree.iter(f"{space}content"):
        parent = content.getparent()
        assert parent is not None
        orders.setdefault(content.get("src"), set()).add(parent.get("playOrder"))
    assert {len(numbers) for numbers in orders.values()} == {1}
    assert sorted(int(str(number)) for (number,) in orders.values()) == list(range(1, len(orders) + 1))


def text_of(tree: etree._Element, mark: etree._Element) -> str:
    """Return the text of a page of an e-book, with a null character for the mark and new lines between blocks.

    Fillers are not in it: on pages they stand elsewhere.
    """
    parts: list[str] = []

    def take(element: etree._Element) -> None:
        name = str(element.tag).rpartition("}")[2]
        if name == "head" or element.get("class") == "filler":
            return
        if element is mark:
            parts.append("\0")
        parts.append("\n" if name not in _RUNS_ON else "")
        parts.append(PICTURE if name == "img" else element.text or "")
        for child in element:
            take(child)
            parts.append(child.tail or "")
        parts.append("\n" if name not in _RUNS_ON else "")

    take(tree)
    return "".join(parts)


# --- Print ---


@dataclass(frozen=True, slots=True)
class Sheet:
    """A printed page as poppler reads it: the first line of its text, and all of its lines."""

    top: str
    lines: tuple[str, ...]

    @property
    def letters(self) -> str:
        return plain("".join(self.lines))


def sheets(pdf: Path, *, masters: bool = True) -> list[Sheet]:
    """Return the pages of a PDF; a page's first line is the topmost at the left edge of its type area.

    Running heads and folios, which only made-up pages have, aren't in it.
    """
    done = subprocess.run(["pdftotext", "-bbox-layout", str(pdf), "-"], capture_output=True, check=True)
    read = etree.fromstring(done.stdout, etree.XMLParser(recover=True))
    with pikepdf.open(pdf) as document:
        boxes = [(page.trimbox, page.mediabox) for page in document.pages]
    found = []
    for page, (trim, media) in zip(read.iter(f"{XHTML}page"), boxes, strict=True):
        head = float(media[3] - trim[3]) + RUNNING_HEAD * masters
        foot = float(media[3] - trim[1]) - FOLIO * masters
        lines = [line for line in map(Line.read, page.iter(f"{XHTML}line")) if head <= line.top <= foot]
        left = min((line.left for line in lines), default=0)
        first = [line for line in lines if line.left <= left + INDENT]
        top = min(first, key=lambda line: line.top).text if first else ""
        found.append(Sheet(top, tuple(line.text for line in lines)))
    return found


@dataclass(frozen=True, slots=True)
class Line:
    """A line of a page: its left and upper edge in pt from those of the sheet, and its words."""

    left: float
    top: float
    text: str

    @staticmethod
    def read(line: etree._Element) -> "Line":
        words = [str(word.text) for word in line]
        return Line(float(line.get("xMin", 0)), float(line.get("yMin", 0)), " ".join(words))


# --- Compared ---


def disagreements(printed: Path, book: Path) -> list[str]:
    """Return how the pages of a made-up PDF differ from what stands behind their marks in the e-book of the issue.

    Made pages and adverts, which the builder words anew for the e-book, are only marked; the cover of a perfect-bound
    issue is a file of its own.
    """
    cover = printed.with_name(printed.name.replace("-print.pdf", "-cover.pdf"))
    first = 3 if cover != printed and cover.is_file() else 1
    pages = {str(number): sheet for number, sheet in enumerate(sheets(printed), start=first)}
    told = [mark for mark in marks(book) if mark.name not in MADE and "advert" not in mark.around]
    compared = [(mark, pages[mark.folio]) for mark in told if mark.folio in pages]
    assert len(compared) > len(pages) / 2
    return [said for mark, sheet in compared if (said := disagreement(sheet, mark))]


def disagreement(sheet: Sheet, mark: Mark) -> str:
    """Return how the first line of a printed page differs from what stands behind its mark; nothing if they agree.

    Words that only print has don't count: bullets, the head of a table said again, the page that a link leads to.
    """
    lines = [plain(REFERENCE.split(top)[0]) for top in (sheet.top, BULLET.sub("", sheet.top))]
    behind, before = plain(mark.behind), plain(mark.before)
    if not before:  # a story begins: with its title, in an advert perhaps with its text
        agrees = plain(mark.title) in sheet.letters or lines[0] in behind[:500]
    elif behind.startswith(PICTURE):  # over its caption, or over what comes behind it
        following = [text for text in mark.behind.replace(PICTURE, "\n").split("\n") if text.strip()]
        agrees = not sheet.letters or any(plain(text)[:15] in sheet.letters for text in following[:3])
    elif mark.around & BESIDE:  # cells beside each other, heads in the middle
        word = plain(mark.behind.split()[0])[:6]
        agrees = any(plain(other).startswith(word) for other in sheet.lines)
    else:
        agrees = any(behind.startswith(line) or _goes_on(line, mark) for line in lines)
    if agrees:
        return ""
    there = f"the mark in {mark.name} stands before '{' '.join(mark.behind.split())[:60]}'"
    return f"page {mark.folio} begins '{sheet.top}', and {there}"


def _goes_on(line: str, mark: Mark) -> bool:
    """Whether a line begins amid the word or the link before a mark, and goes on behind it."""
    word = re.search(r"[^\s—–]+[—–]*$", mark.before.rstrip("\xad"))
    behind = plain(mark.behind)
    ends = (plain(text[at:]) for text in (mark.link, word[0] if word else "") for at in range(1, len(text)))
    return any(f"{end}{behind}".startswith(line) for end in ends if end)


def plain(text: str) -> str:
    """Return the letters of a text, without what lines and words are divided by."""
    return re.sub(r"[\s\xad\u200b\u2010\u2011\u2060-]+", "", text)


# --- Made ---


def laid_out(folder: Path, target: Path) -> dict[str, Sheet]:
    """Lay an issue out as a build does, write its e-book to `target`, and return its printed pages by folio."""
    report = Report()
    issue, manuscripts = read(folder, report)
    layout = find_layout(issue.sheet.layout or issue.magazine.layout, folder.parents[1], folder, report)
    with Workshop(1) as workshop:
        settled = settle(lay_out_desk(issue, manuscripts, layout), workshop, Onlooker())
    plan, proofs = settled.plan, settled.proofs
    assert not report.failed, [str(problem) for problem in report if problem.severity is Severity.ERROR]
    printed = printed_pages(issue, plan, proofs)
    epub.make(issue, manuscripts, layout, picture(), artwork_pictures(issue), STAMP, target, printed=printed)
    found: dict[str, Sheet] = {}
    for slug, proof in proofs.items():
        pdf = target.with_suffix(f".{slug}.pdf")
        pdf.write_bytes(proof.pdf)
        numbers = [slot.number for slot in plan.slots if slot.galley is not None and slot.galley.slug == slug]
        found |= {str(number): sheet for number, sheet in zip(numbers, sheets(pdf, masters=False), strict=True)}
    return found
