"""Links of a manuscript: addresses as typed come in, links to stories and to the world come out."""

import posixpath
import re
from typing import Final
from urllib.parse import unquote, urlsplit
from xml.etree.ElementTree import Element

from magbuild.language import in_ascii
from magbuild.manuscript.attributes import place_of
from magbuild.manuscript.reading import Reading, anchor, suggestion
from magbuild.manuscript.trees import classes, parents, text_of, unwrap

STORY: Final = "story:"
ABSENT: Final = ""  # the slug of a file that is no story of the issue, though it is there
_KEPT: Final = ("http", "https", "mailto", "tel")
_SCHEME = re.compile(r"([A-Za-z][A-Za-z0-9+.-]*):")
_SPACE = re.compile(r"[\x00-\x20\x7f-\xa0\u2028\u2029]+")
_NOT_ADDRESS = re.compile(r"%(?![0-9A-Fa-f]{2})|[\x00-\x20\"<>\\^`{|}\[\]\x7f]")
_HOST_LIKE = re.compile(r"(?:www\.|[\w-]+\.(?:com|org|net|info|edu|gov|eu|uk|de|fr|io)(?:/|$))", re.IGNORECASE)
# Ids that the reader itself gives: a typed one of the same form gets another ending.
_GIVEN = re.compile(r"(?:note|ref|box)-\d")


def resolve_links(body: Element, reading: Reading) -> tuple[str, ...]:
    """Give every link its final address; those that lead nowhere or aren't safe become text.

    Returns the addresses, each once, in order. A link to a spot of the same story keeps its bare name until
    all ids are known.
    """
    found: dict[str, None] = {}
    above = parents(body)
    for link in list(body.iter("a")):
        typed = link.attrib.pop("href", "")
        at = place_of(link)
        address = _address(typed, link, at, reading)
        if address is None:
            if link.get("id"):
                link.tag = "span"
            else:
                for child in link:
                    above[child] = above[link]
                unwrap(above[link], link)
            continue
        link.set("href", address)
        if not address.startswith("#"):
            found[address] = None
        if not address.startswith(STORY) and not text_of(link).strip() and link.find(".//img") is None:
            link.text = re.sub(r"^(?:https?://|mailto:|tel:)", "", typed).rstrip("/")
    return tuple(found)


def id_name(typed: str) -> str:
    """Return the name of a spot as its id ends, from what an editor typed: in ASCII, as addresses are."""
    name = re.sub(r"[^\w.-]+", "-", in_ascii(typed)).strip("-") or "x"
    return f"{name}-text" if _GIVEN.match(name) else name


def is_remote(address: str) -> bool:
    """Whether an address leaves the issue's folder by a scheme or a host."""
    bare = _SPACE.sub("", address)
    return bare.startswith("//") or _SCHEME.match(bare) is not None


def _address(typed: str, link: Element, at: int | None, reading: Reading) -> str | None:
    """Return the address of a link, or None when it can't be followed."""
    bare = _SPACE.sub("", typed)
    scheme = _SCHEME.match(bare)
    if scheme:
        if scheme[1].lower() in _KEPT:
            return _outside(typed, at, reading)
        message = f"a link may not begin with '{scheme[0]}'; its text stays"
        reading.warn(at, "unsafe-link", message, "link to an https: address or a story's file")
        return None
    if bare.startswith("//"):
        return _outside(f"https:{typed.strip()}", at, reading)
    if bare.startswith("#") and len(bare) > 1:
        return bare
    if not bare or bare == "#":
        if not link.get("id"):
            reading.error(at, "empty-link", "this link has no address", "write it between the round brackets")
        return None
    return _story(typed.strip(), link, at, reading)


def _outside(typed: str, at: int | None, reading: Reading) -> str | None:
    """Return an address of the world in the form that every reader of XHTML takes."""
    address = _NOT_ADDRESS.sub(lambda found: f"%{ord(found[0]):02X}", typed.strip())
    try:
        parts = urlsplit(address)
        fine = "%" not in (parts.hostname or "%") if parts.scheme in ("http", "https") else bool(parts.path)
        fine = fine and (parts.port is None or parts.port > 0)
    except ValueError:
        fine = False
    if not fine:
        reading.error(at, "bad-link", f"'{typed.strip()}' is no address that can be followed", "correct the address")
        return None
    return address


def _story(typed: str, link: Element, at: int | None, reading: Reading) -> str | None:
    """Return the address of a link to a story's file."""
    path, _, spot = typed.partition("#")
    name = posixpath.basename(posixpath.normpath(unquote(path).replace("\\", "/")))
    slug = reading.stories.get(name)
    if slug == ABSENT:
        message, hint = f"the story '{typed}' is a draft, or can't be read", "mend it, or take the link out"
        reading.error(at, "unknown-story", message, hint)
        return None
    if slug is None:
        _complain(typed, name, at, reading)
        return None
    only = not text_of(link).strip() and link.find(".//img") is None
    has = [word for word in classes(link) if word not in ("page", "only", "story-link")]
    page = ["page"] if only or "page" in classes(link) else []
    link.set("class", " ".join(["story-link", *page, *(["only"] if only else []), *has]))
    return f"{STORY}{slug}" + (f"#{anchor(slug, id_name(unquote(spot)))}" if spot else "")


def _complain(typed: str, name: str, at: int | None, reading: Reading) -> None:
    if _HOST_LIKE.match(typed):
        hint = f"did you mean 'https://{typed}'?"
        reading.error(at, "bad-link", f"'{typed}' is no story of this issue", hint)
        return
    meant = suggestion(name, tuple(reading.stories))
    if not meant:
        by_slug = {slug: file for file, slug in reading.stories.items()}
        meant = by_slug.get(suggestion(name.removesuffix(".md"), tuple(by_slug)), "")
    hint = f"did you mean '{meant}'?" if meant else "name the file of a story, such as 05-slug.md"
    reading.error(at, "unknown-story", f"there is no story '{typed}' in this issue", hint)
