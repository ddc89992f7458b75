"""Small lists of ours: little words, the words of our trades, names of people and places. They feed the generator."""

from __future__ import annotations


def _words(text: str) -> tuple[str, ...]:
    return tuple(text.split())


def _listed(text: str) -> tuple[str, ...]:
    return tuple(" ".join(one.split()) for one in text.split("|"))


FUNCTION_WORDS = _words("""
    le la les de des du un une et à au aux en dans sur sous par pour avec sans chez vers entre depuis
    pendant que qui quoi dont où ce cet cette ces se sa son ses leur leurs nous vous ils elles il elle on je
    tu mon ma mes notre nos votre vos ne pas plus moins très bien aussi encore déjà alors puis donc mais ou
    ni car si comme quand tout tous toute toutes même autre autres est sont été être était a ont avait avoir
    fait faire peut doit faut y
""")

TRADES = {
    "eau potable": _words("""
        captage forage nappe chlore chloration ozone turbidité potabilisation filtration membrane sable
        charbon réservoir surpresseur branchement compteur canalisation robinet fontainier nitrate pesticide
        conductivité prélèvement désinfection coagulation floculation décantation adoucissement périmètre
        source
    """),
    "assainissement": _words("""
        égout collecteur épuration boue digesteur aération bassin dégrillage lagune déversoir orage curage
        inspection regard refoulement clarificateur déshydratation centrifugeuse épandage compostage biogaz
        méthanisation nitrification phosphore odeur effluent
    """),
    "réseau": _words("""
        fuite vanne purge pression débit sectorisation acoustique tronçon fonte polyéthylène joint tranchée
        fouille repérage cartographie maillage rendement rupture manchon ventouse poteau incendie
    """),
    "maintenance": _words("""
        pompe moteur roulement vibration garniture lubrification graissage automate variateur armoire
        disjoncteur câblage consignation palier courroie soudure démontage astreinte dépannage outillage
        préventif
    """),
    "numérique": _words("""
        capteur télégestion supervision donnée algorithme tableau indicateur serveur logiciel développeur
        code programmation interface sauvegarde chiffrement réseau modem cybersécurité apprentissage
        prévision jumeau python script
    """),
    "laboratoire": _words("""
        analyse échantillon chromatographie spectrométrie étalonnage bactérie légionelle micropolluant
        protocole incertitude réactif titrage culture microscope accréditation traçabilité
    """),
    "clientèle": _words("""
        usager abonné facture relevé réclamation tarif impayé médiation accueil téléphone courrier
        dégrèvement souscription satisfaction enquête parcours
    """),
    "sécurité": _words("""
        prévention accident habilitation balisage harnais gaz détecteur ventilation consigne secours
        évacuation risque gant casque chute amiante causerie
    """),
    "ressources humaines": _words("""
        recrutement formation tutorat intégration alternance entretien carrière mobilité compétence métier
        transmission retraite apprenti parrainage
    """),
    "énergie": _words("""
        consommation photovoltaïque turbine chaleur isolation audit rendement kilowatt éclairage compresseur
        hydroélectricité récupération sobriété
    """),
    "travaux": _words("""
        chantier marché devis terrassement béton coffrage réception plan géomètre grue blindage enrobé
        voirie permis planning métré
    """),
    "biodiversité": _words("""
        zone humide rivière poisson étiage berge ripisylve abeille ruche fauche haie inventaire espèce
        invasive renaturation frayère
    """),
}  # fmt: skip
"""The words of each trade, as the dictionary has them."""

JOBS = _listed("""
Technicien réseau | Technicienne réseau | Opérateur de traitement | Opératrice de traitement | Ingénieure
procédés | Ingénieur procédés | Chargé de clientèle | Conseillère clientèle | Analyste de données | Data
scientist | Cheffe de projet | Chef de chantier | Responsable d’exploitation | Responsable d’agence |
Électromécanicien | Électromécanicienne | Fontainier | Fontainière | Chimiste | Technicienne de laboratoire
| Préventeur | Préventrice | Juriste | Acheteuse | Contrôleur de gestion | Développeuse | Développeur |
Architecte réseau | Géomaticienne | Géomaticien | Documentaliste | Chargée de communication | Formateur
interne | Assistante de direction | Releveur | Releveuse | Hydrogéologue | Conductrice de travaux | Agent de
curage | Responsable énergie | Automaticienne | Automaticien | Responsable qualité | Alternante | Alternant
""")

FIRST_NAMES = _words("""
    Awa Léa Hugo Inès Jean-Luc Noémie Yann Zoé Anaïs Étienne Fatou Gaëlle Ibrahima Karim Lætitia Maëlys Ngoc
    Omar Pía Agnès Ahmed Alice Amandine Amélie André Antoine Arnaud Aurélie Baptiste Béatrice Benoît Bernard
    Camille Caroline Cécile Céline Chloé Christophe Claire Clément Cyril Damien Daniel David Delphine Denis
    Élise Élodie Émilie Emma Éric Fabien Florence Franck François Frédéric Geneviève Gilles Grégory
    Guillaume Hélène Isabelle Jacques Jérôme Joëlle Julie Julien Justine Kévin Khadija Laurence Laurent
    Leïla Loïc Louise Lucas Lucie Malika Manon Marc Margaux Marie-Claude Mathieu Mélanie Michel Mohamed
    Myriam Nadia Nathalie Nicolas Océane Olivier Pascal Patrice Pauline Philippe Pierre-Yves Quentin Rachid
    Raphaël Romain Sabrina Samira Sandrine Sébastien Séverine Simon Sofia Solène Stéphane Sylvain Théo
    Thierry Thomas Tristan Valérie Véronique Vincent Virginie Xavier Yasmine Yves
""")

NAME_STARTS = _words("""
    Ber Bou Bel Bri Cha Cor Cou Del Dur Du Fer Fou Gar Gau Gi Gué Hé Jac Jou Kerd La Lam Le Lem Mar Mau Mer
    Mon Nou Pel Per Pi Pla Por Qué Ré Rou Ro Sau Sé Ta Thé Tou Tré Va Vi Ver Vau Zé Abr
""")
NAME_MIDDLES = ("", "", *_words("bi che da gue lan li ma ni quen ra rou ti val vé"))
NAME_ENDS = _words("""
    ard aud eau eaux el er et ez ier in ix on ot oux rand reau tier vin zac mont neuf quin let nel gnon deau
    court
""")
PLACE_STARTS = ("", "", "", *_words("Saint- Sainte- Pont- Vieux- Mont-"))
PLACE_ENDS = _words("ac ay ville court bourg euil ières an ens is oire our ange elles on igny agne ouse")
PLACE_SUITES = ("", "", "", "", *_words("-sur-Lorne -les-Bains -en-Brie -le-Château -des-Prés -la-Forêt"))
