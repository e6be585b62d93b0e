"""A read issue comes in; dates, numbers and claims in it that can't be true come out as problems.

Each check is called like the code it reports, and its docstring is that code's manual page.
"""

import re
from collections.abc import Iterable, Iterator

from magbuild.model import BarcodePlace, Issue, Standing, StoryType
from magbuild.problem import Problem, warning


def reprint_not_older(issue: Issue) -> Iterator[Problem]:
    """A reprint says that it first stood in this issue or in a later one.

    Look up the issue's number, and write it under `reprint`.
    """
    for story in issue.stories:
        first = story.front.reprint.issue if story.front.reprint else None
        if first is not None and first >= issue.sheet.number:
            message = f"reprint from issue {first} in issue {issue.sheet.number}"
            hint = "write the number of the issue in which it first stood"
            yield Problem(story.place("reprint", "issue"), "reprint-not-older", message, hint)


def missing_reprint(issue: Issue) -> Iterator[Problem]:
    """A reprint doesn't say where it first stood.

    Readers want to know how old it is. Write `reprint:` and below it `issue:` with the number, or `title:`
    with the publication, and `published:` with the date or year.
    """
    for story in issue.stories:
        if story.front.type is StoryType.REPRINT and story.front.reprint is None:
            hint = "write reprint: and below it issue: and published:"
            yield warning(story.place(), "missing-reprint", "the reprint doesn't say where it first stood", hint)


def idle_field(issue: Issue) -> Iterator[Problem]:
    """A story has a field that does nothing in a story of its type.

    `review` is for reviews, and `advert` for adverts. Mostly the `type` was forgotten, and the story was set
    as an essay.
    """
    for story in issue.stories:
        front = story.front
        given = (
            ("review", bool(front.review), StoryType.REVIEW),
            ("advert", bool(front.advert), StoryType.ADVERT),
        )
        for name, there, wanted in given:
            if there and front.type is not wanted:
                message = f"field '{name}' does nothing in a story of type {front.type}"
                hint = f"write type: {wanted}, or take the field out"
                yield warning(story.place(name), "idle-field", message, hint)


def past_event(issue: Issue) -> Iterator[Problem]:
    """An event is over before the issue is published.

    Leave the notice out, or correct the date; perhaps the notice was kept from the last issue.
    """
    for story in issue.stories:
        event = story.front.event
        if event and max(event.date, event.until or event.date) < issue.sheet.published:
            last = max(event.date, event.until or event.date)
            message = f"the event is over on {last}, before the issue is published on {issue.sheet.published}"
            yield warning(story.place("event", "date"), "past-event", message, "leave it out, or correct the date")


def event_ends_early(issue: Issue) -> Iterator[Problem]:
    """An event ends before it begins.

    Correct `date`, which is the first day, or `until`, which is the last.
    """
    for story in issue.stories:
        event = story.front.event
        if event and event.until and event.until < event.date:
            message = f"the event ends on {event.until}, before it begins on {event.date}"
            yield Problem(story.place("event", "until"), "event-ends-early", message, "correct one of the dates")


def bad_issn(issue: Issue) -> Iterator[Problem]:
    """The magazine's ISSN can't be one: its form or its check digit is wrong.

    An ISSN is four digits, a hyphen, three digits and a check digit, which may be X. Compare it, digit by
    digit, with the notice of the ISSN centre that gave it.
    """
    issn = issue.magazine.issn.strip().upper()
    if issn and not is_issn(issn):
        message = f"ISSN '{issn}' has a wrong form or check digit"
        hint = "compare it with the notice of the ISSN centre"
        yield Problem(issue.magazine_place("issn"), "bad-issn", message, hint)


def no_barcode(issue: Issue) -> Iterator[Problem]:
    """The barcode has no ISSN to be made of, or no place to stand.

    Write the magazine's `issn`; and where the back cover is booked for an advert, let the barcode stand on the
    front (`barcode: front`), or the client's artwork have one (`barcode: none`).
    """
    where = issue.magazine.barcode
    if where is BarcodePlace.NONE:
        return
    if not issue.magazine.issn:
        hint = "write issn: and the number that the ISSN centre gave the magazine"
        yield Problem(issue.magazine_place("barcode"), "no-barcode", "there is no ISSN for the barcode", hint)
    adverts = [story.front.advert for story in issue.stories if story.front.advert]
    booked = any(advert.position.standing is Standing.BACK_COVER for advert in adverts)
    if where is BarcodePlace.BACK and booked:
        message = "the barcode is to stand on the back cover, which is booked for an advert"
        yield warning(issue.magazine_place("barcode"), "no-barcode", message, "write barcode: front")


def bad_isbn(issue: Issue) -> Iterator[Problem]:
    """The ISBN of a reviewed book can't be one: its form or its check digit is wrong.

    It has 13 digits, or 10 on books before 2007; hyphens and spaces don't count. Compare it with the imprint
    page of the book.
    """
    for story in issue.stories:
        for number, book in enumerate(story.front.review):
            if book.isbn and not is_isbn(book.isbn):
                message = f"ISBN '{book.isbn}' has a wrong form or check digit"
                hint = "compare it with the imprint page of the book"
                yield Problem(story.place("review", number, "isbn"), "bad-isbn", message, hint)


def number_differs(issue: Issue) -> Iterator[Problem]:
    """The issue's folder is called by another number than issue.yaml gives.

    Mostly the sheet was copied from the last issue. Correct `number`, or rename the folder.
    """
    name, number = issue.folder.resolve().name, issue.sheet.number
    if name.isdecimal() and int(name) != number:
        message = f"number is {number}, but the folder is called {name}"
        yield warning(issue.place("number"), "number-differs", message, "correct the number, or rename the folder")


def is_issn(issn: str) -> bool:
    """Whether a text such as "2049-3630" has the form and the check digit of an ISSN."""
    if not re.fullmatch(r"[0-9]{4}-[0-9]{3}[0-9X]", issn):
        return False
    return _weighed(issn.replace("-", ""), range(8, 0, -1)) % 11 == 0


def is_isbn(isbn: str) -> bool:
    """Whether a text has the form and the check digit of an ISBN of 13 or 10 digits."""
    digits = re.sub(r"[ \-\u2010\u2011]", "", isbn.upper().removeprefix("ISBN"))
    if re.fullmatch(r"97[89][0-9]{10}", digits):
        return _weighed(digits, (1, 3) * 7) % 10 == 0
    return bool(re.fullmatch(r"[0-9]{9}[0-9X]", digits)) and _weighed(digits, range(10, 0, -1)) % 11 == 0


def _weighed(digits: str, weights: Iterable[int]) -> int:
    return sum((10 if digit == "X" else int(digit)) * weight for digit, weight in zip(digits, weights, strict=False))
