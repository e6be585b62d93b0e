"""Time the whole sample issue, all three editions, against WeasyPrint alone on the same HTML as one document.

Run with `make bench`. Both run cold, each in a process of its own, turn by turn; the medians and their
ratio are printed. The ratio is to stay at or under 1.00.
"""

import argparse
import re
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from magbuild.compose import Galley, compose, lay_out_desk
from magbuild.copydesk import read
from magbuild.grouping import COVER, groups
from magbuild.layout import find_layout
from magbuild.problem import Report

ALONE = """
import pathlib, sys, weasyprint
from magbuild import pictures
class Fetcher(weasyprint.urls.URLFetcher):
    def fetch(self, url, headers=None):
        if not url.startswith("picture:"):
            return super().fetch(url, headers)
        path = pathlib.Path(sys.argv[2]) / url.removeprefix("picture:")
        data = path.read_bytes()
        return weasyprint.urls.URLFetcherResponse(url, data)
html = weasyprint.HTML(filename=sys.argv[1], url_fetcher=Fetcher())
html.write_pdf(sys.argv[1] + ".pdf", pdf_tags=True)
"""


def one_document(galleys: tuple[Galley, ...]) -> str:
    """Return all galleys as one HTML document: the bodies one after another, under the same styles."""
    bodies = []
    for galley in galleys:
        found = re.search(r"<body (.*?)>(.*)</body>", galley.html, re.DOTALL)
        assert found is not None
        break_before = "" if galley.slug == COVER else "break-before: page;"
        attributes = (
            re.sub(r'style="', f'style="{break_before}', found[1])
            if "style=" in found[1]
            else (f'{found[1]} style="{break_before}"')
        )
        bodies.append(f"<div {attributes}>{found[2]}</div>")
    style = galleys[0].styles
    return f"<!doctype html><html lang=en><meta charset=utf-8><title>one</title><style>{style}</style>{''.join(bodies)}"


def timed(command: list[str]) -> float:
    began = time.perf_counter()
    subprocess.run(command, check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    return time.perf_counter() - began


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--folder", type=Path, default=Path("issues/037"))
    parser.add_argument("--rounds", type=int, default=5)
    options = parser.parse_args()
    report = Report()
    issue, manuscripts = read(options.folder, report)
    layout = find_layout(issue.magazine.layout, options.folder.parent.parent, options.folder, report)
    with tempfile.TemporaryDirectory() as folder:
        one = Path(folder) / "one.html"
        galleys = tuple(compose(lay_out_desk(issue, manuscripts, layout), groups(issue), {}))
        one.write_text(one_document(galleys), "utf-8")
        builds, alones = [], []
        for _ in range(options.rounds):
            alones.append(timed([sys.executable, "-c", ALONE, str(one), str(options.folder)]))
            builds.append(
                timed(
                    [
                        *(sys.executable, "-m", "magbuild", "build", str(options.folder), "-o", f"{folder}/build"),
                        *("--fresh", "--cache", f"{folder}/store"),
                    ]
                )
            )
    ours, alone = statistics.median(builds), statistics.median(alones)
    sys.stdout.write(
        f"magbuild, print + screen + EPUB, cold: {ours:.2f} s\n"
        f"WeasyPrint alone, one document, tagged: {alone:.2f} s\n"
        f"ratio {ours / alone:.2f} (at most 1.00), medians of {options.rounds}\n"
    )


if __name__ == "__main__":
    main()
