import { holding, type Member, there } from './fleet-member.ts';
import { Obstacle } from './obstacle.ts';
import type { PresentModem } from './shared-imeis.ts';

/** A modem as it is compared with those of the same IMEI; undefined while it is not there. */
export function presentModem({ modem }: Member): PresentModem | undefined {
  const { imei, sim, state } = modem.facts;
  if (imei === undefined || !there.has(state)) return undefined;
  const simId = holding.has(state) ? sim?.simId : undefined;
  return { imei, port: modem.port.path, socket: modem.port.usb?.socket, simId };
}

/** What a person is told of two modems with one IMEI. */
export function twinObstacle(port: string): Obstacle {
  return new Obstacle(
    'imei_duplicate',
    `The modem at ${port} has the same IMEI. Both are served, but a network may refuse them; plug them always into the same sockets.`,
  );
}

/** The modems that claim the same SIM, as far as this one must yield to them: of two ports of one modem the first does not. */
export function rivalsOf(member: Member, claiming: readonly Member[]): Member[] {
  const { sim, imei } = member.modem.facts;
  const same = claiming.filter((other) => other !== member && other.modem.facts.sim?.simId === sim?.simId);
  const place = claiming.indexOf(member);
  return same.filter((other) => {
    const oneModem = imei !== undefined && other.modem.facts.imei === imei;
    return !oneModem || claiming.indexOf(other) < place;
  });
}

/** What a person is told of modems that claim one SIM. */
export function rivalry(rivals: readonly Member[]): Obstacle {
  const ports = rivals.map(({ modem }) => modem.port.path).join(', ');
  return new Obstacle(
    'sim_conflict',
    `The modem at ${ports} claims the same SIM. Unplug one of them, or name only one port of it.`,
  );
}
