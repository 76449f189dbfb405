import { useTranslation } from 'adminjs';
import React, { useState } from 'react';
import { command } from './calls';
import type { ComplaintPageView, TrailLine } from './complaint-views';

const CODES = [
  'replaced',
  'refunded',
  'credited',
  'explained',
  'corrected',
  'not-at-fault',
  'duplicate',
  'other',
];

interface TrailProps {
  readonly data: ComplaintPageView;
  readonly onDone: (notice: string) => void;
}

/** What the complainant sees on the left, what only we see on the right. */
export const ComplaintTrails = ({ data, onDone }: TrailProps) => {
  const { t } = useTranslation();
  return (
    <div className="kg-halves">
      <div className="kg-card" data-testid="trail">
        <h2>{t('page.complaint.publicTrail')}</h2>
        <p className="muted small">{t('page.complaint.publicHint')}</p>
        <Lines lines={data.trail} />
        {data.may.write ? <ReplyForm data={data} onDone={onDone} /> : null}
      </div>
      <div className="kg-card" data-testid="notes">
        <h2>{t('page.complaint.notes')}</h2>
        <p className="muted small">{t('page.complaint.notesHint')}</p>
        <Lines lines={data.notes} />
        {data.may.write || data.may.reopen ? <NoteForm data={data} onDone={onDone} /> : null}
      </div>
    </div>
  );
};

const TONES: Record<string, string> = { customer: 'bad', staff: 'staff', system: '' };

const Lines = ({ lines }: { lines: readonly TrailLine[] }) => {
  const { t } = useTranslation();
  if (lines.length === 0) return <p className="muted">{t('page.complaint.noLines')}</p>;
  return (
    <ol className="kg-timeline">
      {lines.map((line) => (
        <li key={line.id} className={TONES[line.author] ?? ''}>
          <strong>{line.title}</strong>
          {line.text ? <div className={`kg-said ${line.author}`}>{line.text}</div> : null}
          <div className="kg-row">
            {line.images.map((id) => (
              <a
                key={id}
                href={`/admin/data/complaint-images/${id}`}
                target="_blank"
                rel="noreferrer"
              >
                <img
                  className="kg-thumb"
                  src={`/admin/data/complaint-images/${id}`}
                  alt={t('page.complaint.picture')}
                  loading="lazy"
                />
              </a>
            ))}
          </div>
          <div className="muted small">
            {line.at} · {line.who}
          </div>
        </li>
      ))}
    </ol>
  );
};

/** Sends once, tells what came of it, keeps what was written where it failed. */
function useSend(onDone: (notice: string) => void) {
  const { t } = useTranslation();
  const [error, setError] = useState<string | null>(null);
  const [isBusy, setBusy] = useState(false);
  const send = (path: string, body: unknown, onSent: () => void) => {
    setBusy(true);
    command<{ notice: string }>(path, body, t)
      .then(({ notice }) => {
        setError(null);
        onSent();
        onDone(notice);
      })
      .catch((refused: Error) => setError(refused.message))
      .finally(() => setBusy(false));
  };
  return { send, error, isBusy };
}

const MODES = ['staff-message', 'staff-question', 'offer'] as const;

const ReplyForm = ({ data, onDone }: TrailProps) => {
  const { t } = useTranslation();
  const [mode, setMode] = useState<(typeof MODES)[number]>('staff-message');
  const [text, setText] = useState('');
  const [code, setCode] = useState('');
  const { send, error, isBusy } = useSend(onDone);
  const submit = (event: React.FormEvent) => {
    event.preventDefault();
    const isOffer = mode === 'offer';
    const body = isOffer ? { resolutionCode: code, text } : { type: mode, text };
    send(`complaints/${data.id}/${isOffer ? 'offer' : 'say'}`, body, () => setText(''));
  };
  return (
    <form className="kg-panel" onSubmit={submit} data-testid="reply">
      <div className="kg-tabs">
        {MODES.map((one) => (
          <button
            key={one}
            type="button"
            className={mode === one ? 'here' : ''}
            aria-pressed={mode === one}
            onClick={() => setMode(one)}
            data-testid={`mode-${one}`}
          >
            {t(`page.complaint.mode-${one}`)}
          </button>
        ))}
      </div>
      <p className="muted small">{t(`page.complaint.hint-${mode}`)}</p>
      {mode === 'offer' ? (
        <select
          required
          value={code}
          onChange={(event) => setCode(event.target.value)}
          aria-label={t('field.Complaint.resolutionCode')}
          style={{ marginBottom: 8 }}
        >
          <option value="">{t('field.Complaint.resolutionCode')}</option>
          {CODES.map((one) => (
            <option key={one} value={one}>
              {t(`enum.resolutionCode.${one}`)}
            </option>
          ))}
        </select>
      ) : null}
      <textarea
        required
        rows={4}
        maxLength={4000}
        value={text}
        onChange={(event) => setText(event.target.value)}
        aria-label={t(`page.complaint.mode-${mode}`)}
        placeholder={t('page.complaint.writeHere')}
        style={{ width: '100%' }}
      />
      {error ? <p className="kg-error">{error}</p> : null}
      <button type="submit" className="kg-button main" disabled={isBusy} data-testid="send-reply">
        {t('page.complaint.send')}
      </button>
    </form>
  );
};

const NoteForm = ({ data, onDone }: TrailProps) => {
  const { t } = useTranslation();
  const [text, setText] = useState('');
  const { send, error, isBusy } = useSend(onDone);
  const submit = (event: React.FormEvent) => {
    event.preventDefault();
    send(`complaints/${data.id}/say`, { type: 'internal-note', text }, () => setText(''));
  };
  return (
    <form className="kg-panel" onSubmit={submit} data-testid="note">
      <textarea
        required
        rows={3}
        maxLength={4000}
        value={text}
        onChange={(event) => setText(event.target.value)}
        aria-label={t('page.complaint.notes')}
        placeholder={t('page.complaint.noteHere')}
        style={{ width: '100%' }}
      />
      {error ? <p className="kg-error">{error}</p> : null}
      <button type="submit" className="kg-button" disabled={isBusy}>
        {t('page.complaint.saveNote')}
      </button>
    </form>
  );
};
