import { userInfo } from 'node:os';
import { systemClock } from '../clock.ts';
import { type Act, type Actor, AuditLog } from '../store/audit-log.ts';
import type { Database } from '../store/database.ts';

/** Does `work` and writes down that the user of the command line did it, both or neither. */
export function asOperator<Result>(
  database: Database,
  act: Act | ((result: Result) => Act),
  work: () => Result,
): Result {
  return new AuditLog(database, systemClock).during(operator(), act, work);
}

/** The user of the command line, as the audit log names him. */
export function operator(): Actor {
  return { kind: 'command_line', id: null, name: userName(), address: null, requestId: null };
}

/** A user without an entry in the system's list of users (in a container) has none. */
function userName(): string | null {
  try {
    return userInfo().username;
  } catch {
    return null;
  }
}
