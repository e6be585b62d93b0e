"""Numbers of lists: the layout engine takes them from styles alone, so what the HTML says of them is put there."""

from typing import Any, Final

STYLES: Final = {"1": "decimal", "a": "lower-alpha", "A": "upper-alpha", "i": "lower-roman", "I": "upper-roman"}


def number_lists(root: Any) -> None:
    """Give the lists of a document the numbers, and the kind of numbers, that their attributes say (HTML, 4.4.5)."""
    for items in root.iter("ol"):
        kind = STYLES.get(items.get("type", ""))
        if kind is not None:
            _style(items, f"list-style-type: {kind}")
        own = [items.get("start"), items.get("reversed"), items.find("li[@value]")]
        if any(one is not None for one in own):
            _number(items)


def _number(items: Any) -> None:
    step = -1 if items.get("reversed") is not None else 1
    number = _whole(items.get("start"), 1 if step > 0 else len(items.findall("li")))
    for item in items.findall("li"):
        number = _whole(item.get("value"), number)
        _style(item, f"counter-increment: none; counter-set: list-item {number}")
        number += step


def _whole(text: str | None, otherwise: int) -> int:
    try:
        return int(text or "")
    except ValueError:
        return otherwise


def _style(element: Any, declaration: str) -> None:
    element.set("style", "; ".join(filter(None, (element.get("style"), declaration))))
