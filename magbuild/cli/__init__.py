"""The command line: words typed come in, editions and a list of problems go out; the only place that prints."""

import gc
import os
import sys
from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path

import click

from magbuild import __version__
from magbuild.cli import options
from magbuild.cli.looks import flatplan, sheet, specimen
from magbuild.cli.options import PATH, ExitCode, cache, need_dask, need_machine, output_format, strict
from magbuild.cli.press import impose, preflight
from magbuild.cli.watching import watch
from magbuild.problem import Report, Stopped
from magbuild.sweeping import sweep_seldom


@click.group(context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__, prog_name="magbuild")
def main() -> None:
    """Build a magazine: one folder per issue in; print PDF, screen PDF and EPUB out."""
    sweep_seldom()


main.add_command(flatplan)
main.add_command(impose)
main.add_command(preflight)
main.add_command(sheet)
main.add_command(specimen)
main.add_command(watch)


@main.command()
@click.argument("folders", nargs=-1, required=True, type=PATH)
@options.editions
@options.out
@options.printer
@options.jobs
@click.option(
    "--cluster", metavar="ADDRESS", help="Have the workers of a Dask cluster do it, as in tcp://10.0.0.1:8786."
)
@cache
@click.option("--fresh", is_flag=True, help="Make everything anew, whatever is remembered.")
@strict
@output_format
def build(
    folders: Sequence[Path],
    editions: Sequence[str],
    out: Path,
    printer: str,
    jobs: int | None,
    cluster: str | None,
    cache: Path | None,
    fresh: bool,
    strict: bool,
    style: str,
) -> None:
    """Build the editions of one issue or more, such as issues/037; only what has changed is made again.

    Several issues are built side by side, by the same workers.
    """
    from magbuild.cli.building import Order, build_all
    from magbuild.cli.crew import Crew
    from magbuild.impression import Wanted
    from magbuild.reporting import Progress, write_reports

    if cluster and jobs:
        raise click.UsageError("-j is for workers of this machine: a cluster has those that were started for it")
    if cluster:
        need_dask()
    runs = [Wanted(folder=folder, editions=tuple(editions), printer=printer, strict=strict) for folder in folders]
    progress = Progress(quiet=style != "text", issues=len(runs))
    with Crew(jobs or os.cpu_count() or 1, cluster or "") as crew:
        order = Order(out=out, crew=crew, progress=progress, cache=cache, fresh=fresh, style=style)
        reports = build_all(runs, order)
    if style == "json":
        write_reports(reports)
    gc.freeze()  # before it ends, the interpreter would look through all that was imported once more
    sys.exit(ExitCode.PROBLEMS if any(report.failed for report in reports) else ExitCode.GOOD)


@main.command()
@cache
@click.option("--keep", type=click.IntRange(min=0), default=0, metavar="MB", help="Keep so many megabytes, the last.")
@click.argument("folder", type=PATH, required=False)
def clean(folder: Path | None, cache: Path | None, keep: int) -> None:
    """Forget what builds have remembered; FOLDER is an issue of the project, this folder's when none is named."""
    from magbuild.store import Store
    from magbuild.whereabouts import STORE, store_of

    place = cache or (store_of(folder) if folder else Path(STORE))
    dropped = Store(place).trim(keep * 1_000_000)
    click.echo(f"{place}: {dropped / 1e6:.1f} MB forgotten")


@main.command()
@click.argument("what", type=PATH, metavar="FOLDER|FILE.epub")
@strict
@output_format
def check(what: Path, strict: bool, style: str) -> None:
    """Check an issue and its layout without laying it out, or a finished e-book, ours or a stranger's."""
    from magbuild.build import check as check_issue
    from magbuild.checks import ebook
    from magbuild.reporting import write_report

    report = Report(strict=strict)
    if ebook.looks_like_ebook(what):
        try:
            report.extend(ebook.inspect(what))
        except OSError as error:
            raise click.FileError(str(what), (error.strerror or "").lower()) from None
    else:
        with suppress(Stopped):
            check_issue(what, report)
    write_report(report, style)
    sys.exit(ExitCode.PROBLEMS if report.failed else ExitCode.GOOD)


@main.command()
@click.argument("folder", type=PATH)
@click.option("--sizes", is_flag=True, help="List the sizes that clients can book, in millimetres, and nothing else.")
@click.option(
    "--format", "style", type=click.Choice(["text", "json"]), default="text", help="How the index is written."
)
@options.jobs
def adverts(folder: Path, sizes: bool, style: str, jobs: int | None) -> None:
    """Lay an issue out and list its advertisers: page, size, client, artwork, and what is missing."""
    from magbuild.advertisers import as_json, as_text
    from magbuild.impression import Impression, Wanted
    from magbuild.ledger import find_advertisers, list_sizes
    from magbuild.reporting import write_report
    from magbuild.store import Store
    from magbuild.whereabouts import store_of

    need_machine()
    report = Report()
    with suppress(Stopped):
        if sizes:
            click.echo(list_sizes(folder, report))
        else:
            run = Impression(Wanted(folder=folder, editions=()), Store(store_of(folder)))
            entries = find_advertisers(folder, report, jobs=jobs or 0, impression=run)
            click.echo(as_json(entries) if style == "json" else as_text(entries))
    if report.failed or (style == "text" and not sizes):
        write_report(report, "text")
    sys.exit(ExitCode.PROBLEMS if report.failed else ExitCode.GOOD)


@main.command()
@click.argument("code")
def explain(code: str) -> None:
    """Say what a problem's code means and what to do about it."""
    from magbuild.checks import codes
    from magbuild.checks import explain as explanation
    from magbuild.source import nearest

    text = explanation(code)
    if text is None:
        close = nearest(code, codes())
        hint = f"; did you mean '{close}'?" if close else ""
        raise click.UsageError(f"there is no problem called '{code}'{hint}")
    click.echo(f"{code}\n\n{text}")


@main.group()
def new() -> None:
    """Start an issue or a story from a sheet that is already filled in."""


@new.command("issue")
@click.argument("number", type=click.IntRange(min=1))
@click.option("--in", "issues", type=PATH, default=Path("issues"), show_default=True, help="The issues' folder.")
def new_issue(number: int, issues: Path) -> None:
    """Make the folder of a new issue, such as issues/038, with what it needs to build."""
    from magbuild.stationery import AlreadyThere, write_issue

    try:
        folder = write_issue(number, issues)
    except AlreadyThere as there:
        raise click.UsageError(str(there)) from None
    except OSError as error:
        raise click.FileError(str(error.filename), (error.strerror or "").lower()) from None
    click.echo(f"made {folder}: write its stories there, then run 'magbuild build {folder}'")


@new.command("story")
@click.argument("title")
@click.option("--in", "folder", type=PATH, help="The issue's folder; the newest one by default.")
@click.option("--type", "kind", default="essay", show_default=True, help="The type of the story.")
def new_story(title: str, folder: Path | None, kind: str) -> None:
    """Make the file of a new story in an issue's folder."""
    from magbuild.stationery import AlreadyThere, newest_issue, write_story

    try:
        path = write_story(title, folder or newest_issue(Path("issues")), kind)
    except AlreadyThere as there:
        raise click.UsageError(str(there)) from None
    except OSError as error:
        raise click.FileError(str(error.filename), (error.strerror or "").lower()) from None
    click.echo(f"made {path}")


@main.command()
def doctor() -> None:
    """Say whether this machine has all that magbuild needs."""
    from magbuild.machine import examine

    findings = examine()
    for finding in findings:
        click.echo(f"{'ok     ' if finding.good else 'missing'}  {finding.what}: {finding.detail}")
    sys.exit(ExitCode.GOOD if all(f.good or not f.needed for f in findings) else ExitCode.MACHINE)
