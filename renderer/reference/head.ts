import logo from '../theme/favicon.svg';
import { text } from '../texts/text.ts';

/** The head of the reference: where it belongs, and the way back. */
export function referenceHead(): HTMLElement {
  const head = document.createElement('header');
  head.className = 'reference-head';
  head.append(wayBack(), title());
  return head;
}

function wayBack(): HTMLElement {
  const link = document.createElement('a');
  link.href = '/';
  const sign = document.createElement('img');
  Object.assign(sign, { src: logo, alt: '', width: 20, height: 20 });
  link.append(sign, text('app.name'));
  return link;
}

function title(): HTMLElement {
  const heading = document.createElement('h1');
  heading.textContent = text('page.reference');
  return heading;
}
