import { text } from '../texts/text.ts';

type Attributes = Readonly<Record<string, string>>;

/** What the library leaves without a name, out of the keyboard's reach, or a level too deep beneath the title. */
const mended: readonly (readonly [selector: string, attributes: Attributes])[] = [
  ['select.examples-select-element', { 'aria-label': text('reference.example') }],
  ['pre.microlight', { tabindex: '0' }],
  ['.information-container', { role: 'region', 'aria-label': text('reference.about') }],
  ['h3', { 'aria-level': '2' }],
  ['h4', { 'aria-level': '3' }],
  ['h5', { 'aria-level': '4' }],
];

/** Mends what the library draws within `body`, whenever it draws something. */
export function mendReference(body: HTMLElement): void {
  new MutationObserver(() => {
    for (const [selector, attributes] of mended) {
      for (const element of body.querySelectorAll(selector)) mend(element, attributes);
    }
  }).observe(body, { childList: true, subtree: true });
}

function mend(element: Element, attributes: Attributes): void {
  for (const [name, value] of Object.entries(attributes)) element.setAttribute(name, value);
}
