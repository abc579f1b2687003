/**
 * What the pages of systems do in the browser: narrow the list, and refresh what is live without losing filter, place or focus.
 * Plain JavaScript, because it is sent as it stands; without it the page is whole, and loads itself anew.
 */
export const systemsScript = `
(() => {
  const everyMs = 15000
  const form = document.querySelector('.filter')
  const stale = document.querySelector('[data-stale]')
  const apply = () => {
    if (!form) return
    const { q, state, contract } = Object.fromEntries(new FormData(form))
    const terms = q.toLowerCase().split(/\\s+/).filter(Boolean)
    const rows = [...document.querySelectorAll('tbody[data-live=rows] tr')]
    let shown = 0
    for (const row of rows) {
      const { text, state: standing, contracts } = row.dataset
      const fits = terms.every((term) => text.includes(term)) && (!state || standing === state) && (!contract || contracts.split(' ').includes(contract))
      row.hidden = !fits
      if (fits) shown += 1
    }
    const told = shown === rows.length ? '' : '显示 ' + shown + ' / ' + rows.length
    const output = form.querySelector('output')
    if (output.textContent !== told) output.textContent = told
  }
  const remember = () => {
    const chosen = [...new FormData(form)].filter(([, value]) => value)
    const query = new URLSearchParams(chosen).toString()
    history.replaceState(null, '', location.pathname + (query ? '?' + query : '') + location.hash)
  }
  if (form) {
    for (const [name, value] of new URLSearchParams(location.search)) {
      const field = form.elements.namedItem(name)
      if (field) field.value = value
    }
    form.hidden = false
    form.addEventListener('input', () => { apply(); remember() })
    form.addEventListener('submit', (event) => event.preventDefault())
    apply()
  }
  const put = (fresh) => {
    const focused = document.activeElement
    const link = focused && focused.closest('[data-live]') && focused.getAttribute('href')
    const opened = new Set([...document.querySelectorAll('[data-live] details[open]')].map((one) => one.closest('tr')?.querySelector('a')?.href))
    for (const part of document.querySelectorAll('[data-live]')) {
      const next = fresh.querySelector('[data-live=' + part.dataset.live + ']')
      if (next && next.innerHTML !== part.innerHTML) part.replaceChildren(...document.importNode(next, true).childNodes)
    }
    for (const one of document.querySelectorAll('[data-live] details')) if (opened.has(one.closest('tr')?.querySelector('a')?.href)) one.open = true
    if (link) document.querySelector('[data-live] a[href="' + CSS.escape(link) + '"]')?.focus({ preventScroll: true })
    apply()
  }
  const refresh = async () => {
    if (document.hidden) return
    try {
      const answer = await fetch(location.pathname, { cache: 'no-store', signal: AbortSignal.timeout(10000) })
      if (!answer.ok) throw new Error(answer.status)
      put(new DOMParser().parseFromString(await answer.text(), 'text/html'))
      stale.hidden = true
    } catch {
      stale.hidden = false
    }
  }
  setInterval(refresh, everyMs)
  document.addEventListener('visibilitychange', refresh)
})()
`;
