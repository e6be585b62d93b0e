"""What a manuscript may hold: tags and attributes come in, those that are safe and useful in print come out."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from enum import Enum, auto
from typing import Final

from magbuild.manuscript import marks
from magbuild.manuscript.attributes import AT
from magbuild.manuscript.reading import Reading, suggestion


class Verdict(Enum):
    """What becomes of a tag: it stays, only its content stays, or nothing does."""

    KEEP = auto()
    UNWRAP = auto()
    DROP = auto()


PHRASING: Final = frozenset(
    {
        *("a", "abbr", "b", "bdi", "bdo", "br", "cite", "code", "data", "del", "dfn", "em", "i", "img", "ins", "kbd"),
        *("mark", "q", "rp", "rt", "ruby", "s", "samp", "small", "span", "strong", "sub", "sup", "time", "u", "var"),
        *("wbr", "svg", "math", "x-call"),
    }
)
BLOCKS: Final = frozenset(
    {
        *("blockquote", "caption", "col", "colgroup", "dd", "div", "dl", "dt", "figcaption", "figure"),
        *("h1", "h2", "h3", "h4", "h5", "h6", "hr", "li", "ol", "p", "pre", "table", "tbody", "td", "tfoot", "th"),
        *("thead", "tr", "ul"),
    }
)
VOID: Final = frozenset({"br", "col", "hr", "img", "wbr"})

# Tags that are read as others: what they mean in a browser has no meaning on a page.
_READ_AS: Final = {
    **dict.fromkeys(("address", "article", "aside", "center", "details", "footer", "header", "hgroup"), "div"),
    **dict.fromkeys(("main", "menu", "nav", "search", "section"), "div"),
    **dict.fromkeys(("big", "font", "nobr", "tt"), "span"),
    **{"summary": "p", "acronym": "abbr", "strike": "s", "xmp": "pre"},
}
_HARMLESS: Final = frozenset({"body", "html", "picture", "noscript"})
_CONTENT_KEPT: Final = frozenset(
    {
        *("applet", "audio", "button", "canvas", "datalist", "fieldset", "form", "frameset", "iframe", "label"),
        *("legend", "map", "meter", "noembed", "noframes", "object", "optgroup", "option", "output", "progress"),
        *("select", "slot", "textarea", "video", "marquee", "blink", "dialog"),
    }
)
_DROPPED: Final = frozenset({"script", "style", "template", "head", "title", "plaintext"})
_DROPPED_VOID: Final = frozenset(
    {
        *("area", "base", "basefont", "bgsound", "embed", "frame", "input", "keygen", "link", "meta", "param"),
        *("source", "track"),
    }
)
_KNOWN: Final = PHRASING | BLOCKS | _READ_AS.keys() | _HARMLESS | _CONTENT_KEPT | _DROPPED | _DROPPED_VOID

_SVG: Final = frozenset(
    {
        *("svg", "g", "defs", "symbol", "use", "title", "desc", "path", "rect", "circle", "ellipse", "line"),
        *(
            "polyline",
            "polygon",
            "text",
            "tspan",
            "textPath",
            "clipPath",
            "mask",
            "linearGradient",
            "radialGradient",
            "stop",
        ),
        *("pattern", "marker"),
    }
)
_MATHML: Final = frozenset(
    {
        *("math", "mi", "mn", "mo", "ms", "mtext", "mspace", "mrow", "mfrac", "msqrt", "mroot", "mstyle", "merror"),
        *("mpadded", "mphantom", "menclose", "msub", "msup", "msubsup", "munder", "mover", "munderover", "mtable"),
        *("mmultiscripts", "mprescripts", "none", "mtr", "mtd", "semantics"),
    }
)
FOREIGN: Final = {"svg": _SVG, "math": _MATHML}
NAMESPACES: Final = {"svg": "http://www.w3.org/2000/svg", "math": "http://www.w3.org/1998/Math/MathML"}
_FOREIGN_KNOWN: Final = {name.lower() for name in _SVG | _MATHML} | {
    *("animate", "animatetransform", "animatemotion", "set", "foreignobject", "image", "filter", "view", "switch"),
    *("annotation", "annotation-xml", "maction"),
}

_EVERYWHERE: Final = frozenset({"class", "id", "lang", "dir", "title", "style", "aria-label", "aria-hidden"})
_ALLOWED: Final = {
    "a": {"href"},
    "img": {"src", "alt", "width", "height"},
    "td": {"colspan", "rowspan"},
    "th": {"colspan", "rowspan", "scope"},
    "col": {"span"},
    "colgroup": {"span"},
    "ol": {"start", "reversed", "type"},
    "li": {"value"},
    "time": {"datetime"},
    "data": {"value"},
    "table": {"caption"},
}
_NUMBERS: Final = frozenset({"width", "height", "colspan", "rowspan", "span", "start", "value"})
_CHOICES: Final = {
    "dir": ("ltr", "rtl", "auto"),
    "scope": ("col", "row", "colgroup", "rowgroup"),
    "type": ("1", "a", "A", "i", "I"),
    "aria-hidden": ("true", "false"),
}
_LANGUAGE = re.compile(r"[A-Za-z]{2,3}(-[A-Za-z0-9]{1,8})*|[xi](-[A-Za-z0-9]{1,8})+")
_UNSAFE_STYLE = re.compile(
    r"url|image|src\s*\(|expression|import|binding|behavio|@|\\|<|/\*|position|content", re.IGNORECASE
)
_FOREIGN_ATTRIBUTE = re.compile(r"[A-Za-z][A-Za-z0-9-]*")
_LOADS = re.compile(r"url\s*\(\s*['\"]?\s*(?!#)|javascript:|vbscript:|data:", re.IGNORECASE)
_LOADING: Final = ("srcset", "srcdoc", "formaction", "action", "background", "poster", "xlink:href", "ping")
# Attributes of raw HTML that do nothing here and needn't be spoken of.
_SILENT: Final = ("data-", "aria-", "markdown", "role", "align", "valign", "border", "cellpadding", "cellspacing")


@dataclass(frozen=True, slots=True)
class Vetted:
    """What a tag became: the verdict, its name and the attributes that stay."""

    verdict: Verdict
    name: str
    attributes: dict[str, str]


def is_html(name: str) -> bool:
    """Whether a raw tag of this name is HTML, SVG or MathML; other names in angle brackets are text."""
    return not name.lower().startswith("x-") and (name.lower() in _KNOWN or name.lower() in _FOREIGN_KNOWN)


def vet(name: str, attributes: Mapping[str, str], reading: Reading) -> Vetted:
    """Judge a tag of HTML, whether typed raw or made by Markdown; note what is taken away."""
    at = _place(attributes)
    name = _READ_AS.get(name.lower(), name.lower())
    if name not in PHRASING and name not in BLOCKS:
        dropped = name in _DROPPED or name in _DROPPED_VOID
        if name not in _HARMLESS:
            hint = "take it out of the manuscript" if dropped else "its text stays"
            reading.warn(at, "unsafe-html", f"<{name}> has no place in a manuscript and is left out", hint)
        return Vetted(Verdict.DROP if dropped else Verdict.UNWRAP, name, {})
    return Vetted(Verdict.KEEP, name, _attributes(name, attributes, at, reading))


def vet_foreign(root: str, name: str, attributes: Mapping[str, str], reading: Reading) -> Vetted:
    """Judge a tag inside SVG or MathML (`root`), whose names keep their capitals."""
    at = _place(attributes)
    known = {known.lower(): known for known in FOREIGN[root]}
    if name.lower() not in known:
        reading.warn(at, "unsafe-html", f"<{name}> in <{root}> is not safe and is left out", "draw it another way")
        return Vetted(Verdict.DROP if name.lower() in _DROPPED else Verdict.UNWRAP, name, {})
    kept: dict[str, str] = {}
    for marked, typed in attributes.items():
        attribute, value = marks.restore(marked), marks.restore(typed)
        if attribute == "xlink:href":
            attribute = "href"
        if not attribute or ":" in attribute or attribute == "xmlns" or not _FOREIGN_ATTRIBUTE.fullmatch(attribute):
            continue
        loads = not value.startswith("#") if attribute == "href" else _LOADS.search(value)
        if attribute.lower().startswith("on") or loads:
            message = f"attribute '{attribute}' of <{name}> is not safe and is left out"
            reading.warn(at, "unsafe-html", message, "take it out of the manuscript")
        elif attribute == "style":
            style = safe_style(value, at, reading)
            kept |= {"style": style} if style else {}
        else:
            kept[attribute] = value
    return Vetted(Verdict.KEEP, known[name.lower()], kept)


def is_void(name: str) -> bool:
    """Whether a tag, allowed or not, never has an end tag."""
    return name in VOID or name in _DROPPED_VOID


def _place(attributes: Mapping[str, str]) -> int | None:
    """Return the offset of a tag by whichever mark it carries."""
    for name, value in attributes.items():
        at = marks.first(name + value)
        if at is not None:
            return at
    return None


def _attributes(name: str, attributes: Mapping[str, str], at: int | None, reading: Reading) -> dict[str, str]:
    kept: dict[str, str] = {} if at is None else {AT: str(at)}
    listed = marks.first(attributes.get(AT, ""))
    at = at if listed is None else listed
    for marked, typed in attributes.items():
        attribute, value = marks.restore(marked).lower(), marks.restore(typed)
        if attribute == AT or not attribute:
            continue
        if (name, attribute) == ("a", "name") and "id" not in attributes:
            attribute = "id"  # how spots were marked before HTML 5
        if attribute in _EVERYWHERE or attribute in _ALLOWED.get(name, ()):
            fine = _value(attribute, value, at, reading)
            if fine is not None:
                kept[attribute] = fine
        else:
            _complain(name, attribute, value, at, reading)
    return kept


def _complain(name: str, attribute: str, value: str, at: int | None, reading: Reading) -> None:
    if attribute.startswith("on") or attribute in _LOADING:
        message = f"attribute '{attribute}' of <{name}> is not safe and is left out"
        reading.warn(at, "unsafe-html", message, "take it out of the manuscript")
    elif not attribute.startswith(_SILENT):
        meant = suggestion(attribute, tuple(sorted({*_EVERYWHERE, *_ALLOWED.get(name, ())})))
        hint = f"did you mean '{meant}'?" if meant else "take it out of the manuscript"
        message = f"attribute '{attribute}{f'={value}' if value else ''}' of <{name}> means nothing here"
        reading.warn(at, "unknown-attribute", message, hint)


def _value(attribute: str, value: str, at: int | None, reading: Reading) -> str | None:
    """Return the value of an attribute as it may stay, or None."""
    if attribute in _NUMBERS:
        number = value.strip().removesuffix("px")
        return number if number.isascii() and number.isdigit() else None
    if attribute in _CHOICES:
        return value if value in _CHOICES[attribute] else None
    if attribute == "style":
        return safe_style(value, at, reading)
    if attribute == "lang" and not _LANGUAGE.fullmatch(value):
        message = f"'{value}' is no code of a language"
        reading.warn(at, "bad-language", message, "write a code such as 'fr' or 'ru-Latn'")
        return None
    return value


def safe_style(value: str, at: int | None, reading: Reading) -> str | None:
    """Return a style attribute without the declarations that load or hide something, or None when none are left."""
    kept = []
    for declaration in filter(None, (part.strip() for part in value.split(";"))):
        if _UNSAFE_STYLE.search(declaration) or ":" not in declaration:
            message = f"style '{declaration}' is not safe and is left out"
            reading.warn(at, "unsafe-html", message, "take it out of the manuscript")
        else:
            kept.append(declaration)
    return "; ".join(kept) or None
