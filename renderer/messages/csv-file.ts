import type { Message } from '../../src/contract/message.ts';
import type { Page } from '../api/client.ts';
import { csvHead, csvLine } from './csv.ts';

/** Of so many messages on, a part of the file is handed to the browser, which need not keep it in memory. */
const partLength = 10_000;
/** While a page is read no more come in than this: so far back is looked for what has shifted to the next page. */
const lookBack = 2_000;

export interface CsvFile {
  readonly content: Blob;
  readonly count: number;
}

/**
 * All messages as CSV, a page after the other, however many there are. Pages may shift while messages come in: what was
 * read already is left out.
 */
export async function csvFileOf(
  read: (page: number) => Promise<Page<Message>>,
  onProgress: (percent: number) => void,
): Promise<CsvFile> {
  const parts: Blob[] = [];
  const recent = new Set<string>();
  let lines = [`\uFEFF${csvHead}`];
  let count = 0;
  const pack = () => {
    parts.push(new Blob(lines.map((line) => `${line}\r\n`)));
    lines = [];
  };
  for (let page = 1; ; page++) {
    const { data, meta } = await read(page);
    for (const message of data.filter(({ message_id: id }) => isNew(recent, id))) {
      lines.push(csvLine(message));
      count++;
    }
    if (lines.length >= partLength) pack();
    onProgress(Math.min(99, Math.floor((page / Math.max(meta.total_pages, 1)) * 100)));
    if (page < meta.total_pages) continue;
    pack();
    return { content: new Blob(parts, { type: 'text/csv;charset=utf-8' }), count };
  }
}

function isNew(recent: Set<string>, id: string): boolean {
  if (recent.has(id)) return false;
  recent.add(id);
  const [oldest = id] = recent;
  if (recent.size > lookBack) recent.delete(oldest);
  return true;
}
