import { useTranslation } from 'adminjs';
import React, { useState } from 'react';
import { useLocation, useNavigate } from 'react-router';
import { command } from './calls';
import { useData } from './use-data';
import type { SavedView } from './find-views';

/** Filters and order of an address, without page numbers and marks of the moment. */
const filtersOf = (search: string): string => {
  const kept = [...new URLSearchParams(search)].filter(
    ([name]) => name.startsWith('filters.') || name === 'sortBy' || name === 'direction',
  );
  kept.sort(([one], [other]) => one.localeCompare(other));
  return new URLSearchParams(kept).toString();
};

/** Views that were saved for this list, and a way to save what is shown now. */
export const SavedViews = ({ resource }: { resource: string }) => {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const { pathname, search } = useLocation();
  const { data, load } = useData<{ views: readonly SavedView[] }>(`saved-views/${resource}`);
  const [isSaving, setSaving] = useState(false);
  const here = filtersOf(search);
  const views = data?.views ?? [];
  const known = views.some((view) => filtersOf(view.query) === here);
  const open = (query: string) =>
    navigate(`${pathname}?${query === '' ? '' : `${query}&`}refresh=true`);
  const remove = async (view: SavedView) => {
    if (!window.confirm(t('page.find.removeAsk'))) return;
    await command(`saved-views/${view.id}/remove`, {}, t).catch(() => undefined);
    await load();
  };
  if (views.length === 0 && here === '') return <span />;
  return (
    <div className="kg-views" data-testid="saved-views">
      {views.map((view) => (
        <span key={view.id} className={filtersOf(view.query) === here ? 'kg-view here' : 'kg-view'}>
          <button
            type="button"
            title={view.isOwn ? '' : `${t('page.find.sharedBy')} ${view.by}`}
            onClick={() => open(view.query)}
          >
            {view.isShared ? '👥 ' : ''}
            {view.name}
          </button>
          {view.isOwn ? (
            <button
              type="button"
              aria-label={`${t('page.find.remove')} ${view.name}`}
              onClick={() => void remove(view)}
            >
              ×
            </button>
          ) : null}
        </span>
      ))}
      {here === '' ? null : (
        <button type="button" className="kg-view" onClick={() => open('')}>
          {t('page.find.clear')}
        </button>
      )}
      {here === '' || known || isSaving ? null : (
        <button
          type="button"
          className="kg-view"
          data-testid="save-view"
          onClick={() => setSaving(true)}
        >
          + {t('page.find.saveView')}
        </button>
      )}
      {isSaving ? (
        <SaveForm
          resource={resource}
          query={here}
          onEnd={() => {
            setSaving(false);
            void load();
          }}
        />
      ) : null}
    </div>
  );
};

const SaveForm = (props: { resource: string; query: string; onEnd: () => void }) => {
  const { resource, query, onEnd } = props;
  const { t } = useTranslation();
  const [name, setName] = useState('');
  const [isShared, setShared] = useState(false);
  const [error, setError] = useState<string | null>(null);
  const save = (event: React.FormEvent) => {
    event.preventDefault();
    command('saved-views', { resource, name: name.trim(), query, isShared }, t)
      .then(onEnd)
      .catch((refused: Error) => setError(refused.message));
  };
  return (
    <form className="kg-row" onSubmit={save}>
      <input
        type="text"
        maxLength={60}
        autoFocus
        aria-label={t('page.find.viewName')}
        placeholder={t('page.find.viewName')}
        value={name}
        onChange={(event) => setName(event.target.value)}
      />
      <label>
        <input
          type="checkbox"
          checked={isShared}
          onChange={(event) => setShared(event.target.checked)}
        />{' '}
        {t('page.find.share')}
      </label>
      <button type="submit" className="kg-button main" disabled={name.trim() === ''}>
        {t('action.save')}
      </button>
      <button type="button" className="kg-button" onClick={onEnd}>
        {t('action.cancel')}
      </button>
      {error ? <span className="kg-error">{error}</span> : null}
    </form>
  );
};
