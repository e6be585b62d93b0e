"""Words and patterns from which sentences are made, in three languages: all third person singular, all in the past.

A pattern names a subject, a verb with what follows it (`deed`), a second pair of them, a time, a place, an aside, a
speaker. Patterns with `late` put the verb last, as German does after "dass".
"""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Tongue:
    """A language, as far as a writer of made-up history needs it."""

    code: str
    subjects: tuple[str, ...]
    deeds: tuple[tuple[str, str], ...]
    times: tuple[str, ...]
    places: tuple[str, ...]
    asides: tuple[str, ...]
    patterns: tuple[str, ...]
    questions: tuple[str, ...]
    titles: tuple[str, ...]
    things: tuple[str, ...]
    heads: tuple[str, ...]
    books: tuple[str, ...]
    notes: tuple[str, ...]
    months: tuple[str, ...]
    towns: tuple[str, ...]
    first_names: tuple[str, ...]
    last_names: tuple[str, ...]
    bios: tuple[str, ...]
    captions: tuple[str, ...]
    columns: tuple[str, str, str]


ENGLISH = Tongue(
    code="en-GB",
    subjects=(
        "the keeper of the archive",
        "a clerk with a lame leg",
        "the widow of a printer",
        "the committee",
        "an inspector from the ministry",
        "the youngest compositor",
        "the harbour master",
        "a travelling bookseller",
        "the treasurer of the branch",
        "the schoolmistress of the upper village",
        "the night watchman",
        "a surveyor in wet boots",
        "the ferryman",
        "the editor of the evening paper",
        "the baker's apprentice",
        "a student from the north",
        "the town council",
        "the old library",
    ),
    deeds=(
        ("kept", "a list of every debt"),
        ("counted", "the sacks before they were sold"),
        ("wrote", "to the minister for a second time"),
        ("refused", "the offer without an explanation"),
        ("remembered", "the winter of the long frost"),
        ("opened", "a reading room above the stables"),
        ("printed", "three hundred copies by hand"),
        ("lost", "the keys of the strongroom"),
        ("crossed", "the river with a lantern and a map"),
        ("sold", "the last of the horses"),
        ("measured", "the height of the flood on the mill wall"),
        ("hid", "the type under the floor"),
        ("lent", "the money for the first press"),
        ("learned", "the trade in two summers"),
        ("changed", "the wording of the petition"),
        ("described", "the meeting in a letter to a cousin"),
        ("found", "the register behind a cupboard"),
        ("paid", "the rent in salt and candles"),
        ("mended", "the roof with sheets of tin"),
        ("taught", "four dozen children to read"),
    ),
    times=(
        "in the spring of {year}",
        "before the first frost of {year}",
        "after the harvest",
        "at the end of that year",
        "ten years later",
        "during the strike",
        "within a week",
        "long before the railway came",
        "on the morning of the fair",
    ),
    places=(
        "in {town}",
        "near the old market of {town}",
        "on the other side of the river",
        "behind the brickworks",
        "in a room without a stove",
        "at the corner of the square",
        "under the arches",
        "on the coast road to {town}",
    ),
    asides=("as far as we know", "to nobody's surprise", "at least on paper", "if the minutes are right"),
    patterns=(
        "{subject} {deed} {place}.",
        "{time} {subject} {deed}.",
        "{aside}, {subject} {deed} {place}.",
        "{subject} {deed}, and {other} {second} {time}.",
        "It was {subject} who {deed} {time}.",
        "Nobody noticed that {subject} {deed}.",
        "{subject} {deed}; {other} {second}.",
        "When {subject} {deed}, {other} {second} {place}.",
        '"{subject} {deed}," said {name}, who was there.',
        "The book of {year} says that {subject} {deed} -- and says no more.",
        "What {other} wanted is not known, but {subject} {deed}.",
    ),
    questions=("Why is it that {subject} {deed}?", "Who says that {subject} {deed}?", "What became of {thing}?"),
    titles=(
        "{thing} of {town}",
        "Who Counted {thing}?",
        "{thing} and {other}",
        "What {town} Remembers",
        "A Year Without {thing}",
        "{thing}, {year}",
        "The Road to {town}",
        "In Praise of {thing}",
    ),
    things=(
        "the Keys",
        "the Ledger",
        "the Salt Tax",
        "the Long Frost",
        "the Lanterns",
        "the Ferry",
        "the Press",
        "the Mill Wall",
        "the Petition",
        "the Reading Room",
        "the Brickworks",
        "the Empty Chair",
    ),
    heads=(
        "A room above the stables",
        "What the minutes say",
        "Salt and candles",
        "The second letter",
        "Those who stayed",
        "An honest mistake",
        "The price of tin",
        "After the flood",
    ),
    books=("A History of the Lower River", "Minutes of the Branch", "The Printers' Year", "Letters to a Cousin"),
    notes=(
        "{author}, *{book}* ({town}, {year}), p. {number}.",
        "{author} to the committee, 4 March {year}.",
        "The figure is disputed; see {author}, *{book}* ({town}, {year}), pp. {number}--{more}.",
        "*{book}*, second edition ({town}, {year}), ch. {small}. The wording differs in the first.",
    ),
    months=("January", "February", "March", "April", "May", "June", "July", "August", "September", "October"),
    towns=(
        "Calderhope",
        "Skerry Point",
        "Marsh End",
        "Upper Wendle",
        "Tarnby",
        "Oxholme",
        "Port Ellery",
        "Saltfleet",
        "Harrow Vale",
        "Dunmoor",
    ),
    first_names=("Ada", "Tobias", "Farida", "Owen", "Hester", "Joss", "Ruth", "Edmund", "Nerys", "Samuel", "Imogen"),
    last_names=("Wick", "Merrowby", "Lyndhurst", "Carradale", "Vane", "Thorne", "Castell", "Garrow", "Pell", "Otieno"),
    bios=("teaches history in {town}.", "is writing a book about {town}.", "works in the library of {town}."),
    captions=("The square of {town} in {year}.", "Low water near {town}.", "A drawing from the *{book}*."),
    columns=("Month", "Sacks in", "Sacks out"),
)

GERMAN = Tongue(
    code="de",
    subjects=(
        "der Archivar",
        "die Witwe eines Druckers",
        "der Ausschuss",
        "ein Inspektor aus dem Ministerium",
        "die jüngste Setzerin",
        "der Hafenmeister",
        "eine reisende Buchhändlerin",
        "der Kassenwart",
        "die Lehrerin des oberen Dorfes",
        "der Nachtwächter",
        "der Fährmann",
        "die Bürgermeisterei",
        "ein Landvermesser in nassen Stiefeln",
    ),
    deeds=(
        ("führte", "eine Liste aller Schulden"),
        ("zählte", "die Säcke vor dem Verkauf"),
        ("bekam", "zum zweiten Mal Post vom Minister"),
        ("verweigerte", "die Unterschrift ohne Begründung"),
        ("beschrieb", "den Winter des großen Frosts"),
        ("eröffnete", "einen Lesesaal über den Ställen"),
        ("druckte", "dreihundert Blätter von Hand"),
        ("verlor", "die Schlüssel der Schatzkammer"),
        ("überquerte", "den Fluss mit Laterne und Landkarte"),
        ("verkaufte", "das letzte Pferd"),
        ("versteckte", "die Lettern unter den Dielen"),
        ("lernte", "das Handwerk in zwei Sommern"),
        ("fand", "das Straßenverzeichnis hinter einem Schrank"),
        ("bezahlte", "die Miete mit Salz und Kerzen"),
    ),
    times=(
        "im Frühjahr {year}",
        "vor dem ersten Frost",
        "nach der Ernte",
        "zehn Jahre später",
        "während des Streiks",
        "lange vor dem Bau der Eisenbahn",
    ),
    places=("in {town}", "am alten Markt von {town}", "am anderen Ufer", "hinter der Ziegelei", "an der Küstenstraße"),
    asides=("soweit wir wissen,", "wenn das Protokoll stimmt,", "wie es in den Akten heißt,"),
    patterns=(
        "{subject} {deed} {place}.",
        "{time} {verb} {subject} {rest}.",
        "{aside} {verb} {subject} {rest}.",
        "{subject} {deed}, und {other} {second}.",
        "Niemand bemerkte, dass {subject} {late}.",
        "{subject} {deed}; {other} {second} {place}.",
        '"{subject} {deed}", sagte {name}.',
        "Im Jahrbuch von {year} steht, dass {subject} {late} -- und sonst nichts.",
    ),
    questions=("Wer sagt, dass {subject} {late}?", "Warum heißt es, dass {subject} {late}?"),
    titles=("{thing} von {town}", "{thing} und {other}", "Was {town} erinnert", "Ein Jahr ohne {town}"),
    things=("die Schlüssel", "das Salz", "der lange Frost", "die Fähre", "die Presse", "die Bittschrift"),
    heads=("Über den Ställen", "Was im Protokoll steht", "Salz und Kerzen", "Der zweite Brief", "Nach der Flut"),
    books=("Geschichte des Unterlaufs", "Protokolle des Vereins", "Das Jahr der Drucker"),
    notes=(
        "{author}, *{book}* ({town}, {year}), S. {number}.",
        "{author} an den Ausschuss, 4. März {year}.",
        "Die Zahl ist umstritten; vgl. *{book}* ({year}), S. {number}--{more}.",
    ),
    months=("Januar", "Februar", "März", "April", "Mai", "Juni", "Juli", "August", "September", "Oktober"),
    towns=("Salzfurt", "Oberwendel", "Marschende", "Grünhafen", "Mühlstadt"),
    first_names=("Anneliese", "Jörg", "Käthe", "Ulrich", "Änne"),
    last_names=("Brandt", "Großmann", "Müller", "Weiß", "Tölle"),
    bios=("lehrt Geschichte in {town}.", "schreibt ein Buch über {town}."),
    captions=("Der Markt von {town} im Jahr {year}.", "Niedrigwasser bei {town}."),
    columns=("Monat", "Säcke ein", "Säcke aus"),
)

FRENCH = Tongue(
    code="fr",
    subjects=(
        "le gardien des archives",
        "la veuve du typographe",
        "le comité",
        "la plus jeune des ouvrières",
        "le maître du port",
        "le libraire ambulant",
        "la trésorière du cercle",
        "le veilleur de nuit",
        "le passeur",
        "la maîtresse du hameau",
        "le géomètre aux bottes mouillées",
    ),
    deeds=(
        ("tenait", "la liste de toutes les dettes"),
        ("comptait", "les sacs avant la vente"),
        ("refusa", "cette offre sans explication"),
        ("raconta", "l'hiver du grand gel"),
        ("ouvrit", "une salle de lecture au-dessus des écuries"),
        ("imprima", "trois cents feuilles à la main"),
        ("perdit", "les clefs du coffre"),
        ("traversa", "le fleuve avec une lanterne et une carte"),
        ("vendit", "le dernier des chevaux"),
        ("cacha", "les caractères sous le plancher"),
        ("apprit", "le métier en deux étés"),
        ("retrouva", "le registre derrière une armoire"),
        ("paya", "le loyer en sel et en bougies"),
    ),
    times=(
        "au printemps {year}",
        "avant les premières gelées",
        "après la moisson",
        "dix ans plus tard",
        "pendant la grève",
        "bien avant le chemin de fer",
    ),
    places=("à {town}", "près du vieux marché de {town}", "sur l'autre rive", "derrière la briqueterie"),
    asides=("à notre connaissance", "du moins sur le papier", "si le procès-verbal dit vrai"),
    patterns=(
        "{subject} {deed} {place}.",
        "{time}, {subject} {deed}.",
        "{aside}, {subject} {deed}.",
        "{subject} {deed}, et {other} {second} {time}.",
        "C'est {subject} qui {deed} {time}.",
        "Personne ne remarqua que {subject} {deed}.",
        '"{subject} {deed}", dit {name}.',
        "On lit dans le livre de {year} que {subject} {deed}, et rien de plus.",
    ),
    questions=("Pourquoi dit-on que {subject} {deed}?", "Qui affirme que {subject} {deed}?"),
    titles=("{thing} de {town}", "{thing} et {other}", "Ce que {town} n'oublie pas", "Une année sans {town}"),
    things=("les clefs", "le sel", "le grand gel", "le bac", "la presse", "la pétition"),
    heads=("Au-dessus des écuries", "Ce que dit le registre", "Le sel et les bougies", "La deuxième lettre"),
    books=("Histoire du bas fleuve", "Procès-verbaux du cercle", "L'année des imprimeurs"),
    notes=(
        "{author}, *{book}* ({town}, {year}), p. {number}.",
        "{author} au comité, le 4 mars {year}.",
        "Le chiffre est contesté; voir *{book}* ({year}), p. {number}.",
    ),
    months=("janvier", "février", "mars", "avril", "mai", "juin", "juillet", "août", "septembre", "octobre"),
    towns=("Valsel", "Pont-Marée", "Sainte-Orge", "Clairgué"),
    first_names=("Mireille", "Étienne", "Jeanne", "Loïc"),
    last_names=("Phare", "Lemoulin", "Desgrèves", "Carpentier"),
    bios=("enseigne l'histoire à {town}.", "travaille aux archives de {town}."),
    captions=("La place de {town} en {year}.", "Basses eaux près de {town}."),
    columns=("Mois", "Sacs reçus", "Sacs vendus"),
)

TONGUES = {tongue.code: tongue for tongue in (ENGLISH, GERMAN, FRENCH)}
