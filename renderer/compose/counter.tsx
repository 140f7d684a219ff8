import { Button } from '@mantine/core';
import { TriangleAlert, WandSparkles } from 'lucide-react';
import { codePointCount, longestBody } from '../../src/contract/body-length.ts';
import { transliterate } from '../../src/gsm/pdu/transliteration.ts';
import page from '../elements/page.module.css';
import { text } from '../texts/text.ts';
import styles from './compose.module.css';
import { SegmentMeter } from './segment-meter.tsx';
import { usePreview } from './use-preview.ts';

interface CounterProps {
  readonly body: string;
  readonly from: string;
  readonly recipients: number;
  readonly onReplace: (body: string) => void;
}

const money = new Intl.NumberFormat(undefined, {
  style: 'currency',
  currency: 'USD',
  maximumFractionDigits: 4,
});

/** How long a text is, as the gateway will send it, and which characters make it longer than it need be. */
export function Counter({ body, from, recipients, onReplace }: CounterProps) {
  const plain = transliterate(body);
  const counted = usePreview(body, from);
  const shorter = usePreview(plain === body ? '' : plain, from);
  if (codePointCount(body) > longestBody) {
    return (
      <p role="alert" className={page.fault}>
        {text('counter.too_long', { most: longestBody })}
      </p>
    );
  }
  if (!counted) return <p className={page.soft}>{text('counter.unknown')}</p>;
  const { segment_count: segments, forced_by: forcedBy } = counted;
  const saved = !shorter || shorter.characters === 0 ? 0 : segments - shorter.segment_count;
  return (
    <>
      <p className={styles.counter} aria-live="polite">
        <span>
          <b>{counted.characters.toLocaleString()}</b>{' '}
          {text('counter.characters', { count: counted.characters })}
        </span>
        <span>
          <b>{segments.toLocaleString()}</b> {text('counter.segments', { count: segments })}
        </span>
        <span>
          <b>{counted.characters_left.toLocaleString()}</b> {text('counter.left')}
        </span>
        <SegmentMeter preview={counted} />
        {recipients > 1 && (
          <span>{text('counter.all', { recipients, segments: recipients * segments })}</span>
        )}
        {counted.cost_usd !== null && (
          <span>{text('counter.cost', { cost: money.format(counted.cost_usd) })}</span>
        )}
        <span>{text(`encoding.${counted.encoding}`)}</span>
      </p>
      {forcedBy.length > 0 && (
        <div className={styles.note}>
          <TriangleAlert size={16} aria-hidden="true" />
          <p>
            {forcedBy.slice(0, 8).map(({ character }) => (
              <span key={character}>
                <code>{character}</code>{' '}
              </span>
            ))}
            {text('counter.forced', { count: forcedBy.length })}
          </p>
          {plain !== body && (
            <Button
              size="compact-xs"
              leftSection={<WandSparkles size={14} />}
              onClick={() => onReplace(plain)}
            >
              {saved > 0 ? text('counter.replace_saves', { count: saved }) : text('counter.replace')}
            </Button>
          )}
        </div>
      )}
    </>
  );
}
