import { Session } from 'node:inspector';

/** A session with this thread's own V8: it answers at once, opens no port, and nobody sees it. */
export class OwnSession {
  readonly #session = new Session();

  constructor() {
    this.#session.connect();
  }

  post<Answer = unknown>(method: string, params: object = {}): Answer {
    let outcome: { error: Error | null; answer: Answer } | undefined;
    this.#session.post(method, params, (error, answer) => {
      outcome = { error, answer: answer as Answer };
    });
    if (outcome === undefined) throw new Error(`${method} was not answered`);
    // Errors of the protocol are plain objects.
    if (outcome.error) throw new Error(`${method}: ${outcome.error.message}`);
    return outcome.answer;
  }

  on<Params>(method: string, listener: (params: Params) => void): void {
    this.#session.on(method, ({ params }: { params: Params }) => listener(params));
  }
}
