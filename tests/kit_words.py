"""The words of manuscripts as they were typed, and those of finished editions."""

import re
import subprocess
import zipfile
from collections import Counter
from itertools import pairwise
from pathlib import Path

import pikepdf
from lxml import etree

HEAD, FOOT = 48, 46  # pt: what running heads and folios take of a page


def words(text: str) -> Counter[str]:
    """Count the words of a text, without regard to case and to how apostrophes and hyphens are set."""
    return Counter(re.findall(r"[^\W_]+", text.casefold()))


def typed_words(story: Path) -> Counter[str]:
    """Count the words of a story's body that are to be seen, by reading the file itself."""
    _, _, body = story.read_text("utf-8").split("---\n", 2)
    body = re.sub(r"^    (?:file|alt|width):.*(?:\n     .*)*$", "", body, flags=re.MULTILINE)  # options of figures
    body = re.sub(r"^    credit:", "", body, flags=re.MULTILINE)
    body = re.sub(r"^///(?: \w+)?", "", body, flags=re.MULTILINE)
    body = re.sub(r"\]\([^)]*\)", "]", body)
    body = re.sub(r"\{[^}]*\}|\[\^[^]]*\]:?|^[|: -]+$", " ", body, flags=re.MULTILINE)
    return words(body)


def pages_of_pdf(path: Path) -> list[str]:
    """Return the text in the type area of each page, as pdftotext finds it."""
    with pikepdf.open(path) as opened:
        total = len(opened.pages)
        offset = -float(opened.pages[0].mediabox[0])
        _, bottom, _, top = (float(side) for side in opened.pages[0].trimbox)
    area = ["-x", "0", "-W", "1000", "-y", str(round(offset + HEAD)), "-H", str(round(top - bottom) - HEAD - FOOT)]
    found = []
    for number in range(1, total + 1):
        page = ["-f", str(number), "-l", str(number), *area, str(path), "-"]
        found.append(text_of_pdf(*page))
    return found


def text_of_pdf(*command: str) -> str:
    """Return what pdftotext says, with a hyphen wherever a word is divided: in a tagged PDF that is a soft one."""
    said = subprocess.run(["pdftotext", *command], capture_output=True, text=True, check=True).stdout
    return said.replace("\u00ad", "-")


def words_of_pdf(path: Path) -> Counter[str]:
    """Count the words of all pages, those that are hyphenated as whole ones.

    Where pdftotext reads columns in another order than people do, the rest of a word may stand at the head
    of any line of its page or of the next; so it does where notes stand at the foot of the page, whose number it
    may join to the first part.
    """
    pages = pages_of_pdf(path)
    counted = words(re.sub(r"-\s+", "", "".join(pages)))
    for page, following in pairwise([*pages, ""]):
        heads = re.findall(r"^([^\W_]+)", f"{page}\n{following}", re.MULTILINE)
        for divided in re.finditer(r"([^\W\d_]+)(?:-\s+([^\W_]*)|(?=\d+\s))", f"{page}\n{following}"):
            begun, behind = divided.groups()
            if divided.start() < len(page):
                counted.update({f"{begun}{rest}".casefold() for rest in heads if rest != behind})
    return counted


def words_of_epub(path: Path) -> Counter[str]:
    """Count the words of all pages of an e-book."""
    with zipfile.ZipFile(path) as archive:
        pages = [archive.read(name) for name in archive.namelist() if name.endswith(".xhtml")]
    pages = [re.sub(rb"(?=</t[dh]>)", b" ", page) for page in pages]  # or neighbouring cells would make one word
    return words(" ".join(str(etree.fromstring(page).xpath("string()")) for page in pages))


def missing(wanted: Counter[str], found: Counter[str]) -> list[str]:
    """Return words that were typed more often than they are found, joined ones counted as their parts."""
    joined = "".join(word * count for word, count in found.items())
    return [word for word, count in (wanted - found).items() if not (word in joined and found[word] + 1 >= count)]
