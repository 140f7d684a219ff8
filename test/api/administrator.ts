import { type Answer, type Asked, type RunningApi, startApi } from './running-api.ts';

/** The API, and what an administrator asks of it. */
export class Administrator {
  readonly api: RunningApi;
  readonly #authorization: string;

  private constructor(api: RunningApi) {
    this.api = api;
    this.#authorization = `Bearer ${api.newKey(['admin'])}`;
  }

  static async of(...changes: Parameters<typeof startApi>): Promise<Administrator> {
    return new Administrator(await startApi(...changes));
  }

  ask(path: string, method = 'GET', body?: object): Promise<Answer> {
    const headers = { authorization: this.#authorization };
    const asked: Asked = { method, headers, ...(body ? { body } : {}) };
    return this.api.ask(`/v1${path}`, asked);
  }

  /** What the audit log has, newest first. */
  async actions(): Promise<[action: string, target: string | null][]> {
    const { json } = await this.ask('/audit');
    return json.data.map(({ action, target }: { action: string; target: string | null }) => [action, target]);
  }
}
