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
from magbuild.preflight.look import Outcome
from magbuild.preflight.reading import TROUBLE
from magbuild.preflight.rules import GROUPS, RULES, Rule
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
    try:
        with _quiet(), pikepdf.open(path) as pdf:
            return result(*_looked_at(read_job(path, pdf, printer, binding, cover, advert), data))
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


def _looked_at(job: Job, data: bytes) -> tuple[FileFacts, tuple[Checked, ...], tuple[Finding, ...]]:
    outcomes = [
        replace(outcome, checked=replace(outcome.checked, group=group))
        for group, rules in GROUPS
        for rule in rules
        if (outcome := _asked(rule, job)) is not None
    ]
    findings = [finding for outcome in outcomes for finding in outcome.findings]
    findings.sort(key=lambda finding: (finding.page or 0, not finding.error))
    return facts_of(job, data), tuple(outcome.checked for outcome in outcomes), tuple(findings)


def _asked(rule: Rule, job: Job) -> Outcome | None:
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
