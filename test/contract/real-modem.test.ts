import { expect, it } from 'vitest';

const how =
  'TEST_PORT is not set. To run it: TEST_PORT=/dev/ttyUSB2 npm exec -- vitest run --project hardware (see CONTRIBUTING.md)';

it('the contract of ports and modems, on a modem of metal', ({ skip }) => {
  const port = process.env.TEST_PORT;
  if (!port) return skip(how);
  // The project "hardware", which is there with the variable, runs it.
  expect(port).toMatch(/\S/);
});
