import { renameSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { PortWatch } from '../../src/modem/port-watch.ts';
import { eventually } from '../emulator/eventually.ts';
import { ManualClock } from '../manual-clock.ts';
import { temporaryFolder } from '../store/temporary-database.ts';

const noLines = 'Error: Inappropriate ioctl for device, cannot get';
const hungUp = 'Error: Input/output error, cannot get';

/** A watched path on a clock turned by hand, behind a driver that answers what the test says. */
async function watched(path: string, answer?: string) {
  const clock = new ManualClock();
  const driver = { answer, asked: 0 };
  const lost: string[] = [];
  const askDriver = async () => {
    driver.asked++;
    return driver.answer;
  };
  const watch = new PortWatch({ path, askDriver }, clock, ({ message }) => lost.push(message));
  await watch.start();
  onTestFinished(() => watch.stop());
  /** Lets a second pass, and the look that falls into it come to its end. */
  const second = async () => {
    const before = driver.asked + lost.length;
    await clock.advance(1_000);
    await eventually('the look of this second', () => driver.asked + lost.length > before);
    await clock.advance(200);
  };
  return { clock, driver, lost, watch, second };
}

/** A folder with two devices and a link to the first, as udev makes them. */
function linked() {
  const folder = temporaryFolder();
  const [first, second, link] = ['ttyUSB0', 'ttyUSB1', 'by-id'].map((name) => join(folder, name));
  for (const device of [first, second]) writeFileSync(device ?? '', '');
  symlinkSync(first ?? '', link ?? '');
  return { first: first ?? '', second: second ?? '', link: link ?? '' };
}

describe.skipIf(process.platform === 'win32')('the path of an open port', () => {
  it('that still leads to its device loses nothing', async () => {
    const { link } = linked();
    const { lost, second } = await watched(link);
    for (let passed = 0; passed < 5; passed++) await second();
    expect(lost).toEqual([]);
  });

  it('that leads nowhere is told within a second', async () => {
    const { link, first } = linked();
    const { lost, second } = await watched(link);
    rmSync(first);
    await second();
    expect(lost).toEqual([`${link} is gone.`]);
  });

  it('whose symbolic link leads to another device is told', async () => {
    const { link, second: other } = linked();
    const { lost, second } = await watched(link);
    symlinkSync(other, `${link}.new`);
    renameSync(`${link}.new`, link);
    await second();
    expect(lost).toEqual([`${link} is gone.`]);
  });

  it('at which another device has come within the second is told', async () => {
    const { first, second: other } = linked();
    const { lost, second } = await watched(first);
    renameSync(other, first);
    await second();
    expect(lost).toEqual([`${first} is gone.`]);
  });

  it('is told of once', async () => {
    const { first } = linked();
    const { clock, lost, second } = await watched(first);
    rmSync(first);
    await second();
    await clock.advance(60_000);
    expect(lost).toHaveLength(1);
  });
});

describe('the driver of an open port', () => {
  it.each([
    ['with modem lines', undefined],
    ['of a pseudo terminal', noLines],
  ])('%s that refuses with new words twice has lost its device', async (_, answer) => {
    const { driver, lost, second } = await watched('COM7', answer);
    await second();
    expect(lost).toEqual([]);
    driver.answer = hungUp;
    await second();
    await eventually('the loss', () => lost.length > 0);
    expect(lost).toEqual(['COM7 has lost its device.']);
  });

  it('that refuses once, being busy, has not', async () => {
    const { clock, driver, lost } = await watched('COM7');
    driver.answer = 'Error: Connection timed out, cannot get';
    await clock.advance(1_000);
    driver.answer = undefined;
    await clock.advance(10_000);
    expect(driver.asked).toBeGreaterThan(5);
    expect(lost).toEqual([]);
  });

  it('is asked no more after the port was closed', async () => {
    const { clock, driver, watch } = await watched('COM7');
    watch.stop();
    const before = driver.asked;
    await clock.advance(10_000);
    expect(driver.asked).toBe(before);
  });
});
