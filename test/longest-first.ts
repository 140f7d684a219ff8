import { BaseSequencer, type TestSpecification } from 'vitest/node';

/** Tests that mostly wait: for processes to start, for programs that others wrote, for time-outs of the real clock. */
const waiting = ['test/browser/', 'test/whole/', 'test/electron/', 'test/emulator/clients/'];

/** Starts the test files that mostly wait first, so that the others run meanwhile. */
export class LongestFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const sorted = await super.sort(files);
    return sorted.toSorted((a, b) => rank(a) - rank(b));
  }
}

function rank({ moduleId }: TestSpecification): number {
  const at = waiting.findIndex((folder) => moduleId.includes(folder));
  return at === -1 ? waiting.length : at;
}
