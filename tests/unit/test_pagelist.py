"""Printed pages by folio: what of the flatplan's pages can be found again, and where."""

from magbuild.flatplan import Flatplan, Slot
from magbuild.letters import Part, Spot
from magbuild.model import StoryType
from magbuild.pagelist import PrintedPage, printed_pages
from magbuild.paginate import Proof, ProofPage
from magbuild.sheaf import Sheaf
from tests.kit_galleys import small_galley, small_issue, small_story

HEAD = Part.HEAD


def proof(slug: str, *pages: tuple[Spot, ...]) -> Proof:
    return Proof(slug=slug, sheaf=Sheaf.of(b""), pages=tuple(ProofPage(anchors=(), starts=starts) for starts in pages))


def test_pages_are_numbered_as_the_flatplan_counts_them() -> None:
    cover, salt, ad = (
        small_galley("cover", stories=()),
        small_galley("salt"),
        small_galley("ad"),
    )
    contents = small_galley("contents", stories=())
    slots = [(cover, 0), (None, 0), (contents, 0), (contents, 1), (salt, 0), (ad, 0), (salt, 1), (salt, 2)]
    plan = Flatplan(slots=tuple(Slot(number=n, galley=galley, page=page) for n, (galley, page) in enumerate(slots, 1)))
    amid = Spot("salt", Part.BODY, 700)
    proofs = {
        "cover": proof("cover", ()),
        "contents": proof("contents", (), ()),
        "salt": proof("salt", (Spot("salt", HEAD),), (amid,), ()),
        "ad": proof("ad", (Spot("ad", HEAD),)),
    }
    issue = small_issue(small_story("salt"), small_story("ad", type=StoryType.ADVERT))
    assert printed_pages(issue, plan, proofs) == tuple(
        PrintedPage(folio=folio, starts=(spot,))
        for folio, spot in (
            ("1", Spot("cover", HEAD)),
            ("3", Spot("contents", HEAD)),
            ("5", Spot("salt", HEAD)),
            ("6", Spot("ad", HEAD)),
            ("7", amid),
        )
    )


def test_a_page_begins_with_its_text_even_under_an_advert() -> None:
    letters = small_galley("letters", stories=("ad", "letters", "notice"))
    plan = Flatplan(slots=(Slot(number=1, galley=letters),))
    starts = (Spot("ad", HEAD), Spot("letters", Part.BODY, 9), Spot("notice", HEAD))
    issue = small_issue(
        *(small_story(slug) for slug in ("letters", "notice")), small_story("ad", type=StoryType.ADVERT)
    )
    (page,) = printed_pages(issue, plan, {"letters": proof("letters", starts)})
    assert page.starts == (starts[1], starts[2], starts[0])
