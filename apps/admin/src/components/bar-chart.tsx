import React from 'react';
import type { RelatedChart } from './views';

const BAR_MAX = 18;
const WIDTH = 900;
const HEIGHT = 150;
const FOOT = 22;
const TONES = ['#0b6e5f', '#d9a441', '#8aa6a0'];

/** Bars side by side for each label, with the highest value as scale; each bar tells its number when pointed at. */
export const BarChart = ({ chart }: { chart: RelatedChart }) => {
  const highest = Math.max(1, ...chart.bars.flatMap(({ values }) => values));
  const slot = WIDTH / Math.max(1, chart.bars.length);
  const width = Math.max(1, Math.min(BAR_MAX, (slot * 0.8) / chart.series.length));
  const everyLabel = Math.ceil(chart.bars.length / 12);
  return (
    <figure className="kg-chart" style={{ margin: '8px 0' }} data-testid="chart">
      <svg
        viewBox={`0 0 ${WIDTH} ${HEIGHT + FOOT}`}
        style={{ width: '100%', maxWidth: WIDTH }}
        role="img"
      >
        <line x1={0} x2={WIDTH} y1={HEIGHT} y2={HEIGHT} stroke="#b9cdc8" />
        {chart.bars.map(({ label, values }, at) => (
          <g key={label}>
            {values.map((value, no) => (
              <rect
                key={no}
                x={at * slot + slot * 0.1 + no * width}
                y={HEIGHT - (value / highest) * (HEIGHT - 14)}
                width={Math.max(1, width - 1)}
                height={(value / highest) * (HEIGHT - 14)}
                fill={TONES[no % TONES.length]}
              >
                <title>{`${label} · ${chart.series[no] ?? ''}: ${value.toLocaleString('en-US')} ${chart.unit}`}</title>
              </rect>
            ))}
            {at % everyLabel === 0 ? (
              <text x={at * slot + slot * 0.1} y={HEIGHT + 16} fontSize={12} fill="#5c7772">
                {label}
              </text>
            ) : null}
          </g>
        ))}
        <text x={WIDTH} y={11} fontSize={12} fill="#5c7772" textAnchor="end">
          {`${highest.toLocaleString('en-US')} ${chart.unit}`}
        </text>
      </svg>
      <figcaption className="muted small">
        {chart.series.map((name, no) => (
          <span key={name} style={{ marginRight: 16 }}>
            <span
              style={{
                display: 'inline-block',
                width: 10,
                height: 10,
                marginRight: 4,
                background: TONES[no % TONES.length],
              }}
            />
            {name}
          </span>
        ))}
      </figcaption>
    </figure>
  );
};
