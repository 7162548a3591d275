const esc = (text) => String(text).replace(/[&<>"]/g, (sign) => `&#${sign.charCodeAt(0)};`)

const SECTORS = { 1: 'Agroalimentaire', 2: 'Métallurgie, électronique', 3: 'TIC', 4: 'Textile, habillement', 5: 'Environnement', 6: 'Autre', 7: 'Industries culturelles et créatives' }
const SHAPES = { rooted: 'M10 3.6a6.4 6.4 0 1 1 0 12.8a6.4 6.4 0 1 1 0-12.8z', constructed: 'M4.4 4.4h11.2v11.2h-11.2z', none: 'M10 2.6l7.4 7.4l-7.4 7.4l-7.4-7.4z', hexagon: 'M10 3l6.1 3.5v7l-6.1 3.5l-6.1-3.5v-7z', triangle: 'M10 3.4l7 12.2h-14z' }
const HATCHES = { rooted: 'M3.9 9.1L9.1 3.9M4.9 13.1L13.1 4.9M7.1 15.9L15.9 7.1M11.4 16.2L16.2 11.4', constructed: 'M4.8 8.2L8.2 4.8M4.8 12.4L12.4 4.8M5.2 15.2L15.2 5.2M8.6 15.2L15.2 8.6M12.6 15.2L15.2 12.6', none: 'M4.6 8L8 11.4M6.4 6.2L13.8 13.6M8.2 4.4L15.6 11.8M4.4 11.6L8.4 15.6M11.4 3.9L16.1 8.6' }

function mark({ kind = 'cluster', sector = '', state = '', anchoring = null, ring = false, form = 'hexagon' }) {
  const shape = kind === 'form' ? form : (anchoring ?? 'none')
  return `<svg class="mark" viewBox="0 0 20 20" aria-hidden="true" data-kind="${kind}" data-sector="${sector ?? ''}" data-state="${state ?? ''}"><path class="mark__shape" d="${SHAPES[shape]}"/>${state === 'emerging' ? `<path class="mark__hatch" d="${HATCHES[shape]}"/>` : ''}${ring ? '<path class="mark__ring" d="M10 0.6a9.4 9.4 0 1 1 0 18.8a9.4 9.4 0 1 1 0-18.8z"/>' : ''}</svg>`
}

function frame({ lang, manifest, map = false, title, body }) {
  const file = (entry) => `/static/grappe/${manifest[entry].file}`
  const css = manifest['src/site.ts'].css.map((name) => `<link rel="stylesheet" href="/static/grappe/${name}">`).join('')
  const nav = lang === 'ar' ? ['الخريطة', 'الجدول', 'البلدان', 'المصادر والتباينات', 'المنهج', 'البيانات'] : ['Carte', 'Tableau', 'Pays', 'Sources et divergences', 'Méthode', 'Données']
  return `<!doctype html><html lang="${lang}" dir="${lang === 'ar' ? 'rtl' : 'ltr'}"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1"><title>${title}</title>${css}<script type="module" src="${file('src/site.ts')}"></script>${map ? `<script type="module" src="${file('src/map.ts')}"></script>` : ''}</head>
<body><a class="skip-link" href="#main">${lang === 'ar' ? 'إلى المحتوى' : 'Aller au contenu'}</a>
<header class="masthead"><div class="masthead__bar">
<p class="masthead__title"><a href="/${lang}/"><svg class="masthead__logo" viewBox="0 0 32 32" aria-hidden="true" fill="currentColor"><circle cx="8" cy="11" r="4.4"/><circle cx="18" cy="11" r="4.4"/><circle cx="13" cy="19.6" r="4.4"/><circle cx="23" cy="19.6" r="4.4"/><circle cx="18" cy="27.6" r="3.9"/><path d="M17 7c0-3 2-5 6-5.4" fill="none" stroke="currentColor" stroke-width="1.8"/></svg>${lang === 'ar' ? '<span>مرصد العناقيد<small>المغرب الكبير</small></span>' : '<span>Grappe<small>Observatoire des clusters du Maghreb</small></span>'}</a></p>
<form role="search" action="/${lang}/clusters/"><label class="visually-hidden" for="q">Rechercher</label><input id="q" type="search" name="q" placeholder="${lang === 'ar' ? 'بحث' : 'Chercher un cluster'}"><button type="submit">${lang === 'ar' ? 'بحث' : 'OK'}</button></form>
<div class="masthead__tools"><ul class="masthead__languages"><li><a href="/fr/" lang="fr" ${lang === 'fr' ? 'aria-current="true"' : ''}>Français</a></li><li><a href="/en/" lang="en">English</a></li><li><a href="/ar/" lang="ar" ${lang === 'ar' ? 'aria-current="true"' : ''}>العربية</a></li></ul><button type="button" data-theme-toggle aria-label="Clair ou sombre"></button></div></div>
<nav class="masthead__nav" aria-label="Principal"><details><summary>Menu</summary><ul>${nav.map((word, at) => `<li><a href="/${lang}/" ${at === (map ? 0 : 1) ? 'aria-current="page"' : ''}>${word}</a></li>`).join('')}</ul></details></nav></header>
<main id="main">${body}</main>
<footer class="footer"><div><ul><li><a href="#">Données et API</a></li><li><a href="#">Mentions</a></li></ul><p>D’après l’étude Clusters au Maghreb (2019). Non approuvé par l’IPEMED.</p></div></footer></body></html>`
}

export function mapPage({ lang, manifest, url, collection }) {
  const config = {
    sectors: Object.fromEntries(Object.entries(SECTORS).map(([code, label]) => [code, { label }])),
    levels: { national: { label: 'National' }, intra_maghreb: { label: 'Intra-maghrébin' }, euromed: { label: 'Euro-méditerranéen' }, extra_regional: { label: 'Extra-régional' } },
    labels: { zoomIn: 'Agrandir', zoomOut: 'Réduire', reset: 'Vue d’ensemble', fullscreen: 'Plein écran', closePopup: 'Fermer', attribution: 'Étude 2019', mapUnavailable: 'La carte ne peut pas être dessinée ici ; la liste donne les mêmes clusters.', constituted: 'constitué', emerging: 'émergent', expected: 'attendu', potential: 'potentiel', rooted: 'enraciné', constructed: 'construit', provisional: 'lieu provisoire', rival: 'un autre lieu est imprimé', unknown: 'secteur inconnu', map: 'Carte des clusters' },
    layers: ['clusters', 'forms', 'links'], fit: null, minimap: false,
  }
  const query = new URLSearchParams(url.searchParams)
  query.set('lang', lang)
  const sites = collection.features.filter(({ geometry }) => geometry.type === 'Point').map(({ properties }) => properties).filter(({ country }) => url.searchParams.getAll('country').length === 0 || url.searchParams.getAll('country').includes(country))
  const layer = url.searchParams.getAll('layer')
  const on = (name) => (layer.length === 0 || layer.includes(name) ? 'checked' : '')
  const countries = [['MA', 'Maroc'], ['DZ', 'Algérie'], ['TN', 'Tunisie']]
  return frame({ lang, manifest, map: true, title: 'Carte', body: `
<div class="atlas"><section class="atlas__panel">
<h1>${lang === 'ar' ? 'عناقيد المغرب الكبير' : 'Les clusters du Maghreb'}</h1><p class="asof">${lang === 'ar' ? 'الوضع في <strong>مارس 2019</strong>' : 'Situation en <strong>mars 2019</strong>, telle que l’étude la donne'}</p>
<form class="filters filters--side" data-live id="filters" method="get" action="/${lang}/">
<fieldset><legend>${lang === 'ar' ? 'البلد' : 'Pays'}</legend>${countries.map(([code, label]) => `<label class="chip"><input type="checkbox" name="country" value="${code}" ${url.searchParams.getAll('country').includes(code) ? 'checked' : ''}>${label}</label>`).join('')}</fieldset>
<fieldset><legend>${lang === 'ar' ? 'القطاع' : 'Secteur'}</legend>${Object.entries(SECTORS).map(([code, label]) => `<label class="chip"><input type="checkbox" name="sector" value="${code}"><span class="swatch sector-${code}"></span>${label}</label>`).join('')}</fieldset>
<fieldset><legend>${lang === 'ar' ? 'الطبقات' : 'Calques'}</legend>${[['clusters', 'Clusters'], ['forms', 'Pôles et autres formes'], ['links', 'Liens']].map(([value, label]) => `<label class="chip"><input type="checkbox" name="layer" value="${value}" ${on(value)}>${label}</label>`).join('')}</fieldset>
<div class="filters__actions"><button type="submit">${lang === 'ar' ? 'تصفية' : 'Filtrer'}</button></div></form>
<div class="legend"><div><h2>${lang === 'ar' ? 'النضج' : 'Maturité'}</h2><ul>${[['constituted', 'constitué'], ['emerging', 'émergent'], ['expected', 'attendu']].map(([state, label]) => `<li>${mark({ sector: 2, state, anchoring: 'rooted' })}${label}</li>`).join('')}</ul></div>
<div><h2>${lang === 'ar' ? 'التجذر' : 'Ancrage'}</h2><ul><li>${mark({ sector: 2, state: 'constituted', anchoring: 'rooted' })}enraciné</li><li>${mark({ sector: 2, state: 'constituted', anchoring: 'constructed' })}construit</li><li>${mark({ sector: 2, state: 'constituted' })}sans ou inconnu</li></ul></div>
<div><h2>Autres formes</h2><ul><li>${mark({ kind: 'form' })}pôle</li><li>${mark({ kind: 'form', form: 'triangle' })}autre forme</li><li>${mark({ sector: 4, state: 'expected', anchoring: 'rooted', ring: true })}lieu provisoire</li></ul></div>
<div><h2>Liens</h2><ul><li><span class="line level-national"></span>national</li><li><span class="line level-euromed"></span>euro-méditerranéen</li><li><span class="line level-extra_regional"></span>extra-régional</li></ul></div></div>
<p id="status" class="note" role="status" aria-live="polite">${sites.length} résultats</p>
<ul class="results" id="results" data-swap data-count-text="${sites.length} résultats">${sites.map((site) => `<li data-id="${site.id}">${mark({ kind: site.kind, sector: site.sector, state: site.state, anchoring: site.anchoring, ring: site.provisional || site.rival, form: site.form_kind === 'pole' ? 'hexagon' : 'triangle' })}<a href="${site.url}">${esc(site.name)}</a><small>${esc(site.place)}${site.sector ? ` · ${SECTORS[site.sector]}` : ''}</small></li>`).join('')}</ul>
</section><div class="atlas__map"><div id="map" class="map" data-swap="attributes" data-features="/api/map.geojson?${esc(query)}" data-boundaries="/static/grappe/boundaries-atlas.json" data-lang="${lang}" data-config="${esc(JSON.stringify(config))}"></div></div></div>` })
}

const cite = (line, printed = '12 entreprises, 2 centres de recherche') => `<a class="cite" href="/statements/abc" data-source="Clusters au Maghreb, 2019" data-part="fiche" data-locator="ligne ${line}" data-printed="${printed}" data-lang="fr">l. ${line}</a>`

export function sheetPage({ lang, manifest }) {
  const ar = lang === 'ar'
  return frame({ lang, manifest, title: 'Fiche', body: `<div class="page page--wide">
<nav class="breadcrumbs" aria-label="Fil"><ol><li><a href="#">${ar ? 'الجدول' : 'Tableau'}</a></li><li><a href="#">${ar ? 'المغرب' : 'Maroc'}</a></li><li aria-current="page">xx-14</li></ol></nav>
<h1>${ar ? 'عنقود الجلد والأحذية' : 'Cluster d’essai du cuir et de la chaussure'}</h1><p class="asof">${ar ? 'الوضع في' : 'Situation en'} <time datetime="2019-03"><strong>${ar ? 'مارس 2019' : 'mars 2019'}</strong></time> <span class="badge badge--constituted">${ar ? 'مؤسَّس' : 'constitué'}</span> <span class="badge badge--emerging">${ar ? 'في طور التكوين' : 'émergent'}</span> <span class="badge badge--expected">attendu</span> <span class="badge badge--provisional">provisoire</span> <span class="badge badge--dispute">2 divergences</span></p>
<p class="lede">${ar ? 'تجمع شركات الجلد والأحذية حول مركز تقني ومدرسة، ويعمل على التصدير والتكوين وتقاسم المختبرات.' : 'Des entreprises du cuir réunies autour d’un centre technique et d’une école, qui partagent l’exportation, la formation et les essais.'}</p>
<ul class="stats"><li class="stat"><strong>38</strong><span class="stat__unit">${ar ? 'عضوا' : 'entreprises membres'} ${cite(1117)}</span></li><li class="stat"><strong>2 450</strong><span class="stat__unit">${ar ? 'منصب شغل' : 'emplois, estimation'} ${cite(1119)}</span></li><li class="stat"><strong>2,0</strong><span class="stat__unit">millions de dirhams ${cite(1120)}</span></li></ul>
<div class="cols cols--aside"><div><h2>${ar ? 'الهوية' : 'Identité'}</h2><dl class="facts">
<dt>${ar ? 'سنة التأسيس' : 'Création'}</dt><dd>2011 ${cite(1117)}</dd>
<dt>${ar ? 'عدد الأعضاء' : 'Membres'}</dt><dd><div class="dispute"><span>38 entreprises ${cite(1118)}</span><span class="rival">aussi imprimé : 45 ${cite(402)}</span></div></dd>
<dt>${ar ? 'الرئيس' : 'Président'}</dt><dd><span class="unknown" title="Inconnu">—</span></dd>
<dt>${ar ? 'الأنشطة' : 'Activités'}</dt><dd><ul><li>Tannerie ${cite(1121)}</li><li>Chaussure ${cite(1122)}</li></ul></dd></dl>
<div class="finding"><p><strong>Les parties ne font pas le total.</strong> 12 + 20 donne 32, la fiche imprime 38.</p></div></div>
<aside><div class="notice"><p><strong>Fiche à relire.</strong> Deux valeurs attendent un arbitrage.</p></div><ul class="download"><li><a href="#">CSV <small>12 ko</small></a></li><li><a href="#">JSON-LD</a></li><li><a href="#">PDF</a></li></ul><p><button type="button" data-copy data-copied="Copié">Copier le lien</button></p></aside></div>
<h2>${ar ? 'الجدول' : 'Tableau'}</h2><form class="filters" data-live action=""><label>Recherche<input type="search" name="q"></label><label>Pays<select name="country"><option value="">Tous</option><option>Maroc</option></select></label><fieldset><legend>État</legend>${['constitué', 'émergent', 'attendu'].map((word) => `<label class="chip"><input type="checkbox" name="state" value="${word}">${word}</label>`).join('')}</fieldset><div class="filters__actions"><button type="submit">Filtrer</button><a href="#">Effacer</a></div></form>
<div class="tablewrap" tabindex="0" role="region" aria-label="Clusters"><table class="data"><thead><tr><th scope="col" aria-sort="ascending"><a href="#">${ar ? 'الاسم' : 'Nom'}</a></th><th scope="col"><a href="#">${ar ? 'المكان' : 'Lieu'}</a></th><th scope="col">${ar ? 'القطاع' : 'Secteur'}</th><th scope="col">État</th><th scope="col" class="num"><a href="#">Création</a></th><th scope="col" class="num"><a href="#">Membres</a></th></tr></thead><tbody>${Array.from({ length: 9 }, (_, at) => `<tr><th scope="row"><a href="#">Cluster d’essai ${at}</a></th><td>${['Casablanca', 'Fès', 'Sfax'][at % 3]}${at === 2 ? ' <span class="dispute">Sousse <span class="rival">Monastir</span></span>' : ''}</td><td>${mark({ sector: (at % 7) + 1, state: ['constituted', 'emerging', 'expected'][at % 3], anchoring: ['rooted', 'constructed', null][at % 3] })} ${SECTORS[(at % 7) + 1]}</td><td><span class="badge badge--${['constituted', 'emerging', 'expected'][at % 3]}">${['constitué', 'émergent', 'attendu'][at % 3]}</span></td><td class="num">${2008 + at}</td><td class="num">${at === 4 ? '<span class="unknown" title="Inconnu">—</span>' : (at * 137) % 900}</td></tr>`).join('')}</tbody></table></div>
<nav class="pagination" aria-label="Pages"><ol><li><a href="#">1</a></li><li><span aria-current="page">2</span></li><li><a href="#">3</a></li></ol></nav></div>` })
}
