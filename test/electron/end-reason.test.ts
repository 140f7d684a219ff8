import { expect, it } from 'vitest';
import { endReason, fatalReason } from '../../electron/end-reason.ts';

it.each([
  [0, undefined, null],
  [1, undefined, 'It ended with code 1.'],
  [11, undefined, 'It crashed (SIGSEGV).'],
  [139, 'crashed', 'It crashed (SIGSEGV).'],
  [134, undefined, 'It crashed (SIGABRT).'],
  [9, 'killed', 'Another program or the system ended it (SIGKILL).'],
  [143, undefined, 'Another program or the system ended it (SIGTERM).'],
  [-1_073_741_819, 'crashed', 'It crashed (access violation).'],
  [3_221_225_477, undefined, 'It crashed (access violation).'],
  [5, 'crashed', 'It crashed (code 5).'],
  [1, 'killed', 'Another program or the system ended it (code 1).'],
  [0, 'oom', 'It ran out of memory.'],
  [127, 'launch-failed', 'It could not be started (code 127).'],
  [1, 'integrity-failure', 'Its files were changed. Install Postern again.'],
])('says of %s (%s): %s', (code, reason, sentence) => expect(endReason(code, reason)).toBe(sentence));

it.each([
  [
    'v8::Heap',
    '{"header":{"event":"Allocation failed - JavaScript heap out of memory"}}',
    'It crashed (Allocation failed - JavaScript heap out of memory).',
  ],
  ['v8::ToLocalChecked', '', 'It crashed (v8::ToLocalChecked).'],
  ['', 'no report', 'It crashed (the engine gave no reason).'],
])('says of an engine that gave up at %s: %s', (location, report, sentence) =>
  expect(fatalReason(location, report)).toBe(sentence),
);
