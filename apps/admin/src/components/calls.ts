/** What a refused call answers. */
export class Refused extends Error {
  constructor(
    message: string,
    public readonly code: string,
  ) {
    super(message);
  }
}

type Texts = (key: string) => string;

async function answerOf<Answer>(response: Response, t: Texts): Promise<Answer> {
  if (response.status === 401) {
    window.location.assign('/admin/login');
    throw new Refused(t('notice.sessionEnded'), 'auth.refused');
  }
  const body = await response.json().catch(() => ({}));
  if (!response.ok) throw new Refused(body.message ?? t('notice.network'), body.code ?? '');
  return body;
}

async function send<Answer>(url: string, init: RequestInit, t: Texts): Promise<Answer> {
  const response = await fetch(url, {
    credentials: 'same-origin',
    cache: 'no-store',
    ...init,
  }).catch(() => {
    throw new Refused(t('notice.network'), '');
  });
  return answerOf<Answer>(response, t);
}

/** Reads what a page of ours shows. */
export const read = <Answer>(path: string, t: Texts): Promise<Answer> =>
  send<Answer>(`/admin/data/${path}`, { headers: { Accept: 'application/json' } }, t);

/** Asks the person to prove who they are; false where they would rather not. The top bar of every page answers. */
let askProof: () => Promise<boolean> = () => Promise.resolve(false);

/** Says who asks for the proof; answers how to stop. */
export function onConfirmAsked(ask: typeof askProof): () => void {
  askProof = ask;
  return () => {
    askProof = () => Promise.resolve(false);
  };
}

/** Asks for a change. One that needs a fresh proof of the person asks for it and goes on. */
export async function command<Answer>(path: string, body: unknown, t: Texts): Promise<Answer> {
  const ask = (): Promise<Answer> =>
    send<Answer>(
      `/admin/command/${path}`,
      {
        method: 'POST',
        headers: { 'Content-Type': 'application/json', Accept: 'application/json' },
        body: JSON.stringify(body),
      },
      t,
    );
  return ask().catch(async (refused: unknown) => {
    const needsProof = refused instanceof Refused && refused.code === 'staff.confirm-required';
    if (!needsProof || !(await askProof())) throw refused;
    return ask();
  });
}

/** A key of this very form: sent twice, it changes something once. */
export const formKey = (): string =>
  Array.from(crypto.getRandomValues(new Uint8Array(16)), (byte) =>
    byte.toString(16).padStart(2, '0'),
  ).join('');
