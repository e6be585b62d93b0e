"""The commands that show how things look: every element of a layout, all spreads of an issue, what stands on them."""

import sys
from collections.abc import Callable
from contextlib import suppress
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, NoReturn

import click

from magbuild.cli import options
from magbuild.cli.options import PATH, ExitCode, need_machine
from magbuild.problem import Report, Stopped

if TYPE_CHECKING:  # the engine takes half a second to import
    from magbuild.build import Listener


@click.command()
@click.argument("layout", type=PATH)
@options.out
@options.jobs
def specimen(layout: Path, out: Path, jobs: int | None) -> None:
    """Set every element of a layout once, such as that of layouts/digest, into one PDF."""
    need_machine()
    from magbuild.specimen import specimen as set_specimen

    _show(layout.name, lambda report, tell: set_specimen(layout, out, report, jobs=jobs or 0, tell=tell))


@click.command()
@click.argument("folder", type=PATH)
@options.out
@click.option("--width", type=click.IntRange(min=200, max=12000), default=2400, show_default=True, help="In pixels.")
@options.jobs
def sheet(folder: Path, out: Path, width: int, jobs: int | None) -> None:
    """Draw a contact sheet of all spreads of an issue, such as issues/037; it is built first when it has changed."""
    need_machine()
    from magbuild.contactsheet import contact_sheet

    _show(folder.name, lambda report, tell: contact_sheet(folder, out, report, width=width, jobs=jobs or 0, tell=tell))


@click.command()
@click.argument("folder", type=PATH)
@options.out
@options.jobs
def flatplan(folder: Path, out: Path, jobs: int | None) -> None:
    """Lay an issue out and list its spreads and stories: words, pages, how full the last one is; as a web page, too."""
    need_machine()
    from magbuild.dummy.making import make_dummy
    from magbuild.dummy.text import as_text

    def make(report: Report, tell: "Listener") -> Path:
        dummy, file = make_dummy(folder, out, report, jobs=jobs or 0, tell=tell)
        click.echo(as_text(dummy) + "\n")
        return file

    _show(folder.name, make)


def _show(name: str, make: "Callable[[Report, Listener], Path]") -> NoReturn:
    """Have a file made, tell what is wrong and where the file is, and leave."""
    from magbuild.reporting import Progress, size, write_report

    report, file = Report(), None
    with Progress() as progress, suppress(Stopped):
        file = make(report, partial(progress.tell, name))
    write_report(report, "text")
    if file is not None:
        click.echo(f"{file}  {size(file)}")
    sys.exit(ExitCode.PROBLEMS if report.failed or file is None else ExitCode.GOOD)
