"""The EPUB edition before its judge: an issue with one of everything, and the same bytes everywhere."""

import datetime
import os
import re
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest
from lxml import etree

from magbuild.editions import epub
from magbuild.layout import find_layout
from magbuild.load import load
from magbuild.manuscript import read_manuscript
from magbuild.model import (
    Advert,
    AdvertSize,
    Artwork,
    BackCover,
    Book,
    Colour,
    Cover,
    CoverLine,
    Event,
    ImprintEntry,
    IssueSheet,
    Magazine,
    Medium,
    Person,
    Picture,
    Reprint,
    Role,
    Section,
    StoryType,
)
from magbuild.problem import Report
from tests.press.epubcheck import epubcheck
from tests.unit.epub_issue import (
    HOUSE,
    SENTENCE,
    STAMP,
    Ebook,
    Piece,
    call,
    jpeg,
    magazine,
    make,
    note,
    paragraphs,
    piece,
    sheet,
    with_fonts,
)
from tests.unit.epub_issue import house_font as font

pytestmark = pytest.mark.slow

SAMPLE = HOUSE.parents[1] / "issues" / "037"
FONTS = (
    font("SourceSerifPro-Regular.otf"),
    font("SourceSerifPro-It.otf", style="italic"),
    font("SourceSansPro-Bold.ttf", weight=700),
)


@pytest.mark.parametrize("language", ["en-GB", "de", "fr"])
def test_epubcheck_has_nothing_to_say(tmp_path: Path, language: str) -> None:
    said = epubcheck(one_of_everything(tmp_path, language).path, usage=True)
    # It notes every @font-face rule, so that people think twice about embedding fonts.
    assert [str(message) for message in said if message.code != "CSS-028"] == []


def test_bytes_are_the_same_in_every_zone_and_run(tmp_path: Path) -> None:
    script = (
        f"import sys; sys.path.insert(0, {str(HOUSE.parents[1])!r})\n"
        "from pathlib import Path\n"
        "from tests.press.test_epub_edition import one_of_everything\n"
        "one_of_everything(Path(sys.argv[1]), 'en-GB')\n"
    )
    written = set()
    for zone, seed in (("UTC", "0"), ("Asia/Tokyo", "7"), ("America/New_York", "42")):
        folder = tmp_path / seed
        folder.mkdir()
        own = {**os.environ, "TZ": zone, "PYTHONHASHSEED": seed}
        subprocess.run([sys.executable, "-c", script, str(folder)], env=own, check=True)
        written.add((folder / "issue.epub").read_bytes())
    assert len(written) == 1


def test_sample_issue_is_there_to_the_last_word(tmp_path: Path) -> None:
    report, target = Report(), tmp_path / "issue.epub"
    issue = load(SAMPLE, report)
    assert issue is not None
    slugs = {story.path.name: story.slug for story in issue.stories}
    manuscripts = {story.slug: read_manuscript(story, slugs, report) for story in issue.stories}
    layout = find_layout(issue.magazine.layout, SAMPLE.parents[1], issue.folder, report)
    artwork = {story.slug: jpeg() for story in issue.stories if story.front.type is StoryType.ADVERT}
    epub.make(issue, manuscripts, layout, jpeg(), artwork, STAMP, target)
    assert [str(message) for message in epubcheck(target, usage=True) if message.code != "CSS-028"] == []
    with zipfile.ZipFile(target) as archive:
        pages = {Path(name).stem: archive.read(name) for name in archive.namelist() if name.endswith(".xhtml")}
    on_pages_only = {story.slug for story in issue.stories if story.front.type is StoryType.FILLER}
    printed = {story.slug for story in issue.stories if Medium.EPUB in story.front.editions} - on_pages_only
    assert printed <= set(pages)
    for slug in printed:
        page = iter(spelt(etree.fromstring(pages[slug])))
        for part in (manuscripts[slug].body, manuscripts[slug].notes):
            assert [word for word in spelt(etree.fromstring(f"<div>{part}</div>")) if word not in page] == []


def spelt(tree: etree._Element) -> list[str]:
    return [word for text in tree.itertext() for word in re.findall(r"\w+", str(text))]


def one_of_everything(folder: Path, language: str) -> Ebook:
    """Make an issue that has one of everything an issue can have."""
    (folder / "a.jpg").write_bytes(jpeg(2000, 1500))
    (folder / "b.svg").write_text(INKSCAPE)
    return make(
        folder,
        *stories(),
        order=("one", "ad", "contents", "two", "three", "half", "imprint", "four"),
        artwork={"ad": jpeg()},
        cover=jpeg(1600, 2400),
        layout=with_fonts(*FONTS),
        magazine=full_magazine(language),
        sheet=full_sheet(),
    )


def full_magazine(language: str) -> Magazine:
    return magazine(
        language=language,
        publisher="P & Q",
        imprint=(ImprintEntry(title="Copyright", text="© [us](https://example.org)"),),
        sections=(Section(name="History", colour="red"),),
        colours={"red": Colour(screen="#c00")},
    )


def full_sheet() -> IssueSheet:
    cover = Cover(alt="A", credit="C", lines=(CoverLine(text="L"),))
    return sheet(season="Spring", title="T", cover=cover, back_cover=BackCover(title="N", text="- *M*"))


def stories() -> tuple[Piece, ...]:
    event = Event(date=datetime.date(2026, 7, 4), until=datetime.date(2026, 8, 1), url="example.org")
    artwork = Artwork(file="ad.pdf", alt="Ad.")
    return (
        piece(
            "one",
            "A 'title' & <more>",
            body=EVERYTHING,
            notes=note("one", 1, "Note.", "More.") + note("one", 2, "Note."),
            kicker="K",
            standfirst="S *s*",
            author=(Person(name="Ada Wick", bio="Ada *Wick*."), Person(name="Bo", role=Role.EDITOR)),
            section="History",
            picture=Picture(file="a.jpg", alt="A.", caption="C", credit="D"),
        ),
        piece("ad", "An advert", type=StoryType.ADVERT, advert=Advert(artwork=artwork, link="a.example")),
        piece("two", "Zwei", language="de", type=StoryType.REPRINT, reprint=Reprint(issue=2, note="N")),
        piece("three", "Three", type=StoryType.REVIEW, review=(Book(title="B", author="A"),), section="Reviews"),
        piece("half", "H", paragraphs("Buy."), type=StoryType.ADVERT, advert=Advert(size=AdvertSize.HALF)),
        piece("four", "Four", type=StoryType.NOTICE, event=event),
    )


INKSCAPE = """<?xml version="1.0" encoding="UTF-8" standalone="no"?>
<svg width="60mm" height="30mm" viewBox="0 0 60 30" inkscape:version="1.2" sodipodi:docname="d.svg"
  xmlns="http://www.w3.org/2000/svg" xmlns:inkscape="http://www.inkscape.org/namespaces/inkscape"
  xmlns:sodipodi="http://sodipodi.sourceforge.net/DTD/sodipodi-0.dtd">
<sodipodi:namedview pagecolor="#fff"/>
<rect x="1" y="1" width="9" height="5" style="fill:#c33;-inkscape-stroke:none" inkscape:label="a"/></svg>"""

EVERYTHING = f"""
<p>{SENTENCE * 3}{call("one", 1)} and {call("one", 2)} and {call("one", 1, "-2")}.</p>
<p>See <a class="story-link page only" href="story:two"></a>, <a href="https://example.org/a b|c">there</a>,
<a href="#one--head">here</a>, <a href="nowhere">nowhere</a>, <abbr title="United Nations">UN</abbr>,
<em lang="ru-Latn">Iskra</em>, <code>x</code>, <strong>y</strong>, H<sub>2</sub>O.</p>
<aside class="sidebar" aria-labelledby="one--box"><h3 class="sidebar-title" id="one--box">Box</h3>
<p>Box.</p></aside>
<h2 id="one--head">Head</h2><h3>Lesser</h3>
<aside class="pullquote" aria-hidden="true"><p>Quote.</p></aside>
<figure class="figure page"><img src="b.svg" alt="A map."/><figcaption><span class="caption">C.</span>
<span class="credit">D.</span></figcaption></figure>
<ul><li>One</li><li><p>Two</p></li></ul><ol><li>One</li></ol><dl><dt>Term</dt><dd>Meaning</dd></dl>
<blockquote lang="fr"><p>Oui.</p></blockquote><hr class="break"/><pre><code>x = 1</code></pre>
<div class="table"><table><caption>T</caption><thead><tr>
{"".join(f'<th scope="col" style="text-align: right;">{head}</th>' for head in "ABCDE")}
</tr></thead><tbody><tr>{"<td>1</td>" * 5}</tr></tbody></table></div>
<div class="verse"><p class="stanza"><span class="line">One</span><br/><span class="line">\u2003Two</span></p>
<p class="attribution">Ada</p></div>
<div class="interview"><p class="question"><span class="speaker">Q</span> Why?</p>
<p class="answer">So.</p></div>
<p><svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 9 9" role="img" aria-labelledby="one--svg">
<title id="one--svg">Nine</title><rect width="9" height="9"/></svg>
<math xmlns="http://www.w3.org/1998/Math/MathML"><mi>a</mi></math></p>
<aside class="filler" aria-label="Sidebar"><p>Filler.</p></aside><p class="signature">Ada</p>"""
