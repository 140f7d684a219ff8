import { Button, NativeSelect, TextInput } from '@mantine/core';
import { useDebouncedCallback } from '@mantine/hooks';
import { Search, SlidersHorizontal, X } from 'lucide-react';
import { memo, useEffect, useRef, useState } from 'react';
import { typingPauseMs } from '../elements/typing-pause.ts';
import { directions, goTo, type LogFilter, statuses } from '../shell/route.ts';
import { filterFor } from '../shell/search-field.tsx';
import { text } from '../texts/text.ts';
import { useAskedFilter } from './asked-log.ts';
import styles from './log-filters.module.css';

/** What is shown of the log. The address follows, so that any view can be kept as a bookmark or sent to somebody. */
export const LogFilters = memo(function LogFilters({ drawn }: { readonly drawn: LogFilter }) {
  const filter = useAskedFilter(drawn);
  const set = (part: { [Name in keyof LogFilter]: LogFilter[Name] | undefined }) =>
    goTo({ screen: 'messages', filter: without({ ...filter, ...part }) }, 'replace');
  const [unfolded, setUnfolded] = useState(false);
  const setCount = folded(filter);
  return (
    <search className={styles.filters} data-unfolded={unfolded || undefined}>
      <WordsField filter={filter} onFind={(words) => set({ q: undefined, number: undefined, ...words })} />
      <Button
        className={styles.fold}
        leftSection={<SlidersHorizontal size={14} aria-hidden="true" />}
        aria-expanded={unfolded}
        onClick={() => setUnfolded(!unfolded)}
      >
        {setCount === 0 ? text('filter.fold') : text('filter.fold_set', { count: setCount })}
      </Button>
      <NativeSelect
        aria-label={text('filter.status')}
        data={[
          { value: '', label: text('filter.any_status') },
          ...statuses.map((status) => ({ value: status, label: text(`status.${status}`) })),
        ]}
        value={filter.status ?? ''}
        onChange={(event) => set({ status: statuses.find((one) => one === event.currentTarget.value) })}
      />
      <NativeSelect
        aria-label={text('filter.direction')}
        data={[
          { value: '', label: text('filter.any_direction') },
          ...directions.map((direction) => ({ value: direction, label: text(`log.${direction}`) })),
        ]}
        value={filter.direction ?? ''}
        onChange={(event) => set({ direction: directions.find((one) => one === event.currentTarget.value) })}
      />
      <div className={styles.days}>
        <TextInput
          type="date"
          aria-label={text('filter.from')}
          title={text('filter.from')}
          value={filter.from_date ?? ''}
          max={filter.to_date}
          onChange={(event) => set({ from_date: event.currentTarget.value || undefined })}
        />
        <span aria-hidden="true">–</span>
        <TextInput
          type="date"
          aria-label={text('filter.to')}
          title={text('filter.to')}
          value={filter.to_date ?? ''}
          min={filter.from_date}
          onChange={(event) => set({ to_date: event.currentTarget.value || undefined })}
        />
      </div>
      {Object.keys(filter).length > 0 && (
        <Button
          variant="subtle"
          leftSection={<X size={14} />}
          onClick={() => goTo({ screen: 'messages', filter: {} }, 'replace')}
        >
          {text('filter.clear')}
        </Button>
      )}
    </search>
  );
});

/** How many of the filters are set that a narrow page folds away. */
function folded({ status, direction, from_date, to_date }: LogFilter): number {
  return [status, direction, from_date ?? to_date].filter((part) => part !== undefined).length;
}

interface WordsFieldProps {
  readonly filter: LogFilter;
  readonly onFind: (words: { q?: string; number?: string }) => void;
}

/** Words of a text, or a number. Looked for when the typing pauses; until then nothing but the browser has to do with it. */
function WordsField({ filter, onFind }: WordsFieldProps) {
  const asked = filter.number ?? filter.q ?? '';
  const field = useRef<HTMLInputElement>(null);
  useEffect(() => {
    if (field.current && field.current.value.trim() !== asked) field.current.value = asked;
  }, [asked]);
  const find = useDebouncedCallback((typed: string) => {
    const wanted = typed.trim();
    if (wanted !== asked) onFind(wanted === '' ? {} : filterFor(wanted));
  }, typingPauseMs.find);
  return (
    <TextInput
      data-search
      className={styles.words}
      aria-label={text('filter.words')}
      placeholder={text('filter.words')}
      leftSection={<Search size={16} aria-hidden="true" />}
      maxLength={256}
      autoComplete="off"
      spellCheck={false}
      ref={field}
      defaultValue={asked}
      onChange={(event) => find(event.currentTarget.value)}
    />
  );
}

function without(filter: { [Name in keyof LogFilter]: LogFilter[Name] | undefined }): LogFilter {
  return Object.fromEntries(Object.entries(filter).filter(([, value]) => value !== undefined));
}
