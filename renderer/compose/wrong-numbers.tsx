import { Button } from '@mantine/core';
import { CircleX } from 'lucide-react';
import { Card } from '../elements/card.tsx';
import table from '../elements/list-table.module.css';
import { numberGroups } from '../elements/number-groups.ts';
import { StatusWord } from '../elements/status-word.tsx';
import { TableFrame } from '../elements/table-frame.tsx';
import { text } from '../texts/text.ts';
import styles from './compose.module.css';
import { isGood, type Recipient, repairOf, withRecipient } from './recipients.ts';

const mostShown = 100;

interface WrongNumbersProps {
  readonly recipients: readonly Recipient[];
  /** As it stands in the field. */
  readonly pasted: string;
  /** The number that the text leaves from. */
  readonly from: string;
  readonly onChange: (pasted: string) => void;
  /** Leads to where it was written. */
  readonly onEdit: (recipient: Recipient) => void;
}

/** The numbers to which no text can go, each with its reason and what mends it; what is good is not held up by them. */
export function WrongNumbers({ recipients, pasted, from, onChange, onEdit }: WrongNumbersProps) {
  const wrong = recipients.filter((recipient) => !isGood(recipient));
  if (wrong.length === 0) return null;
  const dropAll = () =>
    onChange(
      recipients
        .filter(isGood)
        .map(({ given }) => given)
        .join('\n'),
    );
  const mend = (recipient: Recipient, repair: string | undefined) => {
    if (recipient.fault === 'twice') onChange(withRecipient(pasted, recipient));
    else if (repair) onChange(withRecipient(pasted, recipient, repair));
    else onEdit(recipient);
  };
  return (
    <Card
      title={text('compose.wrong', { count: wrong.length })}
      aside={
        <Button size="compact-xs" onClick={dropAll}>
          {text('compose.drop_all', { count: wrong.length })}
        </Button>
      }
    >
      <TableFrame label={text('compose.fault')}>
        <table className={table.table}>
          <thead>
            <tr>
              <th scope="col" className={table.right}>
                {text('compose.line')}
              </th>
              <th scope="col">{text('compose.given')}</th>
              <th scope="col">{text('compose.fault')}</th>
              <th scope="col">{text('compose.mend')}</th>
            </tr>
          </thead>
          <tbody>
            {wrong.slice(0, mostShown).map((recipient) => (
              <Wrong key={recipient.start} recipient={recipient} from={from} onMend={mend} />
            ))}
          </tbody>
        </table>
      </TableFrame>
    </Card>
  );
}

interface WrongProps {
  readonly recipient: Recipient;
  readonly from: string;
  readonly onMend: (recipient: Recipient, repair: string | undefined) => void;
}

function Wrong({ recipient, from, onMend }: WrongProps) {
  const { line, given, fault = 'not_a_number' } = recipient;
  const repair = repairOf(recipient, from);
  return (
    <tr className={styles.wrong}>
      <td className={`${table.tight} ${table.right}`} data-at="end" data-label={text('compose.line')}>
        {line.toLocaleString()}
      </td>
      <td className={table.tight} data-at="lead">
        <code>{given}</code>
      </td>
      <td data-at="start">
        <StatusWord icon={CircleX} hue="failed" word={text(`recipient.${fault}`)} />
      </td>
      <td className={table.tight} data-at="mark">
        <Button size="compact-xs" onClick={() => onMend(recipient, repair)}>
          {mendWords(fault, repair)}
        </Button>
      </td>
    </tr>
  );
}

function mendWords(fault: Recipient['fault'], repair: string | undefined): string {
  if (fault === 'twice') return text('compose.drop');
  return repair ? text('compose.use', { number: numberGroups(repair).join(' ') }) : text('compose.edit');
}
