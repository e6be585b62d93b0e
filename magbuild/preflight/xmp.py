"""The XMP packet of a PDF comes in; its simple values come out by their names."""

from collections.abc import Mapping

from lxml import etree

RDF = "http://www.w3.org/1999/02/22-rdf-syntax-ns#"
PREFIXES = {
    "http://purl.org/dc/elements/1.1/": "dc",
    "http://ns.adobe.com/xap/1.0/": "xmp",
    "http://ns.adobe.com/xap/1.0/mm/": "xmpMM",
    "http://ns.adobe.com/pdf/1.3/": "pdf",
    "http://www.npes.org/pdfx/ns/id/": "pdfxid",
    "http://ns.adobe.com/pdfx/1.3/": "pdfx",
}


def read_xmp(packet: bytes) -> Mapping[str, str]:
    """Return values by names such as "dc:title"; of lists and languages the first. Nothing of a broken packet."""
    parser = etree.XMLParser(resolve_entities=False, no_network=True, huge_tree=False, recover=True)
    try:
        tree = etree.fromstring(packet.strip(b" \t\r\n\0"), parser)
    except (etree.XMLSyntaxError, ValueError):
        return {}
    found: dict[str, str] = {}
    if tree is None:
        return found
    for description in tree.iter(f"{{{RDF}}}Description"):
        for name, value in description.attrib.items():
            found.setdefault(_short(str(name)), " ".join(str(value).split()))
        for child in description:
            if isinstance(child.tag, str):
                value = next((" ".join(text.split()) for text in map(str, child.itertext()) if text.strip()), "")
                found.setdefault(_short(child.tag), value)
    return found


def _short(name: str) -> str:
    space, _, local = name.removeprefix("{").rpartition("}")
    return f"{PREFIXES.get(space, space)}:{local}"
