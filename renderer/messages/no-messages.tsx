import { useQuery } from '@tanstack/react-query';
import { MessageSquareDashed } from 'lucide-react';
import { numbersQuery } from '../api/queries.ts';
import { Command } from '../elements/command.tsx';
import { Notice } from '../elements/notice.tsx';
import { text } from '../texts/text.ts';
import { firstTextCommand } from './first-text.ts';

/** An empty log: the two commands that send a first text, ready to copy. */
export function NoMessages() {
  const { data: numbers = [] } = useQuery(numbersQuery);
  return (
    <Notice icon={MessageSquareDashed} title={text('no_messages.title')}>
      <p>{text('no_messages.what')}</p>
      <Command lines={firstTextCommand(window.location.origin, numbers)} />
    </Notice>
  );
}
