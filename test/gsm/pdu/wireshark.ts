import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Direction } from '../../../src/gsm/pdu/index.ts';

/** A PDU with an empty SMSC part. */
export interface Sample {
  readonly direction: Direction;
  readonly pdu: string;
}

/** The tree of fields that Wireshark makes of a TPDU; names may hold content, as in `TP-Originating-Address - (491)`. */
export type Tree = { readonly [key: string]: string | Tree | readonly (string | Tree)[] };

function tag(number: number, value: Buffer): Buffer {
  const header = Buffer.alloc(4);
  header.writeUInt16BE(number, 0);
  header.writeUInt16BE(value.length, 2);
  return Buffer.concat([header, value]);
}

/** One record of a capture file: an "exported PDU" that names its dissector and its direction. */
function record({ direction, pdu }: Sample): Buffer {
  const dissector = tag(12, Buffer.from('gsm_sms\0'));
  const fromMobile = tag(35, Buffer.from([0, 0, 0, direction === 'MO' ? 1 : 0]));
  const tpdu = Buffer.from(pdu.slice(2), 'hex');
  const payload = Buffer.concat([dissector, fromMobile, tag(0, Buffer.alloc(0)), tpdu]);
  const header = Buffer.alloc(16);
  header.writeUInt32LE(payload.length, 8);
  header.writeUInt32LE(payload.length, 12);
  return Buffer.concat([header, payload]);
}

/** Link type of "exported PDUs". */
const upperPdu = 252;

function capture(samples: readonly Sample[]): Buffer {
  const header = Buffer.alloc(24);
  header.writeUInt32LE(0xa1b2c3d4, 0);
  header.writeUInt16LE(2, 4);
  header.writeUInt16LE(4, 6);
  header.writeUInt32LE(65_535, 16);
  header.writeUInt32LE(upperPdu, 20);
  return Buffer.concat([header, ...samples.map(record)]);
}

/** What tshark makes of each sample, in one run. */
export function dissect(samples: readonly Sample[]): Tree[] {
  const folder = mkdtempSync(join(tmpdir(), 'postern-tshark-'));
  try {
    const file = join(folder, 'samples.pcap');
    writeFileSync(file, capture(samples));
    const options = ['-T', 'json', '-J', 'gsm_sms', '--no-duplicate-keys', '-o', 'gsm_sms.reassemble:FALSE'];
    const output = execFileSync('tshark', ['-r', file, ...options], {
      encoding: 'utf8',
      maxBuffer: 2 ** 28,
      stdio: ['ignore', 'pipe', 'ignore'],
    });
    const packets = JSON.parse(output) as { _source: { layers: { gsm_sms?: Tree } } }[];
    return packets.map(({ _source }) => _source.layers.gsm_sms ?? {});
  } finally {
    rmSync(folder, { recursive: true });
  }
}

/** All values of that name in a tree, from the top down. */
export function findAll(tree: Tree, name: string): string[] {
  return Object.entries(tree).flatMap(([key, value]) => {
    const branches = Array.isArray(value) ? value : [value];
    return branches.flatMap((branch) => {
      if (typeof branch === 'object') return findAll(branch as Tree, name);
      return key === name ? [branch] : [];
    });
  });
}

export function find(tree: Tree | undefined, name: string): string | undefined {
  return tree && findAll(tree, name)[0];
}

/** The branch whose name begins so. */
export function branch(tree: Tree, beginning: string): Tree | undefined {
  return Object.entries(tree).find(([key]) => key.startsWith(beginning))?.[1] as Tree | undefined;
}
