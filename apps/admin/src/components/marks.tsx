import React from 'react';
import type { RelatedCell } from './views';

const METER_WIDTH = 54;
const METER_HEIGHT = 8;

/** Shares of a whole as short bars, one beside the other; the number stands in the tip. */
export const Meters = ({ meters }: { meters: NonNullable<RelatedCell['meters']> }) => (
  <span className="kg-meters">
    {meters.map(({ label, share }) => (
      <svg
        key={label}
        width={METER_WIDTH}
        height={METER_HEIGHT}
        role="img"
        aria-label={label}
        className="kg-meter"
      >
        <title>{label}</title>
        <rect className="whole" width={METER_WIDTH} height={METER_HEIGHT} rx={3} />
        <rect width={METER_WIDTH * Math.min(1, Math.max(0, share))} height={METER_HEIGHT} rx={3} />
      </svg>
    ))}
  </span>
);

const COLUMN_WIDTH = 5;
const COLUMNS_HEIGHT = 24;

/** What went well and what did not, hour by hour: green above red. */
export const Columns = (props: { columns: NonNullable<RelatedCell['columns']>; label: string }) => {
  const { columns, label } = props;
  const highest = Math.max(1, ...columns.map(({ good, bad }) => good + bad));
  const height = (count: number): number => (count / highest) * COLUMNS_HEIGHT;
  return (
    <svg
      width={columns.length * COLUMN_WIDTH}
      height={COLUMNS_HEIGHT}
      role="img"
      aria-label={label}
      className="kg-columns"
    >
      <title>{label}</title>
      <line x1={0} x2={columns.length * COLUMN_WIDTH} y1={COLUMNS_HEIGHT} y2={COLUMNS_HEIGHT} />
      {columns.map(({ good, bad }, index) => (
        <g key={index}>
          <rect
            className="good"
            x={index * COLUMN_WIDTH}
            y={COLUMNS_HEIGHT - height(good + bad)}
            width={COLUMN_WIDTH - 1}
            height={height(good)}
          />
          <rect
            className="bad"
            x={index * COLUMN_WIDTH}
            y={COLUMNS_HEIGHT - height(bad)}
            width={COLUMN_WIDTH - 1}
            height={height(bad)}
          />
        </g>
      ))}
    </svg>
  );
};
