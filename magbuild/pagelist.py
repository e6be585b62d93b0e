"""The pages of print by their folios: flatplan and proofs come in, where each page begins in its stories comes out."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from magbuild.flatplan import Flatplan, Slot
from magbuild.letters import Part, Spot
from magbuild.model import Issue, StoryType
from magbuild.paginate import Proof


@dataclass(frozen=True, slots=True, kw_only=True)
class PrintedPage:
    """A page as readers cite it: its folio, and where it begins.

    A page of several stories has a start in each; an edition that lacks the first begins it in the next.
    """

    folio: str
    starts: tuple[Spot, ...]


def printed_pages(issue: Issue, plan: Flatplan, proofs: Mapping[str, Proof]) -> tuple[PrintedPage, ...]:
    """Return the pages on which something begins or goes on, in order; blank ones are left out."""
    adverts = {story.slug for story in issue.stories if story.front.type is StoryType.ADVERT}
    pages = []
    for slot in plan.slots:
        # A page begins with its text, even where an advert stands over it.
        starts = sorted(_starts(slot, proofs), key=lambda spot: spot.story in adverts)
        if starts:
            pages.append(PrintedPage(folio=str(slot.number), starts=tuple(starts)))
    return tuple(pages)


def _starts(slot: Slot, proofs: Mapping[str, Proof]) -> Iterator[Spot]:
    galley = slot.galley
    if galley is None:
        return
    if galley.stories:
        yield from proofs[galley.slug].pages[slot.page].starts
    elif slot.page == 0:  # a made page: cover, contents, imprint
        yield Spot(galley.slug, Part.HEAD)
