"""The layout engine while it works for us: quicker than by itself, and setting what it can't set by itself."""

from collections.abc import Iterator
from contextlib import contextmanager

from magbuild.paginate import (
    capitals,
    columns,
    filling,
    flow,
    hanging,
    hyphens,
    layouts,
    lengths,
    lineboxes,
    linebreaks,
    lineends,
    notefeet,
    paragraphs,
    parsing,
    rhythm,
    unset,
)


@contextmanager
def mended() -> Iterator[None]:
    """Let the engine work like this for as long as the block runs."""
    with (
        parsing.remembered(),
        hanging.hung(),
        linebreaks.remembered(),
        lengths.remembered(),
        layouts.copied(),
        unset.told_at_once(),
        flow.told_at_once(),
        columns.made_higher_at_once(),
        columns.kept(),
        columns.looked_behind_once(),
        hyphens.read_when_asked(),
        lineends.noted(),
        lineboxes.kept(),
        capitals.without_accents_in_greek(),
        rhythm.kept(),
        paragraphs.planned(),
        filling.filled(),
        notefeet.kept(),
    ):
        yield
