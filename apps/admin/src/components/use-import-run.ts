import { useTranslation } from 'adminjs';
import { useEffect } from 'react';
import { read } from './calls';
import type { ImportView } from './views';

const POLL_MS = 1000;

/** Looks once a second how the import of this form stands; with null it does not look. */
export function useImportRun(formKey: string | null, onRun: (run: ImportView) => void): void {
  const { t } = useTranslation();
  useEffect(() => {
    if (formKey === null) return undefined;
    let isCurrent = true;
    const look = async () => {
      const { run } = await read<{ run: ImportView | null }>(`import-runs/${formKey}`, t);
      if (run && isCurrent) onRun(run);
    };
    const timer = setInterval(() => void look().catch(() => undefined), POLL_MS);
    return () => {
      isCurrent = false;
      clearInterval(timer);
    };
  }, [formKey]);
}
