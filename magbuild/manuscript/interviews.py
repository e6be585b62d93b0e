"""Interviews: paragraphs that begin with who speaks come in, questions and answers come out."""

import re
from xml.etree.ElementTree import Element

from magbuild.manuscript.trees import add_class, text_of

_PLAIN = re.compile(r"\s*(?P<speaker>[QA])(?P<stop>[.:])\s+")
_STOPS = " .:\u2014\u2013-"


def make_interview(block: Element) -> None:
    """Mark who asks and who answers: the first speaker asks, all others answer.

    A paragraph without a speaker goes on with what the one before it was. Where nobody is named, paragraphs
    set wholly in bold ask and the others answer.
    """
    block.tag = "div"
    block.set("class", "interview")
    paragraphs = [child for child in block if child.tag == "p"]
    speakers = [_speaker(paragraph) for paragraph in paragraphs]
    asking = next((name for name in speakers if name), None)
    if asking is None:
        _by_weight(paragraphs)
        return
    role = ""
    for paragraph, name in zip(paragraphs, speakers, strict=True):
        if name:
            role = "question" if name == asking else "answer"
        if role:
            add_class(paragraph, role)


def _speaker(paragraph: Element) -> str:
    """Return who speaks in a paragraph, marked as such, or nothing."""
    first = paragraph[0] if len(paragraph) else None
    if first is not None and first.tag in ("strong", "b") and not (paragraph.text or "").strip():
        if _alone(paragraph, first):
            return ""
        first.tag = "span"
        first.set("class", "speaker")
        return text_of(first).strip(_STOPS).casefold()
    found = _PLAIN.match(paragraph.text or "")
    if found is None:
        return ""
    name = Element("span", {"class": "speaker"})
    name.text, name.tail = found["speaker"] + found["stop"], f" {(paragraph.text or '')[found.end() :]}"
    paragraph.text = None
    paragraph.insert(0, name)
    return found["speaker"].casefold()


def _alone(paragraph: Element, first: Element) -> bool:
    return text_of(paragraph).strip() == text_of(first).strip()


def _by_weight(paragraphs: list[Element]) -> None:
    asked = False
    for paragraph in paragraphs:
        first = paragraph[0] if len(paragraph) else None
        if first is not None and first.tag in ("strong", "b") and _alone(paragraph, first):
            add_class(paragraph, "question")
            asked = True
        elif asked:
            add_class(paragraph, "answer")
