import { useQuery } from '@tanstack/react-query';
import type { PortView } from '../../src/contract/port.ts';
import { portsQuery } from '../api/emulation-queries.ts';
import { Fault } from '../elements/fault.tsx';
import table from '../elements/list-table.module.css';
import { TableFrame } from '../elements/table-frame.tsx';
import { text } from '../texts/text.ts';
import styles from './no-modem.module.css';

/** The serial ports of the gateway's machine, what each is taken for, and who holds it. */
export function SeenPorts() {
  const { data: ports, error } = useQuery(portsQuery);
  return (
    <div className={styles.seen}>
      {!ports && <Fault error={error} />}
      {ports?.length === 0 && <p>{text('ports.none')}</p>}
      {ports && ports.length > 0 && (
        <TableFrame label={text('ports.title')}>
          <table className={table.table}>
            <thead>
              <tr>
                <th scope="col">{text('ports.device')}</th>
                <th scope="col">{text('modem.port')}</th>
                <th scope="col">{text('ports.use')}</th>
              </tr>
            </thead>
            <tbody>
              {ports.map((port) => (
                <tr key={port.path}>
                  <td data-at="lead">{port.device ?? text('ports.built_in')}</td>
                  <td data-at="mark">
                    <code>{port.path}</code>
                  </td>
                  <td className={table.soft}>{takenFor(port)}</td>
                </tr>
              ))}
            </tbody>
          </table>
        </TableFrame>
      )}
    </div>
  );
}

/** Whoever holds a port is what keeps it from serving. */
function takenFor({ use, held_by: holders }: PortView): string {
  const [holder] = holders;
  const words = text(`port_use.${use}`);
  return holder ? `${words}; ${text('ports.held', { program: holder.program })}` : words;
}
