import { Modal } from '@mantine/core';
import { useLayoutEffect, useState } from 'react';
import { text } from '../texts/text.ts';
import { takeEarlyKey } from './early-key.ts';
import { leadTo } from './navigation.tsx';
import { allPlaces } from './places.ts';
import { goTo } from './route.ts';
import styles from './shortcuts.module.css';

/** How long the second key of a pair is waited for. */
const pairMs = 1_500;

/** The keys that work everywhere, and the list of them that `?` opens. Whoever is typing is left alone. */
export function Shortcuts() {
  const [listed, setListed] = useState(false);
  useLayoutEffect(() => {
    let pairUntil = 0;
    const press = (event: KeyboardEvent) => {
      if (event.key === 'Escape') leaveEmptySearch(event.target);
      if (event.ctrlKey || event.metaKey || event.altKey || isTyping(event.target)) return;
      const isSecond = event.timeStamp < pairUntil;
      pairUntil = 0;
      const place = isSecond ? allPlaces.find(({ key }) => key === event.key) : undefined;
      if (place) leadTo(place.to);
      else if (event.key === 'n') goTo({ screen: 'compose' });
      else if (event.key === 'g') pairUntil = event.timeStamp + pairMs;
      else if (event.key === '?') setListed(true);
      else if (event.key === '/') document.querySelector<HTMLInputElement>('input[data-search]')?.focus();
      else return;
      event.preventDefault();
    };
    const early = takeEarlyKey();
    if (early) press(early);
    document.addEventListener('keydown', press);
    return () => document.removeEventListener('keydown', press);
  }, []);
  return (
    <Modal
      opened={listed}
      onClose={() => setListed(false)}
      title={text('keys.title')}
      closeButtonProps={{ 'aria-label': text('action.close') }}
    >
      <dl className={styles.keys}>
        <Row keys={['/']} what={text('keys.search')} />
        <Row keys={['n']} what={text('app.new_message')} />
        <Row keys={['?']} what={text('keys.list')} />
        {allPlaces.map(({ name, key }) => key && <Row key={key} keys={['g', key]} what={text(name)} />)}
        <Row keys={['j', 'k']} what={text('keys.move')} />
        <Row keys={['Enter']} what={text('keys.open')} />
        <Row keys={['Esc']} what={text('keys.close')} />
      </dl>
    </Modal>
  );
}

/** The first Esc empties a field for search, as browsers do; the next one gives the keys back to the list beside it. */
function leaveEmptySearch(target: EventTarget | null): void {
  if (target instanceof HTMLInputElement && target.matches('[data-search]') && target.value === '')
    target.blur();
}

function Row({ keys, what }: { readonly keys: readonly string[]; readonly what: string }) {
  return (
    <>
      <dt>{what}</dt>
      <dd>
        {keys.map((key) => (
          <kbd key={key}>{key}</kbd>
        ))}
      </dd>
    </>
  );
}

/** Whether what is typed goes into a field, or into a window that lies over the page. */
export function isTyping(target: EventTarget | null): boolean {
  return (
    target instanceof HTMLElement &&
    target.closest('input, textarea, select, [contenteditable], [role="dialog"], [role="menu"]') !== null
  );
}
