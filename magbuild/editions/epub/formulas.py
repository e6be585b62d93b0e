"""Formulas in words: MathML comes in, a line of text for readers without it comes out."""

from collections.abc import Sequence

from lxml import etree

from magbuild.editions.epub.xhtml import words

# How the parts of an element are put together; {0} is its first child.
_FORMS = {
    "mfrac": "{0}/{1}",
    "msup": "{0}^{1}",
    "msub": "{0}_{1}",
    "msubsup": "{0}_{1}^{2}",
    "msqrt": "√{0}",
    "mroot": "{1}√{0}",
    "mover": "{0} {1}",
    "munder": "{0} {1}",
    "munderover": "{0} {1} {2}",
}
_ROWS = ("mrow", "math", "mstyle", "mtd", "mpadded", "semantics")


def spoken(formula: etree._Element) -> str:
    """Return a formula as one would type it, such as "a=(1+b)/2"."""
    return " ".join(_said(formula).split())


def _said(element: etree._Element) -> str:
    name = etree.QName(element).localname
    parts = [child for child in element if not str(etree.QName(child).localname).startswith("annotation")]
    if not parts:
        return words(element)
    if name in _ROWS:
        return "".join(_said(part) for part in parts)
    if name == "msqrt":
        return _FORMS[name].format(_grouped(parts))
    form = _FORMS.get(name)
    if form is None or form.count("{") > len(parts):
        return " ".join(_said(part) for part in parts)
    return form.format(*(_grouped([part]) for part in parts))


def _grouped(parts: Sequence[etree._Element]) -> str:
    """Return parts in brackets when they are more than a number or a letter."""
    text = "".join(_said(part) for part in parts)
    return text if len(text) < 2 or text.replace(".", "").replace(",", "").isalnum() else f"({text})"
