"""An EPUB file comes in, the text of its documents goes out, to be compared with what a reader shows."""

import posixpath
import re
import zipfile
from pathlib import Path

from lxml import etree

PACKAGE = "EPUB/content.opf"


def texts(epub: Path) -> dict[str, str]:
    """Return the text that is to be seen of each document, by its name, in the order of reading."""
    with zipfile.ZipFile(epub) as archive:
        package = etree.fromstring(archive.read(PACKAGE))
        names = {str(item.get("id")): str(item.get("href")) for item in package.iterfind(".//{*}item")}
        spine = [names[str(item.get("idref"))] for item in package.iterfind(".//{*}itemref")]
        documents = [posixpath.join(posixpath.dirname(PACKAGE), name) for name in spine]
        return {document: _text(archive.read(document)) for document in documents}


def _text(document: bytes) -> str:
    (body,) = etree.fromstring(document).findall("{*}body")
    found = body.xpath(".//text()[not(ancestor::*[@hidden])]")
    assert isinstance(found, list)
    return "".join(map(str, found))


def letters(text: str) -> str:
    """Return the letters of a text alone: spaces, list numbers and capitals depend on who sets it."""
    return re.sub(r"[\W\d_]", "", text).casefold()
