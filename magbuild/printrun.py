"""The files for the printer: separated pages come in; print PDF, cover PDF and their certificates come out."""

import io
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from datetime import datetime
from pathlib import Path

import pikepdf

from magbuild.editions import cover_pdf, print_pdf
from magbuild.editions.print_pdf import Press
from magbuild.layout import Layout
from magbuild.makeup import Settled, make_up
from magbuild.masters import set_spine
from magbuild.memory import recalled
from magbuild.model import Binding, Issue, Printer
from magbuild.paginate import Proof
from magbuild.preflight import Preflight, preflight
from magbuild.preflight.certificate import certificate
from magbuild.preflight.reports import as_json
from magbuild.problem import Place, Problem, Severity
from magbuild.tracing import trace

INSIDE_FROM = 3  # the first page inside the cover


# What is wrong, and the files for the printer: the PDFs, each with its certificates behind it; none if they couldn't be
# made. Plain values, so that who is told needn't load a preflight.
Printed = tuple[tuple[Problem, ...], tuple[Path, ...]]


def print_run(
    settled: Settled, proofs: Mapping[str, Proof], press: Press, layout: Layout, stamp: datetime, target: Path
) -> Printed:
    """Make up the proofs that were prepared for print, write the files for the printer, and preflight them.

    `target` is the print PDF. A perfect-bound issue has its cover in a file of its own, `cover_of(target)`;
    a stitched one has it in the run. What a preflight finds is told of the manuscript that stands on the page, as a
    warning: the file is there for all to see, and its certificate says how bad it is.
    """
    issue, printer = settled.issue, press.printer
    masters = recalled(print_pdf.separated, settled.masters, press)
    with make_up(issue, settled.plan, proofs, masters) as pdf:
        if issue.binding is Binding.PERFECT:
            problems = _bind_perfectly(pdf, issue, press, layout, stamp, target)
        else:
            problems = print_pdf.make(pdf, issue, printer, stamp, target)
    if any(problem.severity is Severity.ERROR for problem in problems):
        return problems, ()
    files = {target: _preflight_run(settled, printer, target)}
    if issue.binding is Binding.PERFECT:
        files[cover_of(target)] = preflight(cover_of(target), printer, cover=True)
    told = {path: replace(found, path=Path(path.name)) for path, found in files.items()}  # it will be moved
    written = [file for path, found in told.items() for file in (path, *_certify(path, found, printer, stamp))]
    return (*problems, *_found(told.values())), tuple(written)


def _found(preflights: Iterable[Preflight]) -> Iterator[Problem]:
    """Yield what preflights have found, of the manuscript, as warnings."""
    for found in preflights:
        for finding in found.findings:
            if finding.problem.code == "empty-page" and finding.story is None:
                continue  # it is a planned blank, which the flatplan has told of
            place = replace(finding.story or Place(found.path), page=finding.page)
            yield replace(finding.problem, place=place, severity=Severity.WARNING)


def cover_of(target: Path) -> Path:
    """Return where the cover of a perfect-bound issue is written, beside its print PDF."""
    return target.with_name(target.name.replace("-print", "-cover"))


def _bind_perfectly(
    pdf: pikepdf.Pdf, issue: Issue, press: Press, layout: Layout, stamp: datetime, target: Path
) -> tuple[Problem, ...]:
    """Write the pages inside the cover, and the cover with its spine."""
    printer = press.printer
    inside, cover = cover_pdf.split_cover(pdf)
    leaves = len(inside.pages)
    lettered = cover_pdf.is_lettered(printer, leaves)
    spine = set_spine(issue, layout, cover_pdf.spine(printer, leaves), lettered=lettered)
    with pikepdf.open(io.BytesIO(recalled(print_pdf.separated, spine, press))) as lettering:
        return (
            *cover_pdf.spine_rules(issue, printer, leaves),
            *print_pdf.make(inside, issue, printer, stamp, target, first=INSIDE_FROM),
            *cover_pdf.make(issue, printer, cover, lettering, leaves, stamp, cover_of(target)),
        )


def _preflight_run(settled: Settled, printer: Printer, target: Path) -> Preflight:
    """Preflight the print PDF, and tell of each finding where in the manuscripts it stands."""
    binding = settled.issue.binding
    first = INSIDE_FROM if binding is Binding.PERFECT else 1
    galleys = {
        slot.number - first + 1: (slot.galley, slot.foot.galley) if slot.foot is not None else (slot.galley,)
        for slot in settled.plan.slots
        if slot.galley is not None and slot.number >= first
    }
    found = preflight(target, printer, binding=binding)
    return replace(found, findings=trace(found.findings, settled.issue, target, galleys))


def _certify(path: Path, found: Preflight, printer: Printer, stamp: datetime) -> tuple[Path, Path]:
    """Write the certificate of a file beside it, for people and for machines, and return both files."""
    sheet = path.with_name(f"{path.stem}-certificate.pdf")
    sheet.write_bytes(certificate(found, printer, stamp))
    figures = path.with_name(f"{path.stem}-certificate.json")
    figures.write_text(as_json(found), "utf-8")
    return sheet, figures
