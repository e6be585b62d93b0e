"""Every kind of bad input: where it is reported, under which code, and that each hint says what to do."""

import io
import os
import struct
import zlib
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

import pytest
from PIL import Image

from magbuild.build import build
from magbuild.problem import Report, Stopped
from tests.kit import assert_problems, issue_of, picture, read_issue

Files = Mapping[str, str | bytes | None]
HEAD = "---\ntitle: Salt\nauthor: Ana Lima\n"


def story(*fields: str, body: str = "Salt was dear.\n") -> str:
    """A story whose own fields begin in line 4."""
    return HEAD + "".join(f"{field}\n" for field in fields) + "---\n" + body


def issue(*fields: str) -> str:
    """An issue's sheet whose own fields begin in line 3."""
    return "number: 37\npublished: 2026-03-20\n" + "".join(f"{field}\n" for field in fields)


def magazine(*fields: str) -> str:
    """A magazine's sheet whose own fields begin in line 2."""
    return "title: Foundations\n" + "".join(f"{field}\n" for field in fields)


def bomb() -> bytes:
    """A PNG of a few bytes that says it is 60,000 pixels wide and high."""

    def chunk(kind: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    head = struct.pack(">IIBBBBB", 60_000, 60_000, 8, 2, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", zlib.compress(b"\0")) + chunk(b"IEND", b"")


LAUGHS = """<?xml version="1.0"?>
<!DOCTYPE svg [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;"><!ENTITY c "&b;&b;&b;&b;">]>
<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 4 4"><text>&c;</text></svg>
"""
PICTURE = ("picture: {file: pictures/strikes.jpg, alt: Strikers}",)


@dataclass(frozen=True)
class Case:
    """What an editor hands in, and every problem that must come of it."""

    name: str
    files: Files
    problems: tuple[str, ...]


def case(name: str, files: Files, *problems: str) -> Case:
    return Case(name, files, problems)


def of_story(name: str, text: str | bytes, *problems: str) -> Case:
    """A case of one story, 037/01-salt.md; problems are given from the line on."""
    return case(name, {"037/01-salt.md": text}, *(f"037/01-salt.md:{problem}" for problem in problems))


def of_issue(name: str, text: str | bytes, *problems: str) -> Case:
    return case(name, {"037/issue.yaml": text}, *(f"037/issue.yaml:{problem}" for problem in problems))


def of_magazine(name: str, text: str | bytes, *problems: str) -> Case:
    return case(name, {"magazine.yaml": text}, *(f"magazine.yaml:{problem}" for problem in problems))


def of_picture(name: str, data: bytes | None, *problems: str, file: str = "strikes.jpg") -> Case:
    field = f"picture: {{file: pictures/{file}, alt: Strikers}}"
    files = {"037/01-salt.md": story(field), f"037/pictures/{file}": data}
    return case(name, files, *(f"037/01-salt.md:4:11 {problem}" for problem in problems))


def animation() -> bytes:
    packed = io.BytesIO()
    frames = [Image.new("L", (6, 4), shade) for shade in (0, 255)]
    frames[0].save(packed, "GIF", save_all=True, append_images=frames[1:])
    return packed.getvalue()


DRAWING = b"""<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 4 4"><image href="salt.jpg" width="4" height="4"/>
<foreignObject width="4" height="4"><p xmlns="http://www.w3.org/1999/xhtml">Salt</p></foreignObject></svg>"""


FILES = [
    case("no magazine.yaml", {"magazine.yaml": None}, "magazine.yaml missing-file"),
    case("no issue.yaml", {"037/issue.yaml": None}, "037/issue.yaml missing-file"),
    case("issue.yaml is a folder", {"037/issue.yaml": None, "037/issue.yaml/x": ""}, "037/issue.yaml unreadable-file"),
    of_story("Latin-1", HEAD.encode() + b"---\nCaf\xe9\n", "5:4 bad-encoding"),
    of_story("Latin-1 behind a BOM", b"\xef\xbb\xbf---\r\ntitle: Caf\xc3\xa9 \xe9\r\n", "2:13 bad-encoding"),
    of_story("UTF-16", "---\ntitle: x\n---\n".encode("utf-16"), "1:1 bad-encoding"),
    of_story("UTF-32", "---\ntitle: x\n---\n".encode("utf-32"), "1:1 bad-encoding"),
    of_story("a null byte", b"---\ntitle: a\0b\n---\n", "2:9 not-text"),
    of_story(
        "control characters",
        story("kicker: a\vb", body="Salt\u2028was dear.\n"),
        "4:10 control-character",
        "6:5 control-character",
    ),
    case(
        "a story in another suffix",
        {"037/01-salt.md": story(), "037/02-tin.markdown": ""},
        "037/02-tin.markdown:1:1 unread-file",
    ),
    case("capitals and spaces in a file name", {"037/01-Salt Roads.md": story()}, "037/01-Salt Roads.md:1:1 bad-slug"),
    case("a file called like a made page", {"037/imprint.md": story()}, "037/imprint.md:1:1 bad-slug"),
    case(
        "two files of one slug",
        {"037/01-salt.md": story(), "037/02-salt.md": story()},
        "037/02-salt.md:1:1 duplicate-slug",
    ),
]

YAML = [
    of_issue("a tab", "number: 37\npublished: 2026-03-20\ncover:\n\tpicture: x.jpg\n", "4:1 bad-yaml"),
    of_issue("a framed cover of nothing", issue("cover: {style: framed}"), "3:9 cover-without-picture"),
    of_issue("a key given twice", issue("title: A", "title: B"), "4:1 bad-yaml"),
    of_issue("an inner key given twice", issue("cover: {alt: a, credit: b, alt: c}"), "3:28 bad-yaml"),
    of_issue("a list", "- number: 37\n", "1:1 bad-yaml"),
    of_issue("plain text", "\nnumber 37\n", "2:1 bad-yaml"),
    of_issue("nothing", "", "1:1 bad-yaml"),
    of_issue("nothing but a comment", "# Issue 37\n", "1:1 bad-yaml"),
    of_issue("two sheets", issue() + "---\ntitle: x\n", "3:1 bad-yaml"),
    of_issue("a key without a colon", "number: 37\npublished 2026\n", "2:1 bad-yaml"),
    of_issue("a list for a key", issue("? [a]\n: b"), "3:3 bad-yaml"),
    of_issue("uneven indent", issue("cover:", "    alt: a", "  credit: b"), "5:3 bad-yaml"),
    of_issue("nested without end", issue("title: " + "[" * 500), "3:28 bad-yaml"),
    of_issue("an alias bomb", issue("a: &a [x, x]", "b: &b [*a, *a]"), "3:4 bad-yaml"),
    of_issue("a Python object", issue("title: !!python/object/apply:os.getcwd []"), "3:8 bad-yaml"),
    of_story("a second colon", story("kicker: Salt: a history"), "4:13 bad-yaml"),
    of_story("emphasis at the beginning", story("kicker: *Iskra* in Leipzig"), "4:9 bad-yaml"),
    of_story("an open quotation mark", story('kicker: "Salt'), "4:9 bad-yaml"),
    of_story("text behind a quotation", story('kicker: "Salt" and tin'), "4:16 bad-yaml"),
    of_story("an open list", story("editions: [print"), "4:11 bad-yaml"),
    of_story("an at sign", story("kicker: @salt"), "4:9 bad-yaml"),
    of_story("a backslash", story(r'kicker: "C:\salt"'), "4:13 bad-yaml"),
    of_story("a character beyond Unicode", story(r'kicker: "\UFFFFFFFF"'), "4:10 bad-yaml"),
    of_story("a null character by number", story(r'kicker: "a\0"'), "4:9 bad-yaml"),
    of_story("no front matter", "Salt was dear.\n", "1:1 missing-front-matter"),
    of_story("an empty file", "", "1:1 missing-front-matter"),
    of_story("front matter never closed", "---\ntitle: Salt\n\nSalt was dear.\n", "1:1 unclosed-front-matter"),
    of_story("empty front matter", "---\n---\nSalt was dear.\n", "2:1 bad-yaml"),
]

FIELDS = [
    of_issue("a number in words", "number: seven\npublished: 2026-03-20\n", "1:1 bad-value"),
    of_issue("a number below 0", "number: -3\npublished: 2026-03-20\n", "1:1 bad-value", "1:1 number-differs"),
    of_issue("no pages", issue("pages: 0"), "3:1 bad-value"),
    of_issue("a page of its own that is none", issue("trim: 2mm x 3mm"), "3:1 bad-value"),
    of_issue("a bleed of its own that is too wide", issue("bleed: 30mm"), "3:1 bad-value"),
    of_issue("a colour of its own that is none", issue("colours: {brand: red}"), "3:11 bad-value"),
    of_issue("a date that isn't one", "number: 37\npublished: 2026-02-30\n", "2:1 bad-value"),
    of_issue("a date in words", "number: 37\npublished: in spring\n", "2:1 bad-value"),
    of_issue("a date before newspapers", "number: 37\npublished: 0999-01-01\n", "2:1 bad-value"),
    of_issue("a date that no e-book can have", "number: 37\npublished: 2108-01-01\n", "2:1 bad-value"),
    of_issue("a title of a book's length", issue(f"title: {'Salt' * 100_000}"), "3:1 bad-value"),
    of_story("a title of a chapter's length", f"---\ntitle: {'Salt' * 101}\nauthor: Ana\n---\nSalt\n", "2:1 bad-value"),
    case(
        "an advert on a page of nothing",
        {
            "magazine.yaml": magazine("trim: 0mm x 0mm"),
            "037/issue.yaml": issue(
                "adverts: [{client: A, position: page 4, artwork: {file: pictures/a.jpg, alt: A}}]"
            ),
            "037/pictures/a.jpg": picture(),
        },
        "magazine.yaml:2:1 bad-value",
    ),
    case(
        "a text's mistakes beside those of sheets",
        {
            "magazine.yaml": "language: en\n",
            "037/issue.yaml": "number: one\n",
            "037/01-salt.md": story(body="Salt[^1].\n"),
        },
        "037/01-salt.md:5:5 undefined-note",
        "037/issue.yaml:1:1 bad-value",
        "037/issue.yaml:1:1 missing-field",
        "magazine.yaml:1:1 missing-field",
    ),
    case(
        "a text's mistakes beside sheets that can't be read",
        {"magazine.yaml": "title: [", "037/issue.yaml": None, "037/01-salt.md": story(body="Salt[^1].\n")},
        "037/01-salt.md:5:5 undefined-note",
        "037/issue.yaml missing-file",
        "magazine.yaml:1:9 bad-yaml",
    ),
    of_issue("no number and no date", "title: Spring\n", "1:1 missing-field", "1:1 missing-field"),
    of_issue("a field left empty", "number:\npublished: 2026-03-20\n", "1:1 missing-field"),
    of_issue("an unknown binding", issue("binding: glue"), "3:1 bad-value"),
    of_issue(
        "several at once",
        "numbr: 37\npublished: soon\ncover: [a, b]\n",
        "1:1 unknown-field",
        "2:1 bad-value",
        "3:1 bad-value",
    ),
    of_story("an unknown field", story("kikker: Trade"), "4:1 unknown-field"),
    of_story("another name for a field", story("subtitle: Trade"), "4:1 unknown-field"),
    of_story("an unknown inner field", story("event: {date: 2026-05-01, palce: Leeds}"), "4:27 unknown-field"),
    of_story("a misspelt field that must be there", "---\ntitel: Salt\nauthor: Ana\n---\nSalt\n", "2:1 unknown-field"),
    of_story("no title", "---\nauthor: Ana\n---\nSalt\n", "1:1 missing-field"),
    of_story("a title left empty", "---\ntitle: ''\nauthor: Ana\n---\nSalt\n", "2:1 missing-field"),
    of_story("an unknown type", story("type: esay"), "4:1 bad-value"),
    of_story(
        "an unknown role", "---\ntitle: a\nauthor:\n- Ana\n- {name: Bo, role: cook}\n---\nSalt\n", "5:14 bad-value"
    ),
    of_story("an author without a name", "---\ntitle: a\nauthor: {bio: She writes.}\n---\nSalt\n", "3:1 missing-field"),
    of_story("a list for a text", story("kicker: [a, b]"), "4:1 bad-value"),
    of_story("a list for a picture", story("picture: [a.jpg, b.jpg]"), "4:1 bad-value"),
    of_story("a text for a yes or no", story("draft: perhaps"), "4:1 bad-value"),
    of_story("no edition", story("editions: []"), "4:1 bad-value"),
    of_story("singular and plural", story("authors: Bo Lee"), "4:1 field-twice"),
    of_story("an event without a date", story("event: {place: Leeds}"), "4:1 missing-field"),
    of_story("an event before the issue", story("event: 2026-03-19"), "4:1 past-event"),
    of_story(
        "an event that ends before it begins",
        story("event: {date: 2026-05-02, until: 2026-05-01}"),
        "4:27 event-ends-early",
    ),
    of_story("no author", "---\ntitle: Salt\ntype: report\n---\nSalt\n", "1:1 missing-author"),
    of_story("an author left empty", "---\ntitle: Salt\nauthor:\n---\nSalt\n", "1:1 missing-author"),
    of_story("a review without a book", story("type: review"), "1:1 missing-book"),
    of_story("a book without a title", story("type: review", "review: {author: Bo}"), "5:1 missing-field"),
    of_story("a book in an essay", story("review: {title: Salt}"), "4:1 idle-field"),
    of_story("a wrong ISBN", story("type: review", "review: {title: Tin, isbn: 978-0-14-044913-7}"), "5:22 bad-isbn"),
    of_story("a reprint of the future", story("type: reprint", "reprint: {issue: 37}"), "5:11 reprint-not-older"),
    of_story("a reprint from nowhere", story("type: reprint"), "1:1 missing-reprint"),
    of_story("an advert of nothing", "---\ntitle: Salt\ntype: advert\n---\n", "1:1 empty-advert"),
    of_story(
        "an unknown size of advert",
        "---\ntitle: Salt\ntype: advert\nadvert: {size: fifth}\n---\nBuy\n",
        "4:10 bad-value",
    ),
    of_story("a story without text", story(body=" \n"), "1:1 empty-story"),
    of_story("an unknown language", story("language: xx"), "4:1 unknown-language"),
    of_story("a language in words", story("language: English"), "4:1 unknown-language"),
    of_story("an unknown section", story("section: reviws"), "4:1 unknown-section"),
    of_magazine("no title", "language: en\n", "1:1 missing-field"),
    of_magazine("an unknown language of the magazine", magazine("language: klingon"), "2:1 unknown-language"),
    of_magazine("a wrong ISSN", magazine("issn: 2049-3631"), "2:1 bad-issn"),
    of_magazine("an ISSN of another form", magazine("issn: 20493630"), "2:1 bad-issn"),
    of_magazine("a barcode without an ISSN", magazine("barcode: back"), "2:1 no-barcode"),
    of_magazine("a barcode somewhere", magazine("issn: 2049-3630", "barcode: inside"), "3:1 bad-value"),
    of_magazine("no page size", magazine("trim: A9"), "2:1 bad-value"),
    of_magazine("a page size of nothing", magazine("trim: 0mm x 0mm"), "2:1 bad-value"),
    of_magazine("a bleed without a unit", magazine("bleed: 3"), "2:1 bad-value"),
    of_magazine("too much bleed", magazine("bleed: 3cm"), "2:1 bad-value"),
    of_magazine("no colour", magazine("colours: {brand: crimson}"), "2:11 bad-value"),
    of_magazine("too few inks", magazine("colours: {brand: {screen: '#c8102e', print: [0, 100]}}"), "2:38 bad-value"),
    of_magazine(
        "one look, two ways to print it",
        magazine("colours: {a: {screen: '#f00', print: [0, 100, 100, 0]}, b: {screen: '#FF0000', spot: Fire}}"),
        "2:61 colour-printed-twice",
    ),
    of_magazine(
        "a spot ink called like a plate",
        magazine("colours: {a: {screen: '#f00', spot: Black}}"),
        "2:31 bad-value",
    ),
    of_magazine(
        "too much ink", magazine("colours: {brand: {screen: '#c8102e', print: [0, 101, 0, 0]}}"), "2:49 bad-value"
    ),
    of_magazine(
        "an unknown colour",
        magazine("colours: {brand: '#c8102e'}", "sections: [{name: essays, colour: brnad}]"),
        "3:27 unknown-colour",
    ),
    of_magazine(
        "a claim without a certifier",
        magazine("conformance: {standard: EPUB Accessibility 1.1 - WCAG 2.2 Level AA}"),
        "2:1 missing-field",
    ),
    of_magazine(
        "a claim in words of one's own",
        magazine("conformance: {standard: WCAG 2.1 AA, certified_by: Ana Lima}"),
        "2:15 bad-value",
    ),
    of_magazine(
        "a report that is nowhere",
        magazine(
            "conformance:",
            "  standard: EPUB Accessibility 1.1 - WCAG 2.2 Level A",
            "  certified_by: A",
            "  report: yes",
        ),
        "5:3 bad-value",
    ),
    of_magazine("a section twice", magazine("sections: [essays, essays]"), "2:20 bad-value"),
    case(
        "a folder of another number",
        {"037/issue.yaml": "number: 36\npublished: 2026-03-20\n"},
        "037/issue.yaml:1:1 number-differs",
    ),
]

ORDER = [
    of_issue("an unknown story in the running order", issue("running_order: [salt, slat]"), "3:23 unknown-story"),
    of_issue("a story named twice", issue("running_order:", "- salt", "- stories: [salt]"), "5:13 story-named-twice"),
    of_issue(
        "an unknown section in the running order",
        issue("running_order:", "- {section: esays, stories: salt}"),
        "4:4 unknown-section",
    ),
    of_issue(
        "a cover line without a story", issue("cover: {lines: [{text: Salt, story: slat}]}"), "3:30 unknown-story"
    ),
    case(
        "a story that isn't named",
        {"037/issue.yaml": issue("running_order: [salt]"), "037/01-salt.md": story(), "037/02-tin.md": story()},
        "037/issue.yaml:3:1 story-not-named",
    ),
    case(
        "a draft that is named",
        {
            "037/issue.yaml": issue("running_order: [salt, tin]"),
            "037/01-salt.md": story(),
            "037/02-tin.md": story("draft: true"),
        },
        "037/issue.yaml:3:23 draft-named",
    ),
    case(
        "a filler that is named",
        {
            "037/issue.yaml": issue("running_order: [salt, tin]"),
            "037/01-salt.md": story(),
            "037/02-tin.md": story("type: filler"),
        },
        "037/issue.yaml:3:23 filler-named",
    ),
    case(
        "a broken story that is named is reported once",
        {"037/issue.yaml": issue("running_order: [salt]"), "037/01-salt.md": "Salt"},
        "037/01-salt.md:1:1 missing-front-matter",
    ),
    case(
        "mistakes of all files in one run",
        {
            "magazine.yaml": "titel: Foundations\ntrim: A9\n",
            "037/issue.yaml": "number: seven\npublished: 2026-03-20\nrunning_order: [slat]\n",
            "037/01-salt.md": story("kikker: Trade", "picture: pictures/x.jpg"),
        },
        "037/01-salt.md:4:1 unknown-field",
        "037/01-salt.md:5:1 missing-picture",
        "037/issue.yaml:1:1 bad-value",
        "037/issue.yaml:3:1 story-not-named",
        "037/issue.yaml:3:17 unknown-story",
        "magazine.yaml:1:1 unknown-field",
        "magazine.yaml:2:1 bad-value",
    ),
]

PICTURES = [
    of_picture("a drawing of other files", DRAWING, "picture-in-part", file="strikes.svg"),
    of_picture("an animation", animation(), "picture-in-part", file="strikes.gif"),
    of_picture("a picture that isn't there", None, "missing-picture"),
    of_picture("a picture cut short", picture(size=(600, 400))[:-400], "unreadable-picture"),
    of_picture("not a picture", b"Strikers", "unreadable-picture"),
    of_picture("zero bytes", b"", "unreadable-picture"),
    of_picture("a decompression bomb", bomb(), "unreadable-picture", file="strikes.png"),
    of_picture("a PDF for a picture", b"%PDF-1.7\n", "unreadable-picture"),
    of_picture("an EPS for a picture", b"%!PS-Adobe-3.0 EPSF-3.0\n%%BoundingBox: 0 0 9 9\n", "unreadable-picture"),
    of_picture("billion laughs", LAUGHS.encode(), "unreadable-picture", file="strikes.svg"),
    of_picture("broken SVG", b"<svg><g></svg>", "unreadable-picture", file="strikes.svg"),
    of_picture(
        "SVG without a size", b'<svg xmlns="http://www.w3.org/2000/svg"/>', "unreadable-picture", file="strikes.svg"
    ),
    case(
        "letters in the wrong case",
        {"037/01-salt.md": story(*PICTURE), "037/pictures/Strikes.JPG": picture()},
        "037/01-salt.md:4:11 wrong-letter-case",
    ),
    of_story("a path out of the folder", story("picture: {file: ../../etc/passwd, alt: a}"), "4:11 outside-folder"),
    of_story(
        "a path out and in again", story("picture: {file: pictures/../../037/x.jpg, alt: a}"), "4:11 outside-folder"
    ),
    of_story("an absolute path", story("picture: {file: /etc/passwd, alt: a}"), "4:11 outside-folder"),
    of_story("a path of Windows", story(r"picture: {file: C:\strikes.jpg, alt: a}"), "4:11 outside-folder"),
    of_story("an address", story("picture: {file: 'https://example.org/x.jpg', alt: a}"), "4:11 outside-folder"),
    of_story("a folder for a picture", story("picture: {file: ., alt: a}"), "4:11 missing-picture"),
    of_issue("a cover picture that isn't there", issue("cover: {picture: cover.jpg, alt: a}"), "3:9 missing-picture"),
    of_issue("a back cover that isn't there", issue("back_cover: {picture: back.jpg, alt: a}"), "3:14 missing-picture"),
    of_story(
        "figures in the text",
        story(
            body="Salt.\n\n/// figure\n    file: /etc/passwd\n    alt: a\n///\n\n"
            "And ![tin](tin.jpg) and <img src='x.jpg' alt='x'>\n"
        ),
        "8:11 outside-folder",
        "12:5 missing-picture",
        "12:25 missing-picture",
    ),
    case(
        "pictures without alt",
        {
            "037/01-salt.md": story("picture: x.jpg", body="/// figure\n    file: x.jpg\nCaption\n///\n\n![](x.jpg)\n"),
            "037/x.jpg": picture(),
        },
        "037/01-salt.md:4:1 missing-alt",
        "037/01-salt.md:6:1 missing-alt",
        "037/01-salt.md:11:5 missing-alt",
    ),
    case(
        "a broken PDF of an advert",
        {
            "037/01-salt.md": "---\ntitle: Salt\ntype: advert\nadvert: {artwork: {file: a.pdf, alt: a}}\n---\n",
            "037/a.pdf": b"%PDF-1.7\n",
        },
        "037/01-salt.md:4:20 unreadable-artwork",
    ),
]

COPY = [
    of_story("front matter once more", story(body="\n---\ntitle: Tin\n---\n\nSalt.\n"), "6:1 second-front-matter"),
    of_story(
        "a title amid the text",
        "---\ntitle: Salt\nauthor: Ana\n---\n## One\n\na\n\n# Two\n\nb\n",
        "9:1 body-title",
    ),
    case(
        "a link to a story that can't be read",
        {"037/01-salt.md": story(body="See [tin](02-tin.md).\n"), "037/02-tin.md": "Tin.\n"},
        "037/01-salt.md:5:11 unknown-story",
        "037/02-tin.md:1:1 missing-front-matter",
    ),
    of_story("a list that runs into a text", story(body="We sold:\n- salt\n- tin\n"), "6:1 runs-in"),
    of_story("numbers that run into a text", story(body="We sold\n1. salt\n2. tin\n"), "6:1 runs-in"),
    of_story("numbers with brackets", story(body="1) salt\n2) tin\n"), "5:1 runs-in"),
    of_story("a list three spaces in", story(body="1. Salt\n\n   - white\n   - grey\n"), "7:4 runs-in"),
    of_story("a table that runs into a text", story(body="Prices:\n| a | b |\n|---|---|\n| 1 | 2 |\n"), "6:1 runs-in"),
    of_story("code three spaces in", story(body="1. Salt\n\n   ```\n   nacl\n   ```\n"), "7:4 indented-fence"),
    of_story(
        "no list that runs into anything",
        story(body="He left on\n1. Mai 1890, early\n- or late.\n\n- salt\nand tin\n- tea\n\n> a\n> - b\n\n1890: a\n"),
    ),
    of_story(
        "marks left in the copy", story("standfirst: TK", body="Salt was TODO.\n"), "4:13 leftover", "6:10 leftover"
    ),
    of_story(
        "a doubled word",
        story(body="Salt was was dear, and the\nthe tin cheap.\n"),
        "5:10 doubled-word",
        "6:1 doubled-word",
    ),
    of_story("a hyphen for a dash", story(body="Salt - and tin.\n"), "5:6 hyphen-for-dash"),
    of_story(
        "a pull quote that isn't in the story",
        story(body="Salt was dear.\n\n/// pullquote\n\nTin was dear.\n///\n"),
        "9:1 pullquote-not-in-story",
    ),
    of_story("a long standfirst", story("standfirst: " + "salt and tin " * 31), "4:1 long-standfirst"),
    of_story("a long short_title", story("short_title: " + "s" * 41), "4:1 long-short-title"),
]


EVERY_KIND = pytest.mark.parametrize(
    "given", [*FILES, *YAML, *FIELDS, *ORDER, *PICTURES, *COPY], ids=lambda given: given.name.replace(" ", "-")
)


@EVERY_KIND
def test_bad_input(given: Case, tmp_path: Path) -> None:
    assert_problems(read_issue(issue_of(tmp_path, given.files)), *given.problems)


@EVERY_KIND
def test_bad_input_leaves_the_last_good_build_as_it_was(given: Case, tmp_path: Path) -> None:
    folder = issue_of(tmp_path, given.files)
    good = tmp_path / "out" / folder.name / "foundations-37.epub"
    good.parent.mkdir(parents=True)
    good.write_text("the last good build")
    # Strict, so that cases that are only warned of stop, too.
    with pytest.raises(Stopped):
        build(folder, tmp_path / "out", Report(strict=True), jobs=1)
    assert [path for path in (tmp_path / "out").rglob("*") if path.is_file()] == [good]
    assert good.read_text() == "the last good build"


def test_a_good_issue_has_no_problems(tmp_path: Path) -> None:
    assert_problems(read_issue(issue_of(tmp_path)))


def test_a_folder_that_is_not_there(tmp_path: Path) -> None:
    assert_problems(read_issue(tmp_path / "issues" / "038"), "038 missing-folder")


def test_a_folder_with_an_endless_name() -> None:
    (problem,) = read_issue(Path("issues", "x" * 5000))
    assert problem.code == "missing-folder"


def test_a_file_in_place_of_the_folder(tmp_path: Path) -> None:
    folder = issue_of(tmp_path)
    assert_problems(read_issue(folder / "issue.yaml"), "037/issue.yaml missing-folder")


def test_a_picture_that_is_a_link_out_of_the_folder(tmp_path: Path) -> None:
    (tmp_path / "secret.jpg").write_bytes(picture())
    folder = issue_of(tmp_path, {"037/01-salt.md": story(*PICTURE)})
    (folder / "pictures").mkdir()
    (folder / "pictures" / "strikes.jpg").symlink_to(tmp_path / "secret.jpg")
    assert_problems(read_issue(folder), "037/01-salt.md:4:11 outside-folder")


def test_a_folder_that_is_a_link_out_of_the_folder(tmp_path: Path) -> None:
    (tmp_path / "elsewhere").mkdir()
    (tmp_path / "elsewhere" / "strikes.jpg").write_bytes(picture())
    folder = issue_of(tmp_path, {"037/01-salt.md": story(*PICTURE)})
    (folder / "pictures").symlink_to(tmp_path / "elsewhere", target_is_directory=True)
    assert_problems(read_issue(folder), "037/01-salt.md:4:11 outside-folder")


def test_a_link_that_leads_round_in_a_circle(tmp_path: Path) -> None:
    folder = issue_of(tmp_path, {"037/01-salt.md": story(*PICTURE)})
    (folder / "pictures").mkdir()
    (folder / "pictures" / "strikes.jpg").symlink_to(folder / "pictures" / "strikes.jpg")
    assert_problems(read_issue(folder), "037/01-salt.md:4:11 missing-picture")


def test_a_story_that_is_a_link_out_of_the_folder(tmp_path: Path) -> None:
    (tmp_path / "salt.md").write_text(story())
    folder = issue_of(tmp_path, {"037/01-tin.md": story()})
    (folder / "02-salt.md").symlink_to(tmp_path / "salt.md")
    assert_problems(read_issue(folder), "037/02-salt.md outside-folder")


def test_a_story_that_is_a_pipe_is_not_waited_for(tmp_path: Path) -> None:
    folder = issue_of(tmp_path)
    os.mkfifo(folder / "02-tin.md")
    assert_problems(read_issue(folder), "037/02-tin.md unreadable-file")


HINTS = [
    (of_story("field", story("kikker: Trade")), "did you mean 'kicker'?"),
    (of_story("inner field", story("event: {date: 2026-05-01, palce: Leeds}")), "did you mean 'place'?"),
    (of_story("other name", story("subtitle: Trade")), "did you mean 'standfirst'?"),
    (of_story("type", story("type: Intervew")), "did you mean 'interview'?"),
    (of_story("section", story("section: reviws")), "did you mean 'reviews'?"),
    (of_issue("story", issue("running_order: [slat]")), "did you mean 'salt'?"),
    (
        case("picture", {"037/01-salt.md": story(*PICTURE), "037/pictures/strike.jpg": picture()}),
        "did you mean 'pictures/strike.jpg'?",
    ),
    (
        case("moved picture", {"037/01-salt.md": story(*PICTURE), "037/strikes.jpg": picture()}),
        "did you mean 'strikes.jpg'?",
    ),
    (
        case("letter case", {"037/01-salt.md": story(*PICTURE), "037/Pictures/strikes.jpg": picture()}),
        "write it letter for letter: Pictures/strikes.jpg",
    ),
    (case("no picture", {"037/01-salt.md": story(*PICTURE)}), "put it into"),
    (of_magazine("nothing near", magazine("fortune: 3")), "take it out; there are title, tagline"),
]


@pytest.mark.parametrize(("given", "hint"), HINTS, ids=lambda value: getattr(value, "name", None))
def test_hints_name_what_was_meant(given: Case, hint: str, tmp_path: Path) -> None:
    hints = [problem.hint for problem in read_issue(issue_of(tmp_path, given.files))]
    assert any(found.startswith(hint) for found in hints), hints
