"""The best breaks of a paragraph: those that cost least of all, with no more hyphens in a row than may be."""

from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from magbuild.paginate import breaking
from magbuild.paginate.breaking import Room, Spot, best_breaks

BEGIN = Spot(0.0, 0.0, 0.0, 0.0)


def paragraph(*words: str, letter: float = 5.0, space: float = 3.0, hyphen: float = 3.0) -> list[Spot]:
    """Return the spots of a text of words, which may be divided where a dot stands in them."""
    spots, x, spaces = [], 0.0, 0.0
    for number, word in enumerate(words):
        *parts, last = word.split(".")
        for part in parts:
            x += len(part) * letter
            spots.append(Spot(x + hyphen, x, spaces, spaces, hyphen=True))
        x += len(last) * letter
        behind = 0.0 if number == len(words) - 1 else space
        spots.append(Spot(x, x + behind, spaces, spaces + behind))
        x, spaces = x + behind, spaces + behind
    return spots


def shown(words: str, room: Room) -> list[str]:
    """Return the lines of a text of words and dots."""
    spots = paragraph(*words.split())
    pieces = words.replace(".", "-|").replace(" ", " |").split("|")
    lines, start = [], 0
    for stop in best_breaks(BEGIN, spots, room):
        line = "".join(pieces[start : stop + 1])
        lines.append(line[:-1].replace("-", "") + line[-1])
        start = stop + 1
    return lines


def test_lines_are_chosen_for_the_whole_paragraph() -> None:
    # Line by line, "gg" would go to the first one, and the second would be the looser for it.
    room = Room(lengths=(80.0,), narrowest=1.0, widest=2.0)
    assert shown("cc ee ffffffff gg gggg gggggg aaaaa aaaaaaa", room) == [
        "cc ee ffffffff ",
        "gg gggg gggggg ",
        "aaaaa aaaaaaa",
    ]


def test_a_space_may_be_narrowed_to_take_a_word_in() -> None:
    assert shown("aaaa bbbb cc", Room(lengths=(45.0,), narrowest=0.6)) == ["aaaa bbbb ", "cc"]
    assert shown("aaaa bbbb cc", Room(lengths=(42.5,), narrowest=0.8)) == ["aaaa bbbb ", "cc"]
    assert shown("aaaa bbbb cc", Room(lengths=(42.0,), narrowest=0.8)) == ["aaaa ", "bbbb cc"]


def test_words_are_divided_where_it_helps() -> None:
    assert shown("aaaa bbb.bbb cccc", Room(lengths=(42.0,))) == ["aaaa bbb-", "bbb cccc"]


def test_a_line_that_can_not_be_broken_is_too_long() -> None:
    assert shown("aa bbbbbbbbbbbb cc", Room(lengths=(40.0,))) == ["aa ", "bbbbbbbbbbbb ", "cc"]


def test_the_first_lines_may_be_shorter() -> None:
    beside = Room(lengths=(20.0, 20.0, 45.0))
    assert shown("aaaa bbbb cccc dddd eeee", beside) == ["aaaa ", "bbbb ", "cccc dddd ", "eeee"]


@pytest.mark.parametrize(("most", "longest"), [(1, 1), (2, 2), (9, 3)])
def test_no_more_hyphens_in_a_row_than_may_be(most: int, longest: int) -> None:
    words = " ".join(["aaa.aaa.aaa aa aaa.aaaa aa aaa.aaa.aaa"] * 4)
    lines = shown(words, Room(lengths=(106.0,), widest=2.0, hyphens=most))
    runs = "".join("-" if line.endswith("-") else " " for line in lines)
    assert max(map(len, runs.split())) == longest


def test_a_last_line_is_longer_than_an_indent() -> None:
    words = "aa aa aaaaa aaaaa aa aaaa aa aa aaa aaaaaa a"
    first = "aa aa aaaaa aaaaa aa "
    short = Room(lengths=(105.0,), widest=2.0)
    assert shown(words, short) == [first, "aaaa aa aa aaa aaaaaa ", "a"]
    assert shown(words, replace(short, indent=15.0)) == [first, "aaaa aa aa aaa aaaaaa a"]


WORDS = st.lists(st.text("ab", min_size=1, max_size=7), min_size=1, max_size=9)


@settings(deadline=None, max_examples=60)
@given(WORDS, st.integers(20, 70), st.sampled_from([0.6, 0.8, 1.0]))
def test_nothing_costs_less(words: list[str], length: int, narrowest: float) -> None:
    dotted = [f"{word[:3]}.{word[3:]}" if len(word) > 5 else word for word in words]
    spots, room = paragraph(*dotted), Room(lengths=(float(length),), narrowest=narrowest, widest=1.6)
    best = best_breaks(BEGIN, spots, room)
    assert best[-1] == len(spots) - 1
    assert list(best) == sorted(set(best))
    found = cost(best, spots, room)
    if found is not None:
        ways = filter(None, (cost(way, spots, room) for way in every_way(len(spots) - 1)))
        # How a line looks beside the one before it is not what a way is chosen by.
        assert found <= min(ways) + breaking.CONTRAST * len(best)


def every_way(last: int) -> list[tuple[int, ...]]:
    ways: list[tuple[int, ...]] = [()]
    for spot in range(last):
        ways += [(*way, spot) for way in ways]
    return [(*way, last) for way in ways]


def cost(way: tuple[int, ...], spots: list[Spot], room: Room) -> float | None:
    """Return what a way costs all in all; None when it has lines that aren't considered."""
    total, at, run, before = 0.0, BEGIN, 0, 0.0
    for number, index in enumerate(way):
        spot, is_last = spots[index], index == len(spots) - 1
        extra, spaces = room.lengths[0] - (spot.end - at.next), spot.before - at.after
        if extra < 0 and -extra > (1 - room.narrowest) * spaces:
            return None
        if not is_last and spot.end < at.next + breaking.LEAST_FILLED * room.lengths[0]:
            return None
        widened = extra / (spaces * (room.widest - 1)) if spaces else breaking.LOOSEST
        loose = extra / ((1 - room.narrowest) * spaces) if extra < 0 else 0.0 if is_last else widened
        loose = min(loose, breaking.LOOSEST)
        divided = run + 1 if spot.hyphen else 0
        total += (breaking.LINE + 100 * abs(loose) ** 3) ** 2
        total += breaking.TOO_LOOSE if loose > 1 else 0
        if divided:
            again = breaking.DIVIDED_AGAIN if divided <= room.hyphens else breaking.DIVIDED_TOO_OFTEN
            total += breaking.DIVIDED if divided == 1 else again
        total += breaking.CONTRAST if abs(loose - before) > 1 else 0
        if is_last:
            total += breaking.DIVIDED_AT_THE_END if run else 0
            total += breaking.RUNT if number and spot.end - at.next < room.indent else 0
        at, run, before = spot, divided, loose
    return total
