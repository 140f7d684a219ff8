import { Button } from '@mantine/core';
import { Download } from 'lucide-react';
import { memo, useRef, useState } from 'react';
import type { Message } from '../../src/contract/message.ts';
import { faultOf } from '../api/act.ts';
import { readPage } from '../api/client.ts';
import { saveBlob } from '../elements/save-file.ts';
import { toast } from '../elements/toasts.tsx';
import type { LogFilter } from '../shell/route.ts';
import { text } from '../texts/text.ts';
import { csvFileOf } from './csv-file.ts';

const perPage = 100;

/** Saves all that the filter lets through as CSV, a page at a time, with its progress; a second press stops it. */
export const ExportButton = memo(function ExportButton({ filter }: { readonly filter: LogFilter }) {
  const [progress, setProgress] = useState<number>();
  const stop = useRef<AbortController>(null);
  const run = async () => {
    if (progress !== undefined) return stop.current?.abort();
    const abort = new AbortController();
    stop.current = abort;
    setProgress(0);
    try {
      const { content, count } = await csvFileOf(
        (page) => readPage<Message>('/v1/sms', { ...filter, page, per_page: perPage }, abort.signal),
        setProgress,
      );
      saveBlob(`messages-${new Date().toISOString().slice(0, 10)}.csv`, content);
      toast({ tone: 'done', title: text('export.done', { count }) });
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
