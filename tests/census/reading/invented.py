"""A small invented study in other layouts than the one at hand: countries, clusters, order, languages."""

TABLE = """\
Map of Jordanian clusters

JORDANIAN CLUSTERS\tSTATE\t\t\tSECTOR\tPARTNERSHIPS\t\tGEOGRAPHIC POSITION\t
\tExpected\tEmerging\tConstituted\t\tSouth\tNorth\tBuilt territory\tRooted territory
Cluster of Dead Sea Salt (CDS)\t\t\tx\t3\tx\tx\t\tMadaba*
Zarqa Steel Cluster\tx\t\t\t1\t\t\tZarqa-Sahab\t
Hebron Road Glass\t\tx\t\t2\t\tx\tAmman\t

LEGEND\tSECTOR
\t1: Metals 2: Creative and cultural 3: Agri-food

* Provisional seat
"""

FRENCH_SHEET = """\
CLUSTER DU CUIR DE TAMALE (CCT)
Date de création : mai 2016
www.cct.example\tPRÉSIDENTE : Ama MENSAH, Directrice, Tannerie du Nord
\tANIMATEUR : Chambre de Commerce de Tamale (provisoirement)
Secteur d'activité\tTextile et habillement.
Niche d'excellence\tDenim.
Localisation\tTamale-Yendi, Région du Nord (Ghana).
Membres\t40 membres dont : <ul> • 25 PME ; • Deux universités ; • Des centres de formation.
Activités du cluster\t• Formation ; • Achats groupés ; • Polissage de la lune.
Coopérations interclusters de niveau
National\tLeather Ghana.
Euro-méditerranéen\tCuir Vallée (Italie), Espagne.
Extra-régional\t
"""

ENGLISH_SHEET = """\
Wool Hills Cluster (WHC)

Created: March 2019
Website: www.whc.example
President: Rana Odeh
Director: Sami Khoury, Wool House
Location: Salt (Jordan)
Members: about 60 members, including 12 startups
Sector: Textile and clothing
Activities: training; export development
Cooperation
National: Jordan Textile Board
Euro-Mediterranean: Lana Valley (Spain)
"""

ARABIC_SHEET = """\
عنقود الصوف

تاريخ الإنشاء : مارس 2018
الرئيس : سامي الخوري
قطاع النشاط : نسيج
الموقع : عمان (الأردن)
الأعضاء : 30 عضو
"""

TEXT = """\
CLUSTERS IN GHANA

Des clusters en phase d'émergence

Plusieurs projets ont fait l'objet d'annonces :

- Un cluster du cacao, initié en 2021, à Kumasi ;
- Un cluster de la pêche à Tema ;
- Une politique de formation.

Les clusters soutenus par la Fondation Volta sont :

- Le Cluster du Karité (CK).

Chaque pôle a son secteur :

- Pôle de Compétitivité de Tema : produits de la mer ;
- Technopole de Kumasi : textile et habillement, sorcellerie.

7 - Clusters potentiels des industries créatives et culturelles.

Poterie à Bolgatanga, tapisserie à Bonwire et Kumasi, bijouterie à Accra.

En voici quelques exemples de partenariats :

- Le Cluster du Karité (CK) de Tamale au Ghana et le Cluster Shea Nord de Gand en Belgique ;

The weather was fine that year, and nothing else is worth saying about it here.
"""
