import { Button } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { CircleCheck, Download, ShieldCheck, TriangleAlert } from 'lucide-react';
import type { DatabaseCheckView, DiagnosticsBundle } from '../../src/contract/diagnostics.ts';
import { useAct } from '../api/act.ts';
import { change, readOne } from '../api/client.ts';
import { diagnosticsQuery, networkQuery } from '../api/upkeep-queries.ts';
import { byteCount } from '../elements/byte-count.ts';
import { Card } from '../elements/card.tsx';
import { Facts } from '../elements/facts.tsx';
import { Fault } from '../elements/fault.tsx';
import { LoadError } from '../elements/load-error.tsx';
import page from '../elements/page.module.css';
import { saveFile } from '../elements/save-file.ts';
import { StatusWord } from '../elements/status-word.tsx';
import { When } from '../elements/when.tsx';
import { LogSkeleton } from '../messages/log-skeleton.tsx';
import { text } from '../texts/text.ts';
import { RestartButton } from './restart-button.tsx';

/** What the gateway is and stands on, whether its database is sound, and what to hand to whoever helps. */
export function Diagnostics() {
  const { data, error, refetch } = useQuery(diagnosticsQuery);
  const { data: network } = useQuery(networkQuery);
  if (!data) return error ? <LoadError error={error} onRetry={() => void refetch()} /> : <LogSkeleton />;
  const { backups } = data;
  return (
    <>
      <Card title={text('diagnostics.title')}>
        <Facts
          facts={[
            { name: text('about.version'), value: data.version },
            { name: text('diagnostics.node'), value: `${data.node}, ${data.platform}` },
            { name: text('diagnostics.started'), value: <When at={data.started_at} as="relative" /> },
            { name: text('about.address'), value: <code>{window.location.origin}</code> },
            {
              name: text('about.zone'),
              value: Intl.DateTimeFormat().resolvedOptions().timeZone,
            },
            { name: text('diagnostics.data_dir'), value: <code>{data.data_dir}</code> },
            {
              name: text('diagnostics.database'),
              value: text('diagnostics.sizes', {
                main: byteCount(data.database_bytes),
                log: byteCount(data.log_bytes),
              }),
            },
            {
              name: text('diagnostics.backups'),
              value:
                backups.count === 0
                  ? text('backup.none')
                  : text('diagnostics.backups_sum', { count: backups.count, size: byteCount(backups.bytes) }),
            },
            {
              name: text('diagnostics.free'),
              value: data.free_bytes === null ? null : byteCount(data.free_bytes),
            },
          ]}
        />
        {data.not_ready && <p className={`${page.fault} ${page.pad}`}>{data.not_ready}</p>}
      </Card>
      <DatabaseCheck />
      <Bundle />
      {network?.can_restart && (
        <Card title={text('restart.card')}>
          <div className={page.form}>
            <p className={page.soft}>{text('restart.confirm')}</p>
            <div className={page.actions}>
              <RestartButton />
            </div>
          </div>
        </Card>
      )}
    </>
  );
}

function DatabaseCheck() {
  const check = useAct<void, DatabaseCheckView>({
    run: () => change('POST', '/v1/diagnostics/check'),
    silent: true,
  });
  return (
    <Card title={text('diagnostics.check')}>
      <div className={page.form}>
        <p className={page.soft}>{text('diagnostics.check_what')}</p>
        <div role="status">
          {check.data && (
            <StatusWord
              icon={check.data.sound ? CircleCheck : TriangleAlert}
              hue={check.data.sound ? 'delivered' : 'failed'}
              word={check.data.finding ?? text('diagnostics.sound')}
            />
          )}
        </div>
        <Fault error={check.error} />
        <div className={page.actions}>
          <Button
            leftSection={<ShieldCheck size={16} />}
            loading={check.isPending}
            onClick={() => check.mutate()}
          >
            {text('diagnostics.check_now')}
          </Button>
        </div>
      </div>
    </Card>
  );
}

function Bundle() {
  const save = useAct<void, DiagnosticsBundle>({
    run: () => readOne<DiagnosticsBundle>('/v1/diagnostics/bundle'),
    after: (bundle) =>
      saveFile(
        `postern-diagnostics-${bundle.made_at.slice(0, 10)}.json`,
        `${JSON.stringify(bundle, null, 2)}\n`,
        'application/json',
      ),
    done: () => text('diagnostics.saved'),
  });
  return (
    <Card title={text('diagnostics.bundle')}>
      <div className={page.form}>
        <p className={page.soft}>{text('diagnostics.bundle_what')}</p>
        <div className={page.actions}>
          <Button leftSection={<Download size={16} />} loading={save.isPending} onClick={() => save.mutate()}>
            {text('diagnostics.save')}
          </Button>
        </div>
      </div>
    </Card>
  );
}
