"""An issue with its manuscripts comes in; what its pages are set from comes out: fillers amid stories are stories, too.

A block `/// filler` may stand on any page that has room for it, like a file of `type: filler`. The e-book has the
manuscripts as they are, with the block where it was written.
"""

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Final
from xml.etree import ElementTree

from lxml import etree

from magbuild.manuscript import Manuscript
from magbuild.manuscript.write import count_words
from magbuild.model import FrontMatter, Issue, Story, StoryType

AMID: Final = "/"  # stands in no slug of a file
TITLE: Final = "room-filler-title"


def as_on_pages(
    issue: Issue, manuscripts: Mapping[str, Manuscript], slugs: Collection[str]
) -> tuple[Issue, dict[str, Manuscript]]:
    """Take the fillers out of the stories on pages, which `slugs` names, and put them behind all stories.

    Each is a story of `type: filler` then, in its story's file, and called after it: "letters/filler-1". One that
    notes or links tie to its story stays there.
    """
    stories, read = list(issue.stories), dict(manuscripts)
    for story in issue.stories:
        if story.slug in slugs:
            read[story.slug], *shorts = _parted(manuscripts[story.slug])
            read |= {short.slug: short for short in shorts}
            stories += (_as_story(story, short) for short in shorts)
    return replace(issue, stories=tuple(stories)), read


def manuscript_of(slug: str) -> str:
    """Return the slug of the manuscript that a piece was written in, its own or that of the story around it."""
    return slug.partition(AMID)[0]


def _parted(manuscript: Manuscript) -> Iterator[Manuscript]:
    """Yield a manuscript without its fillers, then these."""
    body, notes = _tree(manuscript.body), _tree(manuscript.notes)
    linked = [*_links(body), *_links(notes)]
    found = [block for block in body.iter("aside") if "filler" in (block.get("class") or "").split()]
    blocks = [block for block in found if not _is_tied(block, linked)]
    if not blocks:
        yield manuscript
        return
    for block in blocks:
        _take_out(block)
    slug = f"{manuscript.slug}{AMID}filler"
    shorts = [
        replace(manuscript, slug=f"{slug}-{number}", body=_inside(block), notes="", words=_words(block))
        for number, block in enumerate(blocks, start=1)
    ]
    yield replace(manuscript, body=_inside(body), words=manuscript.words - sum(short.words for short in shorts))
    yield from shorts


def _is_tied(block: etree._Element, linked: Sequence[str]) -> bool:
    """Whether a link leads out of a block, or into it from elsewhere; `linked` is where all links of its story lead."""
    ids = {f"#{element.get('id')}" for element in block.iter() if element.get("id")}
    own = _links(block)
    return not ids.issuperset(own) or len(own) < sum(name in ids for name in linked)


def _links(tree: etree._Element) -> list[str]:
    """Return what the links in a tree that stay within their story lead to."""
    return [href for element in tree.iter() if (href := element.get("href") or "").startswith("#")]


def _take_out(block: etree._Element) -> None:
    """Take a block out of its tree, but not what stands behind it; its title becomes that of a filler."""
    around = block.getparent()
    assert around is not None  # the body, at least
    before, behind = block.getprevious(), block.tail or ""
    if before is not None:
        before.tail = (before.tail or "") + behind
    else:
        around.text = (around.text or "") + behind
    block.tail = None
    around.remove(block)
    title = block.find("*[@class='sidebar-title']")
    if title is not None:
        title.tag = "p"
        title.set("class", TITLE)


def _tree(fragment: str) -> etree._Element:
    return etree.fromstring(f"<div>{fragment}</div>")


def _inside(tree: etree._Element) -> str:
    """Return what is inside an element as it stands in a manuscript."""
    tree.attrib.clear()
    whole = etree.tostring(tree, encoding="unicode")
    return whole.partition(">")[2].rpartition("<")[0].strip("\n ")


def _words(tree: etree._Element) -> int:
    return count_words(ElementTree.fromstring(etree.tostring(tree)))


def _as_story(story: Story, short: Manuscript) -> Story:
    """Return a filler as a story, in the file of the one it was written in."""
    title = _tree(short.body).find(f"p[@class='{TITLE}']")
    said = " ".join("".join(map(str, title.itertext())).split()) if title is not None else ""
    front = FrontMatter(title=said, type=StoryType.FILLER, section=story.front.section, language=story.front.language)
    return replace(story, slug=short.slug, front=front, places={})
