"""The terms that there are, and which go together, written down from the standards that are named."""

from typing import Final


def _terms(text: str) -> frozenset[str]:
    return frozenset(text.split())


def _doc(names: str) -> frozenset[str]:
    return frozenset(f"doc-{name}" for name in names.split())


# --- The package (EPUB 3.3, appendix D) ---

# Prefixes that needn't be declared, in the package and in pages.
PREFIXES: Final = _terms("a11y dcterms marc media onix rendition schema xsd msv prism")
PAGE_PREFIXES: Final = _terms("msv prism")
# Properties without a prefix, with the source of page breaks of EPUB 3.4.
PROPERTIES: Final = _terms(
    "alternate-script authority belongs-to-collection collection-type display-seq file-as group-position "
    "identifier-type meta-auth pageBreakSource role source-of term title-type"
)
ACCESS_PROPERTIES: Final = _terms("certifiedBy certifierCredential exemption")
ITEM_PROPERTIES: Final = _terms(
    "cover-image data-nav dictionary glossary index search-key-map mathml nav remote-resources scripted svg switch"
)

# --- Accessibility (W3C, Schema.org Accessibility Properties for Discoverability Vocabulary) ---

ACCESS_MODES: Final = _terms(
    "auditory chartOnVisual chemOnVisual colorDependent diagramOnVisual mathOnVisual musicOnVisual tactile "
    "textOnVisual textual visual"
)
ACCESS_FEATURES: Final = _terms(
    "ARIA ChemML MathML MathML-chemistry alternativeText audioDescription braille closedCaptions describedMath "
    "displayTransformability fullRubyAnnotations highContrastAudio highContrastDisplay horizontalWriting index "
    "largePrint latex latex-chemistry longDescription none openCaptions pageBreakMarkers pageNavigation "
    "readingOrder rubyAnnotations signLanguage structuralNavigation synchronizedAudioText tableOfContents "
    "tactileGraphic tactileObject taggedPDF timingControl transcript ttsMarkup unknown unlocked verticalWriting "
    "withAdditionalWordSegmentation withoutAdditionalWordSegmentation"
)
HAZARDS: Final = _terms(
    "flashing motionSimulation none noFlashingHazard noMotionSimulationHazard noSoundHazard sound unknown "
    "unknownFlashingHazard unknownMotionSimulationHazard unknownMotionSimultationHazard unknownSoundHazard"
)
# What is written in the place of terms that are outdated.
OUTDATED: Final = {
    "printPageNumbers": "pageBreakMarkers",
    "captions": "closedCaptions",
    "annotations": "nothing",
    "bookmarks": "nothing",
}

# --- Elements (HTML Living Standard, in its XML form) ---

PHRASES: Final = _terms(
    "a abbr area audio b bdi bdo br button canvas cite code data datalist del dfn em embed i iframe img input ins "
    "kbd label link map mark meta meter noscript object output param picture progress q rb rp rt rtc ruby s samp "
    "script select slot small source span strong sub sup template textarea time track u var video wbr"
)
BLOCKS: Final = _terms(
    "address article aside base blockquote body caption col colgroup dd details dialog div dl dt fieldset "
    "figcaption figure footer form h1 h2 h3 h4 h5 h6 head header hgroup hr html legend li main menu nav ol optgroup "
    "option p pre search section style summary table tbody td tfoot th thead title tr ul"
)
# What may hold phrases alone; an `a` may hold what its parent may.
HOLD_PHRASES: Final = _terms(
    "abbr b bdi bdo button cite code dfn em h1 h2 h3 h4 h5 h6 i kbd label mark p pre q s samp small span strong sub "
    "sup time u var"
)
# What must stand in one of these, and what may hold nothing but these.
PARENTS: Final = {
    "li": _terms("ol ul menu"),
    "dt": _terms("dl div"),
    "dd": _terms("dl div"),
    "tr": _terms("table thead tbody tfoot"),
    "td": _terms("tr"),
    "th": _terms("tr"),
    "thead": _terms("table"),
    "tbody": _terms("table"),
    "tfoot": _terms("table"),
    "caption": _terms("table"),
    "figcaption": _terms("figure"),
    "summary": _terms("details"),
    "body": _terms("html"),
}
CHILDREN: Final = {
    "ol": _terms("li script template"),
    "ul": _terms("li script template"),
    "dl": _terms("dt dd div script template"),
    "table": _terms("caption colgroup thead tbody tfoot tr script template"),
    "thead": _terms("tr script template"),
    "tbody": _terms("tr script template"),
    "tfoot": _terms("tr script template"),
    "tr": _terms("td th script template"),
}
# Attributes that every element may have (RDFa among them), those of single elements, and those of ARIA.
ATTRIBUTES: Final = _terms(
    "about accesskey autocapitalize autofocus class contenteditable datatype dir draggable enterkeyhint hidden id "
    "inert inlist inputmode is itemid itemprop itemref itemscope itemtype lang nonce popover prefix property rel "
    "resource rev role slot spellcheck style tabindex title translate typeof vocab writingsuggestions"
)
_EDITED: Final = _terms("cite datetime")
_MEDIA: Final = _terms("autoplay controls crossorigin height loop muted playsinline poster preload src width")
_CELL: Final = _terms("abbr colspan headers rowspan scope")
_FIELD: Final = _terms(
    "accept alt autocomplete checked cols disabled dirname for form formaction formmethod formtarget height high "
    "list low max maxlength method min minlength multiple name novalidate optimum pattern placeholder readonly "
    "required rows selected size src step type value width wrap label action enctype target"
)
_FIELDS: Final = _terms(
    "button datalist fieldset form input label legend meter optgroup option output progress select textarea"
)
ATTRIBUTES_OF_ELEMENT: Final = {
    "a": _terms("download href hreflang ping referrerpolicy target type"),
    "area": _terms("alt coords download href hreflang ping referrerpolicy shape target"),
    "audio": _MEDIA,
    "base": _terms("href target"),
    "blockquote": _EDITED,
    "canvas": _terms("height width"),
    "col": _terms("span"),
    "colgroup": _terms("span"),
    "data": _terms("value"),
    "del": _EDITED,
    "details": _terms("name open"),
    "dialog": _terms("open"),
    "embed": _terms("height src type width"),
    "html": _terms("manifest version"),
    "iframe": _terms("allow allowfullscreen height loading name referrerpolicy sandbox src srcdoc width"),
    "img": _terms(
        "alt crossorigin decoding fetchpriority height ismap loading longdesc referrerpolicy sizes src srcset "
        "usemap width"
    ),
    "ins": _EDITED,
    "li": _terms("value"),
    "link": _terms(
        "as blocking crossorigin disabled fetchpriority href hreflang imagesizes imagesrcset integrity media "
        "referrerpolicy sizes type"
    ),
    "map": _terms("name"),
    "meta": _terms("charset content http-equiv media name"),
    "object": _terms("data form height name type typemustmatch usemap width"),
    "ol": _terms("reversed start type"),
    "param": _terms("name value"),
    "q": _EDITED,
    "script": _terms("async blocking crossorigin defer fetchpriority integrity nomodule referrerpolicy src type"),
    "slot": _terms("name"),
    "source": _terms("height media sizes src srcset type width"),
    "style": _terms("blocking media type"),
    "table": _terms("border"),
    "td": _CELL,
    "th": _CELL,
    "time": _terms("datetime"),
    "track": _terms("default kind label src srclang"),
    "video": _MEDIA,
    **dict.fromkeys(_FIELDS, _FIELD),
}
ARIA: Final = _terms(
    "activedescendant atomic autocomplete braillelabel brailleroledescription busy checked colcount colindex "
    "colindextext colspan controls current describedby description details disabled dropeffect errormessage "
    "expanded flowto grabbed haspopup hidden invalid keyshortcuts label labelledby level live modal multiline "
    "multiselectable orientation owns placeholder posinset pressed readonly relevant required roledescription "
    "rowcount rowindex rowindextext rowspan selected setsize sort valuemax valuemin valuenow valuetext"
)
# Elements that can't have a name of their own, unless they have a role.
NAMELESS: Final = _terms(
    "abbr b bdi bdo caption cite code del dfn div em figcaption i ins kbd mark p pre q rp rt s samp small span "
    "strong sub sup u var"
)
# Attributes that HTML has given up, and the elements that may still say how large they are.
OUTDATED_ATTRIBUTES: Final = _terms(
    "align alink background bgcolor border cellpadding cellspacing char clear color compact face frame hspace link "
    "noshade nowrap rules size text valign vlink vspace"
)
SIZED: Final = _terms("canvas embed iframe img input object source svg video")

# --- Roles (Digital Publishing WAI-ARIA 1.1, WAI-ARIA 1.2, its Graphics module, ARIA in HTML) ---

DEPRECATED_ROLES: Final = _terms("directory doc-biblioentry doc-endnote")
ROLES: Final = (
    DEPRECATED_ROLES
    | _terms(
        "alert alertdialog application article banner blockquote button caption cell checkbox code columnheader "
        "combobox complementary contentinfo definition deletion dialog document emphasis feed figure form generic "
        "grid gridcell group heading img insertion link list listbox listitem log main mark marquee math menu "
        "menubar menuitem menuitemcheckbox menuitemradio meter navigation none note option paragraph presentation "
        "progressbar radio radiogroup region row rowgroup rowheader scrollbar search searchbox separator slider "
        "spinbutton status strong subscript suggestion superscript switch tab table tablist tabpanel term textbox "
        "time timer toolbar tooltip tree treegrid treeitem graphics-document graphics-object graphics-symbol"
    )
    | _doc(
        "abstract acknowledgments afterword appendix backlink bibliography biblioref chapter colophon conclusion "
        "cover credit credits dedication endnotes epigraph epilogue errata example footnote foreword glossary "
        "glossref index introduction noteref notice pagebreak pagefooter pageheader pagelist part preface prologue "
        "pullquote qna subtitle tip toc"
    )
)
# Which roles of publishing an element may have; others may have any.
ROLES_OF_ELEMENT: Final = {
    "a": _doc("backlink biblioref glossref noteref"),
    "article": _doc(""),
    "aside": _doc("dedication example footnote glossary pullquote tip"),
    "dl": _doc(""),
    "footer": _doc("footnote"),
    "header": _doc(""),
    "hr": _doc("pagebreak"),
    "img": _doc("cover"),
    "li": _doc("biblioentry endnote"),
    "main": _doc(""),
    "nav": _doc("index pagelist toc"),
    "ol": _doc(""),
    "section": _doc(
        "abstract acknowledgments afterword appendix bibliography chapter colophon conclusion credit credits "
        "dedication endnotes epigraph epilogue errata example foreword glossary index introduction notice pagelist "
        "part preface prologue pullquote qna toc"
    ),
    "ul": _doc(""),
    **{f"h{level}": _doc("subtitle") for level in range(1, 7)},
}

# --- Types (EPUB 3 Structural Semantics Vocabulary 1.1) ---

TYPES: Final = _terms(
    "abstract acknowledgments afterword annotation answer answers appendix aside assessment assessments backlink "
    "backmatter balloon biblioentry bibliography biblioref bodymatter bridgehead case-study chapter colophon "
    "concluding-sentence conclusion contributors copyright-page cover covertitle credit credits dedication division "
    "endnote endnotes epigraph epilogue errata example feedback figure fill-in-the-blank-problem footnote footnotes "
    "foreword frontmatter fulltitle general-problem glossary glossdef glossref glossterm halftitle halftitlepage "
    "help imprimatur imprint index index-editor-note index-entry index-entry-list index-group index-headnotes "
    "index-legend index-locator index-locator-list index-locator-range index-term index-term-categories "
    "index-term-category index-xref-preferred index-xref-related introduction keyword keywords label landmarks "
    "learning-objective learning-objectives learning-outcome learning-outcomes learning-resource learning-resources "
    "learning-standard learning-standards list list-item loa loi lot lov marginalia match-problem "
    "multiple-choice-problem note noteref notice ordinal other-credits page-list pagebreak panel panel-group part "
    "practice practices preamble preface prologue pullquote qna question rearnote rearnotes referrer "
    "revision-history seriespage sidebar sound-area subchapter subtitle table table-cell table-row text-area tip "
    "title titlepage toc toc-brief topic-sentence true-false-problem volume warning"
)
# The role that goes with a type; DAISY's Ace asks for the same.
ROLE_OF_TYPE: Final = {
    **{
        name: f"doc-{name}"
        for name in _terms(
            "abstract acknowledgments afterword appendix backlink bibliography biblioref chapter colophon "
            "conclusion credit credits dedication endnotes epigraph epilogue errata footnote foreword glossary "
            "glossref index introduction noteref notice pagebreak part preface prologue pullquote qna subtitle tip "
            "toc"
        )
    },
    "page-list": "doc-pagelist",
    "figure": "figure",
    "glossterm": "term",
    "glossdef": "definition",
}
# Pages of these types needn't stand in the contents.
UNLISTED_TYPES: Final = _terms(
    "cover titlepage halftitlepage fulltitle copyright-page imprint toc landmarks page-list dedication epigraph "
    "seriespage endnotes footnotes loi lot other-credits colophon"
)
