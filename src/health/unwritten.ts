import type { ModemNotice } from '../contract/event.ts';
import type { Attention } from './attention.ts';

const code = 'arrivals_unwritten';

/** Warns of texts and reports that a modem has handed over and that the disk does not take, or never took. */
export function noteUnwritten(
  attention: Pick<Attention, 'raise' | 'clear'>,
  notice: ModemNotice,
  { waiting, lost }: { readonly waiting: number; readonly lost: number },
): void {
  if (waiting === 0 && lost === 0) return attention.clear(notice.modem_id, code);
  const held = `${many(waiting)} that ${notice.port} brought ${waiting === 1 ? 'waits' : 'wait'} in memory, because the disk does not take them. Nothing is sent meanwhile. Make room on the disk, or free the database, and do not stop Postern before.`;
  const gone = `${many(lost)} that ${notice.port} brought ${lost === 1 ? 'was' : 'were'} lost, because the disk did not take them and no more could wait in memory.`;
  const message = [waiting > 0 && held, lost > 0 && gone].filter(Boolean).join(' ');
  attention.raise({ ...notice, problem: { code, message } });
}

const many = (count: number) => (count === 1 ? 'One text or report' : `${count} texts or reports`);
