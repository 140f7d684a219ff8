import { TextInput } from '@mantine/core';
import { Search } from 'lucide-react';
import { type FormEvent, useState } from 'react';
import { plainNumber } from '../../src/contract/written-number.ts';
import { text } from '../texts/text.ts';
import { goTo } from './route.ts';

/** Finds messages from any screen: Enter opens the log with what was typed as its filter. */
export function SearchField() {
  const [words, setWords] = useState('');
  const find = (event: FormEvent) => {
    event.preventDefault();
    const q = words.trim();
    if (q === '') return;
    setWords('');
    goTo({ screen: 'messages', filter: filterFor(q) });
  };
  return (
    <search>
      <form onSubmit={find}>
        <TextInput
          data-search
          type="search"
          value={words}
          onChange={(event) => setWords(event.currentTarget.value)}
          placeholder={text('search.placeholder')}
          aria-label={text('search.placeholder')}
          leftSection={<Search size={16} aria-hidden="true" />}
          rightSection={<kbd>/</kbd>}
          maxLength={256}
          w={272}
        />
      </form>
    </search>
  );
}

/** What is wholly a telephone number is looked for as one, without what people write between its digits. */
export function filterFor(words: string): { q: string } | { number: string } {
  const number = plainNumber(words);
  return /^\+\d{6,15}$/.test(number) ? { number } : { q: words };
}
