import type { PinRequest } from '../contract/modem-actions.ts';
import type { SimLockOrder } from '../modem/sim-lock.ts';

/** What a person wants done to the lock of a SIM, as the modem takes it. */
export function orderOf(request: PinRequest): SimLockOrder {
  switch (request.action) {
    case 'enter':
      return { kind: 'enter-pin', pin: request.pin };
    case 'unblock':
      return { kind: 'enter-puk', puk: request.puk, newPin: request.new_pin };
    case 'change':
      return { kind: 'change-pin', pin: request.pin, newPin: request.new_pin };
    case 'query':
      return { kind: request.on ? 'ask-for-pin' : 'ask-for-no-pin', pin: request.pin };
  }
}
