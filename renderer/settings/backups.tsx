import { Button, Progress } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import {
  Archive,
  CircleCheck,
  CircleX,
  Download,
  Hourglass,
  type LucideIcon,
  RotateCcw,
  Trash2,
} from 'lucide-react';
import type { BackupView } from '../../src/contract/backup.ts';
import type { GatewaySettings } from '../../src/contract/settings.ts';
import { useAct } from '../api/act.ts';
import { change } from '../api/client.ts';
import { backupsQuery, networkQuery } from '../api/upkeep-queries.ts';
import { byteCount } from '../elements/byte-count.ts';
import { Card } from '../elements/card.tsx';
import { Command } from '../elements/command.tsx';
import { Confirm } from '../elements/confirm.tsx';
import table from '../elements/list-table.module.css';
import { LoadError } from '../elements/load-error.tsx';
import { Notice } from '../elements/notice.tsx';
import page from '../elements/page.module.css';
import { type Hue, StatusWord } from '../elements/status-word.tsx';
import { TableFrame } from '../elements/table-frame.tsx';
import { When } from '../elements/when.tsx';
import { text } from '../texts/text.ts';
import { BackupUpload } from './backup-upload.tsx';
import { SettingsFile } from './settings-file.tsx';
import { SettingsForm } from './settings-form.tsx';

const looks: Readonly<Record<BackupView['state'], { icon: LucideIcon; hue: Hue }>> = {
  making: { icon: Hourglass, hue: 'dispatched' },
  ready: { icon: CircleCheck, hue: 'plain' },
  failed: { icon: CircleX, hue: 'failed' },
  restoring: { icon: Hourglass, hue: 'dispatched' },
  restore_ready: { icon: Hourglass, hue: 'attention' },
};

/** Backups: made, restored, kept and deleted; and all that is set, as a file. */
export function Backups({ settings }: { readonly settings: GatewaySettings }) {
  return (
    <>
      <BackupList />
      <SettingsForm
        title={text('backup.keeping')}
        settings={settings}
        fields={[{ name: 'backups_kept', label: 'backup.kept', what: 'backup.kept_what', kind: 'number' }]}
      />
      <SettingsFile />
    </>
  );
}

function BackupList() {
  const { data: backups, error, refetch } = useQuery(backupsQuery);
  const make = useAct({ run: () => change('POST', '/v1/backups') });
  const isBusy = backups?.data.some(({ state }) => state === 'making' || state === 'restoring') ?? false;
  return (
    <Card
      title={text('backup.title')}
      aside={
        <div className={page.actions} data-tight>
          <BackupUpload disabled={isBusy} />
          <Button
            variant="filled"
            size="compact-xs"
            leftSection={<Archive size={14} />}
            disabled={isBusy}
            loading={make.isPending}
            onClick={() => make.mutate()}
          >
            {text('backup.make')}
          </Button>
        </div>
      }
    >
      <p className={`${page.soft} ${page.pad}`}>{text('backup.what')}</p>
      {!backups && error && <LoadError error={error} onRetry={() => void refetch()} />}
      {backups?.data.length === 0 && (
        <Notice icon={Archive} title={text('backup.none')}>
          <p>{text('backup.none_what')}</p>
        </Notice>
      )}
      {backups && backups.data.length > 0 && (
        <TableFrame label={text('backup.title')}>
          <table className={table.table}>
            <thead>
              <tr>
                <th scope="col">{text('backup.name')}</th>
                <th scope="col">{text('log.time')}</th>
                <th scope="col">{text('backup.state')}</th>
                <th scope="col" className={table.right}>
                  {text('backup.size')}
                </th>
                <th scope="col">{text('key.actions')}</th>
              </tr>
            </thead>
            <tbody>
              {backups.data.map((backup) => (
                <Backup key={backup.name} backup={backup} isBusy={isBusy} />
              ))}
            </tbody>
          </table>
        </TableFrame>
      )}
    </Card>
  );
}

interface BackupProps {
  readonly backup: BackupView;
  readonly isBusy: boolean;
}

function Backup({ backup, isBusy }: BackupProps) {
  const { name, state, created_at: at, size_bytes: size, error, progress_percent: percent } = backup;
  const isUnderWay = state === 'making' || state === 'restoring';
  return (
    <tr data-backup={name}>
      <td data-at="lead">
        <code>{name}</code>
        {error && <p className={page.fault}>{error}</p>}
      </td>
      <td className={table.tight} data-at="start">
        <When at={at} as="relative" />
      </td>
      <td className={table.tight} data-at="mark">
        <StatusWord {...looks[state]} word={text(`backup_state.${state}`, { percent })} />
        {isUnderWay && <Progress value={percent} aria-label={text('backup.progress', { name })} />}
      </td>
      <td className={`${table.tight} ${table.right}`} data-at="end">
        {size === null ? '' : byteCount(size)}
      </td>
      <td className={table.tight} data-at="acts">
        {size !== null && state === 'ready' && <BackupActions name={name} isBusy={isBusy} />}
      </td>
    </tr>
  );
}

function BackupActions({ name, isBusy }: { readonly name: string; readonly isBusy: boolean }) {
  const { data: network } = useQuery(networkQuery);
  const restore = useAct({
    run: () => change('POST', `/v1/backups/${name}/restore`),
    done: () => text('backup.restore_begun'),
    silent: true,
  });
  const remove = useAct({
    run: () => change('DELETE', `/v1/backups/${name}`),
    done: () => text('backup.removed', { name }),
    silent: true,
  });
  return (
    <div className={page.actions} data-tight>
      <Button
        size="compact-xs"
        component="a"
        href={`/v1/backups/${name}/file`}
        download={name}
        leftSection={<Download size={14} />}
        aria-label={text('backup.download_it', { name })}
      >
        {text('backup.download')}
      </Button>
      <Confirm
        title={text('backup.restore_title')}
        confirm={text('backup.restore')}
        destructive
        onConfirm={() => restore.mutateAsync()}
        trigger={(ask) => (
          <Button
            size="compact-xs"
            disabled={isBusy}
            leftSection={<RotateCcw size={14} />}
            aria-label={text('backup.restore_it', { name })}
            onClick={ask}
          >
            {text('backup.restore')}
          </Button>
        )}
      >
        <p>{text('backup.restore_what', { name })}</p>
        <p>{text('backup.restore_held')}</p>
        {network && !network.can_restart && (
          <>
            <p>{text('backup.restore_by_hand')}</p>
            <Command lines={`postern restore ${name}`} />
          </>
        )}
      </Confirm>
      <Confirm
        title={text('backup.remove_title')}
        confirm={text('backup.remove')}
        destructive
        onConfirm={() => remove.mutateAsync()}
        trigger={(ask) => (
          <Button
            size="compact-xs"
            leftSection={<Trash2 size={14} />}
            aria-label={text('backup.remove_it', { name })}
            onClick={ask}
          >
            {text('backup.remove')}
          </Button>
        )}
      >
        <p>{text('backup.remove_what', { name })}</p>
      </Confirm>
    </div>
  );
}
