"""An SVG drawing comes in; its size, and a form of it without scripts and outside references, come out."""

import math
import re

from lxml import etree

from magbuild.pictures.unreadable import UnreadablePicture

SVG = "http://www.w3.org/2000/svg"
XLINK = "http://www.w3.org/1999/xlink"
XML = "http://www.w3.org/XML/1998/namespace"
LARGEST = 20_000_000  # bytes
# A drawing whose parts use each other again and again may unfold to more than any program can draw.
MOST_PARTS, DEEPEST_USE = 200_000, 40

# Everything that runs, moves, or holds what is no drawing.
_FORBIDDEN = frozenset(
    {"script", "foreignObject", "iframe", "audio", "video", "canvas", "set", "handler", "listener"}
    | {"animate", "animateColor", "animateMotion", "animateTransform", "metadata"}
)
# What somebody would miss: these hold pictures, text or programs.
_MISSED = frozenset({"script", "foreignObject", "iframe", "video", "canvas", "image", "feImage", "use"})
_HREFS = ("href", f"{{{XLINK}}}href")
_INNER = re.compile(r"\s*(?:#|data:image/(?:png|jpeg|gif|webp)[;,])", re.IGNORECASE)
_URL = re.compile(r"""url\(\s*(?P<quote>["']?)(?P<url>.*?)(?P=quote)\s*\)""", re.IGNORECASE | re.DOTALL)
_IMPORT = re.compile(r"@import\b[^;]*;?", re.IGNORECASE)
_CSS_ESCAPE = re.compile(r"\\(?:([0-9A-Fa-f]{1,6})\s?|(.))", re.DOTALL)
_LENGTH = re.compile(r"\s*([0-9.]+(?:[eE][+-]?\d+)?)\s*(px|mm|cm|in|pt|pc|Q)?\s*")
# CSS pixels to a unit.
_UNITS = {"px": 1.0, "in": 96.0, "cm": 96 / 2.54, "mm": 9.6 / 2.54, "Q": 2.4 / 2.54, "pt": 4 / 3, "pc": 16.0}
# Below this, rounding to whole units would distort the proportion.
_SMALLEST_SIDE = 100


def looks_like_svg(name: str, data: bytes) -> bool:
    """Whether a file is meant to be an SVG drawing."""
    if name.lower().endswith(".svg"):
        return not data.startswith(b"\x1f\x8b")
    return data.removeprefix(b"\xef\xbb\xbf").lstrip().startswith(b"<") and b"<svg" in data[:1000]


def parse_svg(data: bytes, name: str) -> etree._Element:
    """Return the root of an SVG drawing; raise UnreadablePicture when it isn't one or has entities."""
    if len(data) > LARGEST:
        raise UnreadablePicture(f"'{name}' is larger than {LARGEST // 10**6} MB")
    parser = etree.XMLParser(
        resolve_entities=False, no_network=True, load_dtd=False, remove_comments=True, remove_pis=True
    )
    try:
        root = etree.fromstring(data, parser)
    except etree.XMLSyntaxError as error:
        raise UnreadablePicture(f"'{name}' isn't well-formed SVG: see its line {error.lineno or 1}") from None
    doctype = root.getroottree().docinfo.internalDTD
    if doctype is not None and any(True for _ in doctype.iterentities()):  # type: ignore[union-attr]
        raise UnreadablePicture(f"'{name}' declares entities, which may unfold without end")
    etree.strip_tags(root, etree.Entity)
    kind = etree.QName(root)
    if kind.localname != "svg" or kind.namespace not in (SVG, None):
        raise UnreadablePicture(f"'{name}' isn't an SVG drawing")
    return root


def size_of(root: etree._Element, name: str) -> tuple[int, int]:
    """Return a drawing's width and height in its own units; raise UnreadablePicture when it has no size."""
    width, height = _exact_size(root)
    if width is None or height is None:
        raise UnreadablePicture(f"'{name}' has neither a size nor a view box")
    if not (0 < width < math.inf and 0 < height < math.inf):
        raise UnreadablePicture(f"'{name}' has no area")
    enlarged = max(1.0, _SMALLEST_SIDE / min(width, height))
    return round(width * enlarged), round(height * enlarged)


def left_out(root: etree._Element) -> tuple[str, ...]:
    """Return the names of the elements of a drawing that would show something, or do, and are left out of it."""
    found = {etree.QName(element).localname for element in root.iter("*") if _is_forbidden(element)}
    return tuple(sorted(found & _MISSED))


def clean_svg(data: bytes, name: str = "the drawing") -> bytes:
    """Return a drawing without scripts, handlers, foreign content and references to anything outside it.

    Raises UnreadablePicture, which names it, when it can't be read, has no size or unfolds without end.
    """
    root = parse_svg(data, name)
    size_of(root, name)
    if etree.QName(root).namespace is None:
        # Such a drawing is one only to the most lenient of readers.
        root.set("xmlns", SVG)
        root = parse_svg(etree.tostring(root), name)
    for element in list(root.iter("*")):
        if element is not root and _is_forbidden(element):
            _take_out(element)
            continue
        _clean_attributes(element)
        if element.tag == f"{{{SVG}}}style":
            element.text = _clean_style("".join(map(str, element.itertext())))
            del element[:]
    if _count_parts(root) > MOST_PARTS:
        raise UnreadablePicture(f"'{name}' unfolds to more than {MOST_PARTS} parts, or holds itself")
    if _view_box(root) is None:
        # Without one a drawing is cropped where it should be scaled.
        width, height = _exact_size(root)
        root.set("viewBox", f"0 0 {width:g} {height:g}")
    root.tail = None
    etree.cleanup_namespaces(root)
    return etree.tostring(root, encoding="utf-8")


def _exact_size(root: etree._Element) -> tuple[float | None, float | None]:
    width, height = _length(root.get("width")), _length(root.get("height"))
    box = _view_box(root)
    if box is not None and (width is None or height is None):
        # With only one side given, or none, the view box has the proportion.
        return box[2:]
    return width, height


def _length(text: str | None) -> float | None:
    found = _LENGTH.fullmatch(text or "")
    try:
        return float(found[1]) * _UNITS[found[2] or "px"] if found else None
    except ValueError:
        return None


def _view_box(root: etree._Element) -> tuple[float, float, float, float] | None:
    try:
        x, y, width, height = (float(part) for part in re.split(r"[\s,]+", (root.get("viewBox") or "").strip()))
    except ValueError:
        return None
    return (x, y, width, height) if width > 0 and height > 0 else None


def _is_forbidden(element: etree._Element) -> bool:
    kind = etree.QName(element)
    if kind.namespace != SVG or kind.localname in _FORBIDDEN:
        return True
    # An image or a part that comes from outside leaves a hole, which is better than a broken reference.
    leads_out = any(not _INNER.match(element.get(name, "#")) for name in _HREFS)
    return leads_out and kind.localname in ("image", "use", "feImage")


def _take_out(element: etree._Element) -> None:
    parent = element.getparent()
    if parent is None:
        return
    if element.tail:
        before = element.getprevious()
        if before is None:
            parent.text = (parent.text or "") + element.tail
        else:
            before.tail = (before.tail or "") + element.tail
    parent.remove(element)


def _clean_attributes(element: etree._Element) -> None:
    for name, value in [(str(name), str(value)) for name, value in element.attrib.items()]:
        kind = etree.QName(name)
        foreign = kind.namespace not in (None, XLINK, XML) or name == f"{{{XML}}}base"
        handler = kind.localname.lower().startswith("on")
        leads_out = name in _HREFS and not _INNER.match(value)
        if foreign or handler or leads_out:
            del element.attrib[name]
        elif name == "style" or "url(" in value.lower() or "\\" in value:
            element.set(name, _clean_style(value))


def _clean_style(style: str) -> str:
    """Take out of CSS whatever fetches something; its escapes are resolved first, since they can hide it."""
    plain = _CSS_ESCAPE.sub(_unescaped, style)
    plain = _IMPORT.sub("", plain)
    return _URL.sub(lambda found: found[0] if _INNER.match(found["url"]) else "none", plain)


def _unescaped(found: re.Match[str]) -> str:
    if found[1] is None:
        return found[2]
    number = int(found[1], 16)
    printable = 0x20 <= number < 0xD800 or (0xE000 <= number <= 0x10FFFF and number not in (0xFFFE, 0xFFFF))
    return chr(number) if printable else "\N{REPLACEMENT CHARACTER}"


def _count_parts(root: etree._Element) -> int:
    """Return how many elements are drawn when every `use` is followed; more than MOST_PARTS for a circle."""
    elements = list(root.iter("*"))[::-1]
    named = {element.get("id"): element for element in elements if element.get("id")}
    counts: dict[etree._Element, int] = {}
    for _ in range(DEEPEST_USE):
        # Children come before parents, but targets not before their users: go round until nothing changes.
        before = dict(counts)
        for element in elements:
            target = next((named.get(element.get(name, "")[1:]) for name in _HREFS if element.get(name)), None)
            used = counts.get(target, 1) if target is not None and element.tag == f"{{{SVG}}}use" else 0
            inside = sum(counts.get(child, 1) for child in element)
            counts[element] = min(1 + used + inside, MOST_PARTS + 1)
        if counts == before:
            return max(counts.values())
    return MOST_PARTS + 1
