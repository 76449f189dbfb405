import { ApiClient, useTranslation } from 'adminjs';
import React, { useEffect, useState } from 'react';
import type { RecordJson } from './types';

const MANY = 50;
const TYPING_MS = 250;
const api = new ApiClient();

const labelOf = ({ params, title }: RecordJson): string =>
  params['code'] && params['code'] !== title ? `${String(params['code'])} ${title}` : title;

/** Records of a resource whose name holds the word; `hasMany` once there were more than fit. */
function useRecords(resourceId: string, word: string) {
  const [records, setRecords] = useState<readonly RecordJson[]>([]);
  const [hasMany, setMany] = useState(false);
  useEffect(() => {
    let isCurrent = true;
    const search = async () => {
      const found = (await api.searchRecords({
        resourceId,
        query: word,
      })) as unknown as RecordJson[];
      if (!isCurrent) return;
      setRecords(found);
      if (found.length >= MANY) setMany(true);
    };
    const timer = setTimeout(
      () => void search().catch(() => undefined),
      word === '' ? 0 : TYPING_MS,
    );
    return () => {
      isCurrent = false;
      clearTimeout(timer);
    };
  }, [resourceId, word]);
  return { records, hasMany };
}

/** Chooses a record of another resource; where there are many, a word narrows them down. */
export const ReferenceSelect = (props: {
  readonly id: string;
  readonly resourceId: string;
  readonly value: string;
  readonly empty: string;
  readonly isDisabled?: boolean;
  readonly known?: RecordJson | undefined;
  readonly onChange: (id: string, record?: RecordJson) => void;
}) => {
  const { id, resourceId, value, empty, isDisabled = false, known, onChange } = props;
  const { t } = useTranslation();
  const [word, setWord] = useState('');
  const { records, hasMany } = useRecords(resourceId, word);
  const isListed = records.some((record) => record.id === value);
  return (
    <>
      {hasMany ? (
        <input
          type="search"
          className="kg-field"
          aria-label={t('action.search')}
          placeholder={t('action.search')}
          value={word}
          onChange={(event) => setWord(event.target.value)}
          style={{ marginBottom: 6 }}
        />
      ) : null}
      <select
        id={id}
        className="kg-field"
        value={value}
        disabled={isDisabled}
        onChange={({ target }) =>
          onChange(
            target.value,
            records.find((record) => record.id === target.value),
          )
        }
      >
        <option value="">{empty}</option>
        {value !== '' && !isListed ? <option value={value}>{known?.title ?? value}</option> : null}
        {records.map((record) => (
          <option key={record.id} value={record.id}>
            {labelOf(record)}
          </option>
        ))}
      </select>
    </>
  );
};
