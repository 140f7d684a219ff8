/** Where a Linux keeps what it knows of itself. */
export interface SystemFolders {
  readonly sys: string;
  readonly dev: string;
  readonly proc: string;
  readonly etc: string;
  readonly lib: string;
  readonly run: string;
}

export const systemFolders: SystemFolders = {
  sys: '/sys',
  dev: '/dev',
  proc: '/proc',
  etc: '/etc',
  lib: '/usr/lib',
  run: '/run',
};
