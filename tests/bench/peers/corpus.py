"""The made-up issue that all are timed on: as magbuild's folder, as one page of HTML, and as one Markdown book."""

import re
import shutil
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import unquote, urlsplit

import tinycss2

from magbuild.compose import compose, lay_out_desk
from magbuild.copydesk import layout_of, read
from magbuild.grouping import groups
from magbuild.problem import Report
from tests.bench.one_document import one_document
from tests.corpus.issue import MadeUp, write_issue

WORDS, SEED = 2600, 7
# What Paged.js can't read: it splits selectors at what stands within parentheses, and asks the browser for the pieces.
UNREADABLE = re.compile(r":has\(|\([^)]*[ >+~][^)]*\)")


@dataclass(frozen=True, slots=True, kw_only=True)
class Corpus:
    """An issue of made-up stories: its folder, the same composed as HTML for three engines, and as a book for pandoc.

    `sources` are the stories' own files, in the order of reading.
    """

    folder: Path
    sources: tuple[Path, ...]
    html: Path
    html_for_weasyprint: Path
    html_for_pagedjs: Path
    book: Path

    def edit(self, number: int) -> None:
        """Add a sentence to the first paragraph of a story in the middle; each number gives another one."""
        path = self.sources[len(self.sources) // 2]
        head, body = path.read_text("utf-8").split("\n---\n", 1)
        first, rest = body.lstrip("\n").split("\n\n", 1)
        path.write_text(f"{head}\n---\n\n{first} Reader {number} agrees.\n\n{rest}", "utf-8")


def write_corpus(project: Path, stories: int) -> Corpus:
    """Write an issue of so many stories, a picture in each, and all that the other programs need of it."""
    made = write_issue(
        project, seed=SEED, stories=stories, words=WORDS, pictures=stories, adverts=1, references=0, ppi=300
    )
    folder = made.folder
    html = _with_own_fonts(_as_one(folder), folder)
    corpus = Corpus(
        folder=folder,
        sources=tuple(folder / story.file for story in made.stories),
        html=project / "issue" / "issue.html",
        html_for_weasyprint=project / "issue" / "weasyprint.html",
        html_for_pagedjs=project / "issue" / "pagedjs.html",
        book=project / "issue" / "book.md",
    )
    (project / "issue").mkdir()
    shutil.copytree(folder / "pictures", project / "issue" / "pictures")
    shutil.copy(folder / "cover.jpg", project / "issue")
    shutil.move(folder / "fonts", project / "issue" / "fonts")
    corpus.html_for_weasyprint.write_text(html, "utf-8")
    plain = html.replace('"picture:', '"')
    corpus.html.write_text(plain, "utf-8")
    corpus.html_for_pagedjs.write_text(_for_pagedjs(plain), "utf-8")
    corpus.book.write_text("\n\n".join(_chapters(made)), "utf-8")
    return corpus


def _as_one(folder: Path) -> str:
    """Return the issue as magbuild composes it, as one page of HTML with the styles of its layout."""
    report = Report()
    issue, manuscripts = read(folder, report)
    desk = lay_out_desk(issue, manuscripts, layout_of(issue, report))
    return one_document(tuple(compose(desk, groups(issue), {})))


def _with_own_fonts(html: str, folder: Path) -> str:
    """Put the fonts that the styles name beside the page: a browser's server hands out nothing else."""
    (folder / "fonts").mkdir()

    def beside(named: re.Match[str]) -> str:
        font = Path(unquote(urlsplit(named[1]).path))
        shutil.copy(font, folder / "fonts" / font.name)
        return f'url("fonts/{font.name}")'

    return re.sub(r'url\("(file:[^"]*)"\)', beside, html)


def _for_pagedjs(html: str) -> str:
    """Leave out the rules that Paged.js can't read."""

    def readable(styles: re.Match[str]) -> str:
        rules = tinycss2.parse_stylesheet(styles[1], skip_comments=True, skip_whitespace=True)
        return f"<style>{tinycss2.serialize([rule for rule in rules if _is_readable(rule)])}</style>"

    return re.sub(r"<style>(.*?)</style>", readable, html, flags=re.DOTALL)


def _is_readable(rule: tinycss2.ast.Node) -> bool:
    return rule.type != "qualified-rule" or not UNREADABLE.search(tinycss2.serialize(rule.prelude))


def _chapters(made: MadeUp) -> Iterator[str]:
    """Yield the stories in the Markdown of pandoc, with notes that are told apart in the whole book."""
    for number, story in enumerate(made.stories):
        body = (made.folder / story.file).read_text("utf-8").split("\n---\n", 1)[1]
        body = re.sub(r"\[\^(\w+)\]", rf"[^s{number}\1]", body)
        body = re.sub(r"^/// figure\n    file: (.*)\n(?:    .*\n)*(.*)\n///$", r"![\2](\1)", body, flags=re.MULTILINE)
        body = re.sub(r"^/// (\w+).*$", r"::: \1", body, flags=re.MULTILINE)
        body = re.sub(r"^///$", ":::", body, flags=re.MULTILINE)
        body = re.sub(r"(\*[^*\n]+\*)(\{[^}\n]*\})", r"[\1]\2", body)
        picture = story.front.get("picture")
        opening = f"![{picture['caption']}]({picture['file']})" if isinstance(picture, dict) else ""
        yield f"# {story.title}\n\n*{story.front.get('standfirst', '')}*\n\n{opening}\n\n{body}"
