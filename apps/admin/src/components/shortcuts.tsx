import { useTranslation } from 'adminjs';
import React, { useEffect, useState } from 'react';
import { useLocation, useNavigate } from 'react-router';
import { recordPage } from './places';

const NEIGHBOURS = 'kagong-neighbours';
const KEYS = ['find', 'save', 'next', 'previous', 'help'] as const;
const SHOWN: Readonly<Record<(typeof KEYS)[number], string>> = {
  find: '/',
  save: 'Ctrl + S',
  next: 'j',
  previous: 'k',
  help: '?',
};

interface Neighbours {
  readonly entity: string;
  readonly ids: readonly string[];
}

/** The records of the list from which somebody came, so that the next one is one key away. */
function rememberNeighbours(target: EventTarget | null): void {
  const row = target instanceof Element ? target.closest('tr[data-id]') : null;
  const entity = /\/resources\/(\w+)/.exec(window.location.pathname)?.[1];
  if (!row || entity === undefined) return;
  const rows = row.parentElement?.querySelectorAll('tr[data-id]') ?? [];
  const ids = Array.from(rows, (one) => one.getAttribute('data-id') ?? '');
  sessionStorage.setItem(NEIGHBOURS, JSON.stringify({ entity, ids }));
}

function neighbour(pathname: string, step: number): string | undefined {
  const [, entity, id] = /\/resources\/(\w+)\/records\/([\w-]+)\/show/.exec(pathname) ?? [];
  const known = JSON.parse(sessionStorage.getItem(NEIGHBOURS) ?? 'null') as Neighbours | null;
  if (entity === undefined || id === undefined || known?.entity !== entity) return undefined;
  const next = known.ids[known.ids.indexOf(id) + step];
  return known.ids.includes(id) && next !== undefined ? recordPage(entity, next) : undefined;
}

const isTyping = (target: EventTarget | null): boolean =>
  target instanceof HTMLElement &&
  (target.isContentEditable || ['INPUT', 'TEXTAREA', 'SELECT'].includes(target.tagName));

const press = (testId: string): boolean => {
  const button = document.querySelector<HTMLElement>(`[data-testid="${testId}"]`);
  button?.click();
  return button !== null;
};

/** Keys for what staff do all day; `?` lists them. */
export const Shortcuts = () => {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const { pathname } = useLocation();
  const [isHelpOpen, setHelpOpen] = useState(false);
  useEffect(() => {
    const move = (step: number) => {
      const address = neighbour(pathname, step);
      if (address !== undefined) navigate(address);
      else press(step > 0 ? 'next' : 'previous');
    };
    const acts: Readonly<Record<string, () => void>> = {
      '/': () => document.querySelector<HTMLInputElement>('[data-testid="find"]')?.focus(),
      '?': () => setHelpOpen(true),
      Escape: () => setHelpOpen(false),
      j: () => move(1),
      k: () => move(-1),
    };
    const onKey = (event: KeyboardEvent) => {
      if ((event.ctrlKey || event.metaKey) && event.key === 's') {
        if (press('button-save')) event.preventDefault();
        return;
      }
      const act = acts[event.key];
      if (!act || event.ctrlKey || event.metaKey || event.altKey || isTyping(event.target)) return;
      event.preventDefault();
      act();
    };
    const onClick = (event: MouseEvent) => rememberNeighbours(event.target);
    document.addEventListener('keydown', onKey);
    document.addEventListener('click', onClick, true);
    return () => {
      document.removeEventListener('keydown', onKey);
      document.removeEventListener('click', onClick, true);
    };
  }, [pathname, navigate]);
  return isHelpOpen ? (
    <div className="kg-help" role="dialog" aria-label={t('page.find.keys')} data-testid="keys">
      <h2>{t('page.find.keys')}</h2>
      <dl>
        {KEYS.map((key) => (
          <React.Fragment key={key}>
            <dt>
              <kbd>{SHOWN[key]}</kbd>
            </dt>
            <dd>{t(`page.find.key.${key}`)}</dd>
          </React.Fragment>
        ))}
      </dl>
      <button type="button" className="kg-button" onClick={() => setHelpOpen(false)}>
        {t('action.close')}
      </button>
    </div>
  ) : null;
};
