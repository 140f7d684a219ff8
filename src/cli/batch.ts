import { Command } from 'commander';
import { type BatchView, batchActions } from '../contract/batch.ts';
import { dataDirOption } from './data-dir.ts';
import { askGateway } from './local-gateway.ts';
import { table } from './table.ts';

const meanings = {
  pause: 'let nothing more of a batch leave',
  resume: 'let a paused batch go on',
  cancel: 'take back what of a batch has not left yet',
} as const;

/** `postern batch list | show | pause | resume | cancel`: texts that were handed over together. */
export function batchCommand(): Command {
  const batch = new Command('batch').description('see to texts that were handed over together');
  batch
    .command('list')
    .description('list the newest batches')
    .addOption(dataDirOption())
    .action(async ({ dataDir }: { dataDir: string }) =>
      print((await askGateway(dataDir, 'GET', '/v1/batches')) as BatchView[]),
    );
  batch
    .command('show')
    .description('show how a batch stands')
    .argument('<id>', 'as "batch list" shows it')
    .addOption(dataDirOption())
    .action(async (id: string, { dataDir }: { dataDir: string }) =>
      print([(await askGateway(dataDir, 'GET', pathOf(id))) as BatchView]),
    );
  for (const action of batchActions) {
    batch
      .command(action)
      .description(meanings[action])
      .argument('<id>', 'as "batch list" shows it')
      .addOption(dataDirOption())
      .action(async (id: string, { dataDir }: { dataDir: string }) =>
        print([(await askGateway(dataDir, 'POST', pathOf(id), { action })) as BatchView]),
      );
  }
  return batch;
}

function pathOf(id: string): string {
  return `/v1/batches/${encodeURIComponent(id)}`;
}

function print(batches: readonly BatchView[]): void {
  const rows = batches.map(({ batch_id, name, state, total, refused, counts, created_at }) => [
    batch_id,
    name ?? '',
    state,
    created_at,
    ...[total, refused, counts.queued, counts.dispatched, counts.sent, counts.delivered, counts.failed].map(
      String,
    ),
  ]);
  const titles = ['ID', 'NAME', 'STATE', 'MADE', 'TEXTS', 'REFUSED'];
  const counts = ['QUEUED', 'DISPATCHED', 'SENT', 'DELIVERED', 'FAILED'];
  process.stdout.write(`${table([...titles, ...counts], rows)}\n`);
}
