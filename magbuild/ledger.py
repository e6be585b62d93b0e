"""An issue's folder comes in; its advertisers, or the sizes that clients can book, come out."""

from pathlib import Path

from magbuild.advertisers import Entry, index, sizes_as_text
from magbuild.build import Listener, lay_out
from magbuild.copydesk import layout_of, read
from magbuild.impression import Impression
from magbuild.load import load
from magbuild.problem import Report, Stopped
from magbuild.stoppage import telling


def find_advertisers(
    folder: Path,
    report: Report,
    *,
    jobs: int = 0,
    impression: Impression | None = None,
    tell: Listener = lambda stage, detail: None,
) -> tuple[Entry, ...]:
    """Lay an issue out and return its index of advertisers; without pages when it has errors.

    Raises Stopped when it can't be read.
    """
    with telling(folder, folder, report):
        issue, _ = read(folder, report)
        layout = layout_of(issue, report)
    if report.failed:
        return index(issue, layout)
    laid = lay_out(folder, report, jobs=jobs, impression=impression, tell=tell)
    return index(laid.issue, laid.layout, laid.filled.plan, laid.filled.proofs)


def list_sizes(folder: Path, report: Report) -> str:
    """Return the sizes of adverts in an issue's magazine as text; Stopped when it can't be read."""
    with telling(folder, folder, report):
        issue = load(folder, report)
        if issue is None:
            raise Stopped
        return sizes_as_text(issue, layout_of(issue, report))
