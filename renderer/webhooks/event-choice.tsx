import { Checkbox } from '@mantine/core';
import { type EventType, eventTypes } from '../../src/contract/event-types.ts';
import page from '../elements/page.module.css';
import { text } from '../texts/text.ts';

interface EventChoiceProps {
  readonly chosen: readonly EventType[];
  readonly onChange: (events: EventType[]) => void;
}

/** Which events are told. */
export function EventChoice({ chosen, onChange }: EventChoiceProps) {
  return (
    <fieldset className={page.bare}>
      <legend className={page.legend}>{text('webhook.events')}</legend>
      <div className={page.choices}>
        {eventTypes.map((type) => (
          <Checkbox
            key={type}
            label={text(`event.${type}`)}
            description={<code>{type}</code>}
            checked={chosen.includes(type)}
            onChange={() => onChange(eventTypes.filter((one) => (one === type) !== chosen.includes(one)))}
          />
        ))}
      </div>
    </fieldset>
  );
}
