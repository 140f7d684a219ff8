import { ActionIcon, Button, TextInput } from '@mantine/core';
import { Plus, X } from 'lucide-react';
import type { SendWindow } from '../../src/contract/sim-settings.ts';
import { type Weekday, weekdays } from '../../src/contract/weekdays.ts';
import page from '../elements/page.module.css';
import { text } from '../texts/text.ts';
import styles from './send-windows.module.css';

const officeHours: SendWindow = { days: ['mon', 'tue', 'wed', 'thu', 'fri'], from: '08:00', to: '18:00' };
const mostWindows = 20;

interface SendWindowsProps {
  readonly windows: readonly SendWindow[];
  readonly onChange: (windows: SendWindow[]) => void;
}

/** The hours in which texts may leave. None means always. */
export function SendWindows({ windows, onChange }: SendWindowsProps) {
  const replace = (place: number, window: SendWindow) =>
    onChange(windows.map((one, index) => (index === place ? window : one)));
  return (
    <div className={styles.windows}>
      <p className={page.soft}>{text(windows.length === 0 ? 'windows.always' : 'windows.only')}</p>
      {windows.map((window, place) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: windows have no identity but their place
        <div key={place} className={styles.window}>
          <Days window={window} onChange={(days) => replace(place, { ...window, days })} />
          <TextInput
            type="time"
            aria-label={text('windows.from')}
            value={window.from}
            onChange={(event) => replace(place, { ...window, from: event.currentTarget.value || '00:00' })}
          />
          <span aria-hidden="true">–</span>
          <TextInput
            type="time"
            aria-label={text('windows.to')}
            value={window.to === '24:00' ? '00:00' : window.to}
            onChange={(event) => replace(place, { ...window, to: event.currentTarget.value || '00:00' })}
          />
          <ActionIcon
            aria-label={text('windows.remove')}
            onClick={() => onChange(windows.filter((_, index) => index !== place))}
          >
            <X size={16} aria-hidden="true" />
          </ActionIcon>
        </div>
      ))}
      <Button
        size="compact-xs"
        leftSection={<Plus size={14} />}
        disabled={windows.length >= mostWindows}
        onClick={() => onChange([...windows, officeHours])}
      >
        {text('windows.add')}
      </Button>
    </div>
  );
}

interface DaysProps {
  readonly window: SendWindow;
  readonly onChange: (days: Weekday[]) => void;
}

/** At least one day stays chosen. */
function Days({ window, onChange }: DaysProps) {
  const toggle = (day: Weekday) => {
    const days = weekdays.filter((one) => (one === day) !== window.days.includes(one));
    if (days.length > 0) onChange(days);
  };
  return (
    <fieldset className={styles.days} aria-label={text('windows.days')}>
      {weekdays.map((day) => (
        <button key={day} type="button" aria-pressed={window.days.includes(day)} onClick={() => toggle(day)}>
          {text(`weekday.${day}`)}
        </button>
      ))}
    </fieldset>
  );
}
