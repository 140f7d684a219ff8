import type { PersonNotice } from '../src/contract/glance.ts';

const longestBody = 160;

/** What a notification of the system shows. */
export function noticeWords(notice: PersonNotice): { readonly title: string; readonly body: string } {
  if (notice.kind === 'attention')
    return { title: 'Postern needs attention', body: shortened(notice.message) };
  return { title: `Text from ${notice.from ?? 'a hidden number'}`, body: shortened(notice.body) };
}

/** Control characters would let a sender draw what he likes. */
function shortened(text: string): string {
  const plain = text.replace(/\p{Cc}+/gu, ' ').trim();
  return plain.length > longestBody ? `${plain.slice(0, longestBody - 1)}…` : plain;
}

/** How many texts came in since the person last looked: what a badge shows. */
export class Unseen {
  readonly #show: (count: number) => void;
  #count = 0;

  constructor(show: (count: number) => void) {
    this.#show = show;
  }

  add(): void {
    this.#show(++this.#count);
  }

  seen(): void {
    if (this.#count === 0) return;
    this.#count = 0;
    this.#show(0);
  }
}
