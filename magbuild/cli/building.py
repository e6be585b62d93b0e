"""One issue, built for the command line: what is asked for comes in; its problems are told, and its files."""

from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING

import click

from magbuild.cli.options import need_machine
from magbuild.impression import Impression
from magbuild.problem import Report, Stopped

if TYPE_CHECKING:  # what isn't needed isn't imported
    from concurrent.futures import ProcessPoolExecutor

    from magbuild.impression import Built


def build_one(
    impression: Impression, out: Path, jobs: int | None, style: str, staff: "ProcessPoolExecutor | None" = None
) -> tuple[Report, "Built | None"]:
    """Build an issue, or take it from the store when nothing has changed, and tell of it."""
    from magbuild.reporting import write_report, write_summary

    wanted, report = impression.wanted, Report(strict=impression.wanted.strict)
    built = impression.again(out, report) or _made(impression, out, jobs, style, report, staff)
    if style != "json":  # one list for all issues, at the end
        write_report(report, style)
    if built is not None and style == "text":
        write_summary(built)
    elif built is None and style == "text":
        click.echo(f"{wanted.folder}: not built; what was in {out} before is still there", err=True)
    return report, built


def _made(
    impression: Impression, out: Path, jobs: int | None, style: str, report: Report, staff: "ProcessPoolExecutor | None"
) -> "Built | None":
    """Make an issue of which something has changed; None, with problems, when it can't be."""
    from magbuild.workshop import warm_up

    need_machine()
    if jobs != 1:
        warm_up()
    from magbuild import build as run  # takes half a second to import, as the workers do meanwhile
    from magbuild.model import USUAL_EDITIONS, EditionName
    from magbuild.reporting import Progress

    wanted = impression.wanted
    editions = tuple(EditionName(name) for name in wanted.editions) or USUAL_EDITIONS
    with Progress(wanted.folder.name, quiet=style != "text") as progress, suppress(Stopped):
        return run.build(
            wanted.folder,
            out,
            report,
            editions=editions,
            printer=wanted.printer,
            jobs=jobs or 0,
            impression=impression,
            staff=staff,
            tell=progress.tell,
        )
    return None
