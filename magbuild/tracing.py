"""What a preflight found on the pages of an issue comes in; the lines of the manuscripts it comes from go out."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from pathlib import Path

import pypdfium2

from magbuild.compose import Galley, picture_address
from magbuild.measure import Length
from magbuild.model import Issue
from magbuild.paginate import image_name
from magbuild.preflight import Finding
from magbuild.problem import Place
from magbuild.source import place_of_name, place_of_words

AROUND = Length(0.2)  # that is read around a spot, since a hairline beside a word has no width


def trace(
    findings: tuple[Finding, ...], issue: Issue, pdf: Path, pages: Mapping[int, Sequence[Galley]]
) -> tuple[Finding, ...]:
    """Tell each finding on a page of ours where in the manuscripts it stands, as exactly as that can be told.

    `pages` are the galleys of which something stands on a page, by its number in the file. A picture is traced by its
    name, other things by the words that are printed where they are; what has neither gets the story, without a line.
    """
    if not findings:
        return ()
    document = pypdfium2.PdfDocument(pdf)
    try:
        return tuple(_traced(finding, issue, document, pages.get(finding.page or 0, ())) for finding in findings)
    finally:
        document.close()


def _traced(finding: Finding, issue: Issue, document: pypdfium2.PdfDocument, galleys: Sequence[Galley]) -> Finding:
    return replace(finding, story=_place(finding, issue, document, galleys)) if galleys else finding


def _place(finding: Finding, issue: Issue, document: pypdfium2.PdfDocument, galleys: Sequence[Galley]) -> Place:
    papers = [paper for galley in galleys for paper in _papers(issue, galley)]
    pictures = (file for galley in galleys for file, _ in galley.pictures)
    named = [file for file in pictures if image_name(picture_address(file)) in finding.object]
    found = [place_of_name(file, paper) for file in named for paper in papers]
    found += [place_of_words(words, paper) for words in _words_at(finding, document) for paper in papers]
    return next(filter(None, found), Place(papers[0]))


def _papers(issue: Issue, galley: Galley) -> tuple[Path, ...]:
    """Return the files that a galley was set from."""
    return tuple(issue.story(slug).path for slug in galley.stories) or (galley.path,)


def _words_at(finding: Finding, document: pypdfium2.PdfDocument) -> Iterator[str]:
    """Yield what is printed where a finding is, the first place first."""
    assert finding.page is not None
    page = document[finding.page - 1]
    edge, _, _, head = page.get_trimbox()
    text = page.get_textpage()
    for left, top, right, bottom in finding.boxes:
        sides = (edge + Length(left).pt, head - Length(bottom).pt, edge + Length(right).pt, head - Length(top).pt)
        yield text.get_text_bounded(
            *(side + more * AROUND.pt for side, more in zip(sides, (-1, -1, 1, 1), strict=True))
        )
