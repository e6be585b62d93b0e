"""Lay proofs and master pages together into the made-up issue: one tagged, linked PDF with bleed."""

import io
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass

import pikepdf
from pikepdf import Array, Dictionary, Name, Object, OutlineItem, String

from magbuild.compose import Galley, plain
from magbuild.flatplan import Flatplan, Foot, Slot
from magbuild.grouping import on_pages
from magbuild.language import Language
from magbuild.links import plain_title, tie
from magbuild.manuscript import set_line
from magbuild.model import Issue, StoryType
from magbuild.paginate import Proof
from magbuild.sharing import share_pictures
from magbuild.tags import StructureTree


@dataclass(frozen=True, slots=True, kw_only=True)
class Settled:
    """An issue whose pages are settled: its flatplan, and the layer of master pages."""

    issue: Issue
    plan: Flatplan
    masters: bytes


@contextmanager
def make_up(
    issue: Issue, flatplan: Flatplan, proofs: Mapping[str, Proof], masters: bytes, source_line: bytes = b""
) -> Iterator[pikepdf.Pdf]:
    """Join all proofs in the order of the flatplan, lay the masters over them, tie the links together.

    The made-up issue, every page with its bleed, tags, links and outline, is open for as long as the block runs.
    The flatplan may be a part of the issue's; `masters` has a page for every page of the issue. What the one page
    of `source_line` shows is laid over the first page, and read last.
    """
    with pikepdf.new() as pdf, pikepdf.open(io.BytesIO(masters)) as over:
        binder = _Binder(pdf, issue, flatplan, proofs)
        binder.bind(over)
        if source_line:
            with pikepdf.open(io.BytesIO(source_line)) as line:
                binder.tell_source(line.pages[0])
        binder.finish()
        share_pictures(pdf)
        yield pdf


class _Binder:
    """The issue's PDF while it is being put together."""

    def __init__(self, pdf: pikepdf.Pdf, issue: Issue, flatplan: Flatplan, proofs: Mapping[str, Proof]) -> None:
        self.pdf = pdf
        self.issue = issue
        self.flatplan = flatplan
        self.proofs = proofs
        self.targets: dict[str, Array] = {}
        self.tree = StructureTree(pdf)

    def bind(self, masters: pikepdf.Pdf) -> None:
        # A story's pages together, whatever stands between them: its tags are one branch.
        laid: dict[int, pikepdf.Page] = {}
        feet: dict[int, Object] = {}
        whole: dict[str, list[Slot]] = {}
        for slot in self.flatplan.slots:
            whole.setdefault(slot.galley.slug if slot.galley else "", []).append(slot)
        for slots in whole.values():
            first = len(self.pdf.pages)
            galley = slots[0].galley
            if galley is None:
                for slot in slots:
                    self._add_blank(masters.pages[slot.number - 1])
            else:
                self._add_proof(self.proofs[galley.slug], galley)
            pages = dict(zip((slot.number for slot in slots), list(self.pdf.pages)[first:], strict=True))
            feet |= {slot.number: self._add_foot(slot.foot, pages[slot.number]) for slot in slots if slot.foot}
            laid |= pages
        _put_in_order(self.pdf, [laid[slot.number] for slot in self.flatplan.slots])
        for slot, page in zip(self.flatplan.slots, self.pdf.pages, strict=True):
            master = _as_form(self.pdf, masters.pages[slot.number - 1])
            _close(page)
            if slot.foot is not None:
                _draw(page, feet[slot.number], "/Foot", slot.foot.down)
            if master is not None:
                _lay_over(page, master, f"/Master{slot.number}", "/Artifact <</Type /Pagination>>")
            self._set_boxes(page)

    def tell_source(self, line: pikepdf.Page) -> None:
        """Lay the line that says where a story stood over its first page."""
        page = self.pdf.pages[0]
        form = _as_form(self.pdf, line)
        if form is not None:
            _lay_over(page, form, "/Source", f"/P <</MCID {self.tree.add_paragraph(page)}>>")

    def finish(self) -> None:
        """Tie the links, and write what goes over all pages: tags, outline, labels."""
        tie(self.pdf, self.issue, self.targets, self.tree)
        self.tree.finish()
        self._outline()
        root = self.pdf.Root
        root.Lang = String(self.issue.magazine.language)
        root.ViewerPreferences = Dictionary(DisplayDocTitle=True)
        root.PageLabels = Dictionary(Nums=Array(list(_labels([slot.number for slot in self.flatplan.slots]))))

    def _set_boxes(self, page: pikepdf.Page) -> None:
        """Let a page reach to the end of its bleed: the engine names at most 10 pt of it."""
        bleed = self.issue.magazine.bleed.pt
        left, bottom, right, top = (float(value) for value in page.trimbox)
        page.obj.MediaBox = page.obj.BleedBox = Array([left - bleed, bottom - bleed, right + bleed, top + bleed])

    def _add_blank(self, master: pikepdf.Page) -> None:
        self.pdf.add_blank_page(page_size=(100, 100))
        page = self.pdf.pages[-1]
        del page.obj.Contents  # of no bytes, which readers complain of when they are packed
        for box in ("/MediaBox", "/TrimBox", "/BleedBox"):
            page.obj[box] = Array([float(value) for value in master.obj[box]])

    def _add_proof(self, proof: Proof, galley: Galley) -> None:
        first = len(self.pdf.pages)
        with pikepdf.open(proof.sheaf.source()) as source:
            # One by one: the names of targets are left behind, since `links` makes them for the whole issue.
            for copied in source.pages:
                self.pdf.pages.append(copied)
            pages = list(self.pdf.pages)[first:]
            self.tree.graft(source, pages)
        for page, facts in zip(pages, proof.pages, strict=True):
            height = float(page.trimbox[3])
            for name, x, y in facts.anchors:
                if name not in self.targets:
                    self.targets[name] = Array([page.obj, Name.XYZ, x, round(height - y, 3), None])
        for slug in (galley.slug, *galley.stories):
            self.targets.setdefault(slug, Array([pages[0].obj, Name.Fit]))

    def _add_foot(self, foot: Foot, page: pikepdf.Page) -> Object:
        """Take in a filler for the foot of a page, with its tags and links, and return what the page is to draw."""
        proof = self.proofs[foot.galley.slug]
        with pikepdf.open(proof.sheaf.source()) as source:
            self.pdf.pages.append(source.pages[0])
            own = self.pdf.pages[-1]
            self.tree.graft(source, [own])
        form, height = own.as_form_xobject(), float(own.trimbox[3])
        left, _, right, _ = (float(value) for value in own.mediabox)
        form.BBox = Array([left, height - foot.bottom - SLACK, right, height - foot.top + SLACK])
        self.tree.move(own, page, form)
        for annotation in own.obj.get("/Annots", []):
            across, low, other, high = (float(value) for value in annotation.Rect)
            annotation.Rect = Array([across, low - foot.down, other, high - foot.down])
        page.obj.Annots = Array([*page.obj.get("/Annots", []), *own.obj.get("/Annots", [])])
        for name, x, y in proof.pages[0].anchors:
            self.targets.setdefault(name, Array([page.obj, Name.XYZ, x, round(height - y - foot.down, 3), None]))
        del self.pdf.pages[-1]
        return form

    def _outline(self) -> None:
        """Write the outline: made pages and sections, with their stories below them."""
        language = Language(code=self.issue.magazine.language, own_words=self.issue.magazine.words)
        with self.pdf.open_outline() as outline:
            parents: dict[str, OutlineItem] = {}
            for slug in (slug for slug in ("cover", *on_pages(self.issue)) if slug in self.targets):
                if slug not in {story.slug for story in self.issue.stories}:
                    outline.root.append(_item(language.say(slug), self.targets[slug]))
                    continue
                story = self.issue.story(slug)
                if story.front.type is StoryType.ADVERT:
                    continue
                section = self.issue.section(story)
                item = _item(plain_title(story), self.targets[slug])
                if not section.name:
                    outline.root.append(item)
                    continue
                if section.name not in parents:
                    name = plain(set_line(section.title or section.name, language.code))
                    parents[section.name] = _item(name, self.targets[slug])
                    outline.root.append(parents[section.name])
                parents[section.name].children.append(item)


def _put_in_order(pdf: pikepdf.Pdf, pages: Sequence[pikepdf.Page]) -> None:
    """Put all pages of a PDF into the order given."""
    if list(pdf.pages) != pages:
        del pdf.pages[:]
        pdf.pages.extend(pages)


def _item(title: str, target: Array) -> OutlineItem:
    return OutlineItem(title, destination=target)


# Round a filler, in pt: what its letters and rules reach beyond its lines. There is more white than that above it.
SLACK = 6.0
PAINTING = frozenset(["Tj", "TJ", "'", '"', "f", "F", "f*", "S", "s", "B", "B*", "b", "b*", "sh", "Do"])


def _close(page: pikepdf.Page) -> None:
    """Let what is added to a page be drawn as if nothing was before: the engine's leave the coordinates changed."""
    page.contents_add(b"q", prepend=True)
    page.contents_add(b"Q")


def _as_form(pdf: pikepdf.Pdf, page: pikepdf.Page) -> Object | None:
    """Return a page, with its bleed, as something that other pages can draw; None when it shows nothing."""
    if not any(str(instruction.operator) in PAINTING for instruction in pikepdf.parse_content_stream(page)):
        return None
    form = pdf.copy_foreign(page.as_form_xobject())
    form.BBox = Array([float(value) for value in page.mediabox])
    return form


def _lay_over(page: pikepdf.Page, form: Object, name: str, mark: str) -> None:
    """Draw a form over a page, as one marked thing; `name` must be its own, since pages of a proof share resources."""
    name = str(page.add_resource(form, Name.XObject, Name(name)))
    page.contents_add(f"{mark} BDC q {name} Do Q EMC".encode())


def _draw(page: pikepdf.Page, form: Object, name: str, down: float) -> None:
    """Draw a form that has marks of its own over a page, so many pt down."""
    name = str(page.add_resource(form, Name.XObject, Name(name)))
    page.contents_add(f"q 1 0 0 1 0 {-down:.4f} cm {name} Do Q".encode())


def _labels(numbers: Sequence[int]) -> Iterator[int | Object]:
    """Yield the labels of pages, by the index of the page from which they are counted on (ISO 32000-1, 12.4.2)."""
    for index, number in enumerate(numbers):
        if index == 0 or number != numbers[index - 1] + 1:
            yield index
            yield Dictionary(S=Name.D, St=number)
