"""A read issue comes in, problems come out; and the manual says of every code what it means, whatever reports it."""

import inspect
import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import cache
from importlib.resources import files

from magbuild.checks import adverts, columns, copy, facts, lettering, markdown, room, setting, words
from magbuild.checks.lettering import borrowed_glyphs, without_echoes
from magbuild.layout import Layout
from magbuild.manuscript import Manuscript
from magbuild.model import Issue
from magbuild.problem import Problem, Report
from magbuild.proofreading import Proofread, Tally

__all__ = ["COPY", "LETTERING", "borrowed_glyphs", "codes", "explain", "run", "run_on_layout", "without_echoes"]
Check = Callable[[Issue], Iterator[Problem]]

# On the copy, before anything is set. A check is called like the code it reports.
FACTS: tuple[Check, ...] = (
    facts.idle_field,
    facts.missing_reprint,
    facts.reprint_not_older,
    facts.past_event,
    facts.event_ends_early,
    facts.bad_issn,
    facts.no_barcode,
    facts.bad_isbn,
    facts.number_differs,
    adverts.advert_pages,
    adverts.advert_notes,
    adverts.advert_proportion,
    adverts.advert_without_bleed,
    adverts.advert_leaves_white,
    adverts.advert_link,
    words.unknown_word,
    words.bad_word,
    words.foreign_words,
    words.right_to_left_magazine,
)
# On how it is written: what they find is a warning, so nothing that is set waits for them.
WORDING: tuple[Check, ...] = (
    copy.long_standfirst,
    copy.long_short_title,
    copy.doubled_word,
    copy.leftover,
    copy.hyphen_for_dash,
    copy.pullquote_not_in_story,
    copy.missing_alt,
    markdown.runs_in,
    markdown.indented_fence,
    markdown.second_front_matter,
)
COPY = (*FACTS, *WORDING)
# On what the layout can set: warnings, too.
LETTERING: tuple[Callable[[Issue, Mapping[str, Manuscript], Layout], Iterator[Problem]], ...] = (
    lettering.missing_glyph,
)

ProofCheck = Callable[[Proofread], Tally]

# On the pages, when they are laid out. A check is called like its code here, too.
PROOFS: tuple[ProofCheck, ...] = (
    room.text_near_edge,
    room.picture_overlap,
    room.folio_overlap,
    columns.off_grid,
    columns.uneven_columns,
    columns.hole,
    columns.one_line_column,
    columns.widow,
    columns.orphan,
    columns.stranded_heading,
    setting.loose_line,
    setting.hyphen_ladder,
    setting.river,
    setting.lone_end_mark,
)
MANUAL = "manual.md"


def run(issue: Issue, report: Report, some: Sequence[Check] = COPY) -> None:
    """Look at a read issue with every check, or with `some`, and report what they find."""
    for check in some:
        report.extend(check(issue))


def run_on_layout(issue: Issue, manuscripts: Mapping[str, Manuscript], layout: Layout, report: Report) -> None:
    """Look at what a layout has to set with every check of that, and report what they find."""
    for check in LETTERING:
        report.extend(check(issue, manuscripts, layout))


def proofread(pages: Proofread, report: Report) -> tuple[Tally, ...]:
    """Look at laid out pages with every check, report what is wrong, and return what each has found."""
    tallies = tuple(check(pages) for check in PROOFS)
    for tally in tallies:
        report.extend(tally.problems)
    return tallies


def explain(code: str) -> str | None:
    """Return the manual page of a problem's code; None when no problem has it."""
    return _manual().get(code)


def codes() -> tuple[str, ...]:
    """Return all codes that problems can have."""
    return tuple(_manual())


@cache
def _manual() -> Mapping[str, str]:
    """Return the pages of the stages, which manual.md holds, and those of the checks, which are their docstrings."""
    from magbuild.checks import ebook
    from magbuild.preflight.rules import RULES  # brings numpy along, which building an issue doesn't wait for

    text = (files(__name__) / MANUAL).read_text("utf-8")
    pages = re.findall(r"^## (\S+)\n(.*?)(?=^##? |\Z)", text, re.DOTALL | re.MULTILINE)
    checks = (*COPY, *LETTERING, *PROOFS, *RULES, *ebook.RULES)
    own = [(check.__name__.replace("_", "-"), inspect.getdoc(check) or "") for check in checks]
    found = {code: page.strip() for code, page in (*pages, *own)}
    assert len(found) == len(pages) + len(own), "a code has one manual page"
    return found
