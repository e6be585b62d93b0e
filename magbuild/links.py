"""The links of a made-up issue: proofs name where they lead by anchors and stories; here they are pointed at pages."""

from collections.abc import Iterator, Mapping

import pikepdf
from pikepdf import Array, Dictionary, Object, String

from magbuild.addresses import typed_address
from magbuild.compose import plain
from magbuild.manuscript import set_line
from magbuild.model import Issue, Story
from magbuild.tags import StructureTree

STORY_LINK = "story:"
ROUNDING = 0.5  # pt


def tie(pdf: pikepdf.Pdf, issue: Issue, targets: Mapping[str, Array], tree: StructureTree) -> None:
    """Point links at pages of the whole issue, and say to people what each is about.

    `targets` are destinations by anchors and stories. Links that lead nowhere are taken out, of the tree, too.
    """
    used: dict[str, Array] = {}
    titles = {story.slug: plain_title(story) for story in issue.stories}
    adverts = dict(_advertisers(issue))
    for page in pdf.pages:
        kept: list[tuple[Object, tuple[str, ...]]] = []
        for annotation in page.obj.get("/Annots", []):
            wanted = _target_names(annotation)
            name = next((name for name in wanted if name in targets), None)
            # Its address would only be ours; or the engine made one for a link and one for each thing in it.
            leads_to = wanted or (_address(annotation),)
            within = any(leads_to == where and _is_within(annotation, other) for other, where in kept)
            if (wanted and name is None) or within:
                tree.forget(annotation)
                continue
            kept.append((annotation, leads_to))
            if name is None:
                annotation.Contents = String(adverts.get(_address(annotation)) or _described(annotation))
                continue
            used[name] = targets[name]
            annotation.Dest = String(name)
            if "/A" in annotation:  # it leads into another story
                annotation.Contents = String(titles.get(name.partition("--")[0], name))
                del annotation["/A"]
        if "/Annots" in page.obj:
            page.obj.Annots = Array([annotation for annotation, _ in kept])
    names: list[Object | String | Array] = []
    for name in sorted(used, key=lambda text: bytes(String(text))):
        names += [String(name), used[name]]
    if names:
        pdf.Root.Names = Dictionary(Dests=Dictionary(Names=Array(names)))


def plain_title(story: Story) -> str:
    """Return a story's title as it is set, without marks."""
    return plain(set_line(story.front.title, story.front.language))


def _advertisers(issue: Issue) -> Iterator[tuple[str, str]]:
    """Yield what the links of adverts lead to, and what is said of them."""
    for story in issue.stories:
        advert = story.front.advert
        if advert is not None and advert.client and (address := typed_address(advert.link)):
            yield address, f"{advert.client}: {advert.link}"


def _described(annotation: Object) -> str:
    """Return the words of a link that leads out of the issue, with its address where they don't name it."""
    words, address = str(annotation.get("/Contents", "")), _address(annotation)
    shown = address.partition("://")[2] or address.removeprefix("mailto:")
    return words if shown.rstrip("/") in words else f"{words}: {address}" if words else address


def _is_within(inner: Object, outer: Object) -> bool:
    """Whether a link lies within another."""
    (left, low, right, high), (outer_left, outer_low, outer_right, outer_high) = _edges(inner), _edges(outer)
    across = outer_left - ROUNDING <= left and right <= outer_right + ROUNDING
    return across and outer_low - ROUNDING <= low and high <= outer_high + ROUNDING


def _edges(annotation: Object) -> tuple[float, float, float, float]:
    one, here, other, there = (float(value) for value in annotation.Rect)
    return min(one, other), min(here, there), max(one, other), max(here, there)


def _address(annotation: Object) -> str:
    return str(annotation.get("/A", Dictionary()).get("/URI", ""))


def _target_names(annotation: Object) -> tuple[str, ...]:
    """Return what an internal link may point to, the best first: an anchor, then its story; () for other ones."""
    if annotation.get("/Dest") is not None:
        return (str(annotation.Dest),)
    address = _address(annotation)
    if not address.startswith(STORY_LINK):
        return ()
    slug, _, anchor = address.removeprefix(STORY_LINK).partition("#")
    return (anchor, slug) if anchor else (slug,)
