import { stat } from 'node:fs/promises';
import type { Remedy } from '../obstacle.ts';
import type { DeviceUsers } from './device-users.ts';
import type { ListedPort } from './listed-port.ts';
import type { NeverTouch } from './never-touch.ts';
import type { PortNames } from './port-names.ts';
import { explainRights, mayOpen, type PortAsker } from './port-rights.ts';
import { reasonOfUser } from './refusal-reason.ts';
import type { SystemFolders } from './system-folders.ts';

/**
 * What was found of one device, without opening anything: `fine`, a `hint` for what may become a trouble or may be
 * meant so, or a `problem`.
 */
export interface PortDiagnosis {
  readonly level: 'fine' | 'hint' | 'problem';
  readonly sentence: string;
  readonly remedy?: Remedy | undefined;
}

export interface DiagnosisContext {
  readonly folders: SystemFolders;
  readonly asker: PortAsker;
  readonly users: DeviceUsers;
  readonly neverTouch: NeverTouch;
  readonly names: PortNames;
  /** The process of the gateway that serves here, where one does. */
  readonly gatewayPid: number | undefined;
}

/** A port that the system shows and that has no device file. */
export function hidden(port: ListedPort, name: string): PortDiagnosis | undefined {
  if (port.present) return undefined;
  return {
    level: 'problem',
    sentence: `${name} is plugged in, but ${port.path} cannot be seen from here. If this is a container, pass the port to it when it is started: --device=${port.path}`,
  };
}

/**
 * Why a port could not be opened: held by somebody else than the gateway, or not allowed.
 *
 * @param missed whether a modem is surely there; what holds another port may be meant to
 */
export async function troubleOfPort(
  { path, device }: Pick<ListedPort, 'path' | 'device'>,
  missed: boolean,
  { asker, folders, users, gatewayPid, names }: DiagnosisContext,
): Promise<PortDiagnosis | undefined> {
  const name = names.nameOf(path);
  const level = missed ? 'problem' : 'hint';
  const holders = (await users.of(path)).filter(({ pid }) => pid !== gatewayPid);
  if (holders[0]) return { level, ...reasonOfUser(name, holders[0], device) };
  const rights = await stat(path).catch(() => undefined);
  if (!rights || mayOpen(rights, asker)) return undefined;
  const reason = await explainRights(path, device, asker, folders.etc, name.shown);
  return reason && { level, ...reason };
}
