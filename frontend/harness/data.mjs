/** Invented clusters on true towns: enough to see every symbol, a crowded town, a ring, links of each level. */
const TOWNS = [
  ['Casablanca', 'MA', -7.59, 33.57, 10], ['Rabat', 'MA', -6.84, 34.02, 4], ['Tanger', 'MA', -5.83, 35.77, 2], ['Fès', 'MA', -5.0, 34.03, 2],
  ['Marrakech', 'MA', -7.99, 31.63, 2], ['Agadir', 'MA', -9.6, 30.42, 3], ['Oujda', 'MA', -1.91, 34.68, 1], ['Laâyoune', 'EH', -13.2, 27.15, 1],
  ['Alger', 'DZ', 3.06, 36.75, 2], ['Béjaïa', 'DZ', 5.07, 36.75, 2], ['Oran', 'DZ', -0.64, 35.7, 1], ['Ghardaïa', 'DZ', 3.67, 32.49, 1], ['Constantine', 'DZ', 6.61, 36.37, 1],
  ['Tunis', 'TN', 10.18, 36.8, 4], ['Sfax', 'TN', 10.76, 34.74, 2], ['Monastir', 'TN', 10.83, 35.77, 2], ['Sousse', 'TN', 10.64, 35.83, 1], ['Gabès', 'TN', 10.1, 33.88, 1], ['Bizerte', 'TN', 9.87, 37.27, 1], ['Médenine', 'TN', 10.5, 33.35, 1],
]
const AR = { Casablanca: 'الدار البيضاء', Rabat: 'الرباط', Tanger: 'طنجة', 'Fès': 'فاس', Marrakech: 'مراكش', Agadir: 'أكادير', Oujda: 'وجدة', Alger: 'الجزائر', Tunis: 'تونس', Sfax: 'صفاقس', Oran: 'وهران', 'Béjaïa': 'بجاية', 'Laâyoune': 'العيون', Monastir: 'المنستير', Sousse: 'سوسة', 'Gabès': 'قابس', Bizerte: 'بنزرت', 'Médenine': 'مدنين', 'Ghardaïa': 'غرداية', Constantine: 'قسنطينة' }
const STATES = ['constituted', 'constituted', 'emerging', 'expected', 'potential']
const ANCHORS = ['rooted', 'constructed', null]

export function features(lang) {
  const sites = []
  let n = 0
  for (const [town, country, lon, lat, count] of TOWNS) {
    for (let i = 0; i < count; i++, n++) {
      const form = n % 11 === 7
      sites.push({
        type: 'Feature', geometry: { type: 'Point', coordinates: [lon, lat] },
        properties: {
          id: `xx-${n}`, kind: form ? 'form' : 'cluster', name: lang === 'ar' ? `عنقود تجريبي ${n}` : `Cluster d’essai ${n}`, place: lang === 'ar' ? (AR[town] ?? town) : town, country,
          sector: form ? null : (n * 3) % 7 + 1, state: form ? null : STATES[n % 5], anchoring: form ? null : ANCHORS[n % 3],
          provisional: n % 13 === 3, rival: n % 17 === 5, url: `/fr/clusters/xx-${n}/`, form_kind: form ? (n % 2 ? 'pole' : 'technopark') : null,
        },
      })
    }
  }
  const ends = [[0, [2.35, 48.85], 'euromed'], [0, [-4.4, 36.7], 'euromed'], [30, [7.26, 43.7], 'euromed'], [34, [4.35, 50.85], 'euromed'], [2, [-17.44, 14.69], 'extra_regional'], [5, [-73.57, 45.5], 'extra_regional'], [31, [139.7, 35.7], 'extra_regional'], [10, [-5.0, 34.03], 'national'], [0, [10.18, 36.8], 'intra_maghreb'], [27, [3.06, 36.75], 'intra_maghreb']]
  const links = ends.map(([from, to, level], at) => ({
    type: 'Feature', geometry: { type: 'LineString', coordinates: [sites[from].geometry.coordinates, to] },
    properties: { id: `link-${at}`, kind: 'link', level, link_kind: 'partnership', status: at % 4 === 3 ? 'sought' : 'active', a_name: sites[from].properties.name, b_name: 'Partenaire', a_url: sites[from].properties.url, b_url: '' },
  }))
  return { type: 'FeatureCollection', features: [...links, ...sites] }
}
