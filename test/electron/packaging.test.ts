import { existsSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { Ajv, type ValidateFunction } from 'ajv';
import { load } from 'js-yaml';
import { expect, it } from 'vitest';
import { thisMachine } from '../../src/port-access/machine.ts';

const root = join(import.meta.dirname, '../..');
const config = load(readFileSync(join(root, 'electron-builder.yml'), 'utf8')) as Record<string, unknown>;
const manifest = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as Record<string, unknown>;

/** electron-builder's own schema of its configuration. */
function schema(): ValidateFunction {
  const library = createRequire(createRequire(import.meta.url).resolve('electron-builder')).resolve(
    'app-builder-lib',
  );
  const file = join(library.slice(0, library.indexOf('app-builder-lib')), 'app-builder-lib/scheme.json');
  const ajv = new Ajv({ strict: false, allErrors: true, validateFormats: false, logger: false });
  return ajv.compile(JSON.parse(readFileSync(file, 'utf8')));
}

it("is a configuration by electron-builder's own schema", () => {
  const validate = schema();
  validate(config);
  expect(validate.errors ?? []).toEqual([]);
  expect(validate({ ...config, npmRebuilt: false })).toBe(false);
});

it('packs the built program, and of the native modules unpacks only what must lie open', () => {
  expect(config).toMatchObject({ asar: true, asarUnpack: ['**/*.node'], npmRebuild: false });
  expect(config.files).toEqual(
    expect.arrayContaining(['dist/gateway/**', 'dist/electron/**', 'dist/renderer/**', 'package.json']),
  );
});

it('leaves out every Node.js that is there for development', () => {
  const patterns = (config.files as string[]).filter((pattern) => pattern.startsWith('!'));
  const excludes = (name: string) =>
    patterns.some((pattern) => matches(`node_modules/${name}`, pattern.slice(1)));
  const platformNodes = Object.keys(manifest.optionalDependencies as object);
  expect(platformNodes.length).toBeGreaterThan(0);
  expect(platformNodes.filter((name) => !excludes(name))).toEqual([]);
  expect(['node-addon-api', 'node-gyp-build', 'serialport'].filter(excludes)).toEqual([]);
});

it('lets nobody run the packaged program as a plain Node.js', () => {
  expect(config.electronFuses).toEqual({
    runAsNode: false,
    enableCookieEncryption: true,
    enableNodeOptionsEnvironmentVariable: false,
    enableNodeCliInspectArguments: false,
    enableEmbeddedAsarIntegrityValidation: true,
    onlyLoadAppFromAsar: true,
    grantFileProtocolExtraPrivileges: false,
    resetAdHocDarwinSignature: true,
  });
});

it('has every icon that it names', () => {
  const icons = ['win', 'mac', 'linux'].map((system) => (config[system] as { icon: string }).icon);
  const tray = ['tray.png', 'tray@2x.png', 'trayTemplate.png', 'trayTemplate@2x.png', 'unseen.png'].map(
    (name) => `build/tray/${name}`,
  );
  const badged = ['attention', 'down'].flatMap((badge) =>
    ['.png', '@2x.png', 'Template.png', 'Template@2x.png'].map((end) => `build/tray/tray-${badge}${end}`),
  );
  const named = [...icons, ...tray, ...badged, (config.mac as { entitlements: string }).entitlements];
  expect(named.filter((file) => !existsSync(join(root, file)))).toEqual([]);
});

it('names its windows on Linux as its menu entry is named: by the id of the app', () => {
  expect(config.linux).toMatchObject({ syncDesktopName: true });
  expect(manifest.desktopName).toBe(`${config.appId}.desktop`);
});

it('is packed for every system, with the udev rules where they are needed', () => {
  const targets = (system: string) =>
    (config[system] as { target: { target: string; arch: string[] }[] }).target.map(({ target, arch }) => [
      target,
      ...arch,
    ]);
  expect(targets('win')).toEqual([['nsis', 'x64']]);
  expect(targets('mac')).toEqual([['dmg', 'x64', 'arm64']]);
  expect(targets('linux').map(([name]) => name)).toEqual(['AppImage', 'deb', 'rpm']);
  expect(config.nsis).toMatchObject({ oneClick: false, perMachine: false, allowElevation: true });
  for (const format of ['deb', 'rpm']) {
    const files = (config[format] as { fpm: string[] }).fpm.map((file) => file.split('='));
    expect(files.filter(([source = '']) => !existsSync(join(root, source)))).toEqual([]);
    expect(files.map(([, target]) => target)).toEqual([
      '/usr/lib/udev/rules.d/70-postern.rules',
      '/usr/share/polkit-1/actions/net.postern.desktop.policy',
      thisMachine().helper,
    ]);
  }
  expect(config).not.toHaveProperty('fileAssociations');
  expect(config).not.toHaveProperty('protocols');
});

/** The one kind of pattern by which packages are left out: all within folders whose names begin alike. */
function matches(path: string, pattern: string): boolean {
  return pattern.endsWith('-*/**') && path.startsWith(pattern.slice(0, -'*/**'.length));
}
