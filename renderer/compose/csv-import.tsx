import { Button } from '@mantine/core';
import { Upload } from 'lucide-react';
import { type DragEvent, useState } from 'react';
import type { ImportReport } from '../../src/contract/batch.ts';
import { useAct } from '../api/act.ts';
import { queryString, upload } from '../api/client.ts';
import { createFrom } from '../api/repeatable.ts';
import { Card } from '../elements/card.tsx';
import { Fault } from '../elements/fault.tsx';
import { FileChoice } from '../elements/file-choice.tsx';
import table from '../elements/list-table.module.css';
import page from '../elements/page.module.css';
import { TableFrame } from '../elements/table-frame.tsx';
import { text } from '../texts/text.ts';
import styles from './compose.module.css';

interface ChosenFile {
  readonly name: string;
  /** As it is: whether it can be read is for the gateway to say. */
  readonly octets: Blob;
  readonly content: string;
}

/** What the gateway makes of a file. */
interface Looked {
  readonly file: ChosenFile;
  readonly report: ImportReport;
}

/** Texts out of a CSV file. It is looked through first and nothing leaves before somebody has seen what would. */
export function CsvImport({ from }: { readonly from: string }) {
  const [file, setFile] = useState<ChosenFile>();
  const [looked, setLooked] = useState<Looked>();
  const report = looked && looked.file === file ? looked.report : undefined;
  const [isOver, setOver] = useState(false);
  const look = useAct<ChosenFile, ImportReport>({
    run: ({ octets }) => upload(pathFor({ dry_run: 'true', from }), octets, 'text/csv'),
    after: (report, file) => setLooked({ file, report }),
    silent: true,
  });
  const start = useAct<ChosenFile, ImportReport>({
    run: ({ name, content }) => createFrom(pathFor({ from, name: name.slice(0, 100) }), content, 'text/csv'),
    done: ({ accepted, refused }) => text('compose.batch_done', { count: accepted, refused }),
    after: (_report, sent) => setFile((now) => (now === sent ? undefined : now)),
    silent: true,
  });
  const choose = async (chosen: File | undefined) => {
    if (!chosen) return;
    const octets = new Blob([await chosen.arrayBuffer()]);
    const taken = { name: chosen.name, octets, content: await octets.text() };
    setFile(taken);
    start.reset();
    look.mutate(taken);
  };
  const drop = (event: DragEvent) => {
    event.preventDefault();
    setOver(false);
    void choose(event.dataTransfer.files[0]);
  };
  return (
    <Card title={text('import.title')}>
      <div className={page.form}>
        {/* biome-ignore lint/a11y/noStaticElementInteractions: dropping is a second way; the button is the first */}
        <div
          className={styles.drop}
          data-over={isOver || undefined}
          onDragOver={(event) => {
            event.preventDefault();
            setOver(true);
          }}
          onDragLeave={() => setOver(false)}
          onDrop={drop}
        >
          <p>{file ? file.name : text('import.what')}</p>
          <FileChoice accept=".csv,text/csv" onChoose={(chosen) => void choose(chosen)}>
            {(props) => (
              <Button {...props} leftSection={<Upload size={16} />} loading={look.isPending}>
                {text('import.choose')}
              </Button>
            )}
          </FileChoice>
        </div>
        <Fault error={look.error ?? start.error} fields={{ csv: file?.name ?? '' }} />
        {report && file && (
          <>
            <Report report={report} />
            <div className={page.actions}>
              <Button
                variant="filled"
                disabled={report.accepted === 0}
                loading={start.isPending}
                onClick={() => start.mutate(file)}
              >
                {text('compose.send', { count: report.accepted })}
              </Button>
            </div>
          </>
        )}
      </div>
    </Card>
  );
}

/** Without a number of ours each row has to name the one that it leaves from. */
function pathFor({ from, ...query }: Readonly<Record<string, string>>): string {
  return `/v1/sms/import${queryString({ from: from || undefined, ...query })}`;
}

function Report({ report }: { readonly report: ImportReport }) {
  return (
    <>
      <p>
        {[
          text('import.good', { count: report.accepted }),
          text('import.wrong', { count: report.refused }),
          text('import.segments', { count: report.segments }),
        ].join(' ')}
      </p>
      {report.ignored_columns.length > 0 && (
        <p className={page.faint}>{text('import.ignored', { columns: report.ignored_columns.join(', ') })}</p>
      )}
      {report.errors.length > 0 && (
        <TableFrame label={text('compose.fault')}>
          <table className={table.table}>
            <thead>
              <tr>
                <th scope="col">{text('compose.line')}</th>
                <th scope="col">{text('compose.fault')}</th>
              </tr>
            </thead>
            <tbody>
              {report.errors.map(({ row, error }) => (
                <tr key={row}>
                  <td className={table.tight} data-at="lead" data-label={text('compose.line')}>
                    {row}
                  </td>
                  <td>
                    {Object.entries(error.details ?? {})
                      .map(([field, fault]) => `${field} ${fault}`)
                      .join('; ') || error.message}
                  </td>
                </tr>
              ))}
            </tbody>
          </table>
        </TableFrame>
      )}
    </>
  );
}
