"""The glossary: one word per thing in three languages, with the care each needs."""

from dataclasses import dataclass

from grappe.present.catalogue import N_


@dataclass(frozen=True, slots=True)
class Term:
    """A term of the field in the three languages.

    `care` is a sentence in English, worded in the reader's language by the catalogue; `sourced`
    names the public sources, by country, in which the Arabic was found. Other Arabic is proposed.
    """

    code: str
    en: str
    fr: str
    ar: str
    care: str = ""
    sourced: str = ""

    def word(self, language: str) -> str:
        """The term in one of the three languages."""
        return {"en": self.en, "fr": self.fr, "ar": self.ar}[language]


TERMS: tuple[Term, ...] = (
    Term(
        "cluster",
        "cluster",
        "cluster, grappe d'entreprises",
        "عنقود",
        N_("Data show a concentration; a cluster also cooperates."),
        "UNIDO: تجمّع; MA: قطب التنافسية والابتكار",
    ),
    Term(
        "concentration",
        "detected concentration",
        "concentration repérée, agglomération",
        "تركّز مرصود",
        N_("What data alone show is never called a cluster."),
    ),
    Term(
        "signal",
        "signal",
        "signal",
        "مؤشر أولي",
        N_("A possible cluster seen in data and not yet confirmed on the spot; it is outside every count."),
    ),
    Term(
        "competitiveness-pole",
        "competitiveness pole",
        "pôle de compétitivité",
        "قطب التنافسية",
        N_("A cluster in France, a host of clusters in Tunisia: its kind depends on the country."),
        "TN",
    ),
    Term("technopole", "technopole, technology park", "technopole", "قطب تكنولوجي"),
    Term("agropole", "agropole, agro-industrial park", "agropole", "قطب فلاحي"),
    Term("special-economic-zone", "special economic zone", "zone économique spéciale", "منطقة اقتصادية خاصة"),
    Term(
        "facilitator",
        "facilitator",
        "animateur, animatrice",
        "منسّق العنقود",
        N_("Distinct from the director; it may be an organisation, and be acting or provisional."),
    ),
    Term("president", "president", "président, présidente", "رئيس"),
    Term("director", "director", "directeur, directrice", "مدير"),
    Term("secretary", "secretary general", "secrétaire général, secrétaire générale", "كاتب عام"),
    Term(
        "lead-partner",
        "lead partner",
        "chef de file",
        "الشريك الرئيسي",
        N_("Leads a project; it is not the body that applies for support."),
    ),
    Term(
        "applicant-body",
        "applicant body",
        "association porteuse",
        "الجمعية الحاملة للمشروع",
        N_("Applies for support on behalf of the cluster."),
    ),
    Term(
        "programme-contract",
        "programme contract",
        "contrat-programme",
        "عقد برنامج",
        N_("Not to be confused with a performance contract."),
    ),
    Term(
        "performance-contract",
        "performance contract",
        "contrat de performance",
        "عقد أداء",
        N_("Signed for an industrial ecosystem."),
    ),
    Term(
        "call-for-proposals",
        "call for proposals",
        "appel à projets",
        "طلب اقتراح مشاريع",
        N_("Not a call for tenders."),
        "MA",
    ),
    Term("agreement", "agreement", "convention", "اتفاقية"),
    Term(
        "label",
        "label",
        "label, labellisation",
        "منح العلامة",
        N_("A label has a giver, a kind of receiver, a right that comes with it, and dates."),
        "TN: إسناد العلامة",
    ),
    Term(
        "self-financing-rate",
        "own-resources rate",
        "taux d'autofinancement",
        "نسبة التمويل الذاتي",
        N_("The share of own resources in the budget, not cash flow."),
    ),
    Term(
        "territorial-anchoring",
        "territorial anchoring",
        "ancrage territorial",
        "التجذّر الترابي",
        N_("The study defines it twice and says of some clusters that they have none: all are kept."),
    ),
    Term("rooted", "rooted territory", "territoire enraciné", "مجال متجذّر"),
    Term("constructed", "constructed territory", "territoire construit", "مجال مستحدَث"),
    Term(
        "potential",
        "potential, expected",
        "potentiel, attendu",
        "محتمل، مرتقب",
        N_("The grid of the study says potential where its tables say expected."),
    ),
    Term("emerging", "emerging", "émergent", "في طور التكوين", N_("In Arabic not the word for a start-up.")),
    Term(
        "constituted",
        "constituted",
        "constitué",
        "مؤسَّس",
        N_("A state contract in Morocco, not elsewhere: totals say recognised by whom."),
    ),
    Term("spontaneous", "spontaneous", "spontané", "تلقائي"),
    Term("recognised", "recognised", "reconnu", "معترف به"),
    Term(
        "value-chain",
        "value chain",
        "filière",
        "سلسلة القيمة",
        N_("Not a sector."),
        "MA: سلسلة; DZ: شعبة; TN: منظومة",
    ),
    Term("sector", "sector", "secteur d'activité", "قطاع النشاط", N_("One of the seven codes of the study.")),
    Term("niche", "niche of excellence", "niche d'excellence, thématique d'excellence", "مجال التميّز"),
    Term("buyer", "buyer, contractor", "donneur d'ordre", "الآمر", N_("Not a donor."), "DZ"),
    Term("subcontracting", "subcontracting", "sous-traitance", "المناولة", "", "DZ"),
    Term("donor", "donor", "bailleur de fonds", "مانح"),
    Term(
        "co-production",
        "co-production",
        "coproduction",
        "الإنتاج المشترك",
        N_("Between firms, with shared value added and transfer of technology; clusters make it easier."),
    ),
    Term("start-up", "start-up", "startup", "شركة ناشئة"),
    Term("identity-sheet", "identity sheet", "fiche d'identité", "بطاقة تعريف"),
    Term(
        "statement",
        "statement",
        "énoncé",
        "بيان",
        N_("What one source says of one thing, with the place where it says so."),
    ),
    Term(
        "locator", "locator", "référence", "مرجع", N_("The line of the source; for a table, line and column.")
    ),
    Term(
        "dispute",
        "dispute",
        "divergence",
        "تباين",
        N_("Two statements of one value that cannot both be true."),
    ),
    Term(
        "ruling", "ruling", "arbitrage", "ترجيح", N_("An editor's reasoned choice; the rivals stay visible.")
    ),
    Term(
        "finding",
        "finding",
        "constat",
        "ملاحظة",
        N_("What a rule of consistency sees across fields and sheets."),
    ),
    Term(
        "edition", "edition", "édition", "إصدار", N_("A day spoken of and a day of knowledge, nothing else.")
    ),
    Term("census", "census", "recensement", "إحصاء"),
)
"""Terms in the order in which a reader meets them."""
