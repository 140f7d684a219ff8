import { Button, Skeleton, TextInput } from '@mantine/core';
import { CirclePause, CirclePlay, Download, Search, SquareTerminal, Unplug } from 'lucide-react';
import { memo, useLayoutEffect, useRef, useState } from 'react';
import type { ModemView } from '../../src/contract/modem.ts';
import type { AtLogLine } from '../../src/contract/modem-actions.ts';
import { Fault } from '../elements/fault.tsx';
import { Notice } from '../elements/notice.tsx';
import page from '../elements/page.module.css';
import { saveFile } from '../elements/save-file.ts';
import { Segmented } from '../elements/segmented.tsx';
import { StatusWord } from '../elements/status-word.tsx';
import { text } from '../texts/text.ts';
import styles from './at-log.module.css';
import { useAtLog } from './use-at-log.ts';

const kinds = ['all', 'out', 'in'] as const;
type Kind = (typeof kinds)[number];

/** What is said between Postern and the modem, newest last, as it is said. Secrets are masked by the gateway. */
export function AtLog({ modem }: { readonly modem: ModemView }) {
  const [words, setWords] = useState('');
  const [kind, setKind] = useState<Kind>('all');
  const [isPaused, setPaused] = useState(false);
  const { lines, error } = useAtLog(modem.id, isPaused);
  const shown = lines?.filter((line) => passes(line, kind, words)) ?? [];
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
        <Segmented
          label={text('at_log.kind')}
          value={kind}
          onChange={setKind}
          choices={kinds.map((value) => ({ value, name: text(`at_log.only_${value}`) }))}
        />
        <span className={styles.gap} />
        <span className={styles.state}>
          <Following isPaused={isPaused} isLost={error !== undefined} />
        </span>
        <Button onClick={() => setPaused(!isPaused)}>
          {text(isPaused ? 'pause.resume' : 'pause.pause')}
        </Button>
        <Button
          leftSection={<Download size={16} />}
          disabled={shown.length === 0}
          onClick={() => saveFile(`at-log-${modem.id}.txt`, shown.map(plainLine).join('\n'))}
        >
          {text('at_log.download')}
        </Button>
      </div>
      <Fault error={error ?? null} />
      {!lines && !error && <Skeleton height={280} radius="var(--r-3)" />}
      {lines && shown.length === 0 && (
        <div className={styles.nothing}>
          <Notice icon={SquareTerminal} title={text(lines.length === 0 ? 'at_log.none' : 'at_log.no_match')}>
            <p>{text(lines.length === 0 ? 'at_log.none_what' : 'at_log.no_match_what')}</p>
          </Notice>
        </div>
      )}
      {shown.length > 0 && <Lines lines={shown} />}
    </div>
  );
}

function Following({ isPaused, isLost }: { readonly isPaused: boolean; readonly isLost: boolean }) {
  if (isPaused) return <StatusWord icon={CirclePause} hue="attention" word={text('pause.is_paused')} />;
  if (isLost) return <StatusWord icon={Unplug} hue="attention" word={text('stream.lost')} />;
  return <StatusWord icon={CirclePlay} hue="delivered" word={text('stream.live')} />;
}

/** Stays at the newest line while that is in sight; whoever scrolls back is left there. */
function Lines({ lines }: { readonly lines: readonly AtLogLine[] }) {
  const frame = useRef<HTMLElement>(null);
  const isAtEnd = useRef(true);
  const last = lines.at(-1)?.seq;
  // biome-ignore lint/correctness/useExhaustiveDependencies: a new last line is what is followed
  useLayoutEffect(() => {
    if (frame.current && isAtEnd.current) frame.current.scrollTop = frame.current.scrollHeight;
  }, [last]);
  return (
    <section
      ref={frame}
      className={styles.lines}
      // biome-ignore lint/a11y/noNoninteractiveTabindex: a region that scrolls must be reachable by keyboard
      tabIndex={0}
      aria-label={text('modem_tab.log')}
      onScroll={({ currentTarget: { scrollTop, scrollHeight, clientHeight } }) => {
        isAtEnd.current = scrollHeight - scrollTop - clientHeight < 24;
      }}
    >
      {lines.map((line) => (
        <Line key={line.seq} line={line} />
      ))}
    </section>
  );
}

const Line = memo(function Line({ line }: { readonly line: AtLogLine }) {
  return (
    <div className={styles.line} data-direction={line.direction}>
      <time dateTime={line.at}>{timeOf(line)}</time>
      <span>{text(`at_log.${line.direction}`)}</span>
      <code>{line.text}</code>
    </div>
  );
});

function passes(line: AtLogLine, kind: Kind, words: string): boolean {
  return (
    (kind === 'all' || line.direction === kind) &&
    line.text.toLowerCase().includes(words.trim().toLowerCase())
  );
}

/** Where the reader is, to the millisecond. */
function timeOf({ at }: AtLogLine): string {
  const moment = new Date(at);
  const time = moment.toLocaleTimeString(undefined, { hourCycle: 'h23' });
  return `${time}.${String(moment.getMilliseconds()).padStart(3, '0')}`;
}

function plainLine(line: AtLogLine): string {
  return `${line.at} ${line.direction.padEnd(4)} ${line.text}`;
}
