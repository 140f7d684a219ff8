import { useQuery } from '@tanstack/react-query';
import { useCallback, useMemo } from 'react';
import type { Message } from '../../src/contract/message.ts';
import { modemsQuery, numbersQuery } from '../api/queries.ts';
import { ownSide } from '../conversations/grouping.ts';
import { modemTitle } from '../overview/modem-words.ts';

/** What the modem is called through which a message went: by its SIM's label, or by what sits there now. */
export function useModemNames(): (message: Message) => string | undefined {
  const { data: numbers } = useQuery(numbersQuery);
  const { data: modems } = useQuery(modemsQuery);
  const names = useMemo(() => {
    const found = new Map<string, string>();
    for (const modem of modems ?? []) if (modem.number !== null) found.set(modem.number, modemTitle(modem));
    for (const { number, label } of numbers ?? []) if (label !== null) found.set(number, label);
    return found;
  }, [numbers, modems]);
  return useCallback((message) => names.get(ownSide(message) ?? ''), [names]);
}
