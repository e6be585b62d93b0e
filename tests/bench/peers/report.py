"""Times come in; a table in Markdown and a plot in SVG come out."""

import os
import platform
import statistics
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from html import escape

from tests.bench.peers.clock import Run
from tests.bench.peers.facts import HAS

ROW, BAR, LEFT, WIDTH = 28, 16, 250, 720  # px


@dataclass(frozen=True, slots=True)
class Limit:
    """What one contender may take at most, as a share of what another one takes."""

    work: str
    ours: str
    theirs: str
    most: float
    memory: bool = False

    def ratio(self, runs: Mapping[str, Sequence[Run]]) -> float | None:
        """Return the median of the ratios of pairs of runs; None when one of the two didn't run.

        Where one has run more often than the other, all are compared with the other's median.
        """
        ours, theirs = (self._values(runs.get(name, ())) for name in (self.ours, self.theirs))
        if not ours or not theirs:
            return None
        if len(ours) != len(theirs):
            return statistics.median(ours) / statistics.median(theirs)
        return statistics.median(mine / other for mine, other in zip(ours, theirs, strict=True))

    def _values(self, runs: Sequence[Run]) -> list[float]:
        return [run.megabytes if self.memory else run.seconds for run in runs]


def as_markdown(
    limits: Sequence[Limit], runs: Mapping[str, Sequence[Run]], facts: Mapping[str, Mapping[str, str]]
) -> str:
    """Return two tables: the ratios with what they are to be at most, and each contender's seconds and files."""
    today = datetime.now(UTC).date().isoformat()
    machine = f"{platform.system()} {platform.machine()}, {os.cpu_count()} cores, Python {platform.python_version()}"
    fewest, most = min(map(len, runs.values())), max(map(len, runs.values()))
    few = f", {fewest} of the longest" if fewest < most else ""
    lines = [f"{today}, {machine}, medians of {most} runs{few}", ""]
    lines += ["| work | against | ratio | at most |", "|---|---|---:|---:|"]
    for limit in limits:
        ratio = limit.ratio(runs)
        told = "not run" if ratio is None else f"{ratio:.2f}"
        lines.append(f"| {limit.work} | {limit.theirs} | {told} | {limit.most:.2f} |")
    lines += ["", f"| | seconds | MB | {' | '.join(HAS)} |", f"|---|---:|---:|{'---|' * len(HAS)}"]
    for name, own in runs.items():
        seconds = statistics.median(run.seconds for run in own)
        megabytes = statistics.median(run.megabytes for run in own)
        has = " | ".join(facts[name].get(fact, "no") for fact in HAS)
        lines.append(f"| {name} | {seconds:.2f} | {megabytes:.0f} | {has} |")
    return "\n".join(lines) + "\n"


def as_svg(medians: Mapping[str, float]) -> str:
    """Return a plot of seconds, a bar for each contender, the shortest first."""
    rows = sorted(medians.items(), key=lambda row: row[1])
    longest = max(medians.values())
    bars = []
    for at, (name, seconds) in enumerate(rows):
        top, width = at * ROW + 12, seconds / longest * (WIDTH - LEFT - 80)
        colour = "#b5121b" if name.startswith("magbuild") else "#8a8f94"
        bars.append(
            f'<text x="{LEFT - 10}" y="{top + 13}" text-anchor="end">{escape(name)}</text>'
            f'<rect x="{LEFT}" y="{top}" width="{width:.1f}" height="{BAR}" fill="{colour}"/>'
            f'<text x="{LEFT + width + 8:.1f}" y="{top + 13}">{seconds:.2f} s</text>'
        )
    height = len(rows) * ROW + 20
    box = f'viewBox="0 0 {WIDTH} {height}" font-family="sans-serif" font-size="13"'
    ground = f'<rect width="{WIDTH}" height="{height}" fill="#fff"/>'
    title = "<title>Seconds, less is better</title>"
    return f'<svg xmlns="http://www.w3.org/2000/svg" {box}>{title}{ground}{"".join(bars)}</svg>\n'
