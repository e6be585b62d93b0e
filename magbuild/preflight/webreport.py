"""A preflight comes in; one HTML file comes out that shows its findings on small pictures of the pages."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from itertools import groupby

import jinja2

from magbuild.preflight.findings import Checked, Finding, PageFacts, Preflight, counted
from magbuild.preflight.plane import Box
from magbuild.preflight.reports import described, mark, spot, story, verdict
from magbuild.preflight.thumbnails import shown_in_mm, thumbnails
from magbuild.templatecache import compiled_templates

LARGE, SMALL = 480, 120  # px
FLAG = 8.0  # mm: how far flags are apart
MOST_LARGE, MOST_SMALL = 120, 240  # pages that are shown


@dataclass(frozen=True, slots=True, kw_only=True)
class Placed:
    """A finding with its number in the report."""

    number: int
    finding: Finding


@dataclass(frozen=True, slots=True, kw_only=True)
class Flag:
    """The number of a finding where it stands on the picture of its page, in mm from the trim's top left."""

    number: int
    x: float
    y: float
    severity: str


@dataclass(frozen=True, slots=True, kw_only=True)
class PageView:
    """A page as the report shows it: what its picture shows in mm from the trim's top left, and its findings."""

    page: PageFacts
    area: Box
    picture: str
    placed: tuple[Placed, ...]

    @property
    def width(self) -> float:
        """Trimmed width in mm."""
        return (self.page.trim[2] - self.page.trim[0]) * 25.4 / 72

    @property
    def flags(self) -> tuple[Flag, ...]:
        """The numbers of findings at the top left of what they are about, none on another."""
        found: list[Flag] = []
        left, top, right, bottom = self.area
        for one in self.placed:
            if one.finding.box is None:
                continue
            x = min(max(one.finding.box[0], left + FLAG / 2), right - FLAG / 2)
            y = min(max(one.finding.box[1], top + FLAG / 2), bottom - FLAG / 2)
            while any(abs(x - other.x) < FLAG and abs(y - other.y) < FLAG for other in found) and x + FLAG < right:
                x += FLAG
            severity = str(one.finding.problem.severity)
            found.append(Flag(number=one.number, x=round(x, 2), y=round(y, 2), severity=severity))
        return tuple(found)

    @property
    def height(self) -> float:
        """Trimmed height in mm."""
        return (self.page.trim[3] - self.page.trim[1]) * 25.4 / 72


def as_html(result: Preflight, stamp: datetime) -> str:
    """Return the report as one file that needs nothing else; `stamp` is the date that it bears."""
    placed = tuple(Placed(number=at, finding=finding) for at, finding in enumerate(result.findings, start=1))
    pages = result.facts.pages if result.facts is not None else ()
    by_page = {page: tuple(group) for page, group in groupby(placed, key=lambda one: one.finding.page)}
    faulty = [page for page in pages if page.number in by_page][:MOST_LARGE]
    others = [page for page in pages if page.number not in by_page][:MOST_SMALL]
    template = environment().get_template("report.html")
    return template.render(
        result=result,
        facts=result.facts,
        stamp=stamp,
        verdict=verdict(result),
        described="" if result.facts is None else described(result.facts),
        general=by_page.get(None, ()),
        faulty=_views(result, faulty, LARGE, by_page),
        others=_views(result, others, SMALL, by_page),
        untold=[one for one in placed if one.finding.page not in {None, *(page.number for page in faulty)}],
        groups=[(group, tuple(checks)) for group, checks in groupby(result.checked, key=lambda one: one.group)],
    )


def _views(
    result: Preflight, pages: list[PageFacts], width: int, by_page: dict[int | None, tuple[Placed, ...]]
) -> tuple[PageView, ...]:
    pictures = thumbnails(result.path, pages, width)
    return tuple(
        PageView(page=page, area=shown_in_mm(page), picture=picture, placed=by_page.get(page.number, ()))
        for page, picture in zip(pages, pictures, strict=True)
    )


def environment() -> jinja2.Environment:
    """Return the templates of the preflight's reports, with the words that they share."""
    made = jinja2.Environment(
        loader=jinja2.PackageLoader("magbuild.preflight", "templates"),
        autoescape=True,
        undefined=jinja2.StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        bytecode_cache=compiled_templates(),
    )
    made.filters.update(spot=spot, story=story, mark=mark, day=_day, sentence=_sentence)
    made.globals.update(counted=counted, went=went)
    return made


def _sentence(text: str) -> str:
    return text[:1].upper() + text[1:]


def _day(stamp: datetime) -> str:
    return f"{stamp.day} {stamp:%B %Y}"


def went(checked: Checked) -> str:
    """Return what a check found, in words."""
    return ", ".join(_counts(checked)) or ("nothing found" if checked.looked else "none there")


def _counts(checked: Checked) -> Iterator[str]:
    if checked.errors:
        yield counted(checked.errors, "errors")
    if checked.warnings:
        yield counted(checked.warnings, "warnings")
