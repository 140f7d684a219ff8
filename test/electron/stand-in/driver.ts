import { runInThisContext } from 'node:vm';
import * as electron from './index.ts';

/** What the test asks: the text of a function that gets the stand-in and one argument, as Playwright's `evaluate`. */
interface Order {
  readonly id: number;
  readonly source: string;
  readonly argument: unknown;
}

process.on('message', (order: Order) => void obey(order));
process.on('disconnect', () => electron.app.exit(1));

async function obey({ id, source, argument }: Order): Promise<void> {
  try {
    const work = runInThisContext(`(${source})`) as (from: typeof electron, value: unknown) => unknown;
    process.send?.({ id, value: await work(electron, argument) });
  } catch (error) {
    process.send?.({ id, error: String((error as Error).stack ?? error) });
  }
}
