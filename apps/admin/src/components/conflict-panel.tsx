import { useTranslation } from 'adminjs';
import React, { useState } from 'react';
import type { HistoryView } from './find-views';
import type { PropertyJson, RecordJson, ResourceJson } from './types';
import { useData } from './use-data';
import type { Value } from './views';

export type Chosen = Readonly<Record<string, Value | undefined>>;

const valueOf = (record: RecordJson, path: string): Value => record.params[path] ?? '';
const differ = (one: RecordJson, other: RecordJson, path: string): boolean =>
  String(valueOf(one, path)) !== String(valueOf(other, path));

/** Two people changed one record: what each wrote, side by side, and which of it shall stand. */
export const ConflictPanel = (props: {
  loaded: RecordJson;
  mine: RecordJson;
  current: RecordJson;
  resource: ResourceJson;
  onSettled: (chosen: Chosen) => void;
}) => {
  const { loaded, mine, current, resource, onSettled } = props;
  const { t } = useTranslation();
  const fields = resource.editProperties
    .map((property) => ({ ...property, path: property.propertyPath }))
    .filter(({ path }) => differ(mine, current, path) && path in current.params);
  // What only one of the two has changed is theirs; where both did, the person says.
  const [kept, setKept] = useState<Readonly<Record<string, boolean>>>(
    Object.fromEntries(fields.map(({ path }) => [path, differ(mine, loaded, path)])),
  );
  const chosen = Object.fromEntries(
    fields.map(({ path }) => [path, valueOf(kept[path] ? mine : current, path)]),
  );
  return (
    <div className="kg inner" data-testid="conflict">
      <h2>{t('page.conflict.title')}</h2>
      <p className="muted">{t('page.conflict.lead')}</p>
      <WhoChanged entity={resource.id} id={current.id} since={loaded.params['updatedAt']} />
      {fields.length === 0 ? (
        <p className="kg-ok">{t('page.conflict.same')}</p>
      ) : (
        <div className="kg-card scroll">
          <table>
            <thead>
              <tr>
                <th>{t('page.conflict.field')}</th>
                <th>{t('page.conflict.before')}</th>
                <th>{t('page.conflict.theirs')}</th>
                <th>{t('page.conflict.mine')}</th>
              </tr>
            </thead>
            <tbody>
              {fields.map((property) => (
                <ConflictLine
                  key={property.path}
                  {...{ loaded, mine, current, resource, property }}
                  isMine={kept[property.path] === true}
                  onChoose={(isMine) => setKept({ ...kept, [property.path]: isMine })}
                />
              ))}
            </tbody>
          </table>
        </div>
      )}
      <button
        type="button"
        className="kg-button main"
        data-testid="conflict-save"
        onClick={() => onSettled(chosen)}
      >
        {t('action.saveChosen')}
      </button>
    </div>
  );
};

const ConflictLine = (props: {
  loaded: RecordJson;
  mine: RecordJson;
  current: RecordJson;
  resource: ResourceJson;
  property: PropertyJson;
  isMine: boolean;
  onChoose: (isMine: boolean) => void;
}) => {
  const { loaded, mine, current, resource, property, isMine, onChoose } = props;
  const { path } = property;
  const { tp } = useTranslation();
  const side = (record: RecordJson, of: 'theirs' | 'mine') => (
    <label className={isMine === (of === 'mine') ? 'kg-pick chosen' : 'kg-pick'}>
      <input
        type="radio"
        name={`conflict-${path}`}
        data-testid={`${of}-${path}`}
        checked={isMine === (of === 'mine')}
        onChange={() => onChoose(of === 'mine')}
      />{' '}
      <FieldText record={record} resource={resource} property={property} />
    </label>
  );
  return (
    <tr>
      <th scope="row">{tp(path, resource.id)}</th>
      <td className="muted">
        <FieldText record={loaded} resource={resource} property={property} />
      </td>
      <td>{side(current, 'theirs')}</td>
      <td>{side(mine, 'mine')}</td>
    </tr>
  );
};

/** A value in words: labels of enums, names of neighbours, lines as lines. */
const FieldText = (props: {
  record: RecordJson;
  resource: ResourceJson;
  property: PropertyJson;
}) => {
  const { record, resource, property } = props;
  const { tl } = useTranslation();
  const value = String(valueOf(record, property.path));
  const hasLabel = property.availableValues || property.type === 'boolean';
  if (value === '') return <>—</>;
  if (hasLabel) return <>{tl(`${property.propertyPath}.${value}`, resource.id)}</>;
  const name = property.reference ? record.populated?.[property.path]?.title : undefined;
  return <span style={{ whiteSpace: 'pre-wrap' }}>{name ?? value}</span>;
};

/** Who has changed the record since it was opened. Times are in one form, so they compare as texts. */
const WhoChanged = (props: { entity: string; id: string; since: Value | undefined }) => {
  const { t } = useTranslation();
  const { data } = useData<HistoryView>(`history/${props.entity}/${props.id}`);
  const lines = (data?.lines ?? []).filter(({ at }) => at >= String(props.since ?? '')).slice(0, 5);
  if (lines.length === 0) return null;
  return (
    <ul className="kg-who">
      {lines.map((line) => (
        <li key={`${line.at} ${line.who} ${line.what}`}>
          {t('page.conflict.who', { at: line.at, who: line.who, what: line.what })}
        </li>
      ))}
    </ul>
  );
};
