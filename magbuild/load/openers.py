"""How a story is to begin comes in; its picture in its place, and problems of openers, come out."""

from collections.abc import Iterator
from dataclasses import replace

from magbuild.model import FrontMatter, Opener, Span, StoryType
from magbuild.problem import Problem
from magbuild.source import Sheet

_PLACES = {Opener.PICTURE: Span.FULL, Opener.SPREAD: Span.SPREAD, Opener.REVIEW: Span.COLUMN}


def opener_rules(front: FrontMatter, sheet: Sheet) -> Iterator[Problem]:
    """Yield the openers that lack what they are made of."""
    place = sheet.place("opener")
    if front.opener in (Opener.PICTURE, Opener.SPREAD) and front.picture is None:
        message = f"opener '{front.opener}' has no picture"
        yield Problem(place, "bad-opener", message, "name one under picture:, or take opener out")
    if front.opener is Opener.REVIEW and front.type is not StoryType.REVIEW:
        message = f"opener 'review' is that of a review, and this is of type {front.type}"
        yield Problem(place, "bad-opener", message, "write type: review, or another opener")


def with_opener(front: FrontMatter) -> FrontMatter:
    """Return the front matter with the opening picture in the place that the opener has for it."""
    if front.picture is None or front.opener is None:
        return front
    place = _PLACES.get(front.opener, front.picture.place)
    if front.opener is Opener.ESSAY and place in (Span.FULL, Span.SPREAD):
        place = Span.PAGE
    return replace(front, picture=replace(front.picture, place=place))
