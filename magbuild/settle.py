"""Set and paginate all galleys so that the page numbers in their text are those they come to stand on."""

from collections.abc import Callable, Mapping, Sequence
from concurrent.futures import Future
from dataclasses import dataclass, field
from types import MappingProxyType

from magbuild.compose import Desk, Galley, compose
from magbuild.flatplan import Flatplan, plan
from magbuild.grouping import groups
from magbuild.model import CONTENTS
from magbuild.paginate import Proof, count_pages, paginate
from magbuild.turns import ended
from magbuild.workshop import Workshop

MOST_ROUNDS = 6  # page numbers settle at once or after two; more would mean that they never do
WORDS_PER_PAGE = 600  # until proofs tell better
SURELY_ONE_PAGE_OF_CONTENTS = 10  # stories
SURELY_ONE_PAGE = 1.25  # by words: heads and white space vary, but not by so much


@dataclass(frozen=True, slots=True, kw_only=True)
class Onlooker:
    """Who is told how the settling of an issue goes on.

    `begun` is called once, when workers have all that can be begun; `done` with each galley and its proof as it comes
    in; `counted` once, as soon as it is likely which pages there are: those of stories, with their proofs; made
    pages, which may be at work still, are counted.
    """

    begun: Callable[[], None] = lambda: None
    done: Callable[[Galley, Proof], None] = lambda galley, proof: None
    counted: Callable[[Flatplan, Mapping[str, Proof]], None] = lambda flatplan, proofs: None


@dataclass(frozen=True, slots=True, kw_only=True)
class Paged:
    """An issue with its pages: the flatplan, the proofs by slug, and whether the page numbers have settled."""

    plan: Flatplan
    proofs: dict[str, Proof]
    settled: bool


@dataclass(slots=True)
class Settling:
    """An issue on its way to settled pages: what is set, what is being paginated, what is done.

    `counting` is laid out to see how long it is, whatever page numbers are in it; `counted` is how long it was.
    """

    desk: Desk
    workshop: Workshop
    onlooker: Onlooker
    galleys: dict[str, Galley] = field(default_factory=dict)
    proofs: dict[str, Proof] = field(default_factory=dict)
    at_work: dict[Future[Proof], str] = field(default_factory=dict)
    counting: dict[Future[int], str] = field(default_factory=dict)
    counted: dict[str, int] = field(default_factory=dict)


def settle(
    desk: Desk,
    workshop: Workshop,
    onlooker: Onlooker,
    expected: Mapping[str, int] = MappingProxyType({}),
) -> Paged:
    """Return an issue with its pages.

    A galley in which page numbers stand waits until all pages before those stories are counted, so that
    most galleys are set only once. In the end all are set again with the final numbers, and those that
    have changed are paginated anew. `expected` are the pages on which stories began in the run before: workers
    who would wait begin what these make likely, and where that is what is wanted then, it is there already;
    nothing else depends on it.
    """
    order = groups(desk.issue)
    state = Settling(desk, workshop, onlooker)
    _first_round(state, order, expected)
    for _ in range(MOST_ROUNDS):
        galleys = tuple(state.galleys.values())
        flatplan = plan(desk.issue, galleys, {slug: len(proof.pages) for slug, proof in state.proofs.items()})
        folios = folios_of(flatplan, state.proofs)
        changed = _set_again(state, [group for group in order if state.galleys[group[0]].asks], folios)
        if not changed:
            break
        _finish(state)
    return Paged(plan=flatplan, proofs=state.proofs, settled=not changed)


def _first_round(state: Settling, order: Sequence[tuple[str, ...]], expected: Mapping[str, int]) -> None:
    """Paginate every galley once, those with page numbers in them as soon as these are known."""
    fresh: dict[str, Galley] = {}
    for galley in compose(state.desk, sorted(order, key=lambda group: _words(state, group), reverse=True), {}):
        fresh[galley.slug] = galley
        if not galley.asks:  # the longest are at work while others are still being set
            _start(state, [galley])
    state.galleys = {group[0]: fresh[group[0]] for group in order}
    waiting = {galley.slug: galley for galley in state.galleys.values() if galley.asks}
    if CONTENTS in waiting and len(state.desk.issue.stories) > SURELY_ONE_PAGE_OF_CONTENTS:
        state.counting[state.workshop.start(count_pages, waiting[CONTENTS])] = CONTENTS
    if sum(not future.done() for future in state.at_work) < state.workshop.jobs:
        for galley in compose(state.desk, [group for group in order if group[0] in waiting], expected):
            if expected.keys() >= set(galley.asks):
                state.workshop.start(paginate, galley)
    state.onlooker.begun()
    told = False
    while state.at_work or state.counting or waiting:
        folios = folios_so_far(state, guess=False)
        ready = {slug for slug, galley in waiting.items() if folios.keys() >= set(galley.asks)}
        if not ready and not state.at_work and not state.counting:
            # Stories that point at each other would wait for ever: in the end they are judged by their words.
            folios = folios_so_far(state, guess=True)
            ready = set(waiting)
        _set_again(state, [group for group in order if group[0] in ready], folios, everything=True)
        waiting = {slug: galley for slug, galley in waiting.items() if slug not in ready}
        _collect(state)
        lengths = {} if told else _lengths(state)
        if lengths:
            told = True
            state.onlooker.counted(plan(state.desk.issue, tuple(state.galleys.values()), lengths), state.proofs)


def _lengths(state: Settling) -> dict[str, int]:
    """Return how many pages galleys have when all stories are there; a made page that isn't has one, or is counted."""
    lengths = {galley.slug: 1 for galley in state.galleys.values() if not galley.stories}
    lengths |= state.counted | {slug: len(proof.pages) for slug, proof in state.proofs.items()}
    return lengths if lengths.keys() >= state.galleys.keys() else {}


def _set_again(
    state: Settling, some: Sequence[tuple[str, ...]], folios: Mapping[str, int], everything: bool = False
) -> bool:
    """Set galleys with new page numbers and begin those that differ; return whether there were any."""
    galleys = [g for g in compose(state.desk, some, folios) if everything or g != state.galleys[g.slug]]
    state.galleys |= {galley.slug: galley for galley in galleys}
    _start(state, galleys)
    return bool(galleys)


def _start(state: Settling, galleys: Sequence[Galley]) -> None:
    """Begin to paginate galleys, the longest first."""
    for galley in sorted(galleys, key=lambda galley: len(galley.html), reverse=True):
        state.at_work[state.workshop.start(paginate, galley)] = galley.slug


def _collect(state: Settling) -> None:
    """Wait until at least one galley is paginated, and take in what is there."""
    came = ended([*state.at_work, *state.counting])
    for future in came & state.counting.keys():
        state.counted[state.counting.pop(future)] = future.result()
    for future in came & state.at_work.keys():
        slug, proof = state.at_work.pop(future), future.result()
        state.proofs[slug] = proof
        state.onlooker.done(state.galleys[slug], proof)


def _finish(state: Settling) -> None:
    while state.at_work:
        _collect(state)


def folios_so_far(state: Settling, guess: bool) -> dict[str, int]:
    """Return the pages of stories as far as they can be told while galleys are still to be paginated.

    A galley that isn't there counts as a page when it is a made page, an advert, or has no more words than
    that; at any other the counting ends, with the page it begins on, unless `guess` goes on by its words.
    """
    # Until the end the rate is fixed: which galleys happen to be there must not show in the result.
    rate = _words_per_page(state) if guess else WORDS_PER_PAGE
    lengths: dict[str, int] = {}
    for slug, galley in state.galleys.items():
        proof, estimate = state.proofs.get(slug), _words(state, galley.stories) / rate
        if proof is not None or galley.length:
            lengths[slug] = len(proof.pages) if proof is not None else galley.length
        elif slug in state.counted:
            lengths[slug] = state.counted[slug]
        elif estimate <= SURELY_ONE_PAGE or not guess:
            lengths[slug] = 1
        else:
            lengths[slug] = round(estimate)
        if slug in state.counting.values() or (proof is None and estimate > SURELY_ONE_PAGE and not guess):
            break
    counted = [galley for galley in state.galleys.values() if galley.slug in lengths]
    return folios_of(plan(state.desk.issue, counted, lengths), state.proofs)


def _words(state: Settling, stories: Sequence[str]) -> int:
    manuscripts = state.desk.manuscripts
    return sum(manuscripts[slug].words for slug in stories if slug in manuscripts)


def _words_per_page(state: Settling) -> float:
    """Return the words on a page of the longer stories that are there."""
    long = [state.galleys[slug] for slug, proof in state.proofs.items() if len(proof.pages) > 1]
    pages = sum(len(state.proofs[galley.slug].pages) for galley in long)
    return sum(_words(state, galley.stories) for galley in long) / pages if pages else WORDS_PER_PAGE


def folios_of(flatplan: Flatplan, proofs: Mapping[str, Proof]) -> dict[str, int]:
    """Return the page each story begins on; in a department that is where its anchor stands."""
    folios: dict[str, int] = {}
    for slot in flatplan.slots:
        if slot.galley is None:
            continue
        if slot.page == 0:
            folios[slot.galley.slug] = slot.number
        proof = proofs.get(slot.galley.slug)
        anchors = {name for name, _, _ in proof.pages[slot.page].anchors} if proof else set()
        for slug in slot.galley.stories:
            if slug in anchors:
                folios.setdefault(slug, slot.number)
    return folios
