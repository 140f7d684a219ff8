import { type PageWord, StreamShares } from './stream-shares.ts';

/** Runs once for all pages of the browser that show this gateway, as long as one of them is there. */
const shares = new StreamShares(() => new EventSource('/v1/events'));

addEventListener('connect', (event) => {
  const [page] = (event as MessageEvent).ports;
  if (!page) return;
  page.addEventListener('message', ({ data }: MessageEvent<PageWord>) => shares.hear(page, data));
  // a page that is gone without a word; not every browser tells
  page.addEventListener('close', () => shares.leave(page));
  page.start();
  shares.join(page);
});
