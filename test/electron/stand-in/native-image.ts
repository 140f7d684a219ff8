import { EventEmitter } from 'node:events';
import { existsSync } from 'node:fs';

/** A picture; a file that is missing makes an empty one, without a word, as in Electron. */
export class NativeImage {
  readonly path: string;
  isTemplate: boolean;

  constructor(path: string) {
    this.path = path;
    this.isTemplate = /Template(?:@2x)?\.png$/.test(path);
  }

  isEmpty(): boolean {
    return !existsSync(this.path);
  }

  setTemplateImage(isTemplate: boolean): void {
    this.isTemplate = isTemplate;
  }
}

export const nativeImage = {
  createFromPath: (path: string): NativeImage => new NativeImage(path),
};

export const nativeTheme = Object.assign(new EventEmitter(), { shouldUseDarkColors: false });
