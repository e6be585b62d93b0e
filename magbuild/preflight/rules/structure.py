"""The file as a whole: version, identity, metadata and output intent as the PDF/X standards want them.

Each check is called like the code it reports, and its docstring is that code's manual page.
"""

import re

from magbuild.model import Standard
from magbuild.preflight.job import Job
from magbuild.preflight.look import Outcome
from magbuild.preflight.reading import elements, entry, filters, named, text

X4, X1A = "ISO 15930-7", "ISO 15930-4"
NEWEST = {Standard.X4: 1.6, Standard.X1A: 1.4}
CLAIM = {Standard.X4: "PDF/X-4", Standard.X1A: "PDF/X-1a"}
NEEDED = (
    "xmp:CreateDate",
    "xmp:ModifyDate",
    "xmp:MetadataDate",
    "xmpMM:DocumentID",
    "xmpMM:VersionID",
    "xmpMM:RenditionClass",
)
DATES = (("/CreationDate", "xmp:CreateDate", "made"), ("/ModDate", "xmp:ModifyDate", "changed"))
DIGITS = re.compile(r"\d")
ICC_HEADER = 128  # bytes


def _rule(job: Job) -> str:
    return X4 if job.printer.standard is Standard.X4 else X1A


def damaged_file(job: Job) -> Outcome:
    """The file can't be read, or only after its table of contents was made up again.

    It isn't a PDF, or was cut short on its way, or changed by a program that doesn't know PDF. What is missing can't
    be told. Export it again, and send it packed (as a .zip) or by another way.
    """
    look = job.look("damaged-file", "the file's structure")
    look.saw()
    for warning in job.warnings[:3]:
        told = re.sub(r"^.*?(?:\(.*?\))?: ", "", warning.strip()) or warning
        look.found(
            f"the file is damaged: {told.lower()}",
            "export the file again, and compare its size after sending it",
            source=_rule(job),
        )
    return look.outcome()


def encrypted(job: Job) -> Outcome:
    """The file is encrypted: with a password to open it, or with limits on printing and changing.

    No printer can work with it. Export it without any password.
    """
    look = job.look("encrypted", "encryption")
    look.saw()
    if job.pdf.is_encrypted:
        look.found("the file is encrypted", "export it without a password and without limits", source=_rule(job))
    return look.outcome()


def not_pdfx(job: Job) -> Outcome:
    """The file doesn't claim the PDF/X standard that the printer takes.

    A file says in its metadata which standard it keeps. Without that the printer's system treats it as any PDF, and
    asks. Export it as PDF/X-4 (or as PDF/X-1a, where the printer takes that only). For PDF/X-4, GWG R0001.
    """
    look = job.look("not-pdfx", "the standard that the file claims")
    look.saw()
    wanted, claims = CLAIM[job.printer.standard], job.claims
    look.note(claims or "none claimed")
    if not claims.startswith(wanted) or claims.startswith("PDF/X-4p"):
        said = f"the file claims {claims}" if claims else "the file claims no standard of PDF/X"
        source = "GWG R0001" if wanted == "PDF/X-4" else X1A
        look.found(f"{said}; the printer takes {wanted}", f"export it as {wanted}", source=source)
    return look.outcome()


def pdf_version(job: Job) -> Outcome:
    """The file's version of PDF is newer than its standard allows: 1.6 in PDF/X-4, 1.4 in PDF/X-1a.

    Set the version when exporting; a program that writes PDF/X does so by itself.
    """
    most = NEWEST[job.printer.standard]
    look = job.look("pdf-version", "the version of PDF", limit=most, least=False)
    version = job.pdf.pdf_version
    found = float(version) if re.fullmatch(r"\d\.\d", version) else 9.9
    look.saw(found if found < 9 else None)
    if found > most:
        look.found(
            f"the file is PDF {version}; {CLAIM[job.printer.standard]} ends at {most}",
            "export it with the standard's settings",
            source=_rule(job),
        )
    return look.outcome()


def no_file_id(job: Job) -> Outcome:
    """The file has no ID, by which PDF/X tells its versions apart.

    Save it with a program that writes PDF/X.
    """
    look = job.look("no-file-id", "the file's ID")
    look.saw()
    if len(list(elements(entry(job.pdf.trailer, "/ID")))) != 2:
        look.found("the file has no ID", "export it with the settings of PDF/X", source=_rule(job))
    return look.outcome()


def missing_metadata(job: Job) -> Outcome | None:
    """The file's metadata (XMP) are missing, packed, or without what PDF/X-4 asks for.

    PDF/X-4 wants them unpacked, with the dates on which the file was made and changed, and with the document's and
    the version's ID. Export the file with the settings of PDF/X-4.
    """
    if job.printer.standard is not Standard.X4:
        return None
    look = job.look("missing-metadata", "the metadata (XMP)", "entries")
    look.saw(count=len(NEEDED))
    hint = "export it with the settings of PDF/X-4"
    if not job.xmp:
        look.found("the file has no metadata (XMP) that can be read", hint, source=X4)
        return look.outcome()
    if filters(job.xmp_stream):
        look.found("the metadata (XMP) are packed, where PDF/X-4 wants plain text", hint, source=X4)
    missing = [name for name in NEEDED if not job.xmp.get(name)]
    if missing:
        look.found(f"the metadata (XMP) lack {', '.join(missing)}", hint, source=X4)
    return look.outcome()


def no_title(job: Job) -> Outcome | None:
    """The file's metadata give no title, which PDF/X asks for.

    Printers find a file again by its title. Give the document one before exporting.
    """
    look = job.look("no-title", "the title")
    look.saw()
    x4 = job.printer.standard is Standard.X4
    if x4 and not job.xmp:
        return look.outcome()  # missing-metadata says so
    if not (job.xmp.get("dc:title") if x4 else text(entry(job.info, "/Title"))):
        look.found("the file has no title", "give the document a title, and export it again", source=_rule(job))
    return look.outcome()


def dates_differ(job: Job) -> Outcome:
    """The file gives two different dates for the same thing, in its two kinds of metadata.

    Some program has changed one and not the other, so that nobody knows which version this is. Export it again.
    """
    look = job.look("dates-differ", "the dates in both kinds of metadata", "dates")
    for old, new, what in DATES:
        plain, packet = text(entry(job.info, old)), job.xmp.get(new, "")
        if plain and packet:
            look.saw()
            # Both as YYYYMMDDhhmm: seconds and time zones are often left out of one of them.
            one, other = ("".join(DIGITS.findall(value))[:12] for value in (plain, packet))
            length = min(len(one), len(other))
            if one[:length] != other[:length]:
                look.found(
                    f"the file was {what} at two different times, {plain} and {packet}",
                    "export it again",
                    source=_rule(job),
                )
    return look.outcome()


def trapping_unknown(job: Job) -> Outcome:
    """The file doesn't say whether it is trapped.

    Trapping lets neighbouring inks overlap a little. PDF/X wants "true" or "false", so that it isn't done twice or
    left out. For files from office and layout programs "false" is right.
    """
    look = job.look("trapping-unknown", "the statement about trapping")
    look.saw()
    plain, packet = named(entry(job.info, "/Trapped")), job.xmp.get("pdf:Trapped", "")
    look.note(plain or packet or "none")
    if not {plain, packet} & {"True", "False"} or "Unknown" in (plain, packet):
        look.found(
            "the file doesn't say whether it is trapped",
            "set 'Trapped' to false in the document's properties, or export it as PDF/X",
            source=_rule(job),
        )
    return look.outcome()


def no_output_intent(job: Job) -> Outcome:
    """The file doesn't name the printing condition that its colours are made for, or names several.

    The output intent says for which press and paper the inks were mixed. PDF/X wants exactly one. Export the file
    with the profile that the printer names.
    """
    look = job.look("no-output-intent", "the output intent", "output intents")
    look.saw(count=len(job.intents))
    if len(job.intents) != 1:
        how = "no output intent" if not job.intents else f"{len(job.intents)} output intents, where one is allowed"
        look.found(f"the file has {how} for PDF/X", f"export it for '{job.printer.condition}'", source=_rule(job))
    return look.outcome()


def output_intent_profile(job: Job) -> Outcome | None:
    """The profile of the output intent isn't one of a CMYK printing press.

    PDF/X-4 wants the ICC profile itself in the file, of a printer (class "prtr"), and printers want CMYK (GWG R0035).
    Export the file with the printer's profile.
    """
    if len(job.intents) != 1:
        return None
    look = job.look("output-intent-profile", "the profile of the output intent")
    look.saw()
    profile, given = job.profile, entry(job.intents[0], "/DestOutputProfile")
    hint = f"export it for '{job.printer.condition}'"
    if given is None:
        named_only = job.printer.standard is Standard.X1A and text(entry(job.intents[0], "/OutputConditionIdentifier"))
        if not named_only:
            look.found("the output intent has no profile", hint, source=X4)
    elif len(profile) < ICC_HEADER or profile[36:40] != b"acsp":
        look.found("the profile of the output intent can't be read", hint, source=_rule(job))
    elif profile[12:16] != b"prtr":
        look.found("the profile of the output intent isn't that of a printing press", hint, source=_rule(job))
    elif profile[16:20] != b"CMYK":
        space = profile[16:20].decode("latin-1").strip()
        look.found(f"the profile of the output intent is for {space} and not for CMYK", hint, source="GWG R0035")
    elif entry(given, "/N") != 4:
        look.found("the output intent misstates the number of inks of its profile", hint, source=_rule(job))
    return look.outcome()


def other_printing_condition(job: Job) -> Outcome | None:
    """The file was made for another printing condition than the printer's.

    Its colours will be somewhat off: paper and inks differ. Ask the printer, or convert the document to the
    printer's profile and export it again.
    """
    if len(job.intents) != 1:
        return None
    look = job.look("other-printing-condition", "the printing condition")
    look.saw()
    named_condition = text(entry(job.intents[0], "/OutputConditionIdentifier"))
    look.note(named_condition or "none")
    wanted = job.printer.condition
    if _plain(wanted) not in _plain(named_condition) and not (job.profile and job.profile == _own_profile(job)):
        said = f"was made for '{named_condition}'" if named_condition else "doesn't name its printing condition"
        look.found(
            f"the file {said}, and the printer prints '{wanted}'",
            "ask the printer, or convert it to the printer's profile",
            source="printer",
            warns=True,
        )
    return look.outcome()


def _plain(name: str) -> str:
    return re.sub(r"[^a-z0-9]", "", name.casefold())


def _own_profile(job: Job) -> bytes:
    try:
        return job.printer.profile.read_bytes()
    except OSError:
        return b""
