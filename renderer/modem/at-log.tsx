import { Button, Checkbox, TextInput } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { Download, Search, SquareTerminal } from 'lucide-react';
import { type RefObject, useEffect, useRef, useState } from 'react';
import type { ModemView } from '../../src/contract/modem.ts';
import type { AtLogLine, AtLogView } from '../../src/contract/modem-actions.ts';
import { queryString, readOne } from '../api/client.ts';
import { LoadError } from '../elements/load-error.tsx';
import { Notice } from '../elements/notice.tsx';
import page from '../elements/page.module.css';
import { saveFile } from '../elements/save-file.ts';
import { text } from '../texts/text.ts';
import styles from './at-log.module.css';

const followEveryMs = 10_000;
const mostLines = 2_000;

/** What was said between Postern and the modem, newest last, as it comes. Secrets are masked by the gateway. */
export function AtLog({ modem }: { readonly modem: ModemView }) {
  const [words, setWords] = useState('');
  const [follows, setFollows] = useState(true);
  const { data: lines, error, refetch, isFetching } = useAtLog(modem.id);
  const shown = (lines ?? []).filter(({ text: line }) => line.toLowerCase().includes(words.toLowerCase()));
  const end = useRef<HTMLElement>(null);
  const last = shown.at(-1)?.seq;
  // biome-ignore lint/correctness/useExhaustiveDependencies: a new last line is what is followed
  useEffect(() => {
    const frame = end.current;
    if (follows && frame) frame.scrollTop = frame.scrollHeight;
  }, [follows, last]);
  return (
    <div className={page.page}>
      <div className={styles.bar}>
        <TextInput
          className={styles.find}
          aria-label={text('at_log.filter')}
          placeholder={text('at_log.filter')}
          leftSection={<Search size={16} aria-hidden="true" />}
          value={words}
          onChange={(event) => setWords(event.currentTarget.value)}
        />
        <Checkbox
          label={text('at_log.follow')}
          checked={follows}
          onChange={(event) => setFollows(event.currentTarget.checked)}
        />
        <span className={styles.gap} />
        <Button loading={isFetching} onClick={() => void refetch()}>
          {text('at_log.again')}
        </Button>
        <Button
          leftSection={<Download size={16} />}
          disabled={shown.length === 0}
          onClick={() => saveFile(`at-log-${modem.id}.txt`, shown.map(plainLine).join('\n'))}
        >
          {text('at_log.download')}
        </Button>
      </div>
      {!lines && error && <LoadError error={error} onRetry={() => void refetch()} />}
      {lines && shown.length === 0 && (
        <Notice icon={SquareTerminal} title={text(lines.length === 0 ? 'at_log.none' : 'at_log.no_match')}>
          <p>{text(lines.length === 0 ? 'at_log.none_what' : 'at_log.no_match_what')}</p>
        </Notice>
      )}
      {shown.length > 0 && <Lines lines={shown} frame={end} />}
    </div>
  );
}

interface LinesProps {
  readonly lines: readonly AtLogLine[];
  readonly frame: RefObject<HTMLElement | null>;
}

function Lines({ lines, frame }: LinesProps) {
  return (
    <section
      ref={frame}
      className={styles.lines}
      // biome-ignore lint/a11y/noNoninteractiveTabindex: a region that scrolls must be reachable by keyboard
      tabIndex={0}
      aria-label={text('modem_tab.log')}
    >
      {lines.map((line) => (
        <div key={line.seq} className={styles.line} data-direction={line.direction}>
          <time dateTime={line.at}>{timeOf(line)}</time>
          <span>{text(`at_log.${line.direction}`)}</span>
          <code>{line.text}</code>
        </div>
      ))}
    </section>
  );
}

/** Asks for what came since; what is known already is kept. */
function useAtLog(id: string) {
  const known = useRef<{ lines: readonly AtLogLine[]; last: number | undefined }>({
    lines: [],
    last: undefined,
  });
  return useQuery({
    queryKey: ['at-log', id],
    queryFn: async ({ signal }) => {
      const { lines, last } = known.current;
      const query = queryString({ after: last, limit: mostLines });
      const log = await readOne<AtLogView>(`/v1/modems/${encodeURIComponent(id)}/at-log${query}`, signal);
      known.current = { lines: [...lines, ...log.lines].slice(-mostLines), last: log.last_seq };
      return known.current.lines;
    },
    gcTime: 0,
    refetchInterval: followEveryMs,
  });
}

/** Where the reader is, to the millisecond. */
function timeOf({ at }: AtLogLine): string {
  const moment = new Date(at);
  return `${moment.toLocaleTimeString(undefined, { hour12: false })}.${String(moment.getMilliseconds()).padStart(3, '0')}`;
}

function plainLine(line: AtLogLine): string {
  return `${line.at} ${line.direction.padEnd(4)} ${line.text}`;
}
