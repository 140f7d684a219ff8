/** Where a message stands by TP-ST: `expired` is the failure that its validity period ran out. */
export type DeliveryState = 'delivered' | 'pending' | 'failed' | 'expired';

export interface StatusMeaning {
  readonly state: DeliveryState;
  /** The recipient's telephone has it; `false` with `delivered` when the service centre can only say it passed it on. */
  readonly confirmed: boolean;
  readonly meaning: string;
}

const completed: Readonly<Record<number, string>> = {
  0: 'received by the recipient',
  1: 'passed on to the recipient, who cannot confirm it',
  2: 'replaced by the service centre',
};

const obstacles: Readonly<Record<number, string>> = {
  0: 'congestion',
  1: 'recipient busy',
  2: 'no response from the recipient',
  3: 'service rejected',
  4: 'quality of service not available',
  5: 'error at the recipient',
};

const permanent: Readonly<Record<number, string>> = {
  0: 'remote procedure error',
  1: 'incompatible destination',
  2: 'connection rejected by the recipient',
  3: 'not obtainable',
  4: 'quality of service not available',
  5: 'no interworking available',
  6: 'validity period expired',
  7: 'deleted by the sender',
  8: 'deleted by the service centre',
  9: 'the service centre knows no such message',
};

const expired = 0x46;

function described(table: Readonly<Record<number, string>>, status: number, otherwise: string): string {
  return table[status & 0x1f] ?? otherwise;
}

/**
 * What a TP-ST octet means (TS 23.040, 9.2.3.15). `pending` is not final: another report follows; after any other
 * state none should.
 */
export function interpretStatus(tpStatus: number): StatusMeaning {
  if (tpStatus >= 0x80)
    return { state: 'failed', confirmed: false, meaning: 'reserved status: service rejected' };
  switch (tpStatus >> 5) {
    case 0: {
      const meaning = described(
        completed,
        tpStatus,
        'completed, for a reason specific to the service centre',
      );
      return { state: 'delivered', confirmed: tpStatus === 0, meaning };
    }
    case 1: {
      const meaning = described(obstacles, tpStatus, 'for a reason specific to the service centre');
      return { state: 'pending', confirmed: false, meaning: `still trying: ${meaning}` };
    }
    case 2: {
      const meaning = described(permanent, tpStatus, 'permanent error specific to the service centre');
      return { state: tpStatus === expired ? 'expired' : 'failed', confirmed: false, meaning };
    }
    default: {
      const meaning = described(obstacles, tpStatus, 'for a reason specific to the service centre');
      return { state: 'failed', confirmed: false, meaning: `given up: ${meaning}` };
    }
  }
}
