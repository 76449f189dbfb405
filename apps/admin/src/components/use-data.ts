import { useTranslation } from 'adminjs';
import { useCallback, useEffect, useState } from 'react';
import { read } from './calls';

/** What a page shows, with a way to read it again. */
export function useData<Data>(path: string | null) {
  const { t } = useTranslation();
  const [data, setData] = useState<Data | null>(null);
  const [error, setError] = useState<string | null>(null);
  const load = useCallback(() => {
    if (path === null) return Promise.resolve();
    return read<Data>(path, t)
      .then((answer) => {
        setData(answer);
        setError(null);
      })
      .catch((refused: Error) => setError(refused.message));
  }, [path]);
  useEffect(() => {
    setData(null);
    void load();
  }, [load]);
  return { data, error, load };
}
