import { existsSync } from 'node:fs';
import { obstacleOfDevice } from './device-obstacle.ts';
import { runningPrograms } from './device-users.ts';
import type { ListedPort, Listing } from './listed-port.ts';
import { resolved } from './never-touch.ts';
import { groupName, groupPorts, type PortGroup } from './port-group.ts';
import { rankPorts } from './port-role.ts';
import { type DiagnosisContext, hidden, type PortDiagnosis, troubleOfPort } from './port-trouble.ts';
import { ignoredByModemManager, isIgnoredByModemManager } from './udev-rules.ts';
import { deviceName, type UsbDevice } from './usb-device.ts';

const modemManager = 'ModemManager';

/** Looks at all that is plugged in and could be a modem. */
export async function diagnosePorts(listing: Listing, context: DiagnosisContext): Promise<PortDiagnosis[]> {
  const programs = await runningPrograms(context.folders.proc);
  const groups = groupPorts(listing.ports).filter(({ kind }) => kind !== 'other' && kind !== 'built-in');
  const ofGroups = await Promise.all(groups.map((group) => diagnoseGroup(group, programs, context)));
  const withPorts = new Set(listing.ports.map(({ device }) => device?.key));
  const portless = listing.devices.filter(({ key }) => !withPorts.has(key));
  return [...ofGroups.flat(), ...portless.flatMap((device) => diagnosePortless(device, programs, context))];
}

/** Looks at the ports that a person named and that no device of the above has. */
export async function diagnoseNamed(
  paths: readonly string[],
  listing: Listing,
  context: DiagnosisContext,
): Promise<PortDiagnosis[]> {
  const ofDevices = new Set(listing.ports.filter(({ device }) => device).map(({ path }) => path));
  const found = await Promise.all(
    paths.map(async (path) => {
      const target = await resolved(path);
      return ofDevices.has(target) ? undefined : diagnoseOne(path, target, context);
    }),
  );
  return found.filter((diagnosis) => diagnosis !== undefined);
}

/** What is away is waited for, which may be meant so. Windows tells nothing of a path by itself. */
async function diagnoseOne(
  path: string,
  target: string,
  context: DiagnosisContext,
): Promise<PortDiagnosis | undefined> {
  if (/^(?:\\\\\.\\)?com\d+$/i.test(path)) return undefined;
  if (!existsSync(target))
    return { level: 'hint', sentence: `The modem named at ${path} is not plugged in.` };
  const port: Pick<ListedPort, 'path' | 'device'> = { path: target, device: undefined };
  return troubleOfPort(port, true, context);
}

function diagnosePortless(
  device: UsbDevice,
  programs: ReadonlySet<string>,
  { neverTouch }: DiagnosisContext,
): PortDiagnosis[] {
  const obstacle = obstacleOfDevice(device, programs);
  if (!obstacle) return [];
  if (neverTouch.device(device)) return [leftAlone(deviceName(device))];
  return [{ level: 'problem', sentence: obstacle.message, remedy: obstacle.remedy }];
}

/** A device is judged by the port of it that a person named, else by the first that would be tried. */
async function diagnoseGroup(
  group: PortGroup,
  programs: ReadonlySet<string>,
  context: DiagnosisContext,
): Promise<PortDiagnosis[]> {
  const name = groupName(group);
  const ports = rankPorts(group.ports);
  const left = await Promise.all(ports.map((port) => context.neverTouch.port(port)));
  const open = ports.filter((_, at) => !left[at]);
  const port = open.find(({ path }) => context.names.isNamed(path)) ?? open[0];
  if (!port) return ports.length === 0 ? [] : [leftAlone(name)];
  const users = (await Promise.all(group.ports.map(({ path }) => context.users.of(path)))).flat();
  if (users.some(({ pid }) => pid === context.gatewayPid)) return servedHere(group, programs, context);
  const trouble = hidden(port, name) ?? (await troubleOfPort(port, group.kind === 'modem', context));
  if (trouble) return [trouble];
  const warning = await unguarded(group, programs, context);
  return [
    warning ?? { level: 'fine', sentence: `${name} is free at ${context.names.nameOf(port.path).shown}.` },
  ];
}

function leftAlone(name: string): PortDiagnosis {
  return { level: 'fine', sentence: `${name} is left alone, as it was asked for.` };
}

/** A modem that is served now may be taken away at the next plugging-in. */
async function servedHere(
  group: PortGroup,
  programs: ReadonlySet<string>,
  context: DiagnosisContext,
): Promise<PortDiagnosis[]> {
  const served: PortDiagnosis = { level: 'fine', sentence: `${groupName(group)} is served by Postern.` };
  const warning = await unguarded(group, programs, context);
  return warning ? [served, { ...warning, level: 'hint' }] : [served];
}

/** ModemManager runs, and nothing keeps it from this modem. */
async function unguarded(
  { device, kind, ...group }: PortGroup,
  programs: ReadonlySet<string>,
  { folders }: DiagnosisContext,
): Promise<PortDiagnosis | undefined> {
  if (kind !== 'modem' || !device || !programs.has(modemManager)) return undefined;
  if (await isIgnoredByModemManager(device, folders)) return undefined;
  return {
    level: 'problem',
    sentence: `${modemManager} runs here and may take ${groupName({ device, kind, ...group })} each time it is plugged in. Tell it to leave this modem alone: save the file, run the commands, then plug the modem in again.`,
    remedy: ignoredByModemManager(device),
  };
}
