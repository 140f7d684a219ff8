import { BaseSequencer, type TestSpecification } from 'vitest/node';

/**
 * Tests that mostly wait: for processes to start, for programs that others wrote, for time-outs of the real clock. After
 * them those that count for long: the last of all must not leave a processor idle.
 */
const long = [
  'test/browser/',
  'test/whole/',
  'test/electron/',
  'test/emulator/clients/',
  'test/modem/fault-matrix/',
  'test/gateway/model/',
];

/** Starts the test files that mostly wait first, so that the others run meanwhile. */
export class LongestFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const sorted = await super.sort(files);
    return sorted.toSorted((a, b) => rank(a) - rank(b));
  }
}

function rank({ moduleId }: TestSpecification): number {
  const at = long.findIndex((folder) => moduleId.includes(folder));
  return at === -1 ? long.length : at;
}
