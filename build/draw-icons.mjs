// Draws every icon of the desktop app from icon.svg, in Chromium: `node build/draw-icons.mjs [path of chromium]`.
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { chromium } from 'playwright-core';

const here = import.meta.dirname;
const executablePath = process.argv[2] ?? '/usr/bin/chromium';

/** The sign alone, filling its square, in one colour: what a tray has room for. */
const signOnly = (colour) => `#ground { display: none } #sign { transform: none; fill: ${colour} }`;

/** The sign with a badge on its corner. */
const badged = (badge, colour, badgeColour) =>
  `${signOnly(colour)} #sign { mask: url(#gap) } #${badge} { display: inline; fill: ${badgeColour} }`;

const badges = { attention: '#c77700', down: '#c0362c' };
/** Up to this size a sign has no room for a margin, and its ground fills the square. */
const smallest = 48;
const linuxSizes = [16, 24, 32, 48, 64, 128, 256, 512];
const windowsSizes = [16, 24, 32, 48, 64, 128, 256];

const browser = await chromium.launch({ executablePath, args: ['--no-sandbox', '--disable-gpu'] });
try {
  const page = await browser.newPage();
  const source = await readFile(join(here, 'icon.svg'), 'utf8');
  const draw = (size, style) => drawPng(page, source, size, style);

  for (const size of linuxSizes) await save(`icons/${size}x${size}.png`, await draw(size));
  await save('icon.png', await draw(1024));
  const images = [];
  for (const size of windowsSizes) images.push({ size, png: await draw(size) });
  await save('icon.ico', icoOf(images));
  await save('tray/tray.png', await draw(24, signOnly('#2b93a1')));
  await save('tray/tray@2x.png', await draw(48, signOnly('#2b93a1')));
  await save('tray/trayTemplate.png', await draw(16, signOnly('#000')));
  await save('tray/trayTemplate@2x.png', await draw(32, signOnly('#000')));
  for (const [badge, colour] of Object.entries(badges)) {
    await save(`tray/tray-${badge}.png`, await draw(24, badged(badge, '#2b93a1', colour)));
    await save(`tray/tray-${badge}@2x.png`, await draw(48, badged(badge, '#2b93a1', colour)));
    await save(`tray/tray-${badge}Template.png`, await draw(16, badged(badge, '#000', '#000')));
    await save(`tray/tray-${badge}Template@2x.png`, await draw(32, badged(badge, '#000', '#000')));
  }
  const unseen = '#ground, #sign { display: none } #unseen { display: inline; fill: #c0362c }';
  await save('tray/unseen.png', await draw(32, unseen));
} finally {
  await browser.close();
}

async function drawPng(page, source, size, style = '') {
  const whole = size <= smallest ? 'viewBox="90 90 844 844"' : 'viewBox="0 0 1024 1024"';
  const svg = source.replace(/viewBox="[^"]*"/, style ? 'viewBox="0 0 20 20"' : whole);
  await page.setViewportSize({ width: size, height: size });
  await page.setContent(
    `<style>body { margin: 0 } svg { display: block; width: ${size}px; height: ${size}px } ${style}</style>${svg}`,
  );
  return page.screenshot({ omitBackground: true });
}

/** The ICO container: a directory of 16 bytes an image, then the images as PNG. */
function icoOf(images) {
  const head = Buffer.alloc(6 + 16 * images.length);
  head.writeUInt16LE(1, 2);
  head.writeUInt16LE(images.length, 4);
  let offset = head.length;
  images.forEach(({ size, png }, place) => {
    const entry = 6 + 16 * place;
    head.writeUInt8(size % 256, entry);
    head.writeUInt8(size % 256, entry + 1);
    head.writeUInt16LE(1, entry + 4);
    head.writeUInt16LE(32, entry + 6);
    head.writeUInt32LE(png.length, entry + 8);
    head.writeUInt32LE(offset, entry + 12);
    offset += png.length;
  });
  return Buffer.concat([head, ...images.map(({ png }) => png)]);
}

async function save(name, bytes) {
  const file = join(here, name);
  await mkdir(dirname(file), { recursive: true });
  await writeFile(file, bytes);
}
