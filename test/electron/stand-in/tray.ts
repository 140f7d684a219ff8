import { EventEmitter } from 'node:events';
import type { Menu } from './menu.ts';
import type { NativeImage } from './native-image.ts';

/** A sign in the tray. */
export class Tray extends EventEmitter {
  static readonly all: Tray[] = [];
  image: NativeImage;
  toolTip = '';
  menu: Menu | null = null;

  constructor(image: NativeImage) {
    super();
    this.image = image;
    Tray.all.push(this);
  }

  setImage(image: NativeImage): void {
    this.image = image;
  }

  setToolTip(text: string): void {
    this.toolTip = text;
  }

  setContextMenu(menu: Menu | null): void {
    this.menu = menu;
  }

  destroy(): void {
    Tray.all.splice(Tray.all.indexOf(this), 1);
  }
}
