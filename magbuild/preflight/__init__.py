"""Any PDF and a printer's profile come in; what was checked, with the figures, and what is wrong come out."""

import logging
import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

import pikepdf

from magbuild.measure import Size
from magbuild.model import Binding, Printer
from magbuild.preflight.facts import facts_of
from magbuild.preflight.findings import Checked, FileFacts, Finding, Preflight
from magbuild.preflight.job import Job, read_job
from magbuild.preflight.pages import Doubtful, asked, look_through, on_all
from magbuild.preflight.reading import TROUBLE, numbered
from magbuild.preflight.rules import GROUPS, ON_PAGES, RULES
from magbuild.problem import Place, Problem

__all__ = ["RULES", "Checked", "FileFacts", "Finding", "Preflight", "preflight"]


def preflight(
    path: Path,
    printer: Printer,
    *,
    binding: Binding | None = None,
    cover: bool = False,
    advert: Size | None = None,
) -> Preflight:
    """Check a PDF against what a printer takes.

    `binding` says how it will be bound (None: not told, so that any number of pages will do); `cover` that it is a
    wrap-around cover; `advert` is the trimmed size of the place that an advert has booked. A file that can't be read
    gives a finding, never an exception.
    """

    def result(facts: FileFacts | None, checked: tuple[Checked, ...], findings: tuple[Finding, ...]) -> Preflight:
        return Preflight(
            path=path,
            printer=printer.name,
            printer_title=printer.title,
            standard=str(printer.standard),
            facts=facts,
            checked=checked,
            findings=findings,
        )

    try:
        data = path.read_bytes()
    except OSError as error:
        return result(None, (), (_unreadable(path, (error.strerror or "it can't be opened").lower()),))

    def looked_at(*, afresh: bool) -> Preflight:
        with _quiet(), pikepdf.open(path) as pdf:
            return result(*_looked_at(read_job(path, pdf, printer, binding, cover, advert), data, afresh=afresh))

    try:
        try:
            return looked_at(afresh=False)
        except Doubtful:
            return looked_at(afresh=True)
    except pikepdf.PasswordError:
        locked = Problem(
            Place(path),
            "encrypted",
            "the file is locked with a password",
            "export it without a password and without limits",
        )
        return result(None, (), (Finding(problem=locked, source="ISO 15930"),))
    except TROUBLE as error:
        why = "it isn't a PDF" if b"%PDF-" not in data[:2048] else "its structure is broken"
        return result(None, (), (_unreadable(path, "it is empty" if not data else why, error),))


@contextmanager
def _quiet() -> Iterator[None]:
    """Keep what the library says of broken files from people's screens: findings say it."""
    loggers = [logging.getLogger(name) for name in ("pikepdf", "fontTools", "PIL")]
    before = [(logger, logger.level) for logger in loggers]
    for logger in loggers:
        logger.setLevel(logging.CRITICAL)
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            yield
    finally:
        for logger, level in before:
            logger.setLevel(level)


def _unreadable(path: Path, why: str, error: Exception | None = None) -> Finding:
    problem = Problem(Place(path), "damaged-file", f"the file can't be read: {why}", "export it again")
    return Finding(problem=problem, source=type(error).__name__ if error else "")


def _looked_at(job: Job, data: bytes, *, afresh: bool) -> tuple[FileFacts, tuple[Checked, ...], tuple[Finding, ...]]:
    pages = tuple(look_through(job, afresh=afresh))
    seen = tuple(found for _, found in pages)
    whole = replace(job, sheets=tuple(sheet for sheet, _ in pages), uses=tuple(found.uses for found in seen))
    outcomes = [
        replace(outcome.told(numbered), checked=replace(outcome.checked, group=group))
        for group, rules in GROUPS
        for rule in rules
        if (outcome := on_all(rule, job, seen) if rule in ON_PAGES else asked(rule, whole)) is not None
    ]
    findings = [finding for outcome in outcomes for finding in outcome.findings]
    findings.sort(key=lambda finding: (finding.page or 0, not finding.error))
    return facts_of(whole, data), tuple(outcome.checked for outcome in outcomes), tuple(findings)
