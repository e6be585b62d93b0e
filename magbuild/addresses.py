"""Addresses as editors typed them come in; ones that lead somewhere on the web or by post come out."""

import re
from urllib.parse import quote, urlsplit, urlunsplit

_NOT_ADDRESS = re.compile(r'[\s"#<>\[\\\]^`{|}]|%(?![0-9A-Fa-f]{2})')
_LABEL = r'[^\s"%./:<>@\[\\\]^`{|}]{1,63}'
_SERVER = re.compile(rf"([^\s@\[\]]+@)?(\[[0-9A-Fa-f:.]+\]|{_LABEL}(\.{_LABEL})*\.?)(:\d+)?")


def typed_address(text: str) -> str | None:
    """Return the address that an editor typed into a field, with the scheme that is often left out."""
    text = text.strip()
    if re.fullmatch(r"[^\s/#?@:]+@[^\s/#?@:]+\.[^\s/#?@:]+", text):
        text = f"mailto:{text}"
    elif re.match(r"[\w-]+(\.[\w-]+)+([/?#:]|$)", text):
        text = f"https://{text}"
    return web_address(text)


def web_address(text: str) -> str | None:
    """Return an address out of the e-book, written as checkers want it; None when it isn't one."""
    try:
        parts = urlsplit(text)
        known = parts.port is None or parts.port > 0
    except ValueError:
        return None
    if parts.scheme in ("http", "https"):
        known = known and _SERVER.fullmatch(parts.netloc) is not None
    else:
        known = parts.scheme in ("mailto", "tel") and bool(parts.path)
    path, query, fragment = (_escaped(part) for part in (parts.path, parts.query, parts.fragment))
    return urlunsplit((parts.scheme, parts.netloc, path, query, fragment)) if known else None


def _escaped(text: str) -> str:
    return _NOT_ADDRESS.sub(lambda found: quote(found[0]), text)
