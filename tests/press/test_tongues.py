"""Whole issues in German, French, Greek and Russian: every word, in its own letters, as its language sets them."""

import json
import os
import re
import subprocess
import sys
import zipfile
from collections import Counter
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path

import pikepdf
import pyphen
import pytest
from fontTools.ttLib import TTFont
from lxml import etree

from magbuild.copydesk import read
from magbuild.language import Language
from magbuild.manuscript import set_line
from magbuild.model import Issue, StoryType
from magbuild.problem import Report
from tests.kit_pages import fonts
from tests.kit_words import missing, text_of_pdf, typed_words, words, words_of_epub, words_of_pdf
from tests.press.epubcheck import epubcheck

pytestmark = [pytest.mark.slow, pytest.mark.xdist_group("tongues")]

ROOT = Path(__file__).parent.parent.parent
FOLDERS = {case: ROOT / f"tests/issues/{case}/issues" for case in ("german", "french", "greek", "russian")}
XML_LANG = "{http://www.w3.org/XML/1998/namespace}lang"
# What the builder itself says, as it stands on the pages.
SAID = {
    "german": (
        *("Nr.~7", "Inhalt", "Von Jörg Straßner", "(Seite~4)", "siehe Seite~8", "Anmerkungen", "Impressum"),
        *("Zuerst erschienen als „Licht im Hof“ in Heft~2, Herbst 2023. Leicht gekürzt.", "144~Seiten", "Wann"),
        *("14.–16. Mai 2026, 18 Uhr", "20. März 2026", "In diesem Heft", "Im nächsten Heft", "Anzeige"),
        *("Interview: Ayşe Öztürk", "„Teig wartet nicht“: eine Bäckerin erzählt", "(page~4)"),
    ),
    "french": (
        *("Nº~12", "Sommaire", "Par Noël Garçon", "(page~4)", "voir page~6", "Notes", "Mentions légales"),
        *(
            "Première parution, sous le titre «·S’essuyer les pieds·»·: numéro~3, hiver 2024. Texte abrégé.",
            "128~pages",
            "Quand",
            "28–30 mai 2026, 18 h",
        ),
        *("10 avril 2026", "Dans ce numéro", "Dans le prochain numéro", "Propos recueillis par Zoé L’Hôpital"),
        *("«·On entend tout·»·: une gardienne raconte", "Qui descend la poubelle·?", "une gardienne·?"),
    ),
    "greek": (
        *("Τεύχος~4", "Περιεχόμενα", "Κείμενο: Γιώργος Ψωμάς", "(σελ.~4)", "βλ. σελ.~6", "Σημειώσεις", "Ταυτότητα"),
        *("Πρώτη δημοσίευση, με τον τίτλο «Πήλινα»: τεύχος~1, Άνοιξη 2025. Συντομευμένο.", "212~σελ.", "Πότε"),
        *("9–10 Μαΐου 2026, 9.30 το πρωί", "3 Απριλίου 2026", "Σε αυτό το τεύχος", "Στο επόμενο τεύχος"),
        *("Συνέντευξη: Άννα Ρήγα", "«Άκου πρώτα, σκάψε μετά»", "(page~4)", "«παϊδάκια»"),
    ),
    "russian": (
        *("№~2", "Содержание", "Текст: Пётр Ёлкин", "(с.~4)", "см. с.~8", "Примечания", "Выходные данные"),
        *("Впервые опубликовано под названием «О сквозняках»: №~1, осень 2025. С~сокращениями.", "176~с.", "Когда"),
        *("29–31 мая 2026·г., 19:00", "27 марта 2026·г.", "В~этом номере", "В~следующем номере", "Реклама"),
        *(
            "Интервью: Юлия Жаркова",
            "«Стекло помнит руку»: разговор со стекольщиком",
            "(page~4)",
        ),
    ),
}


# Notes at the foot of pages have no head; in the e-book they have.
WITHOUT_A_HEAD = {"german": "Anmerkungen", "french": "Notes", "greek": "Σημειώσεις", "russian": "Примечания"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Built:
    """An issue and the folder of its editions."""

    case: str
    issue: Issue
    shelf: Path

    def edition(self, ending: str) -> Path:
        (found,) = self.shelf.glob(f"*{ending}")
        return found

    def pages(self) -> dict[str, etree._Element]:
        """Return the pages of the e-book by name."""
        with zipfile.ZipFile(self.edition(".epub")) as archive:
            return {
                Path(name).stem: etree.fromstring(archive.read(name))
                for name in archive.namelist()
                if name.endswith(".xhtml")
            }


@pytest.fixture(scope="module", params=FOLDERS)
def built(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Built:
    """Build an issue as an editor would."""
    (sheet,) = FOLDERS[request.param].glob("*/issue.yaml")
    out = tmp_path_factory.mktemp(request.param)
    command = [sys.executable, "-m", "magbuild", "build", str(sheet.parent), "-o", str(out)]
    quiet = {name: value for name, value in os.environ.items() if name != "SOURCE_DATE_EPOCH"}
    done = subprocess.run(command, cwd=ROOT, env=quiet, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    issue, _ = read(sheet.parent, Report())
    return Built(case=request.param, issue=issue, shelf=out / sheet.parent.name)


def flat(text: str) -> str:
    """Return text with one plain space between words, hyphens at line ends taken out, and narrow spaces as a dot."""
    marked = re.sub(r"(?<=\w)-\n", "", text.replace("\u202f", "·")).replace("\u00a0", "~")
    return re.sub(r"[ \n\f]+", " ", marked)


def squeezed(text: str) -> str:
    """Return text without spaces and divisions, for comparison with what a PDF keeps of them."""
    return re.sub(r"[~·\s]+", "", flat(text))


def test_nothing_is_reported_but_how_lines_fall(built: Built) -> None:
    """Pages as small as these can't hold every measure that typography is judged by."""
    found = json.loads((built.shelf / "problems.json").read_text("utf-8"))
    assert {problem["code"] for problem in found} <= {"loose-line", "hyphen-ladder", "one-line-column"}
    assert {problem["severity"] for problem in found} <= {"warning"}
    assert len(found) <= 5


def test_every_word_of_every_manuscript_is_in_every_edition(built: Built) -> None:
    wanted: Counter[str] = Counter()
    for story in built.issue.stories:
        wanted += typed_words(story.path)
        if story.front.type not in (StoryType.ADVERT, StoryType.LETTERS):
            lines = (story.front.title, story.front.standfirst, *(person.name for person in story.front.author))
            wanted += words(" ".join(re.sub("<[^>]*>", "", set_line(line, story.front.language)) for line in lines))
    assert sum(wanted.values()) > 1000
    for edition in ("screen.pdf", "print.pdf"):
        assert missing(wanted, words_of_pdf(built.edition(f"-{edition}"))) == []
    assert missing(wanted, words_of_epub(built.edition(".epub"))) == []


def test_the_builder_speaks_the_language_of_the_magazine(built: Built) -> None:
    pages = squeezed(text_of_pdf(str(built.edition("-screen.pdf")), "-"))
    assert [said for said in SAID[built.case] if squeezed(said) not in pages] == [WITHOUT_A_HEAD[built.case]]
    # Nothing is said in English but in the one English story.
    assert not re.search(r"By[A-Z]|Contents|Inthisissue|Imprint", pages)


def test_the_ebook_speaks_it_too_with_spaces_at_which_no_line_ends(built: Built) -> None:
    pages = built.pages().values()
    alts = [element.get("alt", "") for page in pages for element in page.iter()]
    text = flat(" ".join([*(str(page.xpath("string()")) for page in pages), *alts]))
    # Page numbers, the number and the day of the issue and who wrote it are on the printed pages alone.
    printed = re.compile(r"^\(|(?:siehe|voir|βλ\.|см\.) |^(?:Nr\.|Nº|№|Τεύχος)~\d+$|^\d+\.? \S+ 2026(?:·г\.)?$")
    inside = ("In diesem Heft", "Dans ce numéro", "Σε αυτό το τεύχος", "В~этом номере")
    wanted = [said for said in SAID[built.case] if not printed.search(said) and said not in inside]
    assert len(wanted) > 10
    assert [said for said in wanted if said not in text] == []


def test_epubcheck_has_nothing_to_say(built: Built) -> None:
    said = epubcheck(built.edition(".epub"), usage=True)
    assert [str(message) for message in said if message.code != "CSS-028"] == []


@pytest.mark.parametrize("edition", ["screen", "print"])
def test_all_fonts_are_embedded_and_the_layouts_own(built: Built, edition: str) -> None:
    with pikepdf.open(built.edition(f"-{edition}.pdf")) as pdf:
        found = fonts(pdf)
        assert str(pdf.Root.get("/Lang", "")) in ("", built.issue.magazine.language)
    assert all(found.values())
    assert {name for name in found if not re.match("Source-(Serif|Sans|Code)-Pro", name)} == set()
    # Letters of an italic that are there only in the font that fills in.
    filled = {name for name in found if "Semi-Expanded" in name}
    assert bool(filled) is (built.case in ("greek", "russian"))


def test_every_letter_of_the_ebook_is_in_a_font_of_its_own(built: Built) -> None:
    with zipfile.ZipFile(built.edition(".epub")) as archive:
        faces = [TTFont(BytesIO(archive.read(name))) for name in archive.namelist() if "/fonts/" in name]
        styles = archive.read("EPUB/style.css").decode()
    italic = [face for face in faces if "Italic" in face["name"].getDebugName(2) or face["post"].italicAngle]
    letters = {letter for page in built.pages().values() for text in page.itertext() for letter in str(text)}
    letters = {letter for letter in letters if letter.isalpha()}
    for some in (faces, italic):
        assert letters - {chr(code) for face in some for code in face.getBestCmap()} == set()
    filled = '"Magbuild Serif Pro", "Magbuild Serif Pro 2", Georgia'
    assert (filled in styles) is (built.case in ("greek", "russian"))


def test_words_are_divided_as_the_language_divides_them(built: Built) -> None:
    """Each part at a line's end is the beginning of a word of that language, divided where its patterns say so."""
    lines = text_of_pdf("-raw", str(built.edition("-screen.pdf")), "-")
    divided = re.findall(r"([^\W\d_]{2,})-\n([^\W\d_]{2,})", lines)
    code = Language(code=built.issue.magazine.language).locale.language
    own, english = (pyphen.Pyphen(lang=lang, left=2, right=2) for lang in (code, "en_GB"))
    good = [
        (begun, rest)
        for begun, rest in divided
        if any(len(begun) in patterns.positions((begun + rest).lower()) for patterns in (own, english))
    ]
    assert len(good) >= 8  # ragged columns divide few
    assert len(good) > 0.8 * len(divided), "columns may be read across, but not often"
    assert sum(len(begun) in own.positions((begun + rest).lower()) for begun, rest in good) > 5


def test_every_page_and_phrase_of_the_ebook_says_its_language(built: Built) -> None:
    code = built.issue.magazine.language
    languages = {story.slug: story.front.language for story in built.issue.stories}
    assert sorted({*languages.values()} - {code})[0].startswith("en-")
    for name, page in built.pages().items():
        assert page.get(XML_LANG) == page.get("lang") == languages.get(name, code)
        for element in page.iter():
            assert element.get("lang") == element.get(XML_LANG)
    (foreign,) = (page for name, page in built.pages().items() if languages.get(name, code) != code)
    said = {(element.get("lang"), " ".join(str(element.xpath("string()")).split())) for element in foreign.iter()}
    phrases = {text for lang, text in said if lang == code}
    expected = {
        "german": {"Selbstverständlichkeit", "Von Winifred Tarrant"},
        "french": {"bonjour", "Par Bríd Cassidy"},
        "greek": {"ένα ποτήρι νερό, παρακαλώ", "Παρακαλώ.", "Κείμενο: Harriet Colwall"},
        "russian": {"форточка", "Текст: Morag Tennant"},
    }
    assert expected[built.case] <= phrases


def test_file_names_and_addresses_are_plain(built: Built) -> None:
    with zipfile.ZipFile(built.edition(".epub")) as archive:
        assert all(re.fullmatch(r"[\x21-\x7e]+", name) for name in archive.namelist())
    assert all(re.fullmatch(r"[a-z0-9.-]+", path.name) for path in built.shelf.iterdir())
    for page in built.pages().values():
        for element in page.iter():
            for name in ("id", "href"):
                assert re.fullmatch(r"[\x21-\x7e]*", element.get(name, "")), element.get(name)
