"""What the commands share: exit codes, and options that several of them take."""

from enum import IntEnum
from pathlib import Path

import click

PATH = click.Path(path_type=Path)


class ExitCode(IntEnum):
    """What the program tells the shell; 2 (wrong usage) is click's own."""

    GOOD = 0
    PROBLEMS = 1
    MACHINE = 3


strict = click.option("--strict", is_flag=True, help="Treat warnings as errors.")
output_format = click.option(
    "--format",
    "style",
    type=click.Choice(["text", "json", "github"]),
    default="text",
    help="How problems are written.",
)
