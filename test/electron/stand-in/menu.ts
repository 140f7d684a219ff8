import type { MenuItemConstructorOptions } from 'electron';

const kinds = new Set(['normal', 'separator', 'submenu', 'checkbox', 'radio']);

/** One entry as a person finds it. */
class MenuItem {
  readonly label: string;
  readonly role: string | undefined;
  readonly type: string;
  readonly enabled: boolean;
  readonly visible: boolean;
  readonly checked: boolean;
  readonly accelerator: string | undefined;
  readonly submenu: Menu | undefined;
  readonly #click: (() => void) | undefined;

  constructor(options: MenuItemConstructorOptions) {
    this.type = options.type ?? (options.submenu ? 'submenu' : 'normal');
    if (!kinds.has(this.type)) throw new TypeError(`Unknown menu item type: ${this.type}`);
    if (this.type === 'normal' && !options.label && !options.role)
      throw new TypeError('A menu item needs a label or a role');
    this.label = options.label ?? '';
    this.role = options.role;
    this.enabled = options.enabled ?? true;
    this.visible = options.visible ?? true;
    this.checked = options.checked ?? false;
    this.accelerator = options.accelerator;
    this.submenu = Array.isArray(options.submenu) ? Menu.buildFromTemplate(options.submenu) : undefined;
    this.#click = options.click as (() => void) | undefined;
  }

  /** Only what is enabled and shown can be chosen. */
  click(): void {
    if (!this.enabled || !this.visible) throw new Error(`"${this.label}" cannot be chosen`);
    this.#click?.();
  }
}

export class Menu {
  static #application: Menu | null = null;
  readonly items: readonly MenuItem[];

  constructor(items: readonly MenuItem[] = []) {
    this.items = items;
  }

  static buildFromTemplate(template: MenuItemConstructorOptions[]): Menu {
    return new Menu(template.map((options) => new MenuItem(options)));
  }

  static setApplicationMenu(menu: Menu | null): void {
    Menu.#application = menu;
  }

  static getApplicationMenu(): Menu | null {
    return Menu.#application;
  }

  /** The entry with this label, however deep. */
  find(label: string): MenuItem | undefined {
    for (const item of this.items) {
      if (item.label === label) return item;
      const within = item.submenu?.find(label);
      if (within) return within;
    }
    return undefined;
  }

  choose(label: string): void {
    const item = this.find(label);
    if (!item) throw new Error(`There is no "${label}" among ${this.labels.join(', ')}`);
    item.click();
  }

  get labels(): string[] {
    return this.items.filter(({ visible, label }) => visible && label).map(({ label }) => label);
  }
}
