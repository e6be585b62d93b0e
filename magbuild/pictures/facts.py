"""A picture file comes in; what it is comes out, or the reason why it can't be used, in an editor's words."""

import io
import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from PIL import ExifTags, Image, ImageCms, ImageFile, UnidentifiedImageError

from magbuild.pictures.svg import left_out, looks_like_svg, parse_svg, size_of
from magbuild.pictures.unreadable import UnreadablePicture

# Every other decoder of Pillow stays shut; one of them would start Ghostscript.
KINDS = ("JPEG", "PNG", "TIFF", "WEBP", "GIF", "BMP", "AVIF")
VECTOR = "SVG"
# 89 million, as Pillow has it: a spread of A3 at 600 ppi, with bleed, still fits.
MOST_PIXELS = Image.MAX_IMAGE_PIXELS or 89_478_485
UPRIGHT = 1

# What pictures begin with that Pillow doesn't know again when they are broken.
_PICTURES = (b"\xff\xd8\xff", b"\x89PNG", b"GIF8", b"II*\0", b"MM\0*", b"RIFF", b"BM")
# What files begin with that are often taken for pictures.
_NOT_PICTURES = (
    (0, b"%PDF", "is a PDF"),
    (0, b"%!PS", "is an EPS file"),
    (0, b"8BPS", "is a Photoshop file"),
    (0, b"\x1f\x8b", "is packed (SVGZ)"),
    (4, b"ftyphei", "is an HEIC photo"),
    (4, b"ftypmif1", "is an HEIC photo"),
    (0, b"PK", "is an office document or an archive"),
    (0, b"version https://git-lfs", "is a stand-in of Git LFS, without the picture itself"),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class PictureFacts:
    """What a picture is: its width and height in pixels as it's shown, and what it was stored as.

    A vector drawing has its own units, of which only the proportion counts. `ppi` is what the file claims,
    if anything; `profile` describes its ICC profile; `turned` says that the camera was held upright. `frames` is how
    many pictures a file holds, of which the first is used; `left_out` names elements of a drawing that aren't drawn.
    """

    width: int
    height: int
    kind: str
    mode: str
    ppi: float | None = None
    profile: str = ""
    turned: bool = False
    frames: int = 1
    left_out: tuple[str, ...] = ()

    @property
    def vector(self) -> bool:
        """Whether the picture can be printed at any size."""
        return self.kind == VECTOR


def examine(path: Path) -> PictureFacts:
    """Read a picture file to its end and return what it is; raise UnreadablePicture when it can't be used."""
    data = read(path)
    if looks_like_svg(path.name, data):
        root = parse_svg(data, path.name)
        width, height = size_of(root, path.name)
        return PictureFacts(width=width, height=height, kind=VECTOR, mode=VECTOR, left_out=left_out(root))
    with _in_words(path.name, data):
        image = _open(data)
        size = image.size
        if image.format in ("JPEG", "MPO"):
            # Scaled down it is still read to its end, only much quicker.
            image.draft(None, (max(1, image.width // 8), max(1, image.height // 8)))
        image.load()
    return facts_of(image, size)


def read(path: Path) -> bytes:
    """Return a file's bytes; raise UnreadablePicture when it can't be read or holds nothing."""
    try:
        data = path.read_bytes()
    except OSError as error:
        reason = (error.strerror or "unknown reason").lower()
        raise UnreadablePicture(f"'{path.name}' can't be read: {reason}") from None
    if not data:
        raise UnreadablePicture(f"'{path.name}' is empty: 0 bytes")
    return data


def opened(data: bytes, name: str) -> Image.Image:
    """Return the first frame with its pixels still undecoded; raise UnreadablePicture when it can't be opened."""
    with _in_words(name, data):
        return _open(data)


def decode(data: bytes, name: str, longest: int = 0) -> Image.Image:
    """Return the decoded first frame; raise UnreadablePicture when it's broken or far too large.

    Where `longest` pixels are enough for its longer side, a JPEG is decoded only as finely as that needs, which is
    several times quicker.
    """
    with _in_words(name, data):
        image = _open(data)
        if longest:
            share = min(1.0, longest / max(image.size))
            image.draft(None, (max(1, int(image.width * share)), max(1, int(image.height * share))))
        image.load()
    return image


def facts_of(image: Image.Image, size: tuple[int, int]) -> PictureFacts:
    """Return what a picture is whose stored width and height are `size`."""
    orientation = orientation_of(image)
    width, height = size if orientation < 5 else size[::-1]  # from 5 on it lies on its side
    return PictureFacts(
        width=width,
        height=height,
        kind="JPEG" if image.format == "MPO" else image.format or "",
        mode=image.mode,
        ppi=_ppi(image),
        profile=profile_name(image),
        turned=orientation != UPRIGHT,
        frames=_frames(image),
    )


def _frames(image: Image.Image) -> int:
    """Return how many pictures a file holds; the others in a camera's JPEG are the same one, smaller."""
    try:
        return 1 if image.format in ("JPEG", "MPO") else int(getattr(image, "n_frames", 1))
    except (OSError, ValueError, SyntaxError, EOFError):
        return 1


def orientation_of(image: Image.Image) -> int:
    """Return how a picture must be turned to be upright, as EXIF counts: 1 is upright."""
    try:
        value = image.getexif().get(ExifTags.Base.Orientation, UPRIGHT)
    except Exception:
        # Broken EXIF data is like none.
        return UPRIGHT
    return value if isinstance(value, int) and 1 <= value <= 8 else UPRIGHT


def profile_of(image: Image.Image) -> ImageCms.ImageCmsProfile | None:
    """Return a picture's ICC profile; None when it has none that can be read."""
    data = image.info.get("icc_profile")
    if not data:
        return None
    try:
        return ImageCms.ImageCmsProfile(io.BytesIO(data))
    except (OSError, ImageCms.PyCMSError):
        return None


def profile_name(image: Image.Image) -> str:
    """Return how a picture's ICC profile describes itself; empty when there is none that can be read."""
    profile = profile_of(image)
    return ImageCms.getProfileDescription(profile).strip() if profile else ""


def _open(data: bytes) -> Image.Image:
    return Image.open(io.BytesIO(data), formats=KINDS)


@contextmanager
def _in_words(name: str, data: bytes) -> Iterator[None]:
    """Turn whatever goes wrong with a picture into UnreadablePicture."""
    # The layout engine makes Pillow fill what is missing with grey, for the whole process.
    before, ImageFile.LOAD_TRUNCATED_IMAGES = ImageFile.LOAD_TRUNCATED_IMAGES, False
    try:
        with warnings.catch_warnings():
            # Pillow warns of oddities in metadata and, in one case, of a picture that is too large.
            warnings.simplefilter("ignore")
            warnings.simplefilter("error", Image.DecompressionBombWarning)
            yield
    except (Image.DecompressionBombError, Image.DecompressionBombWarning):
        raise UnreadablePicture(f"'{name}' has more than {MOST_PIXELS // 10**6} million pixels") from None
    except UnidentifiedImageError:
        raise UnreadablePicture(f"'{name}' {_what_it_is(data)}") from None
    except Exception as error:
        # Broken files make decoders raise whatever they stumble over, from struct.error to RecursionError.
        cut = "truncated" in str(error)
        raise UnreadablePicture(f"'{name}' is {'cut short' if cut else 'damaged'}") from None
    finally:
        ImageFile.LOAD_TRUNCATED_IMAGES = before


def _ppi(image: Image.Image) -> float | None:
    try:
        ppi = float(image.info["dpi"][0])
    except (KeyError, TypeError, ValueError, IndexError, ZeroDivisionError):
        return None
    return ppi if 1 < ppi < float("inf") else None


def _what_it_is(data: bytes) -> str:
    if data.startswith(_PICTURES):
        return "is damaged"
    for offset, beginning, words in _NOT_PICTURES:
        if data.startswith(beginning, offset):
            return words
    return "isn't a picture of a kind that can be read"
