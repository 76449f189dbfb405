import React, { useEffect, useState } from 'react';

const DAY = /^\d{4}-\d{2}-\d{2}$/;

/** A day as it is written in China, whatever the browser's own language; told once it is whole or gone. */
export const DayInput = (props: {
  readonly label: string;
  readonly value: string;
  readonly className?: string;
  readonly onDay: (day: string) => void;
}) => {
  const { label, value, className, onDay } = props;
  const [text, setText] = useState(value);
  useEffect(() => setText(value), [value]);
  const change = (next: string) => {
    setText(next);
    if (next === '' || DAY.test(next)) onDay(next);
  };
  return (
    <input
      type="text"
      inputMode="numeric"
      autoComplete="off"
      aria-label={label}
      placeholder={`${label} YYYY-MM-DD`}
      maxLength={10}
      className={className}
      value={text}
      onChange={(event) => change(event.target.value)}
      style={{ width: className ? undefined : 170, marginBottom: className ? 6 : 0 }}
    />
  );
};
