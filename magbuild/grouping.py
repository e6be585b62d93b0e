"""Which stories are set together: an issue comes in; its galleys-to-be come out, as groups of slugs."""

from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby

from magbuild.model import MADE_PAGES, Advert, AdvertSize, Issue, Medium, Position, Standing, Start, StoryType
from magbuild.packing import fills_pages

COVER, BACK_COVER = "cover", "back-cover"

# Short pieces that share pages with their neighbours of the same section.
DEPARTMENT_TYPES = frozenset({StoryType.LETTERS, StoryType.NOTICE, StoryType.REVIEW, StoryType.NEWSLETTER})

Group = tuple[str, ...]


def on_pages(issue: Issue) -> Group:
    """Return what stands on pages, in order: all but the stories for the e-book alone.

    Print and screen are two finishes of the same pages, so a story in one of them is in both.
    """
    ebook_only = {story.slug for story in issue.stories if set(story.front.editions) <= {Medium.EPUB}}
    return tuple(slug for slug in issue.order if slug not in ebook_only)


def groups(issue: Issue) -> tuple[Group, ...]:
    """Return the slugs that are set together: one story, a department, or adverts that share pages.

    After the cover come the adverts for which a page is fixed and those that may stand anywhere, since their
    number of pages is known; then everything in order; at the end what is booked for the last pages.
    """
    adverts = {slug: advert for slug in on_pages(issue) if (advert := _advert(issue, slug)) is not None}
    apart = {slug: advert for slug, advert in adverts.items() if _stands_apart(advert.position)}
    body = list(_in_order(issue, [slug for slug in on_pages(issue) if slug not in apart]))
    floating = [slug for slug, advert in apart.items() if advert.position.floats]
    joining = _joining(adverts, floating, [at for at, group in enumerate(body) if _is_department(issue, group)])
    if joining:
        last = max(at for at, group in enumerate(body) if _is_department(issue, group))
        body[last] = (*body[last], *joining)
    early = sorted(
        (slug for slug in apart if slug not in joining and not apart[slug].position.at_the_end),
        key=lambda slug: (apart[slug].position.floats, apart[slug].position.fixed_page),
    )
    inside = [slug for slug, advert in apart.items() if advert.position.standing is Standing.INSIDE_BACK]
    back = [(slug,) for slug, advert in apart.items() if advert.position.standing is Standing.BACK_COVER]
    return ((COVER,), *_together(adverts, early), *body, *_together(adverts, inside), *(back[:1] or [(BACK_COVER,)]))


def _advert(issue: Issue, slug: str) -> Advert | None:
    if slug in MADE_PAGES:
        return None
    front = issue.story(slug).front
    return front.advert if front.type is StoryType.ADVERT else None


def _stands_apart(position: Position) -> bool:
    """Whether an advert stands elsewhere than the order says."""
    return bool(position.fixed_page or position.floats or position.at_the_end)


def _is_department(issue: Issue, group: Group) -> bool:
    return any(_kind(issue, slug) == "piece" for slug in group)


def _joining(adverts: dict[str, Advert], floating: Sequence[str], departments: Sequence[int]) -> list[str]:
    """Return the adverts that may stand anywhere and would leave a page of their own half empty."""
    parts = [
        slug for slug in floating if adverts[slug].size.partial and adverts[slug].position.standing is Standing.ANY
    ]
    return parts if departments and not _have_pages(adverts, parts) else []


def _have_pages(adverts: dict[str, Advert], slugs: Sequence[str]) -> bool:
    """Whether adverts that share pages have these to themselves: they fill them, or one is as high as a page."""
    sizes = [adverts[slug].size for slug in slugs]
    return AdvertSize.HALF_VERTICAL in sizes or fills_pages(sizes)


def _together(adverts: dict[str, Advert], slugs: Iterable[str]) -> Iterator[Group]:
    """Yield the adverts that stand apart in groups: those that share pages and their position together."""
    for (partial, _), same in groupby(slugs, lambda slug: (adverts[slug].size.partial, adverts[slug].position)):
        if partial:
            yield tuple(same)
        else:
            yield from ((slug,) for slug in same)


# --- In order ---


def _kind(issue: Issue, slug: str) -> str:
    """Return "piece" or "part" for what may share a page with its neighbours, an empty text for anything else."""
    advert = _advert(issue, slug)
    if advert is not None:
        return "part" if advert.size.partial else ""
    front = None if slug in MADE_PAGES else issue.story(slug).front
    return "piece" if front is not None and front.type in DEPARTMENT_TYPES and not front.alone else ""


def _in_order(issue: Issue, slugs: Sequence[str]) -> Iterator[Group]:
    """Yield what stands in order, short pieces together with adverts among them that have no pages of their own."""
    stretch: list[str] = []
    for slug in slugs:
        starts = slug not in MADE_PAGES and issue.story(slug).front.start is not Start.ANY
        if stretch and (starts or not _kind(issue, slug)):
            yield from _split(issue, stretch)
            stretch = []
        if _kind(issue, slug):
            stretch.append(slug)
        else:
            yield (slug,)
    yield from _split(issue, stretch)


def _split(issue: Issue, stretch: Sequence[str]) -> Iterator[Group]:
    """Yield a stretch of short pieces and adverts as one department, or more where adverts have pages of their own."""
    alone = not any(_kind(issue, slug) == "piece" for slug in stretch)
    department: list[str] = []
    for kind, run in groupby(stretch, lambda slug: _kind(issue, slug)):
        slugs = list(run)
        adverts = {slug: advert for slug in slugs if (advert := _advert(issue, slug)) is not None}
        if kind == "part" and (alone or _have_pages(adverts, slugs)):
            if department:
                yield tuple(department)
            department = []
            yield tuple(slugs)
        else:
            department += slugs
    if department:
        yield tuple(department)
