"""What the commands share: exit codes, and options that several of them take."""

import sys
from enum import IntEnum
from importlib.util import find_spec
from pathlib import Path

import click

PATH = click.Path(path_type=Path)


class ExitCode(IntEnum):
    """What the program tells the shell; 2 (wrong usage) is click's own."""

    GOOD = 0
    PROBLEMS = 1
    MACHINE = 3


editions = click.option(
    "-e",
    "--edition",
    "editions",
    multiple=True,
    type=click.Choice(["print", "screen", "epub", "epub-light", "story"]),
    help="Build only this edition; may be given more than once. epub-light and story are made only when asked for.",
)
out = click.option("-o", "--out", type=PATH, default=Path("build"), show_default=True, help="Where to.")
printer = click.option("--printer", default="", help="Print for this printer: a name, or the path of a profile.")
jobs = click.option("-j", "--jobs", type=click.IntRange(min=1), help="Worker processes; all cores by default.")
strict = click.option("--strict", is_flag=True, help="Treat warnings as errors.")
cache = click.option(
    "--cache",
    type=PATH,
    envvar="MAGBUILD_CACHE",
    help="Where to remember what was made; .magbuild beside the issues' folder by default, or MAGBUILD_CACHE.",
)
output_format = click.option(
    "--format",
    "style",
    type=click.Choice(["text", "json", "github"]),
    default="text",
    help="How problems are written.",
)


def need_machine() -> None:
    """Leave at once, saying what is missing, when the layout engine can't be loaded."""
    from magbuild.machine import examine

    missing = [finding for finding in examine(quick=True) if finding.needed and not finding.good]
    for finding in missing:
        click.echo(f"missing: {finding.what}: {finding.detail}", err=True)
    if missing:
        click.echo("run 'magbuild doctor' for the whole list", err=True)
        sys.exit(ExitCode.MACHINE)


def need_dask() -> None:
    """Leave at once, saying what is missing, when clusters can't be joined."""
    if find_spec("distributed") is None:
        click.echo("missing: Dask, which speaks to clusters: pip install 'magbuild[cluster]'", err=True)
        sys.exit(ExitCode.MACHINE)
