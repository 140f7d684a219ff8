import type { Answer, Asked, RunningApi } from './running-api.ts';

/** A person's browser at the gateway: it keeps its cookie, and says where its pages come from. */
export class Browser {
  readonly #api: RunningApi;
  cookie = '';

  constructor(api: RunningApi) {
    this.#api = api;
  }

  async ask(path: string, asked: Asked = {}): Promise<Answer> {
    const answer = await this.#api.ask(path, {
      ...asked,
      headers: {
        authorization: [],
        origin: this.#api.url,
        ...(this.cookie === '' ? {} : { cookie: this.cookie }),
        ...asked.headers,
      },
    });
    const given = answer.headers['set-cookie']?.[0];
    if (given !== undefined) this.cookie = given.split(';')[0] ?? '';
    return answer;
  }

  signIn(password: string, role = 'administrator'): Promise<Answer> {
    return this.ask('/v1/session', { method: 'POST', body: { password, role } });
  }
}
