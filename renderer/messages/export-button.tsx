import { Button } from '@mantine/core';
import { Download } from 'lucide-react';
import { memo, useRef, useState } from 'react';
import type { Message } from '../../src/contract/message.ts';
import { faultOf } from '../api/act.ts';
import { readPage } from '../api/client.ts';
import { saveFile } from '../elements/save-file.ts';
import { toast } from '../elements/toasts.tsx';
import type { LogFilter } from '../shell/route.ts';
import { text } from '../texts/text.ts';
import { csvHead, csvLine } from './csv.ts';

const perPage = 100;
/** More than a spreadsheet opens with ease; whoever needs all of it narrows the days, or asks the API. */
const mostExported = 100_000;

/** Saves what the filter lets through as CSV, a page at a time, with its progress; a second press stops it. */
export const ExportButton = memo(function ExportButton({ filter }: { readonly filter: LogFilter }) {
  const [progress, setProgress] = useState<number>();
  const stop = useRef<AbortController>(null);
  const run = async () => {
    if (progress !== undefined) return stop.current?.abort();
    const abort = new AbortController();
    stop.current = abort;
    setProgress(0);
    try {
      const lines = await collect(filter, abort.signal, setProgress);
      saveFile(
        `messages-${new Date().toISOString().slice(0, 10)}.csv`,
        `\uFEFF${lines.join('\r\n')}\r\n`,
        'text/csv',
      );
      toast({ tone: 'done', title: text('export.done', { count: lines.length - 1 }) });
    } catch (error) {
      if (!abort.signal.aborted)
        toast({ tone: 'failed', title: text('export.failed'), body: faultOf(error as Error) });
    } finally {
      setProgress(undefined);
    }
  };
  return (
    <Button
      leftSection={<Download size={16} />}
      onClick={() => void run()}
      title={progress === undefined ? undefined : text('export.stop')}
    >
      {progress === undefined ? text('export.button') : text('export.progress', { percent: progress })}
    </Button>
  );
});

/** Pages may shift while messages come in: what was read already is left out. */
async function collect(
  filter: LogFilter,
  signal: AbortSignal,
  onProgress: (percent: number) => void,
): Promise<string[]> {
  const lines = new Map<string, string>();
  for (let page = 1; ; page++) {
    const read = await readPage<Message>('/v1/sms', { ...filter, page, per_page: perPage }, signal);
    for (const message of read.data) lines.set(message.message_id, csvLine(message));
    const total = Math.min(read.meta.total, mostExported);
    onProgress(Math.min(99, Math.floor((lines.size / Math.max(total, 1)) * 100)));
    if (page >= read.meta.total_pages || lines.size >= mostExported) return [csvHead, ...lines.values()];
  }
}
