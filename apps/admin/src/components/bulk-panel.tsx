import { useTranslation } from 'adminjs';
import React, { useEffect, useRef, useState } from 'react';
import { command, formKey } from './calls';
import type { BulkView } from './find-views';
import type { RecordJson } from './types';
import type { Verb } from './views';

interface Outcome {
  readonly isDone: boolean;
  readonly text: string;
}

interface Choice {
  /** The verb of each record that has it, by the record's id. */
  readonly verbs: ReadonlyMap<string, Verb>;
  readonly sample: Verb;
}

/** What can be done, to how many of the records. */
function choicesOf(view: BulkView): Map<string, Choice> {
  const choices = new Map<string, Choice>();
  for (const { id, verbs } of view.records)
    for (const verb of verbs) {
      const known = choices.get(verb.name);
      choices.set(verb.name, {
        sample: known?.sample ?? verb,
        verbs: new Map([...(known?.verbs ?? []), [id, verb]]),
      });
    }
  return choices;
}

/**
 * The same for many records: first what would happen to which, then one after the other, each as a command of its own.
 * Whoever stops or leaves in the middle leaves nothing half done.
 */
export const BulkPanel = (props: {
  resource: string;
  records: readonly RecordJson[];
  onClose: () => void;
}) => {
  const { resource, records, onClose } = props;
  const { t } = useTranslation();
  const [view, setView] = useState<BulkView | null>(null);
  const [error, setError] = useState<string | null>(null);
  const [name, setName] = useState<string | null>(null);
  const run = useBulkRun();
  useEffect(() => {
    command<BulkView>('bulk', { resource, ids: records.map(({ id }) => id) }, t)
      .then(setView)
      .catch((refused: Error) => setError(refused.message));
  }, []);
  const choices = view ? choicesOf(view) : new Map<string, Choice>();
  const choice = name === null ? undefined : choices.get(name);
  return (
    <section className="kg-panel" data-testid="bulk-panel">
      {error ? <p className="kg-error">{error}</p> : null}
      {view && choices.size === 0 ? <p>{t('page.bulk.nothing')}</p> : null}
      <div className="kg-row">
        {[...choices].map(([one, { verbs, sample }]) => (
          <button
            key={one}
            type="button"
            className={`kg-button ${sample.tone}`}
            aria-pressed={one === name}
            disabled={run.state !== 'idle'}
            data-testid={`bulk-${one}`}
            onClick={() => setName(one)}
          >
            {t(`action.${one}`)} ({verbs.size})
          </button>
        ))}
        <button type="button" className="kg-button" onClick={onClose}>
          {t('action.close')}
        </button>
      </div>
      {choice ? <BulkRun key={name} choice={choice} records={records} run={run} /> : null}
    </section>
  );
};

interface Run {
  readonly state: 'idle' | 'running' | 'ended';
  readonly outcomes: ReadonlyMap<string, Outcome>;
  readonly start: (verbs: ReadonlyMap<string, Verb>, reason: string) => Promise<void>;
  readonly stop: () => void;
}

/** Does one record after the other; a refusal of one does not hold up the others. */
function useBulkRun(): Run {
  const { t } = useTranslation();
  const isStopped = useRef(false);
  const [state, setState] = useState<Run['state']>('idle');
  const [outcomes, setOutcomes] = useState<ReadonlyMap<string, Outcome>>(new Map());
  const start = async (verbs: ReadonlyMap<string, Verb>, reason: string) => {
    setState('running');
    for (const [id, verb] of verbs) {
      if (isStopped.current) break;
      const body = {
        ...verb.body,
        ...(verb.fields?.length ? { reason } : {}),
        ...(verb.hasFormKey ? { formKey: formKey() } : {}),
      };
      const outcome = await command<{ notice?: string }>(verb.path, body, t).then(
        ({ notice }) => ({ isDone: true, text: t(`notice.${notice ?? verb.done ?? 'done'}`) }),
        (refused: Error) => ({ isDone: false, text: refused.message }),
      );
      setOutcomes((before) => new Map([...before, [id, outcome]]));
    }
    setState('ended');
  };
  return { state, outcomes, start, stop: () => (isStopped.current = true) };
}

const BulkRun = (props: { choice: Choice; records: readonly RecordJson[]; run: Run }) => {
  const { choice, records, run } = props;
  const { verbs, sample } = choice;
  const { t } = useTranslation();
  const [reason, setReason] = useState('');
  const needsReason = (sample.fields?.length ?? 0) > 0;
  const confirm = (event: React.FormEvent) => {
    event.preventDefault();
    void run.start(verbs, reason);
  };
  return (
    <form onSubmit={confirm} style={{ marginTop: 12 }}>
      {sample.hint ? <p className="muted">{t(`page.${sample.hint}`)}</p> : null}
      <p>
        {t('page.bulk.would', { count: verbs.size })}{' '}
        {verbs.size < records.length
          ? t('page.bulk.skipped', { count: records.length - verbs.size })
          : null}
      </p>
      {needsReason && run.state === 'idle' ? (
        <input
          type="text"
          required
          autoFocus
          aria-label={t('page.common.reason')}
          placeholder={t('page.common.reasonHint')}
          value={reason}
          onChange={(event) => setReason(event.target.value)}
          style={{ width: '100%', maxWidth: 520 }}
        />
      ) : null}
      <BulkProgress run={run} total={verbs.size} tone={sample.tone} />
      <ul className="kg-bulk-lines">
        {records.map((record) => (
          <BulkLine
            key={record.id}
            title={record.title}
            isMeant={verbs.has(record.id)}
            outcome={run.outcomes.get(record.id)}
          />
        ))}
      </ul>
    </form>
  );
};

const BulkProgress = ({ run, total, tone }: { run: Run; total: number; tone: Verb['tone'] }) => {
  const { t } = useTranslation();
  const ended = run.outcomes.size;
  const done = [...run.outcomes.values()].filter(({ isDone }) => isDone).length;
  if (run.state === 'idle')
    return (
      <div className="kg-row" style={{ margin: '12px 0' }}>
        <button
          type="submit"
          className={`kg-button ${tone === 'danger' ? 'danger' : 'main'}`}
          data-testid="bulk-confirm"
        >
          {t('page.bulk.confirm', { count: total })}
        </button>
      </div>
    );
  return (
    <div className="kg-row" style={{ margin: '12px 0' }} role="status" data-testid="bulk-progress">
      <progress max={total} value={ended} />
      <span>{t('page.bulk.progress', { ended, total, done, refused: ended - done })}</span>
      {run.state === 'running' ? (
        <button type="button" className="kg-button" onClick={run.stop}>
          {t('page.bulk.stop')}
        </button>
      ) : (
        <button
          type="button"
          className="kg-button main"
          onClick={() => window.location.reload()}
          data-testid="bulk-reload"
        >
          {t('action.refresh')}
        </button>
      )}
    </div>
  );
};

const BulkLine = (props: { title: string; isMeant: boolean; outcome: Outcome | undefined }) => {
  const { title, isMeant, outcome } = props;
  const { t } = useTranslation();
  const text = outcome?.text ?? t(isMeant ? 'page.bulk.waits' : 'page.bulk.notPossible');
  return (
    <li>
      <b>{title}</b>{' '}
      <span className={outcome && !outcome.isDone ? 'kg-error' : isMeant ? '' : 'muted'}>
        {text}
      </span>
    </li>
  );
};
