"""The package of the e-book: its files and facts come in, one reproducible EPUB file goes out as bytes."""

import zipfile
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from io import BytesIO
from pathlib import PurePosixPath
from typing import Final

from ebooklib import epub
from lxml import etree

from magbuild.editions.epub.facts import Fact
from magbuild.editions.epub.navigation import Landmark
from magbuild.editions.epub.xhtml import XML_LANG, legal

OPF: Final = "http://www.idpf.org/2007/opf"
DC: Final = "http://purl.org/dc/elements/1.1/"
NCX_ID: Final = "ncx"

_CONTAINER: Final = "META-INF/container.xml"
_PACKAGE: Final = "EPUB/content.opf"
_EARLIEST = datetime(1980, 1, 1, tzinfo=UTC)  # a zip file knows no earlier time
_PACKED = frozenset({".jpg", ".jpeg", ".png"})  # pictures that deflating wouldn't make smaller
# ebooklib writes the facts in an order of its own; readers take the first of a kind for the main one.
_LEADING = ("identifier", "title", "language", "creator", "contributor")


@dataclass(frozen=True, slots=True, kw_only=True)
class Member:
    """A file of the package and what the manifest says about it."""

    uid: str
    name: str
    media_type: str
    data: bytes
    properties: tuple[str, ...] = ()
    in_spine: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Package:
    """All that goes into the file. The spine is the order of the members that are in it."""

    identifier: str
    language: str
    stamp: datetime
    facts: tuple[Fact, ...]
    members: tuple[Member, ...]
    landmarks: tuple[Landmark, ...]
    extras: Mapping[str, bytes] = field(default_factory=dict)  # files of META-INF, outside the manifest


def pack(package: Package) -> bytes:
    """Return the EPUB file: the same bytes for the same package, whatever the clock and the machine say."""
    book = epub.EpubBook()
    # First, since it would wipe out identifiers that stand there already.
    book.set_identifier(package.identifier)
    book.metadata.pop(OPF, None)
    for fact in package.facts:
        space, _, name = fact.name.rpartition(":")
        book.add_metadata(space.upper() or None, name, legal(fact.value), dict(fact.attributes))
    for member in package.members:
        item = epub.EpubItem(uid=member.uid, file_name=member.name, media_type=member.media_type, content=member.data)
        item.properties = list(member.properties)
        book.add_item(item)
    book.spine = [member.uid for member in package.members if member.in_spine]
    book.guide = [
        {"type": landmark.guide_type, "title": legal(landmark.title), "href": landmark.name}
        for landmark in package.landmarks
    ]
    raw = BytesIO()
    stamp = package.stamp.astimezone(UTC)
    options = {"mtime": stamp, "raise_exceptions": True, "compresslevel": 0}
    if epub.write_epub(raw, book, options) is False:
        raise OSError("ebooklib couldn't write the package")
    with zipfile.ZipFile(raw) as written:
        files = {name: written.read(name) for name in written.namelist()}
    files[_PACKAGE] = finish(files[_PACKAGE], package.language)
    files |= {f"META-INF/{name}": data for name, data in package.extras.items()}
    return _zipped(files, max(stamp, _EARLIEST))


def finish(opf: bytes, language: str) -> bytes:
    """Set right what ebooklib can't say: the package's language, its prefixes, the order of its facts."""
    # A second name for the default namespace would come out as <opf:meta>, which simple readers don't know.
    plain = opf.replace(f' xmlns:opf="{OPF}"'.encode(), b"")
    root = etree.fromstring(plain, etree.XMLParser(remove_blank_text=True, resolve_entities=False))
    root.set(XML_LANG, language)
    root.attrib.pop("prefix", "")
    metadata = root.find(f"{{{OPF}}}metadata")
    if metadata is None:
        raise ValueError("the package has no metadata")
    metadata[:] = _ordered(list(metadata))
    etree.cleanup_namespaces(root)
    etree.indent(root)
    return etree.tostring(root, xml_declaration=True, encoding="utf-8")


def _ordered(facts: list[etree._Element]) -> list[etree._Element]:
    """Return the facts in a fixed order, each followed by those that refine it."""
    refined: dict[str, list[etree._Element]] = {}
    for fact in facts:
        if fact.get("refines"):
            refined.setdefault(fact.get("refines", "")[1:], []).append(fact)

    def rank(fact: etree._Element) -> int:
        name = etree.QName(fact)
        if name.namespace == DC:
            return _LEADING.index(name.localname) if name.localname in _LEADING else len(_LEADING)
        return len(_LEADING) + (2 if fact.get("name") else 1)

    leading = sorted((fact for fact in facts if not fact.get("refines")), key=rank)
    return [one for fact in leading for one in (fact, *refined.get(fact.get("id", ""), ()))]


def _zipped(files: Mapping[str, bytes], stamp: datetime) -> bytes:
    first = ("mimetype", _CONTAINER, _PACKAGE)
    out = BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        for name in (*first, *sorted(files.keys() - set(first))):
            entry = zipfile.ZipInfo(name, stamp.timetuple()[:6])
            entry.create_system = 3  # Unix, on every machine
            entry.external_attr = 0o100644 << 16
            packed = name == "mimetype" or PurePosixPath(name).suffix in _PACKED
            entry.compress_type = zipfile.ZIP_STORED if packed else zipfile.ZIP_DEFLATED
            archive.writestr(entry, files[name], compresslevel=9)
    return out.getvalue()
