import type { Member } from './fleet-member.ts';
import { Obstacle } from './obstacle.ts';

/**
 * Who may send from which SIM, where several members claim one, looked at anew whenever one of them changes:
 *
 * - Two modems: nothing is sent by either until one of them, read again, denies it.
 * - Two ports of one modem: the one that was first goes on; the other lets its port go and stands by, to be taken up
 *   when the first is lost, which may only have been a dead handle of the same stick.
 * - Two names of one port, or two ports of one modem, that were given different numbers: nothing is sent.
 */
export function settleClaims(members: readonly Member[], isShared: (imei: string) => boolean): void {
  takeUpOrphans(members);
  const claiming = inOrder(members.filter(({ claims }) => claims));
  for (const member of members) {
    const others = claiming.includes(member) ? claiming.filter((other) => isRival(member, other)) : [];
    const before = claiming.slice(0, claiming.indexOf(member));
    const first = others.find((other) => before.includes(other) && isSameModem(member, other, isShared));
    const rivals = others.filter((other) => !isSameModem(member, other, isShared));
    if (first && rivals.length === 0) standBy(member, first);
    dispute(member, rivals);
  }
  for (const member of members) member.contradiction = contradiction(member, members);
}

/** In the order in which they came to have a SIM in hand. */
function inOrder(claiming: readonly Member[]): Member[] {
  const last = Math.max(0, ...claiming.map(({ claimedAs }) => claimedAs ?? 0));
  for (const [index, member] of claiming.filter(({ claimedAs }) => claimedAs === undefined).entries())
    member.claimedAs = last + index + 1;
  return claiming.toSorted((one, other) => (one.claimedAs ?? 0) - (other.claimedAs ?? 0));
}

function isRival(member: Member, other: Member): boolean {
  return other !== member && other.modem.facts.sim?.simId === member.modem.facts.sim?.simId;
}

/** Cheap sticks share an IMEI: they are told apart by the socket, where the system tells it, and by being known as such. */
function isSameModem(one: Member, other: Member, isShared: (imei: string) => boolean): boolean {
  const { imei } = one.modem.facts;
  if (imei === undefined || imei !== other.modem.facts.imei || isShared(imei)) return false;
  const [here, elsewhere] = [one.modem.port.usb?.socket, other.modem.port.usb?.socket];
  return here === undefined || elsewhere === undefined || here === elsewhere;
}

function dispute(member: Member, rivals: readonly Member[]): void {
  const disputed = member.rival !== undefined;
  member.rival = rivals.length > 0 ? rivalry(rivals) : undefined;
  if (disputed || rivals.length === 0) return;
  for (const { modem } of [member, ...rivals]) void modem.recognise();
}

function rivalry(rivals: readonly Member[]): Obstacle {
  const ports = rivals.map(({ modem }) => modem.port.path).join(', ');
  return new Obstacle(
    'sim_conflict',
    `The modem at ${ports} claims the same SIM. Nothing is sent from it until one of them is unplugged or has another SIM.`,
  );
}

function standBy(member: Member, first: Member): void {
  void member.modem.standBy(first.modem.port.path);
}

/** A port that stands by for one that is lost has its turn. */
function takeUpOrphans(members: readonly Member[]): void {
  for (const { modem } of members) {
    const { sameAs } = modem.facts;
    const first = members.find((other) => other.modem.port.path === sameAs);
    if (sameAs !== undefined && !first?.claims) modem.takeUp('standing-by');
  }
}

/** What another name of this port, or another port of this modem, says against the number of its SIM. */
function contradiction(member: Member, members: readonly Member[]): Obstacle | undefined {
  const { number } = member.modem.facts.sim ?? {};
  if (!member.claims || number === undefined) return undefined;
  const other = members.find(
    ({ modem, namedNumber }) =>
      modem.facts.sameAs === member.modem.port.path && namedNumber !== undefined && namedNumber !== number,
  );
  if (!other) return undefined;
  return new Obstacle(
    'number_conflict',
    `${other.modem.port.path} is the same modem as ${member.modem.port.path}, and was named with the number ` +
      `${other.namedNumber}, but the SIM in it has ${number}. Correct one of the two.`,
  );
}
