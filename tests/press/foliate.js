// An app around foliate-js, as small as can be: it opens an e-book, shows a part of it and tells what is seen there.

import './foliate/view.js'
import { FootnoteHandler } from './foliate/footnotes.js'

// What apps add to every book: day and night of the system, or colours of their own that no book may overrule.
const LOOKS = {
  system: 'html { color-scheme: light dark } @media (prefers-color-scheme: dark) { a:link { color: lightblue } }',
  night: 'html, body { background: #000 !important; color: #ccc !important }',
}
const NEARLY = 1 // px: what rounding may add to a width

const view = document.createElement('foliate-view')
document.body.append(view)
const shown = () => view.renderer.getContents()[0].doc
const style = element => element.ownerDocument.defaultView.getComputedStyle(element)

// --- the book as a whole

const entry = ({ label, href, subitems }) => ({ label, href, items: (subitems ?? []).map(entry) })

const book = () => ({
  contents: view.book.toc.map(entry),
  pages: (view.book.pageList ?? []).map(entry),
  metadata: view.book.metadata,
  documents: view.book.sections.map(section => section.id),
})

// --- the part that is shown

// `main#id.class`, to tell an element in a message.
const name = element => element.localName + (element.id && `#${element.id}`)
  + [...element.classList].map(word => `.${word}`).join('')

const isSeen = element => {
  const { width, height } = element.getBoundingClientRect()
  return width > 0 && height > 0 && style(element).visibility === 'visible'
}

const channels = colour => {
  const [red, green, blue, alpha = 1] = colour.match(/[\d.]+/g).map(Number)
  return [red, green, blue, alpha]
}

const over = ([r, g, b, alpha], ground) => [r, g, b].map((value, i) => value * alpha + ground[i] * (1 - alpha))

const canvas = doc => {
  const probe = doc.body.appendChild(doc.createElement('div'))
  probe.style.cssText = 'background: Canvas !important'
  const colour = channels(style(probe).backgroundColor)
  probe.remove()
  return colour
}

const lineage = element => element ? [element, ...lineage(element.parentElement)] : []

// The colour that lies behind an element's text.
const ground = element => lineage(element)
  .reduceRight((behind, each) => over(channels(style(each).backgroundColor), behind), canvas(element.ownerDocument))

const luminance = colour => {
  const [r, g, b] = colour.map(value => value / 255)
    .map(value => value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4)
  return 0.2126 * r + 0.7152 * g + 0.0722 * b
}

// How much text stands out from what is behind it, as WCAG 2 reckons it: 1 not at all, 21 black on white.
const contrast = element => {
  const behind = ground(element)
  const [light, dark] = [over(channels(style(element).color), behind), behind].map(luminance).sort((a, b) => b - a)
  return (light + 0.05) / (dark + 0.05)
}

const texts = doc => [...doc.body.querySelectorAll('*')].filter(element => isSeen(element)
  && [...element.childNodes].some(node => node.nodeType === Node.TEXT_NODE && node.data.trim()))

// Where text may stand: a page's left side, its width, and the way to the next page, which lies to the right.
const pages = ({ documentElement, defaultView }) => {
  const { columnWidth, columnGap } = style(documentElement)
  const { width } = documentElement.getBoundingClientRect()
  return columnWidth === 'auto' ? { start: 0, width: defaultView.innerWidth, step: Infinity }
    : { start: parseFloat(columnGap) / 2, width: width - parseFloat(columnGap), step: width }
}

const isWide = element => {
  const { start, width, step } = pages(element.ownerDocument)
  return [...element.getClientRects()].some(box => {
    const left = (box.left - start + NEARLY) % step - NEARLY
    return left < -NEARLY || left + box.width > width + NEARLY
  })
}

const picture = image => {
  const { width, height } = image.getBoundingClientRect()
  return {
    alt: image.alt,
    own: [image.naturalWidth, image.naturalHeight],
    shown: [width, height],
    filters: lineage(image).map(element => style(element).filter).filter(filter => filter !== 'none'),
  }
}

const seen = () => {
  const doc = shown()
  return {
    text: doc.body.innerText,
    wide: [...doc.body.querySelectorAll('*')].filter(element => isSeen(element) && isWide(element)).map(name),
    pictures: [...doc.images].filter(isSeen).map(picture),
    contrasts: texts(doc).map(element => [name(element), contrast(element)]),
  }
}

// --- notes, which open in a small view over the page

const notes = new FootnoteHandler()
const popup = document.body.appendChild(document.createElement('aside'))
let opening
notes.addEventListener('before-render', ({ detail }) => {
  popup.replaceChildren(detail.view)
  detail.view.renderer.setStyles(LOOKS.system)
  detail.view.renderer.setAttribute('flow', 'scrolled')
})
notes.addEventListener('render', ({ detail: { view } }) => view.addEventListener('relocate',
  () => opening.resolve(view.renderer.getContents()[0].doc.body.innerText), { once: true }))
view.addEventListener('link', event => notes.handle(view.book, event)?.catch(problem => opening.reject(problem)))

globalThis.reader = {
  async open(url, look, flow) {
    await view.open(url)
    view.renderer.setStyles(LOOKS[look])
    view.renderer.setAttribute('flow', flow)
    return book()
  },
  async show(target) {
    popup.replaceChildren()
    await view.goTo(target)
    await shown().fonts.ready
    await Promise.all([...shown().images].map(image => image.decode()))
    return seen()
  },
  page: () => view.lastLocation?.pageItem?.label ?? '',
  note(reference) {
    opening = Promise.withResolvers()
    shown().querySelectorAll('.noteref')[reference].click()
    return opening.promise
  },
}
