import { expect, it } from 'vitest';
import { type StreamWord, StreamShares } from '../../../renderer/live/stream-shares.ts';

/** An event source that the test opens, breaks and speaks through. */
class SourceDouble extends EventTarget {
  readyState = 0;

  opens(): void {
    this.readyState = 1;
    this.dispatchEvent(new Event('open'));
  }

  says(type: string, data: string): void {
    this.dispatchEvent(new MessageEvent(type, { data }));
  }

  close(): void {
    this.readyState = 2;
  }
}

/** Shares of a stream, and pages whose ears are kept. */
function sharing() {
  const sources: SourceDouble[] = [];
  const shares = new StreamShares(() => {
    const source = new SourceDouble();
    sources.push(source);
    return source;
  });
  const visit = () => {
    const heard: StreamWord[] = [];
    const page = { heard, postMessage: (word: StreamWord) => void heard.push(word) };
    shares.join(page);
    shares.hear(page, { listen: 'open' });
    shares.hear(page, { listen: 'modem.changed' });
    return page;
  };
  const last = () => sources.at(-1) ?? new SourceDouble();
  return { shares, sources, visit, last };
}

it('one stream tells all pages what happens, and one that comes later that it is open', () => {
  const { sources, visit, last } = sharing();
  const first = visit();
  last().opens();
  const second = visit();
  last().says('modem.changed', '1');
  last().says('modem.removed', '2');
  expect(sources).toHaveLength(1);
  expect([first.heard, second.heard]).toEqual([
    [{ type: 'open' }, { type: 'modem.changed', data: '1' }],
    [{ type: 'open' }, { type: 'modem.changed', data: '1' }],
  ]);
});

it('the stream stays while a page is there, whichever began it, and no longer', () => {
  const { shares, visit, last } = sharing();
  const [first, second] = [visit(), visit()];
  last().opens();
  shares.hear(first, 'leave');
  last().says('modem.changed', '1');
  expect([first.heard.length, second.heard.length, last().readyState]).toEqual([1, 2, 1]);
  shares.hear(second, 'leave');
  expect(last().readyState).toBe(2);
});

it('a stream that breaks is told to all, and opened once for all who ask anew', () => {
  const { shares, sources, visit, last } = sharing();
  const [first, second] = [visit(), visit()];
  last().opens();
  last().dispatchEvent(new Event('error'));
  expect([first.heard.at(-1), second.heard.at(-1)]).toEqual([{ type: 'error' }, { type: 'error' }]);
  shares.hear(first, { listen: 'modem.changed' });
  const [third, fourth] = [visit(), visit()];
  shares.hear(first, 'leave');
  last().opens();
  last().says('modem.changed', '1');
  expect(sources).toHaveLength(2);
  expect([third.heard.length, fourth.heard.length, first.heard.length]).toEqual([2, 2, 2]);
});

it('a page that asks whether the stream is there is answered, and it alone', () => {
  const { shares, visit } = sharing();
  const [first, second] = [visit(), visit()];
  shares.hear(first, 'ask');
  expect([first.heard, second.heard]).toEqual([[{ type: 'here' }], []]);
});
