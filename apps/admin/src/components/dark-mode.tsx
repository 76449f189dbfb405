import { useTranslation } from 'adminjs';
import React, { useEffect, useState } from 'react';

const KEY = 'kagong-dark';
const isWished = (): boolean => {
  const chosen = localStorage.getItem(KEY);
  if (chosen !== null) return chosen === 'yes';
  return window.matchMedia('(prefers-color-scheme: dark)').matches;
};

/** Light or dark: as the machine wishes until somebody chooses; the choice stays in this browser. */
export const DarkMode = () => {
  const { t } = useTranslation();
  const [isDark, setDark] = useState(isWished);
  useEffect(() => {
    document.documentElement.classList.toggle('kg-dark', isDark);
  }, [isDark]);
  const toggle = () => {
    localStorage.setItem(KEY, isDark ? 'no' : 'yes');
    setDark(!isDark);
  };
  return (
    <button type="button" data-testid="dark-mode" aria-pressed={isDark} onClick={toggle}>
      {t(isDark ? 'page.find.light' : 'page.find.dark')}
    </button>
  );
};
