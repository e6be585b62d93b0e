"""Pictures of a manuscript: images and figure blocks come in, figures with captions and a list of pictures come out."""

import posixpath
import re
from collections import Counter
from collections.abc import Callable, Sequence
from typing import Final
from urllib.parse import unquote
from xml.etree.ElementTree import Element, SubElement

from magbuild.manuscript.attributes import AT, place_of
from magbuild.manuscript.blockheads import BlockHead
from magbuild.manuscript.lines import read_option
from magbuild.manuscript.links import is_remote
from magbuild.manuscript.reading import Reading, suggestion
from magbuild.manuscript.trees import add_class, classes, move_inside, parents, replace_by, text_of
from magbuild.model import Picture, Span
from magbuild.problem import Place

WIDTHS: Final = (Span.COLUMN, Span.PAGE, Span.MARGIN, Span.BLEED)
NUMBERED: Final = "x-numbered"
_DRIVE = re.compile(r"[A-Za-z]:[\\/]")


# --- Single images ---


def check_images(body: Element, reading: Reading) -> None:
    """Give every image the path of its file in the issue's folder; one that can't be printed leaves its words."""
    above = parents(body)
    for image in list(body.iter("img")):
        at = place_of(image)
        file = picture_file(image.get("src", ""), at, reading)
        if file is None:
            replace_by(above[image], image, image.get("alt", ""))
            continue
        image.set("src", file)
        if not image.get("alt", "").strip():
            image.set("alt", "")
            _miss_alt(file, at, reading)


def refuse_images(line: Element, reading: Reading) -> None:
    """Leave of every image in a single line the words, since it has no room for pictures."""
    above = parents(line)
    for image in list(line.iter("img")):
        hint = "put it into a story's text, or name it in a field for pictures"
        message = f"picture '{image.get('src', '')}' stands in a field for words"
        reading.error(place_of(image), "picture-in-field", message, hint)
        replace_by(above[image], image, image.get("alt", ""))


def picture_file(typed: str, at: int | None, reading: Reading) -> str | None:
    """Return the path of a picture in the issue's folder; note one that lies elsewhere."""
    path = typed.strip().replace("\\", "/")
    if is_remote(typed) and not _DRIVE.match(typed.strip()):
        if at is not None and reading.body.startswith("<", at):
            reading.warn(at, "unsafe-html", "an <img> from elsewhere is left out", "put the picture into the issue")
        else:
            hint = "put the picture into the issue's folder and name its file"
            reading.error(at, "remote-picture", f"picture '{typed.strip()}' is not in the issue", hint)
        return None
    if not path:
        reading.error(at, "missing-picture", "this picture has no file", "name it, such as pictures/photo.jpg")
        return None
    file = posixpath.normpath(unquote(path))
    if file.startswith(("/", "../")) or file in (".", "..") or ":" in file:
        hint = "put it into the issue's folder and name it as it lies there"
        reading.error(at, "outside-folder", f"picture '{typed.strip()}' lies outside the issue's folder", hint)
        return None
    return file


def check_drawings(body: Element, reading: Reading) -> None:
    """Note drawings in the text that say nothing to those who can't see them."""
    for drawing in body.iter("svg"):
        said = drawing.get("aria-label") or "".join(drawing.itertext())
        if not said.strip() and drawing.get("aria-hidden") != "true":
            hint = 'write <title> into it with what it shows, or aria-hidden="true" if it only adorns'
            reading.warn(place_of(drawing), "missing-alt", "a drawing has no title", hint)


def _miss_alt(file: str, at: int | None, reading: Reading) -> None:
    hint = "say what it shows, for someone who can't see it"
    reading.warn(at, "missing-alt", f"picture '{file}' has no alt text", hint)


def lone_images(body: Element) -> None:
    """Turn every paragraph that holds one image and nothing else into a figure; its title is the caption."""
    for figure in body.iter("figure"):
        if "figure" not in classes(figure):
            add_class(figure, "figure", Span.COLUMN)
    for paragraph in list(body.iter("p")):
        link = paragraph[0] if len(paragraph) == 1 and paragraph[0].tag == "a" else None
        holder = paragraph if link is None else link
        image = holder[0] if len(holder) == 1 and holder[0].tag == "img" else None
        if image is None or text_of(paragraph).strip() or (image.tail or "").strip():
            continue
        paragraph.tag = "figure"
        paragraph.text = holder.text = image.tail = holder[0].tail = None
        named = [word for word in (*classes(paragraph), *classes(image)) if word in WIDTHS]
        others = [word for word in classes(paragraph) if word not in WIDTHS]
        image.set("class", " ".join(word for word in classes(image) if word not in WIDTHS))
        paragraph.set("class", " ".join(["figure", named[0] if named else Span.COLUMN, *others]))
        title = image.attrib.pop("title", "")
        if title:
            caption = SubElement(SubElement(paragraph, "figcaption"), "span", {"class": "caption"})
            caption.text = title


# --- Figure blocks ---


def make_figure(block: Element, head: BlockHead, reading: Reading) -> None:
    """Turn a figure block into a figure with its caption and credit."""
    image = _block_image(block, head, reading)
    width = width_of(head, WIDTHS, reading)
    caption = Element("span", {"class": "caption"})
    if text_of(block).strip() or block.find(".//img") is not None:
        caption = _caption(block)
    elif "caption" in head.options:
        move_inside(read_option(head.options["caption"], reading), caption)
    block.text = None
    for child in list(block):
        block.remove(child)
    block.tag = "figure"
    block.attrib.clear()
    block.attrib.update({"class": f"figure {width}", AT: str(head.at)})
    if image is not None:
        block.append(image)
    figcaption = Element("figcaption")
    if "series" in head.options:
        label = SubElement(figcaption, "span", {"class": "label", NUMBERED: head.options["series"].value})
        label.tail = " "
    if len(caption) or (caption.text or "").strip():
        figcaption.append(caption)
    if "credit" in head.options:
        if len(figcaption):
            caption.tail = " "
        credit = SubElement(figcaption, "span", {"class": "credit"})
        move_inside(read_option(head.options["credit"], reading), credit)
    if len(figcaption):
        block.append(figcaption)


def _block_image(block: Element, head: BlockHead, reading: Reading) -> Element | None:
    """Return the image of a figure block: its file, or an image that stands in it."""
    named = head.options.get("file")
    if named is None or not named.value:
        above = parents(block)
        image = block.find(".//img")
        if image is None:
            reading.error(
                head.at,
                "missing-option",
                "this figure has no file",
                "write file: pictures/name.jpg under it, four spaces in",
            )
            return None
        replace_by(above[image], image, "")
        image.tail = None
        return image
    file = picture_file(named.value, named.at, reading)
    if file is None:
        return None
    alt = head.options.get("alt")
    if alt is None or not alt.value:
        _miss_alt(file, alt.at if alt else head.at, reading)
    return Element("img", {"src": file, "alt": alt.value if alt else "", AT: str(named.at)})


def chosen(head: BlockHead, name: str, known: Sequence[str], complain: Callable[[int, str, str], None]) -> str:
    """Return what an option of a block says, one of the words that are known; the first when it says nothing.

    Where it says something else `complain` is given its offset, the message and the hint.
    """
    option = head.options.get(name)
    if option is None or option.value in known:
        return option.value if option else known[0]
    meant = suggestion(option.value, tuple(known))
    hint = f"did you mean '{meant}'?" if meant else f"a {head.kind} is {', '.join(known[:-1])} or {known[-1]}"
    complain(option.at, f"'{option.value}' is no {name} of a {head.kind}", hint)
    return meant or known[0]


def width_of(head: BlockHead, known: Sequence[str], reading: Reading) -> str:
    """Return how wide a block is to be."""
    return chosen(head, "width", known, lambda at, message, hint: reading.error(at, "bad-width", message, hint))


def _caption(block: Element) -> Element:
    """Return the content of a block as a caption: one line of its paragraphs, or a box with all that is in it."""
    if any(child.tag != "p" for child in block):
        box = Element("div", {"class": "caption"})
        move_inside(block, box)
        return box
    line = Element("span", {"class": "caption"})
    for paragraph in block:
        if len(line) or line.text:
            SubElement(line, "br")
        move_inside(paragraph, line)
    return line


def number_figures(body: Element) -> None:
    """Number the figures of each series, such as "Chart", in the order of the story."""
    counts: Counter[str] = Counter()
    for label in body.iterfind(f".//span[@{NUMBERED}]"):
        name = label.attrib.pop(NUMBERED)
        counts[name] += 1
        label.text = f"{name}\u00a0{counts[name]}"


# --- The list of pictures ---


def list_pictures(*trees: Element, reading: Reading) -> tuple[tuple[Picture, ...], tuple[Place, ...]]:
    """Return all pictures in finished trees and the places that name them."""
    pictures: list[Picture] = []
    places: list[Place] = []
    for tree in trees:
        above = parents(tree)
        for image in tree.iter("img"):
            frame = above.get(image)
            while frame is not None and frame.tag != "figure":
                frame = above.get(frame)
            pictures.append(_picture(image, frame))
            places.append(reading.spots.place(place_of(image) or 0))
    return tuple(pictures), tuple(places)


def _picture(image: Element, figure: Element | None) -> Picture:
    parts = {"caption": "", "credit": ""}
    place = Span.COLUMN
    if figure is not None:
        place = next((span for span in WIDTHS if span in classes(figure)), Span.COLUMN)
        for element in figure.iter():
            for name in parts.keys() & set(classes(element)):
                parts[name] = " ".join(text_of(element).split())
    return Picture(
        file=image.get("src", ""),
        alt=image.get("alt", ""),
        caption=parts["caption"],
        credit=parts["credit"],
        place=place,
    )
