"""Where pictures lie on the pages of a PDF: putting artwork in their place, and reducing those denser than needed."""

import gc
import io
import tempfile
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import BinaryIO, cast

import pikepdf
from pikepdf import Array, Dictionary, Matrix, Name, Object, Stream
from PIL import Image

from magbuild.artwork import PlacedArtwork
from magbuild.measure import POINTS_PER_INCH
from magbuild.paginate import image_name
from magbuild.sheaf import Sheaf

# Reducing pays only above this excess; below it the picture would get softer for a few bytes.
WORTH_REDUCING = 1.2
# Bytes of a proof from which it pays to clear up behind it.
MUCH = 16_000_000
# Forms within forms: a file that nests deeper is broken or ill-meant.
DEEPEST = 12

# Makes what is drawn in place of a stand-in: it fills the unit square, drawn so many pt wide and high.
ArtworkMaker = Callable[[pikepdf.Pdf, PlacedArtwork, float, float], Object]


@dataclass(frozen=True, slots=True)
class Placing:
    """A picture on a page: its object, the page's number from 1, and the size it is drawn at, in pt.

    `name` is its key in `named`, the dictionary of resources that the page or form knows it by.
    """

    image: Stream
    page: int
    width: float
    height: float
    name: str
    named: Object

    @property
    def ppi(self) -> float:
        """Pixels per inch as placed: the lower of the two directions."""
        across = int(self.image.Width) * POINTS_PER_INCH / self.width if self.width else 0.0
        down = int(self.image.Height) * POINTS_PER_INCH / self.height if self.height else 0.0
        return min(across, down)


def placings(pdf: pikepdf.Pdf) -> Iterator[Placing]:
    """Yield every drawing of a picture on every page, also inside forms."""
    for number, page in enumerate(pdf.pages, 1):
        resources = page.obj.get("/Resources")
        if resources is not None:
            yield from _drawn(page, resources, Matrix(), number, depth=0)


def _drawn(
    stream: pikepdf.Page | Object, resources: Object, matrix: Matrix, page: int, depth: int
) -> Iterator[Placing]:
    saved: list[Matrix] = []
    for pattern in resources.get("/Pattern", Dictionary()).values():
        if isinstance(pattern, Stream) and depth < DEEPEST:
            inner = Matrix(pattern.get("/Matrix", Array([1, 0, 0, 1, 0, 0]))) @ matrix
            yield from _drawn(pattern, pattern.get("/Resources", resources), inner, page, depth + 1)
    named = resources.get("/XObject", Dictionary())
    for instruction in pikepdf.parse_content_stream(stream, "q Q cm Do"):
        operator = str(instruction.operator)
        if operator == "q":
            saved.append(matrix)
        elif operator == "Q" and saved:
            matrix = saved.pop()
        elif operator == "cm":
            matrix = Matrix(*(float(value) for value in instruction.operands)) @ matrix
        elif operator == "Do" and str(instruction.operands[0]) in named:
            yield from _one(str(instruction.operands[0]), resources, matrix, page, depth)


def _one(name: str, resources: Object, matrix: Matrix, page: int, depth: int) -> Iterator[Placing]:
    drawn = resources.XObject[name]
    if isinstance(drawn, Stream) and drawn.get("/Subtype") == Name.Image:
        width = (matrix.a**2 + matrix.b**2) ** 0.5
        height = (matrix.c**2 + matrix.d**2) ** 0.5
        yield Placing(drawn, page, width, height, name, resources.XObject)
    elif drawn.get("/Subtype") == Name.Form and depth < DEEPEST:
        inner = Matrix(drawn.Matrix) @ matrix if "/Matrix" in drawn else matrix
        yield from _drawn(drawn, drawn.get("/Resources", resources), inner, page, depth + 1)


def place_artwork(pdf: pikepdf.Pdf, artworks: Sequence[PlacedArtwork], make: ArtworkMaker) -> None:
    """Put supplied artwork where layout has placed its stand-ins; `make` makes what is drawn there."""
    for placing, artwork in _stand_ins(pdf, artworks):
        if placing.named[placing.name].objgen == placing.image.objgen:
            placing.named[placing.name] = make(pdf, artwork, placing.width, placing.height)


def shrink_stand_ins(pdf: pikepdf.Pdf, artworks: Sequence[PlacedArtwork]) -> None:
    """Leave a single pixel of each stand-in, so that nobody works on millions that are replaced in the end."""
    for placing, _ in _stand_ins(pdf, artworks):
        image = placing.image
        image.write(b"\xe0")  # drops the filter, too
        image.Width = image.Height = 1


def _stand_ins(pdf: pikepdf.Pdf, artworks: Sequence[PlacedArtwork]) -> list[tuple[Placing, PlacedArtwork]]:
    wanted = {image_name(artwork.address): artwork for artwork in artworks}
    found = placings(pdf) if wanted else ()
    # The engine adds a sign to a picture's name.
    named = ((placing, wanted.get(placing.name.removeprefix("/")[:-1])) for placing in found)
    return [(placing, artwork) for placing, artwork in named if artwork is not None]


def rewritten(proof: Sheaf, change: Callable[[pikepdf.Pdf], None]) -> Sheaf:
    """Return a proof's PDF after a change, the same bytes each time.

    It goes from file to file, so that the pictures of a proof are never in memory together.
    """
    with tempfile.TemporaryFile() as beside:
        with proof.opened() as lying, pikepdf.open(lying, access_mode=pikepdf.AccessMode.stream) as pdf:
            change(pdf)
            pdf.save(beside, deterministic_id=True, object_stream_mode=pikepdf.ObjectStreamMode.generate)
        del pdf
        if beside.tell() > MUCH:  # the pictures are still held by things that point at each other
            gc.collect()
        return Sheaf.written(cast("BinaryIO", beside))


def reduce_pictures(pdf: pikepdf.Pdf, ppi: int, quality: int) -> None:
    """Bring every plain 8-bit RGB or grey picture down to `ppi` at the largest size it is placed at.

    Nothing is enlarged. Pictures of other kinds (CMYK, indexed, with an own profile) are left alone:
    they came with supplied artwork.
    """
    largest: dict[tuple[int, int], Placing] = {}
    for placing in placings(pdf):
        known = largest.get(placing.image.objgen)
        if known is None or placing.ppi < known.ppi:
            largest[placing.image.objgen] = placing
    for placing in largest.values():
        if placing.ppi > ppi * WORTH_REDUCING and _is_plain(placing.image):
            _reduce(pdf, placing.image, ppi / placing.ppi, quality)


def _is_plain(image: Object) -> bool:
    return (
        image.get("/ColorSpace") in (Name.DeviceRGB, Name.DeviceGray)
        and int(image.get("/BitsPerComponent", 0)) == 8
        and "/Decode" not in image
        and "/Mask" not in image
    )


def _decoded(image: Stream, size: tuple[int, int]) -> Image.Image:
    """Return a picture's pixels; a JPEG only as finely as `size` needs, which is several times quicker."""
    if image.get("/Filter") != Name.DCTDecode:
        return pikepdf.PdfImage(image).as_pil_image(apply_mask=False)
    picture = Image.open(io.BytesIO(image.read_raw_bytes()))
    # Halves are rounded up, so that half of an odd width is a pixel more than there are two of.
    picture.draft(None, (max(1, size[0] - 1), max(1, size[1] - 1)))
    return picture


def _reduce(pdf: pikepdf.Pdf, image: Stream, factor: float, quality: int) -> None:
    size = (max(1, round(int(image.Width) * factor)), max(1, round(int(image.Height) * factor)))
    smaller = _decoded(image, size)
    if any(abs(there - wanted) > 1 for there, wanted in zip(smaller.size, size, strict=True)):
        smaller = smaller.resize(size, Image.Resampling.BICUBIC, reducing_gap=3.0)
    if image.get("/Filter") == Name.DCTDecode or "/SMask" not in image:
        packed = io.BytesIO()
        smaller.save(packed, "JPEG", quality=quality, subsampling=0 if quality > 90 else 2)
        image.write(packed.getvalue(), filter=Name.DCTDecode)
    else:
        image.write(smaller.tobytes())
    image.Width, image.Height = smaller.size
    mask = image.get("/SMask")
    if isinstance(mask, Stream) and _is_plain(mask):
        grey = pikepdf.PdfImage(mask).as_pil_image().convert("L").resize(size, Image.Resampling.BICUBIC)
        mask.write(grey.tobytes())
        mask.Width, mask.Height = size
