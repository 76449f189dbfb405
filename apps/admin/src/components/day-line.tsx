import React from 'react';

const WIDTH = 120;
const HEIGHT = 28;
const PAD = 2;

/** A small line of values, one a day, with zero in sight. */
export const DayLine = ({ values, label }: { values: readonly number[]; label: string }) => {
  const low = Math.min(0, ...values);
  const high = Math.max(...values, low + 1);
  const x = (index: number): number => PAD + (index * (WIDTH - 2 * PAD)) / (values.length - 1 || 1);
  const y = (value: number): number =>
    HEIGHT - PAD - ((value - low) * (HEIGHT - 2 * PAD)) / (high - low);
  const points = values.map((value, index) => `${x(index).toFixed(1)},${y(value).toFixed(1)}`);
  const area = `${x(0)},${y(0)} ${points.join(' ')} ${x(values.length - 1)},${y(0)}`;
  return (
    <svg width={WIDTH} height={HEIGHT} role="img" aria-label={label} className="kg-line">
      <polygon points={area} fill="#e2f2ef" />
      <polyline points={points.join(' ')} fill="none" stroke="#0b6e5f" strokeWidth="1.5" />
    </svg>
  );
};
