"""Which column of a register is what: names in several languages, whatever their case and accents."""

import re
import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from grappe.domain.errors import InputRefused

_WORKERS = (
    "mitarbeiter", "zatrudnienie", "calisan", "çalışan", "численность", "従業者数", "就业人数", "종사자수",
    "ansatte", "anställda", "empregados", "pessoal_ocupado", "werkzame_personen", "banen",
)  # fmt: skip
"""Words for workers, which are a value in a table and a weight in a register."""

# Names are compared without case, accents or marks between words. In each list the most telling come first:
# a column of codes goes before a column of labels, as labels may be missing or doubled.
NAMES: Mapping[str, tuple[str, ...]] = {
    "lon": (
        "lon", "lng", "long", "longitude", "longitud", "x_longitude", "lon_wgs84", "geo_lon", "geo_long",
        "coord_lon", "coordenada_longitud", "laengengrad", "längengrad", "x_wgs84", "gps_lon", "خط الطول",
        "الطول",
        "lengdegrad", "længdegrad", "longitud_e", "długość geograficzna", "zeměpisná délka", "boylam",
        "долгота", "経度", "经度", "經度", "경도", "طول جغرافیایی",
    ),
    "lat": (
        "lat", "latitude", "latitud", "y_latitude", "lat_wgs84", "geo_lat", "coord_lat",
        "coordenada_latitud", "breitengrad", "y_wgs84", "gps_lat", "خط العرض", "العرض",
        "breddegrad", "latitud_n", "szerokość geograficzna", "zeměpisná šířka", "enlem", "широта", "緯度",
        "纬度", "緯度", "위도", "عرض جغرافیایی",
    ),
    "x": (
        "x", "easting", "coord_x", "coordx", "x_coord", "coordonnee_x", "x_lambert93", "x_l93", "x_utm",
        "utm_x", "x_m", "x_km", "coordonneeLambertAbscisseEtablissement", "rechtswert",
        "est", "ostwert", "koordinat_x", "sweref99_e", "e_koordinat", "oost",
    ),
    "y": (
        "y", "northing", "coord_y", "coordy", "y_coord", "coordonnee_y", "y_lambert93", "y_l93", "y_utm",
        "utm_y", "y_m", "y_km", "coordonneeLambertOrdonneeEtablissement", "hochwert",
        "nord", "nordwert", "koordinat_y", "sweref99_n", "n_koordinat",
    ),
    "industry": (
        "industry", "industry_code", "industrie", "industria", "activitePrincipaleEtablissement", "naf",
        "ape", "code_naf", "code_ape", "naf_ape", "naf_rev2", "naf_rev_2", "apet700", "codigo_act",
        "codigo_actividad", "cod_actividad", "scian", "naics", "naics_code", "naics6", "nace", "nace_code",
        "nace_rev2", "nace_rev_2", "nace4", "nace2", "isic", "isic_code", "isic4", "isic_rev4", "citi",
        "ciiu", "clae6", "clae3", "clae2", "clae", "cnae", "cnae20", "ateco", "ateco2007", "wz", "wz2008",
        "sic", "sic_code", "siccode", "nma", "nmae", "nap", "naa", "nat", "code_activite", "activity_code",
        "sector_code", "code_secteur", "product", "product_code", "industry_name", "activity", "activite",
        "actividad", "atividade", "attivita", "branch", "branche", "rama", "ramo", "rubro", "giro",
        "sector", "secteur", "setor", "settore", "business_type", "type_activite", "libelle_naf",
        "nombre_act", "category", "categorie", "categoria", "categories.primary", "رمز النشاط", "النشاط",
        "نشاط", "النشاط الاقتصادي", "النشاط الرئيسي", "القطاع", "قطاع", "الفرع",
        "wirtschaftszweig", "wirtschaftsbereich", "noga", "sbi", "sbi_code", "branchekode", "naringskode",
        "næringskode", "sni", "sni_kod", "toimiala", "tol2008", "pkd", "pkd_kod", "teaor", "tevekenyseg",
        "caen", "okved", "оквэд", "отрасль", "вид деятельности", "nace_kodu", "sektör",
        "faaliyet", "odvětví", "dejavnost", "kbli", "jsic", "業種", "産業", "产业", "行业", "行業",
        "업종", "산업", "رشته فعالیت", "cae", "cae_rev3", "anzsic", "uk_sic", "onace", "skd",
    ),
    "region": (
        "region", "region_code", "code_region", "area_fips", "county_fips", "fips", "geo", "nuts3", "nuts2",
        "nuts", "nuts_code", "code_commune", "codeCommuneEtablissement", "commune", "municipio",
        "municipality", "cve_mun", "codigo_municipio", "comune", "gemeinde", "kreis", "landkreis", "county",
        "district", "department", "departement", "departamento", "partido", "comuna", "province",
        "provincia", "prefecture", "wilaya", "wilaya_code", "gouvernorat", "governorate", "entidad",
        "state", "estado", "bundesland", "territory", "territoire", "territorio", "area", "zone",
        "zone_emploi", "location", "place", "city", "ville", "ciudad", "authority", "country", "pays",
        "pais", "المنطقة", "الجهة", "جهة", "الولاية", "ولاية", "العمالة", "الإقليم", "إقليم", "المحافظة",
        "البلدية", "الجماعة", "البلد",
        "regierungsbezirk", "provincie", "powiat", "wojewodztwo", "okres", "judet", "il", "ilçe", "область",
        "регион", "都道府県", "市区町村", "省", "지역", "kommune", "län",
    ),
    "value": (
        "value", "valeur", "valor", "wert", "jobs", "employment", "employees", "emp", "workers",
        "headcount", "annual_avg_emplvl", "month3_emplvl", "emplois", "emploi", "effectif", "effectifs",
        "salaries", "nb_salaries", "empleo", "empleos", "empleados", "trabajadores", "ocupados",
        "personal_ocupado", "per_ocu", "empregos", "occupati", "addetti", "beschaeftigte", "beschäftigte",
        "count", "establishments", "estabs", "estab", "etablissements", "establecimientos", "firms",
        "entreprises", "export_value", "exports", "size_mid", "size", "الوظائف", "مناصب الشغل", "التشغيل",
        "العمال", "عدد العمال", "الأجراء", "عدد الأجراء", "القيمة", "العدد", "عدد المؤسسات",
        *_WORKERS, "arbejdspladser",
    ),
    "weight": (
        "weight", "jobs", "employees", "employment", "workers", "headcount", "size_mid", "effectif",
        "effectifs", "emplois", "salaries", "nb_salaries", "trancheEffectifsEtablissement", "per_ocu",
        "personal_ocupado", "empleo", "empleados", "trabajadores", "ocupados", "addetti", "beschäftigte",
        "عدد العمال", "العمال", "عدد الأجراء", "الأجراء", "مناصب الشغل",
        "beschaeftigte", *_WORKERS, "emp", "personnel", "number_of_employees", "tranche_effectif",
    ),
}  # fmt: skip

_SHORT = 4
"""Shorter names are looked for whole only: `nap` stands in too many words."""


@dataclass(frozen=True, slots=True)
class Chosen:
    """The column of each role, and the roles whose column was guessed from its name."""

    columns: Mapping[str, str]
    guessed: frozenset[str]


def choose_columns(
    present: Sequence[str],
    roles: Iterable[str],
    given: Mapping[str, str | None],
    *,
    known: Mapping[str, tuple[str, ...]] | None = None,
    optional: Iterable[str] = (),
    named_only: Iterable[str] = (),
) -> Chosen:
    """The column of each role among those of a register.

    Parameters
    ----------
    present : sequence of str
        Columns of the register, in order.
    roles : iterable of str
        Roles wanted, keys of `NAMES`.
    given : mapping of str to str
        Column named by the user for a role; None where none is.
    known : mapping of str to tuple of str, optional
        Names of a preset, tried before any guess; a role that it does not know is guessed.
    optional : iterable of str
        Roles guessed like the others, which may be missing.
    named_only : iterable of str
        Roles that may be missing, taken from the user or from a preset and never guessed.

    Returns
    -------
    Chosen

    Raises
    ------
    InputRefused
        If a column is not there, or none looks like a role. The message lists the columns there are.

    Examples
    --------
    >>> chosen = choose_columns(["Raison", "Activité", "LNG", "Lat"], ["lon", "lat", "industry"], {})
    >>> chosen.columns
    {'lon': 'LNG', 'lat': 'Lat', 'industry': 'Activité'}
    """
    columns: dict[str, str] = {}
    guessed: set[str] = set()
    optional, named_only = tuple(optional), tuple(named_only)
    for role in [*roles, *optional, *named_only]:
        name = given.get(role)
        if name is not None:
            columns[role] = named(present, name, role)
            continue
        found = _first(present, (known or {}).get(role, ()))
        if found is None and role not in named_only:
            found = guess(present, role)
        if found is not None:
            columns[role] = found
            guessed.add(role)
        elif role not in optional and role not in named_only:
            raise InputRefused("column_not_found", role=role, columns=", ".join(present))
    return Chosen(columns, frozenset(guessed))


def named(present: Sequence[str], name: str, role: str) -> str:
    """The column a user named, in any case.

    Raises
    ------
    InputRefused
        If there is none of that name.
    """
    if name in present:
        return name
    alike = [one for one in present if one.casefold() == name.casefold()]
    if len(alike) == 1:
        return alike[0]
    raise InputRefused("no_such_column", role=role, column=name, columns=", ".join(present))


def guess(present: Sequence[str], role: str) -> str | None:
    """The column whose name says a role; nothing if none does.

    A whole name goes before a part of one, and among those the order of `NAMES` decides.

    Examples
    --------
    >>> guess(["id", "Código_Act", "Nombre_Act"], "industry")
    'Código_Act'
    """
    whole = _first(present, NAMES[role])
    if whole is not None:
        return whole
    words = {name: set(_words(name)) for name in present}
    for alias in NAMES[role]:
        key = plain(alias)
        if len(key) < _SHORT:
            continue
        for name in present:
            if key in words[name]:
                return name
    return None


def plain(name: str) -> str:
    """A name without case, accents, spaces and marks.

    Examples
    --------
    >>> plain("Código_Act"), plain("x-longitude")
    ('codigoact', 'xlongitude')
    """
    spread = unicodedata.normalize("NFKD", name.casefold())
    return "".join(letter for letter in spread if letter.isalnum())


def _words(name: str) -> list[str]:
    """The words of a name, parted by marks or by capitals."""
    return [plain(word) for word in re.split(r"[\W_]+|(?<=[a-z])(?=[A-Z])", name) if word]


def _first(present: Sequence[str], names: Iterable[str]) -> str | None:
    keys: dict[str, str] = {}
    for one in present:
        keys.setdefault(plain(one), one)
    return next((keys[plain(name)] for name in names if plain(name) in keys), None)
