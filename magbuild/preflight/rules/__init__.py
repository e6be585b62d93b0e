"""All checks of a file for print, in the order in which a printer would ask; each is called like its code."""

from collections.abc import Callable

from magbuild.preflight.job import Job
from magbuild.preflight.look import Outcome
from magbuild.preflight.rules import (
    boxes,
    colours,
    contents,
    edges,
    ink,
    lettering,
    overprint,
    pictures,
    spots,
    structure,
)

# A check returns None where its rule doesn't hold for the job.
Rule = Callable[[Job], Outcome | None]

# By what they look at, as reports show them.
GROUPS: tuple[tuple[str, tuple[Rule, ...]], ...] = (
    (
        "The file",
        (
            structure.damaged_file,
            structure.encrypted,
            structure.not_pdfx,
            structure.pdf_version,
            structure.no_file_id,
            structure.missing_metadata,
            structure.no_title,
            structure.dates_differ,
            structure.trapping_unknown,
            structure.no_output_intent,
            structure.output_intent_profile,
            structure.other_printing_condition,
        ),
    ),
    (
        "What has no place in it",
        (
            contents.annotation,
            contents.action,
            contents.form_field,
            contents.embedded_file,
            contents.optional_content,
            contents.forbidden_compression,
            contents.foreign_object,
            contents.transfer_function,
            contents.halftone,
            contents.damaged_content,
        ),
    ),
    (
        "Pages",
        (
            boxes.no_trim_box,
            boxes.art_box,
            boxes.box_nesting,
            boxes.crop_box,
            boxes.user_unit,
            boxes.rotated_page,
            boxes.trims_differ,
            boxes.trim_size,
            boxes.no_bleed,
            boxes.page_count,
            edges.empty_page,
            edges.bleed_not_filled,
            edges.outside_safe_area,
        ),
    ),
    (
        "Type",
        (
            lettering.font_not_embedded,
            lettering.font_licence,
            lettering.courier_font,
            lettering.rich_black_text,
            lettering.small_white_text,
            lettering.small_coloured_text,
            lettering.body_text_not_black,
        ),
    ),
    (
        "Overprint and lines",
        (
            overprint.white_overprint,
            overprint.black_not_overprinting,
            overprint.grey_text,
            overprint.grey_overprint,
            overprint.hairline,
        ),
    ),
    ("Pictures", (pictures.low_resolution, pictures.broken_picture)),
    (
        "Colours and inks",
        (
            colours.rgb_colour,
            colours.profiled_colour,
            colours.group_colour,
            colours.broken_shading,
            colours.transparency,
            spots.spot_not_ordered,
            spots.spot_suffix_twins,
            spots.spot_case_twins,
            spots.spot_look_twins,
            spots.registration_colour,
            spots.marks_in_bleed,
            ink.too_much_ink,
        ),
    ),
)
RULES: tuple[Rule, ...] = tuple(rule for _, rules in GROUPS for rule in rules)
# Those that look at what pages draw: they are asked page by page. The others are asked once, of the whole file.
ON_PAGES: tuple[Rule, ...] = (
    contents.transfer_function,
    contents.halftone,
    contents.damaged_content,
    edges.empty_page,
    edges.bleed_not_filled,
    edges.outside_safe_area,
    lettering.font_not_embedded,
    lettering.courier_font,
    lettering.rich_black_text,
    lettering.small_white_text,
    lettering.small_coloured_text,
    overprint.white_overprint,
    overprint.black_not_overprinting,
    overprint.grey_text,
    overprint.grey_overprint,
    overprint.hairline,
    pictures.low_resolution,
    pictures.broken_picture,
    colours.rgb_colour,
    colours.profiled_colour,
    colours.group_colour,
    colours.broken_shading,
    colours.transparency,
    spots.registration_colour,
    spots.marks_in_bleed,
    ink.too_much_ink,
)
