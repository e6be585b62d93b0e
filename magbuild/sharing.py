"""A made-up issue comes in; pictures that stand in several proofs are in it once."""

from collections import defaultdict
from typing import Any

import pikepdf
from pikepdf import Name


def share_pictures(pdf: pikepdf.Pdf) -> None:
    """Have all pages that show the same picture show one: nobody names the others any more, so they aren't saved.

    Every proof brings its own copy along. Pictures that refer to something else, such as a mask, are left as they are.
    """
    alike: defaultdict[bytes, list[Any]] = defaultdict(list)
    for page in pdf.pages:
        drawn: Any = page.resources.get("/XObject", {})
        for name in list(drawn.keys()):
            picture: Any = drawn[name]
            said = bytes(picture.stream_dict.unparse())  # its length among the rest
            if picture.get("/Subtype") != Name.Image or b" R" in said:
                continue
            known = next((other for other in alike[said] if _is_same(other, picture)), None)
            if known is None:
                alike[said].append(picture)
            else:
                drawn[name] = known


def _is_same(one: Any, other: Any) -> bool:
    return bool(one.objgen == other.objgen or one.read_raw_bytes() == other.read_raw_bytes())
