"""The pages of a file come in; what was found on each comes out, from the store at hand if one like it was looked at.

What is found on a page depends on what the page is made of and on what is wanted of it, and on nothing else. So it is
remembered by these: without the number of the page, and without those of its objects, which move from file to file.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from magbuild.fingerprint import Files, fingerprint
from magbuild.memory import is_at_hand, recalled
from magbuild.preflight.digests import Digests
from magbuild.preflight.drawing import MOST_OPERATORS, Draughtsman
from magbuild.preflight.job import Job, sheet_of
from magbuild.preflight.look import Outcome, joined
from magbuild.preflight.reading import MARK, TROUBLE, numbered
from magbuild.preflight.rules import ON_PAGES, Rule
from magbuild.preflight.sheets import Sheet, drawn, with_fault
from magbuild.preflight.uses import Uses, uses_of

MOST_TOLD = 3  # complaints of the library about one page: the rest has the same cause


class Doubtful(Exception):
    """The file is so damaged, or so large, that what is found on a page may depend on what comes before it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Seen:
    """What was found on a page: by each check of ON_PAGES, and what the page uses.

    `operators` is how many it took to draw the page; `sound` says that neither the library nor a check had trouble.
    """

    outcomes: tuple[Outcome | None, ...]
    uses: Uses
    operators: int
    sound: bool

    def renumbered(self, numbers: Mapping[int, int]) -> "Seen":
        """Return it with other numbers for the objects that it names."""

        def told(text: str) -> str:
            return numbered(text, numbers, MARK)

        outcomes = tuple(outcome and outcome.told(told) for outcome in self.outcomes)
        return replace(self, outcomes=outcomes, uses=self.uses.told(told))


def look_through(job: Job, *, afresh: bool) -> Iterator[tuple[Sheet, Seen]]:
    """Look at all pages of a file, one by one, and yield their boxes and what was found.

    Raises Doubtful when it must be done `afresh`, with the file opened anew: all that is remembered comes from sound
    files in which each page could be looked at by itself.
    """
    digests = Digests(job.pdf) if is_at_hand() and not afresh else None
    if digests is not None and (job.warnings or job.pdf.is_encrypted):
        raise Doubtful
    hand, left = Draughtsman(), MOST_OPERATORS
    wanted = "" if digests is None else fingerprint((job.printer, job.advert), Files())
    for number, page in enumerate(job.pages, start=1):
        sheet = sheet_of(job, page, number)
        if digests is None:
            yield sheet, look_at(job, sheet, hand)
            continue
        seen = _known(job, sheet, hand, digests, wanted)
        left -= seen.operators
        if left < 0:
            raise Doubtful
        yield sheet, seen


def look_at(job: Job, sheet: Sheet, hand: Draughtsman) -> Seen:
    """Draw a page, and ask all checks of it."""
    left = hand.left
    page = drawn(sheet, hand)
    # What the library complains of now is about what this page draws.
    heard = tuple(map(str, job.pdf.get_warnings()))
    for warning in heard[:MOST_TOLD]:
        page = with_fault(page, f"what the page draws is broken: {warning.rpartition(': ')[2].lower()}")
    alone = replace(job, sheets=(page,))
    job.pixels.turn()
    outcomes = tuple(asked(rule, alone) for rule in ON_PAGES)
    job.pdf.get_warnings()  # about what the checks have read: not to be told of the next page
    return Seen(
        outcomes=outcomes,
        uses=uses_of(page),
        operators=left - hand.left,
        sound=not heard and hand.left >= 0 and not any(map(_gave_up, outcomes)),
    )


def asked(rule: Rule, job: Job) -> Outcome | None:
    """Ask a check; where a file is so broken that it gives up, that is what it found."""
    try:
        return rule(job)
    except (*TROUBLE, RecursionError) as error:
        code = rule.__name__.replace("_", "-")
        look = job.look("not-checked", f"the check '{code}'")
        look.found(
            f"the check '{code}' gave up, since the file is broken ({type(error).__name__})",
            "export the file again",
            source="",
        )
        return look.outcome()


def on_all(rule: Rule, job: Job, seen: Sequence[Seen]) -> Outcome | None:
    """Return what a check of ON_PAGES found on all pages together; `job` is one without pages."""
    at = ON_PAGES.index(rule)
    outcomes = [outcome for page in seen if (outcome := page.outcomes[at]) is not None]
    gave_up = next(filter(_gave_up, outcomes), None)
    return gave_up or (joined(outcomes) if outcomes else asked(rule, job))


def _gave_up(outcome: Outcome | None) -> bool:
    return outcome is not None and outcome.checked.code == "not-checked"


# --- Looked at before ---


@dataclass(frozen=True, slots=True, kw_only=True)
class _Page:
    """A page that is asked for by its content."""

    job: Job
    sheet: Sheet
    hand: Draughtsman
    numbers: tuple[int, ...]

    def seen(self, digest: str, wanted: str, edges: object) -> Seen:
        """Return what is found on the page, its objects numbered in their order on it; all else is handed in."""
        seen = look_at(self.job, self.sheet, self.hand)
        if not seen.sound:
            raise Doubtful
        return seen.renumbered({number: at for at, number in enumerate(self.numbers)})


def _known(job: Job, sheet: Sheet, hand: Draughtsman, digests: Digests, wanted: str) -> Seen:
    try:
        made = digests.of(sheet.page)
    except TROUBLE as error:
        raise Doubtful from error
    if job.pdf.get_warnings():
        raise Doubtful
    page = _Page(job=job, sheet=sheet, hand=hand, numbers=made.numbers)
    edges = (sheet.needed, sheet.safe, sheet.spine)
    seen = recalled(page.seen, made.digest, wanted, edges).renumbered(dict(enumerate(made.numbers)))
    here = tuple(outcome and outcome.on(job.path, sheet.number) for outcome in seen.outcomes)
    return replace(seen, outcomes=here)
