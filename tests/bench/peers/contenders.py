"""The programs that are timed, each as the commands that make its files."""

import os
import subprocess
import sys
import venv
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from tests.bench.one_document import ALONE
from tests.bench.peers.corpus import Corpus
from tests.press.browser import find_browser

# Pinned, so that figures of two days can be compared.
NPM = ("@vivliostyle/cli@11.0.0", "pagedjs-cli@0.4.3")
PYPI = ("typst==0.15.2", "pypandoc_binary==1.17")
MINUTES = 20  # until a browser gives up
COLUMNS = ("papersize=a4", "columns=2", "mainfont=Source Serif Pro", "fontsize=9.5pt", "lang=en")
TYPESET = "import sys, typst; typst.compile(sys.argv[1], output=sys.argv[2], font_paths=[sys.argv[3]])"


@dataclass(frozen=True, slots=True, kw_only=True)
class Contender:
    """One way to make some files of a corpus: commands that run one after another in `folder`."""

    name: str
    commands: tuple[tuple[str, ...], ...]
    folder: Path
    files: tuple[Path, ...] = ()
    environment: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Peers:
    """The other programs, installed in a folder of their own that users never see."""

    home: Path

    @property
    def _bin(self) -> Path:
        return self.home / "python" / "bin"

    def install(self) -> None:
        """Install what isn't there yet; needs npm, Chromium and the package registries."""
        if not (self.home / "node_modules").is_dir():
            self.home.mkdir(parents=True, exist_ok=True)
            (self.home / "package.json").write_text('{"private": true}\n', "utf-8")
            quiet = {**os.environ, "PUPPETEER_SKIP_DOWNLOAD": "1", "PUPPETEER_SKIP_CHROMIUM_DOWNLOAD": "1"}
            subprocess.run(["npm", "install", "--no-audit", "--no-fund", *NPM], cwd=self.home, env=quiet, check=True)
        if not self._bin.is_dir():
            venv.create(self.home / "python", with_pip=True)
            subprocess.run([self._bin / "python", "-m", "pip", "install", "--quiet", *PYPI], check=True)

    def weasyprint(self, corpus: Corpus) -> Contender:
        """WeasyPrint alone, on one document, with tags."""
        page = corpus.html_for_weasyprint
        return Contender(
            name="WeasyPrint, one document",
            commands=((sys.executable, "-c", ALONE, str(page), str(page.parent)),),
            folder=page.parent,
            files=(page.with_name(f"{page.name}.pdf"),),
        )

    def vivliostyle(self, corpus: Corpus) -> Contender:
        """Vivliostyle's command line on the same HTML."""
        command = (
            *(self._node("vivliostyle"), "build", corpus.html.name, "--single-doc", "-o", "vivliostyle.pdf"),
            *("--executable-browser", find_browser(), "--timeout", str(60 * MINUTES)),
        )
        folder = corpus.html.parent
        return Contender(name="Vivliostyle", commands=(command,), folder=folder, files=(folder / "vivliostyle.pdf",))

    def pagedjs(self, corpus: Corpus) -> Contender:
        """Paged.js's command line on the same HTML, but for the rules that it can't read."""
        command = (
            *(self._node("pagedjs-cli"), corpus.html_for_pagedjs.name, "-o", "pagedjs.pdf"),
            *("--browserArgs=--no-sandbox", "--timeout", str(60_000 * MINUTES)),
        )
        return Contender(
            name="Paged.js",
            commands=(command,),
            folder=corpus.html.parent,
            files=(corpus.html.parent / "pagedjs.pdf",),
            environment={"PUPPETEER_EXECUTABLE_PATH": find_browser()},
        )

    def pandoc(self, corpus: Corpus) -> Contender:
        """Pandoc and Typst for the PDF, in two columns, and pandoc for the EPUB."""
        [pandoc] = self.home.glob("python/lib/python*/site-packages/pypandoc/files/pandoc")
        folder, told = corpus.book.parent, [word for value in COLUMNS for word in ("-V", value)]
        return Contender(
            name="pandoc + Typst, pandoc EPUB",
            commands=(
                (str(pandoc), "book.md", "-s", "--toc", "-t", "typst", *told, "-o", "book.typ"),
                (str(self._bin / "python"), "-c", TYPESET, "book.typ", "book.pdf", "fonts"),
                (str(pandoc), "book.md", "--toc", "--metadata", "title=The Lower River", "-o", "book.epub"),
            ),
            folder=folder,
            files=(folder / "book.pdf", folder / "book.epub"),
        )

    def _node(self, name: str) -> str:
        return str(self.home / "node_modules" / ".bin" / name)


def magbuild(name: str, corpus: Corpus, out: Path, cache: Path, *editions: str, command: str = "build") -> Contender:
    """Return magbuild, all editions or those named, with what it remembers in `cache`."""
    wanted = [word for edition in editions for word in ("-e", edition)]
    words = (
        *(sys.executable, "-m", "magbuild", command, str(corpus.folder), "-o", str(out)),
        *("--cache", str(cache), *wanted),
    )
    stem = out / corpus.folder.name / "the-lower-river-60"
    endings = {"print": "-print.pdf", "screen": "-screen.pdf", "epub": ".epub"}
    files = tuple(stem.with_name(stem.name + endings[edition]) for edition in editions or endings)
    return Contender(name=name, commands=(words,), folder=Path.cwd(), files=files)
