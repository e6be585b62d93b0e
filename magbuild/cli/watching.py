"""The command that builds an issue whenever one of its files is saved, in one process that stays warm."""

import os
import sys
import time
from collections.abc import Iterator, Sequence
from pathlib import Path

import click

from magbuild.cli import options
from magbuild.cli.options import PATH, cache, need_machine

LAYOUTS, PRINTERS, OVERRIDES = "layouts", "printers", "layout"
QUIET = 20  # ms without another file being saved: then a build begins
AWAKE = 100  # ms: so often it is said that nothing has been saved


@click.command()
@click.argument("folder", type=PATH)
@options.editions
@options.out
@options.printer
@options.jobs
@cache
def watch(folder: Path, editions: Sequence[str], out: Path, printer: str, jobs: int | None, cache: Path | None) -> None:
    """Build an issue, such as issues/037, and build it again whenever something of it is saved."""
    need_machine()
    from magbuild.cli.building import Order, build_all
    from magbuild.cli.crew import Crew
    from magbuild.impression import Wanted
    from magbuild.reporting import Progress
    from magbuild.whereabouts import store_of

    place = cache or store_of(folder)
    wanted = Wanted(folder=folder, editions=tuple(editions), printer=printer)
    with Crew(jobs or os.cpu_count() or 1) as crew:
        for saved in saves(folder, (out, place)):
            if not all(is_material(path, folder) for path in saved):
                os.execv(sys.executable, [sys.executable, *sys.orig_argv[1:]])  # fonts and profiles are read once
            began = time.perf_counter()
            order = Order(out=out, crew=crew, progress=Progress(), cache=place)
            build_all([wanted], order)
            click.echo(f"{folder}: {time.perf_counter() - began:.1f} s; watching, end with Ctrl-C")
            if not crew.is_at_hand:  # nothing had to be done, and nobody waits
                order.get_ready(wanted)


def saves(folder: Path, besides: Sequence[Path]) -> Iterator[frozenset[Path]]:
    """Yield nothing once, and then what has been saved, whenever it is something that the issue is made of.

    `besides` are folders in which builds write themselves.
    """
    from watchfiles import watch as changes

    from magbuild.whereabouts import project_of, shelf_of

    own = tuple(os.path.realpath(path) + os.sep for path in besides)

    def counts(_: object, path: str) -> bool:
        return not f"{os.path.realpath(path)}{os.sep}".startswith(own)

    project = project_of(folder)
    places = [path for path in (shelf_of(folder), project / LAYOUTS, project / PRINTERS) if path.is_dir()]
    # It looks from its first yield on, so that what is saved during a build isn't missed.
    looks = changes(
        *places, watch_filter=counts, raise_interrupt=False, yield_on_timeout=True, rust_timeout=AWAKE, step=QUIET
    )
    for number, batch in enumerate(looks):
        if batch or number == 0:
            yield frozenset(Path(path) for _, path in batch)


def is_material(path: Path, folder: Path) -> bool:
    """Whether a file is a story, a picture or a sheet, which every build reads anew, and no layout or profile."""
    real, inside = Path(os.path.realpath(path)), Path(os.path.realpath(folder))
    if real.parent == inside.parent:
        return True
    return real.is_relative_to(inside) and not real.is_relative_to(inside / OVERRIDES)
