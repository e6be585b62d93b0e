"""Ways to spoil a good e-book, one thing at a time, and what our checks then say."""

import zipfile
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path

from PIL import Image

Files = dict[str, bytes]
Change = Callable[[Files], Files]

OPF, NAV, NCX, ONE, TWO = "content.opf", "contents.xhtml", "toc.ncx", "one.xhtml", "two.xhtml"


@dataclass(frozen=True, slots=True, kw_only=True)
class Mutant:
    """A good e-book with one thing spoilt; `codes` are those of all problems that our checks report."""

    name: str
    codes: frozenset[str]
    change: Change


def mutant(name: str, codes: str, change: Change) -> Mutant:
    return Mutant(name=name, codes=frozenset(codes.split()), change=change)


# --- How to spoil ---


def swap(file: str, old: str, new: str, times: int = 1) -> Change:
    """Put `new` in the place of the first `times` of `old`, which must be there."""

    def change(files: Files) -> Files:
        name = file if file in files else f"EPUB/{file}"
        text = files[name].decode()
        assert old in text, f"{old!r} isn't in {name}"
        return {**files, name: text.replace(old, new, times).encode()}

    return change


def in_turn(*changes: Change) -> Change:
    def change(files: Files) -> Files:
        for one in changes:
            files = one(files)
        return files

    return change


def without(name: str) -> Change:
    return lambda files: {other: data for other, data in files.items() if other != name}


def put(name: str, data: bytes) -> Change:
    return lambda files: {**files, name: data}


def drop_between(file: str, start: str, end: str) -> Change:
    """Take out what stands from `start` to `end`, both included."""

    def change(files: Files) -> Files:
        text = files[f"EPUB/{file}"].decode()
        first = text.index(start)
        last = text.index(end, first) + len(end)
        return {**files, f"EPUB/{file}": (text[:first] + text[last:]).encode()}

    return change


def renamed(old: str, new: str) -> Change:
    return lambda files: {(new if name == old else name): data for name, data in files.items()}


def picture(kind: str, size: tuple[int, int] = (60, 40), mode: str = "RGB") -> bytes:
    out = BytesIO()
    Image.new(mode, size).save(out, kind)
    return out.getvalue()


def fact(text: str) -> Change:
    return swap(OPF, "  </metadata>", f"{text}\n  </metadata>")


def body(text: str) -> Change:
    """Put something at the end of a story's text."""
    return swap(ONE, '<section class="notes"', f'{text}<section class="notes"')


# --- Reading and writing ---


def unpacked(path: Path) -> Files:
    with zipfile.ZipFile(path) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def write(files: Mapping[str, bytes], path: Path) -> Path:
    with zipfile.ZipFile(path, "w") as archive:
        for name in sorted(files, key=lambda name: name != "mimetype"):
            archive.writestr(name, files[name])
    return path


def with_pages(files: Files) -> Files:
    """Mark three pages of a printed edition, as a build with one does."""
    mark = '<span id="page-{0}" epub:type="pagebreak" role="doc-pagebreak" aria-label="{0}"></span>'
    lines = "".join(
        f'<li><a href="{page}#page-{number}">{number}</a></li>' for number, page in ((4, ONE), (5, ONE), (6, TWO))
    )
    listed = f'<nav epub:type="page-list" role="doc-pagelist" class="hidden" hidden="hidden"><ol>{lines}</ol></nav>'
    return in_turn(
        swap(ONE, '<h1 class="title"', f'{mark.format(4)}<h1 class="title"'),
        swap(ONE, '<h2 id="one--head"', f'{mark.format(5)}<h2 id="one--head"'),
        swap(TWO, '<h1 class="title"', f'{mark.format(6)}<h1 class="title"'),
        swap(NAV, '<nav epub:type="landmarks"', f'{listed}<nav epub:type="landmarks"'),
        fact('<meta property="pageBreakSource">urn:issn:2049-3630</meta>'),
        fact('<meta property="schema:accessibilityFeature">pageNavigation</meta>'),
        fact('<meta property="schema:accessibilityFeature">pageBreakMarkers</meta>'),
    )(files)


IMG = '<img src="images/a.jpg" alt="A."/>'
REMOTE = "https://example.org/a.jpg"

ENCRYPTION = b"""<encryption xmlns="urn:oasis:names:tc:opendocument:xmlns:container"
  xmlns:enc="http://www.w3.org/2001/04/xmlenc#"><enc:EncryptedData>
<enc:EncryptionMethod Algorithm="http://www.w3.org/2001/04/xmlenc#aes128-cbc"/>
<enc:CipherData><enc:CipherReference URI="EPUB/one.xhtml"/></enc:CipherData></enc:EncryptedData></encryption>"""
IMPRINT = '<li class="apart"><a href="imprint.xhtml">Imprint</a></li>'
IMPRINT_WITH_HEADS = (
    '<li><a href="imprint.xhtml">Imprint</a><ol><li><a href="imprint.xhtml#title">A</a>'
    '<ol><li><a href="imprint.xhtml#title">B</a></li></ol></li></ol></li>'
)

MUTANTS: tuple[Mutant, ...] = (
    # The archive.
    mutant("a mimetype with a line end", "bad-mimetype", put("mimetype", b"application/epub+zip\n")),
    mutant("no mimetype", "bad-mimetype", without("mimetype")),
    mutant("no container", "bad-container", without("META-INF/container.xml")),
    mutant(
        "a container that names nothing",
        "bad-container",
        swap("META-INF/container.xml", "EPUB/content.opf", "EPUB/package.opf"),
    ),
    mutant("a file that nobody lists", "stray-file", put("EPUB/images/stray.jpg", picture("JPEG"))),
    mutant(
        "a name with a space",
        "awkward-name",
        in_turn(
            renamed("EPUB/images/a.jpg", "EPUB/images/a b.jpg"),
            swap(OPF, "images/a.jpg", "images/a%20b.jpg"),
            swap(ONE, "images/a.jpg", "images/a%20b.jpg"),
        ),
    ),
    mutant(
        "an encrypted page",
        "locked-book",
        put(
            "META-INF/encryption.xml",
            ENCRYPTION,
        ),
    ),
    # The package.
    mutant("a package that isn't closed", "broken-xml", swap(OPF, "</package>", "")),
    mutant("EPUB 2", "bad-package", swap(OPF, 'version="3.0"', 'version="2.0"')),
    mutant("no title", "missing-facts unknown-property", drop_between(OPF, "<dc:title", "</dc:title>")),
    mutant("an empty title", "missing-facts", swap(OPF, ">Foundations, No. 37 (Spring)</dc:title>", "></dc:title>")),
    mutant(
        "no language",
        "missing-facts",
        in_turn(
            drop_between(OPF, "<dc:language", "</dc:language>"), drop_between(OPF, "<dc:language", "</dc:language>")
        ),
    ),
    mutant(
        "an identifier that isn't there",
        "missing-facts",
        swap(OPF, 'unique-identifier="id"', 'unique-identifier="uid"'),
    ),
    mutant("no time of making", "missing-facts", drop_between(OPF, '<meta property="dcterms:modified"', "</meta>")),
    mutant("a date in words", "unsortable-date", swap(OPF, ">2026-03-20</dc:date>", ">Spring 2026</dc:date>")),
    mutant("a language in words", "language-code", swap(OPF, "<dc:language>en-GB", "<dc:language>British English")),
    mutant("a package without a language", "language-unsaid", swap(OPF, ' xml:lang="en-GB"', "")),
    mutant("a missing picture", "link-to-nowhere missing-item", without("EPUB/images/a.jpg")),
    mutant(
        "a page that is listed twice",
        "bad-manifest wrong-properties",
        swap(OPF, "  </manifest>", '<item id="again" href="one.xhtml" media-type="application/xhtml+xml"/></manifest>'),
    ),
    mutant(
        "one id for two items", "bad-package bad-spine link-off-the-spine", swap(OPF, 'id="page-two"', 'id="page-one"')
    ),
    mutant("a WebP that is called JPEG", "wrong-media-type", put("EPUB/images/a.jpg", picture("WEBP"))),
    mutant("a PNG that is called JPEG", "wrong-media-type", put("EPUB/images/a.jpg", picture("PNG"))),
    mutant(
        "fonts as nothing in particular",
        "foreign-item wrong-media-type",
        swap(OPF, 'media-type="font/otf"', 'media-type="application/octet-stream"'),
    ),
    mutant(
        "a spine that names nothing", "bad-spine link-off-the-spine", swap(OPF, 'idref="page-two"', 'idref="page-zwei"')
    ),
    mutant(
        "a page that is read twice", "bad-spine link-off-the-spine", swap(OPF, 'idref="page-two"', 'idref="page-one"')
    ),
    mutant(
        "a page aside that nothing leads to",
        "aside-page",
        in_turn(swap(OPF, 'idref="page-ad"', 'idref="page-ad" linear="no"')),
    ),
    mutant(
        "a picture that nothing uses",
        "idle-item",
        in_turn(
            put("EPUB/images/idle.jpg", picture("JPEG")),
            swap(OPF, "  </manifest>", '<item id="idle" href="images/idle.jpg" media-type="image/jpeg"/></manifest>'),
        ),
    ),
    mutant("no svg property", "wrong-properties", swap(OPF, 'properties="mathml svg"', 'properties="mathml"')),
    mutant(
        "an svg property too many",
        "wrong-properties",
        swap(OPF, 'href="two.xhtml"', 'href="two.xhtml" properties="svg"'),
    ),
    mutant(
        "no contents for old readers",
        "bad-old-contents",
        in_turn(without("EPUB/toc.ncx"), drop_between(OPF, '<item href="toc.ncx"', "/>"), swap(OPF, ' toc="ncx"', "")),
    ),
    mutant("a spine that names no NCX", "bad-spine", swap(OPF, 'toc="ncx"', 'toc="old"')),
    mutant(
        "a prefix that is wrong",
        "page-source unknown-property",
        swap(OPF, 'property="pageBreakSource"', 'property="a11y:pageBreakSource"'),
    ),
    mutant("a fact about nothing", "unknown-property", fact('<meta refines="#nobody" property="role">aut</meta>')),
    mutant("no cover", "no-cover", swap(OPF, ' properties="cover-image"', "")),
    # Pages.
    mutant("an ampersand", "broken-xml", swap(ONE, "<p>Box.</p>", "<p>Box & Cox.</p>")),
    mutant("an entity of HTML", "broken-xml", swap(ONE, "<p>Box.</p>", "<p>Box&nbsp;</p>")),
    mutant("a page that isn't closed", "broken-xml", swap(ONE, "</body>", "")),
    mutant("a page without a charset", "no-charset", swap(ONE, '<meta charset="utf-8"/>', "")),
    mutant(
        "an old document type",
        "old-doctype",
        swap(
            ONE,
            "<!DOCTYPE html>",
            '<!DOCTYPE html PUBLIC "-//W3C//DTD XHTML 1.1//EN" "http://www.w3.org/TR/xhtml11/DTD/xhtml11.dtd">',
        ),
    ),
    mutant("a page without a title", "untitled-page", drop_between(ONE, "<title>", "</title>")),
    mutant(
        "an id that is there twice", "link-to-lost-spot repeated-id", swap(ONE, '<h2 id="one--head"', '<h2 id="title"')
    ),
    mutant("two pages of one title", "repeated-title", swap(TWO, "<title>Zwei<", "<title>Three<")),
    mutant("a page as long as a book", "long-page", body("<p>Salt is carried by mules over the pass.</p>" * 7000)),
    mutant("a list in a paragraph", "misplaced-element", body("<p>One<ul><li>Two</li></ul></p>")),
    mutant("a paragraph in a list", "misplaced-element", body("<ul><p>Two</p></ul>")),
    mutant("an outdated element", "misplaced-element", body('<p><font color="red">Red</font></p>')),
    mutant("an attribute that doesn't exist", "misplaced-element", body('<p klass="x">One</p>')),
    mutant("a misspelt name", "misplaced-element", body('<p aria-lable="x">One</p>')),
    mutant("a name that nobody hears", "unheard-name", body('<p aria-label="x">One</p>')),
    mutant("a script", "script-in-page wrong-properties", body("<script>alert(1)</script>")),
    mutant(
        "a viewport",
        "fixed-viewport",
        swap(ONE, '<meta charset="utf-8"/>', '<meta charset="utf-8"/><meta name="viewport" content="width=600"/>'),
    ),
    mutant("languages that differ", "languages-differ", swap(ONE, 'lang="en-GB"', 'lang="en"')),
    mutant(
        "a page without a language",
        "language-unsaid",
        in_turn(swap(TWO, ' lang="de"', ""), swap(TWO, ' xml:lang="de"', "")),
    ),
    # Structure.
    mutant("a heading that skips a level", "skipped-heading", swap(ONE, "<h3>Lesser</h3>", "<h5>Lesser</h5>")),
    mutant("two titles", "several-titles", swap(ONE, "<h3>Lesser</h3>", "<h1>Lesser</h1>")),
    mutant("an empty heading", "empty-heading", swap(ONE, "<h3>Lesser</h3>", "<h3></h3>")),
    mutant("a box without a name", "unnamed-box", swap(ONE, ' aria-labelledby="one--box"', "")),
    mutant(
        "two boxes of one name",
        "boxes-alike",
        swap(ONE, ' aria-label="Sidebar"', ' aria-label="Box"'),
    ),
    mutant(
        "a name that isn't there",
        "loose-reference unnamed-box",
        swap(ONE, 'aria-labelledby="one--box"', 'aria-labelledby="one--crate"'),
    ),
    mutant("a chapter's role on an article", "wrong-role", swap(ONE, "<article ", '<article role="doc-chapter" ')),
    mutant("a note's role on a list item", "wrong-role", body('<ol><li role="doc-footnote">One</li></ol>')),
    mutant("a role that doesn't exist", "wrong-role", body('<p role="doc-poem">One</p>')),
    mutant("a call of a note without its role", "wrong-role", swap(ONE, ' role="doc-noteref"', "")),
    mutant("a chapter's type without its role", "wrong-role", swap(ONE, "<article ", '<article epub:type="chapter" ')),
    mutant(
        "a type that doesn't exist",
        "unknown-type",
        swap(ONE, 'epub:type="bodymatter"', 'epub:type="bodymatter feature"'),
    ),
    mutant(
        "a type whose prefix nobody knows",
        "unknown-type",
        swap(ONE, 'epub:type="bodymatter"', 'epub:type="bodymatter z3998:fiction"'),
    ),
    mutant("an empty head of a column", "table-heads", swap(ONE, ">B</th>", "></th>")),
    mutant("a call that doesn't lead to a note", "lost-note", swap(ONE, 'href="#one--note-2"', 'href="#one--head"')),
    mutant("a note as long as a story", "long-note", swap(ONE, "More.", "More. " * 900)),
    # Pictures.
    mutant("a picture without alt", "false-access-claim picture-without-alt", swap(ONE, ' alt="A."', "")),
    mutant("a figure with an empty alt", "false-access-claim undescribed-picture", swap(ONE, 'alt="A."', 'alt=""')),
    mutant("an alt that is the file's name", "alt-says-nothing", swap(ONE, 'alt="A."', 'alt="a.jpg"')),
    mutant(
        "a cover without words", "false-access-claim picture-without-alt", swap("cover.xhtml", ' alt="', ' data-alt="')
    ),
    mutant("a cover with an empty alt", "cover-without-words", swap("cover.xhtml", ' alt="', ' alt="" data-alt="')),
    mutant("a drawing without a title", "mute-drawing", drop_between(ONE, '<title id="one--svg">', "</title>")),
    mutant("a formula without words", "mute-formula", swap(ONE, ' alttext="a"', "")),
    mutant(
        "a picture that is cut off",
        "broken-image",
        lambda files: {**files, "EPUB/images/a.jpg": files["EPUB/images/a.jpg"][:2000]},
    ),
    mutant("a picture of sixteen megapixels", "heavy-picture", put("EPUB/images/a.jpg", picture("JPEG", (4000, 4000)))),
    mutant("a cover for a stamp", "small-cover", put("EPUB/images/cover.jpg", picture("JPEG", (300, 450)))),
    mutant("colours of print", "unusual-picture", put("EPUB/images/a.jpg", picture("JPEG", mode="CMYK"))),
    mutant(
        "a WebP",
        "unusual-picture",
        in_turn(
            put("EPUB/images/a.webp", picture("WEBP")),
            without("EPUB/images/a.jpg"),
            swap(ONE, "images/a.jpg", "images/a.webp"),
            swap(OPF, "images/a.jpg", "images/a.webp"),
            swap(
                OPF,
                'href="images/a.webp" id="picture-1" media-type="image/jpeg"',
                'href="images/a.webp" id="picture-1" media-type="image/webp"',
            ),
        ),
    ),
    # Links.
    mutant("a link to a page that isn't there", "link-to-nowhere", swap(ONE, 'href="two.xhtml"', 'href="zwei.xhtml"')),
    mutant(
        "a link to a spot that isn't there", "link-to-lost-spot", swap(ONE, 'href="two.xhtml"', 'href="two.xhtml#end"')
    ),
    mutant("a link to a picture", "link-off-the-spine", swap(ONE, 'href="two.xhtml"', 'href="images/a.jpg"')),
    mutant("a link into the machine", "link-outside", swap(ONE, 'href="two.xhtml"', 'href="file:///C:/two.xhtml"')),
    mutant(
        "a link to what is hidden",
        "link-to-hidden",
        swap(ONE, "<p>Box.</p>", '<p hidden="hidden" id="gone">Box.</p><p><a href="#gone">Box</a></p>'),
    ),
    mutant(
        "a picture from the web",
        "idle-item remote-resource wrong-properties",
        swap(ONE, 'src="images/a.jpg"', f'src="{REMOTE}"'),
    ),
    mutant("an address with a space", "bad-address", swap(ONE, 'href="two.xhtml"', 'href="https://example.org/a b"')),
    mutant("a link without words", "blank-link", body('<p>See <a href="two.xhtml"></a>.</p>')),
    mutant("an advert without styles", "link-to-nowhere", swap("ad.xhtml", 'href="style.css"', 'href="styles.css"')),
    # Contents.
    mutant("no contents", "false-access-claim no-contents", swap(OPF, ' properties="nav"', "")),
    mutant(
        "a story that isn't in the contents",
        "contents-differ story-not-in-contents",
        drop_between(NAV, '<li class="apart"><a href="two.xhtml"', "</li>"),
    ),
    mutant(
        "contents in another order",
        "contents-order",
        in_turn(
            swap(NAV, 'href="two.xhtml"', 'href="x"'),
            swap(NAV, 'href="three.xhtml"', 'href="two.xhtml"'),
            swap(NAV, 'href="x"', 'href="three.xhtml"'),
        ),
    ),
    mutant("a paragraph in the contents", "bad-contents", swap(NAV, "</h1>", "</h1><p>Look:</p>")),
    mutant(
        "an empty line of the contents",
        "bad-contents",
        swap(NAV, '<span class="section-title">History</span>', '<span class="section-title"></span>'),
    ),
    mutant(
        "contents of three levels",
        "contents-differ deep-contents",
        swap(NAV, IMPRINT, IMPRINT_WITH_HEADS),
    ),
    mutant("no landmarks", "bad-landmarks", drop_between(NAV, '<nav epub:type="landmarks"', "</nav>")),
    mutant(
        "a landmark of two types",
        "bad-landmarks",
        swap(NAV, 'epub:type="bodymatter"', 'epub:type="bodymatter chapter"'),
    ),
    mutant("old contents of another book", "bad-old-contents", swap(NCX, 'content="urn:uuid:', 'content="urn:uuid:0')),
    mutant(
        "old contents without a story",
        "contents-differ",
        drop_between(NCX, '<navPoint playOrder="2" id="point-3"', "</navPoint>"),
    ),
    mutant(
        "old contents that lead nowhere",
        "contents-differ link-to-nowhere",
        swap(NCX, 'src="two.xhtml"', 'src="zwei.xhtml"'),
    ),
    # Printed pages.
    mutant(
        "a printed page that isn't listed",
        "page-not-listed",
        drop_between(NAV, '<li><a href="one.xhtml#page-5"', "</li>"),
    ),
    mutant(
        "printed pages in another order",
        "page-order",
        in_turn(
            swap(NAV, "one.xhtml#page-4", "page-x"),
            swap(NAV, "one.xhtml#page-5", "one.xhtml#page-4"),
            swap(NAV, "page-x", "one.xhtml#page-5"),
        ),
    ),
    mutant(
        "a printed page that is listed at a lost spot",
        "link-to-lost-spot page-not-listed",
        swap(NAV, "one.xhtml#page-5", "one.xhtml#page-50"),
    ),
    mutant(
        "no list of printed pages",
        "false-access-claim page-not-listed",
        drop_between(NAV, '<nav epub:type="page-list"', "</nav>"),
    ),
    mutant("printed pages of nothing", "page-source", drop_between(OPF, '<meta property="pageBreakSource"', "</meta>")),
    mutant("a mark without a number", "page-mark-unlabelled", swap(ONE, ' aria-label="5"', "")),
    mutant("a mark without a role", "unheard-name wrong-role", swap(ONE, ' role="doc-pagebreak"', "")),
    mutant("a list that says other numbers", "page-order", swap(NAV, ">5</a>", ">7</a>")),
    # What is claimed.
    mutant(
        "no access modes",
        "access-unsaid",
        in_turn(*[drop_between(OPF, '<meta property="schema:accessMode"', "</meta>")] * 2),
    ),
    mutant("no hazards", "access-unsaid", drop_between(OPF, '<meta property="schema:accessibilityHazard"', "</meta>")),
    mutant("no summary", "access-unsaid", drop_between(OPF, '<meta property="schema:accessibilitySummary"', "</meta>")),
    mutant(
        "a feature that doesn't exist",
        "unknown-access-term",
        fact('<meta property="schema:accessibilityFeature">niceText</meta>'),
    ),
    mutant(
        "an outdated feature",
        "unknown-access-term",
        fact('<meta property="schema:accessibilityFeature">printPageNumbers</meta>'),
    ),
    mutant(
        "a feature that isn't there",
        "false-access-claim",
        fact('<meta property="schema:accessibilityFeature">synchronizedAudioText</meta>'),
    ),
    mutant(
        "a hazard claimed and denied",
        "false-access-claim",
        fact('<meta property="schema:accessibilityHazard">flashing</meta>'),
    ),
    mutant(
        "conformance that nobody answers for",
        "unbacked-conformance",
        fact('<meta property="dcterms:conformsTo">EPUB Accessibility 1.1 - WCAG 2.2 Level AA</meta>'),
    ),
    mutant(
        "conformance in spite of a picture without words",
        "contradicted-conformance false-access-claim undescribed-picture",
        in_turn(
            fact('<meta property="dcterms:conformsTo">EPUB Accessibility 1.1 - WCAG 2.2 Level AA</meta>'),
            fact('<meta property="a11y:certifiedBy">Ada</meta>'),
            swap(ONE, 'alt="A."', 'alt=""'),
        ),
    ),
    # Styles.
    mutant("a declaration without a value", "broken-style", swap("style.css", "a { color: inherit;", "a { color: ;")),
    mutant(
        "a bracket that isn't closed",
        "broken-style",
        swap("style.css", "cite { font-style: italic; }", "cite { font-style: italic;"),
    ),
    mutant("black text", "fixed-colour", swap("style.css", "body {", "body { color: #000;")),
    mutant("grey text", "faint-text", swap("style.css", ".credit {", ".credit { color: #999;")),
    mutant("faint text in an attribute", "faint-text", body('<p style="color: #aaa">Faint</p>')),
    mutant("a line at a fixed place", "fixed-place", swap("style.css", ".credit {", ".credit { position: fixed;")),
    mutant(
        "fonts without a licence",
        "font-without-licence",
        lambda files: {name: data for name, data in files.items() if "OFL" not in name},
    ),
)
