/**
 * Search in the browser, without any server but this hub's own index: plain JavaScript, because it is sent as it stands.
 * Chinese and codes are found by their parts, whatever the case and with or without underscores.
 * @see ./search-index.ts
 */

/** Pure: `rank(items, query, limit)` → `{ total, hits }`, the best first. */
export const rankScript = `
function plain(text) { return text.normalize('NFKC').toLowerCase().replaceAll('_', '') }
function rank(items, query, limit) {
  const terms = plain(query).split(/\\s+/).filter(Boolean)
  if (terms.length === 0) return { total: 0, hits: [] }
  const hits = []
  for (const item of items) {
    if (!terms.every((term) => item.text.includes(term))) continue
    let score = item.order
    for (const term of terms) {
      const places = item.keys.map((key) => (key === term ? 0 : key.startsWith(term) ? 10 : key.includes(term) ? 20 : 40))
      score += Math.min(40, ...places)
    }
    hits.push({ item, score })
  }
  hits.sort((a, b) => a.score - b.score || a.item.name.length - b.item.name.length)
  return { total: hits.length, hits: hits.slice(0, limit).map((hit) => hit.item) }
}
function itemsOf(index) {
  const items = []
  const titles = new Map(index.contracts.map(([path, , title]) => [path, title]))
  const add = (order, kind, url, name, code, detail, keys, more) => {
    const plainKeys = keys.flatMap((key) => key.split(' ')).concat(name).filter(Boolean).map(plain)
    items.push({ order, kind, url, name, code, detail, keys: plainKeys, text: plain(plainKeys.join(' ') + ' ' + detail + ' ' + more) })
  }
  for (const [path, name, title] of index.contracts) add(0, '契约', path, title, name, '', [name], '')
  for (const [path, code, type, name, about, fields] of index.datasets) {
    add(1, '数据集', path + '#dataset-' + code, name, code, titles.get(path) + ' · ' + type, [code, type], about)
    for (const [field, wires, label, note] of fields)
      add(2, '字段', path + '#field-' + code + '.' + field, label, wires || field, titles.get(path) + ' · ' + name + ' · ' + field, [wires, field], note)
  }
  for (const [code, title, values] of index.lists) {
    const url = '/dictionary/codes#list-' + code
    add(1, '代码表', url, title, code, '', [code], '')
    for (const [value, label] of values) add(3, '代码值', url, label, value, title + ' · ' + code, [value], '')
  }
  for (const [url, name, title] of index.types) add(2, '类型', url, title, name, '', [name], '')
  return items
}`;

const interfaceScript = `
(() => {
  const box = document.querySelector('.find')
  const input = box.querySelector('input')
  const found = box.querySelector('.found')
  const told = found.querySelector('p')
  const list = found.querySelector('ol')
  let items
  box.hidden = false
  const load = () => (items ??= fetch('/dictionary/search.json').then((answer) => answer.json()).then(itemsOf))
  const element = (name, text) => Object.assign(document.createElement(name), { textContent: text })
  const row = (item) => {
    const link = element('a', '')
    link.href = item.url
    const kind = element('span', item.kind)
    kind.className = 'kind'
    const name = document.createElement('span')
    name.append(element('b', item.name), element('code', item.code))
    link.append(kind, name)
    if (item.detail) link.append(element('small', item.detail))
    const entry = document.createElement('li')
    entry.append(link)
    return entry
  }
  const close = () => { found.hidden = true }
  const search = async () => {
    const query = input.value
    if (query.trim() === '') return close()
    let all
    try { all = await load() } catch { items = undefined; told.textContent = '索引未能取得，请重试。The index did not arrive.'; list.replaceChildren(); found.hidden = false; return }
    if (query !== input.value) return
    const { total, hits } = rank(all, query, 60)
    told.textContent = total === 0 ? '没有找到。Nothing found.' : '找到 ' + total + ' 项' + (total > hits.length ? '，列出最相近的 ' + hits.length + ' 项' : '') + '。' + total + ' found.'
    list.replaceChildren(...hits.map(row))
    found.hidden = false
  }
  input.addEventListener('focus', () => { load().catch(() => { items = undefined }); if (input.value) search() })
  input.addEventListener('input', search)
  found.addEventListener('click', (event) => { if (event.target.closest('a')) close() })
  document.addEventListener('click', (event) => { if (!box.contains(event.target)) close() })
  document.addEventListener('keydown', (event) => {
    const typing = /^(INPUT|TEXTAREA|SELECT)$/.test(event.target.tagName)
    if (event.key === '/' && !typing && !event.ctrlKey && !event.metaKey) { event.preventDefault(); input.focus(); input.select() }
    if (!box.contains(event.target)) return
    if (event.key === 'Escape') { close(); input.focus() }
    if (event.key === 'Enter' && event.target === input) { const [first] = list.querySelectorAll('a'); if (first && !found.hidden) first.click() }
    if (event.key !== 'ArrowDown' && event.key !== 'ArrowUp') return
    const links = [input, ...list.querySelectorAll('a')]
    const next = links[links.indexOf(document.activeElement) + (event.key === 'ArrowDown' ? 1 : -1)]
    if (next) { event.preventDefault(); next.focus() }
  })
  const side = document.querySelector('.side details')
  if (side && matchMedia('(max-width: 1080px)').matches) side.open = false
})()`;

/** The one script of every page. */
export const searchScript = `${rankScript}\n${interfaceScript}\n`;
