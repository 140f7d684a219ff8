import { Textarea } from '@mantine/core';
import { useRef } from 'react';
import { text } from '../texts/text.ts';
import styles from './marked-text.module.css';
import { marksIn } from './marks.ts';
import { usePreview } from './use-preview.ts';

interface MarkedTextProps {
  readonly body: string;
  readonly from: string;
  readonly onChange: (body: string) => void;
}

/**
 * The field for a text in which the characters are marked that make it longer than it need be. What is marked lies
 * behind the field, letter for letter at the same place.
 */
export function MarkedText({ body, from, onChange }: MarkedTextProps) {
  const forcedBy = usePreview(body, from)?.forced_by ?? [];
  const behind = useRef<HTMLDivElement>(null);
  const pieces = marksIn(body, new Set(forcedBy.map(({ character }) => character)));
  return (
    <div className={styles.frame}>
      <Textarea
        label={text('log.text')}
        rows={5}
        attributes={{ input: { dir: 'auto' } }}
        value={body}
        classNames={{ input: styles.input ?? '', wrapper: styles.wrapper ?? '' }}
        onChange={(event) => onChange(event.currentTarget.value)}
        onScroll={({ currentTarget }) => {
          if (behind.current) behind.current.scrollTop = currentTarget.scrollTop;
        }}
      />
      <div ref={behind} dir="auto" className={styles.behind} aria-hidden="true">
        {pieces.map(({ words, isMarked }, place) =>
          isMarked ? (
            // biome-ignore lint/suspicious/noArrayIndexKey: a piece is its place
            <mark key={place}>{words}</mark>
          ) : (
            words
          ),
        )}{' '}
      </div>
    </div>
  );
}
