import { Button } from '@mantine/core';
import { useDebouncedValue } from '@mantine/hooks';
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { TriangleAlert, WandSparkles } from 'lucide-react';
import { codePointCount, longestBody } from '../../src/contract/message.ts';
import type { Preview } from '../../src/contract/preview.ts';
import { transliterate } from '../../src/gsm/pdu/transliteration.ts';
import { change } from '../api/client.ts';
import page from '../elements/page.module.css';
import { text } from '../texts/text.ts';
import styles from './compose.module.css';

interface CounterProps {
  readonly body: string;
  readonly from: string;
  readonly recipients: number;
  readonly onReplace: (body: string) => void;
}

const typingMs = 120;
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
  const { segment_count: segments, forced_by: forcedBy } = counted;
  const saved = shorter.characters === 0 ? 0 : segments - shorter.segment_count;
  return (
    <>
      <p className={styles.counter} aria-live="polite">
        <span>
          <b>{counted.characters.toLocaleString()}</b> {text('counter.characters')}
        </span>
        <span>
          <b>{segments.toLocaleString()}</b> {text('counter.segments', { count: segments })}
        </span>
        <span>
          <b>{counted.characters_left.toLocaleString()}</b> {text('counter.left')}
        </span>
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

const empty: Preview = {
  encoding: 'gsm7',
  segment_count: 0,
  characters: 0,
  units_per_segment: 160,
  characters_left: 160,
  forced_by: [],
  cost_usd: null,
};

/** What the gateway makes of a text, asked when the typing pauses. */
function usePreview(body: string, from: string): Preview {
  const [asked] = useDebouncedValue(body, typingMs);
  const { data } = useQuery({
    queryKey: ['preview', asked, from],
    queryFn: () => change<Preview>('POST', '/v1/sms/preview', { body: asked, ...(from && { from }) }),
    enabled: asked !== '',
    staleTime: Number.POSITIVE_INFINITY,
    gcTime: 60_000,
    placeholderData: keepPreviousData,
  });
  return asked === '' ? empty : (data ?? empty);
}
