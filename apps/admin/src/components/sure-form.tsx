import { useTranslation } from 'adminjs';
import React, { type ReactNode, useRef } from 'react';
import { command } from './calls';
import { WITH_CONFIRMATION } from './places';

/** Around a form of the library: where its resource demands it, who sits there is asked before it is sent. */
export const SureForm = ({ resourceId, children }: { resourceId: string; children: ReactNode }) => {
  const { t } = useTranslation();
  const isSure = useRef(false);
  const asks = WITH_CONFIRMATION.some((name) => name === resourceId);
  const ask = (event: React.FormEvent) => {
    if (!asks || isSure.current) {
      isSure.current = false;
      return;
    }
    event.preventDefault();
    event.stopPropagation();
    const form = event.target as HTMLFormElement;
    command('me/sure', {}, t).then(
      () => {
        isSure.current = true;
        form.requestSubmit();
      },
      () => undefined,
    );
  };
  return <div onSubmitCapture={ask}>{children}</div>;
};
