import { Command, Option } from 'commander';
import { type Config, readConfig } from '../config.ts';
import { DeviceUsers } from '../modem/discovery/device-users.ts';
import type { PortSource } from '../modem/discovery/listed-port.ts';
import { modemRules, modemRulesInForce } from '../modem/discovery/modem-rules.ts';
import { NeverTouch } from '../modem/discovery/never-touch.ts';
import { diagnoseNamed, diagnosePorts } from '../modem/discovery/port-diagnosis.ts';
import { PortNames } from '../modem/discovery/port-names.ts';
import { type PortAsker, thisUser } from '../modem/discovery/port-rights.ts';
import { type SystemFolders, systemFolders } from '../modem/discovery/system-folders.ts';
import { systemPorts } from '../modem/discovery/system-port.ts';
import { thisMachine } from '../port-access/machine.ts';
import { PortAccess } from '../port-access/port-access.ts';
import { readPortWishes } from '../port-wishes.ts';
import { type Diagnosis, report } from './doctor/diagnosis.ts';
import { mend } from './doctor/mending.ts';
import {
  diagnoseDatabase,
  diagnoseDataDir,
  diagnoseInstance,
  diagnoseNode,
  diagnoseSpace,
} from './doctor/program.ts';
import { findGateway } from './doctor/running-gateway.ts';

interface DoctorFlags {
  readonly dataDir?: string;
  readonly config?: string;
  readonly fix?: boolean;
  readonly udevRule?: boolean;
}

/** What the doctor looks at. */
export interface Patient {
  readonly config: Pick<Config, 'dataDir' | 'modems' | 'neverTouch'>;
  readonly source: PortSource;
  readonly folders: SystemFolders;
  readonly asker: PortAsker;
  readonly nodeVersion: string;
}

/** `postern doctor`: what is wrong with this machine. No port is opened for it, whatever serves meanwhile. */
export function doctorCommand(): Command {
  return new Command('doctor')
    .description('say what is wrong with this machine: ports, rights, other programs, the data directory')
    .addOption(new Option('--data-dir <dir>', 'where everything is kept (POSTERN_DATA_DIR)'))
    .option('--config <file>', 'the file with settings that "serve" is given (POSTERN_CONFIG)')
    .option(
      '--fix',
      "put the udev rules for modems in place, once you agree to it with the administrator's password",
    )
    .option('--udev-rule', 'print the udev rules for modems, and nothing else')
    .action(async ({ config: file, fix, udevRule, ...flags }: DoctorFlags) => {
      if (udevRule) return void process.stdout.write(modemRules());
      const diagnoses = await examine({
        config: readConfig(flags, process.env, file),
        source: systemPorts(),
        folders: systemFolders,
        asker: thisUser(),
        nodeVersion: process.versions.node,
      });
      process.stdout.write(`${report(diagnoses)}\n`);
      if (fix) return tellMending(diagnoses);
      if (diagnoses.some(({ level }) => level === 'problem')) process.exitCode = 1;
    });
}

async function tellMending(diagnoses: readonly Diagnosis[]): Promise<void> {
  const access = new PortAccess(thisMachine());
  const inForce = await modemRulesInForce(systemFolders);
  const { words, mended } = await mend(diagnoses, inForce !== undefined, () => access.give());
  process.stdout.write(`\n${words}\n`);
  if (!mended) process.exitCode = 1;
}

/** Looks at everything, in the order in which a person would mend it. */
export async function examine(patient: Patient): Promise<Diagnosis[]> {
  const { dataDir } = patient.config;
  const gateway = await findGateway(dataDir);
  return [
    diagnoseNode(patient.nodeVersion),
    await diagnoseDataDir(dataDir),
    await diagnoseSpace(dataDir),
    diagnoseDatabase(dataDir),
    diagnoseInstance(dataDir, gateway),
    ...(await diagnosePlugged(patient, gateway?.answers ? gateway.pid : undefined)),
  ];
}

const unseenPrograms: Diagnosis = {
  level: 'hint',
  sentence:
    'Which programs of other users hold a port is seen by the administrator alone: sudo postern doctor.',
};

/** What the gateway was told counts as much as what the doctor is told: nobody gives the doctor the gateway's flags. */
async function diagnosePlugged(patient: Patient, gatewayPid: number | undefined): Promise<Diagnosis[]> {
  const { folders, asker, source, config } = patient;
  const listing = await source.list();
  const users = await DeviceUsers.read(folders);
  const kept = readPortWishes(config.dataDir);
  const neverTouch = new NeverTouch([...config.neverTouch, ...kept.neverTouch]);
  const paths = [...new Set([...config.modems.map(({ path }) => path), ...kept.named])];
  const names = await PortNames.of(paths);
  const context = { folders, asker, users, neverTouch, gatewayPid, names };
  const found = [
    ...(await diagnosePorts(listing, context)),
    ...(await diagnoseNamed(paths, listing, context)),
  ];
  if (found.length === 0) return [{ level: 'hint', sentence: 'No modem is plugged in.' }];
  return asker.uid === 0 ? found : [...found, unseenPrograms];
}
