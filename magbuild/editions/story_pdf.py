"""A story by itself, for sharing: its pages as they stand in the issue, with the line that says where that was."""

from collections.abc import Collection
from dataclasses import replace
from datetime import datetime
from pathlib import Path

from magbuild.excerpts import cut
from magbuild.makeup import make_up
from magbuild.model import Issue
from magbuild.offprints import Offprint
from magbuild.paginate import Proof
from magbuild.pdf_metadata import describe
from magbuild.pdfa import Standard, finish, save
from magbuild.placed import rewritten


def make(
    issue: Issue,
    offprint: Offprint,
    proof: Proof,
    masters: bytes,
    source_line: bytes,
    stamp: datetime,
    target: Path,
    claims: Collection[Standard] = tuple(Standard),
) -> None:
    """Write a story's PDF to `target`, from its proof that was prepared for the screen.

    `masters` has a page for each page of the issue, `source_line` one. `stamp` (UTC) is the only date in the file.
    """
    plan = offprint.plan
    own = _part_of(proof, offprint) if offprint.shared else replace(proof, slug=offprint.story.slug)
    people = [person.name for person in offprint.story.front.author]
    with make_up(issue, plan, {own.slug: own}, masters, source_line) as pdf:
        title = offprint.source.plain_title
        describe(pdf, issue, stamp, offprint.source.text, title=title, people=people)
        finish(pdf, claims)
        pdf.remove_unreferenced_resources()  # those of pages that are another story's
        save(pdf, target)


def _part_of(proof: Proof, offprint: Offprint) -> Proof:
    """Return the pages of a proof on which a story stands, on which it alone is read."""
    numbers = [slot.page for slot in offprint.slots]
    sheaf = rewritten(proof.sheaf, lambda opened: cut(opened, offprint.story.slug, numbers))
    return Proof(slug=offprint.story.slug, sheaf=sheaf, pages=tuple(proof.pages[number] for number in numbers))
