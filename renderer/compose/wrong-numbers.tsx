import { Button } from '@mantine/core';
import { CircleX } from 'lucide-react';
import { Card } from '../elements/card.tsx';
import table from '../elements/list-table.module.css';
import { StatusWord } from '../elements/status-word.tsx';
import { TableFrame } from '../elements/table-frame.tsx';
import { text } from '../texts/text.ts';
import styles from './compose.module.css';
import { isGood, type Recipient } from './recipients.ts';

const mostShown = 100;

interface WrongNumbersProps {
  readonly recipients: readonly Recipient[];
  readonly onChange: (to: string) => void;
}

/** The numbers to which no text can go, each with its reason; what is good is not held up by them. */
export function WrongNumbers({ recipients, onChange }: WrongNumbersProps) {
  const wrong = recipients.filter((recipient) => !isGood(recipient));
  if (wrong.length === 0) return null;
  const dropAll = () =>
    onChange(
      recipients
        .filter(isGood)
        .map(({ given }) => given)
        .join('\n'),
    );
  return (
    <Card
      title={text('compose.wrong', { count: wrong.length })}
      aside={
        <Button size="compact-xs" onClick={dropAll}>
          {text('compose.drop_all')}
        </Button>
      }
    >
      <TableFrame label={text('compose.fault')}>
        <table className={table.table}>
          <thead>
            <tr>
              <th scope="col">{text('compose.line')}</th>
              <th scope="col">{text('compose.given')}</th>
              <th scope="col">{text('compose.fault')}</th>
            </tr>
          </thead>
          <tbody>
            {wrong.slice(0, mostShown).map(({ line, given, fault }) => (
              <tr key={`${line} ${given} ${fault}`} className={styles.wrong}>
                <td className={table.tight}>{line}</td>
                <td className={table.tight}>
                  <code>{given}</code>
                </td>
                <td>
                  <StatusWord
                    icon={CircleX}
                    hue="failed"
                    word={text(`recipient.${fault ?? 'not_a_number'}`)}
                  />
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      </TableFrame>
    </Card>
  );
}
