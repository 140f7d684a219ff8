import { Button, Checkbox, PasswordInput } from '@mantine/core';
import { Download, FileJson, Search, Upload } from 'lucide-react';
import { type FormEvent, useState } from 'react';
import type {
  SettingsFile as File_,
  SettingsDifference,
  SettingsImportReport,
} from '../../src/contract/settings-file.ts';
import { fieldFault, useAct } from '../api/act.ts';
import { change } from '../api/client.ts';
import { Card } from '../elements/card.tsx';
import { Command } from '../elements/command.tsx';
import { Fault } from '../elements/fault.tsx';
import { FileChoice } from '../elements/file-choice.tsx';
import table from '../elements/list-table.module.css';
import page from '../elements/page.module.css';
import { saveFile } from '../elements/save-file.ts';
import { TableFrame } from '../elements/table-frame.tsx';
import { text } from '../texts/text.ts';

const shortestPassphrase = 10;

/** All that is set, out of this gateway as a file and into it from one, with a look at what would change. */
export function SettingsFile() {
  return (
    <>
      <Export />
      <Import />
    </>
  );
}

function Export() {
  const [withSecrets, setWithSecrets] = useState(false);
  const [passphrase, setPassphrase] = useState('');
  const run = useAct<void, File_>({
    run: () => change('POST', '/v1/settings/export', withSecrets ? { passphrase } : {}),
    done: () => text('settings_file.exported'),
    after: (file) => {
      saveFile(
        `postern-settings-${file.exported_at.slice(0, 10)}.json`,
        `${JSON.stringify(file, null, 2)}\n`,
        'application/json',
      );
      setPassphrase('');
    },
    silent: true,
  });
  const submit = (event: FormEvent) => {
    event.preventDefault();
    run.mutate();
  };
  return (
    <Card title={text('settings_file.export')}>
      <form className={page.form} onSubmit={submit}>
        <p className={page.soft}>{text('settings_file.export_what')}</p>
        <Checkbox
          label={text('settings_file.secrets')}
          description={text('settings_file.secrets_what')}
          checked={withSecrets}
          onChange={(event) => setWithSecrets(event.currentTarget.checked)}
        />
        {withSecrets && (
          <PasswordInput
            maw={360}
            label={text('settings_file.passphrase')}
            description={text('access.least', { least: shortestPassphrase })}
            autoComplete="new-password"
            value={passphrase}
            error={fieldFault(run.error, 'passphrase')}
            onChange={(event) => setPassphrase(event.currentTarget.value)}
            visibilityToggleButtonProps={{ 'aria-label': text('pin.show') }}
          />
        )}
        <Fault error={run.error} />
        <div className={page.actions}>
          <Button
            type="submit"
            leftSection={<Download size={16} />}
            disabled={withSecrets && passphrase.length < shortestPassphrase}
            loading={run.isPending}
          >
            {text('settings_file.save')}
          </Button>
        </div>
      </form>
    </Card>
  );
}

type Read = { readonly content: unknown } | { readonly unreadable: true };

function Import() {
  const [file, setFile] = useState<File | null>(null);
  const [read, setRead] = useState<Read>();
  const [passphrase, setPassphrase] = useState('');
  const content = read && 'content' in read ? read.content : undefined;
  const hasSecrets = (content as File_ | undefined)?.secrets != null;
  const body = () => ({ file: content, ...(passphrase === '' ? {} : { passphrase }) });
  const look = useAct<void, SettingsImportReport>({
    run: () => change('POST', '/v1/settings/import?dry_run=true', body()),
    silent: true,
  });
  const take = useAct<void, SettingsImportReport>({
    run: () => change('POST', '/v1/settings/import', body()),
    done: ({ changes_total: count }) => text('settings_file.imported', { count }),
    after: () => look.reset(),
    silent: true,
  });
  const choose = async (chosen: File) => {
    setFile(chosen);
    look.reset();
    take.reset();
    setRead(await readJsonFile(chosen));
  };
  return (
    <Card title={text('settings_file.import')}>
      <div className={page.form}>
        <p className={page.soft}>{text('settings_file.import_what')}</p>
        <div className={page.actions}>
          <FileChoice accept="application/json,.json" onChoose={(chosen) => void choose(chosen)}>
            {(props) => (
              <Button {...props} leftSection={<FileJson size={16} />}>
                {text('settings_file.choose')}
              </Button>
            )}
          </FileChoice>
          {file && <span>{file.name}</span>}
        </div>
        {read && 'unreadable' in read && (
          <p role="alert" className={page.fault}>
            {text('settings_file.unreadable')}
          </p>
        )}
        {hasSecrets && (
          <PasswordInput
            maw={360}
            label={text('settings_file.passphrase')}
            description={text('settings_file.passphrase_what')}
            autoComplete="off"
            value={passphrase}
            error={fieldFault(look.error ?? take.error, 'passphrase')}
            onChange={(event) => setPassphrase(event.currentTarget.value)}
            visibilityToggleButtonProps={{ 'aria-label': text('pin.show') }}
          />
        )}
        <Fault error={look.error ?? take.error} />
        <div className={page.actions}>
          <Button
            leftSection={<Search size={16} />}
            disabled={content === undefined}
            loading={look.isPending}
            onClick={() => look.mutate()}
          >
            {text('settings_file.look')}
          </Button>
          {look.data && look.data.changes_total > 0 && (
            <Button
              variant="filled"
              leftSection={<Upload size={16} />}
              loading={take.isPending}
              onClick={() => take.mutate()}
            >
              {text('settings_file.take', { count: look.data.changes_total })}
            </Button>
          )}
        </div>
      </div>
      {(look.data ?? take.data) && <Report report={(look.data ?? take.data) as SettingsImportReport} />}
    </Card>
  );
}

function Report({ report }: { readonly report: SettingsImportReport }) {
  const { changes, changes_total: total, left_out: leftOut, new_secrets: newSecrets } = report;
  return (
    <>
      <div className={page.form} role="status">
        <p>{text(report.dry_run ? 'settings_file.would' : 'settings_file.did', { count: total })}</p>
        {leftOut.map(({ target, why }) => (
          <p key={`${target} ${why}`} className={page.soft}>
            {target ? `${target}: ${why}` : why}
          </p>
        ))}
        {report.restart_needed && <p>{text('settings_file.restart')}</p>}
        {newSecrets.map(({ url, secret }) => (
          <div key={url} className={page.stack}>
            <p>{text('settings_file.new_secret', { url })}</p>
            <Command lines={secret} />
          </div>
        ))}
      </div>
      {changes.length > 0 && (
        <TableFrame label={text('settings_file.differences')}>
          <table className={table.table}>
            <thead>
              <tr>
                <th scope="col">{text('audit.target')}</th>
                <th scope="col">{text('settings_file.name')}</th>
                <th scope="col">{text('settings_file.before')}</th>
                <th scope="col">{text('settings_file.after')}</th>
              </tr>
            </thead>
            <tbody>
              {changes.map((difference) => (
                <tr key={`${difference.part} ${difference.target} ${difference.name}`}>
                  <td data-at="lead">{whereOf(difference)}</td>
                  <td data-at="mark">
                    <code>{difference.name}</code>
                  </td>
                  <td className={table.soft} data-label={text('settings_file.before')}>
                    <code>{shown(difference.before)}</code>
                  </td>
                  <td data-label={text('settings_file.after')}>
                    <code>{shown(difference.after)}</code>
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

function whereOf({ part, target }: SettingsDifference): string {
  const name = text(`settings_part.${part}`);
  return target === null ? name : `${name} ${target}`;
}

function shown(value: unknown): string {
  if (value === null) return text('form.none');
  return typeof value === 'string' ? value : JSON.stringify(value);
}

async function readJsonFile(file: File): Promise<Read> {
  try {
    return { content: JSON.parse(await file.text()) };
  } catch {
    return { unreadable: true };
  }
}
