import { Command } from 'commander';
import { gatewaySettingsChange } from '../contract/settings.ts';
import { SettingsStore } from '../store/settings-store.ts';
import { readAssignments, writeAssignments } from './assignments.ts';
import { dataDirOption, withDatabase } from './data-dir.ts';
import { asOperator } from './operator.ts';
import { exportCommand, importSettingsCommand } from './settings-file.ts';

/** `postern settings [name=value...]`: shows or changes what is set for the whole gateway, also while it serves. */
export function settingsCommand(): Command {
  const settings = new Command('settings')
    .enablePositionalOptions()
    .description('show what is set for the whole gateway, or change it')
    .argument('[assignments...]', 'for example sending_paused=true')
    .addOption(dataDirOption())
    .action((assignments: string[], { dataDir }: { dataDir: string }) => {
      const change = gatewaySettingsChange.safeParse(readAssignments(assignments));
      if (!change.success) throw new Error(change.error.issues.map(sentenceOf).join('\n'));
      const settings = withDatabase(dataDir, (database) => {
        const store = new SettingsStore(database);
        if (assignments.length > 0) {
          const act = { action: 'settings.change', details: change.data } as const;
          asOperator(database, act, () => store.change(change.data));
        }
        return store.all();
      });
      process.stdout.write(`${writeAssignments(settings).join('\n')}\n`);
    });
  settings.addCommand(exportCommand()).addCommand(importSettingsCommand());
  return settings;
}

/** What is wrong with a setting, as a person can mend it. */
export function sentenceOf(issue: {
  readonly path: readonly PropertyKey[];
  readonly message: string;
}): string {
  return [issue.path.join('.'), issue.message].filter(Boolean).join(': ');
}
